//! A whole file: what it is, its rows, and what is wrong with the others.

use std::collections::HashMap;

use model::{
    Timestamp,
    import::{FILE_LIMIT, ImportColumn, ImportFault, ImportField, ImportFormat, ImportMapping, ROW_LIMIT},
};

use crate::{
    Call, FileError, Source, Sum,
    calls::{self, ReadCall},
    columns::Columns,
    csv_table::CsvTable,
    fault::fault,
    form::{self, Form},
    identity::Occurrences,
    json_table::JsonTable,
    row::{Found, Row},
    sums,
    value::Wrong,
    vendor::Sources,
};

/// A file, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What it is.
    pub format: ImportFormat,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Which field is read from which.
    pub fields: Vec<ImportColumn>,
    /// Needed fields without a column; unless it is empty, no row was read.
    pub missing: Vec<ImportField>,
    /// Rows of the file.
    pub rows: u64,
    /// Rows that say nothing, or are of another service.
    pub empty: u64,
    /// Rows that are in the file a second time.
    pub repeated: u64,
    /// Rows whose cost was rounded.
    pub rounded: u64,
    /// Vendors and models of the calls.
    pub sources: Vec<Source>,
    /// The calls; none in an export of sums.
    pub calls: Vec<Call>,
    /// The sums; none in an export of calls.
    pub sums: Vec<Sum>,
    /// Rows that cannot be imported.
    pub faults: Vec<ImportFault>,
}

/// Reads a file. `now` is the latest instant at which a call can have ended, give or take a day.
///
/// # Errors
/// Why it cannot be imported at all.
pub fn read(bytes: &[u8], mapping: &ImportMapping, now: Timestamp) -> Result<Reading, FileError> {
    if bytes.len() > FILE_LIMIT {
        return Err(FileError::TooLarge);
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| FileError::NotText { line: line(bytes, error.valid_up_to()) })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    match text.trim_start().as_bytes().first() {
        None => Err(FileError::Empty),
        Some(b'[' | b'{') => {
            let table = JsonTable::open(text)?;
            let mut reader = Reader::new(table.columns.clone(), mapping, now)?;
            table.each(|line, row| reader.take(line, row.map(Found::Json)))?;
            Ok(reader.end())
        }
        Some(_) => {
            let table = CsvTable::open(text)?;
            let mut reader = Reader::new(table.columns.clone(), mapping, now)?;
            table.each(|line, row| reader.take(line, row.map(Found::Csv)))?;
            Ok(reader.end())
        }
    }
}

fn line(bytes: &[u8], at: usize) -> u64 {
    let before = bytes.get(..at).unwrap_or_default();
    1 + before.iter().filter(|byte| **byte == b'\n').count() as u64
}

struct Reader {
    form: &'static Form,
    columns: Columns,
    latest: Timestamp,
    occurrences: Occurrences,
    sources: Sources,
    /// What each id's call says.
    ids: HashMap<String, [u8; 32]>,
    reading: Reading,
}

impl Reader {
    fn new(names: Vec<String>, mapping: &ImportMapping, now: Timestamp) -> Result<Self, FileError> {
        let form = form::recognise(&names).ok_or(FileError::Unknown)?;
        let columns = Columns::new(names, form, mapping);
        let reading = Reading {
            format: form.format,
            columns: columns.shown(),
            fields: columns.view(form),
            missing: columns.missing(form),
            rows: 0,
            empty: 0,
            repeated: 0,
            rounded: 0,
            sources: Vec::new(),
            calls: Vec::new(),
            sums: Vec::new(),
            faults: Vec::new(),
        };
        let latest = now.plus_days(1);
        let (occurrences, sources, ids) = (Occurrences::default(), Sources::default(), HashMap::new());
        Ok(Self { form, columns, latest, occurrences, sources, ids, reading })
    }

    fn take(&mut self, line: u64, found: Result<Found<'_>, Wrong>) -> Result<(), FileError> {
        if self.reading.rows == ROW_LIMIT as u64 {
            return Err(FileError::TooManyRows);
        }
        self.reading.rows += 1;
        if !self.reading.missing.is_empty() {
            return Ok(());
        }
        let taken = match found {
            Err(wrong) => Err(fault(line, None, wrong)),
            Ok(found) if self.form.format.reported_by().is_some() => self.take_sum(line, found),
            Ok(found) => self.take_call(line, found),
        };
        self.reading.faults.extend(taken.err());
        Ok(())
    }

    fn take_sum(&mut self, line: u64, found: Found<'_>) -> Result<(), ImportFault> {
        let row = Row { line, columns: &self.columns, found };
        match sums::sum(&row, self.form, self.latest, &mut self.occurrences)? {
            None => self.reading.empty += 1,
            Some((sum, rounded)) => {
                self.reading.rounded += u64::from(rounded);
                self.reading.sums.push(sum);
            }
        }
        Ok(())
    }

    fn take_call(&mut self, line: u64, found: Found<'_>) -> Result<(), ImportFault> {
        let row = Row { line, columns: &self.columns, found };
        let read = calls::call(&row, self.form, self.latest, &mut self.sources, &mut self.occurrences)?;
        let ReadCall { call, says, rounded } = read;
        match self.ids.get(&call.request_id) {
            Some(other) if *other == says => self.reading.repeated += 1,
            Some(_) => {
                let wrong = Wrong(
                    "an earlier row has the same id and says something else",
                    "Give each call an id of its own, or leave the column out.",
                );
                return Err(row.fault(ImportField::RequestId, wrong));
            }
            None => {
                self.ids.insert(call.request_id.clone(), says);
                self.sources.count(call.source);
                self.reading.rounded += u64::from(rounded);
                self.reading.calls.push(call);
            }
        }
        Ok(())
    }

    fn end(self) -> Reading {
        Reading { sources: self.sources.all, ..self.reading }
    }
}
