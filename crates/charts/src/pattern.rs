//! Patterns tell series of one vendor apart, for they have one colour. They lie over the colour, and are referred to by an
//! attribute: a reference in a style sheet would be looked for in the style sheet.

use std::fmt::Display;

use crate::node::Node;

/// Rising, falling, level, upright, dots, a lattice.
const STROKES: [&str; 6] = [
    "M-1 5L5 -1M1 7L7 1",
    "M-1 1L5 7M1 -1L7 5",
    "M0 1.5H6M0 4.5H6",
    "M1.5 0V6M4.5 0V6",
    "M1 1.5h1.6M4 4.5h1.6",
    "M0 3H6M3 0V6",
];

/// The id of the pattern of a vendor's series by how many of that vendor are below; the first has none.
pub(crate) fn id(frame: &str, before: usize) -> Option<String> {
    before.checked_sub(1).map(|place| format!("{frame}-p{}", place % STROKES.len()))
}

/// The patterns that are referred to.
pub(crate) fn used(frame: &impl Display, ids: impl IntoIterator<Item = String>) -> Vec<Node> {
    let ids: Vec<String> = ids.into_iter().collect();
    let named = STROKES.iter().enumerate().map(|(place, strokes)| (format!("{frame}-p{place}"), strokes));
    named.filter(|(id, _)| ids.contains(id)).map(|(id, strokes)| pattern(&id, strokes)).collect()
}

fn pattern(id: &str, strokes: &str) -> Node {
    Node::new("pattern")
        .with("id", id)
        .with("width", "6")
        .with("height", "6")
        .with("patternUnits", "userSpaceOnUse")
        .holding(Node::classed("path", "hatch").with("d", strokes))
}
