//! Sync with remotes.

use uuid::Uuid;

use crate::{
    ProviderId, Secret,
    audit::AuditFilter,
    sync::{RemoteWay, SyncAccept, SyncDecision, SyncDirection},
};

request! {
    /// Every remote.
    ListRemotes {}
}
request! {
    /// Look whether an admin API is at an address, and which certificate it shows. Nobody logs in.
    TestRemote {
        /// The address, the part before `/api/v1`.
        address: String,
        /// SHA-256 of the one certificate that is trusted.
        pin: Option<String>,
    }
}
request! {
    /// Add a remote, or change one. The proof is asked for.
    SaveRemote {
        /// The one that is changed; `None` adds one.
        id: Option<Uuid>,
        /// What people call it; empty takes the address's host.
        name: String,
        /// The address, the part before `/api/v1`.
        address: String,
        /// SHA-256 of the one certificate that is trusted.
        pin: Option<String>,
        /// How somebody logs in.
        way: RemoteWay,
        /// As whom.
        user_name: String,
        /// Password or token to keep in the vault; `None` leaves what is kept, where address and way stay.
        secret: Option<Secret>,
        /// Whether nothing of the kind is kept any more.
        forget_secret: bool,
    }
}
request! {
    /// Forget a remote with all that is remembered of it. Nothing is changed on either side.
    RemoveRemote {
        /// Which one.
        id: Uuid,
    }
}
request! {
    /// Log in at a remote, until the vault locks.
    ConnectRemote {
        /// Which one.
        id: Uuid,
        /// Password or token; `None` takes the one that is kept.
        secret: Option<Secret>,
        /// Six digits of the authenticator app that belongs to the account there.
        code: Option<Secret>,
    }
}
request! {
    /// Show the second factor at a remote again.
    ProveAtRemote {
        /// Which one.
        id: Uuid,
        /// Six digits of the authenticator app that belongs to the account there.
        code: Secret,
    }
}
request! {
    /// Look at both sides and say every difference. Nothing is changed on either.
    LookAtRemote {
        /// Which one.
        id: Uuid,
        /// What a person accepts of it.
        accept: Option<SyncAccept>,
    }
}
request! {
    /// Answer questions of a look, and look again. Nothing but the answers is changed.
    DecideSync {
        /// Which remote.
        id: Uuid,
        /// The look that was shown.
        look: u64,
        /// The answers.
        decisions: Vec<SyncDecision>,
    }
}
request! {
    /// Choose that the key which a configuration has now goes up with the next run, or that it does not.
    ChooseSyncKey {
        /// Which remote.
        id: Uuid,
        /// Whose key.
        provider: ProviderId,
        /// Whether it goes up.
        send: bool,
    }
}
request! {
    /// Take the steps of a look. It ends by itself, by `cancel_test` with this number, or with the lock; the next one goes on.
    RunSync {
        /// Which remote.
        id: Uuid,
        /// The look that was shown.
        look: u64,
        /// Which way.
        direction: SyncDirection,
        /// Only this configuration.
        only: Option<ProviderId>,
        /// A number of the page's choice.
        run: u64,
    }
}
request! {
    /// Bring one configuration from a remote here, and on to another one. Where a person has to decide, it stops there.
    PromoteProvider {
        /// Which configuration, as it is known here.
        provider: ProviderId,
        /// Where it comes from.
        from: Uuid,
        /// Where it goes.
        to: Uuid,
        /// Whether the key that it has here goes along.
        with_key: bool,
        /// A number of the page's choice.
        run: u64,
    }
}
request! {
    /// Usage of a remote, as it says it.
    ViewRemoteUsage {
        /// Which remote.
        id: Uuid,
        /// Days, today included.
        days: u32,
    }
}
request! {
    /// How the configurations of a remote are, as it says it.
    ViewRemoteHealth {
        /// Which remote.
        id: Uuid,
    }
}
request! {
    /// The log of acts of a remote, newest first, as it says it.
    ViewRemoteAudit {
        /// Which remote.
        id: Uuid,
        /// Which entries.
        filter: AuditFilter,
        /// Those with a number below this one.
        before: Option<i64>,
        /// At most so many.
        limit: u32,
    }
}
