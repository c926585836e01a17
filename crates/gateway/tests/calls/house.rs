//! Three simulated vendors in one chain: OpenAI, Claude, Gemini.

use std::sync::Arc;

use gateway::{Ask, Caller, Gateway, Order};
use model::{
    CallRequest, Catalog, ProviderDraft, ProviderId, ProviderType, Secret, Timestamp,
    routing::{ChainMember, TaskRoute},
};
use providers::{Timeouts, Vendors};
use simulator::Simulator;
use store::{Act, Change, KeyChange, NewKey, Store};
use tempfile::TempDir;
use uuid::Uuid;

pub const OPENAI: ProviderId = ProviderId(Uuid::from_u128(1));
pub const CLAUDE: ProviderId = ProviderId(Uuid::from_u128(2));
pub const GEMINI: ProviderId = ProviderId(Uuid::from_u128(3));

const KEY_HEX: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const AUDIT_KEY: [u8; 32] = [7; 32];
const VENDORS: [(ProviderId, ProviderType, &str); 3] = [
    (OPENAI, ProviderType::OpenAi, "gpt-4o-mini"),
    (CLAUDE, ProviderType::Claude, "claude-opus-5-5"),
    (GEMINI, ProviderType::Gemini, "gemini-2.5-flash"),
];

pub struct House {
    pub gateway: Gateway,
    pub simulator: Simulator,
    pub store: Arc<Store>,
    _folder: TempDir,
}

fn act() -> Act {
    Act { actor: "a".into(), machine: "m".into(), action: "provider.create", at: Timestamp(1) }
}

pub async fn house(change: impl Fn(&mut ProviderDraft)) -> House {
    let simulator = Simulator::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("vault.1.db");
    Store::create(&file, KEY_HEX, "vault").await.unwrap();
    let store = Store::open(&file, KEY_HEX, "vault", &AUDIT_KEY).await.unwrap();
    for (id, provider_type, model) in VENDORS {
        let mut draft = ProviderDraft {
            base_url: simulator.base_url(provider_type),
            model_name: model.into(),
            display_name: provider_type.label().into(),
            ..ProviderDraft::new(provider_type)
        };
        draft.calls.retries = Some(0);
        change(&mut draft);
        // Sealing is the vault's: here the key is its own seal.
        let sealed = format!("test-{}-key-0001", provider_type.as_str()).into_bytes();
        let key = KeyChange::Replace(NewKey { sealed, last_four: None, entered_at: Timestamp(1) });
        store.insert(id, Change { draft, key, test: None }, &act()).await.unwrap();
    }
    let (revision, routes) = store.routing().await.unwrap();
    let mut route: TaskRoute = routes.into_iter().find(|route| route.task.as_str() == "extraction").unwrap();
    route.chain = VENDORS.map(|(provider, ..)| ChainMember { provider, weight: 0 }).to_vec();
    store.save_routes(revision, &[route], &act()).await.unwrap();
    let (store, vendors) = (Arc::new(store), Arc::new(Vendors::new(Timeouts::default()).unwrap()));
    let open = |provider: &store::Provider| {
        let sealed = provider.sealed_key.clone().unwrap_or_default();
        Ok(Some(Secret::new(String::from_utf8(sealed).unwrap())))
    };
    let catalog = Catalog::bundled().unwrap();
    let gateway = Gateway::open(Arc::clone(&store), vendors, Arc::new(open), catalog).await.unwrap();
    House { gateway, simulator, store, _folder: folder }
}

pub fn order() -> Order {
    let caller = Caller {
        user: "ada".into(),
        client: "test".into(),
        sticky: None,
        request_id: None,
        application: None,
    };
    let ask = Ask::Task("extraction".parse().unwrap());
    Order { ask, task: None, request: CallRequest::prompt("Say hello."), caller }
}
