//! CSV, with a comma, a semicolon or a tab between the cells.

use csv::{ReaderBuilder, StringRecord};

use crate::{
    fault::{COLUMN_LIMIT, FileError},
    value::Wrong,
};

/// A record longer than this is one whose quotation mark was never closed.
const RECORD_LIMIT: usize = 1024 * 1024;

pub(crate) struct CsvTable<'a> {
    text: &'a str,
    delimiter: u8,
    /// Names of the columns, as the header has them.
    pub(crate) columns: Vec<String>,
}

impl<'a> CsvTable<'a> {
    pub(crate) fn open(text: &'a str) -> Result<Self, FileError> {
        let header = text.lines().find(|line| !line.trim().is_empty()).ok_or(FileError::Empty)?;
        let delimiter = delimiter(header);
        if header.bytes().filter(|byte| *byte == delimiter).count() >= COLUMN_LIMIT {
            return Err(FileError::TooManyColumns);
        }
        let mut table = Self { text, delimiter, columns: Vec::new() };
        let mut record = StringRecord::new();
        table.reader().read_record(&mut record).map_err(|_| FileError::Unknown)?;
        if record.len() > COLUMN_LIMIT {
            return Err(FileError::TooManyColumns);
        }
        table.columns = record.iter().map(|name| name.trim().to_owned()).collect();
        Ok(table)
    }

    fn reader(&self) -> csv::Reader<&'a [u8]> {
        ReaderBuilder::new()
            .delimiter(self.delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(self.text.as_bytes())
    }

    /// Calls back for each row below the header, with its line, until a call says that it is enough.
    pub(crate) fn each(
        &self,
        mut on_row: impl FnMut(u64, Result<&StringRecord, Wrong>) -> Result<(), FileError>,
    ) -> Result<(), FileError> {
        let mut reader = self.reader();
        let mut record = StringRecord::new();
        let mut is_header = true;
        while reader.read_record(&mut record).unwrap_or(false) {
            if std::mem::take(&mut is_header) {
                continue;
            }
            on_row(self.line(&record), self.check(&record))?;
        }
        Ok(())
    }

    /// The reader's position is before the empty lines that it skips.
    fn line(&self, record: &StringRecord) -> u64 {
        let Some(position) = record.position() else { return 0 };
        let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let from = self.text.as_bytes().get(at..).unwrap_or_default();
        let skipped = from.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        position.line() + skipped.filter(|byte| **byte == b'\n').count() as u64
    }

    fn check<'r>(&self, record: &'r StringRecord) -> Result<&'r StringRecord, Wrong> {
        if record.as_slice().len() > RECORD_LIMIT {
            return Err(Wrong("the row is longer than 1 MB", "Close the quotation mark that is open in it."));
        }
        if record.len() != self.columns.len() {
            return Err(Wrong(
                "the row has another number of cells than the header",
                "Put cells that hold the separator or a line break into quotation marks.",
            ));
        }
        Ok(record)
    }
}

/// The separator of which the header has most; a comma when it has none.
fn delimiter(header: &str) -> u8 {
    let count = |wanted: u8| header.bytes().filter(|byte| *byte == wanted).count();
    [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|byte| count(*byte))
        .filter(|byte| count(*byte) > 0)
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Option<Vec<String>>)> {
        let mut rows = Vec::new();
        let table = CsvTable::open(text).unwrap();
        let keep = |line, row: Result<&StringRecord, Wrong>| {
            rows.push((line, row.ok().map(|row| row.iter().map(str::to_owned).collect())));
            Ok(())
        };
        table.each(keep).unwrap();
        rows
    }

    #[test]
    fn rows_are_named_by_the_line_where_they_begin() {
        let text = "a,b\n1,\"two\nlines\"\n\n3\n4,5\r\n";
        let cells = |one: &str, two: &str| Some(vec![one.to_owned(), two.to_owned()]);
        assert_eq!(rows(text), [(2, cells("1", "two\nlines")), (5, None), (6, cells("4", "5"))]);
    }

    #[test]
    fn commas_semicolons_and_tabs_are_told_apart_by_the_header() {
        for text in ["a,b\n1,2", "a;b\n1;2", "a\tb\n1\t2"] {
            assert_eq!(rows(text)[0].1, Some(vec!["1".to_owned(), "2".to_owned()]), "{text}");
        }
    }

    #[test]
    fn too_many_columns_are_refused_before_a_row_is_read() {
        let header = vec!["c"; COLUMN_LIMIT + 1].join(",");
        assert_eq!(CsvTable::open(&header).err(), Some(FileError::TooManyColumns));
        assert!(CsvTable::open(&vec!["c"; COLUMN_LIMIT].join(",")).is_ok());
        assert_eq!(CsvTable::open(" \n\n").err(), Some(FileError::Empty));
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_one_bad_row() {
        let text = format!("a,b\n1,2\n3,\"{}", "x,y\n".repeat(400_000));
        let rows = rows(&text);
        assert_eq!((rows.len(), rows[1].0, &rows[1].1), (2, 3, &None));
    }
}
