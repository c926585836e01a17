//! How a configuration is called and its further limits, as people type them. What a number may be is judged by
//! `model`; here only whether it is one.

use model::{
    Field, FieldError, PicoUsd,
    limits::{CallSettings, OwnPrice},
    text,
};

use super::{
    amount::{dollars, plain_decimal},
    limit,
};
use crate::t;

/// The fields in the form's order.
pub const FIELDS: [Field; 11] = [
    Field::Timeout,
    Field::Retries,
    Field::RequestsPerMinute,
    Field::TokensPerMinute,
    Field::ConcurrentCalls,
    Field::DailyCostLimit,
    Field::MonthlyCostLimit,
    Field::Quality,
    Field::InputPrice,
    Field::OutputPrice,
    Field::CachedInputPrice,
];

/// What stands in the fields, in the order of [`FIELDS`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallTexts([String; FIELDS.len()]);

impl CallTexts {
    /// Saved settings as they are shown.
    pub fn of(calls: &CallSettings) -> Self {
        let whole = |number: Option<u64>| number.map(|number| text::field_digits(u128::from(number)));
        let price = calls.price.as_ref();
        let shown = |field| match field {
            Field::Timeout => whole(calls.timeout_s.map(u64::from)),
            Field::Retries => whole(calls.retries.map(u64::from)),
            Field::RequestsPerMinute => whole(calls.requests_per_minute.map(u64::from)),
            Field::TokensPerMinute => whole(calls.tokens_per_minute),
            Field::ConcurrentCalls => whole(calls.concurrent_calls.map(u64::from)),
            Field::DailyCostLimit => calls.daily_cost_limit.map(dollars),
            Field::MonthlyCostLimit => calls.monthly_cost_limit.map(dollars),
            Field::Quality => whole(calls.quality.map(u64::from)),
            Field::InputPrice => price.map(|price| price.input_usd_per_mtok.clone()),
            Field::OutputPrice => price.map(|price| price.output_usd_per_mtok.clone()),
            Field::CachedInputPrice => price.and_then(|price| price.cached_input_usd_per_mtok.clone()),
            _ => None,
        };
        Self(FIELDS.map(|field| shown(field).unwrap_or_default()))
    }

    /// What stands in a field.
    pub fn get(&self, field: Field) -> &str {
        place(field).map_or("", |place| self.0[place].as_str())
    }

    /// Something was typed into a field.
    pub fn set(&mut self, field: Field, typed: String) {
        if let Some(place) = place(field) {
            self.0[place] = typed;
        }
    }

    /// How many fields differ.
    pub fn changes(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).filter(|(one, other)| one != other).count()
    }

    /// Whether a person has set anything.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|typed| typed.trim().is_empty())
    }

    /// The settings that were typed; what is no number is added to `errors` and left out.
    pub fn read(&self, errors: &mut Vec<FieldError>) -> CallSettings {
        let mut keep = |field, result: Result<Option<u64>, String>| {
            result.unwrap_or_else(|message| {
                errors.push(FieldError { field, message });
                None
            })
        };
        // What does not fit is more than any bound allows, so that the bound's own sentence comes.
        let mut small = |field| {
            let number = keep(field, limit::parse(self.get(field)));
            number.map(|number| u32::try_from(number).unwrap_or(u32::MAX))
        };
        let timeout_s = small(Field::Timeout);
        let retries = small(Field::Retries);
        let requests_per_minute = small(Field::RequestsPerMinute);
        let concurrent_calls = small(Field::ConcurrentCalls);
        let quality = small(Field::Quality);
        let tokens_per_minute = keep(Field::TokensPerMinute, limit::parse(self.get(Field::TokensPerMinute)));
        let byte = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
        CallSettings {
            daily_cost_limit: self.amount(Field::DailyCostLimit, errors),
            monthly_cost_limit: self.amount(Field::MonthlyCostLimit, errors),
            requests_per_minute,
            tokens_per_minute,
            concurrent_calls,
            timeout_s,
            retries: retries.map(byte),
            quality: quality.map(byte),
            price: self.price(errors),
        }
    }

    fn amount(&self, field: Field, errors: &mut Vec<FieldError>) -> Option<PicoUsd> {
        let text = self.decimal(field, errors)?;
        // A price per million tokens is 10⁶ times an amount per token.
        PicoUsd::per_token(&text).ok().map(|each| PicoUsd(each.0.saturating_mul(1_000_000)))
    }

    fn price(&self, errors: &mut Vec<FieldError>) -> Option<OwnPrice> {
        let cached_input_usd_per_mtok = self.decimal(Field::CachedInputPrice, errors);
        let both = [Field::InputPrice, Field::OutputPrice];
        let priced =
            both.into_iter().chain([Field::CachedInputPrice]).any(|field| !self.get(field).trim().is_empty());
        if !priced {
            return None;
        }
        for field in both.into_iter().filter(|field| self.get(*field).trim().is_empty()) {
            errors.push(FieldError { field, message: t!("error-price-half") });
        }
        let input_usd_per_mtok = self.decimal(Field::InputPrice, errors);
        let output_usd_per_mtok = self.decimal(Field::OutputPrice, errors);
        Some(OwnPrice {
            input_usd_per_mtok: input_usd_per_mtok?,
            output_usd_per_mtok: output_usd_per_mtok?,
            cached_input_usd_per_mtok,
        })
    }

    fn decimal(&self, field: Field, errors: &mut Vec<FieldError>) -> Option<String> {
        let typed = self.get(field).trim();
        if typed.is_empty() {
            return None;
        }
        let plain = plain_decimal(typed).filter(|text| PicoUsd::per_token(text).is_ok());
        if plain.is_none() {
            errors.push(FieldError { field, message: t!("error-dollars") });
        }
        plain
    }
}

fn place(field: Field) -> Option<usize> {
    FIELDS.iter().position(|one| *one == field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(fields: &[(Field, &str)]) -> CallTexts {
        let mut texts = CallTexts::default();
        fields.iter().for_each(|(field, text)| texts.set(*field, (*text).to_owned()));
        texts
    }

    fn read(texts: &CallTexts) -> Result<CallSettings, Vec<Field>> {
        let mut errors = Vec::new();
        let calls = texts.read(&mut errors);
        if errors.is_empty() { Ok(calls) } else { Err(errors.into_iter().map(|error| error.field).collect()) }
    }

    #[test]
    fn what_was_saved_is_shown_and_read_back_to_the_last_digit() {
        let calls = CallSettings {
            daily_cost_limit: Some(PicoUsd(25_500_000_000_000)),
            monthly_cost_limit: Some(PicoUsd(1_284 * PicoUsd::ONE_USD)),
            requests_per_minute: Some(600),
            tokens_per_minute: Some(1_000_000),
            concurrent_calls: Some(8),
            timeout_s: Some(60),
            retries: Some(0),
            quality: Some(4),
            price: Some(OwnPrice {
                input_usd_per_mtok: "0.075".into(),
                output_usd_per_mtok: "3".into(),
                cached_input_usd_per_mtok: None,
            }),
        };
        let texts = CallTexts::of(&calls);
        assert_eq!(texts.get(Field::DailyCostLimit), "25.5");
        assert_eq!(texts.get(Field::MonthlyCostLimit), "1,284");
        assert_eq!(read(&texts), Ok(calls));
        assert_eq!(read(&CallTexts::default()), Ok(CallSettings::default()));
    }

    #[test]
    fn money_is_read_as_people_write_it_and_never_wrong_by_a_thousand() {
        let cost = |text| read(&typed(&[(Field::DailyCostLimit, text)])).map(|calls| calls.daily_cost_limit);
        let usd = |cents: i128| Ok(Some(PicoUsd(cents * PicoUsd::ONE_USD / 100)));
        assert_eq!(cost("$25"), usd(2_500));
        assert_eq!(cost(" 1,284.50 "), usd(128_450));
        assert_eq!(cost("0.05"), usd(5));
        for text in ["25,50", "1,2845", ",5", "1e3", "-5", "many", "1.2345678", "12,34,567"] {
            assert_eq!(cost(text), Err(vec![Field::DailyCostLimit]), "{text}");
        }
    }

    #[test]
    fn a_price_has_two_sides() {
        let half = typed(&[(Field::OutputPrice, "2.50")]);
        assert_eq!(read(&half), Err(vec![Field::InputPrice]));
        assert_eq!(
            read(&typed(&[(Field::CachedInputPrice, "1")])),
            Err(vec![Field::InputPrice, Field::OutputPrice])
        );
        let whole = typed(&[(Field::InputPrice, "$1.00"), (Field::OutputPrice, "2.50")]);
        assert_eq!(read(&whole).unwrap().price.unwrap().input_usd_per_mtok, "1");
    }

    #[test]
    fn a_number_too_large_for_its_field_meets_the_bound_and_is_not_cut() {
        let calls = read(&typed(&[(Field::Retries, "300"), (Field::Timeout, "99999999999")])).unwrap();
        let faults: Vec<Field> = calls.faults().into_iter().map(|fault| fault.field).collect();
        assert_eq!(faults, [Field::Timeout, Field::Retries]);
    }
}
