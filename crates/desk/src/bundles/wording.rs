//! What a bundle that runs out tells, in words: on the desktop and in the page's corner. A desktop may keep and show it to others, so
//! there is nothing in it but a server's name, a number and hours.

use model::{Timestamp, vault::Notice};
use store::MadeBundle;

use super::watch::Level;

const HOUR_MS: i64 = 3_600_000;

/// One that runs out, and of how many others there is something new.
pub(super) fn expiry(bundle: &MadeBundle, level: Level, now: Timestamp, others: usize) -> Notice {
    let server = &bundle.server_name;
    let title = match level {
        Level::Soon => {
            let hours = ((bundle.expires_at().0 - now.0) / HOUR_MS).max(1);
            let hours = if hours == 1 { "1 hour".to_owned() } else { format!("{hours} hours") };
            format!("{server}: its bundle expires in {hours}")
        }
        Level::Expired => format!("{server}: its bundle has expired"),
    };
    let mut text = format!(
        "Number {} goes on where it is in force, and cannot be applied after that. Export a new one.",
        bundle.serial
    );
    if level == Level::Expired {
        text = format!(
            "Number {} goes on where it is in force, and cannot be applied any more. Export a new one.",
            bundle.serial
        );
    }
    match others {
        0 => {}
        1 => text += " So it is with 1 other server.",
        more => text += &format!(" So it is with {more} other servers."),
    }
    Notice { title, text }
}
