# Words of pages and layers, which come with them.

reading-page = Opening the page
delete-name = Delete { $name }
close = Close
close-esc = Close (Esc)
save = Save
reload = Reload
added = { $name } added
saved = { $name } saved
saved-off = It is off until a test passes and you turn it on.
edit-title = Edit { $name }
field-type = Type
type-fixed = Fixed after creation
compatible = Compatible
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
tasks-remark = First place only
add-task = Add task
task-added = Task { $task } added
add = Add
new-task-name = Name of the new task
new-task-hint = Lower-case letters, digits and _, such as cover_letter. Applications ask for it by this name.
held-by = Held by
held-by-nobody = Held by nobody
held-here = Held by this provider
gives-up = Given up by this provider
takes-from = Taken from
takes-free = Taken by this provider
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
optional = Optional
active-hint = Routes may use it.
active-hint-off = It keeps its tasks, and others serve them meanwhile. The default cannot be off.
default-hint = Serves every task that nobody holds.
advanced = Advanced
url-default = Default
url-hint = Must start with https://. Plain http is for this computer only, unless you allow it.
url-hint-compatible = Where the API lives, often ending in /v1. Plain http is for this computer only, unless you allow it.
allow-http = Allow plain http to this host
allow-http-hint = Everyone on the way can read the key and the requests.
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
error-limit-digits = Enter digits only, such as 30,000,000, or leave empty.
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
delete-undo = You can undo this until the vault locks, twenty acts back at most.
delete-provider = Delete provider
routes-context =
    { $tasks ->
        [one] 1 task
       *[other] { $tasks } tasks
    }
routes-unsaved = { $tasks }, { $changes }
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
verdict-key-refused = Its key was refused; enter another, or test the one that is there.
verdict-lacks = Its model cannot { $lacks }.
verdict-breaker = Too many of its last calls failed; it is tried again { $time }.
verdict-cooling = The vendor asked to wait until { $time }.
verdict-limit = Its limit of { $kind ->
        [concurrent_calls] calls at a time
       *[other] use
    } leaves { $left } of { $cap }, too little for the call.
verdict-limit-never = Its limit of { $kind ->
        [daily_cost] { $cap } a day
        [monthly_cost] { $cap } a month
        [monthly_tokens] { $cap } tokens a month
        [tokens_per_minute] { $cap } tokens a minute
        [user_daily_tokens] { $cap } tokens of a user's a day
        [user_monthly_tokens] { $cap } tokens of a user's a month
       *[other] { $cap } tokens a day
    } is smaller than this call alone.
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
reading-health = Reading the health of providers
check-all = Check all now
checked-every = Checked every { $every }, last { $time }
checked-never = Checked every { $every }, not checked yet
column-day = Last 24 hours
column-up = Up
column-errors-hour = Errors 1h
column-errors-day = 24h
column-breaker = Breaker
breaker-until = Tried again { $time }
breaker-cannot-probe-hint = There is nothing to probe with. Check its key and credit.
open-routing = Open routing
incidents = Incidents
incidents-range = Last 7 days
no-incidents = No incidents in the last 7 days.
resolved = Resolved
test-now = Test now
edit = Edit
no-health = No provider to watch yet.
no-health-text = Each one appears here with its first call or probe.
palette-results = Results
palette-actions = Actions
palette-none = Nothing found. Try fewer letters.
palette-move = Move
palette-open = Open
palette-only-actions = Actions only
shortcuts = Keyboard shortcuts
keys-palette = Search or run
keys-lock = Lock now
keys-save = Save the drawer or the routes
keys-undo = Undo the last change
keys-search = Search in the list
keys-close = Close the top layer, dismiss a message
keys-region = Next region
keys-help = This list
keys-new = New provider
keys-edit = Edit the focused row
keys-test = Test the focused row
keys-duplicate = Duplicate the focused row
keys-delete = Delete the focused row (asks)
keys-select = Select the focused row
keys-move = Move between rows
keys-open = Open the focused row
keys-note = Ctrl is Cmd on macOS. Single keys are off while a text field has the focus, and can be switched off in Settings.
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
limit-nearly-used = { $kind ->
        [daily_tokens] The provider's daily token limit
        [monthly_tokens] The provider's monthly token limit
        [daily_cost] The provider's daily cost limit
        [monthly_cost] The provider's monthly cost limit
        [user_daily_tokens] The user's daily quota
        [user_monthly_tokens] The user's monthly quota
       *[other] A limit
    } is used to { $percent }%: { $left } of { $cap } left.
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
retention = Calls
reading-retention = Reading the usage log
retention-change = Change
retention-all = Every call is kept.
retention-some = Calls of the last { $count } days are kept.
retention-sums-stay = The sums stay for good.
retention-title = How long are calls kept?
retention-lede = The log has a row for each call. Charts, statistics and budgets are made from its sums, which stay.
retention-everything = Everything
retention-days = Some days
retention-days-field = Days
retention-outside = Enter { $least } to { $most } days: a month's limits are counted from these calls.
retention-asking = Counting older calls
retention-nothing = Nothing is deleted.
retention-none-older = No call is older: nothing is deleted now.
retention-deletes =
    { $count ->
        [one] 1 call older than { $days } days is deleted at once, and does not come back.
       *[other] { $shown } calls older than { $days } days are deleted at once, and do not come back.
    }
retention-deletes-more = More than { $shown } calls older than { $days } days are deleted at once, and do not come back.
retention-confirm = Keep so long
retention-delete = Delete older calls
retention-set = Calls are kept so long from now on
usage-sums = Sums
usage-sums-text = What charts and statistics show is added up once. Here it is compared with every call, or made anew from them.
usage-verify = Verify
usage-rebuild = Rebuild
usage-sums-right = All sums are right.
usage-sums-wrong = A sum is not what its calls add up to.
usage-sums-rebuilt = All sums are made anew.
usage-sums-read = { $calls } calls, { $sums } sums.
usage-sums-advice = Rebuild makes all of them anew.
usage-sum-no-task = no task
usage-sum-all-users = all users
usage-sum-differs = First difference: { $sum } of { $time }, configuration { $number }, { $task }, { $user }, { $status }: the calls say { $rows }, the sum says { $sums }.
usage-zone = Time zone
usage-zone-text = Days of the usage page, of reports and of budgets are those of { $zone }.
zone-computer = This computer
zone-named = Other
zone-name = Name of the zone
zone-name-text = As the IANA names it: type the beginning of a continent or a city.
zone-apply = Use it
limits-section = Limits
reading-limits = Reading the limits
limit-zone = Days of limits
limit-zone-text = Daily and monthly limits start anew at midnight in { $zone }: the next time { $time }. What was used that day stays counted when you choose another zone.
quotas = Quotas of users
quotas-text = What each user of the gateway may use, whoever serves him; clients name users in x-signalbox-user or in the body.
new-quota = New quota
edit-quota = Change quota
save-quota = Save quota
quota-saved = Quota saved
quota-deleted = Quota deleted: { $name }
quota-everyone = Everyone else
quota-no-limit = No limit
field-quota-user = User
quota-user-hint = As clients send it; * is everyone without a quota of his own.
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

# Texts of pages that are fetched after the list is there: they are fetched with them. A key is here or in en.ftl.

## Budgets

budgets-context = Days and months of { $zone }
reading-budgets = Reading the budgets
no-budgets = No budget yet.
no-budgets-text = A budget tells when half, 80, 95 and 100% are spent, and when the forecast says that it will not last.
new-budget = New budget
edit-budget = Edit budget
save-budget = Save budget
budget-saved = Budget saved
budget-deleted = Budget of { $name } deleted
budget-whole = All usage
budget-kind-config = Provider
budget-kind-task = Task
budget-kind-user = User
budget-each-day = Each day
budget-each-month = Each month
budget-of-each-day = { $kind }, each day
budget-of-each-month = { $kind }, each month
budget-far-over = over 999%
choose-provider = Choose a provider
field-budget-kind = Spending of
field-budget-period = Lasts
field-budget-amount = Amount
budget-amount-hint = It tells; it stops nothing. A provider's own cost limits stop calls.
error-budget-scope = Choose whose spending it is.
error-budget-amount = Enter dollars, more than 0, such as 300 or 25.50.
column-budget = Budget
draw-budget = { $name }: what is left, day by day
column-spent = Spent
column-forecast = Forecast
column-ends = Last day
budget-of = of { $amount }, { $percent }
budget-meter = { $name }: { $percent }% of the budget spent
budget-unpriced =
    { $count ->
        [one] + 1 call without a known price
       *[other] + { $count } calls without a known price
    }
budget-unpriced-hint = What it cost is not in the sum. Add a price in the provider's settings, then re-price.
budget-on-track = On track
budget-most-spent = Over 80%
budget-nearly-spent = Nearly spent
budget-spent = Spent
budget-may-not-last = May not last
budget-will-not-last = Will not last
forecast-range = { $low } to { $high }
forecast-hint = Eight in ten months of traffic like the last eight weeks' end within this range.
forecast-too-early = after { $needed } days, { $days } known
forecast-of-no-day = for months only
alerts = Alerts
alerts-sub = each level once for a day or month
no-alerts = Nothing was told yet.
mark-seen =
    { $count ->
        [one] Mark as seen
       *[other] Mark { $count } as seen
    }
new-alert = New
seen-alert = Seen
alert-day = { $whose }: { $percent }% of the day's budget spent
alert-month = { $whose }: { $percent }% of the month's budget spent
alert-forecast = { $whose }: the month's budget will probably not last
alert-amounts = { $spent } of { $amount }, period from { $day }

## Insights

insights-context = From the last 30 whole days
reading-insights = Reading what stands out
jumps = Jumps of usage
jumps-reading = reading the hours of the last weeks
jumps-too-early =
    { $days ->
        [one] needs { $weeks } weeks of calls, 1 day known
       *[other] needs { $weeks } weeks of calls, { $days } days known
    }
jumps-watched =
    { $weeks ->
        [one] each minute against the same hour of the last week
       *[other] each minute against the same hour of the last { $weeks } weeks
    }
jump-of-all = All usage
jump-of-deleted = A deleted provider
no-jumps = Nothing was told yet. A jump to three times the usual calls or cost shows here, and on the desktop.
jump-calls = { $whose }: { $times } times as many calls as usual
jump-cost = { $whose }: { $times } times the usual cost
jump-numbers =
    { $minutes ->
        [one] { $seen } in 1 minute, { $usual } are usual on { $day } at { $hour }.
       *[other] { $seen } in { $minutes } minutes, { $usual } are usual on { $day } at { $hour }.
    }
jump-since = Since { $began }, and it goes on.
jump-over = From { $began }, seen last { $ended }.
jump-causes = Most of it: { $who }.
jump-calls-behind = Show calls
cause-provider = { $name } ({ $percent }%)
cause-task = task { $name } ({ $percent }%)
cause-user = user { $name } ({ $percent }%)
monday = Monday
tuesday = Tuesday
wednesday = Wednesday
thursday = Thursday
friday = Friday
saturday = Saturday
sunday = Sunday
cheaper = Cheaper models
cheaper-sub =
    { $count ->
        [one] for 1 task, up to { $saved } in 30 days
       *[other] for { $count } tasks, up to { $saved } in 30 days
    }
no-cheaper = No model that meets a task's needs would have saved a dollar and a tenth of what it cost in 30 days.
cheaper-title = { $task }: { $then } in place of { $now }
cheaper-basis = { $calls } calls of { $name } with { $input } tokens of input and { $output } of output cost { $now }; they would have cost { $then }.
cheaper-saved = less in 30 days
cheaper-risks = What speaks against it: { $risks }.
cheaper-no-risk = Nothing that is known speaks against it. How well it answers, a split shows.
cheaper-try = Try on a part
cheaper-switch-on = Open its form
cheaper-duplicate = Duplicate
cheaper-first-switch-on = { $name } has this model and is switched off. Switch it on, then try it here.
cheaper-first-duplicate = No provider has this model yet. Duplicate { $name }, which has a key of that vendor, give the copy this model and switch it on; then try it here.
cheaper-note = Reckoned from the tokens of your own calls of the last 30 whole days at list prices, without discounts for cached input: rather too little than too much. Nothing changes until you change a route.
duplicated-for = Set its model to { $model }, test it, and switch it on.
risk-unknown = nobody knows whether it has what the task needs ({ $what })
risk-cannot = it lacks what the present one can ({ $what }), which the task does not say that it needs
risk-window = its window is smaller ({ $then } tokens, now { $now })
risk-answers = its longest answer is shorter ({ $then } tokens, now { $now })
risk-succeeds-less = it did this task already and succeeded less often ({ $rate } of { $calls } calls)
risk-no-calls = no calls of your own for this task say how it does
risk-few-calls =
    { $count ->
        [one] 1 call of your own for this task says little
       *[other] { $count } calls of your own for this task say little
    }
risk-grade = you graded it { $then }, the present one { $now }
risk-no-grade = you have not graded it, the present one { $now }
risk-tier = it costs less than half of the present one, as smaller models of a vendor do
risk-vendor = it is another vendor's, who counts tokens in its own way
risk-shutdown = its vendor shuts it down on { $day }
risk-sampling = it refuses calls that set a temperature
risk-long = calls with more than { $above } tokens of input cost more there, and sums do not say how many there are
can-context = window
can-pdf = PDF
can-vision = images
can-json-schema = JSON schema
can-tools = tools
split-of = Split of { $task }
split-since = since its shares were saved, { $since }
column-member = Provider
column-share = Share
column-calls-made = Calls
column-succeeded = Succeeded
column-cost-each = Cost of a success
column-p50 = Latency p50
column-p95 = p95
split-too-few = { $name }: not enough calls yet ({ $calls } of about { $needed })
split-worse = { $name }: worse
split-cheaper = { $name }: cheaper and not worse
split-not-cheaper = { $name }: not worse, and not cheaper
split-not-worse = { $name }: not worse; what it costs is not clear yet
split-unclear = { $name }: not clear yet whether it is worse
split-success = It succeeds { $seen } (95% interval { $low } to { $high }) against the first.
split-cost = A success costs { $seen } (95% interval { $low } to { $high }).
split-nothing-known = Nothing can be compared yet.
split-make-it-route = Make it the route
split-make-route = Make it the route: { $name } for { $task }
try-title = Try { $name } for { $task }?
try-lede = A part of the callers goes to it and stays with it, so that both can be compared.
try-share = Its part of the calls
try-consequence = { $percent } of 100 callers go to { $name }, the others stay with { $present }. Who comes behind them in the route stays a fallback.
try-not-now = This task is split already, chosen automatically, or served by this provider. Look at its route.
try-start = Start the split
try-done = { $name } is tried for { $task }
try-done-text = Its card here says how it does, as soon as there are enough calls.
findings = What stands out
findings-sub =
    { $count ->
        [one] 1 thing to look at
       *[other] { $count } things to look at
    }
no-findings = Nothing stands out.
no-findings-text = Keys are young and used, every task has a fallback, and limits fit what is used.
so-many-tokens = { $count } tokens
limit-always-hit = { $name }: the daily limit is reached all the time
limit-always-hit-detail = { $limit } a day were reached on { $hit } of { $days } days with calls. Calls beyond it go to the next of their route, or fail.
month-limit-hit = { $name }: the monthly limit is used up
month-limit-hit-detail = { $most } were used in the last { $days } days, { $limit } are allowed in a month. Calls beyond it go to the next of their route, or fail.
no-fallback = { $task }: nobody serves it when its provider fails
no-fallback-detail = Only { $name } is in its route and switched on. Add a second one behind it.
old-key = { $name }: its key is { $days } days old
old-key-detail = Make a new one at the vendor, enter it here, then revoke the old one there.
unused-key = { $name }: its key is not used
unused-key-detail = No call in the last { $days } days. A key that nobody needs is better revoked and deleted.
limit-never-reached = { $name }: the daily limit is far away
limit-never-reached-detail = At most { $most } of { $limit } were used on { $days } days with calls. A lower limit would stop a runaway script sooner.
month-limit-far = { $name }: the monthly limit is far away
month-limit-far-detail = { $most } of { $limit } were used in the last { $days } days. A lower limit would stop a runaway script sooner.

# The dialog that imports usage. It is read with the dialog, not at the start.
import-usage-lede = Nothing is written until you confirm, and then all of it at once. The same file again changes nothing.
choose-file = Choose file
choose-other-file = Choose another file
usage-forms = CSV, JSON or JSON Lines up to 32 MB: usage logs, LiteLLM spend logs, or usage and cost exports of OpenAI, Anthropic and Google Cloud. Times without a zone are UTC.
usage-too-large = the file is larger than { $size } MB
usage-too-large-advice = Export fewer days at a time, and import one file after the other. Nothing was changed.
usage-unread-advice = Check that the file can be opened, then choose it again.
form-usage-logs = Usage logs
form-litellm = LiteLLM spend logs
form-other = Table of calls
form-openai-usage = OpenAI usage
form-openai-costs = OpenAI costs
form-claude-usage = Anthropic usage
form-claude-costs = Anthropic costs
form-google = Google Cloud billing
import-row-count =
    { $count ->
        [one] 1 row
       *[other] { $shown } rows
    }
import-span = { $first } to { $last }
rows-new = New
rows-known = Known
rows-bad = Cannot be read
rows-written = Written
cost-of-new = Cost
import-sums-note = These are sums and no calls: they are kept beside the log and compared with it, never counted into it.
rows-replaced =
    { $count ->
        [one] 1 sum takes the place of an earlier export's.
       *[other] { $shown } sums take the place of an earlier export's.
    }
rows-too-old =
    { $count ->
        [one] 1 row is older than calls are kept, and is left out.
       *[other] { $shown } rows are older than calls are kept, and are left out.
    }
rows-empty =
    { $count ->
        [one] 1 row says nothing or is of another service.
       *[other] { $shown } rows say nothing or are of another service.
    }
rows-unpriced =
    { $count ->
        [one] 1 new row has no cost: it is unknown until the history is re-priced.
       *[other] { $shown } new rows have no cost: it is unknown until the history is re-priced.
    }
rows-rounded =
    { $count ->
        [one] 1 cost has more than twelve places and is rounded to the twelfth.
       *[other] { $shown } costs have more than twelve places and are rounded to the twelfth.
    }
first-rows = First rows
line = Line
column = Column
fault = What is wrong
row-time = Time
row-model = Model
row-who = Who and what for
row-tokens = In / out
row-cost = Cost
import-unknown = unknown
rows-cannot =
    { $count ->
        [one] 1 row cannot be imported
       *[other] { $shown } rows cannot be imported
    }
rows-cannot-text = Correct them in the file and choose it again, or import the others without them.
save-faults = Save as file
faults-saved = Saved to { $path }
columns = Columns
columns-missing = Choose the column for: { $names }
no-column = Not in the file
sources = Where calls go
import-source-name = In the file
source-calls = Calls
source-unnamed = Not named
configuration-number = provider { $number }
goes-to = Goes to
goes-to-of = Provider for { $source }
no-provider = None of mine
field-time = Time
field-until = End of the span
field-started = Beginning
field-request-id = Request id
field-vendor = Vendor
field-configuration = Provider's number
field-user = User or key
field-task = Task
field-input = Input tokens
field-cache-read = Read from cache
field-cache-write = Written to cache
field-cache-write-1h = Written for an hour
field-output = Output tokens
field-total = All tokens
field-requests = Requests
field-cost = Cost in dollars
field-cost-cents = Cost in cents
field-currency = Currency
field-status = Status
field-latency = Latency in ms
field-account = Project
field-item = Item
field-service = Service
field-details = Details
field-notes = Notes
import-nothing = Nothing to import
import-rows =
    { $count ->
        [one] Import 1 row
       *[other] Import { $shown } rows
    }
import-rows-without =
    { $count ->
        [one] Import 1 row without { $bad }
       *[other] Import { $shown } rows without { $bad }
    }
imported =
    { $count ->
        [0] Everything in it was there already.
        [one] 1 row of { $form } is imported.
       *[other] { $shown } rows of { $form } are imported.
    }
reported = Reported and logged
reported-text = What vendors report, and after it what the log has of the same days.
reported-by = Reported
reported-days = Days in UTC
reported-tokens = Tokens
reported-cost = Cost
import-left-out = Left out
column-tokens = Tokens

## History

reading-history = Reading the history
history-verifying = Verifying
history-verify = Verify again
history-whole = Chain verified: { $count } entries, { $time }
history-broken = Chain broken at entry { $entry }
history-broken-here = Not as it was written
broken-altered = Entry { $entry } was changed, inserted or moved.
broken-missing = Entry { $entry } is missing.
broken-cut-off = Entries were cut off before entry { $entry }.
broken-checkpoint = The signature behind entry { $entry } is missing or of another log.
broken-other-log = From entry { $entry } on this is an older log or another one.
broken-advice = Entries before it are as they were written. Keep a copy of the data folder and compare it with a backup.
history-export = Export
history-csv = CSV, one row for each field
history-json = JSON, with the chain
history-exported = { $name } written
history-exported-detail = It is in the folder for downloads.
history-exported-cut = It holds the newest 100,000 entries, in the folder for downloads.
history-search = Search the history
history-search-placeholder = Search record, actor, value
history-shown = { $shown } of { $total } entries
history-any-record = All records
history-older = Show older entries
no-history = No such entry
no-history-text = Search for something else, or take a filter away.
last-days =
    { $count ->
        [one] Last 24 hours
       *[other] Last { $count } days
    }
history-entry = Entry
history-time = Time
history-actor = Actor
history-action = Action
history-record = Record
history-detail = Detail
history-open = Entry { $entry }
fields-changed =
    { $count ->
        [one] 1 field changed
       *[other] { $count } fields changed
    }
history-only-record = Only this record
history-copy = Copy as JSON
history-field = Field
history-before = Before
history-after = After
history-none = None
history-mac = Chain
history-machine = Machine
history-address = Address
history-at = Day

## Second factor

prove-title = Confirm that it is you
prove-lede = This changes a key, a limit or a setting that guards them, or takes data out of the vault.
prove = Confirm
prove-remembered = Counts for 5 minutes.
prove-by-code = Use a recovery code
prove-by-app = Use the authenticator app
authenticator-code = Authenticator code
recovery-code = Recovery code
recovery-code-hint = Each counts once.
step-up-section = Confirming acts
reading-step-up = Reading how acts are confirmed
authenticator = Authenticator app
authenticator-none = Sensitive acts ask for the vault password. With an app they ask for its code.
authenticator-since = Enrolled { $day }. Sensitive acts ask for its code; the password is not enough.
authenticator-enrol = Enrol an app
authenticator-replace = Replace
authenticator-remove = Remove
recovery-codes = Recovery codes
recovery-codes-left =
    { $count ->
        [one] 1 is left, for when the app is lost.
       *[other] { $count } are left, for when the app is lost.
    }
recovery-codes-renew = Make new codes
recovery-codes-once = Write these down and keep them apart from this computer. Each confirms once in place of the app. They are not shown again.
recovery-codes-kept = I have kept them
totp-title = Enrol an authenticator app
totp-replace-title = Replace the authenticator app
totp-picture = QR code for the authenticator app
totp-scan = Scan the picture with the app, or type:
totp-code = Code from the app
totp-asked-for = Asked for: keys, base URLs, limits, export, delete
totp-confirm = Confirm

backups = Backups
backup-reading = Reading the backups
backup-automatic = Automatic backups
backup-newest = Once a day when something changed, encrypted like the vault. Newest: { $time }, { $size }, verified.
backup-newest-off = None is made by itself. Newest: { $time }, { $size }, verified.
backup-none-off = None is made by itself, and there is none.
backup-off = Automatic backups are off.
backup-off-text = If the vault's file is damaged or deleted, everything since your newest backup is lost, keys included. Backups before a restore, a new vault key and an update are still made.
open-backups = Open the folder
backup-now-on = Backups are made once a day
backup-now-off = No backups are made by themselves
backup-none = Once a day when something changed, encrypted like the vault. There is none yet.
backup-now = Back up now
backup-kept = Kept
backup-kept-text = The 10 newest, one for each of 7 days and of 4 weeks. Older ones go after a newer one is verified.
backup-check = Full check
backup-checked = Every page of the database is read once a week. Last: { $time }, nothing wrong.
backup-unchecked = Every page of the database is read once a week. Not yet done.
backup-elsewhere = Elsewhere
backup-elsewhere-text = A folder to back up to, or a backup's folder to restore.
backup-path = Path of a folder
backup-there = Back up there
backup-look = Look at it
backup-copying = Copying the database
backup-checking = Reading the copy whole
backup-restoring = Restoring
backup-undo-text = A backup was restored. The vault as it was before is kept in a backup of its own.
backup-undo = Take it back
backup-made = Made
backup-why = Why
backup-size = Size
backup-state = State
backup-manual = Asked for
backup-daily = Daily
backup-migration = Before an update
backup-rotation = Before a new vault key
backup-restore = Before a restore
backup-sound = Verified { $time }
backup-other-key = Made under an earlier vault key
backup-damaged = Damaged
backup-verify = Verify
backup-verify-of = Verify the backup of { $time }
backup-restore-it = Restore
backup-restore-of = Restore the backup of { $time }
backup-verified = The backup is whole
backup-was-made = Backup made
backup-was-read = It was opened and read whole.
restore-backup-title = Restore this backup?
restore-asks = It is opened and read whole first.
restore-of = The vault will be as it was { $time }. It locks afterwards; the password stays the present one.
restore-looking = Reading the backup
restore-undoable = The vault as it is now goes into a backup of its own before, so this can be taken back.
restore-backup-confirm = Restore and lock
restore-same = Nothing would change.
restore-calls = The usage log has { $now } calls now and would have { $then }.
restore-changes = What would change
restore-what = What
restore-then = Afterwards
restore-provider = provider
restore-route = route
restore-budget = budget
restore-setting = setting
restore-prompt = prompt
restore-added = comes back
restore-removed = is gone
restore-changed = as it was
rescue-password = Vault password
rescue-look = Look for a backup
rescue-none = No backup here is whole and opens with this password. Put one into the folder for backups, then look again.
rescue-found = The backup made { $time } is whole. What is in the vault's place now is kept beside it.
rescue-restore = Restore this backup
locked-restore-title = Restore a backup
locked-restore-lede = It takes the vault's place, and opens with the password of then. What is there now is kept beside it.
locked-restore-which = Which backup
locked-restore-reading = Looking for backups
locked-restore-none = There is none in the folder for backups.
locked-restore-elsewhere = Another place
locked-restore-path = Path of the backup's own folder
locked-restore-path-hint = The folder that holds header, vault.db and manifest.json.
locked-restore-password = Password of then
locked-restore-password-hint = The vault password when the backup was made.
locked-restore-back = Back to the password

## First run, and what is said elsewhere than by the first part

set-up = Set up
step-password = Set a vault password
step-password-text = Encrypts every key on this computer.
step-provider = Add the first provider
step-provider-text = Test it before anything is routed to it.
vault-is-a-file = The vault is a folder on this computer. Signalbox never sends the password anywhere.
create-title = Create your vault
create-lede = One password protects all provider keys. It cannot be reset by an administrator.
create-no-recovery = A lost password loses the vault.
create-forgotten = Only a recovery kit opens it then: make one in the settings, once the vault is there.
create-vault = Create vault
creating-vault = Creating vault
password-hint = Long beats complicated: six unrelated words are strong.
time-to-guess = Estimated { $time } to guess on one GPU server
rule-holds = (holds)
rule-fails = (does not hold yet)
suggest-words = Suggest six words
suggest-other = Suggest six other words
suggest-hint = Write them down, then type them above and below. They are kept nowhere.
vault-location = Vault location
location-hint = To keep it elsewhere, set SIGNALBOX_DATA_DIR before starting. Avoid folders that a cloud service syncs.
field-model = Model
field-display-name = Display name
field-tasks = Task routing
field-daily-limit = Daily token limit
field-monthly-limit = Monthly token limit
field-description = Description
field-default = Default
field-base-url = Base URL
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

## Further shortcuts

keys-reorder = Move the focused row, by hand
keys-stats = Usage of the focused row
keys-run = Run all in the playground; edit what the palette names
keys-ends = First and last row
keys-pages = Ten rows up and down
keys-extend = Select the rows on the way
single-keys = Single-key shortcuts
single-keys-text = Letters and signs such as N, E or / do something by themselves. Switch this off if you dictate, or if keys are hit by chance.
