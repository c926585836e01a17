//! What of one configuration is otherwise in the next bundle, each with what it was and what it will be.

use model::{PicoUsd, bundles::BundleField, limits::LimitKind};

use super::One;

impl One {
    /// In the order in which they are shown.
    pub(super) fn fields(&self, then: &Self) -> Vec<BundleField> {
        let text = |of: fn(&One) -> &String, field: fn(String, String) -> BundleField| {
            let (before, after) = (of(self), of(then));
            (before != after).then(|| field(before.clone(), after.clone()))
        };
        let whole = |kind: LimitKind, of: fn(&One) -> Option<u64>| {
            let (before, after) = (of(self), of(then));
            (before != after).then_some(BundleField::Limit { kind, before, after })
        };
        let cost = |kind: LimitKind, of: fn(&One) -> Option<PicoUsd>| {
            let (before, after) = (of(self), of(then));
            (before != after).then_some(BundleField::CostLimit { kind, before, after })
        };
        let key = (self.has_key, self.key_entered_at) != (then.has_key, then.key_entered_at);
        let rest = |one: &Self| (one.calls.timeout_s, one.calls.retries, one.calls.quality);
        let fields = [
            text(|one| &one.name, |before, after| BundleField::Name { before, after }),
            text(|one| &one.model, |before, after| BundleField::Model { before, after }),
            text(|one| &one.base_url, |before, after| BundleField::BaseUrl { before, after }),
            key.then_some(BundleField::Key),
            (self.is_active != then.is_active).then_some(BundleField::Active(then.is_active)),
            whole(LimitKind::DailyTokens, |one| one.limits[0]),
            whole(LimitKind::MonthlyTokens, |one| one.limits[1]),
            cost(LimitKind::DailyCost, |one| one.calls.daily_cost_limit),
            cost(LimitKind::MonthlyCost, |one| one.calls.monthly_cost_limit),
            whole(LimitKind::RequestsPerMinute, |one| one.calls.requests_per_minute.map(u64::from)),
            whole(LimitKind::TokensPerMinute, |one| one.calls.tokens_per_minute),
            whole(LimitKind::ConcurrentCalls, |one| one.calls.concurrent_calls.map(u64::from)),
            (self.calls.price != then.calls.price).then_some(BundleField::Prices),
            (rest(self) != rest(then)).then_some(BundleField::Settings),
        ];
        fields.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use model::{
        ProviderId, ProviderType,
        limits::{CallSettings, OwnPrice},
    };
    use uuid::Uuid;

    use super::*;

    fn one() -> One {
        One {
            id: ProviderId(Uuid::from_u128(7)),
            name: "One".into(),
            provider_type: ProviderType::OpenAi,
            model: "gpt-4o".into(),
            base_url: "https://api.openai.com/v1".into(),
            is_active: true,
            limits: [Some(1_000), None],
            calls: CallSettings::default(),
            has_key: true,
            key_entered_at: None,
        }
    }

    #[test]
    fn what_stays_is_not_said_and_what_changes_is_said_with_both_values() {
        assert_eq!(one().fields(&one()), []);
        let calls = CallSettings {
            daily_cost_limit: Some(PicoUsd(5)),
            concurrent_calls: Some(2),
            ..Default::default()
        };
        let then =
            One { model: "gpt-4o-mini".into(), limits: [None, Some(9)], calls, is_active: false, ..one() };
        let fields = one().fields(&then);
        let limit = |kind, before, after| BundleField::Limit { kind, before, after };
        let expected = [
            BundleField::Model { before: "gpt-4o".into(), after: "gpt-4o-mini".into() },
            BundleField::Active(false),
            limit(LimitKind::DailyTokens, Some(1_000), None),
            limit(LimitKind::MonthlyTokens, None, Some(9)),
            BundleField::CostLimit { kind: LimitKind::DailyCost, before: None, after: Some(PicoUsd(5)) },
            limit(LimitKind::ConcurrentCalls, None, Some(2)),
        ];
        assert_eq!(fields, expected);
    }

    #[test]
    fn prices_and_what_else_is_set_have_words_of_their_own() {
        let price = OwnPrice {
            input_usd_per_mtok: "0.1".into(),
            output_usd_per_mtok: "0.4".into(),
            cached_input_usd_per_mtok: None,
        };
        let with = |calls| One { calls, ..one() };
        let priced = with(CallSettings { price: Some(price), ..Default::default() });
        assert_eq!(one().fields(&priced), [BundleField::Prices]);
        let patient = with(CallSettings { timeout_s: Some(30), ..Default::default() });
        assert_eq!(one().fields(&patient), [BundleField::Settings]);
    }
}
