# What only the usage page says; it comes with its part of the page.

## Usage

span = { $first } to { $last }
day-and-hour = { $day }, { $time }
usage-context =
    { $count ->
        [one] { $span }, against the day before
       *[other] { $span }, against the { $count } days before
    }
usage-context-month = { $span }, against { $month }
range-unread = Enter both days as year, month and day.
range-future = Begin today or earlier.
range-long = Choose less than five years.
calls = Calls
usage-tokens = Tokens
success-rate = Success rate
latency-p50 = Latency p50
latency-p95 = Latency p95
per-hour = per hour
per-day = per day
per-week = per week
per-month = per month
monthly-cost = Monthly cost by provider
usd-month-partial = USD, this month is partial
step = Steps of the charts
step-of = By { $unit }
daily-cost = Daily cost by provider
hourly-cost = Hourly cost by provider
weekly-cost = Weekly cost by provider
usd = USD
usd-partial = USD, today is partial
usd-week-partial = USD, this week is partial
month-budget = Month's budget
budget-named = Budget: { $name }
day-budget = Day's budget
whole-budget = Budget of all calls
per-call = per call
errors-in-calls = { $errors } errors in { $calls } calls
errors-by-cause = Errors by cause
in-total = { $count } in total
cost-by-task = Cost by task
week-against-month = 7 against 30 days
mean-cost-of-a-day = mean cost of a day
no-budget = No budget for all calls of this month. Set one in Budgets.
spent-of = { $spent } of { $amount }
spent-of-unpriced = ≥ { $spent } of { $amount }
no-errors = No call failed in these days.
no-usage = No calls in these days. The chart fills with the first call.
hour = Hour
week = Week
day = Day
name = Name
total = Total
without-price =
    { $count ->
        [one] 1 without a price
       *[other] { $count } without a price
    }
or-more = { $amount } or more
share-of = { $share } ({ $part } of { $whole })
others = { $count } others
even-pace = even pace
left = Left
amount-left = { $amount } left
amount-over = { $amount } over
today-within = today
today = Today
forecast = Forecast
mean-week = 7 days, a day
mean-month = 30 days, a day
trend = Trend
bar-and-stroke = Bar: last 7 days, stroke: last 30 days
tokens-input = Input
tokens-output = Output
success = Success
errors = Errors
without-task = No task
cause-unknown = Not recorded
cause-invalid-key = Key refused
cause-permission = No permission
cause-quota = Out of credit or quota
cause-rate-limit = Rate limit
cause-too-large = Too large for the limit
cause-context = Too long for the model
cause-model = No such model
cause-bad-request = Request refused
cause-unsupported = Model cannot do this
cause-blocked = Content blocked
cause-overloaded = Overloaded
cause-server = Fault at the vendor
cause-network = No connection
cause-timeout = Timeout
cause-protocol = Answer not understood
cause-quality = Empty or malformed answer
cause-cancelled = Cancelled
deleted-provider = Deleted provider { $number }
failed-ones = failed calls
calls-behind = Calls: { $words }
back-to-charts = Back to the charts
reading-calls = Reading calls
no-calls-behind = No call is left here. The sums stay when old calls are deleted.
more-calls = Show more
calls-latency-from = Took at least
calls-cost-from = Cost at least
calls-error-seconds = Enter seconds, such as 2.5.
calls-error-dollars = Enter dollars, such as 0.01.
calls-shown =
    { $count ->
        [one] 1 call, newest first
       *[other] { $shown } calls, newest first
    }
calls-shown-more = the newest { $shown } calls
column-time = Time
column-task = Task
column-user = User
column-request-id = Request id
status-success = Success
call-attempt = attempt { $attempt }
cost-estimate = estimate
reading-usage = Reading usage
range = Range
days-short = { $count }d
custom = Custom
month-word = Month
first-day = First day
last-day = Last day
show-range = Show
chart-keys = Left and Right read out the values, Enter shows the calls.
show-as-table = { $name }: show as table
show-as-table-title = Show as table
was = was { $value }
breakdown = Breakdown
by-provider-sub = 7 days against 30 days; trend compares the cost of a day
by-group-sub = { $span }, against the days before
rows-by = Rows by
change = Change
rows-left-out =
    { $count ->
        [one] 1 more with less; the filter above finds it.
       *[other] { $count } more with less; the filters above find them.
    }
all-providers = All providers
calls-7d = Calls 7d
calls-30d = 30d
tokens-7d = Tokens 7d
tokens-30d = 30d
cost-7d = Cost 7d
cost-30d = 30d
show-calls = Show the calls
show-the-calls = Show calls
per-success = { $cost } per success
column-per-success = A success
column-unknown-cost = No cost known
plus-unknown-share = + { $count } unpriced ({ $share })
vendor-compatible = Compatible
usage-filters = Which calls
filter-model = Model
first-and-more = { $first } and { $count } more
reading-choices = Reading what there is
no-choices = No calls in these days.
not-recorded = Not recorded
status-error = Failed
export = Export
export-csv = Save as CSV
export-json = Save as JSON
export-report = Report of the month (HTML)
export-report-pdf = Report of the month (PDF)
exported = { $name } is written
exported-detail = It is in your folder for downloads.
exported-cut = It holds the newest { $rows } calls, and is in your folder for downloads.
save-chart = { $name }: save as a file
save-png = Save as PNG
save-svg = Save as SVG
column-tokens-in-out = Tokens in / out
