//! Argon2id (RFC 9106): the cost that this machine can bear when a vault is made, and bounds on what a header may ask.

use std::{
    alloc::System,
    time::{Duration, Instant},
};

use allocator_api2::vec::Vec;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

const MIB: u32 = 1024;
/// Memory sizes tried when calibrating, in MiB.
const STEPS_MIB: [u32; 4] = [64, 128, 256, 512];
const ITERATIONS: u32 = 3;
/// Longest that one derivation may take when calibrating.
const PATIENCE: Duration = Duration::from_secs(1);
/// Size of the salt in bytes.
pub(crate) const SALT_BYTES: usize = 16;

/// What one derivation costs: memory in KiB, passes, lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Memory in KiB, 64 MiB to 1 GiB.
    pub(crate) m: u32,
    /// Passes, 3 to 12.
    pub(crate) t: u32,
    /// Lanes, 1 to 8.
    pub(crate) p: u32,
}

/// Why a derivation did not happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KdfError {
    /// The header asks for more or less than we accept; nothing was allocated.
    #[error("the key derivation's parameters are outside their bounds")]
    OutOfBounds,
    /// Not enough memory for the derivation just now.
    #[error("there is not enough free memory to open the vault")]
    OutOfMemory,
}

impl Cost {
    /// The least that is ever accepted: for tests, and where memory is scarce.
    pub const FLOOR: Self = Self { m: 64 * MIB, t: ITERATIONS, p: 1 };

    /// The most memory of 64, 128, 256 and 512 MiB that takes at most one second here and at most an eighth of
    /// `memory_bytes`, the machine's memory.
    ///
    /// # Errors
    /// When not even the least fits into memory.
    pub fn calibrate(memory_bytes: u64, cores: usize) -> Result<Self, KdfError> {
        let p = u32::try_from(cores.clamp(1, 4)).unwrap_or(1);
        let mut best = Self { p, ..Self::FLOOR };
        let mut took = best.time()?;
        for step in STEPS_MIB.into_iter().skip(1) {
            let larger = Self { m: step * MIB, ..best };
            // Time grows with memory, so a doubling that cannot fit is not tried.
            if u64::from(step) * 1024 * 1024 > memory_bytes / 8 || took * 2 > PATIENCE + PATIENCE / 4 {
                break;
            }
            took = larger.time()?;
            if took > PATIENCE {
                break;
            }
            best = larger;
        }
        Ok(best)
    }

    /// Whether a guess at this cost is cheaper than at another one. Lanes are left out: they change how fast a computer
    /// derives, not what a guess takes.
    pub fn is_below(self, other: Self) -> bool {
        u64::from(self.m) * u64::from(self.t) < u64::from(other.m) * u64::from(other.t)
    }

    fn time(self) -> Result<Duration, KdfError> {
        let start = Instant::now();
        self.derive(b"calibration", &[0; SALT_BYTES])?;
        Ok(start.elapsed())
    }

    /// Whether a header may ask for this.
    pub fn is_within_bounds(self) -> bool {
        (64 * MIB..=1024 * MIB).contains(&self.m) && (3..=12).contains(&self.t) && (1..=8).contains(&self.p)
    }

    /// 32 bytes from password and salt. Bounds are checked before any memory is taken.
    pub(crate) fn derive(self, password: &[u8], salt: &[u8]) -> Result<Zeroizing<[u8; 32]>, KdfError> {
        if !self.is_within_bounds() {
            return Err(KdfError::OutOfBounds);
        }
        let params = Params::new(self.m, self.t, self.p, Some(32)).map_err(|_| KdfError::OutOfBounds)?;
        // Not from the program's allocator, which would keep this much for a next time that is hours away.
        let mut blocks = Vec::new_in(System);
        blocks.try_reserve_exact(params.block_count()).map_err(|_| KdfError::OutOfMemory)?;
        blocks.resize(params.block_count(), Block::default());
        let mut out = Zeroizing::new([0; 32]);
        let result = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
            password,
            salt,
            out.as_mut_slice(),
            &mut blocks,
        );
        blocks.iter_mut().for_each(Zeroize::zeroize);
        result.map(|()| out).map_err(|_| KdfError::OutOfBounds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn argon2id_gives_the_vector_of_rfc_9106() {
        // Section 5.3: 32 KiB, 3 passes, 4 lanes, with secret and associated data.
        let mut params = argon2::ParamsBuilder::new();
        params.m_cost(32).t_cost(3).p_cost(4).data(argon2::AssociatedData::new(&[4; 12]).unwrap());
        let argon2 =
            Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params.build().unwrap())
                .unwrap();
        let mut tag = [0; 32];
        argon2.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
        let expected = [
            0x0d, 0x64, 0x0d, 0xf5, 0x8d, 0x78, 0x76, 0x6c, 0x08, 0xc0, 0x37, 0xa3, 0x4a, 0x8b, 0x53, 0xc9,
            0xd0, 0x1e, 0xf0, 0x45, 0x2d, 0x75, 0xb6, 0x5e, 0xb5, 0x25, 0x20, 0xe9, 0x6b, 0x01, 0xe6, 0x59,
        ];
        assert_eq!(tag, expected);
    }

    #[test]
    fn absurd_costs_are_refused_before_memory_is_taken() {
        for cost in [
            Cost { m: u32::MAX, t: 3, p: 1 },
            Cost { m: 64 * MIB, t: u32::MAX, p: 1 },
            Cost { m: 64 * MIB, t: 3, p: 9 },
            Cost { m: 8, t: 3, p: 1 },
            Cost { m: 64 * MIB, t: 1, p: 1 },
        ] {
            assert_eq!(cost.derive(b"password", &[0; 16]).unwrap_err(), KdfError::OutOfBounds);
        }
    }

    #[test]
    fn a_machine_with_little_memory_gets_the_floor() {
        assert_eq!(Cost::calibrate(256 << 20, 1).unwrap(), Cost::FLOOR);
    }
}
