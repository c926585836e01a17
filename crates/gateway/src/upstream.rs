//! What the engine needs of the vendors: `providers` in the product, a script in tests.

use std::time::Duration;

use futures::{FutureExt, Stream, future::BoxFuture};
use model::{CallError, CallEvent, CallRequest, CatalogModel, TestReport, TokenUsage, call::Degradation};
use providers::{CallOptions, CallStream, Called, Target, VendorLimits, Vendors};
use tokio::time::Instant;

/// Longest silence of a vendor, unless the whole call has less time.
const LONGEST_SILENCE: Duration = Duration::from_secs(120);

/// Whom to ask, and until when.
#[derive(Clone, Copy)]
pub(crate) struct Whom<'a> {
    pub(crate) target: Target<'a>,
    /// What is known of the model.
    pub(crate) model: Option<&'a CatalogModel>,
    pub(crate) deadline: Instant,
}

/// An answer in pieces. Dropping it ends the call at the vendor.
pub(crate) trait Flow: Stream<Item = Result<CallEvent, CallError>> + Send + Unpin {
    /// What the vendor has said so far that the call took.
    fn usage_so_far(&self) -> Option<TokenUsage>;
    /// What the headers said of the vendor's limits.
    fn limits(&self) -> Option<&VendorLimits>;
    /// What the call does without.
    fn degraded(&self) -> &[Degradation];
}

/// The vendors.
pub(crate) trait Upstream: Send + Sync {
    /// Asks for a whole answer.
    fn call<'a>(
        &'a self,
        whom: Whom<'a>,
        request: &'a CallRequest,
    ) -> BoxFuture<'a, Result<Called, CallError>>;

    /// Asks for an answer in pieces.
    fn stream<'a>(
        &'a self,
        whom: Whom<'a>,
        request: &'a CallRequest,
    ) -> BoxFuture<'a, Result<Box<dyn Flow>, CallError>>;

    /// Asks for the input tokens that a call would take, at no cost.
    fn count<'a>(&'a self, whom: Whom<'a>, request: &'a CallRequest)
    -> BoxFuture<'a, Result<u64, CallError>>;

    /// Tests the credentials, at no cost.
    fn test<'a>(&'a self, target: Target<'a>) -> BoxFuture<'a, TestReport>;
}

impl<'a> Whom<'a> {
    fn options(&self) -> CallOptions<'a> {
        let whole = self.deadline.saturating_duration_since(Instant::now());
        CallOptions { model: self.model, idle: LONGEST_SILENCE.min(whole), whole, ..CallOptions::default() }
    }
}

impl Flow for CallStream {
    fn usage_so_far(&self) -> Option<TokenUsage> {
        self.usage_so_far()
    }

    fn limits(&self) -> Option<&VendorLimits> {
        self.limits()
    }

    fn degraded(&self) -> &[Degradation] {
        self.degraded()
    }
}

impl Upstream for Vendors {
    fn call<'a>(
        &'a self,
        whom: Whom<'a>,
        request: &'a CallRequest,
    ) -> BoxFuture<'a, Result<Called, CallError>> {
        async move { self.call(&whom.target, request, &whom.options()).await }.boxed()
    }

    fn stream<'a>(
        &'a self,
        whom: Whom<'a>,
        request: &'a CallRequest,
    ) -> BoxFuture<'a, Result<Box<dyn Flow>, CallError>> {
        async move {
            let stream = self.stream(&whom.target, request, &whom.options()).await?;
            Ok(Box::new(stream) as Box<dyn Flow>)
        }
        .boxed()
    }

    fn count<'a>(
        &'a self,
        whom: Whom<'a>,
        request: &'a CallRequest,
    ) -> BoxFuture<'a, Result<u64, CallError>> {
        async move { self.count_tokens(&whom.target, request, &whom.options()).await }.boxed()
    }

    fn test<'a>(&'a self, target: Target<'a>) -> BoxFuture<'a, TestReport> {
        async move { self.test_credentials(&target).await }.boxed()
    }
}
