//! This server's identity as a QR code for a terminal: two modules of a column share one character.

use bundle::ServerFile;
use qrcode::{EcLevel, QrCode, render::unicode::Dense1x2};

use super::BundleError;

/// What a desktop reads from a picture of the screen: the identity's file, in one line.
///
/// # Errors
/// [`BundleError::Identity`] when it does not fit into a code, which no identity does.
pub fn qr_code(server: &ServerFile) -> Result<String, BundleError> {
    let file: serde_json::Value = serde_json::from_str(&server.file()).map_err(|_| BundleError::Identity)?;
    let code = QrCode::with_error_correction_level(file.to_string(), EcLevel::L)
        .map_err(|_| BundleError::Identity)?;
    // Terminals write light on dark, and the crate writes what is dark: what is written has to be the light of the code.
    Ok(code
        .render::<Dense1x2>()
        .dark_color(Dense1x2::Light)
        .light_color(Dense1x2::Dark)
        .quiet_zone(true)
        .build())
}
