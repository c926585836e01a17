//! Which column is which field: as the form has it, unless a person decided otherwise.

use model::import::{ImportColumn, ImportField, ImportMapping};

use crate::form::Form;

/// Longest name of a column that is shown.
const SHOWN: usize = 80;

pub(crate) struct Columns {
    /// Names as the file has them.
    pub(crate) names: Vec<String>,
    /// Places in `names`, the best first.
    of: Vec<(ImportField, Vec<usize>)>,
}

impl Columns {
    pub(crate) fn new(names: Vec<String>, form: &Form, mapping: &ImportMapping) -> Self {
        let place = |name: &str| names.iter().position(|column| column.eq_ignore_ascii_case(name));
        let exact = |name: &str| names.iter().position(|column| column == name);
        let of = form.fields.iter().map(|(field, candidates)| {
            let places = match mapping.columns.get(field) {
                Some(chosen) => chosen.as_deref().and_then(exact).into_iter().collect(),
                None => candidates.iter().filter_map(|name| place(name)).collect(),
            };
            (*field, places)
        });
        let of = of.collect();
        Self { names, of }
    }

    /// The places of a field's columns.
    pub(crate) fn places(&self, field: ImportField) -> &[usize] {
        self.of.iter().find(|(other, _)| *other == field).map_or(&[], |(_, places)| places)
    }

    /// The name of a field's column.
    pub(crate) fn name(&self, field: ImportField) -> Option<&str> {
        self.places(field).first().and_then(|place| self.names.get(*place)).map(String::as_str)
    }

    pub(crate) fn missing(&self, form: &Form) -> Vec<ImportField> {
        form.needed.iter().copied().filter(|field| self.places(*field).is_empty()).collect()
    }

    pub(crate) fn view(&self, form: &Form) -> Vec<ImportColumn> {
        let of = |(field, _): &(ImportField, Vec<usize>)| ImportColumn {
            field: *field,
            column: self.name(*field).map(str::to_owned),
            needed: form.needed.contains(field),
        };
        self.of.iter().map(of).collect()
    }

    /// The names that a person can choose from.
    pub(crate) fn shown(&self) -> Vec<String> {
        let named = self.names.iter().filter(|name| !name.is_empty() && name.chars().count() <= SHOWN);
        named.cloned().collect()
    }
}
