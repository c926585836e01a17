//! The forms in which a secret might slip out, and the search for all of them.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use memchr::memmem;

/// What of a secret lies in some bytes: the first form that is found, as text.
pub fn found_in(haystack: &[u8], secret: &str) -> Option<String> {
    let found = disguises(secret).into_iter().find(|needle| memmem::find(haystack, needle).is_some());
    found.map(|needle| String::from_utf8_lossy(&needle).into_owned())
}

/// As it is, and as bytes in other alphabets: each with both cases of its digits where it has some.
pub fn disguises(secret: &str) -> Vec<Vec<u8>> {
    let bytes = secret.as_bytes();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let percent: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
    let json: String = secret.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let numbers = bytes.iter().map(u8::to_string).collect::<Vec<_>>();
    let mut all = vec![
        bytes.to_vec(),
        secret.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        secret.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
        percent.to_lowercase().into_bytes(),
        percent.into_bytes(),
        in_url(secret, "%20").into_bytes(),
        in_url(secret, "+").into_bytes(),
        json.to_uppercase().replace("\\U", "\\u").into_bytes(),
        json.into_bytes(),
        in_json(secret).into_bytes(),
        numbers.join(",").into_bytes(),
        numbers.join(", ").into_bytes(),
        secret.chars().rev().collect::<String>().into_bytes(),
    ];
    // Base64 of a text inside another one has three alignments; the ends depend on the neighbours.
    for alphabet in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
        for skip in 0..3 {
            let encoded = alphabet.encode(&bytes[skip..]);
            all.push(encoded.as_bytes()[..encoded.len() - 3].to_vec());
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// RFC 3986: everything but what may stand in a URL as it is. A form writes a blank in its own way.
fn in_url(text: &str, blank: &str) -> String {
    let letter = |byte: u8| match byte {
        b' ' => blank.to_owned(),
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(letter).collect()
}

/// As JSON writes it inside a text.
fn in_json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_every_form() {
        let secret = "sk-Zoë \"7f3a\"";
        for form in [
            secret,
            "sk-Zo%C3%AB%20%227f3a%22",
            "sk-Zo%C3%AB+%227f3a%22",
            "sk-Zoë \\\"7f3a\\\"",
            "\"a3f7\" ëoZ-ks",
        ] {
            assert!(found_in(format!("before {form} after").as_bytes(), secret).is_some(), "{form}");
        }
        let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(found_in(&wide, secret).is_some());
        for before in ["", "a", "ab"] {
            let packed = STANDARD_NO_PAD.encode(format!("{before}{secret}cd"));
            assert!(found_in(packed.as_bytes(), secret).is_some(), "{packed}");
        }
        let escaped: String = secret.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        assert!(found_in(escaped.as_bytes(), secret).is_some());
        assert_eq!(found_in(b"sk-Zoe \"7f3a\"", secret), None);
    }
}
