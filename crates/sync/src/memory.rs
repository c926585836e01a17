//! A keeper in memory: what a keeper has to do, in its shortest form. Tests and benches use it.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use model::{ProviderId, ProviderType, Secret};

use crate::{
    keeper::{Commit, Down, Keeper, KeeperError},
    record::{Field, Fields, Here, Local, Place, Value, name_of},
    state::State,
};

/// Configurations, keys and memory of one remote, until it is dropped.
#[derive(Default)]
pub struct Memory(Mutex<Kept>);

#[derive(Clone, Default)]
struct Kept {
    here: Here,
    state: State,
    keys: BTreeMap<ProviderId, String>,
}

impl Memory {
    /// A person creates a configuration.
    pub fn create(&self, id: ProviderId, provider_type: ProviderType, fields: Fields) {
        let local = Local { revision: 1, provider_type, fields, key_version: None };
        self.kept().here.records.insert(id, local);
    }

    /// A person changes a field.
    pub fn edit(&self, id: ProviderId, field: Field, value: Value) {
        if let Some(local) = self.kept().here.records.get_mut(&id) {
            local.fields.insert(field, value);
            local.revision += 1;
        }
    }

    /// A person types a key, and chooses to send it.
    pub fn type_key(&self, id: ProviderId, key: &str) {
        let mut kept = self.kept();
        let Some(local) = kept.here.records.get_mut(&id) else { return };
        let version = local.key_version.unwrap_or(0) + 1;
        local.key_version = Some(version);
        local.revision += 1;
        kept.keys.insert(id, key.to_owned());
        kept.state.keys.insert(id, version);
    }

    /// A person deletes a configuration.
    pub fn delete(&self, id: ProviderId) {
        self.kept().remove(id);
    }

    /// A person hands a place to somebody or nobody.
    pub fn hold(&self, place: Place, holder: Option<ProviderId>) {
        self.kept().hold(place, holder);
    }

    /// What there is.
    pub fn here(&self) -> Here {
        self.kept().here.clone()
    }

    /// What is remembered.
    pub fn state(&self) -> State {
        self.kept().state.clone()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keeper for Memory {
    async fn read(&self) -> Result<(Here, State), KeeperError> {
        let kept = self.kept();
        Ok((kept.here.clone(), kept.state.clone()))
    }

    async fn commit(&self, commit: Commit) -> Result<(), KeeperError> {
        let mut kept = self.kept();
        if commit.downs.is_empty() {
            // Nothing of it can be refused.
            commit.state.into_iter().for_each(|change| kept.state.apply(change));
            return Ok(());
        }
        let mut then = kept.clone();
        for down in commit.downs {
            then.down(down)?;
        }
        commit.state.into_iter().for_each(|change| then.state.apply(change));
        *kept = then;
        Ok(())
    }

    async fn key(&self, id: ProviderId, version: i64) -> Result<Option<Secret>, KeeperError> {
        let kept = self.kept();
        let is_this = kept.here.records.get(&id).is_some_and(|local| local.key_version == Some(version));
        Ok(kept.keys.get(&id).filter(|_| is_this).map(Secret::new))
    }
}

impl Kept {
    fn down(&mut self, down: Down) -> Result<(), KeeperError> {
        match down {
            Down::Insert { id, provider_type, fields } => {
                self.require_free_name(id, &fields)?;
                let local = Local { revision: 1, provider_type, fields, key_version: None };
                self.here.records.insert(id, local);
            }
            Down::Change { id, revision, fields } => {
                self.require_free_name(id, &fields)?;
                let local = self.at(id, revision)?;
                if fields.contains_key(&Field::BaseUrl) {
                    local.key_version = None;
                }
                local.fields.extend(fields);
                local.revision += 1;
            }
            Down::Remove { id, revision } => {
                self.at(id, revision)?;
                self.remove(id);
            }
            Down::Place { place, holder, expected } => {
                if self.here.places.get(&place).copied() != expected {
                    return Err(KeeperError::Overtaken);
                }
                self.hold(place, holder);
            }
        }
        Ok(())
    }

    fn at(&mut self, id: ProviderId, revision: i64) -> Result<&mut Local, KeeperError> {
        let local = self.here.records.get_mut(&id).filter(|local| local.revision == revision);
        local.ok_or(KeeperError::Overtaken)
    }

    fn require_free_name(&self, id: ProviderId, fields: &Fields) -> Result<(), KeeperError> {
        let name = name_of(fields).to_lowercase();
        let is_taken = |(other, local): (&ProviderId, &Local)| {
            *other != id && name_of(&local.fields).to_lowercase() == name
        };
        if fields.contains_key(&Field::DisplayName) && self.here.records.iter().any(is_taken) {
            let message = "another configuration here has this name".to_owned();
            return Err(KeeperError::Refused { message });
        }
        Ok(())
    }

    fn remove(&mut self, id: ProviderId) {
        self.here.records.remove(&id);
        self.keys.remove(&id);
        self.here.places.retain(|_, holder| *holder != id);
    }

    fn hold(&mut self, place: Place, holder: Option<ProviderId>) {
        match holder {
            Some(holder) => self.here.places.insert(place, holder),
            None => self.here.places.remove(&place),
        };
    }
}
