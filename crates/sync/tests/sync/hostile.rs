//! Remotes that mean harm, or are broken: every time an error that says what it is, this computer as it was, and no key elsewhere.

use std::{
    sync::{Arc, Mutex, atomic::Ordering},
    time::{Duration, Instant},
};

use model::{ProviderId, Secret};
use serde_json::{Value, json};
use sync::{
    Accept, Address, Client, Direction, Field, Memory, RemoteError, Suspicion, SyncError, Timeouts,
    Value as FieldValue,
};
use uuid::Uuid;

use crate::web::{Api, Asked, CONFIGS, Reply, Web};

const KEY: &str = "sk-CANARY-sync-0001";

type Mischief = Arc<Mutex<Option<Box<dyn Fn(&Asked, Reply) -> Reply + Send>>>>;

/// A remote that was met in peace with three configurations, and does mischief from then on.
struct Met {
    api: Api,
    web: Web,
    mischief: Mischief,
    desk: Memory,
    client: Client,
}

impl Met {
    async fn new() -> Self {
        let api = Api::default();
        let mischief: Mischief = Arc::default();
        let (answers, does) = (api.clone(), mischief.clone());
        let web = Web::open(move |asked| {
            let reply = answers.answer(asked);
            match &*does.lock().unwrap() {
                Some(mischief) => mischief(asked, reply),
                None => reply,
            }
        })
        .await;
        let timeouts = Timeouts { connect: Duration::from_secs(5), whole: Duration::from_secs(5) };
        let client = Client::new(Address::parse(&web.url()).unwrap(), None, timeouts).unwrap();
        client.use_token(Secret::new("host-token")).await;
        let desk = Memory::default();
        for number in 1..=3 {
            let id = ProviderId(Uuid::from_u128(number));
            desk.create(id, model::ProviderType::OpenAi, crate::desk::fields(&number.to_string()));
            desk.type_key(id, KEY);
        }
        let met = Self { api, web, mischief, desk, client };
        let report = met.sync().await.unwrap();
        assert_eq!((report.up, report.undone.len()), (3, 0));
        // Something to send, with a key, in every test.
        met.desk.edit(met.id(1), Field::Description, FieldValue::Text("changed here".into()));
        met.desk.type_key(met.id(1), KEY);
        met
    }

    fn id(&self, number: u128) -> ProviderId {
        ProviderId(Uuid::from_u128(number))
    }

    fn does(&self, mischief: impl Fn(&Asked, Reply) -> Reply + Send + 'static) {
        *self.mischief.lock().unwrap() = Some(Box::new(mischief));
    }

    async fn sync(&self) -> Result<sync::Report, SyncError> {
        sync::sync(&self.client, &self.desk, Direction::Both, Accept::default()).await
    }

    /// Both configurations and what is agreed are as they were; what was begun may be noted.
    async fn fails_and_changes_nothing(&self) -> SyncError {
        let (here, state) = (self.desk.here(), self.desk.state());
        let error = self.sync().await.unwrap_err();
        assert!(!error.advice().is_empty() && !format!("{error} {}", error.advice()).contains("CANARY"));
        assert_eq!(self.desk.here(), here, "{error}");
        let now = self.desk.state();
        assert_eq!((now.links, now.places, now.keys), (state.links, state.places, state.keys), "{error}");
        error
    }

    async fn remote_error(&self) -> RemoteError {
        match self.fails_and_changes_nothing().await {
            SyncError::Remote(error) => error,
            error => panic!("{error:?}"),
        }
    }

    async fn suspicion(&self) -> Suspicion {
        match self.fails_and_changes_nothing().await {
            SyncError::Suspicious(error) => error,
            error => panic!("{error:?}"),
        }
    }

    /// After the mischief everything goes on, and nothing is there twice.
    async fn recovers(&self) {
        *self.mischief.lock().unwrap() = None;
        let report = self.sync().await.unwrap();
        assert!(report.undone.is_empty(), "{report:?}");
        let all = self.api.0.lock().unwrap();
        assert_eq!(all.len(), 3);
        assert_eq!(all[0]["description"], "changed here");
    }
}

fn list(change: impl Fn(&mut Vec<Value>) + Send + 'static) -> impl Fn(&Asked, Reply) -> Reply + Send {
    move |asked, reply| match reply {
        Reply::Json(200, mut body) if asked.path == CONFIGS && asked.method == "GET" => {
            change(body["data"].as_array_mut().unwrap());
            Reply::Json(200, body)
        }
        reply => reply,
    }
}

#[tokio::test]
async fn a_connection_that_is_dropped_at_any_request_is_told_and_recovered_from() {
    for method in ["GET", "PUT"] {
        let met = Met::new().await;
        met.does(move |asked, reply| if asked.method == method { Reply::Nothing } else { reply });
        assert!(matches!(met.remote_error().await, RemoteError::Cut { .. }));
        met.recovers().await;
    }
}

#[tokio::test]
async fn a_gibibyte_and_an_endless_stream_are_refused_without_being_kept() {
    let met = Met::new().await;
    met.does(|_, _| Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n{".to_vec()));
    assert!(matches!(met.remote_error().await, RemoteError::TooLarge { .. }));
    met.does(|_, _| Reply::Endless);
    let start = Instant::now();
    assert!(matches!(met.remote_error().await, RemoteError::TooLarge { .. }));
    assert!(start.elapsed() < Duration::from_secs(5));
    met.recovers().await;
}

#[tokio::test]
async fn a_remote_that_never_answers_is_waited_for_no_longer_than_was_said() {
    let met = Met::new().await;
    met.does(|_, _| Reply::Silence);
    assert!(matches!(met.remote_error().await, RemoteError::Cut { .. }));
    met.recovers().await;
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_other_host_gets_neither_key_nor_token() {
    let other = Web::open(|_| Reply::Json(200, json!({ "success": true, "data": [] }))).await;
    for status in [301, 302, 303, 307, 308] {
        for method in ["GET", "PUT"] {
            let met = Met::new().await;
            let to = format!(
                "HTTP/1.1 {status} x\r\nlocation: {}{CONFIGS}\r\ncontent-length: 0\r\n\r\n",
                other.url()
            );
            met.does(move |asked, reply| match asked.method == method {
                true => Reply::Raw(to.clone().into_bytes()),
                false => reply,
            });
            assert_eq!(met.remote_error().await, RemoteError::Redirected { to: other.url() });
            met.recovers().await;
        }
    }
    assert_eq!(other.connections.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_replayed_list_is_noticed_by_its_revisions() {
    let met = Met::new().await;
    met.sync().await.unwrap();
    met.desk.edit(met.id(1), Field::Description, FieldValue::Text("changed here".into()));
    met.does(list(|all| all[0]["revision"] = json!(1)));
    assert_eq!(met.suspicion().await, Suspicion::RolledBack { numbers: vec![1] });
    met.recovers().await;
}

#[tokio::test]
async fn other_values_in_the_same_revision_are_noticed() {
    let met = Met::new().await;
    met.does(list(|all| all[1]["base_url"] = json!("https://evil.example/v1")));
    assert_eq!(met.suspicion().await, Suspicion::RolledBack { numbers: vec![2] });
    met.recovers().await;
}

#[tokio::test]
async fn two_records_that_changed_places_are_noticed() {
    let met = Met::new().await;
    met.does(list(|all| {
        let (one, two) = (all[0]["uuid"].clone(), all[1]["uuid"].clone());
        (all[0]["uuid"], all[1]["uuid"]) = (two, one);
    }));
    assert_eq!(met.suspicion().await, Suspicion::Swapped { number: 1 });
    met.recovers().await;
}

#[tokio::test]
async fn an_emptied_remote_empties_nothing_here() {
    let met = Met::new().await;
    met.does(list(Vec::clear));
    assert_eq!(met.suspicion().await, Suspicion::ManyGone { gone: 3, of: 3 });
    met.recovers().await;
}

#[tokio::test]
async fn one_number_for_two_is_no_list() {
    let met = Met::new().await;
    met.does(list(|all| all[1]["id"] = json!(1)));
    assert!(matches!(met.remote_error().await, RemoteError::NotUnderstood { .. }));
    met.recovers().await;
}

#[tokio::test]
async fn an_answer_that_shows_other_values_than_were_sent_is_not_agreed_to() {
    for field in ["description", "revision", "id"] {
        let met = Met::new().await;
        met.does(move |asked, reply| match reply {
            Reply::Json(200, mut body) if asked.method == "PUT" => {
                body["data"][field] = if field == "description" { json!("swapped") } else { json!(1) };
                if field == "id" {
                    body["data"]["id"] = json!(2);
                }
                Reply::Json(200, body)
            }
            reply => reply,
        });
        let error = met.remote_error().await;
        assert!(
            matches!(error, RemoteError::NotAsSent { .. } | RemoteError::NotUnderstood { .. }),
            "{field}: {error:?}"
        );
        met.recovers().await;
    }
}

#[tokio::test]
async fn what_is_no_answer_of_this_api_is_named_so() {
    let deep = "[".repeat(200_000);
    let bodies = ["", "null", "[]", "{}", "<html>", "{\"success\": true, \"data\": {}}", deep.as_str()];
    for body in bodies.map(str::to_owned) {
        let met = Met::new().await;
        met.does(move |_, _| {
            Reply::Raw(
                format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes(),
            )
        });
        assert!(matches!(met.remote_error().await, RemoteError::NotUnderstood { .. }));
    }
    let met = Met::new().await;
    met.does(|_, _| Reply::Raw(b"SSH-2.0-OpenSSH_9.9\r\n".to_vec()));
    assert!(matches!(met.remote_error().await, RemoteError::NotUnderstood { .. }));
    met.recovers().await;
}

#[tokio::test]
async fn a_key_in_an_answer_is_not_read_and_a_base_url_that_comes_down_takes_the_key_out_of_use() {
    let met = Met::new().await;
    met.sync().await.unwrap();
    {
        let mut all = met.api.0.lock().unwrap();
        all[1]["api_key"] = json!("sk-CANARY-from-there");
        all[1]["base_url"] = json!("https://other.example/v1");
        all[1]["revision"] = json!(9);
    }
    met.sync().await.unwrap();
    let local = &met.desk.here().records[&met.id(2)];
    assert_eq!(local.fields[&Field::BaseUrl], FieldValue::Text("https://other.example/v1".into()));
    assert_eq!(local.key_version, None);
    assert!(!format!("{:?} {:?}", met.desk.here(), met.desk.state()).contains("CANARY"));
}

#[tokio::test]
async fn keys_are_in_requests_that_were_to_have_them_and_in_no_other() {
    let met = Met::new().await;
    met.sync().await.unwrap();
    met.desk.edit(met.id(2), Field::Description, FieldValue::Text("without".into()));
    met.sync().await.unwrap();
    let asked = met.web.asked.lock().unwrap();
    let with: Vec<&str> =
        asked.iter().filter(|one| one.text.contains("CANARY")).map(|one| one.method.as_str()).collect();
    assert_eq!(with, ["POST", "POST", "POST", "PUT"]);
    assert!(asked.iter().all(|one| !one.path.contains("CANARY") && one.text.contains("Bearer host-token")));
}
