//! Another API key for a configuration, the way back to the one before, its end, and a key on the clipboard. Nothing changes
//! before the vendor has accepted the key that is to come into force.

use std::{sync::Arc, time::Duration};

use model::{
    Failure, Field, ProviderId, Secret, TestReport, Timestamp,
    command::{
        CopyKey, DestroyKeptKey, Existing, GoBackToKey, ListOldKeys, RemindLater, ReplaceKey, SetKeySettings,
        ViewKey, ViewKeySettings,
    },
    draft::check_key,
    keys::{CopiedKey, KeyReply, KeySettings, KeyView, OldKeys, SwitchedKey},
};
use providers::BaseUrl;
use store::{Act, KeptKey, KeySwitch, NewKey, Provider, StoreError};
use vault::{FieldError, SealedKey};

use super::{
    saving::seal,
    testing::{closed_key, open_key},
};
use crate::{Desk, Host, dispatch::Body, failures, keys::days_after, session::Session};

impl Body for ViewKey {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<KeyView, Failure> {
        desk.session()?.key_view(self.id).await
    }
}

impl Body for ReplaceKey {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<KeyReply, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let (least, most) = KeySettings::KEEP_DAYS;
        if !(least..=most).contains(&self.keep_days) {
            return Err(failures::keys::keep_days());
        }
        let provider = expect(&session, self.existing).await?;
        let key = check_key(&self.api_key).map_err(|fault| failures::one_field(Field::ApiKey, fault))?;
        if key.is_empty() {
            return Err(failures::keys::none_typed());
        }
        let before = in_force(&session, &provider);
        if before.as_ref().is_some_and(|before| before.expose() == key.expose()) {
            return Err(failures::keys::same_key());
        }
        let test = desk.test_key(&session, &provider, &key, self.run).await?;
        if !test.outcome.is_valid() {
            return Ok(KeyReply::Refused { test });
        }
        let act = desk.act("provider.replace_key");
        let until = days_after(act.at, i64::from(self.keep_days));
        let switch = KeySwitch {
            key: seal(&session, provider.id, &provider.draft.base_url, &key, act.at),
            kept: before.map(|before| keep(&session, &provider, &before, (act.at, until))),
            back_to: None,
            test,
        };
        desk.switch_key(&session, self.existing, switch, &act).await
    }
}

impl Body for GoBackToKey {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<KeyReply, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let provider = expect(&session, self.existing).await?;
        let kept = session.store.kept_key(provider.number).await.map_err(failures::store)?;
        let now = desk.host.now();
        let kept = kept.filter(|kept| now < kept.until).ok_or_else(failures::keys::none_kept)?;
        let key = open_kept(&session, &provider, &kept)?;
        let test = desk.test_key(&session, &provider, &key, self.run).await?;
        let goes_on = test.outcome.is_valid() || (self.unreached && test.outcome.is_offline());
        if !goes_on {
            return Ok(KeyReply::Refused { test });
        }
        let act = desk.act("provider.go_back_to_key");
        let sealed = session.vault.seal_key(provider.id.0, &provider.draft.base_url, &key).0;
        // As long as the first period was: who goes back on its last day may have to go forth again.
        let until = Timestamp(act.at.0.saturating_add(kept.until.0 - kept.kept_at.0));
        let before = in_force(&session, &provider);
        let switch = KeySwitch {
            key: NewKey { sealed, last_four: kept.last_four.clone(), entered_at: kept.entered_at },
            kept: before.map(|before| keep(&session, &provider, &before, (act.at, until))),
            back_to: Some(kept),
            test,
        };
        desk.switch_key(&session, self.existing, switch, &act).await
    }
}

impl Body for DestroyKeptKey {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<KeyView, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let act = desk.act("provider.destroy_kept_key");
        session.store.destroy_kept_key(self.id, &act).await.map_err(failures::store)?;
        session.key_view(self.id).await
    }
}

impl Body for CopyKey {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<CopiedKey, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let provider = session.store.provider(self.id).await.map_err(failures::store)?;
        let clears_in_s = session.key_settings().await?.clipboard_s;
        let key = open_key(&session, self.id, &provider.draft.base_url, provider.sealed_key.as_deref())?;
        let key = key.ok_or_else(failures::keys::no_key)?;
        // Without the entry there is no act.
        let note = async |action| session.store.record_about(self.id, &desk.act(action)).await;
        note("provider.copy_key").await.map_err(failures::store)?;
        let copied = desk.put_on_clipboard(key, Duration::from_secs(clears_in_s.into())).await;
        if copied.is_err() {
            note("provider.copy_key_failed").await.map_err(failures::store)?;
        }
        copied.map(|()| CopiedKey { clears_in_s })
    }
}

impl Body for ListOldKeys {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<OldKeys, Failure> {
        desk.session()?.old_keys().await
    }
}

impl Body for RemindLater {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<OldKeys, Failure> {
        let session = desk.session()?;
        session.remind_later(&desk.act("keys.remind_later")).await?;
        session.old_keys().await
    }
}

impl Body for ViewKeySettings {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<KeySettings, Failure> {
        desk.session()?.key_settings().await
    }
}

impl Body for SetKeySettings {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<KeySettings, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        if !self.settings.is_possible() {
            return Err(failures::keys::settings());
        }
        let (name, act) = (KeySettings::NAME, desk.act("keys.set"));
        session.store.set_setting(name, &self.settings, &act).await.map_err(failures::store)?;
        Ok(self.settings)
    }
}

impl<H: Host> Desk<H> {
    async fn test_key(
        &self,
        session: &Session,
        provider: &Provider,
        key: &Secret,
        run: u64,
    ) -> Result<TestReport, Failure> {
        let draft = &provider.draft;
        let base_url = BaseUrl::parse(&draft.base_url, draft.provider_type, draft.allow_insecure_http)
            .map_err(|error| Failure::invalid(vec![failures::base_url(&error)]))?;
        let key = Some(Secret::new(key.expose()));
        session.runs.run(run, self.test(draft, &base_url, key)).await
    }

    async fn switch_key(
        &self,
        session: &Arc<Session>,
        existing: Existing,
        switch: KeySwitch,
        act: &Act,
    ) -> Result<KeyReply, Failure> {
        session.store.switch_key(existing, switch, act).await.map_err(failures::store)?;
        session.reload().await;
        let (key, list) = (session.key_view(existing.id).await?, self.list(session).await?);
        Ok(KeyReply::Switched(Box::new(SwitchedKey { key, list })))
    }
}

/// As it was seen: a vendor is not asked for what cannot be saved.
async fn expect(session: &Session, existing: Existing) -> Result<Provider, Failure> {
    let provider = session.store.provider(existing.id).await.map_err(failures::store)?;
    if provider.revision == existing.revision {
        Ok(provider)
    } else {
        Err(failures::store(StoreError::Conflict))
    }
}

/// The key in force. One that does not open cannot be kept, and is no reason to keep a person from a new one.
fn in_force(session: &Session, provider: &Provider) -> Option<Secret> {
    let sealed = provider.sealed_key.as_deref();
    open_key(session, provider.id, &provider.draft.base_url, sealed).ok().flatten()
}

fn keep(
    session: &Session,
    provider: &Provider,
    key: &Secret,
    (kept_at, until): (Timestamp, Timestamp),
) -> KeptKey {
    let base_url = provider.draft.base_url.clone();
    KeptKey {
        sealed: session.vault.seal_kept_key(provider.id.0, &base_url, key).0,
        last_four: provider.key_last_four.clone(),
        entered_at: provider.key_changed_at.unwrap_or(kept_at),
        base_url,
        kept_at,
        until,
    }
}

/// For the base URL that it was entered for and no other.
fn open_kept(session: &Session, provider: &Provider, kept: &KeptKey) -> Result<Secret, Failure> {
    let ProviderId(record) = provider.id;
    let sealed = SealedKey(kept.sealed.clone());
    let opened = session.vault.open_kept_key(record, &provider.draft.base_url, &sealed);
    opened.map_err(|error| match error {
        FieldError::OtherBaseUrl => failures::keys::kept_for_other_host(&kept.base_url),
        error => closed_key(error),
    })
}
