# The page's texts in English. Another language is a folder of files with the same keys; see docs/guide/languages.md.
# Sentence case; short; present tense; no exclamation marks. An error says what happened and what to do.

## The vault

vault-password = Vault password
repeat-password = Repeat password
show-password = Show password
hide-password = Hide password
no-kit = No recovery kit: a lost password loses the vault
version = Signalbox { $version }
try-again = Try again

## First run

passwords-differ = The two passwords differ. Type the first one again.

## Lock screen

unlock-title = Vault locked
unlock = Unlock
unlock-with-keyring = Unlock with system keyring
use-kit = Use the recovery kit
use-backup = Restore a backup…
unlock-in = Unlock in { $seconds } s
locked-idle =
    { $minutes ->
        [one] Locked after 1 minute without use
       *[other] Locked after { $minutes } minutes without use
    }
locked-asked = Locked by you
locked-closed = Locked when the window closed
locked-away = Locked while you were away
locked-restored = The backup is in place
open-older = Open it as it is
failed-attempts =
    { $count ->
        [one] 1 failed attempt.
       *[other] { $count } failed attempts.
    }
next-try = Next try in
attempts-told =
    { $count ->
        [one] 1 failed attempt to open the vault
       *[other] { $count } failed attempts to open the vault
    }
attempts-told-detail = The last one was { $when }. If it was not you, change the password in the settings.
wait-grows = The wait grows with each failure.
keys-leave-memory = Keys leave memory when the vault locks
sample-vault = This vault holds sample data.
sample-password = Its password is
unusable-title = Vault cannot be opened

## Sidebar

sidebar = Sidebar
main-navigation = Main
nav-manage = Manage
nav-observe = Observe
nav-deliver = Deliver
nav-vault = Vault
providers = Providers
routing = Routing
playground = Playground
health = Health
settings = Settings
window-title = { $page } · Signalbox
part-unread = this part of the window could not be read
part-unread-advice = Try again. If it stays, close the window and start Signalbox anew.
search-or-run = Search or run
unlocked-locks-in = Unlocked, locks in
minutes-left = { $count } min
lock-now = Lock now (Ctrl L)

## Header and filters

configured = { $count } configured, { $active } active
none-configured = None configured
sample-data = Sample data
sample-data-title = Providers, keys and usage in this vault are invented
add-provider = Add provider
test-all = Test all active
stop = Stop
batch-progress = Testing, { $done } of { $total } done
search-providers = Search providers
search-placeholder = Search name, model, task
filter-type = Type
filter-status = Status
filter-task = Task
clear = Clear
clear-filters = Clear search and filters
shown-of = { $shown } of { $total } providers
tokens-today = tokens today
cost-today = cost today
need-attention = need attention
needs-attention = Needs attention
active = Active
default = Default
off = Off

## List

reading-list = Reading the list of providers
column-provider = Provider
column-status = Status
column-last-test = Last test
column-tasks = Tasks
column-today = Tokens today
column-cost = Cost, 7 days
column-actions = Actions
select-all = Select all shown
select-name = Select { $name }
test-name = Test { $name }
edit-name = Edit { $name }
more-actions = More actions for { $name }
more-actions-title = More: duplicate, turn on or off, delete
group-cost = { $amount } in 7 days
group-partly = { $amount } and unknown in 7 days
group-unknown = Cost unknown
group-no-calls = No calls in 7 days
never-tested = Never tested
added-on = Added { $day }
testing = Testing
slow = { $latency }, slow
restricted = { $latency }, restricted
no-task = No task
more-tasks = +{ $count } more
no-limit = no limit
of-limit = of { $limit }
meter-label = { $name }: tokens today, { $percent }% of the daily limit
spark-label = 7-day cost of { $name }
no-calls = No calls
unknown = unknown
price-unknown = The price of this model is not known
plus-unknown = + { $count } unpriced
no-match-title = No provider matches
no-match-text = Other words may, or fewer filters.
empty-title = Add your first provider
empty-text = A provider is one key, one model and its limits. Have the API key at hand. You can test it before it serves any task.
origin-gemini = Key from Google AI Studio
origin-openai = Project key from the OpenAI console
origin-claude = Key from the Anthropic console
origin-compatible = vLLM, Ollama, or any compatible URL

## Actions

test = Test
turn-on = Turn on
turn-off = Turn off
duplicate = Duplicate
make-default = Make default
delete = Delete
undo = Undo
dismiss = Dismiss
cancel = Cancel
copy-details = Copy details
bulk-actions = Actions for selected providers
bulk-selected = { $count } selected
clear-selection = Clear selection

## Messages

messages = Messages
test-passed = { $name } works
test-failed = { $name }: { $outcome }
latency-and-models =
    { $count ->
        [one] { $latency }, 1 model visible
       *[other] { $latency }, { $count } models visible
    }
batch-title =
    { $count ->
        [one] 1 provider tested
       *[other] { $count } providers tested
    }
batch-detail = { $passed } passed, { $failed } did not
turned-on = { $name } turned on
turned-off = { $name } turned off
many-turned-on =
    { $count ->
        [one] 1 provider turned on
       *[other] { $count } providers turned on
    }
many-turned-off =
    { $count ->
        [one] 1 provider turned off
       *[other] { $count } providers turned off
    }
made-default = { $name } is the default
duplicated = { $name } added as a copy
duplicated-detail = It is off and serves no task.
deleted = { $name } deleted
deleted-detail = Undo brings it back, with its key.
undone = Taken back
copied = Copied
not-copied = The system did not allow copying

## Drawer

field-api-key = API key
key-stored = Stored, ends in ...{ $last }. Leave empty to keep
key-stored-short = Stored. Leave empty to keep
key-optional = Leave empty if the server needs none
remove-key = Remove the stored key
remove-key-hint = Saving destroys it in this vault. After a change of the base URL, enter the key again or remove it here.
remove-key-typed = The key typed above replaces the stored one.
key-entered = Entered { $age }
key-remark = Only the last four characters are shown after saving
show-key = Show what is typed
hide-key = Hide what is typed

## Credential test

credential-test = Credential test
not-tested = Not tested
not-tested-hint = Free: lists models, generates nothing
testing-before-saving = Testing before saving
test-again = Test again
tested-typed = tested with the key above, { $age }
tested-saved = tested with the stored key, { $age }
tested-keyless = tested without a key, { $age }
seconds = { $count } s
latency = Latency
models-visible = Models visible
http-status = HTTP status
no-figure = –
http-after = HTTP { $status } after { $latency }
what-happened = What happened.
what-to-do = What to do.
open-console = Open the { $vendor } console
request-id = Request { $id }

## Routing

save-routes = Save routes
routes-saved = Routes saved
task-prompt-saved = Instructions of { $task } saved
task-prompt-built-in = { $task } has the built-in instructions again
task-prompt-holds = They hold from the next call on.
unsaved-routes =
    { $count ->
        [one] 1 task has unsaved changes
       *[other] { $count } tasks have unsaved changes
    }

## Health

check-all-providers = Check the health of all providers
no-data = No data
health-up = Up
health-degraded = Degraded
health-down = Down
health-unknown = Not checked
health-unreached = Not reached
breaker-closed = Closed
breaker-half-open = Half-open
breaker-open = Open
breaker-cannot-probe = Cannot probe
strip-label = Last 24 hours in 48 half hours: { $up } up, { $degraded } degraded, { $down } down, { $unknown } without data
worst-down = { $name } is down.
worst-degraded = { $name } is degraded.
worst-first = It is the primary for { $tasks }; the next in the chain serves.
worst-fallback = It is a fallback only, so no task waits for it.
worst-no-task = No task uses it.
incident-down = { $name } down, ongoing for { $lasted }
incident-degraded = { $name } degraded, ongoing for { $lasted }
incident-was-down = { $name } was down for { $lasted }
incident-was-degraded = { $name } was degraded for { $lasted }
incident-moved =
    { $count ->
        [one] 1 call went to another provider.
       *[other] { $count } calls went to another provider.
    }
not-well =
    { $count ->
        [one] 1 provider is not well
       *[other] { $count } providers are not well
    }
clock-today = Today { $time }
clock-today-within = today { $time }
clock-yesterday = Yesterday { $time }
clock-yesterday-within = yesterday { $time }
clock-day = { $day } { $time }

## Palette and shortcuts

palette-title = Search or run (Ctrl K)
palette-primary-for = { $model }, primary for { $tasks }
palette-off = { $detail }, off
palette-test = Test { $name }
palette-edit = Edit { $name }
palette-turn-on = Turn { $name } on
palette-turn-off = Turn { $name } off
palette-add = Add a provider: { $kind }
palette-go = Go to { $page }
palette-lock = Lock the vault now
palette-help = Keyboard shortcuts

## Time

age-now = just now
age-seconds = { $count } s ago
age-minutes = { $count } min ago
age-hours = { $count } h ago
age-yesterday = yesterday { $time }
month =
    { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
weekday =
    { $day ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    }
day-of-month = { $day } { $month }
day-with-year = { $date } { $year }
month-with-year = { $month } { $year }
day-with-weekday = { $weekday } { $date }

## Playground

prompt-deleted = { $name } deleted
prompt-deleted-detail = It is still in the fields.
attached-too-large = Attachments have at most 8 MB together. Choose a smaller file.
attached-unread = { $name } cannot be read. Choose it again.
cost = Cost

## Settings

catalogue-too-large = the file is larger than { $size } KB
catalogue-unread = the file could not be read
catalogue-advice = Choose a catalogue of models, a JSON file with "as_of" and "models". Nothing was changed.
catalogue-in-force = Prices of { $day } are in force
catalogue-in-force-detail = They hold from the next call on. Logged calls keep theirs.
usage = Usage

## Names of pages that are fetched later

budgets = Budgets
unread-alerts =
    { $count ->
        [one] 1 alert not seen yet
       *[other] { $count } alerts not seen yet
    }
insights = Insights
history = History
bundles = Bundles
bundles-due =
    { $count ->
        [one] 1 bundle runs out
       *[other] { $count } bundles run out
    }
sync = Sync
sync-asked =
    { $count ->
        [one] 1 conflict to decide
       *[other] { $count } conflicts to decide
    }

## Where figures come from

shown-from = Source
source-here = This computer

## Example set-ups and quick ways

set-up-production = Production
set-up-production-lede = Gemini extracts and validates, OpenAI writes, and each stands in when the other fails. Both have token limits.
set-up-development = Development
set-up-development-lede = One provider of each vendor and no routes: switching the default switches everything.
set-up-budget = Budget
set-up-budget-lede = Gemini’s fast, cheap model for every task, and nothing else.
empty-first = Start with a key
empty-first-text = Paste one: its vendor is recognised, a model proposed, and both are tested.
empty-set-ups = Or start from an example
empty-types = Or fill in everything yourself
add-more = More ways to add
add-first = By its key alone
default-switch = Default provider
default-none = No default
default-is = Default: { $name }
bulk-export = Export
move-up = Move up
move-down = Move down
ordered = Ordered by hand
ordered-detail = The list shows this order until you sort it by a column.
many-deleted = { $count ->
    [one] 1 provider deleted
   *[other] { $count } providers deleted
}
stats-name = Usage of { $name }
nothing-to-undo = Nothing to take back
failure-line = { $message }. { $advice }
