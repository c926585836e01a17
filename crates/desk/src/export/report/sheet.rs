//! The report as a sheet of A4: drawn as SVG, and written as PDF with its words as words.

use charts::{FileError, Heading, Theme};

use model::writing;

use super::{
    COLUMNS, Figure, Report, Tile,
    words::{form, say},
};

/// A4 at 96 dots an inch.
const WIDTH: f64 = 794.0;
const HEIGHT: f64 = 1_123.0;
const MARGIN: f64 = 45.0;
const INNER: f64 = WIDTH - 2.0 * MARGIN;
const GAP: f64 = 12.0;
const TILES_AT: f64 = 96.0;
const FIGURES_AT: f64 = 168.0;
const LINE: f64 = 18.0;
/// From here on letters fill a square: CJK radicals, kana and ideographs, Hangul, full-width forms.
const WIDE: char = '\u{2e80}';

const INK: &str = "#12171b";
const QUIET: &str = "#5e6872";
const RULE: &str = "#e1e5e8";

/// Where the columns of the table end, or begin for the first two, as parts of the width; and their letters.
const TABLE: [(f64, usize); 7] =
    [(0.0, 27), (0.26, 25), (0.56, 12), (0.66, 10), (0.78, 14), (0.87, 9), (1.0, 18)];

/// What stands at a place.
struct Word<'a> {
    text: &'a str,
    at: (f64, f64),
    size: f64,
    fill: &'a str,
    bold: bool,
    right: bool,
}

impl Report {
    pub(crate) fn pdf(&self) -> Result<Vec<u8>, FileError> {
        charts::pdf(&self.sheet(), &self.title, self.language.tag())
    }

    pub(super) fn sheet(&self) -> String {
        writing::within(self.language, || self.drawn())
    }

    fn drawn(&self) -> String {
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
             font-family=\"Inter, sans-serif\">\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n"
        );
        word(
            &mut out,
            &Word { text: &self.title, at: (MARGIN, 60.0), size: 20.0, fill: INK, bold: true, right: false },
        );
        word(
            &mut out,
            &Word {
                text: &self.about,
                at: (MARGIN, 79.0),
                size: 11.0,
                fill: QUIET,
                bold: false,
                right: false,
            },
        );
        for (place, one) in (0_u8..).zip(&self.tiles) {
            tile(&mut out, one, MARGIN + f64::from(place) * INNER / 6.0);
        }
        let [wide, narrow @ ..] = &self.figures;
        let mut end = figure(&mut out, wide, (MARGIN, FIGURES_AT), INNER);
        let half = (INNER - GAP) / 2.0;
        for pair in narrow.chunks(2) {
            let columns = pair.iter().zip([MARGIN, MARGIN + half + GAP]);
            let ends: Vec<f64> = columns.map(|(one, x)| figure(&mut out, one, (x, end), half)).collect();
            end = ends.into_iter().fold(end, f64::max);
        }
        self.draw_table(&mut out, end + LINE);
        out.push_str("</svg>\n");
        out
    }

    fn draw_table(&self, out: &mut String, top: f64) {
        let names = COLUMNS.map(say);
        let last = self.rows.len();
        for (place, cells) in std::iter::once(&names).chain(&self.rows).enumerate() {
            let y = top + place as f64 * LINE;
            for (column, (cell, (part, letters))) in cells.iter().zip(TABLE).enumerate() {
                word(
                    out,
                    &Word {
                        text: &shortened(cell, if column == 0 && cells[1].is_empty() { 60 } else { letters }),
                        at: (MARGIN + part * INNER, y),
                        size: 10.0,
                        fill: if place == 0 { QUIET } else { INK },
                        bold: place == 0 || place == last,
                        right: column > 1,
                    },
                );
            }
            line(out, y + 5.0);
        }
    }
}

fn tile(out: &mut String, Tile { name, value, change, was }: &Tile, x: f64) {
    let was = form("was", &[("change", change.clone()), ("value", was.clone())]);
    // What is known in part says so at length.
    let size = if value.len() > 12 { 9.0 } else { 15.0 };
    for (text, y, size, fill, bold) in [
        (name.as_str(), TILES_AT + 12.0, 10.0, QUIET, false),
        (&shortened(value, if size > 9.0 { 12 } else { 26 }), TILES_AT + 31.0, size, INK, true),
        (&shortened(was.trim(), 24), TILES_AT + 45.0, 9.0, QUIET, false),
    ] {
        word(out, &Word { text, at: (x, y), size, fill, bold, right: false });
    }
}

/// Draws a chart at a width, and says where what comes below it begins.
fn figure(out: &mut String, Figure { name, drawing }: &Figure, (x, y): (f64, f64), width: f64) -> f64 {
    word(out, &Word { text: name, at: (x, y), size: 11.0, fill: INK, bold: true, right: false });
    let (wide, high) = charts::size(drawing);
    let scale = width / wide;
    let end = y + 4.0 + high * scale + LINE;
    if drawing.marks.is_empty() {
        let at = (x, y + LINE);
        word(out, &Word { text: &say("none"), at, size: 10.0, fill: QUIET, bold: false, right: false });
        return end;
    }
    let file = charts::svg(drawing, &Heading::default(), Theme::Light);
    let svg = file.find("<svg").map_or("", |at| &file[at..]);
    out.push_str(&format!("<g transform=\"translate({x} {}) scale({scale})\">{svg}</g>\n", y + 4.0));
    end
}

fn word(out: &mut String, word: &Word<'_>) {
    let Word { text, at: (x, y), size, fill, bold, right } = word;
    let weight = if *bold { "500" } else { "400" };
    let anchor = if *right { "end" } else { "start" };
    out.push_str(&format!(
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{fill}\" font-weight=\"{weight}\" text-anchor=\"{anchor}\">{}</text>\n",
        charts::escaped(text)
    ));
}

fn line(out: &mut String, y: f64) {
    out.push_str(&format!(
        "<path d=\"M{MARGIN} {y}H{}\" stroke=\"{RULE}\" fill=\"none\"/>\n",
        MARGIN + INNER
    ));
}

/// So many letters at most, where a letter of Chinese is as wide as two.
fn shortened(text: &str, letters: usize) -> String {
    let width = |letter: char| if letter < WIDE { 1 } else { 2 };
    if text.chars().map(width).sum::<usize>() <= letters {
        return text.to_owned();
    }
    let mut left = letters.saturating_sub(1);
    let fits = |letter: &char| {
        let rest = left.checked_sub(width(*letter));
        left = rest.unwrap_or_default();
        rest.is_some()
    };
    text.chars().take_while(fits).chain(std::iter::once('…')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_to_the_width_of_its_column_whatever_its_script() {
        assert_eq!(shortened("twelve wide.", 12), "twelve wide.");
        assert_eq!(shortened("thirteen wide", 12), "thirteen wi…");
        assert_eq!(shortened("按供应商的费", 12), "按供应商的费");
        assert_eq!(shortened("按供应商的费用", 12), "按供应商的…");
    }
}
