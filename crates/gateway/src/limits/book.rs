//! All accounts, and the disk behind them. An account is opened at its first use by the greater of what the log says
//! and what was granted, so that neither a crash nor a clock that was set back frees anything.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::Instant,
};

use model::{
    Timestamp,
    limits::{LimitKind, LimitState},
};
use store::{Database, Settled, Spender, Spent, StoreError, Wish};
use tokio::sync::{Mutex, MutexGuard};

use super::{
    account::{Account, Taken},
    window::Window,
};
use crate::price::pico;

/// Accounts of windows that ended so long ago are dropped from memory.
const KEPT_DAYS: i64 = 2;
/// Leases of windows that started before are forgotten on disk at a clean end.
const LEASES_KEPT_DAYS: i64 = 70;
/// With more accounts than this, idle ones are dropped; they open again as they were.
const MOST: usize = 50_000;

/// Whose limit it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Owner {
    /// A configuration's, by its number.
    Config(i64),
    /// A user's.
    User(Arc<str>),
    /// An application's, by its token's number.
    Application(i64),
}

/// What a call may take of one limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) owner: Owner,
    pub(crate) kind: LimitKind,
    pub(crate) window: Window,
    pub(crate) cap: u64,
    pub(crate) amount: u64,
}

type Key = (Owner, LimitKind, Timestamp);
type Part = (Arc<Account>, LimitKind, u64, u64);

/// Why nothing was reserved.
#[derive(Debug)]
pub(crate) enum Unreserved {
    Full(LimitState),
    Store(StoreError),
}

/// All accounts.
pub(crate) struct Book {
    store: Database,
    accounts: RwLock<HashMap<Key, Arc<Account>>>,
    /// Held by whoever writes grants or opens accounts; when the database was last asked in vain.
    writing: Mutex<Option<Instant>>,
}

/// What is reserved for one attempt. Dropped without a word it stays used: nobody knows that it was not.
#[derive(Debug, Default)]
pub(crate) struct Reservation {
    parts: Vec<Part>,
}

impl Book {
    pub(crate) fn new(store: impl Into<Database>) -> Self {
        Self { store: store.into(), accounts: RwLock::default(), writing: Mutex::default() }
    }

    /// Reserves all of it or nothing. Touches the disk only when a block is used up.
    pub(crate) async fn reserve(&self, claims: &[Claim]) -> Result<Reservation, Unreserved> {
        if claims.is_empty() {
            return Ok(Reservation::default());
        }
        loop {
            let Some(accounts) = self.find(claims) else {
                self.open(claims).await.map_err(Unreserved::Store)?;
                continue;
            };
            match take(&accounts, claims) {
                Ok(reservation) => return Ok(reservation),
                Err(Some(full)) => return Err(Unreserved::Full(full)),
                Err(None) => self.write_due(&accounts).await.map_err(Unreserved::Store)?,
            }
        }
    }

    /// Which limit would not hold a call now, as far as it is known without the disk.
    pub(crate) fn full(&self, claims: &[Claim]) -> Option<LimitState> {
        claims.iter().find_map(|claim| {
            let state = self.state(claim)?;
            state.used.checked_add(claim.amount).is_none_or(|sum| sum > state.cap).then_some(state)
        })
    }

    /// How a limit stands; `None` when it was not used since the start.
    pub(crate) fn state(&self, claim: &Claim) -> Option<LimitState> {
        let accounts = self.accounts.read().unwrap_or_else(PoisonError::into_inner);
        let account = accounts.get(&key(claim))?;
        Some(state(account, claim.kind, claim.cap, account.used()))
    }

    /// Grants ahead where a block is nearly used up, so that calls seldom wait for the disk; and drops old accounts.
    pub(crate) async fn tend(&self, now: Timestamp) -> Result<(), StoreError> {
        let accounts: Vec<Arc<Account>> = {
            let mut accounts = self.accounts.write().unwrap_or_else(PoisonError::into_inner);
            let crowded = accounts.len() > MOST;
            accounts.retain(|_, account| {
                let lives = !crowded && account.resets_at().plus_days(KEPT_DAYS) > now;
                lives || Arc::strong_count(account) > 1
            });
            accounts.values().filter(|account| account.resets_at() > now).cloned().collect()
        };
        self.write_due(&accounts).await?;
        self.ask_again(&accounts).await
    }

    /// Hears of what other servers gave back, where a caller was refused because of it. Alone on its database none has others.
    async fn ask_again(&self, accounts: &[Arc<Account>]) -> Result<(), StoreError> {
        self.write(accounts, Account::asks_again).await
    }

    /// Writes what was used, so that the next start loses nothing. For a clean end.
    pub(crate) async fn close(&self, now: Timestamp) -> Result<(), StoreError> {
        let _writing = self.writing.lock().await;
        let settled: Vec<Settled> = {
            let accounts = self.accounts.read().unwrap_or_else(PoisonError::into_inner);
            accounts.values().map(|account| account.settled()).collect()
        };
        self.store.settle(&settled, now.plus_days(-LEASES_KEPT_DAYS)).await
    }

    fn find(&self, claims: &[Claim]) -> Option<Vec<Arc<Account>>> {
        let accounts = self.accounts.read().unwrap_or_else(PoisonError::into_inner);
        claims.iter().map(|claim| accounts.get(&key(claim)).cloned()).collect()
    }

    async fn open(&self, claims: &[Claim]) -> Result<(), StoreError> {
        let mut in_vain = self.turn().await?;
        for claim in claims {
            let known = |book: &Self| {
                book.accounts.read().unwrap_or_else(PoisonError::into_inner).contains_key(&key(claim))
            };
            if known(self) {
                continue;
            }
            let (logged, leased) = noted(self.spent(claim).await, &mut in_vain)?;
            let account = Account::new(scope(claim), claim.window, logged, leased);
            let mut accounts = self.accounts.write().unwrap_or_else(PoisonError::into_inner);
            accounts.insert(key(claim), Arc::new(account));
        }
        Ok(())
    }

    /// What the log says, and what was granted: either may be behind the other after a crash.
    async fn spent(&self, claim: &Claim) -> Result<(u64, u64), StoreError> {
        let (start, scope) = (claim.window.start, scope(claim));
        let spender = match &claim.owner {
            Owner::Config(number) => Some(Spender::Config(*number)),
            Owner::User(user) => Some(Spender::User(user)),
            // What a token may use never changes, so it is leased from its first call on.
            Owner::Application(_) => None,
        };
        let logged = match spender {
            Some(spender) => self.store.spent_since(spender, start).await?,
            None => Spent::default(),
        };
        let leases = self.store.leases(start).await?;
        let lease = leases.iter().find(|lease| lease.scope == scope && lease.window_start == start);
        Ok((counted(claim.kind, &logged), lease.map_or(0, |lease| lease.granted)))
    }

    /// Waits for whoever writes. A database that was away for him is not asked again by those who waited for him: they would wait for it
    /// one behind the other, each as long as he did.
    async fn turn(&self) -> Result<MutexGuard<'_, Option<Instant>>, StoreError> {
        let asked = Instant::now();
        let in_vain = self.writing.lock().await;
        if in_vain.is_some_and(|last| last >= asked) { Err(StoreError::Away) } else { Ok(in_vain) }
    }

    async fn write_due(&self, accounts: &[Arc<Account>]) -> Result<(), StoreError> {
        self.write(accounts, Account::due).await
    }

    async fn write(
        &self,
        accounts: &[Arc<Account>],
        of: impl Fn(&Account) -> Option<Wish>,
    ) -> Result<(), StoreError> {
        let mut in_vain = self.turn().await?;
        // Whoever held the lock before may have written for us, too.
        let (due, wishes): (Vec<&Arc<Account>>, Vec<Wish>) =
            accounts.iter().filter_map(|account| Some((account, of(account)?))).unzip();
        if due.is_empty() {
            return Ok(());
        }
        let grants = noted(self.store.grant(&wishes).await, &mut in_vain)?;
        due.iter().zip(grants).for_each(|(account, grant)| account.grant(grant));
        Ok(())
    }
}

impl Reservation {
    /// Puts what was used in place of what was reserved.
    pub(crate) fn settle(&self, tokens: u64, cost: Option<u64>) {
        for (account, kind, reserved, _) in &self.parts {
            let used = match kind {
                LimitKind::DailyCost | LimitKind::MonthlyCost => cost.unwrap_or(*reserved),
                _ => tokens,
            };
            account.settle(*reserved, used);
        }
    }

    /// The limits that are used to 80 per cent and more.
    pub(crate) fn warnings(&self) -> Vec<LimitState> {
        let states =
            self.parts.iter().map(|(account, kind, _, cap)| state(account, *kind, *cap, account.used()));
        states.filter(|state| state.warning().is_some()).collect()
    }
}

/// What the database answered, with a note of when it did not.
fn noted<T>(answer: Result<T, StoreError>, in_vain: &mut Option<Instant>) -> Result<T, StoreError> {
    if matches!(answer, Err(StoreError::Away)) {
        *in_vain = Some(Instant::now());
    }
    answer
}

/// Reserves all; else says which limit is full, or `None` when more has to be granted.
fn take(accounts: &[Arc<Account>], claims: &[Claim]) -> Result<Reservation, Option<LimitState>> {
    let mut parts: Vec<Part> = Vec::with_capacity(claims.len());
    for (account, claim) in accounts.iter().zip(claims) {
        let taken = account.take(claim.amount, claim.cap);
        if taken == Taken::Yes {
            parts.push((Arc::clone(account), claim.kind, claim.amount, claim.cap));
            continue;
        }
        parts.iter().for_each(|(account, _, reserved, _)| account.settle(*reserved, 0));
        return Err(match taken {
            Taken::Full { used } => Some(full(account, claim, used)),
            Taken::Ungranted | Taken::Yes => None,
        });
    }
    Ok(Reservation { parts })
}

/// Another window has room for a call, unless it is larger than a whole one.
fn full(account: &Account, claim: &Claim, used: u64) -> LimitState {
    let state = state(account, claim.kind, claim.cap, used);
    LimitState { resets_at: state.resets_at.filter(|_| claim.amount <= claim.cap), ..state }
}

fn state(account: &Account, kind: LimitKind, cap: u64, used: u64) -> LimitState {
    LimitState { kind, cap, used, resets_at: Some(account.resets_at()) }
}

fn key(claim: &Claim) -> Key {
    (claim.owner.clone(), claim.kind, claim.window.start)
}

fn scope(claim: &Claim) -> String {
    scope_of(&claim.owner, claim.kind)
}

/// A limit's name in the database. A number is never used twice, so a new configuration does not inherit.
pub(crate) fn scope_of(owner: &Owner, kind: LimitKind) -> String {
    match owner {
        Owner::Config(number) => format!("config/{number}/{}", kind.as_str()),
        Owner::User(user) => format!("user/{user}/{}", kind.as_str()),
        Owner::Application(number) => format!("application/{number}/{}", kind.as_str()),
    }
}

fn counted(kind: LimitKind, spent: &Spent) -> u64 {
    match kind {
        LimitKind::DailyCost | LimitKind::MonthlyCost => pico(spent.cost),
        _ => spent.tokens,
    }
}

#[cfg(all(test, unix))]
mod shared;
#[cfg(test)]
mod tests;
