//! Which lines of the table are in the document. Five hundred rows would take longer to lay out than a person
//! notices; the ones far outside the view are left out and their height is kept by one empty row at either end.

use std::ops::Range;

use super::list::Group;

/// Height of a type's heading, as in the style sheet.
pub const GROUP_HEIGHT: u32 = 30;
/// Height of a provider's row, as in the style sheet.
pub const ROW_HEIGHT: u32 = 52;
/// The same where rows are compact.
pub const COMPACT_HEIGHT: u32 = 36;

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The heading of a group, by the group's place.
    Group(usize),
    /// A provider, by its place in the list.
    Row(usize),
}

/// All lines and where each begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    lines: Vec<Line>,
    /// Top of each line, and the end of the last.
    tops: Vec<u32>,
}

impl Layout {
    /// Lays groups out below each other.
    pub fn new(groups: &[Group], compact: bool) -> Self {
        let height = if compact { COMPACT_HEIGHT } else { ROW_HEIGHT };
        let mut layout = Self { lines: Vec::new(), tops: vec![0] };
        for (place, group) in groups.iter().enumerate() {
            layout.push(Line::Group(place), GROUP_HEIGHT);
            for &row in &group.rows {
                layout.push(Line::Row(row), height);
            }
        }
        layout
    }

    fn push(&mut self, line: Line, height: u32) {
        self.lines.push(line);
        self.tops.push(self.height() + height);
    }

    /// All lines.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Height of all lines.
    pub fn height(&self) -> u32 {
        self.tops.last().copied().unwrap_or(0)
    }

    /// The lines to draw for a view of this height, scrolled by this much, with a margin at either end.
    pub fn window(&self, scrolled: u32, view: u32, margin: u32) -> Range<usize> {
        let first_px = scrolled.saturating_sub(margin);
        let last_px = scrolled.saturating_add(view).saturating_add(margin);
        let first = self.tops.partition_point(|&top| top <= first_px).saturating_sub(1);
        let end = self.tops.partition_point(|&top| top < last_px).min(self.lines.len());
        first.min(end)..end
    }

    /// Heights above and below some lines.
    pub fn around(&self, window: &Range<usize>) -> (u32, u32) {
        let top = |place: usize| self.tops.get(place).copied().unwrap_or(self.height());
        (top(window.start), self.height() - top(window.end))
    }

    /// Top and bottom of a provider's row.
    pub fn place_of(&self, row: usize) -> Option<(u32, u32)> {
        let place = self.lines.iter().position(|line| *line == Line::Row(row))?;
        Some((self.tops[place], self.tops[place + 1]))
    }

    /// The providers in the order of rows.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.lines.iter().filter_map(|line| match line {
            Line::Row(row) => Some(*row),
            Line::Group(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use model::ProviderType;

    use super::{super::list::Cost, *};

    fn layout(rows: usize) -> Layout {
        let group =
            Group { provider_type: ProviderType::Gemini, rows: (0..rows).collect(), cost: Cost::NoCalls };
        Layout::new(&[group], false)
    }

    #[test]
    fn only_the_lines_near_the_view_are_drawn() {
        let layout = layout(500);
        let window = layout.window(10_000, 700, 260);
        assert!(window.len() < 40, "{window:?}");
        let (above, below) = layout.around(&window);
        assert!(above <= 10_000 && layout.height() - below >= 10_700);
        let drawn: u32 = window.clone().map(|_| ROW_HEIGHT).sum();
        assert_eq!(above + drawn + below, layout.height());
    }

    #[test]
    fn a_view_beyond_the_end_draws_the_last_lines_and_no_more() {
        let layout = layout(3);
        assert_eq!(layout.window(0, 700, 0), 0..4);
        assert_eq!(layout.window(90_000, 700, 0).end, 4);
        assert_eq!(Layout::new(&[], false).window(0, 700, 0), 0..0);
    }

    #[test]
    fn a_row_knows_its_place() {
        assert_eq!(layout(3).place_of(1), Some((GROUP_HEIGHT + ROW_HEIGHT, GROUP_HEIGHT + 2 * ROW_HEIGHT)));
        assert_eq!(layout(3).place_of(7), None);
    }
}
