//! Columns of a segment. Numbers are postcard's varints, texts are kept once a segment and meant by their place.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Texts that a segment's columns mean. Place 0 is no text.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Texts {
    list: Vec<String>,
    #[serde(skip)]
    places: HashMap<String, u32, RandomState>,
}

impl Texts {
    pub(super) fn place(&mut self, text: Option<&str>) -> u32 {
        let Some(text) = text else { return 0 };
        // After they were read.
        if self.places.len() < self.list.len() {
            self.places = self.list.iter().cloned().zip(1..).collect();
        }
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = u32::try_from(self.list.len()).unwrap_or(u32::MAX).saturating_add(1);
        self.list.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }

    pub(super) fn get(&self, place: u32) -> Option<&str> {
        let place = usize::try_from(place.checked_sub(1)?).ok()?;
        self.list.get(place).map(String::as_str)
    }

    /// Whether every place of a column means something.
    pub(super) fn cover(&self, column: &[u32]) -> bool {
        column.iter().all(|place| usize::try_from(*place).is_ok_and(|place| place <= self.list.len()))
    }
}

/// Bytes of different lengths, one behind the other.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Packed {
    lengths: Vec<u32>,
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
}

impl Packed {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.lengths.push(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn len(&self) -> usize {
        self.lengths.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = self.bytes.as_slice();
        self.lengths.iter().map(move |length| {
            let (one, more) = rest.split_at_checked(*length as usize).unwrap_or((rest, &[]));
            rest = more;
            one
        })
    }

    pub(super) fn is_sound(&self) -> bool {
        self.lengths.iter().map(|length| u64::from(*length)).sum::<u64>() == self.bytes.len() as u64
    }
}

/// Numbers that lie near the one before are kept as differences.
pub(super) mod differences {
    use super::{Deserialize, Deserializer, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(
        column: &[i64],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut before = 0_i64;
        serializer.collect_seq(column.iter().map(|number| {
            let difference = number.wrapping_sub(before);
            before = *number;
            difference
        }))
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<i64>, D::Error> {
        let mut column = Vec::<i64>::deserialize(deserializer)?;
        let mut before = 0_i64;
        for number in &mut column {
            before = before.wrapping_add(*number);
            *number = before;
        }
        Ok(column)
    }
}
