//! One row of either kind of table, asked by field.

use csv::StringRecord;
use model::import::{ImportFault, ImportField};

use crate::{columns::Columns, fault::fault, json_table::Cells, value::Wrong};

/// How exports write that a cell is empty.
const NOTHING: [&str; 6] = ["null", "NULL", "None", "NaN", "nan", "\\N"];

fn holds(cell: &str) -> bool {
    !cell.is_empty() && !NOTHING.contains(&cell)
}

pub(crate) enum Found<'r> {
    Csv(&'r StringRecord),
    Json(&'r Cells<'r>),
}

pub(crate) struct Row<'r> {
    pub(crate) line: u64,
    pub(crate) columns: &'r Columns,
    pub(crate) found: Found<'r>,
}

impl<'r> Row<'r> {
    /// The first of a field's cells that holds something.
    pub(crate) fn cell(&self, field: ImportField) -> Option<&'r str> {
        let cells = self.columns.places(field).iter().filter_map(|place| self.at(*place));
        cells.map(str::trim).find(|cell| holds(cell))
    }

    /// All of a field's cells that hold something, each with its column.
    pub(crate) fn cells(&self, field: ImportField) -> impl Iterator<Item = (&'r str, &'r str)> {
        let columns = self.columns;
        self.columns.places(field).iter().filter_map(move |place| {
            let cell = self.at(*place).map(str::trim).filter(|cell| holds(cell))?;
            Some((columns.names.get(*place)?.as_str(), cell))
        })
    }

    fn at(&self, place: usize) -> Option<&'r str> {
        match self.found {
            Found::Csv(record) => record.get(place),
            Found::Json(cells) => {
                let name = self.columns.names.get(place)?;
                // Nearly always where it was in the first row.
                let at = cells.get(place).filter(|(other, _)| other == name);
                at.or_else(|| cells.iter().find(|(other, _)| other == name)).map(|(_, cell)| cell.as_ref())
            }
        }
    }

    /// A field's cell, read; `None` when there is none.
    pub(crate) fn read<T>(
        &self,
        field: ImportField,
        read: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Result<Option<T>, ImportFault> {
        self.cell(field).map(read).transpose().map_err(|wrong| self.fault(field, wrong))
    }

    /// A field's cell, read, which must hold something.
    pub(crate) fn needed<T>(
        &self,
        field: ImportField,
        read: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Result<T, ImportFault> {
        let nothing = Wrong("the cell is empty", "Fill it in, or leave the row out.");
        self.read(field, read)?.ok_or_else(|| self.fault(field, nothing))
    }

    pub(crate) fn fault(&self, field: ImportField, wrong: Wrong) -> ImportFault {
        fault(self.line, self.columns.name(field), wrong)
    }
}
