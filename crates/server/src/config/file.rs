//! The file: TOML, one line a setting.

use std::{fs::File, io::Read, path::Path};

use toml::de::{DeTable, DeValue};

use super::{
    Draft,
    fault::{ConfigFault, Place, unknown},
    settings::{Given, SETTINGS},
};

/// Largest file that is read, in bytes.
const MOST_BYTES: u64 = 64 * 1024;

pub(super) fn read(draft: &mut Draft, path: &Path) {
    match text(path) {
        Ok(text) => parse(draft, path, &text),
        Err((message, advice)) => draft.faults.push(ConfigFault {
            place: Place::File(path.to_owned(), None),
            message,
            advice: advice.to_owned(),
        }),
    }
}

fn text(path: &Path) -> Result<String, (String, &'static str)> {
    let unreadable = |error: std::io::Error| {
        (
            format!("the file cannot be read: {}", error.kind()),
            "Name another with `--config`, or let the server read it.",
        )
    };
    let mut text = String::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(MOST_BYTES + 1).read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 > MOST_BYTES {
        return Err((
            format!("the file is larger than {MOST_BYTES} bytes"),
            "Name the right file with `--config`.",
        ));
    }
    Ok(text)
}

pub(super) fn parse(draft: &mut Draft, path: &Path, text: &str) {
    let at = |offset: usize| {
        let line = text.get(..offset).map(|before| before.matches('\n').count() + 1);
        Place::File(path.to_owned(), line)
    };
    let (table, broken) = DeTable::parse_recoverable(text);
    for error in broken {
        let place = at(error.span().map_or(0, |span| span.start));
        let advice = "Write one `name = value` a line; texts stand in quotation marks.".to_owned();
        draft.faults.push(ConfigFault {
            place,
            message: format!("this is no TOML: {}", error.message()),
            advice,
        });
    }
    if !draft.faults.is_empty() {
        return;
    }
    for (key, value) in table.get_ref() {
        let (name, place) = (key.get_ref().as_ref(), at(key.span().start));
        match SETTINGS.iter().find(|setting| setting.name == name) {
            Some(setting) => draft.set(setting, &given(value.get_ref()), place),
            None => {
                let nearest = providers::nearest(name, SETTINGS.iter().map(|setting| setting.name), 1).pop();
                draft.faults.push(unknown(place, name, nearest));
            }
        }
    }
    draft.faults.sort_by_key(|fault| match fault.place {
        Place::File(_, line) => line,
        _ => None,
    });
}

fn given(value: &DeValue<'_>) -> Given {
    match value {
        DeValue::String(text) => Given::Text(text.clone().into_owned()),
        DeValue::Integer(number) => {
            u64::from_str_radix(number.as_str(), number.radix()).map_or(Given::Other, Given::Number)
        }
        DeValue::Array(values) => {
            let texts = values.iter().map(|value| match value.get_ref() {
                DeValue::String(text) => Some(text.clone().into_owned()),
                _ => None,
            });
            texts.collect::<Option<_>>().map_or(Given::Other, Given::List)
        }
        _ => Given::Other,
    }
}
