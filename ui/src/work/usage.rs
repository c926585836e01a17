//! Usage: read the figures of some days, and the calls behind a mark.

use std::{cell::Cell, rc::Rc};

use gloo_timers::future::TimeoutFuture;
use model::{
    Failure, FailureCode,
    command::{SetUsageZone, ViewCalls, ViewUsage},
};

use super::Work;
use crate::{
    browser, shell,
    state::{
        place::Place,
        usage::{
            Edit,
            behind::Behind,
            calls::{self, PAGE},
            date::Day,
            figures::Figures,
            range::Range,
            reply,
        },
        workspace::{Action, Load},
    },
};

/// How often figures are read again while calls run, at most.
const LIVE_EVERY_MS: u32 = 2_000;

impl Work {
    /// Today, in the person's zone.
    pub fn today(&self) -> Day {
        Day::read(&browser::today()).unwrap_or(Day(0))
    }

    fn edit_usage(&self, edit: Edit) {
        self.act(Action::Usage(edit));
    }

    /// Reads the figures of the days that were chosen.
    pub fn read_usage(&self) {
        let (range, question) = (self.now().usage.range, browser::next_run());
        self.edit_usage(Edit::Reading(question));
        self.run(async move |work| {
            let zone = browser::zone();
            match read(range, work.today(), &zone).await {
                Ok((figures, home_zone)) => {
                    work.edit_usage(Edit::Read(question, Box::new(figures)));
                    work.tell_zone(zone, &home_zone).await;
                }
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                Err(failure) => work.edit_usage(Edit::NotRead(question, failure)),
            }
        });
    }

    /// Once for all calls that end in the meantime, while the page is shown, and never while an answer is on its way:
    /// on a slow disk no answer would ever be the last one's.
    pub fn read_usage_soon(&self, waiting: &Rc<Cell<bool>>) {
        if waiting.replace(true) {
            return;
        }
        let waiting = waiting.clone();
        self.run(async move |work| {
            TimeoutFuture::new(LIVE_EVERY_MS).await;
            while work.now().usage.is_reading() {
                TimeoutFuture::new(LIVE_EVERY_MS).await;
            }
            waiting.set(false);
            if work.now().place == Place::Usage {
                work.read_usage();
            }
        });
    }

    /// Lets the shell keep its sums by this zone's days, once, when the figures are on the screen. If it cannot, they are
    /// as right, and come later.
    async fn tell_zone(&self, zone: String, home_zone: &str) {
        if zone == home_zone || self.now().usage.zone_told {
            return;
        }
        self.edit_usage(Edit::ZoneTold);
        browser::painted().await;
        let _ = shell::call(SetUsageZone { zone }).await;
    }

    /// Looks at the calls behind a mark.
    pub fn open_calls(&self, behind: Behind) {
        self.edit_usage(Edit::Open(behind));
        self.read_calls();
    }

    /// Reads the first page of the calls that are looked at, or the next one.
    pub fn read_calls(&self) {
        let usage = self.now().usage;
        let Some(calls) = usage.calls.as_ref().filter(|calls| !calls.reading) else { return };
        // All of them are here.
        if matches!(calls.list, Load::Ready(_)) && calls.next.is_none() {
            return;
        }
        let (filter, after) = (calls.filter.clone(), calls.next);
        self.edit_usage(Edit::Calls(calls::Edit::Reading));
        self.run(async move |work| {
            match shell::call(ViewCalls { filter: filter.clone(), after, limit: PAGE }).await {
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                page => work.edit_usage(Edit::Calls(calls::Edit::Came(Box::new(filter), after, page))),
            }
        });
    }
}

/// The figures, and the zone whose days the shell keeps.
async fn read(range: Range, today: Day, zone: &str) -> Result<(Figures, String), Failure> {
    let span = range.span(today);
    let view = shell::call(ViewUsage { query: reply::query(span, zone) }).await?;
    let before = match reply::compared_apart(range, today) {
        Some(compared) => Some(shell::call(ViewUsage { query: reply::query(compared, zone) }).await?.now),
        None => None,
    };
    let home_zone = view.home_zone.clone();
    Ok((reply::figures(view, before, span, today), home_zone))
}
