//! What comes down: in large transactions, and one by one where one of them is refused.

use model::ProviderId;
use uuid::Uuid;

use super::{Run, SyncError, Undone};
use crate::{
    keeper::{Commit, Down, Keeper, KeeperError},
    look::made,
    plan::{Step, filled},
    record::{Local, name_of},
    remote::Remote,
    state::{About, PlaceBase, StateChange, Who},
};

/// Steps of one transaction.
const TOGETHER: usize = 200;

impl<R: Remote, K: Keeper> Run<'_, R, K> {
    pub(super) async fn downs(&mut self, steps: Vec<Step>) -> Result<(), SyncError> {
        for together in steps.chunks(TOGETHER) {
            let Err(error) = self.down(together).await else { continue };
            match error {
                KeeperError::Failed { .. } => return Err(error.into()),
                _ if together.len() == 1 => self.not_kept(&together[0], &error),
                _ => self.one_by_one(together).await?,
            }
        }
        Ok(())
    }

    async fn one_by_one(&mut self, steps: &[Step]) -> Result<(), SyncError> {
        for step in steps {
            match self.down(std::slice::from_ref(step)).await {
                Err(error @ KeeperError::Failed { .. }) => return Err(error.into()),
                Err(error) => self.not_kept(step, &error),
                Ok(()) => {}
            }
        }
        Ok(())
    }

    fn not_kept(&mut self, step: &Step, error: &KeeperError) {
        if *error == KeeperError::Overtaken {
            self.report.overtaken += 1;
            return;
        }
        let name = match step {
            Step::Insert { number, .. } => self.there.records.get(number).map(|seen| name_of(&seen.fields)),
            Step::Down { down: Down::Change { id, .. } | Down::Remove { id, .. }, .. } => {
                self.here.records.get(id).map(|local| name_of(&local.fields))
            }
            _ => None,
        };
        let advice = "Change it on either side, then try again.".to_owned();
        let name = name.unwrap_or_default().to_owned();
        self.report.undone.push(Undone { name, message: error.to_string(), advice });
    }

    /// All of these or none.
    async fn down(&mut self, steps: &[Step]) -> Result<(), KeeperError> {
        let known = self.state.clone();
        let mut commit = Commit::default();
        for step in steps {
            let (down, changes) = self.prepared(step, &commit.downs);
            for change in &changes {
                self.state.apply(change.clone());
            }
            commit.downs.extend(down);
            commit.state.extend(changes);
        }
        if commit == Commit::default() {
            return Ok(());
        }
        let downs = commit.downs.clone();
        match self.keeper.commit(commit).await {
            Ok(()) => {
                self.report.down += downs.len();
                downs.into_iter().for_each(|down| self.came(down));
                Ok(())
            }
            Err(error) => {
                self.state = known;
                Err(error)
            }
        }
    }

    /// What later steps have to know.
    fn came(&mut self, down: Down) {
        match down {
            Down::Insert { id, provider_type, fields } => {
                let local = Local { revision: 0, provider_type, fields, key_version: None };
                self.here.records.insert(id, local);
            }
            Down::Remove { id, .. } => _ = self.here.records.remove(&id),
            Down::Change { .. } | Down::Place { .. } => {}
        }
    }

    /// `before` is what comes before it in the same transaction.
    fn prepared(&self, step: &Step, before: &[Down]) -> (Option<Down>, Vec<StateChange>) {
        match step {
            Step::Down { down, about } => {
                let answered = about.iter().map(|about| StateChange::Choice(*about, None));
                let changes = self.agreed(down).into_iter().chain(answered).collect();
                (Some(down.clone()), changes)
            }
            Step::Insert { number, id } => self.inserted(*number, *id),
            Step::DownPlace { place, holder } => {
                let id = match holder {
                    Some(Who::Here(id)) => Some(*id),
                    Some(Who::There(number)) => self.state.id_of(*number),
                    None => None,
                };
                let comes = |id: &ProviderId| {
                    before.iter().any(|down| matches!(down, Down::Insert { id: new, .. } if new == id))
                };
                let is_here = |id: &ProviderId| self.here.records.contains_key(id) || comes(id);
                // Its holder has not come down, or was deleted here.
                if holder.is_some() && !id.as_ref().is_some_and(is_here) {
                    return (None, Vec::new());
                }
                let holder = id;
                let expected = self.here.places.get(place).copied();
                let base =
                    PlaceBase { holders: holder.map(Who::Here).into_iter().collect(), doubtful: false };
                let changes = vec![
                    StateChange::Place(*place, Some(base)),
                    StateChange::PlaceIntent(*place, None),
                    StateChange::Choice(About::Place(*place), None),
                ];
                (Some(Down::Place { place: *place, holder: id, expected }), changes)
            }
            _ => (None, Vec::new()),
        }
    }

    fn agreed(&self, down: &Down) -> Vec<StateChange> {
        match down {
            Down::Change { id, fields, .. } => {
                let Some(mut link) = self.state.links.get(id).cloned() else { return Vec::new() };
                for (field, value) in fields {
                    link.base.insert(*field, value.clone());
                    link.doubtful.remove(field);
                }
                vec![StateChange::Link(*id, Some(link))]
            }
            Down::Remove { id, .. } => {
                let link = self.state.links.get(id);
                let tombstone =
                    link.map(|link| StateChange::Tombstone(link.number, Some(link.identity.clone())));
                let mut changes = vec![StateChange::Link(*id, None), StateChange::Key(*id, None)];
                changes.extend(tombstone);
                changes
            }
            Down::Insert { .. } | Down::Place { .. } => Vec::new(),
        }
    }

    fn inserted(&self, number: i64, id: Option<ProviderId>) -> (Option<Down>, Vec<StateChange>) {
        let Some(seen) = self.there.records.get(&number) else { return (None, Vec::new()) };
        let theirs = seen.identity.uuid.map(ProviderId).filter(|id| !self.is_taken(*id));
        let new = id.or(theirs).unwrap_or_else(|| ProviderId(Uuid::new_v4()));
        let fields = filled(seen.provider_type, &seen.fields);
        let mut changes = vec![StateChange::Link(new, Some(made(seen, &seen.fields)))];
        if id.is_some() {
            changes.push(StateChange::Choice(About::Existence(new), None));
        }
        (Some(Down::Insert { id: new, provider_type: seen.provider_type, fields }), changes)
    }

    fn is_taken(&self, id: ProviderId) -> bool {
        self.here.records.contains_key(&id) || self.state.links.contains_key(&id)
    }
}
