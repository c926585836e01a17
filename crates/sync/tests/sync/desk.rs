//! A desk whose disk fails now and then, and which notes what it is shown. What comes down is judged at once: a value that goes has
//! to have been on the remote, or somebody decided against it.

use std::{collections::BTreeSet, sync::Mutex};

use model::{ProviderDraft, ProviderId, ProviderType, Secret};
use sync::{
    About, Commit, Conflict, Datum, Down, Field, Fields, Here, Keeper, KeeperError, Memory, Side, State,
    Value,
};

use crate::{
    random::Random,
    remote::{Shared, is_unique},
};

pub struct Desk<'a> {
    pub number: usize,
    pub memory: Memory,
    pub remote: &'a Shared,
    pub random: Mutex<Random>,
    /// Of a hundred commits, so many are lost, and as many are kept without being acknowledged.
    pub crashes: Mutex<usize>,
    /// Values that a person decided against here.
    decided: Mutex<BTreeSet<Value>>,
}

/// A new configuration whose values nobody else has.
pub fn fields(tag: &str) -> Fields {
    let draft = ProviderDraft {
        display_name: format!("#n{tag}"),
        model_name: format!("#m{tag}"),
        description: format!("#d{tag}"),
        ..ProviderDraft::new(ProviderType::OpenAi)
    };
    sync::fields_of(&draft)
}

impl<'a> Desk<'a> {
    pub fn new(number: usize, remote: &'a Shared, seed: u64) -> Self {
        let (random, crashes) = (Mutex::new(Random::new(seed)), Mutex::new(0));
        let decided = Mutex::default();
        Self { number, memory: Memory::default(), remote, random, crashes, decided }
    }

    pub fn ids(&self) -> Vec<ProviderId> {
        self.memory.here().records.into_keys().collect()
    }

    pub fn create(&self, id: ProviderId, tag: &str) {
        self.memory.create(id, ProviderType::OpenAi, fields(tag));
        self.memory.type_key(id, "test-openai-key-0001");
        self.learn();
    }

    pub fn edit(&self, id: ProviderId, field: Field, value: Value) {
        self.memory.edit(id, field, value);
        self.learn();
    }

    /// What is here has been seen by whoever sits here.
    pub fn learn(&self) {
        let here = self.memory.here();
        let values = here.records.values().flat_map(|local| local.fields.values().cloned());
        self.remote.world.lock().unwrap().known[self.number].extend(values);
    }

    /// A person is shown a conflict and decides.
    pub async fn decide(&self, conflict: &Conflict, side: Side) {
        let values = |datum: &Datum| match datum {
            Datum::Value(value) => vec![value.clone()],
            Datum::Record(fields) => fields.values().cloned().collect(),
            _ => Vec::new(),
        };
        self.remote.world.lock().unwrap().known[self.number].extend(values(&conflict.theirs));
        self.decided.lock().unwrap().extend(values(&conflict.ours));
        if let (About::Existence(id), Datum::Deleted, Side::Ours) = (conflict.about, &conflict.theirs, side) {
            // It will be created again, which takes a key.
            self.memory.type_key(id, "test-openai-key-0001");
            let description = self.memory.here().records[&id].fields[&Field::Description].clone();
            // Each desk may decide so by itself, and then each means to have its own.
            let mut world = self.remote.world.lock().unwrap();
            *world.created.entry(description).or_default() -= 1;
        }
        self.memory.commit(Commit { state: vec![conflict.choose(side)], ..Commit::default() }).await.unwrap();
    }

    fn judge(&self, commit: &Commit) {
        let here = self.memory.here();
        let lost = commit.downs.iter().flat_map(|down| match down {
            Down::Change { id, fields, revision } => {
                let local = here.records.get(id).filter(|local| local.revision == *revision);
                let old = fields.keys().map(|field| local.map(|local| local.fields[field].clone()));
                old.flatten().collect::<Vec<_>>()
            }
            Down::Remove { id, revision } => {
                let local = here.records.get(id).filter(|local| local.revision == *revision);
                local.map(|local| local.fields.values().cloned().collect()).unwrap_or_default()
            }
            _ => Vec::new(),
        });
        let (ever, decided) = (&self.remote.world.lock().unwrap().ever, self.decided.lock().unwrap());
        for value in lost.filter(is_unique) {
            let safe = ever.contains(&value) || decided.contains(&value);
            assert!(safe, "{value:?} of desk {} was never on the remote and is lost", self.number);
        }
    }
}

impl Keeper for Desk<'_> {
    async fn read(&self) -> Result<(Here, State), KeeperError> {
        self.memory.read().await
    }

    async fn commit(&self, commit: Commit) -> Result<(), KeeperError> {
        let crash = |percent| self.random.lock().unwrap().percent(percent);
        let crashes = *self.crashes.lock().unwrap();
        let lost = || Err(KeeperError::Failed { message: "a crash".into() });
        if crash(crashes) {
            return lost();
        }
        self.judge(&commit);
        self.memory.commit(commit).await?;
        self.learn();
        if crash(crashes) { lost() } else { Ok(()) }
    }

    async fn key(&self, id: ProviderId, version: i64) -> Result<Option<Secret>, KeeperError> {
        self.memory.key(id, version).await
    }
}
