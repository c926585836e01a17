//! Images and documents by their bytes: whether they are what they say.

use base64::{Engine, engine::general_purpose::STANDARD};

/// Why a vendor would refuse it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MediaFault {
    /// Not base64 (RFC 4648, section 4, padded).
    NotBase64,
    /// A type that no vendor takes.
    Type,
    /// Bytes of something else.
    Bytes,
}

/// Media types and how their bytes begin.
const KNOWN: [(&str, &[u8]); 5] = [
    ("image/png", b"\x89PNG"),
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/gif", b"GIF8"),
    ("image/webp", b"RIFF"),
    ("application/pdf", b"%PDF"),
];

pub(crate) fn check(media_type: &str, data: &str) -> Result<(), MediaFault> {
    let bytes = STANDARD.decode(data).map_err(|_| MediaFault::NotBase64)?;
    let (_, start) = KNOWN.iter().find(|known| known.0 == media_type).ok_or(MediaFault::Type)?;
    if bytes.starts_with(start) { Ok(()) } else { Err(MediaFault::Bytes) }
}

/// Media type and base64 of `data:image/png;base64,…`.
pub(crate) fn data_url(url: &str) -> Option<(&str, &str)> {
    url.strip_prefix("data:")?.split_once(";base64,")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_to_be_what_the_type_says() {
        assert_eq!(check("image/png", "iVBORw0KGgo="), Ok(()));
        assert_eq!(check("image/png", "iVBORw0KGgo"), Err(MediaFault::NotBase64));
        assert_eq!(check("image/bmp", "iVBORw0KGgo="), Err(MediaFault::Type));
        assert_eq!(check("image/gif", "iVBORw0KGgo="), Err(MediaFault::Bytes));
        assert_eq!(check("application/pdf", "JVBERi0xLjQK"), Ok(()));
        assert_eq!(data_url("data:image/png;base64,AA=="), Some(("image/png", "AA==")));
        assert_eq!(data_url("https://x"), None);
    }
}
