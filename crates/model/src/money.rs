//! Exact money: integers of 10⁻¹² US dollars. USD per million tokens × 10⁶ is a whole number of them per token,
//! so a call's cost and a year's sum have no rounding at all.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Pico-dollars (10⁻¹² USD). In JSON a string of decimal digits, because JavaScript's numbers end at 2⁵³.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PicoUsd(pub i128);

/// A price text that is no plain decimal number with at most six places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal price with at most six places")]
pub struct PriceError;

impl PicoUsd {
    /// One US dollar.
    pub const ONE_USD: i128 = 1_000_000_000_000;

    /// Price of one token from a catalogue's "USD per 1,000,000 tokens" text, such as `"0.075"` → 75 000.
    ///
    /// # Errors
    /// When the text is not a plain decimal number, or has more than six places.
    pub fn per_token(usd_per_million: &str) -> Result<Self, PriceError> {
        let (whole, fraction) = usd_per_million.split_once('.').unwrap_or((usd_per_million, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 12 || fraction.len() > 6 || !digits(whole) || !digits(fraction) {
            return Err(PriceError);
        }
        format!("{whole}{fraction:0<6}").parse().map(Self).map_err(|_| PriceError)
    }

    /// An amount that a program wrote as a number of dollars: exactly its decimal digits. `None` for a negative one, and for
    /// digits behind the twelfth place.
    pub fn from_usd(usd: f64) -> Option<Self> {
        // Rust writes the shortest digits that are this number, never with an exponent.
        let text = format!("{usd}");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 15 || fraction.len() > 12 || !digits(whole) || !digits(fraction)
        {
            return None;
        }
        format!("{whole}{fraction:0<12}").parse().map(Self).ok()
    }

    /// The nearest number of dollars, for programs that read no exact ones.
    pub fn usd(self) -> f64 {
        self.0 as f64 / Self::ONE_USD as f64
    }

    /// Cost of a number of tokens at this price per token.
    pub fn times(self, tokens: u64) -> Self {
        Self(self.0.saturating_mul(i128::from(tokens)))
    }

    /// Sum, saturating far outside any real amount of money.
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// For people: `$280.96`; below one dollar four significant digits (`$0.8680`, `$0.005530`); `$1,284.50`.
    pub fn display(self) -> String {
        crate::writing::dollars(&self.english())
    }

    /// With all of its digits: `$280.96`, `$0.0005375`, `$1,284.500000000001`.
    pub fn exact(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (pico, one) = (self.0.unsigned_abs(), Self::ONE_USD.unsigned_abs());
        let places = format!("{:012}", pico % one);
        let cents = places.trim_end_matches('0').len().max(2);
        let whole = crate::text::field_digits(pico / one);
        crate::writing::dollars(&format!("{sign}${whole}.{}", &places[..cents]))
    }

    fn english(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let pico = self.0.unsigned_abs();
        if pico == 0 {
            return "$0.00".to_owned();
        }
        let one = Self::ONE_USD.unsigned_abs();
        if pico < one {
            // Digits after the leading zeros, four of them, but never beyond the twelfth place.
            let leading = 12 - pico.ilog10() as usize - 1;
            let places = (leading + 4).min(12);
            let step = 10u128.pow(12 - places as u32);
            let rounded = (pico + step / 2) / step;
            if rounded >= 10u128.pow(places as u32) {
                return format!("{sign}$1.00");
            }
            return format!("{sign}$0.{rounded:0places$}");
        }
        let cents = (pico + one / 200) / (one / 100);
        format!("{sign}${}.{:02}", crate::text::field_digits(cents / 100), cents % 100)
    }
}

impl Serialize for PicoUsd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for PicoUsd {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|_| de::Error::custom("not an amount of pico-dollars"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gpt_4o_mini_call_of_1000_and_500_tokens_costs_45_hundred_thousandths_of_a_dollar() {
        let input = PicoUsd::per_token("0.15").unwrap().times(1000);
        let output = PicoUsd::per_token("0.60").unwrap().times(500);
        assert_eq!(input.plus(output), PicoUsd(450_000_000));
        assert_eq!(input.plus(output).display(), "$0.0004500");
    }

    #[test]
    fn a_number_of_dollars_is_its_decimal_digits_and_comes_back() {
        for (usd, pico) in
            [(0.1, 100_000_000_000), (12.5, 12_500_000_000_000), (1e7, 10_i128.pow(19)), (1e-12, 1)]
        {
            assert_eq!(PicoUsd::from_usd(usd), Some(PicoUsd(pico)), "{usd}");
            assert_eq!(PicoUsd(pico).usd(), usd);
        }
        for usd in [-1.0, 1e-13, 1e300, f64::NAN, f64::INFINITY] {
            assert_eq!(PicoUsd::from_usd(usd), None, "{usd}");
        }
    }

    #[test]
    fn prices_that_are_not_plain_decimals_are_refused() {
        for text in ["", ".5", "-1", "1e3", "0.1234567", "1,5", " 1", "٣", "9999999999999"] {
            assert_eq!(PicoUsd::per_token(text), Err(PriceError), "{text}");
        }
    }

    #[test]
    fn an_exact_amount_has_all_of_its_digits() {
        for (pico, shown) in [
            (0, "$0.00"),
            (1, "$0.000000000001"),
            (280_960_000_000_000, "$280.96"),
            (537_500_000, "$0.0005375"),
            (1_284_500_000_000_001, "$1,284.500000000001"),
            (-3_100_000_000_000, "-$3.10"),
        ] {
            assert_eq!(PicoUsd(pico).exact(), shown);
        }
    }

    #[test]
    fn amounts_read_as_the_style_guide_has_them() {
        for (pico, shown) in [
            (280_960_000_000_000, "$280.96"),
            (868_000_000_000, "$0.8680"),
            (5_530_000_000, "$0.005530"),
            (1_284_500_000_000_000, "$1,284.50"),
            (999_999_999_999, "$1.00"),
            (1, "$0.000000000001"),
            (0, "$0.00"),
        ] {
            assert_eq!(PicoUsd(pico).display(), shown);
        }
    }

    #[test]
    fn json_keeps_every_digit() {
        let amount = PicoUsd(i128::from(u64::MAX) * 1000);
        let json = serde_json::to_string(&amount).unwrap();
        assert_eq!(json, "\"18446744073709551615000\"");
        assert_eq!(serde_json::from_str::<PicoUsd>(&json).unwrap(), amount);
    }
}
