//! Key material on a page of memory of its own that the system does not swap out, and that is overwritten when
//! dropped.

use region::LockGuard;
use zeroize::Zeroize;

const PAGE: usize = 4096;

/// Alone on its page: unlocking one secret's page would unlock another's that shares it.
#[repr(align(4096))]
struct Page([u8; PAGE]);

/// A key: 32 bytes, or as many as are said, at most a page's.
pub(crate) struct LockedBytes<const N: usize = 32> {
    page: Box<Page>,
    /// `None` where the system's limit forbids it. Given back after the bytes are overwritten.
    _lock: Option<LockGuard>,
}

impl<const N: usize> LockedBytes<N> {
    pub(crate) fn new(bytes: &[u8; N]) -> Self {
        let mut page = Box::new(Page([0; PAGE]));
        let lock = region::lock(page.0.as_ptr(), PAGE).inspect_err(
            |error| tracing::warn!(%error, "a key's memory may be swapped out: the system does not lock it"),
        );
        page.0[..N].copy_from_slice(bytes);
        Self { page, _lock: lock.ok() }
    }

    pub(crate) fn expose(&self) -> &[u8; N] {
        const { assert!(N <= PAGE) };
        // A page has so many.
        self.page.0.first_chunk().unwrap_or(&[0; N])
    }

    #[cfg(test)]
    fn is_locked(&self) -> bool {
        self._lock.is_some()
    }
}

impl<const N: usize> Drop for LockedBytes<N> {
    fn drop(&mut self) {
        self.page.0[..N].zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_a_page_of_its_own_which_is_locked() {
        let (one, other) = (LockedBytes::new(&[1; 64]), LockedBytes::new(&[2; 32]));
        assert!(one.is_locked() && other.is_locked());
        let page = |bytes: &[u8]| bytes.as_ptr() as usize / PAGE;
        assert_ne!(page(one.expose()), page(other.expose()));
        drop(one);
        assert_eq!(other.expose(), &[2; 32]);
    }
}
