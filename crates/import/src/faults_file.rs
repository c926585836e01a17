//! The file of faults: a row for each bad row, by its line.

use csv::Writer;
use model::import::ImportFault;

/// The faults as CSV, with a header.
pub fn faults_file(faults: &[ImportFault]) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    let header = ["line", "column", "what is wrong", "what would be right"];
    let written = writer.write_record(header).and_then(|()| {
        faults.iter().try_for_each(|fault| {
            let column = tame(fault.column.as_deref().unwrap_or_default());
            writer.write_record([&fault.line.to_string(), &column, &fault.message, &fault.advice])
        })
    });
    // Writing to memory does not fail.
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A column's name is the file's, and a spreadsheet runs what begins like this (OWASP, "CSV injection").
fn tame(name: &str) -> String {
    if name.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{name}") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bad_row_has_its_line_and_no_cell_is_a_formula() {
        let fault = |line, column: Option<&str>| ImportFault {
            line,
            column: column.map(str::to_owned),
            message: "the cell is empty".to_owned(),
            advice: "Fill it in, or leave the row out.".to_owned(),
        };
        assert_eq!(
            faults_file(&[fault(2, Some("spend")), fault(9, Some("=cmd()")), fault(10, None)]),
            "line,column,what is wrong,what would be right\n\
             2,spend,the cell is empty,\"Fill it in, or leave the row out.\"\n\
             9,'=cmd(),the cell is empty,\"Fill it in, or leave the row out.\"\n\
             10,,the cell is empty,\"Fill it in, or leave the row out.\"\n"
        );
    }
}
