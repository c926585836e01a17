//! Images and documents by their bytes: whether they are what they say.

use base64::{
    Engine,
    alphabet::{STANDARD as ALPHABET, URL_SAFE},
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose::STANDARD},
};

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

/// As [`check`], for a vendor that takes both alphabets, padded or not, as protocol buffers do.
pub(crate) fn check_loosely(media_type: &str, data: &str) -> Result<(), MediaFault> {
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let decode = |alphabet| GeneralPurpose::new(alphabet, config).decode(data);
    let bytes = decode(&ALPHABET).or_else(|_| decode(&URL_SAFE)).map_err(|_| MediaFault::NotBase64)?;
    begins(media_type, &bytes)
}

pub(crate) fn check(media_type: &str, data: &str) -> Result<(), MediaFault> {
    begins(media_type, &STANDARD.decode(data).map_err(|_| MediaFault::NotBase64)?)
}

fn begins(media_type: &str, bytes: &[u8]) -> Result<(), MediaFault> {
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
        assert_eq!(check_loosely("image/png", "iVBORw0KGgo"), Ok(()));
        assert_eq!(
            (check("image/jpeg", "_9j_4A=="), check_loosely("image/jpeg", "_9j_4A==")),
            (Err(MediaFault::NotBase64), Ok(()))
        );
        assert_eq!(check("image/bmp", "iVBORw0KGgo="), Err(MediaFault::Type));
        assert_eq!(check("image/gif", "iVBORw0KGgo="), Err(MediaFault::Bytes));
        assert_eq!(check("application/pdf", "JVBERi0xLjQK"), Ok(()));
        assert_eq!(data_url("data:image/png;base64,AA=="), Some(("image/png", "AA==")));
        assert_eq!(data_url("https://x"), None);
    }
}
