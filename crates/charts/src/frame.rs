//! What every chart is given beside its data: how large it is, the texts of its time axis, and its few words.

/// A step of the time axis. Which calendar and which language it is in is decided by who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Below the axis: `19 Nov`, `Today`.
    pub tick: String,
    /// In the read-out: `Thu 19 Nov`.
    pub title: String,
    /// It is not over yet.
    pub partial: bool,
}

/// Size and words of a chart.
#[derive(Clone, Debug)]
pub struct Frame {
    /// What the ids of its patterns begin with: unique on the page.
    pub id: String,
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels; charts of rows take what their rows need.
    pub height: f64,
    /// What it shows, for those who cannot see it.
    pub label: String,
    /// Its words.
    pub words: Words,
}

/// The words of charts; `Default` is English.
#[derive(Clone, Debug)]
pub struct Words {
    /// Head of the column with the steps.
    pub time: String,
    /// Head of the column with the rows' names.
    pub name: String,
    /// The sum of a stop.
    pub total: String,
    /// Nothing is known.
    pub no_data: String,
    /// Nothing was priced.
    pub unknown: String,
    /// Calls without a price at a step.
    pub unpriced: fn(u64) -> String,
    /// A sum to which something without a price must be added.
    pub at_least: fn(&str) -> String,
    /// A share with the numbers that it is of: the share, how many, of how many.
    pub share: fn(&str, &str, &str) -> String,
    /// The series that are too small for a place of their own.
    pub others: fn(usize) -> String,
    /// The line of an even pace through a budget.
    pub even_pace: String,
    /// Head of the column with what is left of a budget.
    pub remaining: String,
    /// What is left of a budget.
    pub left: fn(&str) -> String,
    /// What a budget is overdrawn by.
    pub over: fn(&str) -> String,
    /// The latest step.
    pub today: String,
    /// What may be left at the end.
    pub forecast: String,
    /// The mean of a day in the last 7 days.
    pub week: String,
    /// The mean of a day in the last 30 days.
    pub month: String,
    /// The change from one to the other.
    pub trend: String,
    /// What the bars and strokes of 7 against 30 days are.
    pub week_and_month: String,
}

impl Frame {
    /// The same, no smaller than axes and labels need and no larger than any screen.
    pub(crate) fn bounded(&self) -> Self {
        let within =
            |length: f64, least: f64| if length.is_finite() { length.clamp(least, 8_000.0) } else { least };
        Self { width: within(self.width, 120.0), height: within(self.height, 90.0), ..self.clone() }
    }
}

impl Default for Words {
    fn default() -> Self {
        Self {
            time: "Day".to_owned(),
            name: "Name".to_owned(),
            total: "Total".to_owned(),
            no_data: "No data".to_owned(),
            unknown: "unknown".to_owned(),
            unpriced: |count| format!("{count} without a price"),
            at_least: |amount| format!("{amount} or more"),
            share: |share, part, whole| format!("{share} ({part} of {whole})"),
            others: |count| format!("{count} others"),
            even_pace: "even pace".to_owned(),
            remaining: "Left".to_owned(),
            left: |amount| format!("{amount} left"),
            over: |amount| format!("{amount} over"),
            today: "today".to_owned(),
            forecast: "Forecast".to_owned(),
            week: "7 days, a day".to_owned(),
            month: "30 days, a day".to_owned(),
            trend: "Trend".to_owned(),
            week_and_month: "Mean of a day. Bar: last 7 days, stroke: last 30 days".to_owned(),
        }
    }
}
