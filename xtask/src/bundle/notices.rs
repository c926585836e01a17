//! The notices of everything that is packed, in the machine-readable form of Debian's copyright file.
//! Source: <https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/>.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::Context as _;
use serde_json::Value;

use crate::page;

const HEAD: &str = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Signalbox

Files: *
Copyright: the authors of Signalbox
License: MIT or Apache-2.0
";

/// Writes them: what the page shows under About as well.
///
/// # Errors
/// Cargo does not tell the packages, or the file cannot be written.
pub(super) fn write(file: &Path) -> anyhow::Result<()> {
    let licences: Value = serde_json::from_slice(&page::licences()?).context("the licences are not JSON")?;
    fs::write(file, notices(&licences)).with_context(|| format!("{} cannot be written", file.display()))
}

fn notices(licences: &Value) -> String {
    let mut notices = HEAD.to_owned();
    let list = |name: &str| licences[name].as_array().map(Vec::as_slice).unwrap_or_default();
    for package in list("packages") {
        let text = |name: &str| package[name].as_str().unwrap_or_default();
        let name = [text("name"), text("version")].join(" ");
        let texts = package["texts"].as_array().into_iter().flatten().filter_map(Value::as_u64);
        let texts: Vec<String> = texts.map(|place| format!("text {}", place + 1)).collect();
        let _ = write!(
            notices,
            "\nFiles: {}\nCopyright: its authors, as its texts name them\nLicense: {}\nComment: {}\n",
            name.trim(),
            text("licence"),
            if texts.is_empty() { "its package brings no text".to_owned() } else { texts.join(", ") },
        );
    }
    for (place, text) in list("texts").iter().enumerate() {
        let _ = write!(notices, "\nLicense: text {}\n", place + 1);
        for line in text.as_str().unwrap_or_default().lines() {
            // An empty line would end the paragraph.
            notices +=
                &if line.trim().is_empty() { " .\n".to_owned() } else { format!(" {}\n", line.trim_end()) };
        }
    }
    notices
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_stands_once_and_its_empty_lines_end_no_paragraph() {
        let package =
            |name: &str| json!({ "name": name, "version": "1.0.0", "licence": "MIT", "texts": [0] });
        let licences =
            json!({ "packages": [package("one"), package("two")], "texts": ["First.\n\nSecond."] });
        let notices = notices(&licences);
        assert!(notices.contains("\nFiles: two 1.0.0\n"));
        assert!(notices.ends_with("\nLicense: text 1\n First.\n .\n Second.\n"), "{notices}");
        assert_eq!(notices.matches("First.").count(), 1);
    }
}
