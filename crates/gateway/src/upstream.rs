//! What the engine needs of the vendors: `providers` in the product, a script in tests.

use futures::{Stream, future::BoxFuture};
use model::{CallAnswer, CallError, CallEvent, CallRequest, TestReport, Timestamp, TokenUsage};
use providers::Target;
use tokio::time::Instant;

/// What the vendor's headers say is left of its own limits, and when each starts anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Allowances {
    pub(crate) requests: Option<Left>,
    pub(crate) tokens: Option<Left>,
}

/// What is left of one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Left {
    pub(crate) left: u64,
    pub(crate) resets_at: Timestamp,
}

/// A whole answer.
pub(crate) struct Whole {
    pub(crate) answer: CallAnswer,
    pub(crate) allowances: Allowances,
}

/// An answer in pieces. Dropping it ends the call at the vendor.
pub(crate) trait Flow: Stream<Item = Result<CallEvent, CallError>> + Send + Unpin {
    /// What the vendor has said so far that the call took.
    fn usage_so_far(&self) -> Option<TokenUsage>;
    /// What the headers said.
    fn allowances(&self) -> Allowances;
}

/// The vendors.
pub(crate) trait Upstream: Send + Sync {
    /// Asks for a whole answer.
    fn call<'a>(
        &'a self,
        target: Target<'a>,
        request: &'a CallRequest,
        deadline: Instant,
    ) -> BoxFuture<'a, Result<Whole, CallError>>;

    /// Asks for an answer in pieces.
    fn stream<'a>(
        &'a self,
        target: Target<'a>,
        request: &'a CallRequest,
        deadline: Instant,
    ) -> BoxFuture<'a, Result<Box<dyn Flow>, CallError>>;

    /// Tests the credentials, at no cost.
    fn test<'a>(&'a self, target: Target<'a>) -> BoxFuture<'a, TestReport>;
}

impl Upstream for providers::Vendors {
    fn call<'a>(
        &'a self,
        _: Target<'a>,
        _: &'a CallRequest,
        _: Instant,
    ) -> BoxFuture<'a, Result<Whole, CallError>> {
        Box::pin(async { Err(crate::failure::out_of_time()) })
    }

    fn stream<'a>(
        &'a self,
        _: Target<'a>,
        _: &'a CallRequest,
        _: Instant,
    ) -> BoxFuture<'a, Result<Box<dyn Flow>, CallError>> {
        Box::pin(async { Err(crate::failure::out_of_time()) })
    }

    fn test<'a>(&'a self, target: Target<'a>) -> BoxFuture<'a, TestReport> {
        Box::pin(async move { self.test_credentials(&target).await })
    }
}
