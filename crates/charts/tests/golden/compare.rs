//! Two SVG files are the same picture, or where they are not.

use roxmltree::{Document, Node};

const TOLERANCE: f64 = 0.2;

/// # Errors
/// The first difference.
pub(crate) fn same(golden: &str, now: &str) -> Result<(), String> {
    let (golden, now) = (read(golden)?, read(now)?);
    node(golden.root_element(), now.root_element())
}

fn read(text: &str) -> Result<Document<'_>, String> {
    Document::parse(text).map_err(|error| error.to_string())
}

fn node(golden: Node<'_, '_>, now: Node<'_, '_>) -> Result<(), String> {
    let at = format!("<{} class={:?}>", golden.tag_name().name(), golden.attribute("class"));
    if golden.tag_name() != now.tag_name() {
        return Err(format!("{at} became <{}>", now.tag_name().name()));
    }
    let names = |node: Node<'_, '_>| node.attributes().map(|one| one.name().to_owned()).collect::<Vec<_>>();
    if names(golden) != names(now) {
        return Err(format!("{at} has {:?} and now {:?}", names(golden), names(now)));
    }
    for (was, is) in golden.attributes().zip(now.attributes()) {
        values(was.value(), is.value()).map_err(|difference| format!("{at} {}: {difference}", was.name()))?;
    }
    if golden.text() != now.text() {
        return Err(format!("{at} says {:?} and now {:?}", golden.text(), now.text()));
    }
    let children = |node: Node<'_, '_>| node.children().filter(Node::is_element).count();
    if children(golden) != children(now) {
        return Err(format!("{at} holds {} elements and now {}", children(golden), children(now)));
    }
    let elements = golden.children().filter(Node::is_element).zip(now.children().filter(Node::is_element));
    elements.into_iter().try_for_each(|(golden, now)| node(golden, now))
}

/// Numbers are near each other and what stands between them is equal.
fn values(golden: &str, now: &str) -> Result<(), String> {
    let (was, is) = (parts(golden), parts(now));
    let near = |(was, is): (&String, &String)| match (was.parse::<f64>(), is.parse::<f64>()) {
        (Ok(was), Ok(is)) => (was - is).abs() <= TOLERANCE,
        _ => was == is,
    };
    if was.len() == is.len() && was.iter().zip(&is).all(near) {
        return Ok(());
    }
    let start = was.iter().zip(&is).take_while(|pair| near(*pair)).count();
    Err(format!("{:?} became {:?} at part {start}", was.get(start), is.get(start)))
}

fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut numeric = None;
    for c in text.chars() {
        let is = c.is_ascii_digit() || matches!(c, '.' | '-');
        // A minus begins a number also where no blank stands before it.
        match parts.last_mut().filter(|_| numeric == Some(is) && c != '-') {
            Some(part) => part.push(c),
            None => parts.push(c.to_string()),
        }
        numeric = Some(is);
    }
    parts
}
