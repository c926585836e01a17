//! A sheet of paper. Words stay words: they can be searched, copied and read aloud, with the letters of the page in the file.

use krilla::{Document, geom::Size, metadata::Metadata, page::PageSettings};
use krilla_svg::{SurfaceExt as _, SvgSettings};

use crate::png::{FileError, read};

/// Points of PDF for each of the page's pixels: 72 an inch for 96.
const POINTS: f32 = 0.75;

/// A stand-alone SVG file as a PDF of one page that is as large, in the language of a BCP 47 tag.
///
/// # Errors
/// The text is no SVG, or it cannot be written as PDF.
pub fn pdf(svg: &str, title: &str, language: &str) -> Result<Vec<u8>, FileError> {
    let tree = read(svg)?;
    let (width, height) = (tree.size().width() * POINTS, tree.size().height() * POINTS);
    let settings = PageSettings::from_wh(width, height).ok_or(FileError::Size)?;
    let size = Size::from_wh(width, height).ok_or(FileError::Size)?;
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(title.to_owned()).language(language.to_owned()));
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    surface.draw_svg(&tree, size, SvgSettings::default()).ok_or(FileError::Unwritable)?;
    surface.finish();
    page.finish();
    document.finish().map_err(|_| FileError::Unwritable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_has_the_size_that_its_drawing_has_in_points() {
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><text y="20">Words</text></svg>"#;
        let pdf = pdf(svg, "A title", "de").unwrap();
        assert!(pdf.starts_with(b"%PDF-"));
        let text = String::from_utf8_lossy(&pdf);
        assert!(
            text.contains("/MediaBox [0 0 300 150]") || text.contains("/MediaBox[0 0 300 150]"),
            "{text}"
        );
    }

    #[test]
    fn what_is_no_svg_is_refused() {
        assert_eq!(super::pdf("<p>", "", "en"), Err(FileError::Unreadable));
    }
}
