//! Files of usage that a person takes along.

use serde::{Deserialize, Serialize};

/// How figures are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataFormat {
    /// A table for spreadsheets, RFC 4180.
    Csv,
    /// Exact, for programs.
    Json,
}

/// How a chart is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureFormat {
    /// Lines, for any size.
    Svg,
    /// Pixels, two for each of the page's.
    Png,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportFormat {
    /// A page for a browser, which prints well.
    Html,
    /// A sheet of A4.
    Pdf,
}

/// A file that was written. It never takes the place of another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// Its name in the person's folder for downloads.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Rows of data in it; none in a picture.
    pub rows: Option<u64>,
    /// Whether there were more rows than one file takes.
    pub cut: bool,
}
