# What is said of keys that age: the dialog of a key, its settings and the reminder. It comes with the pages and with the layers.

## The dialog of a key

key-title = API key of { $name }
key-ends = Ends in ...{ $last }, entered { $day }.
key-entered-on = Entered { $day }.
key-missing = There is none yet.
key-days =
    { $count ->
        [0] Less than a day old
        [one] 1 day old
       *[other] { $count } days old
    }
key-older = Older than { $days } days
reading-key = Reading what is known of the key
key-used-for = Used for
key-used-chain = { $task } (place { $place })
key-used-first = { $task } (first)
key-used-default = what has no route, as the default
key-used-nothing = No task
key-used-off = Nothing, the provider is off
key-gateway = Local gateway
key-gateway-token = Clients with the token that ends in ...{ $last } reach it
key-gateway-off = No other program can reach it
key-last-call = Last call
key-no-call = None in the log
key-before = The key from before ends in ...{ $last }.
key-before-short = The key from before is kept.
key-kept-until = It is kept, sealed, until { $when }, then destroyed.
key-other-url = It was entered for { $url } and is sent nowhere else: set that base URL again to go back.
key-go-back = Go back to it
key-go-back-untested = Go back without a test
key-destroy = Destroy now
key-destroy-asked = Destroyed, it cannot be brought back: not by undo, and not from this vault.
key-destroy-confirm = Destroy the key
key-destroy-keep = Keep it
key-new = New key
key-new-hint = It is tested with { $vendor } before anything changes.
key-new-hint-server = It is tested with the server before anything changes.
key-keep-days = Keep the old for
key-days-unit = days
key-days-outside = Enter 1 to 30.
key-replaces-kept = The key from before is destroyed then: one is kept at a time.
key-replace = Test and replace
key-copy = Copy key
key-close = Close
key-testing-new = The new key is being tested
key-testing-old = The key from before is being tested
key-refused-title = { $outcome }. Nothing was changed.
key-replaced = Key of { $name } replaced
key-replaced-none = Key of { $name } is in force
key-replaced-detail = The old one is kept until { $when }. Revoke it on the vendor's page when all is well.
key-went-back = { $name } uses the key from before again
key-went-back-detail = The other one is kept until { $when }.
key-destroyed = The old key of { $name } is destroyed
key-copied = Key of { $name } copied
key-copied-detail = It leaves the clipboard in { $seconds } s, or when the vault locks.
key-manage = Replace, copy or go back
palette-key = Key of { $name }: replace, copy, go back

## Reminder

key-reminder = Old keys
key-reminder-one = The key of { $name } is { $days } days old
key-reminder-many = { $count } keys are older than { $days } days
key-reminder-oldest = The oldest is that of { $name }, { $days } days.
key-reminder-why = A key that is replaced now and then is worth less to whoever finds it.
key-reminder-replace = Replace key
key-reminder-later = In 7 days

## Settings

keys-section = API keys
reading-key-settings = Reading how keys are treated
keys-remind = Remind of old keys
keys-remind-text = A note on the list of providers, after so many days with the same key.
keys-remind-days = Days after which a key is old
keys-keep = Keep a replaced key
keys-keep-text = For so many days one can go back to it, 1 to 30. Then it is destroyed.
keys-keep-days = Days for which a replaced key is kept
keys-clipboard = Take a copied key from the clipboard
keys-clipboard-text = After so many seconds, 5 to 60, and when the vault locks.
keys-clipboard-s = Seconds on the clipboard
key-settings-save = Save
key-settings-saved = Settings of keys saved
