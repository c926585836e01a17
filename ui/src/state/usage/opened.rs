//! The log that is open, as the address keeps it: which mark was opened and to what it is narrowed. Names are not kept: they
//! are those of the figures that are there.

use model::{ProviderType, statistics::Grouping};

use super::{
    behind::{Asked, Behind},
    calls::Least,
    figures::{Figures, GroupFigures, Totals},
    plans::Chart,
    range::{Hour, Range, Span, Time},
    reply::group_name,
};
use crate::t;

/// The open log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// On which days; nothing is all of those that are looked at.
    pub span: Option<Span>,
    /// In which hour of that day.
    pub hour: Option<u8>,
    /// Of a vendor.
    pub vendor: Option<ProviderType>,
    /// Of a configuration.
    pub provider: Option<i64>,
    /// Of a model that it was asked for.
    pub model: Option<String>,
    /// Of a task; calls without one have no name.
    pub task: Option<Option<String>>,
    /// That failed by a cause; an empty one is any.
    pub error: Option<String>,
    /// Of a row of another grouping.
    pub group: Option<(Grouping, String)>,
    /// Of the rows that a chart shows as one. Which they are its figures say: so many names are no address.
    pub others: Option<Chart>,
    /// What the budget that is drawn counts.
    pub budget: bool,
    /// What was typed.
    pub least: Least,
}

impl Opened {
    /// The log behind a mark.
    pub fn of(behind: &Behind, figures: &Figures, least: &Least) -> Self {
        Self {
            span: (behind.time != Time::of(figures.span)).then_some(behind.time.days),
            hour: behind.time.hour.map(|hour| hour.number),
            vendor: behind.vendor,
            provider: behind.provider.as_ref().map(|asked| asked.number),
            model: behind.provider.as_ref().and_then(|asked| asked.model.clone()),
            task: behind.task.clone(),
            error: behind.error.clone(),
            group: behind.group.as_ref().map(|(by, group)| (*by, group.key.clone())),
            others: behind.others.map(|(chart, _)| chart),
            budget: behind.budget,
            least: least.clone(),
        }
    }

    /// The mark, with the names that the figures have.
    pub fn behind(&self, figures: &Figures) -> Behind {
        let provider = self.provider.map(|number| {
            let known = figures.providers.iter().find(|one| one.number == number);
            let name = known.map(|one| one.name.clone());
            Asked {
                number,
                name: name.unwrap_or_else(|| t!("deleted-provider", number = number)),
                model: self.model.clone(),
            }
        });
        let group = self.group.as_ref().map(|(by, key)| {
            let known = figures.groups.iter().find(|group| group.key == *key).cloned();
            let group = known.unwrap_or_else(|| GroupFigures {
                key: key.clone(),
                name: group_name(*by, key),
                now: Totals::NONE,
                before: Totals::NONE,
            });
            (*by, group)
        });
        let days = self.span.unwrap_or(figures.span);
        let hour = self.hour.map(|number| {
            let of_day = figures.steps.iter().filter(|step| step.time.days == days);
            let known = of_day.filter_map(|step| step.time.hour).find(|hour| hour.number == number);
            // What no figures have opens nothing.
            known.unwrap_or(Hour { number, clock: 0 })
        });
        Behind {
            time: Time { days, hour },
            vendor: self.vendor,
            provider,
            task: self.task.clone(),
            error: self.error.clone(),
            group,
            others: self.others.and_then(|chart| Behind::others(figures, chart).others),
            budget: self.budget,
        }
    }

    /// As it stands in the address, behind what was chosen.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let days = self.span.map_or_else(|| "all".to_owned(), |span| Range::Custom(span).address());
        let mut pairs = vec![("calls", days)];
        let mut add = |key, value: Option<String>| pairs.extend(value.map(|value| (key, value)));
        add("of-hour", self.hour.map(|hour| hour.to_string()));
        add("of-vendor", self.vendor.map(|vendor| vendor.as_str().to_owned()));
        add("of-provider", self.provider.map(|number| number.to_string()));
        add("of-model", self.model.clone());
        add("of-task", self.task.clone().map(Option::unwrap_or_default));
        add("of-error", self.error.clone());
        for (by, name) in BY {
            add(name, self.group.as_ref().filter(|(of, _)| *of == by).map(|(_, key)| key.clone()));
        }
        add("of-others", self.others.map(|chart| chart.as_str().to_owned()));
        add("of-budget", self.budget.then(|| "drawn".to_owned()));
        let typed = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        add("took", typed(&self.least.latency));
        add("cost", typed(&self.least.cost));
        add("request", typed(&self.least.request));
        pairs
    }

    /// One of these pairs. Without the days no log is open, and nothing else of it is read.
    pub fn take(open: &mut Option<Box<Self>>, key: &str, value: &str) {
        if key == "calls" {
            let span = match Range::from_address(value) {
                Some(Range::Custom(span)) => Some(span),
                _ => None,
            };
            if span.is_some() || value == "all" {
                *open = Some(Box::new(Self { span, ..Self::default() }));
            }
            return;
        }
        let Some(open) = open else { return };
        let text = || Some(value.to_owned());
        match key {
            "of-hour" => open.hour = value.parse().ok(),
            "of-vendor" => open.vendor = value.parse().ok(),
            "of-provider" => open.provider = value.parse().ok(),
            "of-model" => open.model = text(),
            "of-task" => open.task = Some(text().filter(|task| !task.is_empty())),
            "of-error" => open.error = text(),
            "of-others" => open.others = Chart::ROWS.into_iter().find(|chart| chart.as_str() == value),
            "of-budget" => open.budget = value == "drawn",
            "took" => open.least.latency = value.to_owned(),
            "cost" => open.least.cost = value.to_owned(),
            "request" => open.least.request = value.to_owned(),
            key => {
                let by = BY.into_iter().find(|(_, name)| *name == key);
                open.group = by.map(|(by, _)| (by, value.to_owned())).or(open.group.take());
            }
        }
    }
}

/// Rows of the table that stand for no configuration.
const BY: [(Grouping, &str); 4] = [
    (Grouping::Model, "row-model"),
    (Grouping::Task, "row-task"),
    (Grouping::User, "row-user"),
    (Grouping::Status, "row-status"),
];

#[cfg(test)]
mod tests {
    use super::{super::figures::tests::figures, *};

    fn again(opened: &Opened) -> Option<Box<Opened>> {
        let mut read = None;
        opened.pairs().iter().for_each(|(key, value)| Opened::take(&mut read, key, value));
        read
    }

    #[test]
    fn every_mark_comes_back_from_the_address_with_its_name() {
        let figures = figures();
        let row = GroupFigures {
            key: "u".to_owned(),
            name: "u".to_owned(),
            now: Totals::NONE,
            before: Totals::NONE,
        };
        let marks = [
            Behind::mark(&figures, Chart::Cost, 29, &[1]),
            Behind::mark(&figures, Chart::Success, 3, &[]),
            Behind::mark(&figures, Chart::Errors, 0, &[]),
            Behind::mark(&figures, Chart::Tasks, 0, &[]),
            Behind::mark(&figures, Chart::Tasks, 1, &[]),
            Behind::mark(&figures, Chart::Compared, 0, &[]),
            Some(Behind::group(&figures, Grouping::User, &row)),
            Some(Behind::all(&figures)),
            Some(Behind::others(&figures, Chart::Compared)),
        ];
        let least = Least { latency: "2.5".to_owned(), cost: String::new(), request: "r & 1=%".to_owned() };
        for behind in marks.map(Option::unwrap) {
            let opened = Opened::of(&behind, &figures, &least);
            assert_eq!(again(&opened).as_deref(), Some(&opened));
            assert_eq!(opened.behind(&figures), behind);
        }
    }

    #[test]
    fn what_belongs_to_no_open_log_opens_none() {
        let mut read = None;
        for (key, value) in [("of-task", "cv"), ("calls", "tomorrow"), ("request", "r-1")] {
            Opened::take(&mut read, key, value);
        }
        assert_eq!(read, None);
    }

    #[test]
    fn a_configuration_that_is_gone_is_named_by_its_number() {
        let opened = Opened { provider: Some(77), ..Opened::default() };
        assert_eq!(opened.behind(&figures()).words(), "25 Oct to 23 Nov, Deleted provider 77");
    }
}
