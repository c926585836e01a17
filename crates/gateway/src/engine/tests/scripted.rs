//! A vendor that does what a test says, and a vault's store to go with it.

use std::{
    collections::HashMap,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use futures::{FutureExt, Stream, StreamExt, future::BoxFuture, stream};
use model::{
    CallAnswer, CallError, CallEvent, CallRequest, Catalog, ProviderDraft, ProviderType, Secret, TaskName,
    TestOutcome, TestReport, Timestamp, TokenUsage,
    call::Degradation,
    routing::{ChainMember, TaskRoute},
};
use providers::{Called, Target, VendorLimits};
use store::{Act, Change, KeyChange, NewKey, Store};
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use crate::{
    clock::Clock,
    engine::Gateway,
    live::held,
    order::{Ask, Caller, Order},
    snapshot::made::id,
    upstream::{Flow, Upstream, Whom},
};

const KEY_HEX: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const AUDIT_KEY: [u8; 32] = [7; 32];

/// What a vendor does when it is asked.
#[derive(Clone)]
pub enum Does {
    Answers(CallAnswer),
    Fails(CallError),
    /// Answers after a time.
    Late(Duration, CallAnswer),
    /// Sends these and then nothing more, without an end.
    Hangs(Vec<CallEvent>),
    /// Sends these and breaks off.
    Breaks(Vec<CallEvent>),
}

/// A vendor for each model's name: steps in turn, the last one for ever.
#[derive(Default)]
pub struct Script {
    steps: Mutex<HashMap<String, Vec<Does>>>,
    asked: Mutex<Vec<(String, CallRequest)>>,
    pub limits: Mutex<Option<VendorLimits>>,
    pub usage_so_far: Mutex<Option<TokenUsage>>,
    pub degraded: Mutex<Vec<Degradation>>,
    pub dropped: Arc<Mutex<u32>>,
    pub test: Mutex<Option<TestOutcome>>,
}

impl Script {
    pub fn does(&self, model: &str, steps: impl IntoIterator<Item = Does>) {
        held(&self.steps).insert(model.into(), steps.into_iter().collect());
    }

    /// The models that were asked, in order.
    pub fn asked(&self) -> Vec<String> {
        held(&self.asked).iter().map(|(model, _)| model.clone()).collect()
    }

    pub fn last_request(&self) -> CallRequest {
        held(&self.asked).last().unwrap().1.clone()
    }

    /// What this model was asked, in order.
    pub fn requests(&self, model: &str) -> Vec<CallRequest> {
        let asked = held(&self.asked);
        asked.iter().filter(|(asked, _)| asked == model).map(|(_, request)| request.clone()).collect()
    }

    fn next(&self, target: &Target<'_>, request: &CallRequest) -> Does {
        let mut steps = held(&self.steps);
        held(&self.asked).push((target.model_name.into(), request.clone()));
        let steps = steps.get_mut(target.model_name).unwrap();
        if steps.len() > 1 { steps.remove(0) } else { steps[0].clone() }
    }
}

impl Upstream for Script {
    fn call<'a>(
        &'a self,
        whom: Whom<'a>,
        request: &'a CallRequest,
    ) -> BoxFuture<'a, Result<Called, CallError>> {
        let does = self.next(&whom.target, request);
        let whole = |answer| Ok(Called { answer, limits: *held(&self.limits) });
        async move {
            match does {
                Does::Answers(answer) => whole(answer),
                Does::Fails(error) => Err(error),
                Does::Late(time, answer) => {
                    sleep(time).await;
                    whole(answer)
                }
                Does::Hangs(_) | Does::Breaks(_) => std::future::pending().await,
            }
        }
        .boxed()
    }

    fn stream<'a>(
        &'a self,
        whom: Whom<'a>,
        request: &'a CallRequest,
    ) -> BoxFuture<'a, Result<Box<dyn Flow>, CallError>> {
        let does = self.next(&whom.target, request);
        let flow = |events: stream::BoxStream<'static, Result<CallEvent, CallError>>| {
            let usage = held(&self.usage_so_far).clone();
            let degraded = held(&self.degraded).clone();
            let (limits, dropped) = (*held(&self.limits), self.dropped.clone());
            let flow = Scripted { events, usage, limits, degraded, dropped };
            Ok(Box::new(flow) as Box<dyn Flow>)
        };
        async move {
            let ok = |events: Vec<CallEvent>| stream::iter(events.into_iter().map(Ok));
            match does {
                Does::Answers(answer) | Does::Late(_, answer) => {
                    let text = CallEvent::Text(answer.text.clone());
                    let end = CallEvent::Finished(Box::new(answer.clone()));
                    flow(ok(if answer.text.is_empty() { vec![end] } else { vec![text, end] }).boxed())
                }
                Does::Fails(error) => Err(error),
                Does::Hangs(events) => flow(ok(events).chain(stream::pending()).boxed()),
                Does::Breaks(events) => flow(ok(events).boxed()),
            }
        }
        .boxed()
    }

    fn count<'a>(
        &'a self,
        whom: Whom<'a>,
        request: &'a CallRequest,
    ) -> BoxFuture<'a, Result<u64, CallError>> {
        let does = self.next(&whom.target, request);
        async move {
            match does {
                Does::Answers(answer) => Ok(answer.usage.unwrap().input),
                Does::Fails(error) => Err(error),
                Does::Late(..) | Does::Hangs(_) | Does::Breaks(_) => std::future::pending().await,
            }
        }
        .boxed()
    }

    fn test<'a>(&'a self, _: Target<'a>) -> BoxFuture<'a, TestReport> {
        let report = tested(held(&self.test).unwrap_or(TestOutcome::Works));
        async move { report }.boxed()
    }
}

struct Scripted {
    events: stream::BoxStream<'static, Result<CallEvent, CallError>>,
    usage: Option<TokenUsage>,
    limits: Option<VendorLimits>,
    degraded: Vec<Degradation>,
    dropped: Arc<Mutex<u32>>,
}

impl Stream for Scripted {
    type Item = Result<CallEvent, CallError>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.events.poll_next_unpin(context)
    }
}

impl Flow for Scripted {
    fn usage_so_far(&self) -> Option<TokenUsage> {
        self.usage.clone()
    }
    fn limits(&self) -> Option<&VendorLimits> {
        self.limits.as_ref()
    }
    fn degraded(&self) -> &[Degradation] {
        &self.degraded
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        *held(&self.dropped) += 1;
    }
}

/// An engine over a fresh store.
pub struct House {
    pub gateway: Gateway,
    pub script: Arc<Script>,
    pub store: Arc<Store>,
    /// Milliseconds by which the wall's clock was set, forward or back.
    pub set_by: Arc<AtomicI64>,
    folder: TempDir,
}

/// 2026-11-24T12:00:00Z.
pub const NOON: Timestamp = Timestamp(1_795_521_600_000);

pub fn act() -> Act {
    Act { actor: "a".into(), machine: "m".into(), action: "provider.create", at: NOON }
}

pub fn task() -> TaskName {
    "extraction".parse().unwrap()
}

/// Configurations with these models, the task's chain in their order; a test may change each before it is stored.
pub async fn house(models: &[&str], change: impl Fn(usize, &mut ProviderDraft)) -> House {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("vault.1.db");
    Store::create(&file, KEY_HEX, "vault").await.unwrap();
    let store = Store::open(&file, KEY_HEX, "vault", &AUDIT_KEY).await.unwrap();
    for (at, model) in models.iter().enumerate() {
        let mut draft = ProviderDraft {
            model_name: (*model).into(),
            display_name: format!("Provider {at}"),
            ..ProviderDraft::new(ProviderType::OpenAi)
        };
        change(at, &mut draft);
        store.insert(id(at as u128 + 1), Change { draft, key: key(), test: None }, &act()).await.unwrap();
    }
    let (revision, routes) = store.routing().await.unwrap();
    let member = |at: usize| ChainMember { provider: id(at as u128 + 1), weight: 0 };
    let mut route: TaskRoute = routes.into_iter().find(|route| route.task == task()).unwrap();
    route.chain = (0..models.len().min(model::routing::CHAIN_LIMIT)).map(member).collect();
    store.save_routes(revision, &[route], &act()).await.unwrap();
    over(folder, store, Arc::default()).await
}

fn key() -> KeyChange {
    KeyChange::Replace(NewKey { sealed: vec![1], last_four: None, entered_at: NOON })
}

async fn over(folder: TempDir, store: Store, script: Arc<Script>) -> House {
    let store = Arc::new(store);
    let started = Instant::now();
    let set_by = Arc::new(AtomicI64::new(0));
    let by = Arc::clone(&set_by);
    let wall = move || Timestamp(NOON.0 + started.elapsed().as_millis() as i64 + by.load(Ordering::Relaxed));
    let gateway = Gateway::over(
        Arc::clone(&store).into(),
        Arc::clone(&script) as Arc<dyn Upstream>,
        Arc::new(|_| Ok(Some(Secret::new("sk-test")))),
        Catalog::bundled().unwrap(),
        Clock::new(Arc::new(wall)),
    );
    House { gateway: gateway.await.unwrap(), script, store, set_by, folder }
}

impl House {
    /// Enters another key for a configuration.
    pub async fn change_key(&self, number: u128) {
        let provider = self.store.provider(id(number)).await.unwrap();
        let entered_at = Timestamp(NOON.0 + 1);
        let key = KeyChange::Replace(NewKey { sealed: vec![2], last_four: None, entered_at });
        let change = Change { draft: provider.draft, key, test: None };
        let existing = model::command::Existing { id: id(number), revision: provider.revision };
        self.store.update(existing, change, &act()).await.unwrap();
        self.gateway.reload().await.unwrap();
    }

    /// Lets everything go without a word, as a crash does, and starts again on the same file.
    pub async fn crash(self) -> House {
        let Self { gateway, script, store, folder, .. } = self;
        gateway.abandon().await;
        drop(gateway);
        Arc::into_inner(store).unwrap().close().await;
        let store =
            Store::open(&folder.path().join("vault.1.db"), KEY_HEX, "vault", &AUDIT_KEY).await.unwrap();
        over(folder, store, script).await
    }
}

pub fn order(ask: Ask) -> Order {
    let caller = Caller {
        user: "ada".into(),
        client: "test".into(),
        sticky: None,
        request_id: None,
        application: None,
    };
    Order { ask, task: None, request: CallRequest::prompt("Hi"), caller }
}

pub fn for_task() -> Order {
    order(Ask::Task(task()))
}

pub fn usage(input: u64, output: u64) -> Option<TokenUsage> {
    Some(TokenUsage { input, output, ..TokenUsage::default() })
}

pub fn hello() -> CallAnswer {
    CallAnswer { text: "Hello".into(), usage: usage(1_000, 500), ..CallAnswer::default() }
}

/// What a credential test says.
pub(super) fn tested(outcome: TestOutcome) -> TestReport {
    TestReport {
        outcome,
        tested_at: Timestamp(0),
        latency_ms: 1,
        http_status: None,
        models_visible: None,
        nearest_models: Vec::new(),
        retry_after_s: None,
        message: "It was tested.".into(),
        advice: String::new(),
        request_id: None,
    }
}
