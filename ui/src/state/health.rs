//! Health in words and shapes: what a half hour shows, what is worst, what an incident was. Deliberately not here:
//! deciding how a configuration is, which the gateway does.

use model::{
    health::{BreakerState, HealthSlot, HealthState, HealthView, Incident, ProviderHealth},
    text,
};

use super::heard::heard;
use crate::{t, texts::name};

/// From this share of failures on, a half hour or an hour stands out, and from the second one on it was an outage.
const SOME_FAILED: f64 = 0.03;
const MOST_FAILED: f64 = 0.5;

/// What a half hour was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Nobody asked.
    Unknown,
    /// It answered.
    Up,
    /// It answered, with failures.
    Degraded,
    /// It did not answer.
    Down,
}

impl Slot {
    /// What a half hour was.
    pub fn of(slot: &HealthSlot) -> Self {
        match failed(slot) {
            None => Self::Unknown,
            Some(share) if share >= MOST_FAILED => Self::Down,
            Some(share) if share >= SOME_FAILED => Self::Degraded,
            Some(_) => Self::Up,
        }
    }
}

fn failed(slot: &HealthSlot) -> Option<f64> {
    let all = f64::from(slot.good) + f64::from(slot.bad);
    (all > 0.0).then(|| f64::from(slot.bad) / all)
}

/// Whether so many failed that the number stands out.
pub fn stands_out(slot: &HealthSlot) -> bool {
    failed(slot).is_some_and(|share| share >= SOME_FAILED)
}

/// The share of failures, or nothing when nobody asked.
pub fn error_rate(slot: &HealthSlot) -> Option<String> {
    text::percent(u64::from(slot.bad), u64::from(slot.good) + u64::from(slot.bad))
}

/// The share of successes of the last 24 hours.
pub fn uptime(provider: &ProviderHealth) -> Option<String> {
    let sum = |part: fn(&HealthSlot) -> u32| provider.slots.iter().map(|slot| u64::from(part(slot))).sum();
    let (good, bad): (u64, u64) = (sum(|slot| slot.good), sum(|slot| slot.bad));
    text::percent(good, good + bad)
}

/// The strip of half hours in words.
pub fn strip_label(provider: &ProviderHealth) -> String {
    let count = |kind| provider.slots.iter().filter(|slot| Slot::of(slot) == kind).count();
    let (up, degraded) = (count(Slot::Up), count(Slot::Degraded));
    let (down, unknown) = (count(Slot::Down), count(Slot::Unknown));
    t!("strip-label", up = up, degraded = degraded, down = down, unknown = unknown)
}

/// The word for how a configuration is.
pub fn word(provider: &ProviderHealth) -> String {
    match provider.state {
        HealthState::Up => t!("health-up"),
        HealthState::Degraded => t!("health-degraded"),
        HealthState::Down => t!("health-down"),
        // A probe found nobody, which once is no proof.
        HealthState::Unknown if provider.hour.bad > 0 => t!("health-unreached"),
        HealthState::Unknown => t!("health-unknown"),
    }
}

/// A breaker's word.
pub fn breaker_word(breaker: &BreakerState) -> String {
    match breaker {
        BreakerState::Closed => t!("breaker-closed"),
        BreakerState::HalfOpen => t!("breaker-half-open"),
        BreakerState::Open { .. } => t!("breaker-open"),
        BreakerState::CannotProbe => t!("breaker-cannot-probe"),
    }
}

/// How many that are switched on are not well.
pub fn unwell(view: &HealthView) -> usize {
    view.providers.iter().filter(|provider| is_unwell(provider)).count()
}

fn is_unwell(provider: &ProviderHealth) -> bool {
    provider.is_active && provider.state.is_unwell()
}

/// The worst that is switched on, if any is not well: its headline, what it means, and whether it is down.
pub fn worst(view: &HealthView) -> Option<(String, String, bool)> {
    let is = |state| move |one: &&ProviderHealth| is_unwell(one) && one.state == state;
    let find = |state| view.providers.iter().find(is(state));
    let provider = find(HealthState::Down).or_else(|| find(HealthState::Degraded))?;
    let shown = name(&provider.display_name);
    let down = provider.state == HealthState::Down;
    let title = if down { t!("worst-down", name = shown) } else { t!("worst-degraded", name = shown) };
    Some((title, format!("{} {}", heard(&provider.reason), consequence(provider)).trim().to_owned(), down))
}

fn consequence(provider: &ProviderHealth) -> String {
    let first: Vec<&str> =
        provider.tasks.iter().filter(|(_, place)| *place == 1).map(|(task, _)| task.as_str()).collect();
    match (first.is_empty(), provider.tasks.is_empty()) {
        (false, _) => t!("worst-first", tasks = first.join(", ")),
        (true, false) => t!("worst-fallback"),
        (true, true) => t!("worst-no-task"),
    }
}

/// An incident's headline at an instant.
pub fn incident_title(incident: &Incident, now: model::Timestamp) -> String {
    let lasted = text::duration(incident.ended_at.unwrap_or(now).since(incident.started_at));
    let shown = name(&incident.display_name);
    match (incident.state, incident.ended_at) {
        (HealthState::Down, Some(_)) => t!("incident-was-down", name = shown, lasted = lasted),
        (HealthState::Down, None) => t!("incident-down", name = shown, lasted = lasted),
        (_, Some(_)) => t!("incident-was-degraded", name = shown, lasted = lasted),
        (_, None) => t!("incident-degraded", name = shown, lasted = lasted),
    }
}

/// What an incident was, full sentences.
pub fn incident_detail(incident: &Incident) -> String {
    match incident.calls_moved {
        0 => heard(&incident.cause),
        count => format!("{} {}", heard(&incident.cause), t!("incident-moved", count = count)),
    }
}

#[cfg(test)]
mod tests {
    use model::{ProviderType, Timestamp};

    use super::*;

    fn slot(good: u32, bad: u32) -> HealthSlot {
        HealthSlot { good, bad }
    }

    fn provider(state: HealthState, tasks: &[(&str, u32)]) -> ProviderHealth {
        ProviderHealth {
            id: "0192b000-0000-7000-8000-000000000001".parse().unwrap(),
            provider_type: ProviderType::OpenAi,
            display_name: "OpenAI Production".into(),
            model_name: "gpt-6-sol".into(),
            is_active: true,
            state,
            reason: "p95 is 6.90 s.".into(),
            slots: vec![slot(0, 0), slot(10, 0), slot(90, 10), slot(1, 9)],
            hour: slot(95, 5),
            day: slot(0, 0),
            p50_ms: None,
            p95_ms: None,
            breaker: BreakerState::HalfOpen,
            tasks: tasks.iter().map(|(task, place)| (task.parse().unwrap(), *place)).collect(),
            checked_at: None,
        }
    }

    #[test]
    fn one_that_a_probe_did_not_find_is_not_said_to_be_unchecked() {
        let mut unknown = provider(HealthState::Unknown, &[]);
        unknown.hour = slot(0, 0);
        assert_eq!(word(&unknown), "Not checked");
        unknown.hour = slot(0, 1);
        assert_eq!(word(&unknown), "Not reached");
    }

    fn view(providers: Vec<ProviderHealth>) -> HealthView {
        HealthView { providers, incidents: Vec::new(), probed_at: None, probe_every_s: 300 }
    }

    #[test]
    fn a_half_hour_without_calls_is_unknown_and_not_up() {
        let seen = provider(HealthState::Up, &[]);
        let kinds: Vec<Slot> = seen.slots.iter().map(Slot::of).collect();
        assert_eq!(kinds, [Slot::Unknown, Slot::Up, Slot::Degraded, Slot::Down]);
        assert_eq!(uptime(&seen).as_deref(), Some("84.2%"));
        assert_eq!(error_rate(&seen.day), None);
        assert!(stands_out(&seen.hour) && !stands_out(&seen.day));
        assert!(strip_label(&seen).contains("1 without data"));
    }

    #[test]
    fn one_that_is_switched_off_is_not_counted_and_not_the_worst() {
        let off = ProviderHealth { is_active: false, ..provider(HealthState::Down, &[]) };
        let all = view(vec![off, provider(HealthState::Degraded, &[("cv_draft", 2)])]);
        assert_eq!(unwell(&all), 1);
        let (title, text, down) = worst(&all).unwrap();
        assert_eq!(title, "OpenAI Production is degraded.");
        assert_eq!(text, "p95 is 6.90 s. It is a fallback only, so no task waits for it.");
        assert!(!down);
        assert_eq!(worst(&view(vec![provider(HealthState::Unknown, &[])])), None);
    }

    #[test]
    fn what_is_down_goes_before_what_is_slow_and_names_the_tasks_it_leads() {
        let down = provider(HealthState::Down, &[("extraction", 1), ("cv_draft", 2)]);
        let (title, text, is_down) = worst(&view(vec![provider(HealthState::Degraded, &[]), down])).unwrap();
        assert_eq!((title.as_str(), is_down), ("OpenAI Production is down.", true));
        assert!(text.contains("extraction"), "{text}");
    }

    #[test]
    fn an_incident_says_how_long_it_lasted_or_lasts() {
        let mut incident = Incident {
            id: 1,
            provider: provider(HealthState::Up, &[]).id,
            display_name: "Lab vLLM".into(),
            state: HealthState::Down,
            started_at: Timestamp(0),
            ended_at: Some(Timestamp(82 * 60_000)),
            cause: "Connection refused.".into(),
            calls_moved: 14,
        };
        assert_eq!(incident_title(&incident, Timestamp(0)), "Lab vLLM was down for 1 h 22 min");
        assert_eq!(incident_detail(&incident), "Connection refused. 14 calls went to another provider.");
        (incident.ended_at, incident.state) = (None, HealthState::Degraded);
        assert_eq!(
            incident_title(&incident, Timestamp(11_160_000)),
            "Lab vLLM degraded, ongoing for 3 h 6 min"
        );
    }
}
