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
error-budget-amount = Enter dollars, more than 0, such as 300.
column-budget = Budget
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
no-fallback = { $task }: nobody serves it when its provider fails
no-fallback-detail = Only { $name } is in its route and switched on. Add a second one behind it.
old-key = { $name }: its key is { $days } days old
old-key-detail = Make a new one at the vendor, enter it here, then revoke the old one there.
unused-key = { $name }: its key is not used
unused-key-detail = No call in the last { $days } days. A key that nobody needs is better revoked and deleted.
limit-never-reached = { $name }: the daily limit is far away
limit-never-reached-detail = At most { $most } of { $limit } were used on { $days } days with calls. A lower limit would stop a runaway script sooner.
