//! Whether a text is a drawing of ours: shapes, words and one sheet of rules, and nothing that runs, links or loads. A file
//! that is handed to other programs is looked at before it is written.

use resvg::usvg::roxmltree::{Document, Node};

/// Longer texts are no chart.
const LONGEST: usize = 4 * 1024 * 1024;
const TAGS: [&str; 10] = ["svg", "title", "style", "rect", "defs", "pattern", "g", "path", "text", "circle"];
const SVG: &str = "http://www.w3.org/2000/svg";

/// Whether it is one.
pub fn is_chart(svg: &str) -> bool {
    svg.len() <= LONGEST
        && Document::parse(svg).is_ok_and(|document| {
            document.root_element().has_tag_name((SVG, "svg"))
                && document.descendants().filter(Node::is_element).all(|element| is_ours(&element))
        })
}

fn is_ours(element: &Node<'_, '_>) -> bool {
    let tag = element.tag_name();
    let known = tag.namespace() == Some(SVG) && TAGS.contains(&tag.name());
    let harmless = |name: &str, value: &str| {
        let name = name.to_ascii_lowercase();
        !name.starts_with("on") && name != "href" && name != "style" && is_inside(value)
    };
    let rules = tag.name() != "style" || {
        let text: String = element.children().filter_map(|child| child.text()).collect();
        let media = text.match_indices('@').all(|(at, _)| text[at..].starts_with("@media "));
        media && !text.contains('\\') && is_inside(&text)
    };
    known
        && rules
        && element.attributes().all(|one| one.namespace().is_none() && harmless(one.name(), one.value()))
}

/// Whether everything that is referred to is in the drawing itself.
fn is_inside(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.match_indices("url(").all(|(at, found)| text[at + found.len()..].starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(inside: &str) -> String {
        format!(r#"<svg xmlns="{SVG}" width="4" height="2">{inside}</svg>"#)
    }

    #[test]
    fn shapes_and_words_are_a_chart() {
        assert!(is_chart(&around(
            r##"<style>.a { fill: #fff; }</style><g><path class="m" fill="url(#p)" d="M0 0"/><text>url</text></g>"##
        )));
    }

    #[test]
    fn what_runs_links_or_loads_is_none() {
        for inside in [
            "<script>1</script>",
            r#"<image href="/etc/passwd"/>"#,
            r#"<rect onclick="x()"/>"#,
            r#"<rect style="fill: red"/>"#,
            r#"<path fill="url(http://x/#p)"/>"#,
            "<style>@import 'x';</style>",
            "<style>.a { fill: url(x.svg#p); }</style>",
            r#"<p xmlns="http://www.w3.org/1999/xhtml">x</p>"#,
            "<foreignObject/>",
        ] {
            assert!(!is_chart(&around(inside)), "{inside}");
        }
        assert!(!is_chart("<svg>") && !is_chart("<p/>") && !is_chart(""));
    }
}
