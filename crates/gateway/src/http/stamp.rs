//! What every answer carries: its id, when it was made, and the model's name.

use super::fault;

/// The same for all pieces of one answer.
#[derive(Clone, Debug)]
pub(crate) struct Stamp {
    /// The id of the request, without any vendor's prefix.
    pub(crate) id: String,
    /// Seconds since 1970.
    pub(crate) created: i64,
    /// As it was asked for. A whole answer names the model that answered instead, if the vendor said.
    pub(crate) model: String,
}

impl Stamp {
    pub(crate) fn new(id: String, model: String) -> Self {
        Self { id, created: fault::now().0 / 1000, model }
    }
}

#[cfg(test)]
impl Stamp {
    pub(crate) fn sample() -> Self {
        Self { id: "1".to_owned(), created: 1_741_569_952, model: "gpt-4o-mini".to_owned() }
    }
}
