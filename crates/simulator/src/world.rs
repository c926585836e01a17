//! What all listeners of one simulator share.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use crate::{Fault, Options, Usage, journal::Journal, key::Verdict, vendor::Vendor};

pub(crate) struct World {
    pub(crate) options: Options,
    /// Where redirects point.
    pub(crate) elsewhere: SocketAddr,
    pub(crate) journal: Journal,
    steering: Mutex<Steering>,
    serial: AtomicU64,
    streams: Arc<AtomicUsize>,
}

/// Everything here is by key, or by a vendor's word.
#[derive(Default)]
struct Steering {
    faults: HashMap<String, Fault>,
    /// Calls that have met a fault which does not meet every call.
    met: HashMap<String, u64>,
    usage: HashMap<String, Usage>,
    answers: HashMap<String, String>,
}

/// What one call is to meet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Orders {
    pub(crate) fault: Option<Fault>,
    pub(crate) usage: Option<Usage>,
    pub(crate) answer: Option<String>,
}

/// Held for as long as a stream is sent.
pub(crate) struct OpenStream(Arc<AtomicUsize>);

impl World {
    pub(crate) fn new(options: Options, elsewhere: SocketAddr) -> Self {
        Self {
            options,
            elsewhere,
            journal: Journal::default(),
            steering: Mutex::default(),
            serial: AtomicU64::new(1),
            streams: Arc::default(),
        }
    }

    pub(crate) fn set_fault(&self, key_or_vendor: &str, fault: Option<Fault>) {
        self.steer(|steering| {
            // A vendor's fault is counted by key, so any of the counts may be its.
            steering.met.clear();
            set(&mut steering.faults, key_or_vendor, fault);
        });
    }

    pub(crate) fn set_usage(&self, key_or_vendor: &str, usage: Option<Usage>) {
        self.steer(|steering| set(&mut steering.usage, key_or_vendor, usage));
    }

    pub(crate) fn set_answer(&self, key_or_vendor: &str, answer: Option<String>) {
        self.steer(|steering| set(&mut steering.answers, key_or_vendor, answer));
    }

    /// What a call meets; `generates` when it asks a model for an answer.
    pub(crate) fn orders(&self, vendor: Vendor, key: Option<&str>, generates: bool) -> Orders {
        self.steer(|steering| Orders {
            fault: steering
                .fault(vendor, key)
                .filter(|fault| generates || !fault.is_of_generation())
                .and_then(|fault| steering.meet(key.unwrap_or(vendor.word()), fault)),
            usage: own_or_vendors(&steering.usage, vendor, key).copied(),
            answer: own_or_vendors(&steering.answers, vendor, key).cloned(),
        })
    }

    /// A number that no other call has, for ids.
    pub(crate) fn serial(&self) -> u64 {
        self.serial.fetch_add(1, Ordering::Relaxed)
    }

    pub(crate) fn open_stream(&self) -> OpenStream {
        self.streams.fetch_add(1, Ordering::Relaxed);
        OpenStream(self.streams.clone())
    }

    pub(crate) fn open_streams(&self) -> usize {
        self.streams.load(Ordering::Relaxed)
    }

    fn steer<T>(&self, act: impl FnOnce(&mut Steering) -> T) -> T {
        act(&mut self.steering.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Steering {
    fn fault(&self, vendor: Vendor, key: Option<&str>) -> Option<Fault> {
        own_or_vendors(&self.faults, vendor, key).copied().or_else(|| match Verdict::of(vendor, key?) {
            Verdict::Good => None,
            Verdict::Fails(fault) => Some(fault),
            Verdict::Unknown => Some(Fault::BadKey),
        })
    }

    /// Resolves the faults that do not meet every call. Each key has its own count.
    fn meet(&mut self, name: &str, fault: Fault) -> Option<Fault> {
        let instead = match fault {
            Fault::FailOnce | Fault::Flaky => Fault::ServerError,
            Fault::RateLimitOnce => fault,
            _ => return Some(fault),
        };
        let met = self.met.entry(name.to_owned()).or_default();
        *met += 1;
        let fails = if fault == Fault::Flaky { *met % 2 == 1 } else { *met == 1 };
        fails.then_some(instead)
    }
}

impl OpenStream {
    /// Does nothing: a closure that calls it owns the stream's mark.
    pub(crate) fn is_held(&self) {}
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn set<T>(map: &mut HashMap<String, T>, name: &str, value: Option<T>) {
    match value {
        Some(value) => map.insert(name.to_owned(), value),
        None => map.remove(name),
    };
}

fn own_or_vendors<'a, T>(map: &'a HashMap<String, T>, vendor: Vendor, key: Option<&str>) -> Option<&'a T> {
    if map.is_empty() {
        return None;
    }
    key.and_then(|key| map.get(key)).or_else(|| map.get(vendor.word()))
}

#[cfg(test)]
mod tests {
    use model::ProviderType;

    use super::*;

    fn faults(name: &str, calls: usize) -> Vec<Option<Fault>> {
        let world = World::new(Options::default(), SocketAddr::from(([127, 0, 0, 1], 1)));
        let key = format!("test-claude-{name}-0001");
        (0..calls).map(|_| world.orders(Vendor(ProviderType::Claude), Some(&key), true).fault).collect()
    }

    #[test]
    fn some_faults_pass() {
        assert_eq!(faults("fail-once", 3), [Some(Fault::ServerError), None, None]);
        assert_eq!(faults("rate-limit-once", 2), [Some(Fault::RateLimitOnce), None]);
        assert_eq!(faults("flaky", 3), [Some(Fault::ServerError), None, Some(Fault::ServerError)]);
        assert_eq!(faults("overloaded", 2), [Some(Fault::Overloaded); 2]);
    }

    #[test]
    fn a_fault_that_is_lifted_and_set_again_begins_anew() {
        let world = World::new(Options::default(), SocketAddr::from(([127, 0, 0, 1], 1)));
        let next = || world.orders(Vendor(ProviderType::Claude), Some("sk-CANARY-1"), true).fault;
        for _ in 0..2 {
            world.set_fault("sk-CANARY-1", Some(Fault::FailOnce));
            assert_eq!((next(), next()), (Some(Fault::ServerError), None));
        }
    }

    #[test]
    fn lists_of_models_do_not_meet_what_only_answers_do() {
        let world = World::new(Options::default(), SocketAddr::from(([127, 0, 0, 1], 1)));
        let list = |key: &str| world.orders(Vendor(ProviderType::OpenAi), Some(key), false).fault;
        assert_eq!(list("test-openai-fail-once-0001"), None);
        assert_eq!(list("test-openai-rate-limit-0001"), Some(Fault::RateLimit));
    }
}
