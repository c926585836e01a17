//! What is shown on the person's desktop beside the window. On Linux by the desktop's own service, over the bus of the
//! window toolkit, which is here anyway; other systems show nothing yet, and the page says the same.

use model::vault::Notice;

use crate::words::Book;

/// Shows it in a book's language, or leaves it at the page's own message.
pub(crate) fn show(notice: &Notice, book: Option<&Book>) {
    let say = |text: &str| book.map_or_else(|| text.to_owned(), |book| book.say(text));
    let notice = Notice { title: say(&notice.title), text: say(&notice.text) };
    #[cfg(target_os = "linux")]
    {
        // The bus may keep its caller waiting.
        tauri::async_runtime::spawn_blocking(move || {
            if let Err(error) = linux::send(&notice) {
                tracing::info!(domain = %error.domain().as_str(), "the desktop shows no notification");
            }
        });
    }
    #[cfg(not(target_os = "linux"))]
    let _ = notice;
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::HashMap;

    use gtk::{
        gio::{BusType, Cancellable, DBusCallFlags, bus_get_sync},
        glib::{Error, Variant, prelude::ToVariant},
    };
    use model::vault::Notice;

    /// Name of the service and of its interface, by the Desktop Notifications Specification 1.2.
    const SERVICE: &str = "org.freedesktop.Notifications";
    const PATH: &str = "/org/freedesktop/Notifications";
    const TIMEOUT_MS: i32 = 5_000;
    /// As long as the desktop thinks right.
    const EXPIRES: i32 = -1;
    /// In place of no other.
    const REPLACES: u32 = 0;

    pub(super) fn send(notice: &Notice) -> Result<(), Error> {
        let bus = bus_get_sync(BusType::Session, Cancellable::NONE)?;
        let hints = HashMap::from([("desktop-entry".to_owned(), "signalbox".to_variant())]);
        let none: Vec<String> = Vec::new();
        let text = escaped(&notice.text);
        let request: Variant =
            ("Signalbox", REPLACES, "signalbox", notice.title.as_str(), text.as_str(), none, hints, EXPIRES)
                .to_variant();
        let (flags, nobody) = (DBusCallFlags::NONE, Cancellable::NONE);
        bus.call_sync(
            Some(SERVICE),
            PATH,
            SERVICE,
            "Notify",
            Some(&request),
            None,
            flags,
            TIMEOUT_MS,
            nobody,
        )?;
        Ok(())
    }

    /// A desktop may read the text, but not the title, as markup.
    fn escaped(text: &str) -> String {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    }
}
