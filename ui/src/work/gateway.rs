//! The local gateway: read it, set it. Its token is made by its dialog, which alone holds it.

use model::{
    FailureCode,
    command::{SetGateway, ViewGateway},
};

use super::Work;
use crate::{
    shell,
    state::{
        gateway_settings::{Edit, Switch},
        workspace::{Action, Load},
    },
};

impl Work {
    /// Reads how the gateway is.
    pub fn read_gateway(&self) {
        self.run(async |work| match shell::call(ViewGateway {}).await {
            Ok(view) => work.act(Action::Gateway(Edit::Seen(view))),
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            Err(failure) => work.act(Action::NotGateway(failure)),
        });
    }

    /// Sets what a person switched, unless nothing differs.
    pub fn switch_gateway(&self, switch: Switch) {
        let Load::Ready(gateway) = self.now().gateway else { return };
        let Ok(Some(settings)) = gateway.switched(switch) else { return };
        drop(gateway);
        self.act(Action::Gateway(Edit::Asked(settings)));
        self.run(async move |work| match shell::call(SetGateway { settings }).await {
            Ok(view) => work.act(Action::Gateway(Edit::Seen(view))),
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            Err(failure) => work.act(Action::Gateway(Edit::Refused(failure))),
        });
    }
}
