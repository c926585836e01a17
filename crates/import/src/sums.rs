//! A row in which a vendor summed calls up. It stays a sum: how many calls there were, and which, it does not say.

use model::{
    PicoUsd, Timestamp, TokenUsage,
    import::{ImportFault, ImportField as F, ImportFormat},
};

use crate::{
    calls::buckets,
    fault::fault,
    form::Form,
    identity::{Occurrences, Says},
    row::Row,
    value::{self, Wrong},
};

/// Services of Google Cloud that are calls of models, in small letters.
const SERVICES: [&str; 3] = ["gemini", "generative language", "vertex ai"];
/// Between what tells two items apart.
const BETWEEN: &str = " · ";

/// What a vendor says of a span of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Its line in the file.
    pub line: u64,
    /// The same for the same span, model, account and item in every file.
    pub key: [u8; 32],
    /// When the span begins.
    pub from: Timestamp,
    /// When it ends.
    pub until: Timestamp,
    /// The model; empty where the vendor does not say.
    pub model: String,
    /// The project or workspace; empty where the vendor does not say.
    pub account: String,
    /// What was paid for, and through which key; empty where the vendor does not say.
    pub item: String,
    /// Requests.
    pub requests: Option<u64>,
    /// Tokens.
    pub usage: Option<TokenUsage>,
    /// Cost. Corrections are below zero.
    pub cost: Option<PicoUsd>,
}

/// A sum and whether its cost was rounded; `None` for a row that says nothing, or is of another service.
pub(crate) fn sum(
    row: &Row<'_>,
    form: &Form,
    latest: Timestamp,
    occurrences: &mut Occurrences,
) -> Result<Option<(Sum, bool)>, ImportFault> {
    if is_of_another_service(row, form.format) || says_nothing(row) {
        return Ok(None);
    }
    let from = row.needed(F::Time, |cell| value::instant(cell, latest))?;
    // A day that has begun ends in the future.
    let told = row.read(F::Until, |cell| value::instant(cell, latest.plus_days(400)))?;
    let until = told.unwrap_or(from.plus_days(1));
    if until <= from {
        return Err(
            row.fault(F::Until, Wrong("the span ends before it begins", "Correct one of the two times."))
        );
    }
    let cost = cost(row)?;
    let usage = form.needed.contains(&F::Input).then(|| buckets(row, form)).transpose()?;
    let requests = row.read(F::Requests, value::count)?;
    let name = |field| row.read(field, value::name).map(Option::unwrap_or_default);
    let (model, account) = (name(F::Model)?, name(F::Account)?);
    let item = name(F::Item)?;
    let details = row.cells(F::Details).map(|(column, cell)| {
        let cell = value::name(cell).map_err(|wrong| fault(row.line, Some(column), wrong))?;
        Ok((column, cell))
    });
    let details: Vec<(&str, String)> = details.collect::<Result<_, ImportFault>>()?;
    let says = Says::about(form.format.as_str())
        .number(Some(from.0.into()))
        .number(Some(until.0.into()))
        .text(Some(&model))
        .text(Some(&account));
    let says = details
        .iter()
        .fold(says.text(Some(&item)), |says, (column, cell)| says.text(Some(column)).text(Some(cell)));
    let key = occurrences.next(says.digest());
    let told =
        std::iter::once(&item).chain(details.iter().map(|(_, cell)| cell)).filter(|part| !part.is_empty());
    let item = told.map(String::as_str).collect::<Vec<_>>().join(BETWEEN);
    let (cost, rounded) = cost.map_or((None, false), |(cost, rounded)| (Some(cost), rounded));
    Ok(Some((Sum { line: row.line, key, from, until, model, account, item, requests, usage, cost }, rounded)))
}

/// OpenAI's export has a line for each day without any usage.
fn says_nothing(row: &Row<'_>) -> bool {
    [F::Input, F::Output, F::CacheRead, F::Requests, F::Cost, F::CostCents, F::Model, F::Item]
        .into_iter()
        .all(|field| row.cell(field).is_none())
}

fn is_of_another_service(row: &Row<'_>, format: ImportFormat) -> bool {
    let service = row.cell(F::Service).unwrap_or_default().to_ascii_lowercase();
    format == ImportFormat::GoogleBilling
        && !service.is_empty()
        && !SERVICES.iter().any(|known| service.contains(known))
}

fn cost(row: &Row<'_>) -> Result<Option<(PicoUsd, bool)>, ImportFault> {
    let dollars = row.read(F::Cost, |cell| value::money(cell, 12, true))?;
    let cents = row.read(F::CostCents, |cell| value::money(cell, 10, true))?;
    let cost = dollars.or(cents);
    let is_other = |currency: &str| !currency.eq_ignore_ascii_case("usd");
    if cost.is_some() && row.cell(F::Currency).is_some_and(is_other) {
        let wrong =
            Wrong("the amount is not in US dollars", "Export it in US dollars: amounts are not converted.");
        return Err(row.fault(F::Currency, wrong));
    }
    let has_costs = [F::Cost, F::CostCents].into_iter().any(|field| !row.columns.places(field).is_empty());
    if has_costs && cost.is_none() {
        return Err(row.fault(F::Cost, Wrong("the cell is empty", "Fill it in, or leave the row out.")));
    }
    Ok(cost)
}
