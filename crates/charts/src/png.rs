//! A file of pixels. The letters are the page's own, so that a picture looks the same on every machine; for scripts that
//! they lack, the system's are asked.

use std::sync::Arc;

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Group, Node, Options, Tree, fontdb},
};

use crate::escaped;

const REGULAR: &[u8] = include_bytes!("../fonts/inter-regular.ttf");
const MEDIUM: &[u8] = include_bytes!("../fonts/inter-medium.ttf");
/// The longest edge, so that no size asks for more memory than 256 MB.
const LONGEST: f32 = 8_000.0;

/// Why there is no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// The text is no SVG.
    #[error("the chart cannot be read as SVG")]
    Unreadable,
    /// It would have no pixels, or too many.
    #[error("the picture is empty, or larger than 8,000 pixels")]
    Size,
    /// The file cannot be packed.
    #[error("the file cannot be written")]
    Unwritable,
}

/// A stand-alone SVG file as PNG, `scale` pixels for each of its own.
///
/// # Errors
/// The text is no SVG, or the picture would be empty or too large.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, FileError> {
    let tree = read(svg)?;
    let size = tree.size();
    let (width, height) = (size.width() * scale, size.height() * scale);
    if !(1.0..=LONGEST).contains(&width) || !(1.0..=LONGEST).contains(&height) {
        return Err(FileError::Size);
    }
    let mut pixels = Pixmap::new(width.ceil() as u32, height.ceil() as u32).ok_or(FileError::Size)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|_| FileError::Unwritable)
}

/// With the fonts that its words need.
pub(crate) fn read(svg: &str) -> Result<Tree, FileError> {
    let options = Options { fontdb: Arc::new(fonts()), ..Options::default() };
    Tree::from_str(svg, &options).map_err(|_| FileError::Unreadable)
}

/// Whether a typeface that is here has each letter of a text. Without one a file would show empty boxes.
pub fn has_letters(text: &str) -> bool {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text y=\"9\" font-family=\"Inter, sans-serif\">{}</text></svg>",
        escaped(text)
    );
    read(&svg).is_ok_and(|tree| is_drawn(tree.root()))
}

/// The first glyph of every typeface is the one for letters that it lacks.
fn is_drawn(group: &Group) -> bool {
    group.children().iter().all(|node| match node {
        Node::Group(group) => is_drawn(group),
        Node::Text(text) => {
            let mut glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
            glyphs.all(|glyph| glyph.id.0 != 0)
        }
        Node::Path(_) | Node::Image(_) => true,
    })
}

fn fonts() -> fontdb::Database {
    let mut fonts = fontdb::Database::new();
    fonts.load_system_fonts();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(MEDIUM.to_vec());
    fonts.set_sans_serif_family("Inter");
    fonts
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str =
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"><rect width="4" height="2"/></svg>"#;

    #[test]
    fn a_picture_has_the_size_that_was_asked_for() {
        let png = png(SVG, 2.0).unwrap();
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!((&png[16..20], &png[20..24]), (&8u32.to_be_bytes()[..], &4u32.to_be_bytes()[..]));
    }

    #[test]
    fn what_is_no_svg_or_too_large_is_refused() {
        assert_eq!(png("<p>", 1.0), Err(FileError::Unreadable));
        assert_eq!(png(SVG, 3_000.0), Err(FileError::Size));
        assert_eq!(png(SVG, f32::NAN), Err(FileError::Size));
    }

    #[test]
    fn letters_that_no_typeface_has_are_known_to_be_missing() {
        assert!(has_letters("Usage, März & \"more\""));
        // Of the last private plane, which no script uses.
        assert!(!has_letters("Usage \u{10fffd}"));
    }
}
