//! What all listeners of one simulator share.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Mutex, PoisonError},
};

use crate::{Fault, Options, journal::Journal, key::Verdict, vendor::Vendor};

pub(crate) struct World {
    pub(crate) options: Options,
    /// Where redirects point.
    pub(crate) elsewhere: SocketAddr,
    pub(crate) journal: Journal,
    /// By key, or by a vendor's word.
    faults: Mutex<HashMap<String, Fault>>,
}

impl World {
    pub(crate) fn new(options: Options, elsewhere: SocketAddr) -> Self {
        Self { options, elsewhere, journal: Journal::default(), faults: Mutex::default() }
    }

    pub(crate) fn set_fault(&self, key_or_vendor: &str, fault: Option<Fault>) {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        match fault {
            Some(fault) => faults.insert(key_or_vendor.to_owned(), fault),
            None => faults.remove(key_or_vendor),
        };
    }

    /// The fault that a call meets, or `None` when it is answered well.
    pub(crate) fn fault_of(&self, vendor: Vendor, key: Option<&str>) -> Option<Fault> {
        let set = |name: &str| self.faults.lock().unwrap_or_else(PoisonError::into_inner).get(name).copied();
        key.and_then(set).or_else(|| set(vendor.word())).or_else(|| match Verdict::of(vendor, key?) {
            Verdict::Good => None,
            Verdict::Fails(fault) => Some(fault),
            Verdict::Unknown => Some(Fault::BadKey),
        })
    }
}
