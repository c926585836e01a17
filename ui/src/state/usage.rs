//! The usage page: which days are looked at, what came for them, and how it is shown.

pub mod behind;
pub mod breakdown;
pub mod calls;
pub mod cause;
pub mod choices;
pub mod chosen;
pub mod date;
pub mod figures;
pub mod opened;
pub mod plans;
pub mod range;
pub mod reading;
pub mod reply;
pub mod tiles;

use std::rc::Rc;

use model::{
    Failure,
    statistics::{Grouping, UsageFilter},
};

use self::{
    behind::Behind,
    calls::{Calls, Least},
    choices::Choices,
    chosen::Chosen,
    date::Day,
    figures::{Budget, Figures},
    opened::Opened,
    plans::Chart,
    range::{Range, Stride},
};
use super::workspace::Load;

/// What only this page says.
pub const ENGLISH: &str = include_str!("../../locales/en/usage.ftl");

/// The usage page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usage {
    /// What was chosen to be seen.
    pub chosen: Chosen,
    /// The figures; those of the last choice until the new ones are there.
    pub figures: Load<Figures>,
    /// Whether the figures are those of another choice, for a moment.
    pub stale: bool,
    /// The number of the last question, until it is answered: its answer is waited for, and no other.
    asked: Option<u64>,
    /// Whether the shell was told by which zone's days to keep its sums.
    pub zone_told: bool,
    /// The calls behind a mark that was opened.
    pub calls: Option<Calls>,
    /// What can be chosen from, once it was asked for.
    pub choices: Load<Choices>,
    /// Whether a file is being written.
    pub exporting: bool,
}

/// Figures that the page had when it was left.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// What they were asked for.
    pub chosen: Chosen,
    /// By which zone's days they count.
    pub zone: String,
    /// The figures.
    pub figures: Rc<Figures>,
}

/// A change of the usage page.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Something was chosen in the address.
    Arrive(Chosen),
    /// Other days.
    Choose(Range),
    /// Other steps of the charts.
    Step(Stride),
    /// Other calls.
    Filter(UsageFilter),
    /// Other rows of the table.
    GroupBy(Grouping),
    /// Figures are asked for, by a question with this number.
    Reading(u64),
    /// Figures came for a question.
    Read(u64, Box<Figures>),
    /// They did not come.
    NotRead(u64, Failure),
    /// What can be chosen from is asked for, came, or did not.
    Choices(Load<Choices>),
    /// The shell is being told the zone.
    ZoneTold,
    /// The calls behind a mark are looked at.
    Open(Box<Behind>),
    /// What budget the month has.
    Budget(Option<Budget>),
    /// It was not read.
    BudgetNotRead(Failure),
    /// Something of these calls.
    Calls(calls::Edit),
    /// They are not looked at any more.
    CloseCalls,
    /// A chart as a table, or as a chart again.
    Table(Chart),
    /// Another order of the breakdown.
    OrderBy(breakdown::Column),
    /// The month's budget of all calls is drawn again.
    WholeBudget,
    /// A file is being written, or not any more.
    Exporting(bool),
}

impl Usage {
    /// The page of a choice, with nothing read yet.
    pub fn of(chosen: Chosen) -> Self {
        Self { chosen, ..Self::default() }
    }

    /// The page of a choice, with the figures that it had before until they are read anew, if they are what is asked for today.
    /// A log that the address keeps is opened on new ones.
    pub fn again(chosen: Chosen, zone: &str, today: Day, before: Option<&Before>) -> Self {
        let figures = before.filter(|before| {
            let same = chosen.asks_as(&before.chosen) && chosen.budget == before.chosen.budget;
            same && before.zone == zone && before.figures.today == today && chosen.open.is_none()
        });
        let figures = figures.map_or(Load::Waiting, |before| Load::Ready(before.figures.clone()));
        Self { figures, ..Self::of(chosen) }
    }

    /// What the page has for when a person comes back: figures of what is chosen.
    pub fn before(&self, zone: String) -> Option<Before> {
        let Load::Ready(figures) = &self.figures else { return None };
        (!self.stale).then(|| Before { chosen: self.chosen.clone(), zone, figures: figures.clone() })
    }

    /// Makes a change. Only the last question's answer counts: an earlier one may be about other days, or of before a
    /// call that the later one has.
    pub fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Arrive(chosen) => self.choose(chosen),
            Edit::Choose(range) => self.choose(Chosen { range, open: None, ..self.chosen.clone() }),
            Edit::Step(unit) => {
                self.choose(Chosen { unit: Some(unit), open: None, ..self.chosen.clone() });
            }
            Edit::Filter(filter) => self.choose(Chosen { filter, open: None, ..self.chosen.clone() }),
            Edit::GroupBy(by) => self.choose(Chosen { by, open: None, ..self.chosen.clone() }),
            Edit::Reading(question) => {
                self.asked = Some(question);
                if matches!(self.figures, Load::Failed(_)) {
                    self.figures = Load::Waiting;
                }
            }
            Edit::Read(question, mut figures) if self.asked == Some(question) => {
                (self.asked, self.stale) = (None, false);
                if let Load::Ready(before) = &self.figures {
                    (figures.budget, figures.budget_read) = (before.budget.clone(), before.budget_read);
                    figures.budget_failure = before.budget_failure.clone();
                }
                self.figures = Load::Ready(Rc::new(*figures));
                self.open_kept();
            }
            Edit::Budget(budget) => {
                if let Load::Ready(figures) = &mut self.figures {
                    let figures = Rc::make_mut(figures);
                    (figures.budget, figures.budget_read, figures.budget_failure) = (budget, true, None);
                }
                self.open_kept();
            }
            Edit::BudgetNotRead(failure) => {
                if let Load::Ready(figures) = &mut self.figures {
                    Rc::make_mut(figures).budget_failure = Some(failure);
                }
            }
            Edit::NotRead(question, failure) if self.asked == Some(question) => {
                (self.asked, self.stale) = (None, false);
                // Figures of other days under these days' name would be wrong.
                self.figures = Load::Failed(failure);
            }
            Edit::Read(..) | Edit::NotRead(..) => {}
            Edit::Choices(choices) => self.choices = choices,
            Edit::Exporting(exporting) => self.exporting = exporting,
            Edit::ZoneTold => self.zone_told = true,
            Edit::Open(behind) => self.open(*behind),
            Edit::Calls(edit) => {
                if let Some(calls) = &mut self.calls {
                    calls.apply(edit);
                    if let Some(open) = &mut self.chosen.open {
                        open.least = calls.least.clone();
                    }
                }
            }
            Edit::CloseCalls => (self.calls, self.chosen.open) = (None, None),
            Edit::Table(chart) => {
                if !self.chosen.tables.remove(&chart) {
                    self.chosen.tables.insert(chart);
                }
            }
            Edit::WholeBudget => self.chosen.budget = None,
            Edit::OrderBy(column) => self.chosen.order = self.chosen.order.clicked(column),
        }
    }

    /// Whether an answer is waited for.
    pub fn is_reading(&self) -> bool {
        self.asked.is_some()
    }

    fn choose(&mut self, chosen: Chosen) {
        let other = !chosen.asks_as(&self.chosen);
        let opens = chosen.open != self.chosen.open;
        self.chosen = chosen;
        if other {
            (self.stale, self.asked, self.calls) = (true, None, None);
        } else if opens {
            self.calls = None;
            self.open_kept();
        }
    }

    fn open(&mut self, behind: Behind) {
        let Load::Ready(figures) = &self.figures else { return };
        self.chosen.open = Some(Box::new(Opened::of(&behind, figures, &Least::default())));
        self.calls = behind.filter(figures, &self.chosen.filter).map(|filter| Calls::new(behind, filter));
        if self.calls.is_none() {
            self.chosen.open = None;
        }
    }

    /// Opens the log that the address keeps, once the figures are there that its mark is of.
    fn open_kept(&mut self) {
        let (Some(open), Load::Ready(figures), None, false) =
            (self.chosen.open.clone(), &self.figures, &self.calls, self.stale)
        else {
            return;
        };
        // A day of a budget has its instants from it.
        if open.budget && !figures.budget_read {
            return;
        }
        let behind = open.behind(figures);
        self.open(behind);
        if let Some(calls) = &mut self.calls {
            calls.apply(calls::Edit::Narrow(open.least.clone()));
            self.chosen.open = Some(open);
        }
    }
}

#[cfg(test)]
mod tests {
    use model::FailureCode;

    use super::{figures::tests::figures, *};

    #[test]
    fn an_answer_about_days_that_are_no_longer_looked_at_is_left_aside() {
        let mut usage = Usage::default();
        usage.apply(Edit::Reading(1));
        usage.apply(Edit::Choose(Range::Days(7)));
        usage.apply(Edit::Read(1, Box::new(figures())));
        assert_eq!((usage.stale, &usage.figures), (true, &Load::Waiting));
        usage.apply(Edit::Reading(2));
        usage.apply(Edit::Read(1, Box::new(figures())));
        assert_eq!(usage.figures, Load::Waiting);
        usage.apply(Edit::Read(2, Box::new(figures())));
        assert!(!usage.stale && matches!(usage.figures, Load::Ready(_)));
    }

    #[test]
    fn who_comes_back_sees_the_same_question_s_figures_at_once_and_no_others() {
        let today = figures().today;
        let mut usage = Usage::of(Chosen { range: Range::Days(7), ..Chosen::default() });
        assert_eq!(usage.before("UTC".to_owned()), None);
        usage.apply(Edit::Reading(1));
        usage.apply(Edit::Read(1, Box::new(figures())));
        let before = usage.before("UTC".to_owned()).unwrap();
        let again = |change: fn(&mut Chosen), zone, today| {
            let mut chosen = before.chosen.clone();
            change(&mut chosen);
            Usage::again(chosen, zone, today, Some(&before)).figures
        };
        assert_eq!(again(|_| (), "UTC", today), usage.figures);
        assert_eq!(
            again(|chosen| chosen.order = chosen.order.clicked(breakdown::Column::Cost), "UTC", today),
            usage.figures
        );
        let others: [fn(&mut Chosen); 5] = [
            |chosen| chosen.range = Range::Days(30),
            |chosen| chosen.by = Grouping::User,
            |chosen| chosen.filter.tasks = vec!["cv_draft".to_owned()],
            |chosen| chosen.budget = Some(1),
            |chosen| chosen.open = Some(Box::default()),
        ];
        for other in others {
            assert_eq!(again(other, "UTC", today), Load::Waiting);
        }
        assert_eq!(again(|_| (), "Europe/Berlin", today), Load::Waiting);
        assert_eq!(again(|_| (), "UTC", Day(today.0 + 1)), Load::Waiting);
        usage.apply(Edit::Choose(Range::Days(30)));
        assert_eq!(usage.before("UTC".to_owned()), None, "these are of other days");
    }

    #[test]
    fn a_budget_comes_behind_the_figures_and_stays_while_they_are_read_again() {
        let drawn = |usage: &Usage| match &usage.figures {
            Load::Ready(figures) => (figures.budget.clone(), Chart::Budget.is_unread(figures)),
            _ => panic!("there are no figures"),
        };
        let fresh = || Box::new(Figures { budget: None, budget_read: false, ..figures() });
        let mut usage = Usage::default();
        usage.apply(Edit::Reading(1));
        usage.apply(Edit::Read(1, fresh()));
        assert_eq!(drawn(&usage), (None, true));
        let budget = Budget {
            scope: model::budgets::BudgetScope::Whole,
            name: None,
            span: Range::Days(7).span(date::Day(20_000)),
            amount: model::PicoUsd(9),
            spent: Vec::new(),
            total: model::PicoUsd(0),
            unpriced: 0,
            forecast: None,
            zone: "UTC".to_owned(),
            instants: Vec::new(),
        };
        usage.apply(Edit::Budget(Some(budget.clone())));
        usage.apply(Edit::Reading(2));
        usage.apply(Edit::Read(2, fresh()));
        assert_eq!(drawn(&usage), (Some(budget), false));
        usage.apply(Edit::Budget(None));
        assert_eq!(drawn(&usage), (None, false));
    }

    #[test]
    fn a_budget_that_was_not_read_says_why_until_it_is() {
        let why = |usage: &Usage| match &usage.figures {
            Load::Ready(figures) => Chart::Budget.failure(figures).cloned(),
            _ => panic!("there are no figures"),
        };
        let fresh = || Box::new(Figures { budget_read: false, ..figures() });
        let failure = Failure::new(FailureCode::Other, "the disk failed", "Try again.");
        let mut usage = Usage::default();
        usage.apply(Edit::Reading(1));
        usage.apply(Edit::Read(1, fresh()));
        usage.apply(Edit::BudgetNotRead(failure.clone()));
        usage.apply(Edit::Reading(2));
        usage.apply(Edit::Read(2, fresh()));
        assert_eq!(why(&usage), Some(failure));
        usage.apply(Edit::Budget(None));
        assert_eq!(why(&usage), None);
    }

    #[test]
    fn an_answer_that_another_one_overtook_is_left_aside() {
        let mut usage = Usage::default();
        usage.apply(Edit::Reading(1));
        usage.apply(Edit::Reading(2));
        let newer = Figures { budget_read: false, ..figures() };
        assert!(usage.is_reading());
        usage.apply(Edit::Read(2, Box::new(newer.clone())));
        assert!(!usage.is_reading());
        usage.apply(Edit::Read(1, Box::new(figures())));
        assert_eq!(usage.figures, Load::Ready(Rc::new(newer)));
    }

    #[test]
    fn figures_that_do_not_come_leave_no_others_in_their_place() {
        let mut usage = Usage::default();
        usage.apply(Edit::Reading(1));
        usage.apply(Edit::Read(1, Box::new(figures())));
        usage.apply(Edit::Choose(Range::Days(90)));
        usage.apply(Edit::Reading(2));
        let failure = Failure::new(FailureCode::Other, "the disk failed", "Try again.");
        usage.apply(Edit::NotRead(2, failure.clone()));
        assert_eq!(usage.figures, Load::Failed(failure));
        usage.apply(Edit::Reading(3));
        assert_eq!(usage.figures, Load::Waiting);
    }

    #[test]
    fn a_mark_is_opened_on_the_figures_that_are_shown() {
        let mut usage = Usage::default();
        let all = figures();
        let behind = Behind::provider(&all, &all.providers[0]);
        usage.apply(Edit::Open(Box::new(behind.clone())));
        assert_eq!(usage.calls, None);
        usage.apply(Edit::Reading(1));
        usage.apply(Edit::Read(1, Box::new(all)));
        usage.apply(Edit::Open(Box::new(behind)));
        assert_eq!(usage.calls.as_ref().unwrap().filter.usage.providers, [1]);
        usage.apply(Edit::CloseCalls);
        assert_eq!((usage.calls, usage.chosen), (None, Chosen::default()));
    }

    #[test]
    fn a_log_in_the_address_is_open_once_its_figures_are_there_and_narrowed_as_it_was() {
        let mut usage = Usage::of(Chosen::read("calls=all&of-provider=2&took=2.5&request=r-7"));
        usage.apply(Edit::Reading(1));
        assert_eq!(usage.calls, None);
        usage.apply(Edit::Read(1, Box::new(figures())));
        let filter = usage.calls.clone().unwrap().filter;
        assert_eq!(
            (filter.usage.providers.as_slice(), filter.latency_from_ms),
            ([2].as_slice(), Some(2_500))
        );
        assert_eq!(filter.request_id.as_deref(), Some("r-7"));
        let address = usage.chosen.address();
        // Back in the window's steps: the same figures, and no log.
        usage.apply(Edit::Arrive(Chosen::default()));
        assert!(usage.calls.is_none() && !usage.stale);
        usage.apply(Edit::Arrive(Chosen::read(&address)));
        assert_eq!(usage.calls.as_ref().map(|calls| &calls.filter), Some(&filter));
        usage.apply(Edit::Choose(Range::Days(7)));
        assert!(usage.calls.is_none() && usage.chosen.open.is_none());
    }

    #[test]
    fn a_log_of_days_that_are_not_looked_at_is_not_opened() {
        let mut usage = Usage::of(Chosen::read("calls=2020-01-01..2020-01-02"));
        usage.apply(Edit::Reading(1));
        usage.apply(Edit::Read(1, Box::new(figures())));
        assert!(usage.calls.is_none() && usage.chosen.open.is_none());
    }

    #[test]
    fn a_chart_is_a_table_until_it_is_asked_for_again() {
        let mut usage = Usage::default();
        usage.apply(Edit::Table(Chart::Cost));
        assert!(usage.chosen.tables.contains(&Chart::Cost));
        usage.apply(Edit::Table(Chart::Cost));
        assert!(usage.chosen.tables.is_empty());
    }

    #[test]
    fn another_choice_makes_figures_old_and_another_order_does_not() {
        let mut usage = Usage::default();
        usage.apply(Edit::Reading(1));
        usage.apply(Edit::Read(1, Box::new(figures())));
        usage.apply(Edit::OrderBy(breakdown::Column::Calls));
        usage.apply(Edit::Arrive(Chosen::read("order=calls&table=cost")));
        assert!(!usage.stale && usage.chosen.tables.contains(&Chart::Cost));
        for edit in [
            Edit::Filter(UsageFilter { tasks: vec!["cv".to_owned()], ..UsageFilter::default() }),
            Edit::GroupBy(Grouping::Task),
            Edit::Arrive(Chosen::default()),
        ] {
            usage.stale = false;
            usage.apply(edit);
            assert!(usage.stale);
        }
    }
}
