//! Labels at the end of series: glyph, name and value beside the mark, moved apart where they would touch. They are the
//! legend, and the reason that no colour has to be remembered.

use model::ProviderType;

use crate::{
    canvas::{Anchor, Canvas},
    drawing::Area,
    ink::Tone,
    measure::{self, SIZE},
    node::{Node, px},
};

/// Height of a label with its value below the name, and with both on one line.
const TWO_LINES: f64 = 32.0;
const ONE_LINE: f64 = 17.0;
const GLYPH: f64 = 17.0;
const WIDEST: f64 = 110.0;

/// A label.
pub(crate) struct EndLabel {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) tone: Tone,
    /// Where it would like to be.
    pub(crate) y: f64,
    /// The pattern that tells its series from others of the vendor.
    pub(crate) swatch: Option<Option<String>>,
}

/// How labels are set.
pub(crate) struct Setting {
    one_line: bool,
    mark: f64,
    name: f64,
    value: f64,
}

impl Setting {
    /// What fits into a height.
    pub(crate) fn of(labels: &[EndLabel], height: f64) -> Self {
        let widest = |text: fn(&EndLabel) -> &str| {
            labels.iter().map(|label| measure::width(text(label), SIZE)).fold(0.0, f64::max).min(WIDEST)
        };
        let glyph =
            if labels.iter().any(|label| matches!(label.tone, Tone::Vendor(_))) { GLYPH } else { 0.0 };
        let swatch = if labels.iter().any(|label| label.swatch.is_some()) { 13.0 } else { 0.0 };
        Self {
            one_line: labels.len() as f64 * TWO_LINES > height + TWO_LINES / 2.0,
            mark: glyph + swatch,
            name: widest(|label| &label.name),
            value: widest(|label| &label.value),
        }
    }

    /// The margin on the right.
    pub(crate) fn width(&self) -> f64 {
        let texts = if self.one_line { self.name + 8.0 + self.value } else { self.name.max(self.value) };
        if texts == 0.0 { 8.0 } else { (9.0 + self.mark + texts + 4.0).ceil() }
    }

    /// Draws them at the right edge of a plot.
    pub(crate) fn draw(&self, canvas: &Canvas, plot: &Area, labels: &[EndLabel]) {
        let height = if self.one_line { ONE_LINE } else { TWO_LINES };
        let wanted: Vec<f64> = labels.iter().map(|label| label.y).collect();
        // The lowest stays above the line of the steps' names.
        let (above, below) = if self.one_line { (2.0, 2.0) } else { (10.0, 9.0) };
        let places = apart(&wanted, height, plot.top + above, plot.bottom - below);
        for (label, y) in labels.iter().zip(places) {
            self.label(canvas, plot.right + 9.0, y, label);
        }
    }

    fn label(&self, canvas: &Canvas, x: f64, y: f64, label: &EndLabel) {
        let class = label.tone.class();
        let base = if self.one_line { y + 4.0 } else { y - 3.0 };
        if let Some(pattern) = &label.swatch {
            let square = || {
                Node::new("rect")
                    .with("x", px(x))
                    .with("y", px(base - 8.0))
                    .with("width", "9")
                    .with("height", "9")
            };
            canvas.push(square().with("class", format!("m {class}")));
            if let Some(pattern) = pattern {
                canvas.push(square().with("fill", format!("url(#{pattern})")));
            }
        }
        if let Tone::Vendor(vendor) = label.tone {
            canvas.push(glyph(vendor, x + self.mark - GLYPH, base - 10.0));
        }
        let x = x + self.mark;
        canvas.words(&label.name, (x, base), &format!("dl-n {class}"), Anchor::Start, self.name + 0.5);
        let value = if self.one_line { (x + self.name + 8.0, base) } else { (x, base + 14.0) };
        canvas.words(&label.value, value, "dl-v", Anchor::Start, self.value + 0.5);
    }
}

/// A vendor's glyph in a square of 12 pixels.
pub(crate) fn glyph(vendor: ProviderType, x: f64, y: f64) -> Node {
    let path = |d: &str| Node::new("path").with("d", d);
    let inside = match vendor {
        ProviderType::Gemini => vec![
            path("M8 .8c.7 4.200 3 6.500 7.200 7.200C11 8.700 8.700 11 8 15.200 7.300 11 5 8.700.8 8 5 7.300 7.300 5 8 .8z")
                .with("class", "f"),
        ],
        ProviderType::OpenAi => vec![
            path("M8 1.500l5.600 3.250v6.500L8 14.500l-5.600-3.250v-6.500z"),
            Node::classed("circle", "f").with("cx", "8").with("cy", "8").with("r", "2.2"),
        ],
        ProviderType::Claude => {
            vec![path("M8 1.500v13M1.500 8h13M3.400 3.400l9.200 9.200M12.600 3.400l-9.200 9.200")]
        }
        ProviderType::OpenAiCompatible => vec![path(
            "M5.800 2.300C3.300 2.300 5 8 2.500 8c2.500 0 .8 5.700 3.300 5.700M10.200 2.300C12.700 2.300 11 8 13.500 8c-2.500 0-.8 5.700-3.300 5.700",
        )],
    };
    let class = Tone::Vendor(vendor).class();
    let mut node = Node::classed("g", format!("gl {class}"))
        .with("transform", format!("translate({} {}) scale(.75)", px(x), px(y)));
    node.children = inside;
    node
}

/// Places as near as possible to those that are wanted, in their order, `height` apart, between two ends. Where there is
/// not enough room they begin at the upper end.
fn apart(wanted: &[f64], height: f64, top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut places = vec![0.0; wanted.len()];
    let mut least = top;
    for index in &order {
        places[*index] = wanted[*index].max(least);
        least = places[*index] + height;
    }
    let mut most = bottom.max(top + height * (wanted.len().max(1) - 1) as f64);
    for index in order.iter().rev() {
        places[*index] = places[*index].min(most);
        most = places[*index] - height;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_their_order_and_do_not_touch() {
        assert_eq!(apart(&[100.0, 102.0, 20.0], 10.0, 0.0, 200.0), [100.0, 110.0, 20.0]);
        assert_eq!(apart(&[198.0, 199.0], 10.0, 0.0, 200.0), [190.0, 200.0]);
        assert_eq!(apart(&[5.0; 3], 10.0, 0.0, 12.0), [0.0, 10.0, 20.0]);
        assert!(apart(&[], 10.0, 0.0, 1.0).is_empty());
    }
}
