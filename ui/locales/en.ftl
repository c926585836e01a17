# The page's texts in English. A second language is a second file of the same keys.
# Sentence case; short; present tense; no exclamation marks. An error says what happened and what to do.

## The vault

vault-password = Vault password
repeat-password = Repeat password
show-password = Show password
hide-password = Hide password
version = Signalbox { $version }
try-again = Try again

## First run

set-up = Set up
step-password = Set a vault password
step-password-text = Encrypts every key on this computer.
step-provider = Add the first provider
step-provider-text = Test it before anything is routed to it.
vault-is-a-file = The vault is a folder on this computer. Signalbox never sends the password anywhere.
create-title = Create your vault
create-lede = One password protects all provider keys. It cannot be reset by an administrator.
create-no-recovery = A lost password cannot be recovered.
create-forgotten = Nobody can open the vault without it; every key in it would have to be made anew.
create-vault = Create vault
creating-vault = Creating vault
password-hint = Long beats complicated: six unrelated words are strong.
time-to-guess = Estimated { $time } to guess on one GPU server
rule-holds = (holds)
rule-fails = (does not hold yet)
passwords-differ = The two passwords differ. Type the first one again.
suggest-words = Suggest six words
suggest-other = Suggest six other words
suggest-hint = Write them down, then type them above and below. They are kept nowhere.
vault-location = Vault location
location-hint = To keep it elsewhere, set SIGNALBOX_DATA_DIR before starting. Avoid folders that a cloud service syncs.

## Lock screen

unlock-title = Vault locked
unlock = Unlock
unlock-in = Unlock in { $seconds } s
locked-idle =
    { $minutes ->
        [one] Locked after 1 minute without use
       *[other] Locked after { $minutes } minutes without use
    }
locked-asked = Locked by you
locked-closed = Locked when the window closed
failed-attempts =
    { $count ->
        [one] 1 failed attempt.
       *[other] { $count } failed attempts.
    }
next-try = Next try in
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
nav-vault = Vault
providers = Providers
routing = Routing
playground = Playground
health = Health
settings = Settings
window-title = { $page } · Signalbox
reading-page = Opening the page
part-unread = this part of the window could not be read
part-unread-advice = Try again. If it stays, close the window and start Signalbox anew.
search-or-run = Search or run
unlocked-locks-in = Unlocked, locks in
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
delete-name = Delete { $name }
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
close = Close
close-esc = Close (Esc)
save = Save
reload = Reload
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
added = { $name } added
saved = { $name } saved
saved-off = It is off until a test passes and you turn it on.
deleted = { $name } deleted
deleted-detail = Undo brings it back, with its key.
undone = Taken back
copied = Copied
not-copied = The system did not allow copying

## Drawer

edit-title = Edit { $name }
field-type = Type
type-fixed = Fixed after creation
compatible = Compatible
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
field-model = Model
field-display-name = Display name
models = Models
show-models = Show models
price-head = Per 1M in / out
context-head = Context
capabilities-head = Vision, PDF, tools
models-foot = { $shown } of { $known } models. Prices of { $day }. A name that is not listed is accepted; its cost then shows as unknown.
model-unlisted = Not in the catalogue. It is used as typed; its cost shows as unknown.
model-leaving = leaving
model-closed = Keys made recently cannot use this model. Choose another if the test does not find it.
model-shuts-down = The vendor shuts this model down on { $day }. Plan its successor.
model-shut-down = The vendor shut this model down on { $day }. Choose another.
prices = { $input } in, { $output } out per 1M
context = { $tokens } context
capability-vision = Vision
capability-pdf = PDF
capability-tools = Tools
capability-json = JSON
capability-reasoning = Reasoning
field-tasks = Task routing
tasks-remark = First place only
add-task = Add task
add = Add
new-task-name = Name of the new task
new-task-hint = Lower-case letters, digits and _, such as cover_letter. Applications ask for it by this name.
held-by = Held by
held-by-nobody = Held by nobody
held-here = Held by this provider
gives-up = Given up by this provider
takes-from = Taken from
takes-free = Taken by this provider
field-daily-limit = Daily token limit
field-monthly-limit = Monthly token limit
tokens = tokens
used-today = { $used } used today
used-in-month = { $used } used in { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
field-description = Description
optional = Optional
field-default = Default
active-hint = Routes may use it.
active-hint-off = Saving takes its tasks and the default away from it.
default-hint = Serves every task that nobody holds.
advanced = Advanced
field-base-url = Base URL
url-default = Default
url-hint = Must start with https://. Plain http is for this computer only, unless you allow it.
url-hint-compatible = Where the API lives, often ending in /v1. Plain http is for this computer only, unless you allow it.
allow-http = Allow plain http to this host
allow-http-hint = Everyone on the way can read the key and the requests.
field-timeout = Timeout
field-retries = Retries before fallback
field-requests-per-minute = Requests per minute
field-tokens-per-minute = Tokens per minute
field-concurrent-calls = Calls at once
field-daily-cost = Daily cost limit
field-monthly-cost = Monthly cost limit
field-quality = Quality grade
field-input-price = Input price
field-output-price = Output price
field-cached-price = Cached input price
own-prices = Own prices
own-prices-remark = In place of the catalogue's
usd-per-million = per 1M
unit-seconds = seconds
unit-calls = calls
not-graded = not graded
quality-hint = 1 to 5, the best. Auto routes can ask for a floor.
price-of-catalogue = catalogue
price-of-input = as input
error-dollars = Enter dollars, such as 25.50, or leave empty.
error-price-half = Enter input and output, or leave all prices empty.
created = Created { $day } by { $actor }.
updated = Changed { $age }.
error-no-key = Paste the API key.
error-limit-small = Enter 1 or more, or leave empty.
error-limit-digits = Enter digits only, or leave empty.
fields-need-change =
    { $count ->
        [one] 1 field needs a change:
       *[other] { $count } fields need a change:
    }
discard-question =
    { $count ->
        [one] Discard 1 unsaved change?
       *[other] Discard { $count } unsaved changes?
    }
keep-editing = Keep editing
discard = Discard
no-changes = No changes
unsaved-changes =
    { $count ->
        [one] 1 unsaved change
       *[other] { $count } unsaved changes
    }
tested-before-saving = The key is tested before it is saved
save-anyway = Save anyway
anyway-off = The test failed. Saved anyway, it stays off
anyway-offline = Not reachable. Saved anyway, it is used as set here

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

## Deletion

delete-title = Delete { $name }?
delete-lede = Its key is destroyed in this vault. The key stays valid at { $vendor } until you revoke it there.
delete-lede-compatible = Its key is destroyed in this vault. The key stays valid at the server until it is revoked there.
delete-lede-no-key = It has no key. Its settings leave this vault.
tasks-lose-primary =
    { $count ->
        [one] 1 task loses its primary.
       *[other] { $count } tasks lose their primary.
    }
task-moves-to = moves to { $name }.
task-has-nobody = has nobody.
delete-loses-default = No provider is the default then: tasks that nobody holds are not served.
delete-keeps-usage =
    { $count ->
        [one] 1 call stays in the usage log under its name.
       *[other] { $count } calls stay in the usage log under its name.
    }
type-name = Type the name to confirm
delete-undo = You can undo this for 8 seconds.
delete-provider = Delete provider

## Routing

routes-context =
    { $tasks ->
        [one] 1 task
       *[other] { $tasks } tasks
    }
routes-unsaved = { $tasks }, { $changes }
save-routes = Save routes
routes-saved = Routes saved
reading-routes = Reading the routes
task-chains = Task chains
chains-hint = Primary first, then fallbacks. Drag, or Space and arrow keys
needs-line = Needs { $needs }
capability-context = Context
capability-text = Text
lack-context = hold the context
lack-pdf = read PDF
lack-vision = read images
lack-json = hold to a JSON schema
lack-tools = call tools
joined-or = { $most } or { $last }
standing-off = Turned off
standing-down = Down now
standing-degraded = Degraded now
standing-lacks = Cannot { $lacks }
node-label = { $name }, { $model }, { $place } of { $count }
node-noted = { $label }. { $note }
node-help = Space lifts it, arrow keys move it, Space drops it, Escape puts it back. Delete removes it.
node-lifted = { $name } lifted, { $place } of { $count }. Arrow keys move it, Space drops it, Escape puts it back.
node-moved = { $name }, { $place } of { $count }
node-dropped = { $name } dropped, { $place } of { $count }
node-back = { $name } is back where it was
chain-of = Chain of { $task }
chain-empty = Nobody stands here. The default provider serves this task, if there is one.
chain-idle = The cheapest that will do serves. This chain is kept for the other modes.
add-to = Add a provider to { $task }
add-member-hint = Search name or model
no-member-left = Every provider stands in this chain.
no-member-found = No provider matches.
route-settings = Mode and needs of { $task }
explain-route = Why this provider for { $task }
remove-from = Remove { $name } from { $task }
remove-from-chain = Remove from chain
route-mode = Mode
mode-chain = Chain
mode-split = Split
mode-auto = Auto
mode-chain-hint = The first that is able serves; the next one when it fails.
mode-split-hint = By weight, the same one for the same caller. When it fails, the rest of the chain in its order.
mode-auto-hint = The cheapest active provider that meets needs and bounds.
route-needs = Needs
needs-context = Context of at least
needs-any = any
weights = Weights
bound-latency = p95 at most
bound-quality = Quality at least
no-bound = no bound
milliseconds = ms
grade-range = 1 to 5
error-grade = Enter 1 to 5, or leave empty.
error-weight = Enter 0 to 1,000.
explaining = Asking the gateway
explains-saved = This is about the saved route, not about the changes above.
at-most = at most { $cost }
rule-chain = The task's chain decides.
rule-split = The task's split decides.
rule-auto = The cheapest that will do serves.
rule-default = Nobody in the chain is on, so the default serves.
rule-named = The caller names whom to ask.
rule-none = Nobody can serve this task now.
verdict-chosen = Serves the call.
verdict-next = Is tried next if those above fail.
verdict-off = Is turned off.
verdict-no-key = Has no key for its base URL.
verdict-lacks = Its model cannot { $lacks }.
verdict-breaker = Too many of its last calls failed; it is tried again { $time }.
verdict-cooling = The vendor asked to wait until { $time }.
verdict-limit = Its limit of { $kind ->
        [concurrent_calls] calls at a time
       *[other] use
    } leaves { $left } of { $cap }, too little for the call.
verdict-limit-resets = Its { $kind ->
        [daily_tokens] daily token limit
        [monthly_tokens] monthly token limit
        [daily_cost] daily cost limit
        [monthly_cost] monthly cost limit
        [requests_per_minute] limit of requests a minute
        [tokens_per_minute] limit of tokens a minute
        [user_daily_tokens] user's daily quota
        [user_monthly_tokens] user's monthly quota
        [user_requests_per_minute] user's requests a minute
       *[other] limit
    } leaves { $left } of { $cap }, too little for the call. It starts anew { $time }.
verdict-slow = Too slow: its p95 is { $latency }.
verdict-quality = Graded { $grade }, below the floor.
verdict-ungraded = Not graded yet, so below any floor.
verdict-price = Its price is not known, so it cannot be the cheapest.
verdict-not-in-route = Stands in no chain of this task.
task-instructions = Instructions of the task endpoint
prompt-own = Your own
prompt-built-in = Built in
task-instructions-hint = Sent before the input of each call to this task's endpoint. Saved here at once, not with the routes.
prompt-of-callers = This task has no endpoint of its own: programs that ask for it bring their own instructions.
use-built-in-prompt = Back to built-in
save-task-prompt = Save instructions
task-prompt-saved = Instructions of { $task } saved
task-prompt-built-in = { $task } has the built-in instructions again
task-prompt-holds = They hold from the next call on.
routes-conflict = Someone changed the routes since they were read here.
routes-conflict-advice = Reload them and lose your changes, or put yours on top.
reload-routes = Reload
keep-changes = Put mine on top
no-tasks = There is no task yet.
capability-match = Capability match
matrix-of = Task of the matrix
matrix-member = Chain member
matrix-context = Context, { $tokens }
matrix-needed = { $capability }, needed
matrix-more = The first { $shown } of { $members } active providers.
cell-yes = Yes
cell-no = No
cell-missing = Missing
cell-unknown = Unknown
gaps =
    { $count ->
        [one] 1 gap
       *[other] { $count } gaps
    }
gap-sentence = { $name } cannot { $lacks }. A failover to it would fail for such calls.
simulate-failure = Simulate a failure
simulate-provider = Provider
simulate-kind = Failure
failure-down = Down
failure-rate-limit = Rate limit
failure-slow = Slow
no-change = No change
nobody = Nobody
effect-nobody = Calls would fail: nobody else can serve it.
effect-then = Then { $name }.
effect-last = Nobody comes after it.
effect-degraded = Degraded now. { $after }
effect-down = Down now. { $after }
effect-same-vendor = Same vendor: a vendor outage takes both down. { $after }
effect-latency = p50 { $now } to { $then }.
effect-cost = { $now } to { $then } a call.
effect-cost-same = { $cost } a call, unchanged.
preview-note = A preview of the routes as they stand here. Nothing is sent to a provider.
keys-move-node = Lift and drop a node of a chain
unsaved-routes =
    { $count ->
        [one] 1 task has unsaved changes
       *[other] { $count } tasks have unsaved changes
    }

## Health

reading-health = Reading the health of providers
check-all = Check all now
check-all-providers = Check the health of all providers
checked-every = Checked every { $every }, last { $time }
checked-never = Checked every { $every }, not checked yet
column-day = Last 24 hours
column-up = Up
column-errors-hour = Errors 1h
column-errors-day = 24h
column-breaker = Breaker
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
breaker-until = Tried again { $time }
breaker-cannot-probe-hint = There is nothing to probe with. Check its key and credit.
strip-label = Last 24 hours in 48 half hours: { $up } up, { $degraded } degraded, { $down } down, { $unknown } without data
worst-down = { $name } is down.
worst-degraded = { $name } is degraded.
worst-first = It is the primary for { $tasks }; the next in the chain serves.
worst-fallback = It is a fallback only, so no task waits for it.
worst-no-task = No task uses it.
open-routing = Open routing
incidents = Incidents
incidents-range = Last 7 days
no-incidents = No incidents in the last 7 days.
incident-down = { $name } down, ongoing for { $lasted }
incident-degraded = { $name } degraded, ongoing for { $lasted }
incident-was-down = { $name } was down for { $lasted }
incident-was-degraded = { $name } was degraded for { $lasted }
incident-moved =
    { $count ->
        [one] 1 call went to another provider.
       *[other] { $count } calls went to another provider.
    }
resolved = Resolved
test-now = Test now
edit = Edit
no-health = No provider to watch yet.
no-health-text = Each one appears here with its first call or probe.
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
palette-results = Results
palette-actions = Actions
palette-none = Nothing found. Try fewer letters.
palette-move = Move
palette-open = Open
palette-only-actions = Actions only
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
shortcuts = Keyboard shortcuts
keys-palette = Search or run
keys-lock = Lock now
keys-save = Save the drawer or the routes
keys-undo = Undo the last change
keys-search = Search in the list, also /
keys-close = Close the top layer, dismiss a message
keys-region = Next region
keys-help = This list
keys-new = New provider
keys-edit = Edit the focused row
keys-test = Test the focused row
keys-duplicate = Duplicate the focused row
keys-delete = Delete the focused row (asks)
keys-select = Select the focused row, also Space
keys-move = Move between rows, with Shift select
keys-open = Open the focused row
keys-note = Ctrl is Cmd on macOS. Single keys are off while a text field has the focus.

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

## Playground

playground-context = Nothing here is stored unless you save it
add-model = Add model
prompt = Prompt
prompt-hint = What every model is asked
prompt-more = More
prompt-more-hint = System prompt and JSON schema
system-prompt = System prompt
answer-schema = JSON schema of the answer
temperature = Temperature
temperature-default = default
max-output = Max output
run-all = Run all
stop-all = Stop all
run-one = Run
run-again = Run again
saved-prompts = Saved prompts
save-prompt = Save this prompt
delete-prompt = Delete { $name }
prompt-deleted = { $name } deleted
prompt-deleted-detail = It is still in the fields.
prompt-saved = Prompt { $name } saved
save-prompt-title = Save this prompt
prompt-name = Name
prompt-kept-hint = Kept in the vault with its task and attachments. Answers are not kept.
prompt-replaces = There is a prompt of this name. Saving replaces it.
save-prompt-short = Save
replace-prompt = Replace
playground-task = Task
attach = Attach
attach-hint = Pictures and PDF, 8 MB together
attachments = Attachments
detach = Remove { $name }
kilobytes = { $count } KB
attached-picture = Picture
attached-pdf = Document.pdf
attached-too-large = Attachments have at most 8 MB together. Choose a smaller file.
attached-unread = { $name } cannot be read. Choose it again.
attached-kind = { $name } is neither a picture (PNG, JPEG, WebP, GIF) nor a PDF. Choose another file.
estimate = About { $tokens } tokens, up to { $cost }
estimate-partly =
    { $count ->
        [one] About { $tokens } tokens, up to { $cost } and 1 unknown price
       *[other] About { $tokens } tokens, up to { $cost } and { $count } unknown prices
    }
estimate-tokens = About { $tokens } tokens
estimate-unknown = About { $tokens } tokens, cost unknown
estimate-attached = About { $tokens } tokens of text, and the attachments
error-no-prompt = Write a prompt first.
error-max-output = Enter the most tokens of an answer, 1 to 1,000,000.
error-temperature = Enter a temperature from 0 to 2, or leave empty.
error-schema = The schema is not JSON at line { $line }, column { $column }. Correct it, or leave it empty.
error-schema-object = A JSON schema starts with a brace. Correct it, or leave it empty.
choose-target = Model or task to ask
choose-target-hint = Search model or task
choose-other = Choose another
no-target-found = Nothing matches.
new-column = New column
column-label = { $name }, column { $place }
remove-column = Remove column
no-columns = Add a model to ask.
nobody-to-ask = Nobody to ask yet
nobody-to-ask-text = Add a provider; its model then answers here.
gone-provider = Deleted provider
answer-of = Answer of { $name }
not-run = Not asked yet.
empty-answer = The answer is empty.
streaming = Streaming
stopping = Stopping
run-failed = Failed
run-stopped = Stopped
route-now = Route now
column-tokens = Tokens
cost = Cost
first-token = First token
total-time = Total
tokens-in = { $count } in
tokens-out = { $count } out
tokens-out-about = about { $count } out
lowest = lowest
so-far = so far
copy = Copy
waiting = Waiting
pause-asked = { $name } asks to wait
pause-own = { $name } failed and is asked again
pause-left = Asked again in { $count } s. Stop ends the wait.
pause-over = Asked again now.
pause-said = Waiting { $time } before asking again
restarted = The first provider failed. { $name } answers now.
provider-failed = { $name } failed
answered-by = → Answered by { $name }.
degraded-schema = The schema was given as an instruction, and the answer checked against it here.
degraded-pdf = The text of the PDF was sent in its place.
degraded-temperature = This model takes no temperature; it was left out.
degraded-effort = The effort was changed to what this model has.
degraded-stop = This model takes no stop texts; they were left out.
finish-length = Cut off at the longest answer allowed
finish-refused = The model refused to go on
retry-after = retry after { $time }
said-answered = { $name } has answered: { $tokens } tokens in { $time }.
said-answered-plain = { $name } has answered in { $time }.
said-failed = { $name } failed: { $what }.
said-stopped = { $name } stopped.
make-route = Make this the route
make-route-title = Make { $name } the route
make-route-lede = It stands first in the task's chain. The others follow in their order.
choose-task = Choose a task
route-moves = { $was } is first now and becomes the first fallback of { $name }.
route-takes = { $name } takes the first place.
route-was-split = Calls are split by weight now; afterwards the chain decides.
route-was-auto = The cheapest serves now; afterwards the chain decides.
route-drops = The chain is full: { $name } leaves it.
route-is-so = It leads this task already.
route-made = { $name } leads { $task }

## Settings

settings-sections = Settings sections
reading-gateway = Reading the settings
local-gateway = Local gateway
serve-here = Serve routes on this computer
serve-here-text = Programs here can call tasks without a provider key. Loopback only.
address = Address
copy-address = Copy address
gateway-running = Running since { $time }, { $calls } calls today.
gateway-not-running = Not running.
gateway-off = Off. Turned on, it serves while the vault is open.
port = Port
port-text = Programs that use the gateway need the new address after a change.
apply-port = Apply
error-port = Enter a port from 1024 to 65535.
client-token = Client token
token-ends = Ends in ...{ $last }. Works on this computer only.
token-none = None yet. Without one no program is answered.
make-token = Make token
replace-token = Replace token
new-token-title = New client token
replace-token-title = Replace the client token?
replace-token-lede = The old one ends at once. Programs that use it are refused until they have the new one.
making-token = Making a token
token-once = Copy it now. It is not shown again; only its digest is kept.
token-use = Give it to a program as its API key, with the address as base URL.
done = Done
when-locked = When the vault locks
when-locked-text = Stop: calls get 503 with a reason. Finish: open calls may end, up to 30 s.
on-lock-stop = Stop calls
on-lock-finish = Finish calls
prices-section = Prices
reading-prices = Reading the prices
price-catalogue = Price catalogue
catalogue-built-in =
    { $models ->
        [one] Built in: prices of { $day }, 1 model.
       *[other] Built in: prices of { $day }, { $models } models.
    }
catalogue-imported =
    { $models ->
        [one] From a file, imported { $time }: prices of { $day }, 1 model.
       *[other] From a file, imported { $time }: prices of { $day }, { $models } models.
    }
import-catalogue = Import file
use-built-in-catalogue = Use built-in prices
reprice-history = History
reprice-history-text = Calls keep the price they were logged with. Re-pricing puts the prices in force in its place.
reprice = Re-price
own-prices-text = A provider's own prices are in its drawer, under Advanced, and go before the catalogue's.
usage-section = Usage
usage-from-files = Usage from files
usage-from-files-text = Logs of other programs become calls. What vendors report as sums is kept beside them and compared.
import-usage = Import usage
catalogue-too-large = the file is larger than { $size } KB
catalogue-unread = the file could not be read
catalogue-advice = Choose a catalogue of models, a JSON file with "as_of" and "models". Nothing was changed.
catalogue-in-force = Prices of { $day } are in force
catalogue-in-force-detail = They hold from the next call on. Logged calls keep theirs.
import-title = Import the prices of { $day }?
import-lede = { $name } takes the place of the prices of { $day }. Calls that are logged keep their cost.
import-confirm = Import prices
restore-title = Use the built-in prices again?
restore-lede = The imported catalogue leaves this vault. Choose its file again to have it back.
catalogue-same = The file says the same as the catalogue in force.
models-repriced = Other prices
models-added = New models
models-removed = Models gone
models-otherwise = Other details
catalogue-losing =
    { $count ->
        [one] 1 provider has no price then, and its cost shows as unknown: { $names }
       *[other] { $count } providers have no price then, and their cost shows as unknown: { $names }
    }
price-before = In / out now
price-after = In / out then
and-more = and { $count } more
reprice-title = Re-price the history?
reprice-lede = Logged calls get the cost that they have by the prices in force. This cannot be undone; the log of actions keeps both sums.
reprice-days = Days
days = { $count } days
all-days = All
reprice-asking = Adding up
rows-looked-at = Calls
rows-changed = Change
sum-before = Cost now
sum-after = Cost then
rows-left =
    { $count ->
        [one] 1 call stays as it is: its usage or its price is not known.
       *[other] { $shown } calls stay as they are: their usage or their price is not known.
    }
reprice-nothing = Nothing would change.
reprice-confirm =
    { $count ->
        [0] Re-price
        [one] Re-price 1 call
       *[other] Re-price { $shown } calls
    }
repriced =
    { $count ->
        [one] 1 call re-priced
       *[other] { $shown } calls re-priced
    }
repriced-sums = { $before } became { $after }
about = About
catalogue =
    { $models ->
        [one] Catalogue of { $day }, 1 model.
       *[other] Catalogue of { $day }, { $models } models.
    }
column-tokens = Tokens in / out
usage = Usage

## Names of pages that are fetched later

budgets = Budgets
unread-alerts =
    { $count ->
        [one] 1 alert not seen yet
       *[other] { $count } alerts not seen yet
    }
insights = Insights
