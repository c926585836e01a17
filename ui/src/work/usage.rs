//! What the usage page asks the shell for. Its state is its own and comes and goes with it: nothing of it is known to the
//! part of the page that holds the rest.

use std::{cell::Cell, rc::Rc};

use gloo_timers::future::TimeoutFuture;
use model::{
    Failure, FailureCode,
    command::{
        Command, ExportCalls, ExportChart, ExportReport, ExportUsage, ListBudgets, SetUsageZone, ViewCalls,
        ViewUsage,
    },
    statistics::{DataFormat, Exported, Grouping, PictureFormat, ReportFormat, UsageQuery, UsageView},
    text,
};
use serde::Serialize;
use yew::prelude::*;

use super::Work;
use crate::{
    browser, shell,
    state::{
        place::Place,
        toast::Toast,
        usage::{
            Before, Edit, Usage,
            behind::Behind,
            calls::{self, PAGE},
            choices::Choices,
            chosen::Chosen,
            date::Day,
            plans::Chart,
            range::{Range, Span, Stride},
            reading::{self, Asked, Over},
            reply,
        },
        workspace::{Action, Load},
    },
    t, texts,
};

/// How often figures are read again while calls run, at most.
const LIVE_EVERY_MS: u32 = 2_000;
/// How wide a chart is in a file.
const EXPORT_WIDTH: f64 = 800.0;

/// The page's state as Yew keeps it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UsageStore(pub Usage);

impl Reducible for UsageStore {
    type Action = Edit;

    fn reduce(self: Rc<Self>, edit: Edit) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.0.apply(edit);
        Rc::new(next)
    }
}

/// A way to ask for things, and to change the state when they are done.
#[derive(Clone)]
pub struct UsageWork {
    state: UseReducerHandle<UsageStore>,
    /// What the rest of the page does.
    pub work: Work,
}

impl UsageWork {
    /// Work on a page's state.
    pub fn new(state: UseReducerHandle<UsageStore>, work: Work) -> Self {
        Self { state, work }
    }

    /// The state of a page that opens, by what its address keeps.
    pub fn begun(kept: &str, work: &Work) -> Usage {
        let (zone, before) = (work.zone(), work.shelf.get::<Before>(Place::Usage));
        Usage::again(Chosen::read(kept), &zone, today_in(&zone), before.as_deref())
    }

    /// Keeps what is shown for when a person comes back.
    pub fn shelve(&self) {
        if let Some(before) = self.now().before(self.zone()) {
            self.work.shelf.put(Place::Usage, Rc::new(before));
        }
    }

    /// Changes the state.
    pub fn edit(&self, edit: Edit) {
        self.state.dispatch(edit);
    }

    /// The state as it is now, by a fresh handle, since each keeps every state that was read through it.
    pub fn now(&self) -> Usage {
        self.state.clone().0.clone()
    }

    /// By which zone's days calls are counted.
    pub fn zone(&self) -> String {
        self.work.zone()
    }

    /// Today, in that zone.
    pub fn today(&self) -> Day {
        today_in(&self.zone())
    }

    fn run(&self, job: impl AsyncFnOnce(Self) + 'static) {
        let own = self.clone();
        self.work.run(async move |_| job(own).await);
    }

    /// Keeps what is chosen in the window's address.
    pub fn keep(&self, chosen: &Chosen) {
        self.work.act(Action::Arrive(Place::Usage, chosen.address().into()));
    }

    /// Reads the figures of what was chosen.
    pub fn read(&self) {
        self.read_but(Over::new());
    }

    /// Reads them again because calls ended, which changes nothing of days that are over.
    fn read_again(&self) {
        self.read_but(match &self.now().figures {
            Load::Ready(figures) => figures.over.clone(),
            Load::Waiting | Load::Failed(_) => Over::new(),
        });
    }

    /// Reads all but what is known.
    fn read_but(&self, over: Over) {
        let (chosen, question) = (self.now().chosen, browser::next_run());
        self.edit(Edit::Reading(question));
        self.run(async move |own| {
            let zone = own.zone();
            let asked = Asked { chosen: &chosen, today: own.today(), zone: &zone, now: browser::now() };
            match reading::figures(asked, &over, ask).await {
                Ok((figures, home_zone)) => {
                    own.edit(Edit::Read(question, Box::new(figures)));
                    own.read_first_calls();
                    own.tell_zone(zone, &home_zone).await;
                    own.read_budget().await;
                }
                Err(failure) if failure.code == FailureCode::Locked => own.work.refused(&failure),
                Err(failure) => own.edit(Edit::NotRead(question, failure)),
            }
        });
    }

    /// Reads once more for all calls that end in the meantime, and never while an answer is on its way: on a slow disk no
    /// answer would ever be the last one's. Days that are over have no new calls, and nobody looks at a hidden window.
    pub fn read_soon(&self, waiting: &Rc<Cell<Waiting>>) {
        let today = self.today();
        if self.now().chosen.range.span(today).last < today || waiting.get() != Waiting::Nothing {
            return;
        }
        waiting.set(Waiting::Soon);
        let waiting = waiting.clone();
        self.run(async move |own| {
            TimeoutFuture::new(LIVE_EVERY_MS).await;
            while waiting.get() == Waiting::Soon && (own.now().is_reading() || browser::is_hidden()) {
                TimeoutFuture::new(LIVE_EVERY_MS).await;
            }
            if waiting.get() == Waiting::Soon {
                waiting.set(Waiting::Nothing);
                own.read_again();
            }
        });
    }

    /// The budget comes behind the figures, which do not wait for its forecast.
    async fn read_budget(&self) {
        let budget = async {
            let list = shell::call(ListBudgets {}).await?;
            let usage = self.now();
            let before = match &usage.figures {
                Load::Ready(figures) => figures.budget.as_ref(),
                Load::Waiting | Load::Failed(_) => None,
            };
            reading::budget(list, usage.chosen.budget, before, ask).await
        };
        match budget.await {
            Ok(budget) => self.edit(Edit::Budget(budget)),
            Err(failure) if failure.code == FailureCode::Locked => self.work.refused(&failure),
            Err(failure) => self.edit(Edit::BudgetNotRead(failure)),
        }
        self.read_first_calls();
    }

    /// Lets the shell keep its sums by this zone's days, once, when the figures are on the screen. If it cannot, they are
    /// as right, and come later.
    async fn tell_zone(&self, zone: String, home_zone: &str) {
        if zone == home_zone || self.now().zone_told {
            return;
        }
        self.edit(Edit::ZoneTold);
        browser::painted().await;
        let _ = shell::call(SetUsageZone { zone }).await;
    }

    /// Asks for everything that the calls of these days can be narrowed by.
    pub fn read_choices(&self) {
        let span = self.now().chosen.range.span(self.today());
        self.run(async move |own| {
            let query = reply::query_groups(span, &own.zone(), &Default::default(), Grouping::User);
            let choices = match shell::call(ViewUsage { query }).await {
                Ok(view) => Load::Ready(Rc::new(Choices::of(&view))),
                Err(failure) if failure.code == FailureCode::Locked => return own.work.refused(&failure),
                Err(failure) => Load::Failed(failure),
            };
            own.edit(Edit::Choices(choices));
        });
    }

    /// Looks at the calls behind a mark.
    pub fn open_calls(&self, behind: Behind) {
        self.edit(Edit::Open(Box::new(behind)));
        self.read_calls();
    }

    /// Chooses what the address says.
    pub fn arrive(&self, chosen: Chosen) {
        let other = chosen.budget != self.now().chosen.budget;
        self.edit(Edit::Arrive(chosen));
        self.read_first_calls();
        if other {
            self.run(async |own| own.read_budget().await);
        }
    }

    /// Draws the running month's budget of all calls again.
    pub fn whole_budget(&self) {
        self.edit(Edit::WholeBudget);
        self.run(async |own| own.read_budget().await);
    }

    /// Looks only at calls that took and cost at least so much, or at the one of a request.
    pub fn narrow_calls(&self, least: calls::Least) {
        self.edit(Edit::Calls(calls::Edit::Narrow(least)));
        self.read_first_calls();
    }

    /// Reads the calls of a log that was opened just now.
    fn read_first_calls(&self) {
        if self.now().calls.is_some_and(|calls| calls.list == Load::Waiting) {
            self.read_calls();
        }
    }

    /// Reads the first page of the calls that are looked at, or the next one.
    pub fn read_calls(&self) {
        let usage = self.now();
        let Some(calls) = usage.calls.as_ref().filter(|calls| !calls.reading) else { return };
        // All of them are here.
        if matches!(calls.list, Load::Ready(_)) && calls.next.is_none() {
            return;
        }
        let (filter, after) = (calls.filter.clone(), calls.next);
        self.edit(Edit::Calls(calls::Edit::Reading));
        self.run(async move |own| {
            match shell::call(ViewCalls { filter: filter.clone(), after, limit: PAGE }).await {
                Err(failure) if failure.code == FailureCode::Locked => own.work.refused(&failure),
                page => own.edit(Edit::Calls(calls::Edit::Came(Box::new(filter), after, page))),
            }
        });
    }
}

impl UsageWork {
    /// Writes what is shown into a file: the calls that are looked at, otherwise the figures.
    pub fn export_data(&self, format: DataFormat) {
        let usage = self.now();
        if let Some(calls) = usage.calls {
            return self.export(ExportCalls { filter: calls.filter, format });
        }
        let span = usage.chosen.range.span(self.today());
        let query = reply::query(span, usage.chosen.unit_of(span), &self.zone(), &usage.chosen.filter);
        let by = |query| UsageQuery { grouping: usage.chosen.by, ..query };
        let compared = reply::compared_apart(usage.chosen.range, self.today());
        let compared = compared.map(|span| {
            by(reply::query(span, usage.chosen.unit_of(span), &self.zone(), &usage.chosen.filter))
        });
        self.export(ExportUsage { query: by(query), compared, format });
    }

    /// Writes a chart into a file, as it is shown.
    pub fn export_chart(&self, chart: Chart, format: PictureFormat) {
        let usage = self.now();
        let Load::Ready(figures) = usage.figures else { return };
        let (title, subtitle) = chart.title(&figures);
        let subtitle = [figures.span.words(), subtitle].join(", ");
        let theme = if browser::is_dark() { charts::Theme::Dark } else { charts::Theme::Light };
        let heading = charts::Heading { title, subtitle: subtitle.trim_end_matches(", ").to_owned() };
        let svg = charts::svg(&chart.draw(&figures, EXPORT_WIDTH), &heading, theme);
        let name = format!("{}-{}-to-{}", chart.as_str(), figures.span.first.iso(), figures.span.last.iso());
        self.export(ExportChart { name, svg, format });
    }

    /// Writes the report of the month that is looked at, or in which the days end.
    pub fn export_report(&self, format: ReportFormat) {
        let (chosen, today) = (self.now().chosen, self.today());
        let month = match chosen.range {
            Range::Month(month) => month,
            Range::Days(_) | Range::Custom(_) => chosen.range.span(today).last.month(),
        };
        let (range, zone) = (Range::Month(month), self.zone());
        let query = |span: Span| reply::query(span, Stride::Day, &zone, &chosen.filter);
        self.export(ExportReport {
            query: query(range.span(today)),
            compared: reply::compared_apart(range, today).map(query),
            format,
            language: Some(texts::spoken()),
        });
    }

    fn export<C: Command<Reply = Exported> + Serialize + 'static>(&self, request: C) {
        if self.now().exporting {
            return;
        }
        self.edit(Edit::Exporting(true));
        self.run(async move |own| {
            match shell::call(request).await {
                Ok(exported) => own.work.act(Action::Say(said(&exported))),
                Err(failure) => own.work.refused(&failure),
            }
            own.edit(Edit::Exporting(false));
        });
    }
}

fn today_in(zone: &str) -> Day {
    Day::read(&browser::today_in(zone)).unwrap_or(Day(0))
}

fn said(exported: &Exported) -> Toast {
    let rows = exported.rows.map(|rows| text::group_digits(rows.into()));
    let detail = match rows {
        Some(rows) if exported.cut => t!("exported-cut", rows = rows),
        _ => t!("exported-detail"),
    };
    Toast::success(t!("exported", name = exported.name.clone()), detail)
}

/// Whether figures are read again, soon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Waiting {
    /// No.
    #[default]
    Nothing,
    /// Soon.
    Soon,
    /// Never any more: the page is gone.
    Over,
}

async fn ask(query: UsageQuery) -> Result<UsageView, Failure> {
    shell::call(ViewUsage { query }).await
}
