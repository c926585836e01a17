//! Which calls are behind a mark: what the log of calls is narrowed to when a bar is opened.

use model::{
    ProviderType,
    budgets::BudgetScope,
    statistics::{CallFilter, Grouping, UsageFilter},
};

use super::{
    cause::cause,
    figures::{Budget, Figures, GroupFigures, ProviderFigures, Totals},
    plans::{Chart, called, vendor_name},
    range::{Span, Stride, Time},
};
use crate::t;

/// Calls to look at. What is nothing does not narrow.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    /// On these days, or in this hour.
    pub time: Time,
    /// Of a vendor.
    pub vendor: Option<ProviderType>,
    /// Of a configuration and a model that it was asked for.
    pub provider: Option<Asked>,
    /// Of a task; calls without one have no name.
    pub task: Option<Option<String>>,
    /// That failed by a cause; an empty one is any.
    pub error: Option<String>,
    /// Of a row of another grouping: by what, and which.
    pub group: Option<(Grouping, GroupFigures)>,
    /// Of the rows of a chart that are too small for a bar of their own, and how many they are.
    pub others: Option<(Chart, usize)>,
    /// What the budget that is drawn counts, whatever else was chosen.
    pub budget: bool,
}

/// A configuration and a model that it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The configuration's number.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// The model; nothing where it was asked for no other one.
    pub model: Option<String>,
}

impl Behind {
    fn in_time(time: Time) -> Self {
        Self {
            time,
            vendor: None,
            provider: None,
            task: None,
            error: None,
            group: None,
            others: None,
            budget: false,
        }
    }

    fn on(span: Span) -> Self {
        Self::in_time(Time::of(span))
    }

    /// All calls of the days that are looked at.
    pub fn all(figures: &Figures) -> Self {
        Self::on(figures.span)
    }

    /// The calls of a row of another grouping.
    pub fn group(figures: &Figures, by: Grouping, group: &GroupFigures) -> Self {
        Self { group: Some((by, group.clone())), ..Self::on(figures.span) }
    }

    /// The calls that a budget counts on some days.
    fn spent(budget: &Budget, span: Span) -> Self {
        let name = || budget.name.clone().unwrap_or_default();
        let of = match &budget.scope {
            BudgetScope::Whole => Self::on(span),
            BudgetScope::Config(number) => {
                let asked = Asked { number: *number, name: name(), model: None };
                Self { provider: Some(asked), ..Self::on(span) }
            }
            BudgetScope::Task(task) => Self { task: Some(Some(task.clone())), ..Self::on(span) },
            BudgetScope::User(user) => {
                let totals = Totals::NONE;
                let group = GroupFigures { key: user.clone(), name: name(), now: totals, before: totals };
                Self { group: Some((Grouping::User, group)), ..Self::on(span) }
            }
        };
        Self { budget: true, ..of }
    }

    /// The calls of a configuration in the last 30 days, as its row counts them.
    pub fn provider(figures: &Figures, provider: &ProviderFigures) -> Self {
        let number = provider.number;
        // The log of an early version does not say the model, and all of its calls belong here, too.
        let several = figures.providers.iter().filter(|one| one.number == number).count() > 1;
        let model = several.then(|| provider.model.clone());
        let asked = Asked { number, name: provider.name.clone(), model };
        Self { provider: Some(asked), ..Self::on(figures.month()) }
    }

    /// The calls of the rows that a chart shows as one, as many as these figures have.
    pub fn others(figures: &Figures, chart: Chart) -> Self {
        let span = if chart == Chart::Compared { figures.month() } else { figures.span };
        Self { others: Some((chart, small(figures, chart).len())), ..Self::on(span) }
    }

    /// What the log is narrowed to: what the mark stands for, of the calls that were chosen. Nothing where the figures do
    /// not have these days.
    pub fn filter(&self, figures: &Figures, chosen: &UsageFilter) -> Option<CallFilter> {
        let (from, to) = match self.budget {
            true => figures.budget.as_ref()?.between(self.time.days)?,
            false => figures.between(self.time)?,
        };
        let of_vendor = |vendor| figures.vendors.iter().find(|one| one.vendor == vendor);
        let (statuses, errors) = match self.error.as_deref() {
            Some("") => (vec!["error".to_owned(), "timeout".to_owned()], Vec::new()),
            error => (Vec::new(), error.map(str::to_owned).into_iter().collect()),
        };
        let mut usage = UsageFilter {
            providers: match (&self.provider, self.vendor) {
                (Some(asked), _) => vec![asked.number],
                (None, vendor) => vendor
                    .map_or_else(|| Some(Vec::new()), |vendor| Some(of_vendor(vendor)?.numbers.clone()))?,
            },
            models: self.provider.iter().filter_map(|asked| asked.model.clone()).collect(),
            tasks: self.task.iter().map(|task| task.clone().unwrap_or_default()).collect(),
            statuses,
            errors,
            ..UsageFilter::default()
        };
        if let Some((by, group)) = &self.group {
            let list = match by {
                Grouping::Model => &mut usage.models,
                Grouping::Task => &mut usage.tasks,
                Grouping::User => &mut usage.users,
                Grouping::Status | Grouping::Provider | Grouping::ProviderType => &mut usage.statuses,
            };
            *list = vec![group.key.clone()];
        }
        if let Some((chart, _)) = self.others {
            name_small(&mut usage, figures, chart)?;
        }
        let usage = if self.budget { usage } else { within(usage, chosen)? };
        Some(CallFilter { from: Some(from), to: Some(to), usage, ..CallFilter::default() })
    }

    /// In words: `19 Nov, Claude`.
    pub fn words(&self) -> String {
        let task = self.task.as_ref().map(|task| task.clone().unwrap_or_else(|| t!("without-task")));
        let error = self.error.as_deref().map(|class| match class {
            "" => t!("failed-ones"),
            class => cause(class),
        });
        let provider = self.provider.as_ref().map(|asked| match &asked.model {
            Some(model) => format!("{} ({model})", asked.name),
            None => asked.name.clone(),
        });
        let group = self.group.as_ref().map(|(_, group)| group.name.clone());
        let others = self.others.map(|(_, count)| t!("others", count = count));
        let narrowed = [self.vendor.map(vendor_name), provider, task, error, group, others];
        [Some(self.time.words())].into_iter().chain(narrowed).flatten().collect::<Vec<_>>().join(", ")
    }

    /// The calls behind a stop of a chart, and behind one of its series where that was clicked. What stands for several
    /// rows, or for days to come, has none of its own.
    pub fn mark(figures: &Figures, chart: Chart, stop: usize, series: &[usize]) -> Option<Self> {
        let step = || figures.steps.get(stop).map(|step| Self::in_time(step.time));
        match chart {
            Chart::Cost => Some(Self {
                vendor: series.first().and_then(|place| Some(figures.vendors.get(*place)?.vendor)),
                ..step()?
            }),
            Chart::Tokens | Chart::Latency => step(),
            Chart::Success => step().map(|step| Self { error: Some(String::new()), ..step }),
            Chart::Budget => {
                let budget = figures.budget.as_ref()?;
                let step = budget.span.steps(Stride::Day).get(stop).copied()?;
                (step.first <= figures.today).then(|| Self::spent(budget, step))
            }
            Chart::Errors | Chart::Tasks | Chart::Compared => match drawn(figures, chart).get(stop)?[..] {
                [place] => Self::row(figures, chart, place),
                _ => Some(Self::others(figures, chart)),
            },
        }
    }

    /// The calls of a row of a chart's data.
    fn row(figures: &Figures, chart: Chart, place: usize) -> Option<Self> {
        match chart {
            Chart::Errors => {
                let (cause, _) = figures.errors.get(place)?;
                Some(Self { error: Some(cause.clone()), ..Self::on(figures.span) })
            }
            Chart::Tasks => {
                let (task, _) = figures.tasks.get(place)?;
                Some(Self { task: Some(task.clone()), ..Self::on(figures.span) })
            }
            _ => {
                let provider = called(figures).get(place)?.provider;
                let asked = Asked { number: provider.number, name: provider.name.clone(), model: None };
                Some(Self { provider: Some(asked), ..Self::on(figures.month()) })
            }
        }
    }
}

/// Which rows of its data each bar of a chart of rows is.
fn drawn(figures: &Figures, chart: Chart) -> Vec<Vec<usize>> {
    let bars = chart.draw(figures, 632.0).stops.into_iter();
    bars.filter_map(|mut bar| bar.readings.drain(..).next()).map(|reading| reading.series).collect()
}

/// The rows that are one bar.
fn small(figures: &Figures, chart: Chart) -> Vec<usize> {
    drawn(figures, chart).into_iter().find(|rows| rows.len() > 1).unwrap_or_default()
}

/// Each of them by its name. Nothing where there are none any more, for then nothing would be narrowed.
fn name_small(usage: &mut UsageFilter, figures: &Figures, chart: Chart) -> Option<()> {
    let rows = small(figures, chart).into_iter().filter_map(|place| Behind::row(figures, chart, place));
    let before = usage.clone();
    for row in rows {
        usage.tasks.extend(row.task.map(Option::unwrap_or_default));
        usage.errors.extend(row.error);
        usage.providers.extend(row.provider.map(|asked| asked.number));
    }
    (*usage != before).then_some(())
}

/// A mark is drawn from chosen calls alone: where it says nothing itself, what was chosen holds. Nothing where no call can be
/// both.
fn within(mark: UsageFilter, chosen: &UsageFilter) -> Option<UsageFilter> {
    fn both<T: Clone + PartialEq>(mark: Vec<T>, chosen: &[T]) -> Option<Vec<T>> {
        if mark.is_empty() {
            return Some(chosen.to_vec());
        }
        let common: Vec<T> =
            mark.into_iter().filter(|one| chosen.is_empty() || chosen.contains(one)).collect();
        (!common.is_empty()).then_some(common)
    }
    Some(UsageFilter {
        providers: both(mark.providers, &chosen.providers)?,
        tasks: both(mark.tasks, &chosen.tasks)?,
        users: both(mark.users, &chosen.users)?,
        statuses: both(mark.statuses, &chosen.statuses)?,
        models: both(mark.models, &chosen.models)?,
        errors: both(mark.errors, &chosen.errors)?,
    })
}

#[cfg(test)]
mod tests {
    use charts::Cost;
    use model::PicoUsd;

    use super::{super::figures::tests::figures, *};

    #[test]
    fn a_bar_opens_the_calls_of_its_day_and_vendor() {
        let figures = figures();
        let day = |stop: usize| figures.steps[stop].time;
        let whole = Behind::mark(&figures, Chart::Cost, 5, &[]).unwrap();
        assert_eq!((whole.time, whole.vendor), (day(5), None));
        // The house's order, not the one in which bars lie on each other.
        let claude = Behind::mark(&figures, Chart::Cost, 29, &[1]).unwrap();
        assert_eq!((claude.time, claude.vendor), (day(29), Some(ProviderType::Claude)));
    }

    #[test]
    fn a_row_opens_its_own_calls_wherever_it_is_ranked() {
        let mut figures = figures();
        figures.errors.reverse();
        let first = Behind::mark(&figures, Chart::Errors, 0, &[]).unwrap();
        assert_eq!(first.error.as_deref(), Some("rate_limit"));
        let task = Behind::mark(&figures, Chart::Tasks, 1, &[]).unwrap();
        assert_eq!(task.task, Some(None));
        let provider = Behind::mark(&figures, Chart::Compared, 0, &[]).unwrap();
        assert_eq!(provider.provider.unwrap().number, figures.providers[1].number);
    }

    #[test]
    fn the_log_is_narrowed_to_what_the_bar_stands_for() {
        let figures = figures();
        let filter =
            |behind: Option<Behind>| behind.unwrap().filter(&figures, &UsageFilter::default()).unwrap();
        let claude = filter(Behind::mark(&figures, Chart::Cost, 29, &[1]));
        assert_eq!((claude.from, claude.to), (Some(figures.instants[29]), Some(figures.instants[30])));
        assert_eq!(claude.usage.providers, [2, 3]);
        let failed = filter(Behind::mark(&figures, Chart::Success, 3, &[]));
        assert_eq!(failed.usage.statuses, ["error", "timeout"]);
        let cause = filter(Behind::mark(&figures, Chart::Errors, 0, &[]));
        assert_eq!(
            (cause.from, cause.usage.errors),
            (Some(figures.instants[0]), vec!["rate_limit".to_owned()])
        );
        let without_task = Behind::mark(&figures, Chart::Tasks, 1, &[]);
        assert_eq!(without_task.as_ref().unwrap().words(), "25 Oct to 23 Nov, No task");
        assert_eq!(filter(without_task).usage.tasks, [""]);
    }

    #[test]
    fn a_configuration_that_was_asked_for_two_models_is_narrowed_to_one() {
        let mut figures = figures();
        let filter = |figures: &Figures| {
            Behind::provider(figures, &figures.providers[1]).filter(figures, &UsageFilter::default()).unwrap()
        };
        assert_eq!((filter(&figures).usage.providers, filter(&figures).usage.models), (vec![2], Vec::new()));
        figures.providers[2].number = 2;
        assert_eq!(filter(&figures).usage.models, ["claude-sonnet-5"]);
    }

    #[test]
    fn a_row_opens_the_thirty_days_that_it_counts_whatever_days_are_looked_at() {
        let mut figures = figures();
        figures.month_from = model::Timestamp(7);
        figures.span.first = figures.today.plus(-6);
        figures.steps.drain(..23);
        figures.instants.drain(..23);
        let behind = Behind::provider(&figures, &figures.providers[1]);
        let filter = behind.filter(&figures, &UsageFilter::default()).unwrap();
        assert_eq!((filter.from, filter.to), (Some(figures.month_from), figures.instants.last().copied()));
        assert_eq!(behind.words(), "25 Oct to 23 Nov, Claude Production");
    }

    #[test]
    fn what_was_chosen_holds_for_the_calls_behind_a_mark() {
        let figures = figures();
        let chosen = UsageFilter {
            providers: vec![3],
            users: vec!["u".to_owned()],
            statuses: vec!["success".to_owned(), "error".to_owned()],
            ..UsageFilter::default()
        };
        let usage = |behind: Option<Behind>| behind.unwrap().filter(&figures, &chosen).unwrap().usage;
        let claude = usage(Behind::mark(&figures, Chart::Cost, 29, &[1]));
        assert_eq!((claude.providers, claude.users), (vec![3], vec!["u".to_owned()]));
        assert_eq!(usage(Behind::mark(&figures, Chart::Success, 3, &[])).statuses, ["error"]);
        let chosen = UsageFilter { statuses: vec!["success".to_owned()], ..chosen };
        let failed = Behind::mark(&figures, Chart::Success, 3, &[]).unwrap();
        assert_eq!(failed.filter(&figures, &chosen), None);
    }

    #[test]
    fn a_row_of_another_grouping_opens_its_calls() {
        let figures = figures();
        let row = |key: &str| GroupFigures {
            key: key.to_owned(),
            name: format!("the {key}"),
            now: figures.now,
            before: figures.before,
        };
        let of = |by, key| {
            let behind = Behind::group(&figures, by, &row(key));
            (behind.words(), behind.filter(&figures, &UsageFilter::default()).unwrap().usage)
        };
        let (words, usage) = of(Grouping::User, "u");
        assert_eq!((words.as_str(), usage.users), ("25 Oct to 23 Nov, the u", vec!["u".to_owned()]));
        assert_eq!(of(Grouping::Model, "m").1.models, ["m"]);
        assert_eq!(of(Grouping::Task, "t").1.tasks, ["t"]);
        assert_eq!(of(Grouping::Status, "timeout").1.statuses, ["timeout"]);
    }

    #[test]
    fn a_day_of_a_budget_opens_the_calls_that_it_counts() {
        let mut figures = figures();
        let filter = |figures: &Figures| {
            let behind = Behind::mark(figures, Chart::Budget, 2, &[]).unwrap();
            // What was chosen narrows the charts of calls; a budget counts all that it is for.
            let chosen = UsageFilter { providers: vec![77], ..UsageFilter::default() };
            let filter = behind.filter(figures, &chosen).unwrap();
            let days = &figures.budget.as_ref().unwrap().instants;
            assert_eq!((filter.from, filter.to), (Some(days[2]), Some(days[3])));
            filter.usage
        };
        for (scope, right) in [
            (BudgetScope::Whole, UsageFilter::default()),
            (BudgetScope::Config(2), UsageFilter { providers: vec![2], ..UsageFilter::default() }),
            (
                BudgetScope::Task("cv".to_owned()),
                UsageFilter { tasks: vec!["cv".to_owned()], ..UsageFilter::default() },
            ),
            (
                BudgetScope::User("u".to_owned()),
                UsageFilter { users: vec!["u".to_owned()], ..UsageFilter::default() },
            ),
        ] {
            figures.budget = Some(Budget {
                scope,
                name: Some("one".to_owned()),
                // Of this month, while last year's days are looked at.
                span: Span { first: figures.today.plus(-22), last: figures.today.plus(7) },
                amount: model::PicoUsd(9),
                spent: Vec::new(),
                total: model::PicoUsd(0),
                unpriced: 0,
                forecast: None,
                zone: "UTC".to_owned(),
                instants: (0..31).map(model::Timestamp).collect(),
            });
            assert_eq!(filter(&figures), right);
        }
    }

    #[test]
    fn the_bar_of_the_smallest_opens_the_calls_of_all_of_them_and_of_no_other() {
        let mut figures = figures();
        let one = PicoUsd(PicoUsd::ONE_USD);
        figures.tasks =
            (1..=20).map(|place| (Some(format!("t{place:02}")), Cost::of(PicoUsd(one.0 * place)))).collect();
        figures.errors = (1..=20).map(|place| (format!("e{place:02}"), place)).collect();
        let provider = figures.providers[0].clone();
        let month =
            |dollars: i64| Totals { cost: Cost::of(PicoUsd(one.0 * i128::from(dollars))), ..provider.month };
        figures.providers = (1..=20)
            .map(|number| ProviderFigures { number, month: month(number), ..provider.clone() })
            .collect();
        let opened = |figures: &Figures, chart: Chart| {
            let behind = Behind::mark(figures, chart, 11, &[]).unwrap();
            assert_eq!(behind.words(), "25 Oct to 23 Nov, 9 others");
            behind.filter(figures, &UsageFilter::default()).unwrap().usage
        };
        let named = |kind: char| (1..=9).rev().map(|place| format!("{kind}{place:02}")).collect::<Vec<_>>();
        assert_eq!(opened(&figures, Chart::Tasks).tasks, named('t'));
        assert_eq!(opened(&figures, Chart::Errors).errors, named('e'));
        let providers = opened(&figures, Chart::Compared);
        assert_eq!((providers.providers, providers.models), ((1..=9).rev().collect(), Vec::<String>::new()));
        let chosen =
            UsageFilter { tasks: vec!["t03".to_owned(), "t20".to_owned()], ..UsageFilter::default() };
        let behind = Behind::mark(&figures, Chart::Tasks, 11, &[]).unwrap();
        assert_eq!(behind.filter(&figures, &chosen).unwrap().usage.tasks, ["t03"]);
        figures.tasks.truncate(3);
        assert_eq!(behind.filter(&figures, &UsageFilter::default()), None, "there are no others any more");
    }

    #[test]
    fn what_is_not_there_opens_nothing() {
        let figures = figures();
        assert_eq!(Behind::mark(&figures, Chart::Cost, 30, &[]), None);
        assert_eq!(Behind::mark(&figures, Chart::Budget, 0, &[]), None);
        assert_eq!(Behind::mark(&figures, Chart::Errors, 7, &[]), None);
    }
}
