//! A server as its desk knows it: the small file that `signalbox-server identity` writes. Nothing in it is secret, and nothing
//! vouches for it: whoever imports it compares the fingerprint with the one that the server shows.

use serde::{Deserialize, Serialize};
use share::Recipient;

use crate::{Fingerprint, SMALL_LIMIT};

const KIND: &str = "signalbox server";
const FORMAT: u32 = 1;
/// Longest name.
const NAME_LIMIT: usize = 40;

/// Who a server is, and for whom to seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerFile {
    /// 32 hex digits: the claim `aud`.
    pub id: String,
    /// What people call it; it also begins the names of files.
    pub name: String,
    /// For whom keys are sealed.
    pub recipient: Recipient,
    /// The highest serial that it has accepted from anybody: a vault that was restored goes on above it.
    pub serial: u64,
}

/// Why a file is no server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServerFileError {
    /// Above [`SMALL_LIMIT`], no JSON, or not these members.
    #[error("this is no file of a server of Signalbox")]
    Other,
    /// A later version wrote it.
    #[error("a newer version of Signalbox wrote this file")]
    TooNew,
}

#[derive(Deserialize)]
struct Head {
    kind: String,
    format: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    kind: String,
    format: u32,
    id: String,
    name: String,
    recipient: String,
    serial: u64,
}

/// Whether a text can name a server, and begin a file's name on every system.
pub(crate) fn is_name(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=NAME_LIMIT).contains(&text.len())
        && text.bytes().all(known)
        && text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
}

pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

impl ServerFile {
    /// Reads its file.
    ///
    /// # Errors
    /// See [`ServerFileError`].
    pub fn read(file: &[u8]) -> Result<Self, ServerFileError> {
        if file.len() > SMALL_LIMIT {
            return Err(ServerFileError::Other);
        }
        let head: Head = serde_json::from_slice(file).map_err(|_| ServerFileError::Other)?;
        match (head.kind.as_str(), head.format) {
            (KIND, FORMAT) => {}
            (KIND, later) if later > FORMAT => return Err(ServerFileError::TooNew),
            _ => return Err(ServerFileError::Other),
        }
        let body: Body = serde_json::from_slice(file).map_err(|_| ServerFileError::Other)?;
        let recipient = body.recipient.parse().map_err(|_| ServerFileError::Other)?;
        if !is_id(&body.id) || !is_name(&body.name) || body.serial > crate::claims::SERIAL_LIMIT {
            return Err(ServerFileError::Other);
        }
        Ok(Self { id: body.id, name: body.name, recipient, serial: body.serial })
    }

    /// Its file.
    pub fn file(&self) -> String {
        let body = Body {
            kind: KIND.into(),
            format: FORMAT,
            id: self.id.clone(),
            name: self.name.clone(),
            recipient: self.recipient.to_string(),
            serial: self.serial,
        };
        // Texts and numbers always serialise.
        serde_json::to_string_pretty(&body).unwrap_or_default()
    }

    /// A name that can be one, made of whatever a computer is called.
    pub fn name_of(text: &str) -> String {
        let kept = text.chars().filter(|one| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.'));
        let kept: String = kept.skip_while(|one| !one.is_ascii_alphanumeric()).take(NAME_LIMIT).collect();
        if kept.is_empty() { "server".to_owned() } else { kept }
    }

    /// What people compare: of identity and recipient, and not of the name, which is anybody's to choose.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&[b"signalbox server/v1", self.id.as_bytes(), self.recipient.to_string().as_bytes()])
    }

    /// What a bundle's file is called, `SERVER-SERIAL.sbundle`.
    pub fn file_name(&self, serial: u64) -> String {
        format!("{}-{serial}.sbundle", self.name)
    }
}
