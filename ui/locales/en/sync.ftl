# What is said of sync with servers: the page, its dialogs. It comes with the pages and with the layers.

## The page

sync-never = Both sides were never the same yet
sync-completed = Last complete sync { $when }
sync-push = Push { $count }
sync-pull = Pull { $count }
sync-all = Sync all
sync-all-waits = It waits until every conflict is decided
reading-sync = Reading the servers
sync-empty-title = No server yet
sync-empty-text = Sync keeps the providers here and those of a server's admin API the same. Every difference is shown before anything is done, a conflict is decided field by field, and a key goes up only when you choose it. None ever comes down.
sync-connect = Connect a server
sync-servers = Servers
sync-connection = Connection
sync-edit = Change connection
sync-log-in = Log in
sync-log-in-again = Log in again
sync-add = Connect another server
sync-promote = Promote a provider
sync-send-key = Send a key
sync-forget = Forget this server
sync-forget-text = What was agreed with it is forgotten. No provider is changed, here or there.
sync-forgotten = Server forgotten
sync-connected-as = Connected as { $name }, role { $role }.
sync-connected = Connected.
sync-not-connected = Not connected.
sync-pinned = Certificate pinned.
sync-ahead-here = here ahead
sync-ahead-there = remote ahead
sync-conflicts =
    { $count ->
        [one] conflict
       *[other] conflicts
    }
sync-check = Check now
sync-checking = Looking at both sides
sync-logged-out-title = Log in to compare
sync-logged-out-text = A session ends with the lock of this vault. What you change here meanwhile goes up with the next sync.
sync-away = Away since { $since }.
sync-away-answered = Away since { $since }, it last answered { $at }.
sync-offline = What you change here goes up with the next sync.
sync-factor-title = The server asks for the second factor
sync-factor-text = New keys, deletions and higher limits need a code of the account there.
sync-factor-confirm = Show code
sync-suspicious = Nothing was changed on either side.
sync-accept-rolled-back = Go on, ask me about every difference
sync-accept-many-gone = Go on, they were deleted on purpose
sync-same-title = Both sides are the same
sync-same-text = Looked at { $time }.
sync-note = Keys go up only when you choose them, over an encrypted connection, and none comes down. Nothing is overwritten without a choice.
sync-running = Step { $done } of { $of }
sync-started = Sync runs
sync-stop = Stop
sync-stopped = Sync was stopped. What was done stays done, and the next one goes on from there.

## Differences

sync-differences =
    { $count ->
        [one] 1 difference
       *[other] { $count } differences
    }
sync-list = Differences
sync-kinds = Kinds
sync-kind-here = Here ahead
sync-kind-there = Remote ahead
sync-kind-both = Both ahead
sync-kind-conflict = Conflict
sync-kind-waits = Waits
sync-search = Search by name
sync-no-kind = None of this kind and name.
sync-fields =
    { $count ->
        [one] 1 field
       *[other] { $count } fields
    }
sync-new-here = New here
sync-new-there = New on remote
sync-deleted-here = Deleted here
sync-deleted-there = Deleted on remote
sync-key-goes = Its key
sync-default = Default provider
sync-place = First place: { $task }
sync-changed-both = Changed on both sides
sync-changed-here = Changed here
sync-changed-there = Changed on remote
sync-keep-here = Keep all here
sync-keep-there = Keep all remote
sync-field = Field
sync-this-computer = This computer
sync-before = Before: { $value }
sync-goes-up = Goes to the remote
sync-comes-down = Comes here
sync-same = Same
sync-chosen = Your choice
sync-choose-again = Choose again
sync-left =
    { $count ->
        [0] Every field has its choice
        [one] 1 field still needs a choice: { $names }
       *[other] { $count } fields still need a choice: { $names }
    }
sync-apply = Apply choices
sync-choice-of = { $field }: { $side }
sync-changed-by = Changed by { $who }, { $at }
sync-changed-at = Changed { $at }, by whom is unknown
sync-changed-whole = The provider was last changed { $at }, by whom is unknown
sync-changed-unknown = Who changed it, and when, is unknown
sync-why-never-agreed = Both sides had it before they met, so nobody knows which one is newer.
sync-why-interrupted = A request was cut off here, and the remote was changed since.
sync-why-several = The remote lets several hold what one alone can hold.
sync-key = API key
sync-key-ends = ends in ...{ $last }
sync-key-kept = kept in this vault
sync-key-none = none here
sync-key-send = Send this key with the next run
sync-key-waits = The remote has no key for this, or one for another base URL. Choose that its key goes along.
sync-url-down = The key that is stored here was entered for another base URL: it is removed, and has to be entered again.
sync-new-down = It comes without a key. Enter one here before it is used.
sync-delete-down = It is deleted here, with its key.
sync-only = Sync this one

## Fields and values

sync-name = Name
sync-model = Model
sync-description = Description
sync-active = On
sync-daily = Daily limit
sync-monthly = Monthly limit
sync-base-url = Base URL
sync-insecure = Plain http allowed
sync-holder = Held by
sync-existence = Provider
sync-yes = Yes
sync-no = No
sync-no-limit = No limit
sync-nothing = Nothing
sync-nobody = Nobody
sync-is-there = There
sync-deleted = Deleted

## What a run came to

sync-done-title = Sync done
sync-done = { $up } to the remote, { $down } to here.
sync-overtaken = Somebody was quicker with { $count }: look again.
sync-undone-title = Not done
sync-undone-place = A place

## Dialogs

remote-add-title = Connect a server
remote-edit-title = Change connection
remote-lede = Any server with this admin API: one of Signalbox, or the application that it belongs to.
remote-address = Address
remote-address-hint = The part before /api/v1. Over http:// on this computer alone.
remote-name-hint = Empty takes the host.
remote-pin = Certificate pin
remote-pin-hint = SHA-256 of the server's certificate. Empty trusts those that this computer trusts.
remote-optional = optional
remote-test = Test
remote-testing = Testing
remote-reached = An admin API answers here.
remote-shown-pin = It shows the certificate { $pin }.
remote-use-pin = Pin this certificate
remote-way = Log in with
remote-way-password = Password and code
remote-way-token = Token of the application
remote-user = User name there
remote-keep = Keep it in the vault, sealed
remote-keep-hint = Otherwise it is asked for each time.
remote-secret-kept = One is kept. Leave empty to keep it.
remote-password = Password there
remote-token = Token
remote-code = Code of the account there
remote-code-hint = Six digits of the authenticator app, or a recovery code.
remote-save-connect = Save and log in
remote-login-title = Log in at { $name }
remote-login-kept = What is kept in the vault is used where this stays empty.
promote-title = Promote a provider
promote-lede = It is pulled from the one server, and pushed to the other. A conflict on either side stops it and is yours to decide.
promote-provider = Provider
promote-from = From
promote-to = To
promote-key = Send the key that is stored here along
promote-key-hint = Without it, the key that the other server has stays.
promote-confirm = Promote
send-key-title = Send a key
send-key-lede = The key that a provider has now goes to { $name } with the next run, over an encrypted connection.
send-key-confirm = Choose this key
remote-forget-title = Forget { $name }?
remote-forget-lede = No provider is changed, here or there. This is lost and cannot be taken back:
remote-forget-agreed = What both sides agreed on. Connected again, every field that differs is a question.
remote-forget-pending = Decisions and keys that were chosen and have not gone up, and deletions that the server has not heard of.
remote-forget-secret = The password or token that is kept for it in this vault.
remote-forget-session = The session there. It ends for this computer; the server keeps its own record of it.
remote-forget-confirm = Forget it

## What a server says of itself, in Usage, Health and History

told-by = { $name }
told-by-at = { $name }, asked at { $time }
told-asking = Asking the server
told-ask-again = Ask again
told-source = From { $name }
told-source-text = As the server says it. None of it is this computer's, and none of it is kept here.
told-last = What it said { $time }:
told-logged-out = Log in to see what this server says
told-logged-out-text = A session there ends with the lock of this vault.
told-not-offered = This server does not tell
told-not-offered-text = The admin API of the specification has usage alone. Health and history are told by servers of Signalbox.
told-span = Span
told-days-short =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
told-days =
    { $count ->
        [one] The last day, of UTC
       *[other] The last { $count } days, of UTC
    }
told-search = Search this server's history
told-by-model = By model
told-newest-calls = Newest calls
told-no-calls = No calls in this time.
told-sums-alone = This server tells sums alone.
told-unpriced =
    { $count ->
        [one] 1 call without a price
       *[other] { $count } calls without a price
    }
told-cost = Cost
told-calls = Calls
told-tokens = Tokens
told-model = Model
told-success = Success
told-latency = Latency
told-succeeded = Success
told-failed = Failed
told-deleted = Deleted provider
told-time = Time
told-provider = Provider
told-task = Task
told-user = User
told-status = Status
told-no-providers = This server has no providers.
told-no-acts = No entry matches.
told-older = Older entries
