//! What a run will take, before it is asked. Only prices that are known are added, and what is not known is said.

use std::rc::Rc;

use model::{
    Catalog, PicoUsd, Price, ProviderView, TokenUsage, gateway::PlaygroundTarget, limits::OwnPrice,
    provider::ProviderList, text, usage::Rates,
};

use super::{column::Column, prompt::Prompt};
use crate::t;

/// Bytes of text in one token, as a rule of thumb; no vendor's tokenizer is here.
pub(super) const BYTES_PER_TOKEN: u64 = 4;

/// What a run will take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Tokens of the text, about.
    pub tokens: u64,
    /// Whether pictures or documents come on top.
    pub attached: bool,
    /// The most that the columns of known prices cost together; `None` when no price is known.
    pub cost: Option<PicoUsd>,
    /// Columns whose price is not known.
    pub unpriced: usize,
}

/// What asking every column will take; `None` while there is nothing to ask.
pub fn estimate(
    prompt: &Prompt,
    columns: &[Rc<Column>],
    list: &ProviderList,
    catalog: Option<&Catalog>,
) -> Option<Estimate> {
    let bytes = [&prompt.text, &prompt.system, &prompt.schema].map(|text| text.trim().len() as u64);
    let input = bytes.iter().sum::<u64>().div_ceil(BYTES_PER_TOKEN);
    let output = prompt.max_output().ok().filter(|_| input > 0)?;
    let usage = TokenUsage { input, output, ..TokenUsage::default() };
    let targets = columns.iter().filter_map(|column| column.target.as_ref());
    let prices: Vec<Option<Price>> =
        targets.map(|target| price(first_asked(target, list)?, catalog)).collect();
    let known = prices.iter().flatten().map(|price| price.cost(&usage)).reduce(PicoUsd::plus);
    Some(Estimate {
        tokens: input,
        attached: !prompt.attached.is_empty(),
        cost: known,
        unpriced: prices.iter().filter(|price| price.is_none()).count(),
    })
}

/// Who is asked first: the configuration itself, or the one that leads the task.
pub fn first_asked<'a>(target: &PlaygroundTarget, list: &'a ProviderList) -> Option<&'a ProviderView> {
    let find = |id| list.providers.iter().find(|provider| provider.id == id);
    match target {
        PlaygroundTarget::Provider(id) => find(*id),
        PlaygroundTarget::Task(task) => {
            let holder = list.tasks.iter().find(|one| one.name == *task).and_then(|one| find(one.holder?));
            let active = holder.filter(|holder| holder.is_active);
            active.or_else(|| list.providers.iter().find(|provider| provider.is_default))
        }
    }
}

fn price(provider: &ProviderView, catalog: Option<&Catalog>) -> Option<Price> {
    match &provider.calls.price {
        Some(own) => own_price(own),
        None => Price::of(catalog?.find(provider.provider_type, &provider.model_name)?).ok(),
    }
}

fn own_price(own: &OwnPrice) -> Option<Price> {
    let input = PicoUsd::per_token(&own.input_usd_per_mtok).ok()?;
    let output = PicoUsd::per_token(&own.output_usd_per_mtok).ok()?;
    let standard = Rates {
        input,
        audio_input: input,
        cache_read: input,
        cache_write: input,
        cache_write_1h: input,
        output,
    };
    Some(Price { standard, long_context: None })
}

impl Estimate {
    /// The line above the prompt.
    pub fn sentence(&self) -> String {
        let tokens = text::group_digits(u128::from(self.tokens));
        match (self.cost, self.unpriced) {
            _ if self.attached => t!("estimate-attached", tokens = tokens),
            (Some(cost), 0) => t!("estimate", tokens = tokens, cost = cost.display()),
            (Some(cost), count) => {
                t!("estimate-partly", tokens = tokens, cost = cost.display(), count = count)
            }
            (None, 0) => t!("estimate-tokens", tokens = tokens),
            (None, _) => t!("estimate-unknown", tokens = tokens),
        }
    }
}
