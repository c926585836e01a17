//! Single configurations for another vault and from one: sealed, looked at, imported as a whole, and this vault's recipient.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use model::{
    Failure, ProviderDraft, ProviderId, Secret, Timestamp,
    command::{ExportProviders, ImportShared, MakeRecipient, PreviewShared, ViewRecipient},
    provider::ProviderList,
    share::{
        FILE_LIMIT, RecipientView, ShareFor, SharedChoice, SharedEntry, SharedImported, SharedPreview,
        SharedSame,
    },
    statistics::Exported,
};
use serde_json::json;
use share::{Configuration, Identity, MOST, OpenError, Opener, Recipient, Sealer, Shared};
use store::{Change, Import};
use uuid::Uuid;
use vault::{SealedKey, require_strong};

use super::saving::{Checked, copy_name};
use crate::{
    Desk, Host,
    bodies::testing::open_key,
    dispatch::Body,
    entering::blocking,
    export::{self, Content},
    failures::{self, sharing as refused},
    session::Session,
};

/// For whom, checked.
enum Seal {
    Passphrase(Secret),
    Recipient(Recipient),
}

/// A configuration of a file that could be saved here, and what it collides with.
struct Incoming {
    id: Uuid,
    checked: Checked,
    key_entered_at: Option<Timestamp>,
    same: Option<SharedSame>,
}

impl Body for ExportProviders {
    async fn perform<H: Host>(mut self, desk: &Desk<H>) -> Result<Exported, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        self.ids.sort_unstable();
        self.ids.dedup();
        if self.ids.is_empty() || self.ids.len() > MOST {
            return Err(refused::count());
        }
        let seal = Seal::checked(self.seal, &desk.actor)?;
        let mut configurations = Vec::with_capacity(self.ids.len());
        for id in self.ids {
            configurations.push(configuration(&session, id).await?);
        }
        let names: Vec<String> = configurations.iter().map(|one| one.draft.display_name.clone()).collect();
        let entry = json!({ "providers": names, "sealed_for": seal.audited() });
        let act = desk.act("provider.export");
        let shared = Shared { made_at: act.at, configurations };
        let work = desk.options.share_work;
        let sealed = blocking(move || share::seal(&shared, &seal.sealer(work))).await?;
        let bytes = sealed.map_err(refused::seal)?;
        // Without its entry there is no act.
        session.store.record_all([(act, entry.clone())]).await.map_err(failures::store)?;
        let rows = Some(names.len() as u64);
        let stem = "signalbox-providers".to_owned();
        let content = Content { stem, extension: "age", bytes, rows, cut: false };
        let written = export::write(desk.downloads.clone(), content).await;
        if written.is_err() {
            let undone = (desk.act("provider.export_failed"), entry);
            session.store.record_all([undone]).await.map_err(failures::store)?;
        }
        written
    }
}

impl Body for PreviewShared {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<SharedPreview, Failure> {
        let session = desk.session()?;
        let shared = opened(&session, self.file, self.passphrase).await?;
        let made_at = shared.made_at;
        let incoming = incoming(shared, &desk.list(&session).await?)?;
        Ok(SharedPreview { made_at, entries: incoming.into_iter().map(Incoming::view).collect() })
    }
}

impl Body for ImportShared {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<SharedImported, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let shared = opened(&session, self.file, self.passphrase).await?;
        let incoming = incoming(shared, &desk.list(&session).await?)?;
        if incoming.len() != self.choices.len() {
            return Err(refused::changed());
        }
        let (mut imports, mut replaced) = (Vec::new(), 0);
        for (one, choice) in incoming.into_iter().zip(&self.choices) {
            let Some(import) = desk.import(&session, one, *choice).await? else { continue };
            replaced += u32::from(import.existing.is_some());
            imports.push(import);
        }
        let taken = imports.len() as u32;
        let steps = session.store.import_providers(imports).await.map_err(failures::store)?;
        session.reload().await;
        Ok(SharedImported {
            list: desk.list(&session).await?,
            added: taken - replaced,
            replaced,
            skipped: self.choices.len() as u32 - taken,
            undo: steps.into_iter().map(|step| session.keep_step(step)).collect(),
        })
    }
}

impl Body for ViewRecipient {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<RecipientView, Failure> {
        recipient(&*desk.session()?).await
    }
}

impl Body for MakeRecipient {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<RecipientView, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let identity = Identity::make();
        let sealed = session.vault.seal_identity(&identity.text());
        let (text, act) = (identity.recipient().to_string(), desk.act("vault.make_recipient"));
        session.store.keep_identity(&text, &sealed.0, &act).await.map_err(failures::store)?;
        recipient(&session).await
    }
}

impl<H: Host> Desk<H> {
    /// What is to be written of one; `None` when it is left out.
    async fn import(
        &self,
        session: &Arc<Session>,
        one: Incoming,
        choice: SharedChoice,
    ) -> Result<Option<Import>, Failure> {
        let (id, draft) = match (choice, &one.same) {
            (SharedChoice::Skip, _) => return Ok(None),
            (SharedChoice::ReplaceKey(existing), Some(same))
                if same.can_replace_key && same.existing.id == existing.id =>
            {
                let draft = session.store.provider(existing.id).await.map_err(failures::store)?.draft;
                let act = self.act("provider.import_key");
                let change = one.change(session, existing.id, draft, act.at);
                return Ok(Some(Import { existing: Some(existing), id: existing.id, change, act }));
            }
            (SharedChoice::Add, None) => (one.id, one.checked.draft().clone()),
            (SharedChoice::Copy, Some(same)) => {
                let draft =
                    ProviderDraft { display_name: same.copy_name.clone(), ..one.checked.draft().clone() };
                (Uuid::now_v7(), draft)
            }
            // What is not there cannot be replaced or copied, and nothing is written over what is.
            (SharedChoice::ReplaceKey(_) | SharedChoice::Add | SharedChoice::Copy, _) => {
                return Err(refused::changed());
            }
        };
        let (id, act) = (ProviderId(id), self.act("provider.import"));
        let change = one.change(session, id, draft, act.at);
        Ok(Some(Import { existing: None, id, change, act }))
    }
}

impl Seal {
    fn checked(seal: ShareFor, user: &str) -> Result<Self, Failure> {
        match seal {
            ShareFor::Passphrase(passphrase) => {
                require_strong(&passphrase, user)
                    .map_err(|error| failures::one_field(model::Field::Password, error.to_string()))?;
                Ok(Self::Passphrase(passphrase))
            }
            ShareFor::Recipient(text) => text.parse().map(Self::Recipient).map_err(|_| refused::recipient()),
        }
    }

    fn audited(&self) -> String {
        match self {
            Self::Passphrase(_) => "a passphrase".to_owned(),
            Self::Recipient(recipient) => recipient.to_string(),
        }
    }

    fn sealer(&self, work: u8) -> Sealer<'_> {
        match self {
            Self::Passphrase(passphrase) => Sealer::Passphrase(passphrase, work),
            Self::Recipient(recipient) => Sealer::Recipient(recipient),
        }
    }
}

impl Incoming {
    fn change(&self, session: &Session, id: ProviderId, draft: ProviderDraft, now: Timestamp) -> Change {
        // Another computer's clock may be ahead.
        let entered_at = self.key_entered_at.map_or(now, |at| at.min(now));
        Change { draft, key: self.checked.key_change(session, id, entered_at), test: None }
    }

    fn view(self) -> SharedEntry {
        let has_key = self.checked.has_typed_key();
        let draft = self.checked.into_draft();
        SharedEntry {
            id: self.id,
            display_name: draft.display_name,
            provider_type: draft.provider_type,
            base_url: draft.base_url,
            model_name: draft.model_name,
            is_active: draft.is_active,
            has_key,
            same: self.same,
        }
    }
}

async fn configuration(session: &Session, id: ProviderId) -> Result<Configuration, Failure> {
    let provider = session.store.provider(id).await.map_err(failures::store)?;
    let key = open_key(session, id, &provider.draft.base_url, provider.sealed_key.as_deref())?;
    Ok(Configuration { id: id.0, draft: provider.draft, key, key_entered_at: provider.key_changed_at })
}

async fn recipient(session: &Session) -> Result<RecipientView, Failure> {
    let kept = session.store.identity().await.map_err(failures::store)?;
    Ok(kept.map_or_else(RecipientView::default, |kept| RecipientView {
        made_at: Some(kept.made_at()),
        recipient: Some(kept.recipient),
    }))
}

/// What is in a file; its size is looked at before anything is made of it.
async fn opened(session: &Session, file: String, passphrase: Option<Secret>) -> Result<Shared, Failure> {
    if file.len() > FILE_LIMIT.div_ceil(3) * 4 {
        return Err(refused::open(OpenError::TooLarge));
    }
    let file = STANDARD.decode(file).map_err(|_| refused::open(OpenError::NotAge))?;
    if let Some(passphrase) = passphrase.filter(|passphrase| !passphrase.is_empty()) {
        let open = move || share::open(&file, &Opener::Passphrase(&passphrase));
        return blocking(open).await?.map_err(refused::open);
    }
    let Some(kept) = session.store.identity().await.map_err(failures::store)? else {
        let way = share::way_of(&file).map_err(refused::open)?;
        let missing = match way {
            share::Way::Passphrase => OpenError::NeedsPassphrase,
            share::Way::Identity => OpenError::OtherRecipient,
        };
        return Err(refused::open(missing));
    };
    let text = session.vault.open_identity(&SealedKey(kept.sealed)).map_err(|_| refused::identity())?;
    let identity = Identity::kept(&text).ok_or_else(refused::identity)?;
    blocking(move || share::open(&file, &Opener::Identity(&identity))).await?.map_err(refused::open)
}

/// Everything in a file as it could be saved here, by the rules of the form, and what it collides with.
fn incoming(shared: Shared, list: &ProviderList) -> Result<Vec<Incoming>, Failure> {
    let fold = |name: &str| name.trim().to_lowercase();
    let here: Vec<String> = list.providers.iter().map(|one| fold(&one.display_name)).collect();
    let in_file = shared.configurations.iter().map(|one| fold(&one.draft.display_name));
    let mut taken: Vec<String> = here.iter().cloned().chain(in_file).collect();
    let mut incoming = Vec::with_capacity(shared.configurations.len());
    for (place, one) in shared.configurations.into_iter().enumerate() {
        let Configuration { id, draft, key, key_entered_at } = one;
        let name = draft.display_name.clone();
        let checked = Checked::new(draft, key, false, None).map_err(|_| refused::entry(place + 1, &name))?;
        let by_id = list.providers.iter().find(|other| other.id.0 == id);
        let name = &checked.draft().display_name;
        let found =
            by_id.or_else(|| list.providers.iter().find(|other| fold(&other.display_name) == fold(name)));
        let same = found.map(|other| {
            let is_free = !here.contains(&fold(name));
            let copy_name = if is_free { name.clone() } else { copy_name(name, &taken) };
            taken.push(fold(&copy_name));
            let reached_alike = other.provider_type == checked.draft().provider_type
                && other.base_url == checked.draft().base_url;
            SharedSame {
                existing: model::command::Existing { id: other.id, revision: other.revision },
                display_name: other.display_name.clone(),
                by_id: by_id.is_some(),
                copy_name,
                can_replace_key: reached_alike && checked.has_typed_key(),
            }
        });
        incoming.push(Incoming { id, checked, key_entered_at, same });
    }
    Ok(incoming)
}
