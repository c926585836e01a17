//! What a provider that is down tells, in words. A desktop may keep and show it to others, so there is nothing in it but names and
//! the cause that the page Health shows, too.

use model::{health::Incident, vault::Notice};

/// As many are named; the others are a number.
const NAMED: usize = 3;

/// One with its cause; several are one notice. `None` without any.
pub(super) fn down(down: &[&Incident]) -> Option<Notice> {
    let [first, others @ ..] = down else { return None };
    if others.is_empty() {
        let title = format!("{} is down", first.display_name);
        let next = "Its tasks go to the next of their chains.";
        return Some(Notice { title, text: format!("{} {next}", first.cause).trim_start().to_owned() });
    }
    let names = listed(down.iter().map(|one| one.display_name.as_str()));
    Some(Notice {
        title: format!("{} providers are down", down.len()),
        text: format!("{names}. See the page Health."),
    })
}

fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let count = names.len();
    let shown = names.take(NAMED).collect::<Vec<_>>().join(", ");
    match count.saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use model::{ProviderId, Timestamp, health::HealthState};
    use uuid::Uuid;

    use super::*;

    fn incident(id: i64) -> Incident {
        Incident {
            id,
            provider: ProviderId(Uuid::from_u128(1)),
            display_name: format!("Provider {id}"),
            state: HealthState::Down,
            started_at: Timestamp(0),
            ended_at: None,
            cause: "The key is refused.".into(),
            calls_moved: 0,
        }
    }

    #[test]
    fn one_has_its_cause_and_many_are_one_notice() {
        let all: Vec<Incident> = (1..=5).map(incident).collect();
        let refs: Vec<&Incident> = all.iter().collect();
        assert_eq!(down(&[]), None);
        let one = down(&refs[..1]).unwrap();
        assert_eq!(one.title, "Provider 1 is down");
        assert!(one.text.starts_with("The key is refused."));
        let many = down(&refs).unwrap();
        assert_eq!(many.title, "5 providers are down");
        assert!(many.text.contains("Provider 3 and 2 more"), "{}", many.text);
    }
}
