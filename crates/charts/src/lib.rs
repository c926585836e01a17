//! Usage series as SVG: one source for the page, which colours it by its theme, and for exported files, which carry their
//! colours with them. Compiles to wasm. Deliberately not here: calendars and languages (a step brings its texts), events,
//! and what the figures mean.

mod amount;
mod axis;
mod burn_down;
mod canvas;
#[cfg(feature = "files")]
mod checked;
mod compared;
mod cost;
mod drawing;
mod export;
mod frame;
mod ink;
mod labels;
mod lines;
mod measure;
mod node;
mod pattern;
#[cfg(feature = "files")]
mod pdf;
#[cfg(feature = "files")]
mod png;
mod ranked;
mod read_out;
mod scale;
mod sheet;
mod spark;
mod stacked;
mod theme;

pub use amount::{Amount, Unit};
pub use burn_down::{BurnDown, Forecast, burn_down};
#[cfg(feature = "files")]
pub use checked::is_chart;
pub use compared::{Compared, WeekAgainstMonth, week_against_month};
pub use cost::Cost;
pub use drawing::{Area, Drawing, Reading, Side, Stop, Table};
pub use export::{Heading, size, svg};
pub use frame::{Frame, Step, Words};
pub use ink::Tone;
pub use lines::{Line, Trend, trend};
pub use node::{Node, escaped};
#[cfg(feature = "files")]
pub use pdf::pdf;
#[cfg(feature = "files")]
pub use png::{FileError, has_letters, png};
pub use ranked::{Ranked, Row, Value, ranked};
pub use read_out::ReadOut;
pub use spark::{Curve, curve, spark};
pub use stacked::{CostSeries, DailyCost, daily_cost};
pub use theme::Theme;
