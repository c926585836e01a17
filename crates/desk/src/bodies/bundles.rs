//! Bundles for servers: the key that signs, servers, what the next one changes, exporting it, and judging a file.

use std::time::Duration;

use bundle::{KeyChange, Order, ServerFile, VerifyError};
use model::{
    Failure, Secret, Timestamp,
    bundles::{
        BundleExported, BundleOrder, BundlePreview, BundleServerPreview, BundleTarget, BundleVerdict,
        BundlesView,
    },
    command::{
        AddServer, ExportBundle, ExportSigningKey, MakeSigningKey, PreviewBundle, PreviewServer,
        RemoveServer, ReplaceSigningKey, SaveBundle, VerifyBundle, ViewBundles,
    },
    statistics::Exported,
};
use serde_json::json;
use store::{BundleServer, NewBundle, NewSigningKey, StoreError};

use crate::{
    Desk, Host,
    bundles::{self, Scope},
    dispatch::Body,
    entering::blocking,
    export::{self, Content},
    failures::{self, bundles as refused},
    session::Session,
};

const DAY_MS: i64 = 86_400_000;
/// A bundle on the clipboard is sealed, and is carried further by hand: not so short as a key's time.
const ON_CLIPBOARD: Duration = Duration::from_secs(600);

impl Body for ViewBundles {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BundlesView, Failure> {
        bundles::view(&*desk.session()?).await
    }
}

impl Body for MakeSigningKey {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BundlesView, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let (there, before) = session.store.signing_key().await.map_err(failures::store)?;
        if there.is_none() {
            let act = desk.act("bundle.make_key");
            let (key, record) = bundles::make_key(&session, year(act.at), before)?;
            let sealed = bundles::sealed_key(&session, record, &key);
            let public = key.public();
            let new = NewSigningKey { record, kid: public.kid(), public: public.bytes(), sealed: &sealed };
            session.store.keep_signing_key(None, &new, &act).await.map_err(failures::store)?;
        }
        bundles::view(&session).await
    }
}

impl Body for ReplaceSigningKey {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Exported, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let old = bundles::signing_key(&session).await?;
        let (_, before) = session.store.signing_key().await.map_err(failures::store)?;
        let act = desk.act("bundle.replace_key");
        let (new, record) = bundles::make_key(&session, year(act.at), before)?;
        let statement = KeyChange::state(&old, &new, act.at);
        let stem = format!("{}-to-{}", old.public().kid(), new.public().kid());
        // The statement first: without it no server would follow, and the old seed is gone afterwards.
        let written = desk.written(stem, "json", statement.into_bytes()).await?;
        let sealed = bundles::sealed_key(&session, record, &new);
        let public = new.public();
        let kept = NewSigningKey { record, kid: public.kid(), public: public.bytes(), sealed: &sealed };
        let replaced = Some(old.public().kid());
        session.store.keep_signing_key(replaced, &kept, &act).await.map_err(failures::store)?;
        Ok(written)
    }
}

impl Body for ExportSigningKey {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Exported, Failure> {
        let key = bundles::signing_key(&*desk.session()?).await?;
        desk.written(key.public().kid().to_owned(), "json", key.public().file().into_bytes()).await
    }
}

impl Body for PreviewServer {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BundleServerPreview, Failure> {
        let session = desk.session()?;
        let file = read_server(self.file).await?;
        let known = session.store.bundle_servers().await.map_err(failures::store)?;
        let known = known.into_iter().find(|one| one.id == file.id);
        Ok(BundleServerPreview {
            fingerprint: file.fingerprint().to_string(),
            accepted: file.serial,
            other_recipient: known.as_ref().is_some_and(|one| one.recipient != file.recipient.to_string()),
            known_as: known.map(|one| one.name),
            id: file.id,
            name: file.name,
        })
    }
}

impl Body for AddServer {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BundlesView, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let file = read_server(self.file).await?;
        if self.fingerprint.parse() != Ok(file.fingerprint()) {
            return Err(refused::fingerprint());
        }
        let (recipient, act) = (file.recipient.to_string(), desk.act("bundle.add_server"));
        let kept = session.store.keep_bundle_server((&file.id, &file.name, &recipient), file.serial, &act);
        kept.await.map_err(failures::store)?;
        bundles::view(&session).await
    }
}

impl Body for RemoveServer {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BundlesView, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let forgotten = session.store.forget_bundle_server(&self.id, &desk.act("bundle.remove_server")).await;
        forgotten.map_err(of_server)?;
        session.bundle_watch.look_soon();
        bundles::view(&session).await
    }
}

impl Body for PreviewBundle {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BundlePreview, Failure> {
        let session = desk.session()?;
        let planned = Planned::of(&session, &self.order, desk.host.now()).await?;
        Ok(BundlePreview {
            serial: planned.serial,
            previous: planned.previous,
            expires_at: planned.expires_at,
            changes: planned.before.changes(&planned.in_force),
        })
    }
}

impl Body for ExportBundle {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BundleExported, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let act = desk.act("bundle.export");
        let planned = Planned::of(&session, &self.order, act.at).await?;
        if planned.serial != self.serial {
            return Err(refused::serial());
        }
        let key = bundles::signing_key(&session).await?;
        let kid = key.public().kid().to_owned();
        let public = key.public().clone();
        let Planned { server, serial, previous, expires_at, scope, contents, .. } = planned;
        let file = server.clone();
        let made = blocking(move || {
            let order = Order { server: &file, serial, previous, issued_at: act.at, expires_at };
            bundle::make(&order, &contents, &key)
        });
        let body = made.await?.map_err(refused::make)?;
        let fingerprint =
            bundle::read(body.as_bytes(), &[public]).map_err(refused::verify)?.fingerprint().to_string();
        let new = NewBundle {
            serial,
            server: (&server.id, &server.name),
            kid: &kid,
            previous,
            expires_at,
            fingerprint: &fingerprint,
            scope: &serde_json::to_string(&scope).unwrap_or_default(),
            configurations: scope.configurations.len(),
            body: &body,
        };
        // Without its entry, and its serial taken, there is no act.
        session.store.keep_bundle(&new, &desk.act("bundle.export")).await.map_err(|error| match error {
            StoreError::Conflict => refused::serial(),
            other => failures::store(other),
        })?;
        session.bundle_watch.look_soon();
        let file = desk.hand_out(&server, serial, body, self.target).await?;
        Ok(BundleExported { view: bundles::view(&session).await?, serial, file })
    }
}

impl Body for SaveBundle {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BundleExported, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let body = session.store.bundle_body(self.serial).await.map_err(|error| match error {
            StoreError::Gone => refused::not_kept(),
            other => failures::store(other),
        })?;
        let made = session.store.bundles().await.map_err(failures::store)?;
        let is_it = |one: &&store::MadeBundle| u64::try_from(one.serial) == Ok(self.serial);
        let made = made.iter().find(is_it).ok_or_else(refused::not_kept)?;
        let entry = json!({ "serial": self.serial, "fingerprint": made.fingerprint });
        session.store.record_all([(desk.act("bundle.save"), entry)]).await.map_err(failures::store)?;
        let stem = format!("{}-{}", made.server_name, self.serial);
        let file = desk.hand_out_as(stem, body, self.target).await?;
        Ok(BundleExported { view: bundles::view(&session).await?, serial: self.serial, file })
    }
}

impl Body for VerifyBundle {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BundleVerdict, Failure> {
        let session = desk.session()?;
        if self.file.len() > bundle::BUNDLE_LIMIT {
            return Err(refused::verify(VerifyError::TooLarge));
        }
        let keys = bundles::public_keys(&session).await?;
        // What was copied may have a line's end behind it; what is signed has none.
        let signed = bundle::read(self.file.trim_end().as_bytes(), &keys).map_err(refused::verify)?;
        let (kept, _) = session.store.signing_key().await.map_err(failures::store)?;
        let made = session.store.bundles().await.map_err(failures::store)?;
        let servers = session.store.bundle_servers().await.map_err(failures::store)?;
        let own = made.iter().find(|one| u64::try_from(one.serial) == Ok(signed.serial()));
        let fingerprint = signed.fingerprint().to_string();
        let own = own.filter(|one| one.fingerprint == fingerprint);
        let scope: Scope = own.and_then(|one| serde_json::from_str(&one.scope).ok()).unwrap_or_default();
        let newest =
            bundles::newest(&made, signed.server_id()).and_then(|one| u64::try_from(one.serial).ok());
        Ok(BundleVerdict {
            serial: signed.serial(),
            kid: signed.kid().to_owned(),
            key_in_force: kept.is_some_and(|kept| kept.kid == signed.kid()),
            server_id: signed.server_id().to_owned(),
            server_name: servers.into_iter().find(|one| one.id == signed.server_id()).map(|one| one.name),
            newest: newest.unwrap_or(0),
            expires_at: signed.expires_at(),
            has_expired: signed.expires_at() <= desk.host.now(),
            fingerprint,
            is_ours: own.is_some(),
            configurations: scope.configurations.into_iter().map(|one| one.name).collect(),
        })
    }
}

/// A server's file, or a picture of its QR code.
async fn read_server(file: String) -> Result<ServerFile, Failure> {
    // A picture takes a while to look through.
    let text = blocking(move || bundles::text_of(&file).unwrap_or(Ok(file))).await?;
    ServerFile::read(text.map_err(refused::picture)?.as_bytes()).map_err(refused::server)
}

/// A bundle before it is signed.
struct Planned {
    server: ServerFile,
    serial: u64,
    previous: u64,
    expires_at: Timestamp,
    contents: bundle::Contents,
    scope: Scope,
    /// What the server serves by now, as far as is known here.
    before: Scope,
    /// What it would serve by.
    in_force: Scope,
}

impl Planned {
    async fn of(session: &Session, order: &BundleOrder, now: Timestamp) -> Result<Self, Failure> {
        let servers = session.store.bundle_servers().await.map_err(failures::store)?;
        let kept: &BundleServer =
            servers.iter().find(|one| one.id == order.server).ok_or_else(refused::no_server)?;
        let server = bundles::server_file(kept)?;
        let mut contents = bundles::gather(session, order).await?;
        let made = session.store.bundles().await.map_err(failures::store)?;
        let scope_of = |serial: u64| {
            let is_it = |one: &&store::MadeBundle| {
                one.server_id == server.id && u64::try_from(one.serial) == Ok(serial)
            };
            made.iter().find(is_it).and_then(|one| serde_json::from_str::<Scope>(&one.scope).ok())
        };
        // One that goes back is in force with what it goes back to.
        let force = |scope: Scope| match scope.again {
            Some(again) => scope_of(again).unwrap_or_default(),
            None => scope,
        };
        let previous = bundles::newest(&made, &server.id).and_then(|one| u64::try_from(one.serial).ok());
        let previous = previous.unwrap_or(0);
        if let Some(again) = order.again
            && scope_of(again).is_none_or(|scope| scope.again.is_some())
        {
            return Err(refused::nothing_to_go_back_to());
        }
        let before = scope_of(previous).map(force).unwrap_or_default();
        let mut scope = Scope::of(&contents);
        if order.again.is_none() {
            bundles::take_away(&mut contents, order, &before);
            scope.leave(&order.without_tasks, &before);
            scope.keep_beside(&contents, &before);
        }
        let in_force = force(scope.clone());
        Ok(Self {
            serial: session.store.bundle_serial().await.map_err(failures::store)? + 1,
            expires_at: Timestamp(now.0.saturating_add(i64::from(order.days) * DAY_MS)),
            server,
            previous,
            contents,
            scope,
            before,
            in_force,
        })
    }
}

impl<H: Host> Desk<H> {
    async fn hand_out(
        &self,
        server: &ServerFile,
        serial: u64,
        body: String,
        target: BundleTarget,
    ) -> Result<Option<Exported>, Failure> {
        self.hand_out_as(format!("{}-{serial}", server.name), body, target).await
    }

    async fn hand_out_as(
        &self,
        stem: String,
        body: String,
        target: BundleTarget,
    ) -> Result<Option<Exported>, Failure> {
        match target {
            BundleTarget::File => self.written(stem, "sbundle", body.into_bytes()).await.map(Some),
            BundleTarget::Clipboard => {
                self.put_on_clipboard(Secret::new(body), ON_CLIPBOARD).await?;
                Ok(None)
            }
            BundleTarget::Vault => Ok(None),
        }
    }

    async fn written(
        &self,
        stem: String,
        extension: &'static str,
        bytes: Vec<u8>,
    ) -> Result<Exported, Failure> {
        export::write(self.downloads.clone(), Content { stem, extension, bytes, rows: None, cut: false })
            .await
    }
}

fn of_server(error: StoreError) -> Failure {
    match error {
        StoreError::Gone => refused::no_server(),
        other => failures::store(other),
    }
}

fn year(at: Timestamp) -> i16 {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.to_zoned(jiff::tz::TimeZone::UTC).year()
}
