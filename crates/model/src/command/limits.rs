//! Limits beside those of each configuration.

use crate::limits::UserQuota;

request! {
    /// What users may use, and by which days limits are counted.
    ViewLimits {}
}
request! {
    /// Count limits by this zone's days from now on. What was used of the day that then runs stays counted.
    SetLimitZone {
        /// A name of the IANA time zone database; `None` is UTC.
        zone: Option<String>,
    }
}
request! {
    /// Put a quota in place of the user's, or give him one.
    SetQuota {
        /// As it shall be.
        quota: UserQuota,
        /// The revision that was seen; `None` when there was none.
        seen: Option<i64>,
    }
}
request! {
    /// Take a user's quota away: everyone's holds for him then, if there is one.
    DeleteQuota {
        /// Whose.
        user: String,
        /// The revision that was seen.
        seen: i64,
    }
}
