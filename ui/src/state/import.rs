//! An import of usage while a person looks at it: the file, what was decided about it, and what came of it.

use std::rc::Rc;

use model::{
    Failure,
    import::{FaultFile, ImportField, ImportMapping, ImportPreview, ImportReport, ReportedUsage},
};

/// A file that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenFile {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// What the file is.
    Looking,
    /// The import.
    Importing,
    /// The file of faults.
    Saving,
}

/// Everything about the import.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// The file.
    pub file: Option<Rc<ChosenFile>>,
    /// Where the person decided otherwise.
    pub mapping: ImportMapping,
    /// What it would come to; the last one stays while the next is waited for.
    pub preview: Option<Rc<ImportPreview>>,
    /// Why the file cannot be looked at or imported.
    pub fault: Option<Failure>,
    /// What is waited for.
    pub busy: Option<Busy>,
    /// What it came to.
    pub report: Option<ImportReport>,
    /// What vendors reported, where the file was of theirs.
    pub reported: Option<Rc<ReportedUsage>>,
    /// Where the faults were written.
    pub saved: Option<FaultFile>,
    /// Counts what was asked, so that an answer to an earlier question is known as one.
    pub turn: u32,
}

/// A change.
#[derive(Clone, Debug)]
pub enum Edit {
    /// A file is being read.
    Reading,
    /// It was read.
    Chosen(ChosenFile),
    /// The column of a field.
    Column(ImportField, Option<String>),
    /// The configuration of a source.
    GoesTo(String, Option<i64>),
    /// The answer to a question.
    Looked(u32, Result<ImportPreview, Failure>),
    /// Something is waited for.
    Began(Busy),
    /// It was imported, or not.
    Imported(Result<ImportReport, Failure>),
    /// What vendors reported came.
    Reported(ReportedUsage),
    /// The faults were written, or not.
    Saved(Result<FaultFile, Failure>),
    /// The file cannot be read.
    Unread(Failure),
}

impl Import {
    /// The state after a change.
    pub fn apply(mut self, edit: Edit) -> Self {
        match edit {
            Edit::Reading => {
                return Self { busy: Some(Busy::Looking), turn: self.turn + 1, ..Self::default() };
            }
            Edit::Chosen(file) => {
                return Self {
                    file: Some(Rc::new(file)),
                    busy: Some(Busy::Looking),
                    turn: self.turn + 1,
                    ..Self::default()
                };
            }
            Edit::Column(field, column) => {
                self.mapping.columns.insert(field, column);
                self.look_again();
            }
            Edit::GoesTo(key, number) => {
                self.mapping.configurations.insert(key, number);
                self.look_again();
            }
            Edit::Looked(turn, _) if turn != self.turn => {}
            Edit::Looked(_, Ok(preview)) => {
                (self.busy, self.fault) = (None, None);
                self.preview = Some(Rc::new(preview));
            }
            Edit::Looked(_, Err(failure)) => {
                (self.busy, self.preview, self.fault) = (None, None, Some(failure));
            }
            Edit::Began(busy) => (self.busy, self.fault) = (Some(busy), None),
            Edit::Imported(Ok(report)) => (self.busy, self.report) = (None, Some(report)),
            Edit::Reported(usage) => self.reported = Some(Rc::new(usage)),
            Edit::Saved(Ok(file)) => (self.busy, self.saved) = (None, Some(file)),
            Edit::Imported(Err(failure)) | Edit::Saved(Err(failure)) | Edit::Unread(failure) => {
                (self.busy, self.fault) = (None, Some(failure));
            }
        }
        self
    }

    fn look_again(&mut self) {
        self.turn += 1;
        self.busy = Some(Busy::Looking);
        self.saved = None;
    }

    /// Rows that an import would write; 0 while nothing can be imported.
    pub fn rows(&self) -> u64 {
        let preview = self.preview.as_ref().filter(|preview| preview.missing.is_empty());
        preview.map_or(0, |preview| preview.new + preview.replaced)
    }

    /// Whether there is something to import, and nothing is waited for.
    pub fn can_import(&self) -> bool {
        self.busy.is_none() && self.report.is_none() && self.rows() > 0
    }
}

#[cfg(test)]
mod tests {
    use model::{FailureCode, PicoUsd, import::ImportFormat};

    use super::*;

    fn preview(new: u64) -> ImportPreview {
        ImportPreview {
            format: ImportFormat::UsageLogs,
            columns: vec!["created_at".to_owned()],
            fields: Vec::new(),
            missing: Vec::new(),
            sources: Vec::new(),
            targets: Vec::new(),
            rows: new,
            new,
            replaced: 0,
            known: 0,
            too_old: 0,
            empty: 0,
            bad: 0,
            cost: PicoUsd(0),
            unpriced: 0,
            rounded: 0,
            first: None,
            last: None,
            sample: Vec::new(),
            faults: Vec::new(),
        }
    }

    fn looked() -> Import {
        let chosen = Import::default().apply(Edit::Reading);
        let chosen = chosen.apply(Edit::Chosen(ChosenFile { name: "a.csv".to_owned(), text: String::new() }));
        let turn = chosen.turn;
        chosen.apply(Edit::Looked(turn, Ok(preview(3))))
    }

    #[test]
    fn what_is_decided_about_a_file_asks_again_and_an_older_answer_counts_no_more() {
        let state = looked();
        assert!(state.can_import());
        let asked = state.turn;
        let state = state.apply(Edit::Column(ImportField::Total, None));
        assert_eq!((state.busy, state.can_import(), state.rows()), (Some(Busy::Looking), false, 3));
        let state = state.apply(Edit::Looked(asked, Ok(preview(9))));
        assert_eq!((state.busy, state.rows()), (Some(Busy::Looking), 3));
        let turn = state.turn;
        let state = state.apply(Edit::Looked(turn, Ok(preview(4))));
        assert_eq!((state.can_import(), state.rows()), (true, 4));
        assert_eq!(state.mapping.columns.get(&ImportField::Total), Some(&None));
    }

    #[test]
    fn another_file_begins_anew() {
        let state = looked().apply(Edit::GoesTo("k".to_owned(), Some(1))).apply(Edit::Reading);
        assert_eq!((state.file, state.preview, state.mapping), (None, None, ImportMapping::default()));
    }

    #[test]
    fn nothing_can_be_imported_without_a_needed_column_or_a_second_time() {
        let turn = looked().turn;
        let lacking = ImportPreview { missing: vec![ImportField::Time], ..preview(3) };
        assert!(!looked().apply(Edit::Looked(turn, Ok(lacking))).can_import());
        let failure = Failure::new(FailureCode::Other, "the disk is full", "Free some space.");
        let refused = looked().apply(Edit::Began(Busy::Importing)).apply(Edit::Imported(Err(failure)));
        assert!(refused.can_import() && refused.fault.is_some(), "it can be tried again");
        let report = ImportReport {
            format: ImportFormat::UsageLogs,
            written: 3,
            replaced: 0,
            known: 0,
            too_old: 0,
            left_out: 0,
            cost: PicoUsd(0),
        };
        assert!(!looked().apply(Edit::Imported(Ok(report))).can_import());
    }
}
