//! Bundles for servers.

use crate::bundles::{BundleOrder, BundleServerLogin, BundleTarget};

request! {
    /// The signing key, servers, and what was exported.
    ViewBundles {}
}
request! {
    /// Make the key that signs bundles, unless there is one.
    MakeSigningKey {}
}
request! {
    /// Put another key in force, and write the statement by which servers follow.
    ReplaceSigningKey {}
}
request! {
    /// Write the public half of the signing key, by which servers trust it.
    ExportSigningKey {}
}
request! {
    /// What importing a server's file would do.
    PreviewServer {
        /// The file's text, or a picture of its QR code as a `data:` address.
        file: String,
    }
}
request! {
    /// Import a server, whose fingerprint a person has compared.
    AddServer {
        /// The file's text, or a picture of its QR code as a `data:` address.
        file: String,
        /// The fingerprint that was compared.
        fingerprint: String,
    }
}
request! {
    /// Forget a server. What was exported for it stays in the list.
    RemoveServer {
        /// 32 hex digits.
        id: String,
    }
}
request! {
    /// What a bundle would change at its server.
    PreviewBundle {
        /// What it is to be.
        order: BundleOrder,
    }
}
request! {
    /// Sign a bundle and write it.
    ExportBundle {
        /// What it is to be.
        order: BundleOrder,
        /// The number that the preview showed; refused when it was given away since.
        serial: u64,
        /// Where it goes.
        target: BundleTarget,
    }
}
request! {
    /// Write a bundle again, the newest of its server.
    SaveBundle {
        /// Its number.
        serial: u64,
        /// Where it goes.
        target: BundleTarget,
    }
}
request! {
    /// What a bundle's file says.
    VerifyBundle {
        /// The file's text.
        file: String,
    }
}
request! {
    /// Bring a bundle, the newest of its server, to that server's admin API.
    UploadBundle {
        /// Its number.
        serial: u64,
        /// The way there.
        login: BundleServerLogin,
    }
}
request! {
    /// Ask a server which bundles it has accepted.
    AskBundleServer {
        /// 32 hex digits.
        id: String,
        /// The way there.
        login: BundleServerLogin,
    }
}
