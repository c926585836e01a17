//! JSON: a list of objects, an object in each line, or the pages of a vendor's interface. Cells stay text: a number is
//! read from its own digits.

use std::borrow::Cow;

use model::import::ROW_LIMIT;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{
    fault::{COLUMN_LIMIT, FileError},
    json_parts::{self, Elements, Members},
    value::Wrong,
};

/// Rows whose members are looked at for the names of columns.
const LOOKED_AT: usize = 200;

/// A row's cells by name, nested ones with a point between the names: `usage.amount`.
pub(crate) type Cells<'a> = Vec<(String, Cow<'a, str>)>;

pub(crate) struct JsonTable<'a> {
    rows: Vec<(u64, Row<'a>)>,
    /// Names of the members of the first rows.
    pub(crate) columns: Vec<String>,
}

enum Row<'a> {
    /// An object, and the one around it, whose members are its own as well.
    Object(Option<&'a RawValue>, &'a RawValue),
    Bad(Wrong),
}

const NOT_JSON: Wrong =
    Wrong("the line is not JSON", "Write one whole object in each line, without a comma behind it.");
const NO_OBJECT: Wrong =
    Wrong("the row is not a JSON object", "Write each row as an object with named members.");

impl<'a> JsonTable<'a> {
    pub(crate) fn open(text: &'a str) -> Result<Self, FileError> {
        let mut reading = Reading { text, seen: 0, line: 1, rows: Vec::new() };
        match serde_json::from_str::<&'a RawValue>(text) {
            Ok(whole) => reading.take(whole)?,
            Err(error) if text.trim_start().starts_with('[') => {
                return Err(FileError::NotJson { line: error.line() as u64 });
            }
            Err(_) => reading.lines()?,
        }
        let rows = reading.rows;
        if rows.is_empty() {
            return Err(FileError::Empty);
        }
        let columns = columns(&rows);
        Ok(Self { rows, columns })
    }

    /// Calls back for each row, with its line, until a call says that it is enough.
    pub(crate) fn each(
        &self,
        mut on_row: impl FnMut(u64, Result<&Cells<'a>, Wrong>) -> Result<(), FileError>,
    ) -> Result<(), FileError> {
        for (line, row) in &self.rows {
            match row.cells() {
                Ok(cells) => on_row(*line, Ok(&cells))?,
                Err(wrong) => on_row(*line, Err(wrong))?,
            }
        }
        Ok(())
    }
}

fn columns(rows: &[(u64, Row<'_>)]) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for (_, row) in rows.iter().take(LOOKED_AT) {
        for (name, _) in row.cells().unwrap_or_default() {
            if columns.len() < COLUMN_LIMIT && !columns.contains(&name) {
                columns.push(name);
            }
        }
    }
    columns
}

impl<'a> Row<'a> {
    fn cells(&self) -> Result<Cells<'a>, Wrong> {
        let (around, object) = match self {
            Self::Bad(wrong) => return Err(*wrong),
            Self::Object(around, object) => (around, object),
        };
        let mut cells = Cells::new();
        for object in around.iter().chain([object]) {
            flatten(object, "", 2, &mut cells)?;
        }
        Ok(cells)
    }
}

/// Lists have no cells, and what is nested deeper than `depth` has none either.
fn flatten<'a>(object: &'a RawValue, prefix: &str, depth: u8, cells: &mut Cells<'a>) -> Result<(), Wrong> {
    let Members(members) = serde_json::from_str(object.get()).map_err(|_| NO_OBJECT)?;
    for (name, value) in members {
        let name = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
        match value.get().as_bytes().first() {
            Some(b'{') => {
                if depth > 1 {
                    flatten(value, &name, depth - 1, cells)?;
                }
                cells.push((name, Cow::Borrowed(value.get())));
            }
            Some(b'[') | None => {}
            Some(b'"') => {
                let text: Text<'a> = serde_json::from_str(value.get()).map_err(|_| NO_OBJECT)?;
                cells.push((name, text.0));
            }
            Some(_) if value.get() == "null" => cells.push((name, Cow::Borrowed(""))),
            Some(_) => cells.push((name, Cow::Borrowed(value.get()))),
        }
    }
    Ok(())
}

#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

struct Reading<'a> {
    text: &'a str,
    /// How far `line` is counted.
    seen: usize,
    line: u64,
    rows: Vec<(u64, Row<'a>)>,
}

impl<'a> Reading<'a> {
    fn lines(&mut self) -> Result<(), FileError> {
        let mut any = false;
        for (number, line) in (1..).zip(self.text.lines()) {
            match serde_json::from_str::<&'a RawValue>(line) {
                _ if line.trim().is_empty() => {}
                Ok(value) => {
                    any |= value.get().starts_with(['{', '[']);
                    self.take(value)?;
                }
                Err(_) => self.push(number, Row::Bad(NOT_JSON))?,
            }
        }
        // A file that begins with a brace and has not one line of JSON is something else.
        if any || self.rows.is_empty() { Ok(()) } else { Err(FileError::NotJson { line: 1 }) }
    }

    fn push(&mut self, line: u64, row: Row<'a>) -> Result<(), FileError> {
        if self.rows.len() == ROW_LIMIT {
            return Err(FileError::TooManyRows);
        }
        self.rows.push((line, row));
        Ok(())
    }

    /// A list's elements, a page's buckets, a bucket's results, or the row itself.
    fn take(&mut self, value: &'a RawValue) -> Result<(), FileError> {
        match value.get().as_bytes().first() {
            Some(b'[') => self.take_list(None, value),
            Some(b'{') => {
                if let Some(list) = list_in(value, "data") {
                    return self.take_list(None, list);
                }
                match list_in(value, "results") {
                    Some(results) => self.take_list(Some(value), results),
                    None => self.row(None, value),
                }
            }
            _ => self.row(None, value),
        }
    }

    fn take_list(&mut self, around: Option<&'a RawValue>, list: &'a RawValue) -> Result<(), FileError> {
        let Elements(elements) = serde_json::from_str(list.get()).map_err(|error: serde_json::Error| {
            if json_parts::is_too_long(&error) {
                FileError::TooManyRows
            } else {
                FileError::NotJson { line: 1 }
            }
        })?;
        for element in elements {
            match around {
                Some(_) => self.row(around, element)?,
                None => match list_in(element, "results") {
                    Some(results) => self.take_list(Some(element), results)?,
                    None => self.row(None, element)?,
                },
            }
        }
        Ok(())
    }

    fn row(&mut self, around: Option<&'a RawValue>, value: &'a RawValue) -> Result<(), FileError> {
        let line = self.line_of(value);
        let is_object = value.get().starts_with('{');
        self.push(line, if is_object { Row::Object(around, value) } else { Row::Bad(NO_OBJECT) })
    }

    /// The line on which a value begins. Values are asked for in their order.
    fn line_of(&mut self, value: &RawValue) -> u64 {
        let at = (value.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        if let Some(between) = self.text.as_bytes().get(self.seen..at) {
            self.line += between.iter().filter(|byte| **byte == b'\n').count() as u64;
            self.seen = at;
        }
        self.line
    }
}

fn list_in<'a>(object: &'a RawValue, name: &str) -> Option<&'a RawValue> {
    let Members(members) = serde_json::from_str(object.get()).ok()?;
    let found = members.into_iter().find(|(member, _)| member == name);
    found.map(|(_, value)| value).filter(|value| value.get().starts_with('['))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Option<String>)> {
        let mut rows = Vec::new();
        let keep = |line, cells: Result<&Cells<'_>, Wrong>| {
            let joined = |cells: &Cells<'_>| {
                cells.iter().map(|(name, cell)| format!("{name}={cell}")).collect::<Vec<_>>().join(" ")
            };
            rows.push((line, cells.ok().map(joined)));
            Ok(())
        };
        JsonTable::open(text).unwrap().each(keep).unwrap();
        rows
    }

    fn one(line: u64, cells: &str) -> (u64, Option<String>) {
        (line, Some(cells.to_owned()))
    }

    #[test]
    fn lists_lines_and_pages_are_the_same_rows() {
        let rows_of = [one(2, "a=1"), one(3, "a=2")];
        assert_eq!(rows("[\n{\"a\": 1},\n{\"a\": 2}\n]"), rows_of);
        assert_eq!(rows("\n{\"a\": 1}\n{\"a\": 2}\n"), rows_of);
        assert_eq!(rows("{\"success\": true, \"data\": [\n{\"a\": 1},\n{\"a\": 2}]}"), rows_of);
    }

    #[test]
    fn the_results_of_a_bucket_have_its_times() {
        let page = "{\"data\": [{\"start_time\": 5, \"results\": [\n{\"a\": 1},\n{\"a\": 2}]}, {\"start_time\": 6, \"results\": []}]}";
        let found = [one(2, "start_time=5 a=1"), one(3, "start_time=5 a=2")];
        assert_eq!(rows(page), found);
        assert_eq!(rows(&format!("{}\n", page.replace('\n', ""))).len(), 2, "a page in one line");
    }

    #[test]
    fn numbers_keep_their_digits_and_nested_members_have_both_names() {
        let cells = rows(
            r#"{"cost": 1.3499999999999998e-05, "usage": {"amount": 5, "x": {"y": {"z": 1}}}, "none": null, "tags": [1], "s": "a\nb"}"#,
        );
        let expected = r#"cost=1.3499999999999998e-05 usage.amount=5 usage.x={"y": {"z": 1}} usage={"amount": 5, "x": {"y": {"z": 1}}} none= s=a
b"#;
        assert_eq!(cells, [one(1, expected)]);
    }

    #[test]
    fn a_bad_line_is_one_bad_row() {
        assert_eq!(
            rows("{\"a\": 1}\n{\"a\": \n[1]\n\"x\"\n{\"a\": 2}"),
            [one(1, "a=1"), (2, None), (3, None), (4, None), one(5, "a=2")]
        );
    }

    #[test]
    fn a_file_that_only_begins_like_json_is_refused_by_its_line() {
        let refused = |text: &str| JsonTable::open(text).err();
        assert_eq!(refused("[\n{\"a\": 1},\n{\"a\" 2}]"), Some(FileError::NotJson { line: 3 }));
        assert_eq!(refused("{ sk-secret"), Some(FileError::NotJson { line: 1 }));
        assert_eq!(refused("[]"), Some(FileError::Empty));
        assert_eq!(refused(&"[".repeat(100_000)), Some(FileError::NotJson { line: 1 }));
        assert_eq!(refused(&format!("[{}1]", "1,".repeat(ROW_LIMIT))), Some(FileError::TooManyRows));
        assert_eq!(refused(&"{}\n".repeat(ROW_LIMIT + 1)), Some(FileError::TooManyRows));
    }
}
