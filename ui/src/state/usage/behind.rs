//! Which calls are behind a mark: what the log of calls is narrowed to when a bar is opened.

use model::{ProviderId, ProviderType};

use super::{
    figures::Figures,
    plans::{Chart, vendors},
    range::Span,
};

/// Calls to look at. What is nothing does not narrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// On these days.
    pub span: Span,
    /// Of a vendor.
    pub vendor: Option<ProviderType>,
    /// Of a configuration.
    pub provider: Option<ProviderId>,
    /// Of a task; calls without one have no name.
    pub task: Option<Option<String>>,
    /// That failed by a cause; an empty one is any.
    pub error: Option<String>,
}

impl Behind {
    fn on(span: Span) -> Self {
        Self { span, vendor: None, provider: None, task: None, error: None }
    }

    /// The calls of a configuration.
    pub fn provider(figures: &Figures, id: ProviderId) -> Self {
        Self { provider: Some(id), ..Self::on(figures.span) }
    }

    /// The calls behind a stop of a chart, and behind one of its series where that was clicked. What stands for several
    /// rows, or for days to come, has none of its own.
    pub fn mark(figures: &Figures, chart: Chart, stop: usize, series: Option<usize>) -> Option<Self> {
        let day = || figures.span.steps().get(stop).copied().map(Self::on);
        let row = || chart.draw(figures, 632.0).stops.get(stop)?.readings.first()?.series;
        match chart {
            Chart::Cost => {
                Some(Self { vendor: series.and_then(|place| vendors(figures).nth(place)), ..day()? })
            }
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
                called.clone().nth(place).map(|provider| Self::provider(figures, provider.id))
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
        assert_eq!(first.error.as_deref(), Some("Rate limited (429)"));
        let task = Behind::mark(&figures, Chart::Tasks, 1, None).unwrap();
        assert_eq!(task.task, Some(None));
        let provider = Behind::mark(&figures, Chart::Compared, 0, None).unwrap();
        assert_eq!(provider.provider, Some(figures.providers[1].id));
    }

    #[test]
    fn what_is_not_there_opens_nothing() {
        let figures = figures();
        assert_eq!(Behind::mark(&figures, Chart::Cost, 30, None), None);
        assert_eq!(Behind::mark(&figures, Chart::Budget, 0, None), None);
        assert_eq!(Behind::mark(&figures, Chart::Errors, 7, None), None);
    }
}
