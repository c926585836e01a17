//! Which of a budget's levels hold.

use model::{
    PicoUsd,
    budgets::{AlertLevel, Forecast},
};

/// Every level that holds, the least urgent first.
pub fn crossed(spent: PicoUsd, amount: PicoUsd, forecast: &Forecast) -> Vec<AlertLevel> {
    let holds = |level: &AlertLevel| match level.percent() {
        Some(percent) => is_reached(spent, amount, percent),
        // The expected end alone would be above it in every second month that ends just below. What is spent needs no
        // forecast.
        None => spent < amount && matches!(forecast, Forecast::Range(range) if range.low > amount),
    };
    AlertLevel::ALL.into_iter().filter(holds).collect()
}

/// In whole numbers, so that the very cent on which a level lies belongs to it.
fn is_reached(spent: PicoUsd, amount: PicoUsd, percent: u8) -> bool {
    spent.0.saturating_mul(100) >= amount.0.saturating_mul(percent.into())
}

#[cfg(test)]
mod tests {
    use model::budgets::ForecastRange;
    use proptest::prelude::*;

    use super::*;

    const BUDGET: PicoUsd = PicoUsd(300 * PicoUsd::ONE_USD);

    fn ending(low: i128) -> Forecast {
        let at = |dollars: i128| PicoUsd(dollars * PicoUsd::ONE_USD);
        Forecast::Range(ForecastRange { low: at(low), expected: at(low + 10), high: at(low + 20) })
    }

    #[test]
    fn a_level_holds_from_its_very_last_unit_on() {
        let spent = PicoUsd(240 * PicoUsd::ONE_USD);
        let before = crossed(PicoUsd(spent.0 - 1), BUDGET, &Forecast::OfNoDay);
        assert_eq!(before, [AlertLevel::Half]);
        assert_eq!(crossed(spent, BUDGET, &Forecast::OfNoDay), [AlertLevel::Half, AlertLevel::MostOfIt]);
        assert_eq!(crossed(BUDGET, BUDGET, &Forecast::OfNoDay).last(), Some(&AlertLevel::All));
    }

    #[test]
    fn the_forecast_tells_only_when_its_whole_range_lies_above() {
        assert_eq!(crossed(PicoUsd(0), BUDGET, &ending(300)), []);
        assert_eq!(crossed(PicoUsd(0), BUDGET, &ending(301)), [AlertLevel::Forecast]);
        assert!(!crossed(BUDGET, BUDGET, &ending(301)).contains(&AlertLevel::Forecast));
        assert_eq!(crossed(PicoUsd(0), BUDGET, &Forecast::TooEarly { days: 13, needed: 14 }), []);
    }

    proptest! {
        #[test]
        fn who_spends_more_never_crosses_less(one in 0..i128::from(i64::MAX), more in 0..i128::from(i64::MAX), amount in 1..i128::from(i64::MAX)) {
            let less = crossed(PicoUsd(one), PicoUsd(amount), &Forecast::OfNoDay);
            let now = crossed(PicoUsd(one + more), PicoUsd(amount), &Forecast::OfNoDay);
            prop_assert!(less.iter().all(|level| now.contains(level)));
            prop_assert!(now.is_sorted());
        }
    }
}
