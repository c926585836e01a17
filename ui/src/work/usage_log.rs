//! The usage log as the settings and the palette ask for it: its sums, and by which zone's days they are counted.

use model::{
    Failure,
    command::{RebuildUsage, Remember, SetUsageZone, VerifyUsage},
    remembered::RememberedList,
};

use super::Work;
use crate::{
    browser, shell,
    state::{
        toast::Toast,
        usage_log::{Check, Outcome},
        workspace::Action,
    },
};

impl Work {
    /// By which zone's days usage is counted.
    pub fn zone(&self) -> String {
        let chosen = self.now().zone;
        if chosen.is_empty() { browser::zone() } else { chosen.to_string() }
    }

    /// Has the sums compared or made anew.
    ///
    /// # Errors
    /// What the shell answered.
    pub async fn check_usage(&self, check: Check) -> Result<Outcome, Failure> {
        let zone = self.zone();
        Ok(match check {
            Check::Verify => {
                Outcome::verified(&shell::call(VerifyUsage {}).await?, |at| browser::clock_in(at, &zone))
            }
            Check::Rebuild => Outcome::rebuilt(&shell::call(RebuildUsage {}).await?),
        })
    }

    /// The same, and says in the corner what came of it.
    pub fn check_usage_aside(&self, check: Check) {
        self.run(async move |work| match work.check_usage(check).await {
            Ok(outcome) if outcome.sound => {
                work.act(Action::Say(Toast::success(outcome.title, outcome.detail)));
            }
            Ok(outcome) => work.act(Action::Say(Toast::attention(outcome.title, outcome.detail))),
            Err(failure) => work.refused(&failure),
        });
    }

    /// Counts usage by another zone's days from now on; nothing is the computer's own.
    ///
    /// # Errors
    /// The shell does not know the zone, or it could not be kept.
    pub async fn choose_zone(&self, zone: &str) -> Result<(), Failure> {
        let named = if zone.is_empty() { browser::zone() } else { zone.to_owned() };
        shell::call(SetUsageZone { zone: named }).await?;
        shell::call(Remember { list: RememberedList::Zone, text: zone.to_owned() }).await?;
        self.act(Action::Zone(zone.into()));
        Ok(())
    }
}
