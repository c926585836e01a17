# What the dialogs around a first or a fuller list say: an example set-up, a first provider, a link that came in. They come
# with the layers.

## An example set-up

set-up-title = Start from an example
set-up-choose = Example
set-up-reading = Reading what it would make
set-up-makes = It makes
set-up-price = { $input } in, { $output } out for 1M tokens
set-up-prices-of = Prices of { $day }.
set-up-instead = In place of { $model }, which is not for new keys any more.
set-up-default = Default
set-up-limits = { $daily } tokens a day, { $monthly } a month
set-up-tasks = First for { $tasks }
set-up-routes = Routes
set-up-route-was = { $name } moves down one place.
set-up-default-was = { $name } is then not the default any more.
set-up-key = API key of { $vendor }
set-up-key-optional = may follow later
set-up-key-get = Get a key
set-up-address = Reached at another address
set-up-address-hint = For a proxy of your own. Empty is the vendor’s own address.
set-up-off = Without a key { $vendors } will be switched off. Enter it later in the provider’s form.
set-up-anyway = Set up anyway
set-up-anyway-hint = What the vendor refused is then switched off; what could not be reached stays on.
set-up-confirm = { $count ->
    [one] Add 1 provider
   *[other] Add { $count } providers
}
set-up-testing = Testing the keys
set-up-done = { $count ->
    [one] 1 provider was added
   *[other] { $count } providers were added
}
set-up-done-off = { $count ->
    [0] All keys were tested and work.
    [one] One is off: it has no key that works.
   *[other] { $count } are off: they have no key that works.
}

## A first provider

first-title = Your first provider
first-lede = Paste a key. Signalbox tells whose it is, proposes a model, and tests both before anything is saved.
first-key = API key
first-key-hint = It is sealed in this vault and sent to its vendor alone.
first-vendor = Vendor
first-vendor-found = Recognised by how the key begins. Change it if it is for a gateway of your own.
first-vendor-unknown = This key does not say whose it is. Choose the vendor.
first-model = Model
first-no-catalogue = The catalogue could not be read. Type the model’s name as the vendor writes it.
first-address = Base URL
first-address-hint = Where the API is reached, such as http://localhost:11434/v1.
first-serves = Let it serve every task that nobody serves yet
first-serves-hint = It becomes the default. Routes of single tasks can follow later.
first-save = Test and save
first-testing = Asking the vendor
first-full = All fields
first-later = Later
first-done-title = { $name } works
first-done = It answered in { $latency } and serves every task that has no provider of its own.
first-done-off = It answered in { $latency }. It serves a task as soon as a route names it.
first-try = Try it in the playground
first-routes = Arrange the routes
first-close = Done

## A link that came in

link-title = Add a provider from a link?
link-lede = A link outside Signalbox proposes this. It carries no key, and nothing is saved before you have looked at it in the form.
link-vendor = Vendor
link-name = Name
link-name-made = Made from vendor and model
link-model = Model
link-model-open = You choose it
link-address = Base URL
link-address-own = { $vendor }’s own address
link-task = First for task
link-task-none = None
link-task-unknown = { $task }, which this vault does not have and which is left out
link-not-vendor = This is not { $vendor }’s address. A key that you enter would be sent there.
link-private = This address leads to this computer or its network.
link-plain = This address uses plain http: anybody between can read the key.
link-continue = Look at it in the form

## Further actions of the palette

act-first = Add the first provider by its key
act-set-up = Start from an example: { $name }
act-default = Make { $name } the default
act-duplicate = Duplicate { $name }
act-delete = Delete { $name }
act-task = Task, first: { $name }
act-task-nobody = Task, served by the default
act-new-budget = Add a budget
act-import-usage = Import usage from a file
act-reprice = Price past calls anew
act-retention = Choose how long calls are kept
act-verify-usage = Verify the sums of the usage log
act-rebuild-usage = Make the sums of the usage log anew
act-restore-catalogue = Go back to the catalogue of this version
act-gateway-token = Make a token for the gateway
act-password = Change the vault password
act-kit = Make a recovery kit
act-vault-key = Replace the vault key
act-export = Export providers for another vault
act-import = Import providers from another vault
act-connect = Connect to a server
act-add-server = Add a server for bundles
act-select-none = Clear the selection
act-clear-filters = Clear the filters of the list
act-undo = Undo the last change
act-own-order = Order the list by hand
act-move-up = Move { $name } up
act-move-down = Move { $name } down

## Deleting several

delete-many-title = { $count ->
    [one] Delete 1 provider?
   *[other] Delete { $count } providers?
}
delete-many-lede = Their keys are deleted here; they stay valid at their vendors.
delete-many-type = Type { $count } to confirm
delete-many-confirm = { $count ->
    [one] Delete 1 provider
   *[other] Delete { $count } providers
}
delete-many-tasks = { $count ->
    [one] 1 task loses its primary: { $tasks }.
   *[other] { $count } tasks lose their primary: { $tasks }.
}
delete-many-default = The default is among them. Tasks that nobody serves then have nobody.
delete-many-more = and { $count } more
reach-not-now = This is not possible just now
reach-not-now-text = The page has nothing of this kind just now, or it cannot be used as things are.
act-add-task = Add a task
reach-marked-test = Test what is marked
reach-marked-on = Turn what is marked on
reach-marked-off = Turn what is marked off
reach-marked-delete = Delete what is marked
reach-stop-tests = Stop the tests
reach-discard-routes = Discard the changes of the routes
reach-run = Run the prompt
reach-stop-run = Stop the answers
reach-add-model = Add a model to the playground
reach-export-usage = Export usage: report, table, chart
reach-export-bundle = Export a bundle
reach-verify-bundle = Verify a bundle
reach-check-now = Look at the differences to the server
reach-verify-history = Verify History
reach-export-history = Export History
reach-back-up = Back up now
reach-back-ups = Switch automatic backups
reach-undo-restore = Take the last restore back
reach-back-up-there = Back up to another place, or restore from one
reach-open-backups = Open the folder of backups
reach-import-catalogue = Import a catalogue of prices
reach-gateway = Switch the gateway on or off
reach-port = Choose the gateway’s port
reach-keyring = Switch the keyring on or off
reach-enrol = Enrol the authenticator app
reach-idle = Choose the time until the lock
reach-theme = Choose the theme
reach-rows = Choose the height of rows
reach-language = Choose the language
reach-motion = Choose less motion
reach-log = Choose how much is logged
reach-licences = Show the licences
reach-recipient = Make a recipient for this vault
reach-address = Copy the gateway’s address
palette-recent = Recent
palette-tasks = Tasks
palette-places = Go to
palette-open-in-edit = Open in edit
act-usage = Usage of { $name }
act-simulate = Simulate a failure of { $name }
act-new-quota = Add a user’s quota
reach-saved-prompts = Choose a kept prompt
reach-all-calls = Show all calls of the chosen days
reach-all-usage = Show the usage of all calls again
reach-source = Show the usage of a server
reach-see-alerts = Mark what budgets told as seen
reach-see-jumps = Mark jumps of usage as seen
reach-save-key = Save the public signing key
reach-copy-key = Copy the public signing key
reach-change-key = Replace the signing key
reach-push = Push the differences to the server
reach-pull = Pull the differences from the server
reach-sync-all = Sync all differences
reach-renew-codes = Renew the recovery codes
reach-remove-totp = Remove the authenticator app
reach-key-settings = Choose when keys are old and how long replaced ones stay
reach-limit-zone = Choose by whose days limits are counted
reach-usage-zone = Choose by whose days usage is counted
reach-single-keys = Switch single-key shortcuts on or off
reach-open-logs = Open the folder of logs
reach-open-data = Open the data folder
reach-copy-recipient = Copy this vault’s recipient
