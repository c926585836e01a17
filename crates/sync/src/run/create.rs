//! Creating a configuration on the remote, once. The specification's request has no identity of its own, so one that was cut is
//! looked for before it is sent again, and then sent again under the same `Idempotency-Key`.

use std::collections::BTreeSet;

use model::ProviderId;
use uuid::Uuid;

use super::{Ended, Run, SyncError, update::not_as_sent};
use crate::{
    keeper::Keeper,
    look::{by_number, is_similar, made},
    record::{Field, Fields, Local, Seen, There, Value},
    remote::{Creating, Remote, RemoteError},
    state::{Intent, StateChange},
};

impl<R: Remote, K: Keeper> Run<'_, R, K> {
    pub(super) async fn create(&mut self, id: ProviderId) -> Result<Ended, SyncError> {
        let Some(local) = self.here.records.get(&id).cloned() else { return Ok(Ended::NotYet) };
        if self.state.links.contains_key(&id) {
            return Ok(Ended::NotYet);
        }
        let chosen = self.state.keys.contains_key(&id);
        let key = self.key(id).await?;
        if chosen && key.is_none() {
            return Ok(Ended::Overtaken);
        }
        let (idempotency, sent) = match self.state.intents.get(&id) {
            // Word for word, or it would be another request to the remote. What was edited since follows as a change.
            Some(Intent::Create { key, sent, .. }) => (*key, sent.clone()),
            _ => (Uuid::new_v4(), told(&local, &self.there)),
        };
        let alike = self.alike(&local, &sent);
        let intent = Intent::Create { key: idempotency, sent: sent.clone(), alike };
        self.note(StateChange::Intent(id, Some(intent)));
        self.keep().await?;
        let creating =
            Creating { provider_type: local.provider_type, fields: &sent, key: key.as_ref(), idempotency };
        match self.remote.create(creating).await {
            Ok(answer) => self.created(id, &sent, answer).await,
            Err(error) => {
                if !error.is_uncertain() {
                    self.note(StateChange::Intent(id, None));
                }
                Err(error.into())
            }
        }
    }

    /// Those of the remote that could be taken for it and are not.
    fn alike(&self, local: &Local, sent: &Fields) -> BTreeSet<i64> {
        let known = by_number(&self.state, &self.there);
        let alike = self.there.records.values().filter(|seen| {
            !known.contains_key(&seen.number)
                && seen.provider_type == local.provider_type
                && is_similar(sent, seen)
        });
        alike.map(|seen| seen.number).collect()
    }

    async fn created(&mut self, id: ProviderId, sent: &Fields, answer: Seen) -> Result<Ended, SyncError> {
        if by_number(&self.state, &self.there).contains_key(&answer.number) {
            return Err(RemoteError::NotUnderstood { reason: "a new number is one of before" }.into());
        }
        let seen = match self.whole(answer.clone()).await {
            // Deleted by somebody since. It had what was sent, also where the answer shows a part: what is not known of it would not
            // be missed when a person changes it here, and the deletion would take that along.
            Err(RemoteError::NotFound) => {
                let fields = sent.clone().into_iter().chain(answer.fields).collect();
                Seen { fields, ..answer }
            }
            seen => seen?,
        };
        let fields = not_as_sent(sent, &seen);
        let mut link = made(&seen, sent);
        if let Some(local) = self.here.records.get(&id) {
            // What was not told because it says nothing, and is the same.
            let same = local.fields.iter().filter(|(field, value)| seen.fields.get(field) == Some(value));
            link.base.extend(same.map(|(field, value)| (*field, value.clone())));
        }
        // Of these nothing was agreed.
        link.base.retain(|field, _| !fields.contains(field));
        self.there.records.insert(seen.number, seen);
        self.note(StateChange::Link(id, Some(link)));
        self.note(StateChange::Intent(id, None));
        self.note(StateChange::Key(id, None));
        if fields.is_empty() { Ok(Ended::Done) } else { Err(RemoteError::NotAsSent { fields }.into()) }
    }
}

/// What a remote is told of a new configuration: the specification's fields, and ours where it has them or they say something.
fn told(local: &Local, there: &There) -> Fields {
    let shows = |field: Field| there.records.values().any(|seen| seen.fields.contains_key(&field));
    let says = |field: Field, value: &Value| match (field, value) {
        (Field::BaseUrl, Value::Text(url)) => local.provider_type.default_base_url() != Some(url),
        (Field::AllowInsecureHttp, value) => *value == Value::Flag(true),
        _ => true,
    };
    let told = local.fields.iter().filter(|(field, value)| shows(**field) || says(**field, value));
    told.map(|(field, value)| (*field, value.clone())).collect()
}
