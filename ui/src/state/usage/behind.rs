//! Which calls are behind a mark: what the log of calls is narrowed to when a bar is opened.

use model::{
    ProviderType,
    statistics::{CallFilter, UsageFilter},
};

use super::{
    cause::cause,
    figures::{Figures, ProviderFigures},
    plans::{Chart, vendor_name},
    range::Span,
};
use crate::t;

/// Calls to look at. What is nothing does not narrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// On these days.
    pub span: Span,
    /// Of a vendor.
    pub vendor: Option<ProviderType>,
    /// Of a configuration and a model that it was asked for.
    pub provider: Option<Asked>,
    /// Of a task; calls without one have no name.
    pub task: Option<Option<String>>,
    /// That failed by a cause; an empty one is any.
    pub error: Option<String>,
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
    fn on(span: Span) -> Self {
        Self { span, vendor: None, provider: None, task: None, error: None }
    }

    /// The calls of a configuration.
    pub fn provider(figures: &Figures, provider: &ProviderFigures) -> Self {
        let number = provider.number;
        // The log of an early version does not say the model, and all of its calls belong here, too.
        let several = figures.providers.iter().filter(|one| one.number == number).count() > 1;
        let model = several.then(|| provider.model.clone());
        let asked = Asked { number, name: provider.name.clone(), model };
        Self { provider: Some(asked), ..Self::on(figures.span) }
    }

    /// What the log is narrowed to. Nothing where the figures do not have these days.
    pub fn filter(&self, figures: &Figures) -> Option<CallFilter> {
        let (from, to) = figures.between(self.span)?;
        let of_vendor = |vendor| figures.vendors.iter().find(|one| one.vendor == vendor);
        let (statuses, errors) = match self.error.as_deref() {
            Some("") => (vec!["error".to_owned(), "timeout".to_owned()], Vec::new()),
            error => (Vec::new(), error.map(str::to_owned).into_iter().collect()),
        };
        let usage = UsageFilter {
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
        Some(CallFilter { from: Some(from), to: Some(to), usage, request_id: None })
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
        let narrowed = [self.vendor.map(vendor_name), provider, task, error];
        [Some(self.span.words())].into_iter().chain(narrowed).flatten().collect::<Vec<_>>().join(", ")
    }

    /// The calls behind a stop of a chart, and behind one of its series where that was clicked. What stands for several
    /// rows, or for days to come, has none of its own.
    pub fn mark(figures: &Figures, chart: Chart, stop: usize, series: Option<usize>) -> Option<Self> {
        let day = || figures.span.steps().get(stop).copied().map(Self::on);
        let row = || chart.draw(figures, 632.0).stops.get(stop)?.readings.first()?.series;
        match chart {
            Chart::Cost => Some(Self {
                vendor: series.and_then(|place| Some(figures.vendors.get(place)?.vendor)),
                ..day()?
            }),
            Chart::Tokens | Chart::Latency => day(),
            Chart::Success => day().map(|day| Self { error: Some(String::new()), ..day }),
            Chart::Budget => {
                let step = figures.budget.as_ref()?.span.steps().get(stop).copied()?;
                (step.first <= figures.today).then(|| Self::on(step))
            }
            Chart::Errors => {
                let (cause, _) = figures.errors.get(row()?)?;
                Some(Self { error: Some(cause.clone()), ..Self::on(figures.span) })
            }
            Chart::Tasks => {
                let (task, _) = figures.tasks.get(row()?)?;
                Some(Self { task: Some(task.clone()), ..Self::on(figures.span) })
            }
            Chart::Compared => {
                let place = row()?;
                let called = figures.providers.iter().filter(|provider| provider.month.calls > 0);
                called.clone().nth(place).map(|provider| Self::provider(figures, provider))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::figures::tests::figures, *};

    #[test]
    fn a_bar_opens_the_calls_of_its_day_and_vendor() {
        let figures = figures();
        let day = |stop: usize| figures.span.steps()[stop];
        let whole = Behind::mark(&figures, Chart::Cost, 5, None).unwrap();
        assert_eq!((whole.span, whole.vendor), (day(5), None));
        // The house's order, not the one in which bars lie on each other.
        let claude = Behind::mark(&figures, Chart::Cost, 29, Some(1)).unwrap();
        assert_eq!((claude.span, claude.vendor), (day(29), Some(ProviderType::Claude)));
    }

    #[test]
    fn a_row_opens_its_own_calls_wherever_it_is_ranked() {
        let mut figures = figures();
        figures.errors.reverse();
        let first = Behind::mark(&figures, Chart::Errors, 0, None).unwrap();
        assert_eq!(first.error.as_deref(), Some("rate_limit"));
        let task = Behind::mark(&figures, Chart::Tasks, 1, None).unwrap();
        assert_eq!(task.task, Some(None));
        let provider = Behind::mark(&figures, Chart::Compared, 0, None).unwrap();
        assert_eq!(provider.provider.unwrap().number, figures.providers[1].number);
    }

    #[test]
    fn the_log_is_narrowed_to_what_the_bar_stands_for() {
        let figures = figures();
        let filter = |behind: Option<Behind>| behind.unwrap().filter(&figures).unwrap();
        let claude = filter(Behind::mark(&figures, Chart::Cost, 29, Some(1)));
        assert_eq!((claude.from, claude.to), (Some(figures.instants[29]), Some(figures.instants[30])));
        assert_eq!(claude.usage.providers, [2, 3]);
        let failed = filter(Behind::mark(&figures, Chart::Success, 3, None));
        assert_eq!(failed.usage.statuses, ["error", "timeout"]);
        let cause = filter(Behind::mark(&figures, Chart::Errors, 0, None));
        assert_eq!(
            (cause.from, cause.usage.errors),
            (Some(figures.instants[0]), vec!["rate_limit".to_owned()])
        );
        let without_task = Behind::mark(&figures, Chart::Tasks, 1, None);
        assert_eq!(without_task.as_ref().unwrap().words(), "25 Oct to 23 Nov, No task");
        assert_eq!(filter(without_task).usage.tasks, [""]);
    }

    #[test]
    fn a_configuration_that_was_asked_for_two_models_is_narrowed_to_one() {
        let mut figures = figures();
        let filter =
            |figures: &Figures| Behind::provider(figures, &figures.providers[1]).filter(figures).unwrap();
        assert_eq!((filter(&figures).usage.providers, filter(&figures).usage.models), (vec![2], Vec::new()));
        figures.providers[2].number = 2;
        assert_eq!(filter(&figures).usage.models, ["claude-sonnet-5"]);
    }

    #[test]
    fn what_is_not_there_opens_nothing() {
        let figures = figures();
        assert_eq!(Behind::mark(&figures, Chart::Cost, 30, None), None);
        assert_eq!(Behind::mark(&figures, Chart::Budget, 0, None), None);
        assert_eq!(Behind::mark(&figures, Chart::Errors, 7, None), None);
    }
}
