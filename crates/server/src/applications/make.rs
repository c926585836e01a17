//! The rules by which a token is made.

use std::collections::BTreeSet;

use model::{
    TaskName, Timestamp,
    limits::REQUESTS_LIMIT,
    remote::{CreateToken, FieldAtFault},
    text,
};
use store::NewApplicationToken;
use zeroize::Zeroizing;

use crate::access::opaque;

/// Before the random part, by which scanners for leaked keys know it.
const PREFIX: &str = "sbx_";
const DAYS: u32 = 90;
const MOST_DAYS: u32 = 366;
/// Tokens that may be good at the same time: each request is compared with all of them.
pub(crate) const MOST: usize = 1_000;
/// Names of one scope.
const MOST_NAMES: usize = 200;
const LONGEST_NAME: usize = 200;
const MOST_TOKENS: u64 = 9_007_199_254_740_991;

/// A token to be, and the token.
pub(crate) struct Made {
    pub(crate) new: NewApplicationToken,
    pub(crate) token: Zeroizing<String>,
}

/// Makes a token, or names every field at fault.
pub(crate) fn make(
    asked: CreateToken,
    now: Timestamp,
) -> Result<Result<Made, Vec<FieldAtFault>>, getrandom::Error> {
    let mut faults = Vec::new();
    let name = named(&asked.name, &mut faults);
    let tasks = list("tasks", asked.tasks, task, &mut faults);
    let models = list("models", asked.models, model, &mut faults);
    let caps = [("daily_tokens", asked.daily_tokens), ("monthly_tokens", asked.monthly_tokens)];
    for (field, cap) in caps {
        within(field, cap, MOST_TOKENS, &mut faults);
    }
    within(
        "requests_per_minute",
        asked.requests_per_minute.map(u64::from),
        REQUESTS_LIMIT.into(),
        &mut faults,
    );
    within("expires_in_days", asked.expires_in_days.map(u64::from), MOST_DAYS.into(), &mut faults);
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let token = Zeroizing::new(format!("{PREFIX}{}", *opaque::make()?));
    let days = asked.expires_in_days.unwrap_or(DAYS);
    let new = NewApplicationToken {
        digest: opaque::digest(&token),
        last_four: token[token.len() - 4..].to_owned(),
        expires_at: now.plus_days(days.into()),
        daily_tokens: asked.daily_tokens,
        monthly_tokens: asked.monthly_tokens,
        requests_per_minute: asked.requests_per_minute,
        name,
        tasks,
        models,
    };
    Ok(Ok(Made { new, token }))
}

fn fault(field: &str, message: impl Into<String>) -> FieldAtFault {
    FieldAtFault { field: field.to_owned(), message: message.into() }
}

fn named(name: &str, faults: &mut Vec<FieldAtFault>) -> String {
    match text::check(name, 80, false) {
        Ok(name) if !name.is_empty() => return name,
        Ok(_) => faults.push(fault("name", "Send the application's name.")),
        Err(reason) => faults.push(fault("name", reason.to_string())),
    }
    String::new()
}

fn list(
    field: &str,
    names: Option<Vec<String>>,
    check: impl Fn(&str) -> Result<String, String>,
    faults: &mut Vec<FieldAtFault>,
) -> Option<Vec<String>> {
    let names = names?;
    if names.len() > MOST_NAMES {
        faults.push(fault(field, format!("Send at most {MOST_NAMES} names.")));
        return None;
    }
    let mut checked = BTreeSet::new();
    for (at, name) in names.iter().enumerate() {
        match check(name) {
            Ok(name) => {
                checked.insert(name);
            }
            Err(message) => faults.push(fault(&format!("{field}[{at}]"), message)),
        }
    }
    Some(checked.into_iter().collect())
}

fn task(name: &str) -> Result<String, String> {
    name.parse::<TaskName>().map(|task| task.as_str().to_owned()).map_err(|error| error.to_string())
}

fn model(name: &str) -> Result<String, String> {
    if name.starts_with("task:") {
        return Err("Send a task among `tasks`, without `task:`.".to_owned());
    }
    match text::check(name, LONGEST_NAME, false) {
        Ok(name) if !name.is_empty() => Ok(name),
        Ok(_) => Err("Send a model's name, or a configuration's.".to_owned()),
        Err(reason) => Err(reason.to_string()),
    }
}

fn within(field: &str, number: Option<u64>, most: u64, faults: &mut Vec<FieldAtFault>) {
    if number.is_some_and(|number| !(1..=most).contains(&number)) {
        faults.push(fault(field, format!("Send 1 to {most}, or leave it out.")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_at_fault_is_named_and_nothing_is_made() {
        let asked = CreateToken {
            name: "  ".into(),
            tasks: Some(vec!["extraction".into(), "No Task".into()]),
            models: Some(vec!["task:extraction".into()]),
            daily_tokens: Some(0),
            requests_per_minute: Some(REQUESTS_LIMIT + 1),
            expires_in_days: Some(367),
            ..CreateToken::default()
        };
        let faults = make(asked, Timestamp(0)).unwrap().err().unwrap();
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(
            fields,
            ["name", "tasks[1]", "models[0]", "daily_tokens", "requests_per_minute", "expires_in_days"]
        );
    }

    #[test]
    fn a_token_has_256_random_bits_and_ends_after_90_days() {
        let asked = CreateToken { name: "shop".into(), ..CreateToken::default() };
        let [one, two] = [(); 2].map(|()| make(asked.clone(), Timestamp(5)).unwrap().ok().unwrap());
        assert_eq!((one.token.len(), &one.token[..4]), (47, "sbx_"));
        assert_ne!(*one.token, *two.token);
        assert_eq!((one.new.tasks, one.new.expires_at), (None, Timestamp(5).plus_days(90)));
    }
}
