//! A server on a temporary folder with a clock that stands still until moved, beside a simulator of the vendors.
#![allow(dead_code, reason = "each program needs some of it")]

use std::{
    net::{IpAddr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use model::{ProviderType, Timestamp};
use providers::Timeouts;
use rig_postgres::Postgres;
use serde_json::{Value, json};
use server::{
    Options, Role, Running, Site,
    config::{Config, GatewayPlace},
};
use simulator::Simulator;
use store::DatabaseUrl;
use tempfile::TempDir;
use totp_rs::{Algorithm, Builder, Secret, Totp};

use crate::client::{CONFIGS, Reply, Request};

pub const ADMIN_PASSWORD: &str = "plover lantern orbit quilt";

/// Which of the two programs this is.
pub const ON_POSTGRES: bool = matches!(env!("CARGO_CRATE_NAME").as_bytes(), b"server_postgres");

/// Noon of 2026-11-25, UTC.
const BEGINNING: i64 = 1_795_608_000_000;

pub struct Room {
    pub simulator: Simulator,
    pub data: TempDir,
    /// And an empty database of it.
    pub postgres: Option<(Arc<Postgres>, String)>,
    /// How the server gets there.
    database_url: Option<DatabaseUrl>,
    /// Who is believed in `X-Forwarded-For` from the next start on; nobody at first.
    pub proxies: Vec<IpAddr>,
    running: Option<Running>,
    clock: Arc<AtomicI64>,
}

/// Somebody who can log in.
pub struct Person {
    pub name: String,
    pub password: String,
    app: Totp,
}

/// What a login brings.
pub struct Session {
    pub access: String,
    pub refresh: String,
}

impl Room {
    /// A server that nobody has a password for yet, and the one-time token of its first super_admin.
    pub async fn new() -> (Self, String) {
        Self::on(ON_POSTGRES.then(Postgres::shared)).await
    }

    /// The same over this PostgreSQL, which may be killed.
    pub async fn on(postgres: Option<Arc<Postgres>>) -> (Self, String) {
        Self::made(postgres, |url| DatabaseUrl::new(url.to_owned()), Timestamp(BEGINNING)).await
    }

    /// The same, by a way of its own to the database.
    pub async fn by(
        postgres: Option<Arc<Postgres>>,
        way: impl FnOnce(&str) -> DatabaseUrl,
    ) -> (Self, String) {
        Self::made(postgres, way, Timestamp(BEGINNING)).await
    }

    /// The same, which never saw an earlier time than this.
    pub async fn since(postgres: Option<Arc<Postgres>>, beginning: Timestamp) -> (Self, String) {
        Self::made(postgres, |url| DatabaseUrl::new(url.to_owned()), beginning).await
    }

    async fn made(
        postgres: Option<Arc<Postgres>>,
        way: impl FnOnce(&str) -> DatabaseUrl,
        beginning: Timestamp,
    ) -> (Self, String) {
        // Slow is longer than a client stays in these tests, and shorter than the server waits for a vendor.
        let slow = simulator::Options { slow_delay: Duration::from_secs(1), ..simulator::Options::default() };
        let simulator = Simulator::start_with(slow).await.unwrap();
        let clock = Arc::new(AtomicI64::new(beginning.0));
        let data = tempfile::tempdir().unwrap();
        let postgres = postgres.map(|postgres| {
            let url = postgres.database();
            (postgres, url)
        });
        let database_url = postgres.as_ref().map(|(_, url)| way(url));
        let mut room =
            Self { simulator, data, postgres, database_url, proxies: Vec::new(), running: None, clock };
        let site = Site::make(&room.config()).await.unwrap();
        let invited = server::invite(&site, "admin", Role::SuperAdmin, &room.options().now).await.unwrap();
        let token = invited.token.to_string();
        room.serve(site).await;
        (room, token)
    }

    /// One with a super_admin who is logged in.
    pub async fn open() -> (Self, Person, Session) {
        Self::taken_up(Self::new().await).await
    }

    /// Logs the first super_admin in.
    pub async fn taken_up((room, token): (Self, String)) -> (Self, Person, Session) {
        let admin = room.take_up(&token, ADMIN_PASSWORD).await;
        let session = room.log_in(&admin).await;
        (room, admin, session)
    }

    pub fn config(&self) -> Config {
        Config {
            data_dir: self.data.path().join("data"),
            database_url: self.database_url.clone(),
            listen: Some(SocketAddr::from(([127, 0, 0, 1], 0))),
            gateway: GatewayPlace::At(SocketAddr::from(([127, 0, 0, 1], 0))),
            trusted_proxies: self.proxies.clone(),
            ..Config::default()
        }
    }

    pub fn options(&self) -> Options {
        let clock = Arc::clone(&self.clock);
        let timeouts = Timeouts { connect: Duration::from_secs(2), whole: Duration::from_secs(3) };
        Options { now: Arc::new(move || Timestamp(clock.load(Ordering::SeqCst))), timeouts }
    }

    async fn serve(&mut self, site: Site) {
        self.running = Some(server::start(site, &self.config(), self.options()).await.unwrap());
    }

    /// Ends the server, does something at its console, and starts it again.
    pub async fn at_console<T>(&mut self, act: impl AsyncFnOnce(&Site, &Options) -> T) -> T {
        self.stop().await;
        let site = Site::open(&self.config()).await.unwrap();
        let done = act(&site, &self.options()).await;
        self.serve(site).await;
        done
    }

    pub async fn stop(&mut self) {
        self.running.take().unwrap().stop().await;
    }

    pub async fn start(&mut self) {
        let site = Site::open(&self.config()).await.unwrap();
        self.serve(site).await;
    }

    /// Behind a proxy on this computer from now on.
    pub async fn behind_a_proxy(&mut self) {
        self.stop().await;
        self.proxies = vec![IpAddr::from([127, 0, 0, 1])];
        self.start().await;
    }

    pub fn watch(&self, folder: &std::path::Path) {
        self.running.as_ref().unwrap().watch(folder.to_owned());
    }

    pub fn address(&self) -> SocketAddr {
        self.running.as_ref().unwrap().address().unwrap()
    }

    pub fn gateway(&self) -> SocketAddr {
        self.running.as_ref().unwrap().gateway().unwrap()
    }

    pub fn now(&self) -> Timestamp {
        Timestamp(self.clock.load(Ordering::SeqCst))
    }

    pub fn set_clock(&self, at: Timestamp) {
        self.clock.store(at.0, Ordering::SeqCst);
    }

    pub fn pass(&self, time: Duration) {
        self.clock.fetch_add(i64::try_from(time.as_millis()).unwrap(), Ordering::SeqCst);
    }

    pub async fn send(&self, request: Request) -> Reply {
        request.send(self.address()).await
    }

    pub async fn take_up(&self, token: &str, password: &str) -> Person {
        let asked = json!({ "token": token, "password": password });
        let reply = self.send(Request::new("POST", "/api/v1/auth/take-up").json(&asked)).await;
        let enrolled = reply.data();
        let secret = Secret::try_from_base32(enrolled["totp_secret"].as_str().unwrap()).unwrap();
        let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_skew(1);
        let app = builder.with_step_duration(30).with_secret(secret).build().unwrap();
        Person { name: enrolled["user_name"].as_str().unwrap().into(), password: password.into(), app }
    }

    pub async fn try_log_in(&self, name: &str, password: &str, code: &str) -> Reply {
        let asked = json!({ "user_name": name, "password": password, "code": code });
        self.send(Request::new("POST", "/api/v1/auth/login").json(&asked)).await
    }

    /// Logs in with a code that was not used before.
    pub async fn log_in(&self, person: &Person) -> Session {
        self.pass(Duration::from_secs(30));
        let reply = self.try_log_in(&person.name, &person.password, &person.code(self.now())).await;
        Session::of(&reply)
    }

    /// As the specification's create, at the simulator.
    pub fn create_body(&self, kind: ProviderType, model: &str, key: &str) -> Value {
        json!({
            "provider_type": kind, "api_key": key, "model_name": model, "base_url": self.simulator.base_url(kind),
        })
    }

    pub async fn create(&self, session: &Session, body: &Value) -> Reply {
        self.send(Request::new("POST", CONFIGS).bearer(&session.access).json(body)).await
    }

    /// Any request, with a body or without one.
    pub async fn ask(&self, session: &Session, method: &str, path: &str, body: Option<&Value>) -> Reply {
        let request = Request::new(method, path).bearer(&session.access);
        self.send(body.map_or(request.clone(), |body| request.json(body))).await
    }

    /// A request that names the revision that it is for.
    pub async fn ask_if(
        &self,
        session: &Session,
        method: &str,
        (path, tag): (&str, &str),
        body: Option<&Value>,
    ) -> Reply {
        let request = Request::new(method, path).bearer(&session.access).header("if-match", tag);
        self.send(body.map_or(request.clone(), |body| request.json(body))).await
    }

    pub async fn get(&self, session: &Session, path: &str) -> Reply {
        self.send(Request::new("GET", path).bearer(&session.access)).await
    }

    pub async fn put(&self, session: &Session, id: &Value, body: &Value) -> Reply {
        self.send(Request::new("PUT", &format!("{CONFIGS}/{id}")).bearer(&session.access).json(body)).await
    }

    pub async fn delete(&self, session: &Session, id: &Value) -> Reply {
        self.send(Request::new("DELETE", &format!("{CONFIGS}/{id}")).bearer(&session.access)).await
    }
}

impl Person {
    pub fn code(&self, at: Timestamp) -> String {
        self.app.generate(u64::try_from(at.0 / 1000).unwrap()).to_string()
    }

    /// Six digits that are no code of about now.
    pub fn wrong_code(&self, at: Timestamp) -> String {
        let near: Vec<String> = (-2..=2).map(|step| self.code(Timestamp(at.0 + step * 30_000))).collect();
        (0..).map(|number| format!("{number:06}")).find(|code| !near.contains(code)).unwrap()
    }
}

impl Session {
    #[track_caller]
    pub fn of(reply: &Reply) -> Self {
        let tokens = reply.data();
        let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
        Self { access: text("access_token"), refresh: text("refresh_token") }
    }
}
