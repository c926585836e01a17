//! A remote in memory that notes who overwrote what, and lines to it that are cut. What it notes is judged at once: whoever
//! overwrites or deletes a value has to have known it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

use model::ProviderType;
use sync::{
    Creating, Field, Fields, Identity, Place, Remote, RemoteError, Seen, There, Updating, Value, Version,
};
use uuid::Uuid;

use crate::random::Random;

/// What a remote offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offers {
    /// Revisions, identities, idempotency keys, places that only one holds.
    Everything,
    /// The specification's fields with dates, nothing exclusive, and answers to a change that show a part.
    Dates,
    /// The same without `updated_at`.
    Nothing,
}

const FIELDS: [Field; 4] = [Field::ModelName, Field::DisplayName, Field::Description, Field::DailyTokenLimit];

#[derive(Default)]
pub struct World {
    pub records: BTreeMap<i64, Seen>,
    next: i64,
    ticks: i64,
    answered: BTreeMap<Uuid, Seen>,
    /// Every value that was ever there.
    pub ever: BTreeSet<Value>,
    /// What each desk was ever shown or typed itself.
    pub known: [BTreeSet<Value>; 2],
    /// How many are there that came in with each description.
    pub created: BTreeMap<Value, i64>,
    /// With which description each came in.
    origins: BTreeMap<i64, Value>,
    /// Who held each place when each desk last listed, as far as that desk did not move it itself since.
    listed: [BTreeMap<Place, BTreeSet<i64>>; 2],
    pub keys: BTreeMap<i64, usize>,
}

pub struct Shared {
    pub offers: Offers,
    pub world: Mutex<World>,
}

/// One desk's way to the remote.
pub struct Line<'a> {
    pub to: &'a Shared,
    pub desk: usize,
    pub random: Mutex<Random>,
    /// Of a hundred requests, so many are cut before, and as many after they were done.
    pub cuts: usize,
    /// Of a hundred requests, before so many somebody else changes something.
    pub others: usize,
    /// Before a request, fewer turns than this go to whoever else is at it.
    pub turns: usize,
}

impl World {
    fn holders(&self, place: Place) -> BTreeSet<i64> {
        let held = self.records.values().filter(|seen| seen.places.get(&place) == Some(&true));
        held.map(|seen| seen.number).collect()
    }

    fn remove(&mut self, number: i64) {
        self.records.remove(&number);
        let count = self.origins.remove(&number).and_then(|origin| self.created.get_mut(&origin));
        if let Some(count) = count {
            *count -= 1;
        }
    }
}

impl Offers {
    /// What others edit. Without idempotency keys a create that was cut is found by what is telling: something of that stays
    /// (decision 37).
    pub fn edited(self) -> &'static [Field] {
        &FIELDS[usize::from(self != Self::Everything)..]
    }
}

impl Shared {
    pub fn new(offers: Offers) -> Self {
        Self { offers, world: Mutex::new(World::default()) }
    }

    pub fn numbers(&self) -> Vec<i64> {
        self.world.lock().unwrap().records.keys().copied().collect()
    }

    /// Somebody who sees everything changes something.
    pub fn edit(&self, number: i64, field: Field, value: Value) {
        let mut world = self.world.lock().unwrap();
        world.ticks += 1;
        world.ever.insert(value.clone());
        let ticks = world.ticks;
        if let Some(seen) = world.records.get_mut(&number) {
            seen.fields.insert(field, value);
            self.touch(seen, ticks);
        }
    }

    pub fn delete(&self, number: i64) {
        self.world.lock().unwrap().remove(number);
    }

    pub fn add(&self, fields: Fields) {
        let mut world = self.world.lock().unwrap();
        self.insert(&mut world, ProviderType::OpenAi, &fields);
    }

    pub fn hold(&self, number: i64, place: Place) {
        self.put_place(&mut self.world.lock().unwrap(), number, place, true);
    }

    fn touch(&self, seen: &mut Seen, ticks: i64) {
        match self.offers {
            Offers::Everything => seen.version.revision = Some(seen.version.revision.unwrap_or(0) + 1),
            Offers::Dates => seen.version.updated_at = Some(format!("2026-01-01T00:00:{ticks:09}Z")),
            Offers::Nothing => {}
        }
    }

    fn insert(&self, world: &mut World, provider_type: ProviderType, fields: &Fields) -> i64 {
        world.next += 1;
        world.ticks += 1;
        let (number, ticks) = (world.next, world.ticks);
        let uuid = (self.offers == Offers::Everything).then(|| Uuid::from_u128(number as u128 + (1 << 100)));
        let mut shown = sync::fields_of(&model::ProviderDraft::new(provider_type));
        shown.extend(fields.clone());
        if self.offers != Offers::Everything {
            shown.retain(|field, _| !matches!(field, Field::BaseUrl | Field::AllowInsecureHttp));
        }
        world.ever.extend(shown.values().cloned());
        let mut seen = Seen {
            number,
            identity: Identity { uuid, created_at: Some(format!("2026-01-01T00:00:{ticks:09}Z")) },
            version: Version::default(),
            provider_type,
            fields: shown,
            places: Place::ALL.into_iter().map(|place| (place, false)).collect(),
            has_key: None,
        };
        self.touch(&mut seen, ticks);
        world.records.insert(number, seen);
        number
    }

    fn put_place(&self, world: &mut World, number: i64, place: Place, holds: bool) {
        world.ticks += 1;
        let ticks = world.ticks;
        for seen in world.records.values_mut() {
            let loses = holds && self.offers == Offers::Everything && seen.places.get(&place) == Some(&true);
            if seen.number == number {
                seen.places.insert(place, holds);
                self.touch(seen, ticks);
            } else if loses {
                seen.places.insert(place, false);
                self.touch(seen, ticks);
            }
        }
    }

    /// As it is shown, or a part of it.
    fn shown(&self, seen: &Seen) -> Seen {
        let mut seen = seen.clone();
        if self.offers != Offers::Everything {
            seen.fields.retain(|field, _| matches!(field, Field::ModelName | Field::IsActive));
            seen.places.clear();
        }
        seen
    }
}

/// Flags and defaults are not one's own: they say nothing about who knew what.
pub fn is_unique(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.starts_with('#'),
        Value::Limit(limit) => limit.is_some(),
        Value::Flag(_) => false,
    }
}

impl Line<'_> {
    /// Something happens on the way there.
    async fn before(&self, looks: bool) -> Result<(), RemoteError> {
        // Without revisions nothing protects the moment between looking and writing; see the decision about it.
        if looks || self.to.offers == Offers::Everything {
            let turns = self.random.lock().unwrap().below(self.turns);
            for _ in 0..turns {
                tokio::task::yield_now().await;
            }
            self.meddle();
        }
        let mut random = self.random.lock().unwrap();
        match random.percent(self.cuts) {
            true if random.percent(30) => Err(RemoteError::Unreachable { host: "remote".into() }),
            true => Err(RemoteError::Cut { host: "remote".into() }),
            false => Ok(()),
        }
    }

    /// Somebody else edits, deletes, adds, or hands a place on.
    fn meddle(&self) {
        let mut random = self.random.lock().unwrap();
        if !random.percent(self.others) {
            return;
        }
        let number = random.of(&self.to.numbers());
        let (field, place) = (random.of(self.to.offers.edited()), random.of(&Place::ALL));
        let tag = random.next() >> 16;
        match (random.below(10), number) {
            (0..5, Some(number)) => {
                let field = field.unwrap();
                let value = match field {
                    Field::DailyTokenLimit => Value::Limit(Some(tag)),
                    _ => Value::Text(format!("#o{tag}")),
                };
                self.to.edit(number, field, value);
            }
            (5, Some(number)) => self.to.delete(number),
            (6..9, Some(number)) => self.to.hold(number, place.unwrap()),
            _ => self.to.add(crate::desk::fields(&tag.to_string())),
        }
    }

    /// Something happens on the way back.
    fn after<T>(&self, answer: T) -> Result<T, RemoteError> {
        let is_cut = self.random.lock().unwrap().percent(self.cuts);
        if is_cut { Err(RemoteError::Cut { host: "remote".into() }) } else { Ok(answer) }
    }

    fn require(&self, world: &World, number: i64, if_match: Option<i64>) -> Result<Seen, RemoteError> {
        let seen = world.records.get(&number).ok_or(RemoteError::NotFound)?;
        let is_this = if_match.is_none() || seen.version.revision == if_match;
        if is_this { Ok(seen.clone()) } else { Err(RemoteError::Overtaken) }
    }

    /// Whoever hands a place on has to have seen who has it.
    fn moves(&self, world: &mut World, number: i64, place: Place, holds: bool) {
        let held = world.holders(place);
        let seen = world.listed[self.desk].entry(place).or_default();
        let is_alone = self.to.offers == Offers::Everything;
        let knew = match holds {
            true => !is_alone || *seen == held,
            false => !held.contains(&number) || seen.contains(&number),
        };
        assert!(knew, "desk {} handed {place:?} on, which {held:?} hold, and saw {seen:?}", self.desk);
        match holds {
            true if is_alone => *seen = BTreeSet::from([number]),
            true => _ = seen.insert(number),
            false => _ = seen.remove(&number),
        }
        self.to.put_place(world, number, place, holds);
    }

    #[track_caller]
    fn knew(&self, world: &World, old: &Value, what: &str) {
        let knew = !is_unique(old) || world.known[self.desk].contains(old);
        assert!(knew, "desk {} {what} {old:?}, which it never saw", self.desk);
    }
}

impl Remote for Line<'_> {
    async fn list(&self) -> Result<There, RemoteError> {
        self.before(true).await?;
        let there = {
            let mut world = self.to.world.lock().unwrap();
            world.listed[self.desk] = Place::ALL.map(|place| (place, world.holders(place))).into();
            There { records: world.records.clone(), ..There::default() }
        };
        self.after(there)
    }

    async fn get(&self, number: i64) -> Result<Seen, RemoteError> {
        self.before(true).await?;
        let seen = self.to.world.lock().unwrap().records.get(&number).cloned();
        self.after(seen.ok_or(RemoteError::NotFound))?
    }

    async fn create(&self, creating: Creating<'_>) -> Result<Seen, RemoteError> {
        self.before(false).await?;
        let seen = {
            let mut world = self.to.world.lock().unwrap();
            let known = world.answered.get(&creating.idempotency).cloned();
            match known.filter(|_| self.to.offers == Offers::Everything) {
                // Word for word as before, whatever became of it.
                Some(seen) => seen,
                None => {
                    let number = self.to.insert(&mut world, creating.provider_type, creating.fields);
                    let answer = self.to.shown(&world.records[&number]);
                    world.answered.insert(creating.idempotency, answer);
                    let origin = creating.fields[&Field::Description].clone();
                    *world.created.entry(origin.clone()).or_default() += 1;
                    world.origins.insert(number, origin);
                    world.keys.insert(number, usize::from(creating.key.is_some()));
                    self.to.shown(&world.records[&number])
                }
            }
        };
        self.after(seen)
    }

    async fn update(&self, number: i64, updating: Updating<'_>) -> Result<Seen, RemoteError> {
        self.before(false).await?;
        let seen = {
            let mut world = self.to.world.lock().unwrap();
            let mut seen = self.require(&world, number, updating.if_match)?;
            let is_held = |(place, holder): (&Place, &Option<i64>)| {
                world.holders(*place) == holder.iter().copied().collect()
            };
            if !updating.held_by.iter().all(is_held) {
                return Err(RemoteError::Overtaken);
            }
            for (field, new) in &updating.fields {
                if seen.fields.get(field) != Some(new) {
                    self.knew(&world, &seen.fields[field], "overwrote");
                }
                seen.fields.insert(*field, new.clone());
            }
            world.ever.extend(updating.fields.values().cloned());
            world.ticks += 1;
            let ticks = world.ticks;
            self.to.touch(&mut seen, ticks);
            world.records.insert(number, seen);
            for (place, holds) in &updating.places {
                self.moves(&mut world, number, *place, *holds);
            }
            self.to.shown(&world.records[&number])
        };
        self.after(seen)
    }

    async fn delete(&self, number: i64, if_match: Option<i64>) -> Result<(), RemoteError> {
        self.before(false).await?;
        {
            let mut world = self.to.world.lock().unwrap();
            let seen = self.require(&world, number, if_match)?;
            seen.fields.values().for_each(|old| self.knew(&world, old, "deleted"));
            world.remove(number);
        }
        self.after(())
    }
}
