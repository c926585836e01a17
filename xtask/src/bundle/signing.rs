//! Signatures that Tauri's updater asks for, beside the packages of whoever has the key. The app asks nobody for updates
//! (decision 62), so it holds no key; what is signed here can be checked by hand.

use std::env;

use anyhow::bail;
use serde_json::json;

/// The private key, as Tauri's bundler takes it: the key itself, or the file that holds it.
const PRIVATE: &str = "TAURI_SIGNING_PRIVATE_KEY";
/// The public one, which the bundler wants to be told, too.
const PUBLIC: &str = "SIGNALBOX_UPDATE_KEY";

/// What the bundler is told when there is a key to sign with.
///
/// # Errors
/// One half of the key is missing.
pub(super) fn asked() -> anyhow::Result<Option<String>> {
    told(env::var_os(PRIVATE).is_some(), env::var(PUBLIC).ok().as_deref())
}

fn told(has_private: bool, public: Option<&str>) -> anyhow::Result<Option<String>> {
    let public = public.map(str::trim).filter(|key| !key.is_empty());
    match (has_private, public) {
        (false, None) => Ok(None),
        (true, Some(key)) => {
            let updater = json!({ "updater": { "pubkey": key } });
            Ok(Some(json!({ "bundle": { "createUpdaterArtifacts": true }, "plugins": updater }).to_string()))
        }
        (true, None) => bail!("{PRIVATE} is set: set {PUBLIC} to the public key that belongs to it"),
        (false, Some(_)) => bail!("{PUBLIC} is set: set {PRIVATE} to the private key, or unset both"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_key_nothing_is_signed_and_half_a_key_is_refused() {
        assert_eq!(told(false, None).unwrap(), None);
        assert_eq!(told(false, Some(" ")).unwrap(), None);
        assert!(told(true, None).unwrap_err().to_string().contains(PUBLIC));
        assert!(told(false, Some("key")).unwrap_err().to_string().contains(PRIVATE));
        let told = told(true, Some("key\n")).unwrap().unwrap();
        assert!(
            told.contains(r#""pubkey":"key""#) && told.contains(r#""createUpdaterArtifacts":true"#),
            "{told}"
        );
    }
}
