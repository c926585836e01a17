//! The text of a PDF, for models that read none, and what it weighs for those that do. Text alone: no pictures, and no order but the file's own.

use std::{
    panic::UnwindSafe,
    time::{Duration, Instant},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use lopdf::{Document, LoadOptions};

/// Most bytes of a document that is read here, and of any part of it when unpacked.
const LIMIT: usize = 32 * 1024 * 1024;
/// Most bytes of its text: no model's window holds more.
const TEXT_LIMIT: usize = 8 * 1024 * 1024;
/// Most pages of a document that is read here; vendors take a thousand at most.
const PAGE_LIMIT: usize = 2_000;
/// Longest time for a document, looked at between its pages: each may unpack to a great deal that is no text.
const PATIENCE: Duration = Duration::from_secs(10);

/// What vendors bill a document by, where it can be read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentWeight {
    /// Its pages, each of which vendors look at as a picture.
    pub pages: u64,
    /// Bytes of its text in UTF-8, which some of them read beside the pictures.
    pub text_bytes: u64,
}

/// What a PDF document in base64 weighs; `None` when it cannot be read. Reading it takes time, so this is not for a task
/// that others wait for.
pub fn document_weight(data: &str) -> Option<DocumentWeight> {
    read(data, |document| {
        let pages = document.get_pages().len() as u64;
        let text_bytes = all_pages(document)?.len() as u64;
        (pages > 0).then_some(DocumentWeight { pages, text_bytes })
    })
}

/// The text of all pages; `None` when there is none to be had: a scan, a locked document, no PDF.
pub(super) fn text(data: &str) -> Option<String> {
    read(data, all_pages).filter(|text| !text.trim().is_empty())
}

fn read<T>(data: &str, of: impl FnOnce(&Document) -> Option<T> + UnwindSafe) -> Option<T> {
    let bytes = BASE64_STANDARD.decode(data).ok().filter(|bytes| bytes.len() <= LIMIT)?;
    // The reader is given a stranger's file: what it does not expect must not end the call's task.
    let read = std::panic::catch_unwind(|| {
        let options = LoadOptions::with_max_decompressed_size(LIMIT);
        let document = Document::load_mem_with_options(&bytes, options).ok()?;
        of(&document)
    });
    read.ok().flatten()
}

/// Page by page: a small file may name one long page any number of times.
fn all_pages(document: &Document) -> Option<String> {
    let (mut text, began, pages) = (String::new(), Instant::now(), document.get_pages());
    if pages.len() > PAGE_LIMIT {
        return None;
    }
    for page in pages.into_keys() {
        text.push_str(&document.extract_text_with_limit(&[page], LIMIT).ok()?);
        if text.len() > TEXT_LIMIT || began.elapsed() > PATIENCE {
            return None;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One page that says this, as small as a PDF can be.
    pub(crate) fn document(words: &str) -> String {
        let content = format!("BT /F1 12 Tf 72 712 Td ({words}) Tj ET");
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
                .to_owned(),
            format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        ];
        let (mut pdf, mut table) = ("%PDF-1.4\n".to_owned(), "0000000000 65535 f \n".to_owned());
        for (place, object) in objects.iter().enumerate() {
            table.push_str(&format!("{:010} 00000 n \n", pdf.len()));
            pdf.push_str(&format!("{} 0 obj{object}endobj\n", place + 1));
        }
        let start = pdf.len();
        pdf.push_str(&format!("xref\n0 6\n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"));
        BASE64_STANDARD.encode(pdf)
    }

    #[test]
    fn the_words_of_a_page_are_read() {
        let text = text(&document("Invoice 4711, to be paid by Friday")).unwrap();
        assert!(text.contains("Invoice 4711, to be paid by Friday"), "{text}");
    }

    #[test]
    fn a_document_weighs_its_pages_and_its_words_whatever_its_bytes() {
        let weight = document_weight(&document("Invoice 4711")).unwrap();
        assert_eq!(weight.pages, 1);
        assert!((12..40).contains(&weight.text_bytes), "{weight:?}");
        // A scan has no words, and is looked at all the same.
        assert_eq!(document_weight(&document("")).map(|weight| weight.pages), Some(1));
        assert_eq!(document_weight("JVBERi0xLjQK"), None);
    }

    #[test]
    fn what_is_no_pdf_or_has_no_words_is_none() {
        for data in ["", "not base64!", "JVBERi0xLjQK", &document("")] {
            assert_eq!(text(data), None);
        }
        let cut = document("Invoice");
        assert_eq!(text(&cut[..cut.len() / 2 / 4 * 4]), None);
    }
}
