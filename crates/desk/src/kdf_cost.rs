//! What deriving a key from the password should cost on this computer. It is measured when a vault is made, and anew by
//! each version of the program, behind an unlocking; the result is kept in the state folder, so that no unlocking waits
//! for a measurement.

use std::{fs, path::Path, time::Duration};

use serde::{Deserialize, Serialize};
use vault::{Cost, CreateError};

use crate::{Desk, Host};

const FILE: &str = "kdf.json";
/// So long after an unlocking it is measured: by then what a person waits for is done.
const MEASURE_AFTER: Duration = Duration::from_secs(20);

#[derive(Serialize, Deserialize)]
struct Measured {
    /// By which version of the program.
    version: String,
    cost: Cost,
}

/// What was measured by this version. A file that does not read, or says what no header may ask, is measured anew.
fn recorded(state: &Path) -> Option<Cost> {
    let measured: Measured = serde_json::from_slice(&fs::read(state.join(FILE)).ok()?).ok()?;
    let is_ours = measured.version == env!("CARGO_PKG_VERSION") && measured.cost.is_within_bounds();
    is_ours.then_some(measured.cost)
}

/// Measures, and keeps the result. Takes seconds of this computer's cores.
fn measure(state: &Path) -> Result<Cost, CreateError> {
    let memory = sysinfo::System::new_with_specifics(
        sysinfo::RefreshKind::nothing().with_memory(sysinfo::MemoryRefreshKind::nothing().with_ram()),
    );
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    // A computer that does not say how much memory it has gets the least cost.
    let cost = Cost::calibrate(memory.map_or(0, |memory| memory.total_memory()), cores)?;
    let measured = Measured { version: env!("CARGO_PKG_VERSION").to_owned(), cost };
    let written = fs::create_dir_all(state)
        .and_then(|()| Ok(serde_json::to_vec(&measured)?))
        .and_then(|bytes| fs::write(state.join(FILE), bytes));
    if let Err(error) = written {
        tracing::warn!(%error, "what deriving a key costs could not be kept");
    }
    Ok(cost)
}

impl<H: Host> Desk<H> {
    /// The cost of a password that is set now; measures it if nobody has.
    pub(crate) fn cost_of_new(&self) -> impl FnOnce() -> Result<Cost, CreateError> + Send + 'static {
        let (fixed, state) = (self.options.kdf_cost, self.state.clone());
        move || fixed.or_else(|| recorded(&state)).map_or_else(|| measure(&state), Ok)
    }

    /// The cost that a password should have today, as far as it is known without measuring.
    pub(crate) fn cost_of_today(&self) -> Option<Cost> {
        self.options.kdf_cost.or_else(|| recorded(&self.state))
    }

    /// Measures behind an unlocking what the next one goes by, unless it is known.
    pub(crate) fn measure_soon(&self) {
        if self.cost_of_today().is_some() {
            return;
        }
        let state = self.state.clone();
        tokio::spawn(async move {
            tokio::time::sleep(MEASURE_AFTER).await;
            let measured = tokio::task::spawn_blocking(move || measure(&state)).await;
            if !matches!(measured, Ok(Ok(_))) {
                tracing::warn!("what deriving a key costs could not be measured");
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_this_version_measured_is_gone_by() {
        let state = tempfile::tempdir().unwrap();
        assert!(recorded(state.path()).is_none());
        let write_cost = |version: &str, m: u32| {
            let text = format!(r#"{{"version":"{version}","cost":{{"m":{m},"t":3,"p":2}}}}"#);
            fs::write(state.path().join(FILE), text).unwrap();
        };
        let write = |version| write_cost(version, 131_072);
        write("0.0.1");
        assert!(recorded(state.path()).is_none());
        write(env!("CARGO_PKG_VERSION"));
        assert!(recorded(state.path()).is_some());
        write_cost(env!("CARGO_PKG_VERSION"), u32::MAX);
        assert!(recorded(state.path()).is_none());
        fs::write(state.path().join(FILE), "{").unwrap();
        assert!(recorded(state.path()).is_none());
    }
}
