//! What the usage of a task says about who should serve it: cheaper models, and how a split compares.

mod cheaper;
mod compared;

pub(crate) use cheaper::cheaper;
pub(crate) use compared::compared;
