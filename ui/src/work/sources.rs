//! Where usage, health and history are shown from: this computer, or a server.

use model::{FailureCode, command::ListRemotes, sync::RemoteId};
use yew::Callback;

use super::Work;
use crate::{shell, state::workspace::Action};

impl Work {
    /// Reads which servers there are. Without them there is this computer.
    pub fn read_remotes(&self) {
        self.run(async |work| match shell::call(ListRemotes {}).await {
            Ok(remotes) => work.act(Action::Remotes(remotes)),
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            // What is shown is this computer's own, and was asked for by nobody.
            Err(_) => {}
        });
    }
}

/// Shows another source from now on.
pub fn from_source(work: &Work) -> Callback<Option<RemoteId>> {
    let work = work.clone();
    Callback::from(move |source| work.act(Action::From(source)))
}
