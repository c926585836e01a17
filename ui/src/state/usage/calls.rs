//! The calls behind a mark, a page at a time.

use std::rc::Rc;

use model::{
    Failure, PicoUsd, ProviderType, Timestamp,
    statistics::{CallFilter, CallPage, CallPlace, CallView},
    text,
};

use super::{behind::Behind, cause::cause};
use crate::{
    state::{form::amount, workspace::Load},
    t,
};

/// Calls of one page.
pub const PAGE: u32 = 50;

/// The calls behind a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Calls {
    /// Behind which.
    pub behind: Behind,
    /// What the log is narrowed to.
    pub filter: CallFilter,
    /// To what that was narrowed by hand.
    pub least: Least,
    /// The calls of the pages that came, newest first.
    pub list: Load<Vec<CallView>>,
    /// Where the next page begins.
    pub next: Option<CallPlace>,
    /// Whether a page is being read.
    pub reading: bool,
    /// Why a further page did not come.
    pub failure: Option<Failure>,
}

/// The smallest of what is looked at, or one call of it, as a person types it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Least {
    /// Seconds.
    pub latency: String,
    /// Dollars.
    pub cost: String,
    /// The request id, whole.
    pub request: String,
}

/// A change of the calls.
#[derive(Clone, Debug)]
pub enum Edit {
    /// A page is asked for.
    Reading,
    /// Only calls that took and cost at least so much, or the one of a request.
    Narrow(Least),
    /// A page came, or not: of which filter, and behind which place.
    Came(Box<CallFilter>, Option<CallPlace>, Result<CallPage, Failure>),
}

impl Calls {
    /// Nothing of them is there yet.
    pub fn new(behind: Behind, filter: CallFilter) -> Self {
        Self {
            behind,
            filter,
            least: Least::default(),
            list: Load::Waiting,
            next: None,
            reading: false,
            failure: None,
        }
    }

    /// Makes a change. A page of other calls, and one that is here already, is left aside.
    pub fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Reading => {
                self.reading = true;
                self.failure = None;
                if matches!(self.list, Load::Failed(_)) {
                    self.list = Load::Waiting;
                }
            }
            Edit::Narrow(least) => self.narrow(least),
            Edit::Came(filter, after, page) if *filter == self.filter && after == self.next => {
                self.reading = false;
                self.came(page);
            }
            Edit::Came(..) => {}
        }
    }

    /// What is wrong narrows nothing, and says so.
    fn narrow(&mut self, least: Least) {
        let filter = CallFilter {
            latency_from_ms: least.latency_ms().unwrap_or_default(),
            cost_from: least.cost().unwrap_or_default(),
            request_id: least.request_id(),
            ..self.filter.clone()
        };
        self.least = least;
        if filter != self.filter {
            let (behind, least) = (self.behind.clone(), std::mem::take(&mut self.least));
            *self = Self { least, ..Self::new(behind, filter) };
        }
    }

    fn came(&mut self, page: Result<CallPage, Failure>) {
        match (page, &mut self.list) {
            (Ok(page), Load::Ready(list)) => {
                Rc::make_mut(list).extend(page.calls);
                self.next = page.next;
            }
            (Ok(page), list) => {
                *list = Load::Ready(Rc::new(page.calls));
                self.next = page.next;
            }
            // The calls that are shown stay.
            (Err(failure), Load::Ready(_)) => self.failure = Some(failure),
            (Err(failure), list) => *list = Load::Failed(failure),
        }
    }

    /// How many are shown.
    pub fn shown(&self) -> String {
        let Load::Ready(list) = &self.list else { return String::new() };
        let shown = text::group_digits(list.len() as u128);
        match self.next {
            Some(_) => t!("calls-shown-more", shown = shown),
            None => t!("calls-shown", count = list.len(), shown = shown),
        }
    }
}

impl Least {
    /// Milliseconds; nothing for an empty text.
    ///
    /// # Errors
    /// The text is no number of seconds.
    pub fn latency_ms(&self) -> Result<Option<u64>, String> {
        let text = self.latency.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let seconds = text.parse::<f64>().ok().filter(|seconds| (0.0..=86_400.0).contains(seconds));
        seconds
            .map(|seconds| Some((seconds * 1_000.0).round() as u64))
            .ok_or_else(|| t!("calls-error-seconds"))
    }

    /// Nothing for an empty text.
    pub fn request_id(&self) -> Option<String> {
        Some(self.request.trim().to_owned()).filter(|id| !id.is_empty())
    }

    /// Nothing for an empty text.
    ///
    /// # Errors
    /// The text is no amount of dollars.
    pub fn cost(&self) -> Result<Option<PicoUsd>, String> {
        if self.cost.trim().is_empty() {
            return Ok(None);
        }
        amount::parse(&self.cost).map(Some).ok_or_else(|| t!("calls-error-dollars"))
    }
}

/// A call in the words of its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRow {
    /// When it ended.
    pub at: Timestamp,
    /// Who served it.
    pub provider: String,
    /// The vendor, where it is known.
    pub vendor: Option<ProviderType>,
    /// The model.
    pub model: Option<String>,
    /// The task.
    pub task: String,
    /// Who caused it.
    pub user: String,
    /// How it ended, and which attempt it was where it was not the first.
    pub status: String,
    /// Whether it succeeded.
    pub succeeded: bool,
    /// Input and output tokens; nothing where the vendor did not say.
    pub tokens: Option<String>,
    /// Its cost.
    pub cost: String,
    /// How long it took.
    pub latency: String,
    /// Its id.
    pub request_id: String,
}

impl CallRow {
    /// The row of a call.
    pub fn of(call: &CallView) -> Self {
        let read = |count: u64| text::group_digits(count.into());
        let succeeded = call.status == "success";
        let ended = match (&call.error_class, succeeded) {
            (_, true) => t!("status-success"),
            (Some(class), false) => cause(class),
            (None, false) => cause(&call.status),
        };
        let cost = call.cost.map_or_else(|| t!("unknown"), |cost| cost.display());
        Self {
            at: call.at,
            provider: call
                .display_name
                .clone()
                .unwrap_or_else(|| t!("deleted-provider", number = call.number)),
            vendor: call.provider_type.as_deref().and_then(|vendor| vendor.parse().ok()),
            model: call.model.clone().filter(|model| !model.is_empty()),
            task: if call.task.is_empty() { t!("without-task") } else { call.task.clone() },
            user: call.user.clone(),
            status: match call.attempt {
                0 | 1 => ended,
                attempt => format!("{ended}, {}", t!("call-attempt", attempt = attempt)),
            },
            succeeded,
            tokens: call
                .input_tokens
                .zip(call.output_tokens)
                .map(|(i, o)| format!("{} / {}", read(i), read(o))),
            cost: if call.cost_is_estimate && call.cost.is_some() {
                format!("{cost} ({})", t!("cost-estimate"))
            } else {
                cost
            },
            latency: text::latency(call.latency_ms),
            request_id: call.request_id.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use model::{FailureCode, PicoUsd};

    use super::{super::figures::tests::figures, *};

    fn call(id: i64) -> CallView {
        CallView {
            id,
            request_id: format!("r-{id}"),
            attempt: 1,
            at: Timestamp(id),
            number: 4,
            display_name: None,
            provider_type: Some("claude".to_owned()),
            model: Some("claude-sonnet-5".to_owned()),
            task: String::new(),
            user: "u".to_owned(),
            client: None,
            status: "error".to_owned(),
            error_class: Some("rate_limit".to_owned()),
            http_status: Some(429),
            input_tokens: None,
            output_tokens: None,
            cost: None,
            cost_is_estimate: false,
            latency_ms: 1_310,
            first_token_ms: None,
            vendor_request_id: None,
        }
    }

    #[test]
    fn calls_are_narrowed_by_what_they_took_and_cost_and_what_is_wrong_narrows_nothing() {
        let mut calls = calls();
        calls.apply(came(&calls, None, &[3, 2, 1], None));
        let least = |latency: &str, cost: &str| Least {
            latency: latency.to_owned(),
            cost: cost.to_owned(),
            request: String::new(),
        };
        calls.apply(Edit::Narrow(least("2.5", "$0.01")));
        let dollar = PicoUsd::ONE_USD;
        assert_eq!(
            (calls.filter.latency_from_ms, calls.filter.cost_from),
            (Some(2_500), Some(PicoUsd(dollar / 100)))
        );
        assert_eq!((&calls.list, calls.next), (&Load::Waiting, None));
        calls.apply(came(&calls, None, &[3], None));
        calls.apply(Edit::Narrow(least("soon", "0.01")));
        assert_eq!(calls.filter.latency_from_ms, None, "a text that is no number is told below the field");
        assert!(calls.least.latency_ms().is_err() && calls.list == Load::Waiting);
        calls.apply(came(&calls, None, &[3, 2], None));
        calls.apply(Edit::Narrow(least("later", "0.01")));
        assert!(matches!(calls.list, Load::Ready(_)), "nothing else is looked at");
        calls.apply(Edit::Narrow(Least::default()));
        assert_eq!(calls.filter.cost_from, None);
        calls.apply(Edit::Narrow(Least { request: " r-2 ".to_owned(), ..Least::default() }));
        assert_eq!((calls.filter.request_id.as_deref(), &calls.list), (Some("r-2"), &Load::Waiting));
        calls.apply(Edit::Narrow(Least { request: "  ".to_owned(), ..Least::default() }));
        assert_eq!(calls.filter.request_id, None);
    }

    fn calls() -> Calls {
        let figures = figures();
        let behind = Behind::provider(&figures, &figures.providers[0]);
        let filter = behind.filter(&figures, &model::statistics::UsageFilter::default()).unwrap();
        Calls::new(behind, filter)
    }

    fn came(calls: &Calls, after: Option<CallPlace>, ids: &[i64], next: Option<CallPlace>) -> Edit {
        let page = CallPage { calls: ids.iter().map(|id| call(*id)).collect(), next };
        Edit::Came(Box::new(calls.filter.clone()), after, Ok(page))
    }

    #[test]
    fn a_page_is_added_once_and_only_behind_the_one_before() {
        let mut calls = calls();
        let place = CallPlace { at: Timestamp(2), id: 2 };
        calls.apply(Edit::Reading);
        calls.apply(came(&calls, None, &[3, 2], Some(place)));
        assert_eq!((calls.reading, calls.shown().as_str()), (false, "the newest 2 calls"));
        let second = came(&calls, Some(place), &[1], None);
        calls.apply(second.clone());
        calls.apply(second);
        let Load::Ready(list) = &calls.list else { panic!("no calls") };
        assert_eq!(list.iter().map(|call| call.id).collect::<Vec<_>>(), [3, 2, 1]);
        assert_eq!(calls.shown(), "3 calls, newest first");
    }

    #[test]
    fn calls_of_another_mark_are_left_aside() {
        let (mut calls, mut other) = (calls(), calls());
        other.filter.usage.providers = vec![9];
        calls.apply(came(&other, None, &[1], None));
        assert_eq!(calls.list, Load::Waiting);
    }

    #[test]
    fn a_page_that_does_not_come_leaves_the_others() {
        let mut calls = calls();
        let place = CallPlace { at: Timestamp(2), id: 2 };
        calls.apply(came(&calls, None, &[2], Some(place)));
        let failure = Failure::new(FailureCode::Other, "the disk failed", "Try again.");
        calls.apply(Edit::Came(Box::new(calls.filter.clone()), Some(place), Err(failure.clone())));
        assert_eq!((calls.failure.clone(), calls.next), (Some(failure), Some(place)));
        assert!(matches!(&calls.list, Load::Ready(list) if list.len() == 1));
        calls.apply(Edit::Reading);
        assert_eq!(calls.failure, None);
    }

    #[test]
    fn what_the_log_does_not_know_is_not_nothing() {
        let row = CallRow::of(&CallView { attempt: 2, ..call(1) });
        assert_eq!(
            (row.cost.as_str(), row.tokens, row.provider.as_str()),
            ("unknown", None, "Deleted provider 4")
        );
        assert_eq!((row.status.as_str(), row.task.as_str()), ("Rate limit, attempt 2", "No task"));
        let priced = CallView { cost: Some(PicoUsd(PicoUsd::ONE_USD)), cost_is_estimate: true, ..call(1) };
        assert_eq!(CallRow::of(&priced).cost, "$1.00 (estimate)");
    }
}
