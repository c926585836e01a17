//! A server's file out of a picture of its QR code. The picture comes as the page's `data:` address; its size is bounded before
//! anything is unpacked.

use std::io::Cursor;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use model::bundles::PICTURE_LIMIT;
use png::{Decoder, Limits, Transformations};
use rqrr::PreparedImage;

const ADDRESS: &str = "data:image/png;base64,";
/// Most characters of an address: four for three bytes of a picture.
const ADDRESS_LIMIT: usize = (PICTURE_LIMIT as usize).div_ceil(3) * 4;
/// Most pixels: a screen of today, four times over.
const PIXEL_LIMIT: u64 = 32 * 1024 * 1024;
/// Most bytes that the decoder keeps beside the pixels.
const DECODER_LIMIT: usize = 16 * 1024 * 1024;

/// Why there is no text in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PictureError {
    /// Above a limit.
    #[error("this picture is too large")]
    TooLarge,
    /// No PNG, or a damaged one.
    #[error("this picture cannot be read")]
    Unread,
    /// None was found, or it is not legible.
    #[error("there is no QR code in this picture that can be read")]
    NoCode,
}

/// The text of the first QR code of a picture; `None` for what is no picture.
pub(crate) fn text_of(file: &str) -> Option<Result<String, PictureError>> {
    file.trim_start().strip_prefix(ADDRESS).map(read)
}

fn read(base64: &str) -> Result<String, PictureError> {
    if base64.len() > ADDRESS_LIMIT {
        return Err(PictureError::TooLarge);
    }
    let bytes = STANDARD.decode(base64.trim_end()).map_err(|_| PictureError::Unread)?;
    let (width, height, grey) = grey(&bytes)?;
    let mut picture = PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        grey.get(y * width + x).copied().unwrap_or(u8::MAX)
    });
    let codes = picture.detect_grids().into_iter();
    codes.filter_map(|code| code.decode().ok()).map(|(_, text)| text).next().ok_or(PictureError::NoCode)
}

/// Width, height, and each pixel's brightness. What is transparent is white.
fn grey(bytes: &[u8]) -> Result<(usize, usize, Vec<u8>), PictureError> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: DECODER_LIMIT });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|_| PictureError::Unread)?;
    let (width, height) = (reader.info().width, reader.info().height);
    if u64::from(width) * u64::from(height) > PIXEL_LIMIT {
        return Err(PictureError::TooLarge);
    }
    let size = reader.output_buffer_size().ok_or(PictureError::TooLarge)?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(|_| PictureError::Unread)?;
    let samples = frame.color_type.samples();
    let brightness = |pixel: &[u8]| {
        let (light, alpha) = match *pixel {
            [grey] => (u32::from(grey), 255),
            [grey, alpha] => (u32::from(grey), u32::from(alpha)),
            [red, green, blue] => ((u32::from(red) + u32::from(green) + u32::from(blue)) / 3, 255),
            [red, green, blue, alpha, ..] => {
                ((u32::from(red) + u32::from(green) + u32::from(blue)) / 3, u32::from(alpha))
            }
            [] => (255, 255),
        };
        u8::try_from((light * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    };
    let grey = pixels[..frame.buffer_size()].chunks_exact(samples).map(brightness).collect();
    let side = |side: u32| usize::try_from(side).map_err(|_| PictureError::TooLarge);
    Ok((side(width)?, side(height)?, grey))
}

#[cfg(test)]
mod tests {
    use qrcode::{Color, QrCode};

    use super::*;

    /// A code's pixels, some to each module, with a margin: across, down, whether it is dark. Line by line.
    fn pixels(text: &str, scale: usize) -> Vec<(usize, usize, bool)> {
        let code = QrCode::new(text).unwrap();
        let (modules, margin) = (code.width(), 4);
        let side = (modules + 2 * margin) * scale;
        let colors = code.into_colors();
        let is_dark = |x: usize, y: usize| {
            let inside = |at: usize| (margin..margin + modules).contains(&at);
            inside(x) && inside(y) && colors[(y - margin) * modules + x - margin] == Color::Dark
        };
        let at = |place: usize| (place % side, place / side);
        (0..side * side).map(at).map(|(x, y)| (x, y, is_dark(x / scale, y / scale))).collect()
    }

    /// A code as a picture.
    fn picture(text: &str, scale: usize) -> Vec<u8> {
        let pixels: Vec<u8> =
            pixels(text, scale).into_iter().map(|(_, _, dark)| if dark { 0 } else { 255 }).collect();
        let mut bytes = Vec::new();
        let side = u32::try_from(pixels.len().isqrt()).unwrap();
        let mut encoder = png::Encoder::new(&mut bytes, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
        bytes
    }

    fn address(bytes: &[u8]) -> String {
        format!("{ADDRESS}{}", STANDARD.encode(bytes))
    }

    #[test]
    fn a_code_in_a_picture_is_read_and_text_is_no_picture() {
        let text = format!(r#"{{"kind":"signalbox server","id":"{}"}}"#, "a".repeat(200));
        assert_eq!(text_of(&address(&picture(&text, 4))), Some(Ok(text)));
        assert_eq!(text_of(r#"{"kind":"signalbox server"}"#), None);
    }

    #[test]
    fn what_is_no_picture_or_has_no_code_is_said() {
        let mut blank = Vec::new();
        let mut encoder = png::Encoder::new(&mut blank, 64, 64);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header().unwrap().write_image_data(&[0; 64 * 64 * 4]).unwrap();
        assert_eq!(text_of(&address(&blank)), Some(Err(PictureError::NoCode)));
        let whole = picture("some text that is long enough", 4);
        assert_eq!(text_of(&address(&whole[..whole.len() / 2])), Some(Err(PictureError::Unread)));
        assert_eq!(text_of(&address(b"")), Some(Err(PictureError::Unread)));
        assert_eq!(text_of(&format!("{ADDRESS}*")), Some(Err(PictureError::Unread)));
        assert_eq!(
            text_of(&format!("{ADDRESS}{}", "A".repeat(ADDRESS_LIMIT + 4))),
            Some(Err(PictureError::TooLarge))
        );
    }

    #[test]
    fn a_picture_of_a_whole_screen_is_read_however_little_its_program_packs_it() {
        let text = r#"{"kind":"signalbox server"}"#;
        let (width, height) = (1_920_usize, 1_080_usize);
        // Beside the code there is a desktop, and nothing of it is packed.
        let mut screen = vec![200_u8; width * height * 3];
        for (x, y, dark) in pixels(text, 6) {
            let at = ((y + 120) * width + x + 300) * 3;
            screen[at..at + 3].fill(if dark { 0 } else { 255 });
        }
        let (mut bytes, color) = (Vec::new(), png::ColorType::Rgb);
        let [across, down] = [width, height].map(|side| u32::try_from(side).unwrap());
        let mut encoder = png::Encoder::new(&mut bytes, across, down);
        encoder.set_color(color);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::NoCompression);
        encoder.write_header().unwrap().write_image_data(&screen).unwrap();
        assert!(bytes.len() > 6_000_000, "{}", bytes.len());
        assert_eq!(text_of(&address(&bytes)), Some(Ok(text.to_owned())));
    }

    #[test]
    fn a_picture_that_says_it_is_enormous_is_not_unpacked() {
        let mut bytes = picture("text", 4);
        // Width and height stand behind the signature and the head of the first part, its sum behind them.
        bytes[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        let sum = crc(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&sum.to_be_bytes());
        assert_eq!(text_of(&address(&bytes)), Some(Err(PictureError::TooLarge)));
    }

    /// As the format's standard has it (ISO 15948, annex D).
    fn crc(bytes: &[u8]) -> u32 {
        let step = |sum: u32, byte: &u8| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 }
            })
        };
        !bytes.iter().fold(u32::MAX, step)
    }
}
