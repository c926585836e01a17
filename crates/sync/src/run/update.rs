//! Changing a configuration on the remote.

use model::{ProviderId, Secret};

use super::{Ended, Run, SyncError};
use crate::{
    keeper::Keeper,
    record::{Field, Fields, Seen, Version},
    remote::{Remote, RemoteError, Updating},
    state::{About, Intent, StateChange},
};

impl<R: Remote, K: Keeper> Run<'_, R, K> {
    pub(super) async fn update(
        &mut self,
        (id, number): (ProviderId, i64),
        fields: &Fields,
        with_key: bool,
    ) -> Result<Ended, SyncError> {
        let Some(mut seen) = self.there.records.get(&number).cloned() else { return Ok(Ended::Overtaken) };
        if seen.version.revision.is_none() {
            // Without revisions, the shortest way from looking to writing is all that there is.
            let Some(fresh) = self.fresh(number).await? else { return Ok(Ended::Overtaken) };
            seen = fresh;
        }
        let key = if with_key { self.key(id).await? } else { None };
        if with_key && key.is_none() {
            return Ok(Ended::Overtaken);
        }
        for _ in 0..2 {
            let intent = Intent::Update { sent: fields.clone(), before: seen.version.clone() };
            self.note(StateChange::Intent(id, Some(intent)));
            self.keep().await?;
            match self.put(number, fields, key.as_ref(), &seen.version).await {
                Ok(answer) => {
                    self.updated((id, number), fields, answer, &seen.version).await?;
                    if with_key {
                        self.note(StateChange::Key(id, None));
                    }
                    return Ok(Ended::Done);
                }
                Err(error) if error.is_uncertain() => return Err(error.into()),
                Err(error) => self.note_refused(id, &error)?,
            }
            match self.fresh(number).await? {
                Some(fresh) => seen = fresh,
                None => break,
            }
        }
        Ok(Ended::Overtaken)
    }

    /// A refusal did nothing. Being overtaken is looked into, everything else ends the step.
    fn note_refused(&mut self, id: ProviderId, error: &RemoteError) -> Result<(), SyncError> {
        self.note(StateChange::Intent(id, None));
        match error {
            RemoteError::Overtaken | RemoteError::NotFound => Ok(()),
            error => Err(error.clone().into()),
        }
    }

    async fn put(
        &self,
        number: i64,
        fields: &Fields,
        key: Option<&Secret>,
        version: &Version,
    ) -> Result<Seen, RemoteError> {
        let updating =
            Updating { fields: fields.clone(), key, if_match: version.revision, ..Updating::default() };
        self.remote.update(number, updating).await
    }

    /// The key that was chosen, unless it was changed since.
    pub(super) async fn key(&self, id: ProviderId) -> Result<Option<Secret>, SyncError> {
        match self.state.keys.get(&id) {
            Some(version) => Ok(self.keeper.key(id, *version).await?),
            None => Ok(None),
        }
    }

    async fn updated(
        &mut self,
        (id, number): (ProviderId, i64),
        sent: &Fields,
        answer: Seen,
        before: &Version,
    ) -> Result<(), SyncError> {
        let seen = self.whole(answer).await?;
        if seen.number != number {
            return Err(RemoteError::NotUnderstood { reason: "it is about another configuration" }.into());
        }
        let fields = not_as_sent(sent, &seen);
        let stood_still =
            seen.version.revision.is_some_and(|now| before.revision.is_some_and(|was| now <= was));
        if !fields.is_empty() || stood_still {
            return Err(RemoteError::NotAsSent { fields }.into());
        }
        let mut link = self.state.links.get(&id).cloned().unwrap_or_default();
        for (field, value) in sent.iter().filter(|(field, _)| seen.fields.contains_key(field)) {
            link.base.insert(*field, value.clone());
            link.doubtful.remove(field);
            self.note(StateChange::Choice(About::Field(id, *field), None));
        }
        (link.version, link.theirs) = (seen.version.clone(), seen.fields.clone());
        self.there.records.insert(number, seen);
        self.note(StateChange::Link(id, Some(link)));
        self.note(StateChange::Intent(id, None));
        Ok(())
    }

    /// An answer with all that the remote shows: some show only a part when they answer a change.
    pub(super) async fn whole(&self, answer: Seen) -> Result<Seen, RemoteError> {
        if answer.is_whole() { Ok(answer) } else { self.remote.get(answer.number).await }
    }
}

/// Fields that a remote shows otherwise than they were sent.
pub(super) fn not_as_sent(sent: &Fields, seen: &Seen) -> Vec<Field> {
    let differs = |(field, value): &(&Field, _)| seen.fields.get(field).is_some_and(|now| now != *value);
    sent.iter().filter(differs).map(|(field, _)| *field).collect()
}
