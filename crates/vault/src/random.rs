//! Random bytes from the operating system, and nowhere else.

use zeroize::Zeroizing;

/// The operating system has no random bytes to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no random numbers")]
pub struct RandomError;

pub(crate) fn make_bytes<const N: usize>() -> Result<Zeroizing<[u8; N]>, RandomError> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| RandomError)?;
    Ok(bytes)
}

/// A uniform number below `bound`, by rejection, so that no word of a list is likelier than another.
pub(crate) fn make_index(bound: u32) -> Result<u32, RandomError> {
    let limit = u32::MAX - u32::MAX % bound;
    loop {
        let number = u32::from_le_bytes(*make_bytes::<4>()?);
        if number < limit {
            return Ok(number % bound);
        }
    }
}
