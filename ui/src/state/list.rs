//! Which providers are shown, in which groups and order, and what the header counts of them.

use std::cmp::Ordering;

use model::{PicoUsd, ProviderId, ProviderType, ProviderView, TaskName, provider::ProviderList};

use crate::t;

/// Slower than this, a working provider needs attention, in milliseconds.
pub const SLOW_MS: u64 = 5_000;

/// What narrows and orders the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words that all have to occur in name, model or tasks.
    pub search: String,
    /// One type only.
    pub provider_type: Option<ProviderType>,
    /// One state only.
    pub status: Option<Status>,
    /// One task only.
    pub task: Option<TaskFilter>,
    /// Order inside each type.
    pub sort: Sort,
}

/// A state to filter by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Routes may use it.
    Active,
    /// Serves tasks without a holder.
    Default,
    /// Routes may not use it.
    Off,
    /// See [`needs_attention`].
    Attention,
}

/// A task to filter by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskFilter {
    /// Holds the first place of this one.
    Holds(TaskName),
    /// Holds none.
    None,
}

/// Where a configuration goes by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// One place up.
    Up,
    /// One place down.
    Down,
    /// To the place of this one.
    To(ProviderId),
}

/// The order inside each type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub by: Column,
    /// Largest, latest or last in the alphabet first.
    pub descending: bool,
}

/// A column that can be sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// Display name.
    #[default]
    Name,
    /// Default, active, off.
    Status,
    /// Never tested, failed, then by latency.
    LastTest,
    /// Number of tasks.
    Tasks,
    /// Tokens since midnight.
    Today,
    /// Known cost of seven days.
    Cost,
    /// As a person ordered them by hand. No column has it.
    Own,
}

/// The cost of some days, as far as it is known. An unknown price is never shown as zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// There was nothing to pay for.
    NoCalls,
    /// No call has a known price.
    Unknown,
    /// Some calls have no known price; they are not in the sum.
    Partly(PicoUsd),
    /// Every call has a known price.
    Known(PicoUsd),
}

/// The rows of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The type.
    pub provider_type: ProviderType,
    /// Places in the list, in the order of rows.
    pub rows: Vec<usize>,
    /// Cost of seven days of the rows.
    pub cost: Cost,
}

/// What the header says of all providers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Configured.
    pub providers: usize,
    /// Of these, active.
    pub active: usize,
    /// Tokens since midnight UTC.
    pub tokens_today: u64,
    /// Known cost since midnight UTC.
    pub cost_today: PicoUsd,
    /// How many calls since then have no known cost.
    pub unpriced_today: u64,
    /// How many need attention.
    pub attention: usize,
}

impl Query {
    /// Whether anything narrows the list.
    pub fn narrows(&self) -> bool {
        !self.search.trim().is_empty()
            || self.provider_type.is_some()
            || self.status.is_some()
            || self.task.is_some()
    }

    /// The groups that are shown, in the fixed order of types, none of them empty.
    pub fn groups(&self, list: &ProviderList) -> Vec<Group> {
        let words: Vec<String> = self.search.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let shown = |provider: &ProviderView| self.admits(provider) && contains_all(provider, &words);
        let group = |provider_type| {
            let places = list.providers.iter().enumerate();
            let wanted =
                places.filter(|(_, provider)| provider.provider_type == provider_type && shown(provider));
            let mut rows: Vec<usize> = wanted.map(|(place, _)| place).collect();
            self.sort.order(list, &mut rows);
            let cost = total_cost(rows.iter().map(|&place| &list.providers[place]));
            Group { provider_type, rows, cost }
        };
        ProviderType::ALL.map(group).into_iter().filter(|group| !group.rows.is_empty()).collect()
    }

    fn admits(&self, provider: &ProviderView) -> bool {
        let status = self.status.is_none_or(|status| match status {
            Status::Active => provider.is_active,
            Status::Default => provider.is_default,
            Status::Off => !provider.is_active,
            Status::Attention => needs_attention(provider),
        });
        let task = self.task.as_ref().is_none_or(|task| match task {
            TaskFilter::Holds(name) => provider.tasks.contains(name),
            TaskFilter::None => provider.tasks.is_empty(),
        });
        status && task && self.provider_type.is_none_or(|wanted| wanted == provider.provider_type)
    }
}

impl Sort {
    /// The order after a click on a column's header: the same column turns around.
    pub fn clicked(self, by: Column) -> Self {
        let descending = if self.by == by {
            !self.descending
        } else {
            matches!(by, Column::Tasks | Column::Today | Column::Cost)
        };
        Self { by, descending }
    }

    /// Puts places of the list into order; the list itself has the one by hand.
    fn order(self, list: &ProviderList, rows: &mut [usize]) {
        if self.by != Column::Own {
            rows.sort_unstable_by(|&a, &b| self.compare(&list.providers[a], &list.providers[b]));
        }
    }

    /// Everyone in the order that is shown, with one moved to the place of another of its type; `None` where nothing moves.
    pub fn moved(self, list: &ProviderList, id: ProviderId, to: Moved) -> Option<Vec<ProviderId>> {
        let mut rows: Vec<usize> = (0..list.providers.len()).collect();
        self.order(list, &mut rows);
        rows.sort_by_key(|&row| list.providers[row].provider_type);
        let mut ids: Vec<ProviderId> = rows.iter().map(|&row| list.providers[row].id).collect();
        let kind = |id: ProviderId| {
            list.providers.iter().find(|provider| provider.id == id).map(|provider| provider.provider_type)
        };
        let at = ids.iter().position(|one| *one == id)?;
        let place = match to {
            Moved::Up => at.checked_sub(1)?,
            Moved::Down => at + 1,
            Moved::To(other) => ids.iter().position(|one| *one == other)?,
        };
        let other = *ids.get(place)?;
        if place == at || kind(other) != kind(id) {
            return None;
        }
        let moved = ids.remove(at);
        ids.insert(place, moved);
        Some(ids)
    }

    fn compare(self, a: &ProviderView, b: &ProviderView) -> Ordering {
        let by_name = || a.display_name.to_lowercase().cmp(&b.display_name.to_lowercase());
        let order = match self.by {
            Column::Name => by_name(),
            Column::Status => status_rank(a).cmp(&status_rank(b)),
            Column::LastTest => test_rank(a).cmp(&test_rank(b)),
            Column::Tasks => a.tasks.len().cmp(&b.tasks.len()),
            Column::Today => a.usage.tokens_today.cmp(&b.usage.tokens_today),
            Column::Cost => known_cost(a).cmp(&known_cost(b)),
            Column::Own => Ordering::Equal,
        };
        let order = if self.descending { order.reverse() } else { order };
        order.then_with(by_name).then_with(|| a.id.cmp(&b.id))
    }
}

/// Whether a person should look at an active provider: its test failed or was slow, or a limit is nearly used up.
pub fn needs_attention(provider: &ProviderView) -> bool {
    let test = provider.last_test.as_ref();
    let troubled = test.is_some_and(|test| !test.outcome.is_valid() || test.latency_ms >= SLOW_MS);
    let near = |used: u64, limit: Option<u64>| limit.is_some_and(|limit| share(used, limit) >= 80.0);
    let usage = &provider.usage;
    let spent = near(usage.tokens_today, provider.daily_token_limit)
        || near(usage.tokens_this_month, provider.monthly_token_limit);
    provider.is_active && (troubled || spent)
}

impl Totals {
    /// What today costs, in words: what has no known price is never counted as nothing.
    pub fn cost(&self) -> String {
        match (self.unpriced_today, self.cost_today) {
            (0, cost) => cost.display(),
            (count, cost) if cost == PicoUsd::default() => {
                format!("{} {}", t!("unknown"), t!("plus-unknown", count = count))
            }
            (count, cost) => format!("{} {}", cost.display(), t!("plus-unknown", count = count)),
        }
    }
}

/// Percent of a limit that is used, more than 100 when it is exceeded.
pub fn share(used: u64, limit: u64) -> f64 {
    used as f64 / limit.max(1) as f64 * 100.0
}

/// Cost of seven days of one provider.
pub fn cost(provider: &ProviderView) -> Cost {
    total_cost(std::iter::once(provider))
}

/// What the header says of all providers.
pub fn totals(list: &ProviderList) -> Totals {
    list.providers.iter().fold(Totals::default(), |sum, provider| Totals {
        providers: sum.providers + 1,
        active: sum.active + usize::from(provider.is_active),
        tokens_today: sum.tokens_today.saturating_add(provider.usage.tokens_today),
        cost_today: sum.cost_today.plus(provider.usage.cost_today),
        unpriced_today: sum.unpriced_today.saturating_add(provider.usage.unpriced_today),
        attention: sum.attention + usize::from(needs_attention(provider)),
    })
}

fn contains_all(provider: &ProviderView, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let mut text = format!("{}\n{}", provider.display_name, provider.model_name).to_lowercase();
    for task in &provider.tasks {
        text.push('\n');
        text.push_str(task.as_str());
    }
    words.iter().all(|word| text.contains(word.as_str()))
}

fn total_cost<'a>(providers: impl Iterator<Item = &'a ProviderView>) -> Cost {
    let (mut calls, mut priced, mut unpriced, mut sum) = (0u64, 0u64, 0u64, PicoUsd::default());
    for provider in providers {
        calls = calls.saturating_add(provider.usage.calls_7d);
        priced = priced.saturating_add(provider.usage.priced_7d);
        unpriced = unpriced.saturating_add(provider.usage.unpriced_7d);
        sum = sum.plus(known_cost(provider));
    }
    match (calls, priced, unpriced) {
        (0, ..) => Cost::NoCalls,
        (_, 0, _) => Cost::Unknown,
        (.., 0) => Cost::Known(sum),
        _ => Cost::Partly(sum),
    }
}

fn known_cost(provider: &ProviderView) -> PicoUsd {
    provider.usage.cost_by_day.iter().fold(PicoUsd::default(), |sum, day| sum.plus(*day))
}

fn status_rank(provider: &ProviderView) -> u8 {
    match provider {
        ProviderView { is_default: true, .. } => 0,
        ProviderView { is_active: true, .. } => 1,
        _ => 2,
    }
}

fn test_rank(provider: &ProviderView) -> (u8, u64) {
    match &provider.last_test {
        None => (0, 0),
        Some(test) if !test.outcome.is_valid() => (1, 0),
        Some(test) => (2, test.latency_ms),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use model::{ProviderId, TestOutcome, TestReport, Timestamp, provider::RecentUsage};

    use super::*;

    pub(crate) fn provider(number: u8, name: &str, provider_type: ProviderType) -> ProviderView {
        let id: ProviderId = format!("0192b000-0000-7000-8000-0000000000{number:02x}").parse().unwrap();
        ProviderView {
            id,
            number: i64::from(number),
            revision: 1,
            provider_type,
            base_url: "https://api.example".into(),
            allow_insecure_http: false,
            model_name: format!("model-{number}"),
            display_name: name.into(),
            description: String::new(),
            is_active: true,
            is_default: false,
            tasks: Vec::new(),
            daily_token_limit: None,
            monthly_token_limit: None,
            calls: model::limits::CallSettings::default(),
            key_last_four: Some("4f2a".into()),
            has_key: true,
            key_changed_at: None,
            last_test: None,
            created_by: "Admin One".into(),
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
            usage: RecentUsage::default(),
        }
    }

    pub(crate) fn list(providers: Vec<ProviderView>) -> ProviderList {
        ProviderList { providers, tasks: Vec::new(), sample: false }
    }

    pub(crate) fn report(outcome: TestOutcome, latency_ms: u64) -> TestReport {
        TestReport {
            outcome,
            tested_at: Timestamp(0),
            latency_ms,
            http_status: None,
            models_visible: None,
            nearest_models: Vec::new(),
            retry_after_s: None,
            message: String::new(),
            advice: String::new(),
            request_id: None,
        }
    }

    fn three() -> ProviderList {
        let mut off = provider(3, "Sandbox", ProviderType::OpenAi);
        off.is_active = false;
        let mut gemini = provider(2, "Gemini Production", ProviderType::Gemini);
        gemini.tasks.push("extraction".parse().unwrap());
        list(vec![off, provider(1, "OpenAI Production", ProviderType::OpenAi), gemini])
    }

    fn names(query: &Query, list: &ProviderList) -> Vec<String> {
        let groups = query.groups(list);
        groups
            .iter()
            .flat_map(|group| &group.rows)
            .map(|&row| list.providers[row].display_name.clone())
            .collect()
    }

    #[test]
    fn groups_keep_the_fixed_order_of_types() {
        let types: Vec<_> =
            Query::default().groups(&three()).iter().map(|group| group.provider_type).collect();
        assert_eq!(types, [ProviderType::Gemini, ProviderType::OpenAi]);
        assert_eq!(names(&Query::default(), &three()), ["Gemini Production", "OpenAI Production", "Sandbox"]);
    }

    #[test]
    fn every_word_of_a_search_has_to_occur_in_name_model_or_task() {
        let search = |text: &str| names(&Query { search: text.into(), ..Query::default() }, &three());
        assert_eq!(search("PROD"), ["Gemini Production", "OpenAI Production"]);
        assert_eq!(search("prod model-1"), ["OpenAI Production"]);
        assert_eq!(search("extraction"), ["Gemini Production"]);
        assert!(search("prod absent").is_empty());
    }

    #[test]
    fn filters_narrow_together() {
        let query = Query { status: Some(Status::Active), task: Some(TaskFilter::None), ..Query::default() };
        assert_eq!(names(&query, &three()), ["OpenAI Production"]);
        assert!(query.narrows());
    }

    #[test]
    fn a_second_click_on_a_header_turns_the_order_around() {
        let sort = Sort::default().clicked(Column::Name);
        assert_eq!(
            names(&Query { sort, ..Query::default() }, &three()),
            ["Gemini Production", "Sandbox", "OpenAI Production"]
        );
        assert!(sort.clicked(Column::Today).descending);
    }

    #[test]
    fn an_unknown_price_is_never_a_zero() {
        let mut unpriced = provider(1, "Lab", ProviderType::OpenAiCompatible);
        assert_eq!(cost(&unpriced), Cost::NoCalls);
        (unpriced.usage.calls_7d, unpriced.usage.unpriced_7d) = (9, 9);
        assert_eq!(cost(&unpriced), Cost::Unknown);
        let today =
            |unpriced_today, cost| Totals { unpriced_today, cost_today: PicoUsd(cost), ..Totals::default() };
        assert_eq!(today(0, 0).cost(), "$0.00");
        assert_eq!(today(9, 0).cost(), "unknown + 9 unpriced");
        assert_eq!(today(9, 1_500_000_000_000).cost(), "$1.50 + 9 unpriced");
        (unpriced.usage.calls_7d, unpriced.usage.priced_7d) = (10, 1);
        unpriced.usage.cost_by_day[6] = PicoUsd(5);
        assert_eq!(cost(&unpriced), Cost::Partly(PicoUsd(5)));
        // Calls that failed, and for which nothing is charged.
        unpriced.usage.unpriced_7d = 0;
        assert_eq!(cost(&unpriced), Cost::Known(PicoUsd(5)));
    }

    #[test]
    fn attention_is_for_active_providers_that_fail_or_are_slow_or_near_a_limit() {
        let tested = |outcome, latency| {
            let last_test = Some(report(outcome, latency));
            ProviderView { last_test, ..provider(1, "A", ProviderType::OpenAi) }
        };
        assert!(!needs_attention(&tested(TestOutcome::Works, 900)));
        assert!(needs_attention(&tested(TestOutcome::Works, 6_800)));
        assert!(needs_attention(&tested(TestOutcome::KeyRefused, 200)));
        assert!(!needs_attention(&ProviderView { is_active: false, ..tested(TestOutcome::KeyRefused, 200) }));
        let mut near = provider(1, "A", ProviderType::OpenAi);
        (near.daily_token_limit, near.usage.tokens_today) = (Some(100), 80);
        assert!(needs_attention(&near));
    }

    #[test]
    fn one_is_moved_within_its_type_and_nothing_else_moves() {
        let list = list(vec![
            provider(1, "A", ProviderType::OpenAi),
            provider(2, "B", ProviderType::OpenAi),
            provider(3, "C", ProviderType::OpenAi),
            provider(4, "D", ProviderType::Claude),
        ]);
        let ids: Vec<ProviderId> = list.providers.iter().map(|one| one.id).collect();
        let moved = |sort: Sort, at: usize, to| sort.moved(&list, ids[at], to);
        let own = Sort { by: Column::Own, descending: false };
        let order = |places: [usize; 4]| Some(places.map(|place| ids[place]).to_vec());
        assert_eq!(moved(own, 1, Moved::Up), order([1, 0, 2, 3]));
        assert_eq!(moved(own, 0, Moved::Down), order([1, 0, 2, 3]));
        assert_eq!(moved(own, 2, Moved::To(ids[0])), order([2, 0, 1, 3]));
        assert_eq!(moved(own, 0, Moved::To(ids[2])), order([1, 2, 0, 3]));
        // What is shown is what is moved in.
        assert_eq!(moved(Sort { by: Column::Name, descending: true }, 2, Moved::Down), order([1, 2, 0, 3]));
        for (at, to) in [
            (0, Moved::Up),
            (2, Moved::Down),
            (3, Moved::Up),
            (3, Moved::Down),
            (1, Moved::To(ids[1])),
            (1, Moved::To(ids[3])),
        ] {
            assert_eq!(moved(own, at, to), None, "{at} {to:?}");
        }
    }
}
