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
rows-left-out = Left out
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
source = In the file
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
