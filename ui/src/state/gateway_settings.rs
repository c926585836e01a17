//! The local gateway as the settings page holds it: how it is, what is typed, what is awaited.

use model::{
    Failure,
    gateway::{GatewaySettings, GatewayView, OnLock},
};

use super::form::limit;
use crate::t;

/// Below are ports that only an administrator may open.
const FIRST_PORT: u64 = 1_024;

/// The gateway.
#[derive(Clone, Debug, PartialEq)]
pub struct Gateway {
    /// As it was seen last.
    pub view: GatewayView,
    /// Its port as typed.
    pub port: String,
    /// What was asked for and is not answered yet.
    pub asked: Option<GatewaySettings>,
    /// Why it was not set.
    pub fault: Option<Failure>,
}

/// A change.
#[derive(Clone, Debug)]
pub enum Edit {
    /// It was read, or set.
    Seen(GatewayView),
    /// A port was typed.
    Port(String),
    /// The port as it was before typing.
    PutPortBack,
    /// Settings were sent.
    Asked(GatewaySettings),
    /// They were refused.
    Refused(Failure),
}

/// What a person switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// On or off.
    Enabled(bool),
    /// The typed port.
    Port,
    /// What becomes of open calls.
    OnLock(OnLock),
}

impl Gateway {
    /// As it was read.
    pub fn new(view: GatewayView) -> Self {
        Self { port: view.settings.port.to_string(), view, asked: None, fault: None }
    }

    /// Changes what is held.
    pub fn apply(&mut self, edit: Edit) {
        match edit {
            // What is being typed is not torn away by a reading.
            Edit::Seen(view) => {
                let typing = self.asked.is_none() && self.is_port_changed();
                if !typing {
                    self.port = view.settings.port.to_string();
                }
                (self.view, self.asked, self.fault) = (view, None, None);
            }
            Edit::Port(port) => self.port = port,
            Edit::PutPortBack => self.port = self.view.settings.port.to_string(),
            Edit::Asked(settings) => (self.asked, self.fault) = (Some(settings), None),
            Edit::Refused(failure) => (self.asked, self.fault) = (None, Some(failure)),
        }
    }

    /// The settings to show: those that were asked for, until the answer says otherwise.
    pub fn settings(&self) -> GatewaySettings {
        self.asked.unwrap_or(self.view.settings)
    }

    /// The settings to send for a switch; `None` when nothing differs, or while an answer is awaited.
    ///
    /// # Errors
    /// The sentence under the port.
    pub fn switched(&self, switch: Switch) -> Result<Option<GatewaySettings>, String> {
        let now = self.view.settings;
        let then = match switch {
            Switch::Enabled(enabled) => GatewaySettings { enabled, ..now },
            Switch::OnLock(on_lock) => GatewaySettings { on_lock, ..now },
            Switch::Port => GatewaySettings { port: self.port()?, ..now },
        };
        Ok(Some(then).filter(|then| *then != now && self.asked.is_none()))
    }

    /// What is wrong with the typed port.
    pub fn port_fault(&self) -> Option<String> {
        self.port().err()
    }

    /// Whether another port is typed than the one in force.
    pub fn is_port_changed(&self) -> bool {
        self.port.trim() != self.view.settings.port.to_string()
    }

    fn port(&self) -> Result<u16, String> {
        let number = limit::parse(&self.port).ok().flatten().filter(|port| *port >= FIRST_PORT);
        number.and_then(|port| u16::try_from(port).ok()).ok_or_else(|| t!("error-port"))
    }

    /// Where clients find it, in the form that OpenAI's libraries take.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.view.settings.port)
    }
}

#[cfg(test)]
mod tests {
    use model::FailureCode;

    use super::*;

    fn view(port: u16) -> GatewayView {
        GatewayView {
            settings: GatewaySettings { port, ..GatewaySettings::default() },
            running_since: None,
            trouble: None,
            token_last_four: None,
            calls_today: 0,
        }
    }

    fn typed(port: &str) -> Gateway {
        let mut gateway = Gateway::new(view(8377));
        gateway.apply(Edit::Port(port.into()));
        gateway
    }

    #[test]
    fn a_port_is_sent_when_it_is_one_and_another() {
        let port = |text| typed(text).switched(Switch::Port).map(|then| then.map(|then| then.port));
        assert_eq!(port("9000"), Ok(Some(9000)));
        assert_eq!(port("8377"), Ok(None));
        for text in ["", "80", "1023", "65536", "many", "-1"] {
            assert!(port(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_reading_leaves_a_port_that_is_being_typed() {
        let mut gateway = typed("90");
        gateway.apply(Edit::Seen(view(8377)));
        assert_eq!(gateway.port, "90");
        gateway.apply(Edit::PutPortBack);
        assert_eq!(gateway.port, "8377");
    }

    #[test]
    fn a_switch_shows_what_was_asked_and_goes_back_when_it_is_refused() {
        let mut gateway = Gateway::new(view(8377));
        let then = gateway.switched(Switch::Enabled(true)).unwrap().unwrap();
        gateway.apply(Edit::Asked(then));
        assert!(gateway.settings().enabled);
        assert_eq!(gateway.switched(Switch::Enabled(false)), Ok(None));
        gateway.apply(Edit::Refused(Failure::new(
            FailureCode::Other,
            "the port is taken",
            "Choose another.",
        )));
        assert!(!gateway.settings().enabled);
        assert!(gateway.fault.is_some());
    }
}
