//! Limits: an upper bound is reserved before a call and settled after it, so that none is ever overshot.

mod account;
pub(crate) mod book;
mod keeping;
mod minute;
pub(crate) mod pace;
mod rate;
mod shares;
mod users;
mod window;

use std::sync::Arc;

use model::limits::{LimitKind, LimitState, UserQuota};
use store::StoreError;

use crate::{clock::Clock, config::Config, load::Bound, order::Application, price::pico};
use book::{Claim, Reservation};
use pace::{Stride, TooFast};

pub(crate) use book::{Owner, Unreserved};
pub(crate) use keeping::Keeping;
pub use window::LimitSettings;
pub(crate) use window::Windows;

/// Limits of one call that are kept on disk: four of its configuration, two of its user and two of its application.
const KINDS: usize = 8;

/// Who uses, and what he may.
pub(crate) struct User<'a> {
    pub(crate) name: &'a Arc<str>,
    pub(crate) quota: Option<&'a UserQuota>,
    pub(crate) application: Option<&'a Application>,
}

/// Why a call may not be made.
#[derive(Debug)]
pub(crate) enum Unheld {
    Limit(LimitState),
    /// A cost is limited, and what the call would cost is unknown.
    PriceUnknown,
    /// Nothing can be written down.
    Store(StoreError),
}

/// What one attempt holds of all limits. Dropped without a word, everything that was reserved counts as used.
pub(crate) struct Held {
    live: Arc<crate::live::Live>,
    stride: Option<Stride>,
    tokens: u64,
    reservation: Option<Reservation>,
}

/// Holds a call that may take so much of a configuration's and a user's limits.
pub(crate) async fn hold(
    keeping: &Keeping,
    config: &Config,
    user: &User<'_>,
    bound: Bound,
    windows: &Windows,
    clock: &Clock,
) -> Result<Held, Unheld> {
    let claims = claims(config, user, bound, windows).ok_or(Unheld::PriceUnknown)?;
    let tokens = bound.tokens();
    let stride = keeping.start(config, tokens, clock).await.map_err(Unheld::from)?;
    // From here on a caller that goes away gives back what it holds of the pace.
    let mut held = Held { live: Arc::clone(&config.live), stride: Some(stride), tokens, reservation: None };
    match keeping.book.reserve(&claims).await {
        Ok(reservation) => {
            held.reservation = Some(reservation);
            Ok(held)
        }
        Err(unreserved) => {
            held.undo();
            Err(unreserved.into())
        }
    }
}

/// Why a call would not be held now, as far as it is known without the disk.
pub(crate) fn obstacle(
    keeping: &Keeping,
    config: &Config,
    user: &User<'_>,
    bound: Bound,
    windows: &Windows,
    clock: &Clock,
) -> Option<Unheld> {
    let Some(claims) = claims(config, user, bound, windows) else { return Some(Unheld::PriceUnknown) };
    let too_fast = config.live.pace().too_fast(clock.ticks(), bound.tokens(), &keeping.caps(config));
    let limit = too_fast.map(|one| told(one, clock)).or_else(|| keeping.book.full(&claims))?;
    Some(Unheld::Limit(limit))
}

/// Whether a limit is the caller's, as a user or as an application, and not a configuration's.
pub(crate) fn is_of_caller(kind: LimitKind) -> bool {
    matches!(
        kind,
        LimitKind::UserDailyTokens
            | LimitKind::UserMonthlyTokens
            | LimitKind::UserRequestsPerMinute
            | LimitKind::ApplicationDailyTokens
            | LimitKind::ApplicationMonthlyTokens
            | LimitKind::ApplicationRequestsPerMinute
    )
}

impl From<Unreserved> for Unheld {
    fn from(unreserved: Unreserved) -> Self {
        match unreserved {
            Unreserved::Full(limit) => Self::Limit(limit),
            Unreserved::Store(error) => Self::Store(error),
        }
    }
}

impl Held {
    /// The call took so much; an unknown cost keeps what was reserved of it. Says which limits are used to 80 per cent
    /// and more.
    pub(crate) fn settle(mut self, tokens: u64, cost: Option<u64>) -> Vec<LimitState> {
        if let Some(stride) = self.stride.take() {
            self.live.pace().end(stride, tokens);
        }
        let Some(reservation) = self.reservation.take() else { return Vec::new() };
        reservation.settle(tokens, cost);
        reservation.warnings()
    }

    /// The call took nothing.
    pub(crate) fn release(self) -> Vec<LimitState> {
        self.settle(0, Some(0))
    }

    /// Nobody knows what the call took: it may have been all of it.
    pub(crate) fn forfeit(self) -> Vec<LimitState> {
        self.warnings()
    }

    /// The limits that are used to 80 per cent and more, with what is held.
    pub(crate) fn warnings(&self) -> Vec<LimitState> {
        self.reservation.as_ref().map(Reservation::warnings).unwrap_or_default()
    }

    fn undo(&mut self) {
        if let Some(stride) = self.stride.take() {
            self.live.pace().undo(stride);
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let Some(stride) = self.stride.take() else { return };
        match self.reservation {
            Some(_) => self.live.pace().end(stride, self.tokens),
            // The caller went away before the call was made.
            None => self.live.pace().undo(stride),
        }
    }
}

/// What a call may take of each limit that is kept on disk; `None` when a limit of cost meets an unknown price.
fn claims(config: &Config, user: &User<'_>, bound: Bound, windows: &Windows) -> Option<Vec<Claim>> {
    let mut claims = Vec::with_capacity(KINDS);
    let mut add = |owner: &Owner, kind, cap: Option<u64>, amount| {
        let claim = |cap| Claim { owner: owner.clone(), kind, window: windows.of(kind), cap, amount };
        claims.extend(cap.map(claim));
    };
    let (draft, calls, tokens) = (&config.provider.draft, config.calls(), bound.tokens());
    let owner = Owner::Config(config.number());
    add(&owner, LimitKind::DailyTokens, draft.daily_token_limit, tokens);
    add(&owner, LimitKind::MonthlyTokens, draft.monthly_token_limit, tokens);
    let costs =
        [(LimitKind::DailyCost, calls.daily_cost_limit), (LimitKind::MonthlyCost, calls.monthly_cost_limit)];
    for (kind, cap) in costs {
        if let Some(cap) = cap {
            add(&owner, kind, Some(pico(cap)), pico(config.cost_at_most(bound)?));
        }
    }
    if let Some(quota) = user.quota {
        let owner = Owner::User(Arc::clone(user.name));
        add(&owner, LimitKind::UserDailyTokens, quota.daily_tokens, tokens);
        add(&owner, LimitKind::UserMonthlyTokens, quota.monthly_tokens, tokens);
    }
    if let Some(application) = user.application {
        let owner = Owner::Application(application.number);
        add(&owner, LimitKind::ApplicationDailyTokens, application.daily_tokens, tokens);
        add(&owner, LimitKind::ApplicationMonthlyTokens, application.monthly_tokens, tokens);
    }
    Some(claims)
}

fn told(too_fast: TooFast, clock: &Clock) -> LimitState {
    let TooFast { kind, cap, used, room_at } = too_fast;
    LimitState { kind, cap, used, resets_at: room_at.map(|tick| clock.at(tick)) }
}
