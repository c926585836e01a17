//! How wide a text will be, about. Nobody can ask the browser while drawing natively, and margins need no more than this:
//! Inter's advances by kind of character, a little generous.

/// Font size of everything in a chart.
pub(crate) const SIZE: f64 = 11.0;

/// Width of a text in pixels.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// A text cut to a width, with an ellipsis where something is missing.
pub(crate) fn cut(text: &str, room: f64, size: f64) -> String {
    let text = crate::node::clean(text);
    if width(&text, size) <= room {
        return text;
    }
    let mut left = room - advance('…') * size;
    let fits = |c: &char| {
        left -= advance(*c) * size;
        left >= 0.0
    };
    let mut cut = text.chars().take_while(fits).collect::<String>().trim_end().to_owned();
    cut.push('…');
    cut
}

fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'I' | ' ' | '·' => 0.29,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | '/' => 0.39,
        'm' | 'w' | 'M' | 'W' | '%' | '…' | '@' => 0.92,
        '0'..='9' | '$' | '+' | '−' | '–' | '<' | '>' | '?' => 0.65,
        'A'..='Z' | '&' => 0.71,
        'a'..='z' => 0.59,
        '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200D}' => 0.0,
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{FFDC}' | '\u{1F000}'..='\u{3FFFF}' => 1.1,
        _ => 0.65,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_fits_and_says_so() {
        let long = "n".repeat(200);
        let short = cut(&long, 80.0, SIZE);
        assert!(width(&short, SIZE) <= 80.0 && short.ends_with('…') && short.len() > 8);
        assert_eq!(cut("Claude", 80.0, SIZE), "Claude");
    }
}
