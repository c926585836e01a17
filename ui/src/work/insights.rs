//! Insights: say that jumps of usage were seen, and make what is needed to try a cheaper model. The page reads them anew
//! when it hears of a change.

use model::{
    ProviderId,
    command::{AcknowledgeJumps, DuplicateProvider},
    vault::Teller,
};

use super::Work;
use crate::{
    shell,
    state::workspace::{Action, Layer},
    t,
    texts::name,
};

impl Work {
    /// A person has seen all jumps.
    pub fn see_jumps(&self) {
        self.run(async |work| {
            if let Err(failure) = shell::call(AcknowledgeJumps {}).await {
                work.refused(&failure);
            }
        });
    }

    /// Insights are something else now, wherever they are shown.
    pub fn read_insights(&self) {
        self.act(Action::Told(Teller::Usage, None));
    }

    /// Copies a provider and opens the copy's form, for another model of the same vendor.
    pub fn duplicate_for(&self, id: ProviderId, model: String) {
        self.ask(DuplicateProvider { id }, move |work, changed| {
            let title = t!("duplicated", name = name(&changed.provider.display_name));
            let copy = Box::new(changed.provider.clone());
            work.changed(changed, title, t!("duplicated-for", model = model));
            work.act(Action::Open(Layer::Edit(copy)));
        });
    }
}
