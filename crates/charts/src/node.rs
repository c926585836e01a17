//! What a drawing is made of: a small tree of SVG elements. The page turns it into its own nodes, a file into text;
//! neither needs to read markup, so no label can become one.

use std::fmt::{Display, Write as _};

/// An element of SVG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its name, such as `path`.
    pub tag: &'static str,
    /// Its attributes in order, unescaped. Never `style` and never a handler.
    pub attributes: Vec<(&'static str, String)>,
    /// Its text, unescaped.
    pub text: Option<String>,
    /// The elements within.
    pub children: Vec<Node>,
}

impl Node {
    /// An element without anything.
    pub fn new(tag: &'static str) -> Self {
        Self { tag, attributes: Vec::new(), text: None, children: Vec::new() }
    }

    /// An element with a class.
    pub fn classed(tag: &'static str, class: impl Display) -> Self {
        Self::new(tag).with("class", class)
    }

    /// The same with an attribute more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// The same with a text.
    #[must_use]
    pub fn saying(mut self, text: &str) -> Self {
        self.text = Some(clean(text));
        self
    }

    /// The same with an element within.
    #[must_use]
    pub fn holding(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Writes it as XML.
    pub fn write(&self, out: &mut String) {
        let _ = write!(out, "<{}", self.tag);
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"{}\"", escaped(value));
        }
        if self.text.is_none() && self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        out.push_str(&escaped(self.text.as_deref().unwrap_or_default()));
        for child in &self.children {
            child.write(out);
        }
        let _ = write!(out, "</{}>", self.tag);
    }
}

/// A length with one decimal at most.
pub(crate) fn px(length: f64) -> String {
    let tenths = (length * 10.0).round() as i64;
    match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        _ => format!("{:.1}", tenths as f64 / 10.0),
    }
}

/// A text without what XML forbids and without marks that reorder what stands beside it.
pub(crate) fn clean(text: &str) -> String {
    let kept = |c: char| match c {
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
        '\t' | '\n' | '\r' => Some(' '),
        c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => Some('\u{FFFD}'),
        c => Some(c),
    };
    text.chars().filter_map(kept).collect()
}

/// A text as it stands in XML and HTML, between tags or between double quotes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_label_stays_a_label() {
        let mut out = String::new();
        Node::classed("text", "a\"b").saying("</svg><script>\u{0}\u{202E}x&").write(&mut out);
        assert_eq!(out, "<text class=\"a&quot;b\">&lt;/svg&gt;&lt;script&gt;\u{FFFD}x&amp;</text>");
    }

    #[test]
    fn lengths_have_one_decimal_at_most() {
        assert_eq!([12.0, 12.34, -0.04, -0.5].map(px), ["12", "12.3", "0", "-0.5"]);
    }
}
