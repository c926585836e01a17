//! Health: read it, and ask for a round of probes.

use model::{
    FailureCode,
    command::{CheckHealth, ViewHealth},
};

use super::Work;
use crate::{shell, state::workspace::Action};

impl Work {
    /// Reads how every provider is.
    pub fn read_health(&self) {
        self.run(async |work| match shell::call(ViewHealth {}).await {
            Ok(view) => work.act(Action::Health(view)),
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            Err(failure) => work.act(Action::NotHealth(failure)),
        });
    }

    /// Probes every active provider and shows how they are then.
    pub fn check_health(&self) {
        if self.now().checking {
            return;
        }
        self.act(Action::Checking(true));
        self.run(async |work| {
            let reply = shell::call(CheckHealth {}).await;
            work.act(Action::Checking(false));
            match reply {
                Ok(view) => work.act(Action::Health(view)),
                Err(failure) => work.refused(&failure),
            }
        });
    }
}
