//! What marks are drawn with. plotters knows colours; ours stand for a role, and the sheet writes the role's class, so
//! that the theme decides what it looks like, in the page as in a file.

use model::ProviderType;
use plotters::style::Color;
use plotters_backend::BackendColor;

/// A role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Series of a vendor.
    Vendor(ProviderType),
    /// The first series that is no vendor's.
    Strong,
    /// The second one, and bars that are no vendor's.
    Neutral,
    /// What a bar is measured against.
    Soft,
    /// The previous period, or an even pace.
    Previous,
    /// What a forecast may reach.
    Band,
    /// Gridlines.
    Grid,
    /// The baseline.
    Axis,
    /// A step that nothing is known of.
    Gap,
    /// A step whose cost is known in part.
    Unknown,
}

/// A role and how it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ink {
    pub(crate) tone: Tone,
    /// The step is not over yet.
    pub(crate) partial: bool,
    /// It has not happened yet.
    pub(crate) dashed: bool,
}

const TONES: [(Tone, &str); 13] = [
    (Tone::Vendor(ProviderType::Gemini), "gemini"),
    (Tone::Vendor(ProviderType::OpenAi), "openai"),
    (Tone::Vendor(ProviderType::Claude), "claude"),
    (Tone::Vendor(ProviderType::OpenAiCompatible), "compat"),
    (Tone::Strong, "strong"),
    (Tone::Neutral, "neutral"),
    (Tone::Soft, "soft"),
    (Tone::Previous, "prev"),
    (Tone::Band, "band"),
    (Tone::Grid, "grid"),
    (Tone::Axis, "axis"),
    (Tone::Gap, "gap"),
    (Tone::Unknown, "unknown"),
];

impl Tone {
    /// Its class.
    pub fn class(self) -> &'static str {
        TONES.iter().find(|(tone, _)| *tone == self).map_or("neutral", |(_, class)| class)
    }

    pub(crate) fn ink(self) -> Ink {
        Ink { tone: self, partial: false, dashed: false }
    }
}

impl Ink {
    pub(crate) fn partial(self, partial: bool) -> Self {
        Self { partial, ..self }
    }

    pub(crate) fn dashed(self) -> Self {
        Self { dashed: true, ..self }
    }

    /// The ink that a colour stands for.
    pub(crate) fn of(color: BackendColor) -> Self {
        let (tone, flags, _) = color.rgb;
        let tone = TONES.get(usize::from(tone)).map_or(Tone::Neutral, |(tone, _)| *tone);
        Self { tone, partial: flags & 1 != 0, dashed: flags & 2 != 0 }
    }

    /// Classes of a mark of a kind: `m` filled, `ln` a line, `pt` a point.
    pub(crate) fn classes(self, kind: &str) -> String {
        let mut classes = match self.tone {
            Tone::Grid | Tone::Axis | Tone::Band | Tone::Gap => self.tone.class().to_owned(),
            tone => format!("{kind} {}", tone.class()),
        };
        if self.partial {
            classes.push_str(" part");
        }
        if self.dashed {
            classes.push_str(" dash");
        }
        classes
    }
}

impl Color for Ink {
    fn to_backend_color(&self) -> BackendColor {
        let tone = TONES.iter().position(|(tone, _)| *tone == self.tone).unwrap_or_default();
        BackendColor { alpha: 1.0, rgb: (tone as u8, u8::from(self.partial) | u8::from(self.dashed) << 1, 0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ink_survives_the_way_through_plotters() {
        for (tone, class) in TONES {
            for ink in [tone.ink(), tone.ink().partial(true), tone.ink().dashed()] {
                assert_eq!(Ink::of(ink.to_backend_color()), ink);
            }
            assert!(tone.ink().classes("m").ends_with(class));
        }
    }
}
