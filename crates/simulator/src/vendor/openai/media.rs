//! Images and documents inside messages: data URLs whose bytes are what they say, or addresses.

use serde_json::Value;

use super::failure::Wrong;
use crate::generate::{Asked, MediaFault, check_media, data_url};

const FORMATS: &str = "['png', 'jpeg', 'gif', 'webp']";

/// `url` is the value of the field at `param`.
pub(super) fn image(url: &Value, param: &str, asked: &mut Asked<'_>) -> Result<(), Wrong> {
    let url = url.as_str().ok_or_else(|| Wrong::missing(param))?;
    asked.see_medium();
    if url.starts_with("https://") || url.starts_with("http://") {
        return Ok(());
    }
    let invalid = |message: String| Wrong::new(param, Some("invalid_value"), message);
    let (media_type, data) = data_url(url).ok_or_else(|| {
        invalid(format!("Invalid '{param}'. Expected a valid URL, but got a value with an invalid format."))
    })?;
    match check_media(media_type, data) {
        Ok(()) if media_type.starts_with("image/") => Ok(()),
        Err(MediaFault::NotBase64) => Err(invalid(format!(
            "Invalid '{param}'. Expected a base64-encoded data URL with an image MIME type (e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU='), but got an invalid base64-encoded value."
        ))),
        _ => Err(Wrong::new(
            param,
            Some("invalid_image_format"),
            format!(
                "You uploaded an unsupported image. Please make sure your image has of one the following formats: {FORMATS}."
            ),
        )),
    }
}

/// A PDF by its bytes, with its name.
pub(super) fn file(file: &Value, param: &str, asked: &mut Asked<'_>) -> Result<(), Wrong> {
    asked.see_medium();
    if file["file_id"].is_string() || file["file_url"].is_string() {
        return Ok(());
    }
    let field = format!("{param}.file_data");
    let data = file["file_data"].as_str().ok_or_else(|| Wrong::missing(&field))?;
    if !file["filename"].is_string() {
        return Err(Wrong::missing(&format!("{param}.filename")));
    }
    match data_url(data).map(|(media_type, data)| (media_type, check_media(media_type, data))) {
        Some(("application/pdf", Ok(()))) => Ok(()),
        Some((media_type, _)) if media_type != "application/pdf" => Err(Wrong::new(
            &field,
            Some("invalid_value"),
            format!(
                "Invalid file data: '{field}'. Expected a file with an application/pdf MIME type, but got unsupported MIME type '{media_type}'."
            ),
        )),
        _ => Err(Wrong::new(
            &field,
            Some("invalid_value"),
            format!("Invalid '{field}'. Expected a base64-encoded data URL with a valid MIME type."),
        )),
    }
}
