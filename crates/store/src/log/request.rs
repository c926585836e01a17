//! Request ids as the database keeps them: a byte that says the form, then the id. UUIDs, which ours are, take half of
//! their text, and stay in the order of time that version 7 gives them (RFC 9562, section 5.7).

use std::borrow::Cow;

use uuid::Uuid;

const TEXT: u8 = 0;
const HYPHENATED: u8 = 1;
const SIMPLE: u8 = 2;

/// An id of any form. Two texts are never packed alike.
pub(crate) fn pack(id: &str) -> Vec<u8> {
    let form = match id.len() {
        36 => HYPHENATED,
        32 => SIMPLE,
        _ => TEXT,
    };
    let uuid = (form != TEXT).then(|| Uuid::try_parse(id).ok()).flatten();
    match uuid.filter(|uuid| text(form, uuid).as_deref() == Some(id)) {
        Some(uuid) => [&[form], uuid.as_bytes().as_slice()].concat(),
        None => [&[TEXT], id.as_bytes()].concat(),
    }
}

/// `None` when these bytes are of no id.
pub(crate) fn unpack(packed: &[u8]) -> Option<Cow<'_, str>> {
    let (form, rest) = packed.split_first()?;
    match *form {
        TEXT => Some(std::str::from_utf8(rest).ok()?.into()),
        form => Some(text(form, &Uuid::from_slice(rest).ok()?)?.into()),
    }
}

fn text(form: u8, uuid: &Uuid) -> Option<String> {
    match form {
        HYPHENATED => Some(uuid.hyphenated().to_string()),
        SIMPLE => Some(uuid.simple().to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_every_form_come_back_and_none_is_packed_as_another() {
        let ids = [
            "",
            "chatcmpl-9",
            "019abcde-0000-7000-8000-00000000000a",
            "019abcde00007000800000000000000a",
            "019ABCDE-0000-7000-8000-00000000000A",
            "{19abcde-0000-7000-8000-00000000000a",
            "ünïcödé with 32 bytes or so, yes",
        ];
        let packed: std::collections::BTreeSet<Vec<u8>> = ids.into_iter().map(pack).collect();
        assert_eq!(packed.len(), ids.len());
        for id in ids {
            assert_eq!(unpack(&pack(id)).unwrap(), id);
        }
        assert_eq!((pack(ids[2]).len(), pack(ids[3]).len()), (17, 17));
        for broken in [&[][..], &[3; 17], &[HYPHENATED; 16], &[TEXT, 0xff]] {
            assert!(unpack(broken).is_none());
        }
    }

    #[test]
    fn ids_of_version_7_stay_in_the_order_of_time() {
        let id = |ms: u64| Uuid::from_u64_pair(ms << 16 | 0x7000, 1 << 63).to_string();
        assert!((1..1_000).all(|ms| pack(&id(ms * 7)) < pack(&id(ms * 7 + 1))));
    }
}
