//! Which questions the figures take. Those whose answers new calls cannot change are asked once and kept, so that figures
//! that are read again while calls run ask only for what the calls changed. Who asks is given: the page asks the shell.

use model::{
    Failure, Timestamp,
    budgets::BudgetList,
    statistics::{Grouping, UsageFilter, UsageQuery, UsageView},
};

use super::{
    chosen::Chosen,
    date::Day,
    figures::{Budget, Figures},
    range::Stride,
    reply,
};

/// What is asked for, and when.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// What a person chose.
    pub chosen: &'a Chosen,
    /// Today, in that zone.
    pub today: Day,
    /// By which zone's days.
    pub zone: &'a str,
    /// Hours that begin later are not drawn.
    pub now: Timestamp,
}

/// Answers about days that are over, each beside its whole question: other days, calls or another zone are another question.
pub type Over = Vec<(UsageQuery, UsageView)>;

/// The figures, and the zone whose days the shell keeps. `over` is what figures of before have kept.
///
/// # Errors
/// The shell's.
pub async fn figures(
    asked: Asked<'_>,
    over: &Over,
    ask: impl AsyncFn(UsageQuery) -> Result<UsageView, Failure>,
) -> Result<(Figures, String), Failure> {
    let Asked { chosen, today, zone, now } = asked;
    let (span, filter) = (chosen.range.span(today), &chosen.filter);
    let unit = chosen.unit_of(span);
    let apart = reply::compared_apart(chosen.range, today);
    let mut kept = Over::new();
    let mut once = async |query: UsageQuery| {
        let view = match over.iter().find(|(asked, _)| *asked == query) {
            Some((_, view)) => view.clone(),
            None => ask(query.clone()).await?,
        };
        kept.push((query, view.clone()));
        Ok::<UsageView, Failure>(view)
    };
    let mut view = ask(reply::query(span, unit, zone, filter)).await?;
    if let Some(compared) = apart {
        // Of these, only sums are shown.
        view.compare_with(once(reply::query(compared, Stride::Month, zone, filter)).await?);
    }
    let home_zone = view.home_zone.clone();
    let mut figures = reply::figures(view, (span, unit), today, now);
    if chosen.by != Grouping::Provider {
        let mut view = ask(reply::query_groups(span, zone, filter, chosen.by)).await?;
        if let Some(compared) = apart {
            view.compare_with(once(reply::query_groups(compared, zone, filter, chosen.by)).await?);
        }
        figures.groups = reply::groups(chosen.by, view.groups);
    }
    figures.over = kept;
    Ok((figures, home_zone))
}

/// The budget that is drawn, with the instants of its days, which only the shell's calendar knows: those of the budget that was
/// drawn before, as long as both are about the same days of the same zone.
///
/// # Errors
/// The shell's.
pub async fn budget(
    list: BudgetList,
    chosen: Option<i64>,
    before: Option<&Budget>,
    ask: impl AsyncFn(UsageQuery) -> Result<UsageView, Failure>,
) -> Result<Option<Budget>, Failure> {
    let Some(budget) = reply::budget(list, chosen) else { return Ok(None) };
    let same = |before: &&Budget| (before.span, &before.zone) == (budget.span, &budget.zone);
    if let Some(before) = before.filter(same) {
        return Ok(Some(Budget { instants: before.instants.clone(), ..budget }));
    }
    let query = reply::query(budget.span, Stride::Day, &budget.zone, &UsageFilter::default());
    let view = ask(query).await?;
    Ok(Some(Budget { instants: view.starts.into_iter().chain([view.to]).collect(), ..budget }))
}

#[cfg(test)]
mod tests {
    use std::{
        cell::RefCell,
        pin::pin,
        task::{Context, Poll, Waker},
    };

    use model::{
        PicoUsd,
        budgets::{BudgetDraft, BudgetPeriod, BudgetScope, BudgetView, Forecast},
    };

    use super::{
        super::{range::Range, reply::tests::view},
        *,
    };

    /// Of a shell that answers at once.
    fn at_once<T>(answer: impl Future<Output = T>) -> T {
        match pin!(answer).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer,
            Poll::Pending => panic!("something was waited for"),
        }
    }

    fn day(text: &str) -> Day {
        Day::read(text).unwrap()
    }

    /// The figures of a choice, and the first days of what was asked for.
    fn read(chosen: &Chosen, today: &str, over: &Over) -> (Figures, Vec<String>) {
        let questions = RefCell::new(Vec::new());
        let asked = Asked { chosen, today: day(today), zone: "UTC", now: Timestamp(i64::MAX) };
        let answer = async |query: UsageQuery| {
            let view = view(&[&query.first_day], &query.first_day, &query.last_day);
            questions.borrow_mut().push(query.first_day);
            Ok(view)
        };
        let (figures, _) = at_once(figures(asked, over, answer)).unwrap();
        (figures, questions.into_inner())
    }

    #[test]
    fn figures_that_are_read_again_ask_for_the_days_of_new_calls_alone() {
        let month = Range::Month(day("2026-11-23").month());
        let by_task = Chosen { range: month, by: Grouping::Task, ..Chosen::default() };
        for (chosen, first, again) in
            [(Chosen::default(), 1, 1), (Chosen { range: month, ..Chosen::default() }, 2, 1), (by_task, 4, 2)]
        {
            let (before, asked) = read(&chosen, "2026-11-23", &Over::new());
            assert_eq!(asked.len(), first);
            let (after, asked) = read(&chosen, "2026-11-23", &before.over);
            assert_eq!(asked.len(), again);
            assert!(asked.iter().all(|first| *first >= chosen.range.span(day("2026-11-23")).first.iso()));
            assert_eq!(after, before);
        }
    }

    #[test]
    fn what_was_kept_answers_no_other_question() {
        let month = Range::Month(day("2026-11-23").month());
        let chosen = Chosen { range: month, ..Chosen::default() };
        let (before, _) = read(&chosen, "2026-11-23", &Over::new());
        // Another day has other days to compare with.
        assert_eq!(read(&chosen, "2026-11-24", &before.over).1, ["2026-11-01", "2026-10-01"]);
        let mut filtered = chosen.clone();
        filtered.filter.tasks = vec!["cv".to_owned()];
        assert_eq!(read(&filtered, "2026-11-23", &before.over).1.len(), 2);
    }

    #[test]
    fn the_days_of_a_budget_are_asked_for_once() {
        let list = |zone: &str, last: &str| BudgetList {
            budgets: vec![BudgetView {
                id: 1,
                revision: 1,
                draft: BudgetDraft {
                    scope: BudgetScope::Whole,
                    period: BudgetPeriod::Month,
                    amount: PicoUsd(9),
                },
                name: None,
                first_day: "2026-11-01".into(),
                last_day: last.into(),
                ends_at: Timestamp(0),
                spent: PicoUsd(3),
                unpriced: 0,
                by_day: Vec::new(),
                forecast: Forecast::OfNoDay,
                level: None,
            }],
            alerts: Vec::new(),
            zone: zone.into(),
        };
        let asked = RefCell::new(0);
        let read = |list, before: Option<&Budget>| {
            let answer = async |query: UsageQuery| {
                *asked.borrow_mut() += 1;
                Ok(view(&[&query.first_day], &query.first_day, &query.last_day))
            };
            let budget = at_once(budget(list, None, before, answer)).unwrap().unwrap();
            (budget, asked.take())
        };
        let (before, first) = read(list("UTC", "2026-11-30"), None);
        let (after, again) = read(list("UTC", "2026-11-30"), Some(&before));
        assert_eq!((first, again, &after), (1, 0, &before));
        assert_eq!(read(list("Europe/Berlin", "2026-11-30"), Some(&before)).1, 1);
        assert_eq!(read(list("UTC", "2026-11-29"), Some(&before)).1, 1);
    }
}
