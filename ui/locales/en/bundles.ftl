# The page Bundles and its dialogs. Fetched with the other pages and with what lies over them.

bundles-context = Signed, encrypted configuration for servers without access to this vault
reading-bundles = Reading bundles
bundle-export = Export bundle
bundle-export-for = Export for { $name }
bundle-soon-title = { $name } runs out { $time }.
bundle-soon-text = After that it keeps serving the last bundle and raises an alarm. Export a new one in time.
bundle-over-title = The bundle of { $name } ran out { $time }.
bundle-over-text = The server keeps serving it and raises an alarm. Export a new one now.
bundles-exported = Exported
bundles-signed-with = Signed with key
bundles-search = Search bundles
bundles-search-placeholder = Server, serial
bundle-serial = Serial
bundle-server-scope = Server and scope
bundle-made = Exported
bundle-expiry = Expiry
bundle-fingerprint = Fingerprint
bundle-actions = Actions
bundle-providers = { $count ->
    [one] { $count } provider
   *[other] { $count } providers
}
bundle-routes = { $count ->
    [one] { $count } route
   *[other] { $count } routes
}
bundle-contents = { $providers }, { $routes }
bundle-takes-all = Takes everything away
bundle-goes-back = Goes back to { $serial }
bundle-valid = { $count ->
    [one] Valid, { $count } day
   *[other] Valid, { $count } days
}
bundle-valid-hours = Valid, { $count } h
bundle-soon = Expires in { $count } h
bundle-expired = Expired
bundle-replaced = Replaced by { $serial }
bundle-revoked = Revoked { $day }
bundle-there = In force there
bundle-not-there = Not there yet
bundle-save = Save bundle { $serial } as a file
bundle-more = More for bundle { $serial }
bundle-copy = Copy to the clipboard
bundle-upload = Upload to { $name }
bundle-again = Export a new one for { $name }
bundle-back = Go back to this one
bundle-revoke = Take everything away from { $name }
bundles-none = No bundle yet
bundles-none-text = A bundle carries providers, their keys, routes and limits to one server, which needs no access to this vault.
bundles-step-key = Make the signing key. Servers trust bundles by it.
bundles-step-server = Import a server: the file that “signalbox-server identity” writes there.
bundles-step-export = Export a bundle for it, and bring the file there or upload it.
bundles-no-match = No bundle matches
bundle-saved = Bundle { $serial } saved: { $file }
bundle-saved-detail = It is in the folder for downloads. Only its server can open it.
bundle-copied = Bundle { $serial } is on the clipboard
bundle-copied-detail = It stays there for ten minutes, or until the vault is locked. Only its server can open it.
bundle-exported-title = Bundle { $serial } exported: { $file }

bundle-verify = Verify a bundle
bundle-verify-hint = Drop a .sbundle file here, or choose one. Nothing is changed.
bundle-too-large = this file is too large for a bundle
bundle-too-large-advice = Choose a .sbundle file of at most 1 MiB.
bundle-unread = the file cannot be read
bundle-unread-advice = Check who may read it, then choose it again.
bundle-signature = Signature is valid.
bundle-signature-now = Issued by { $kid }, this vault
bundle-signature-before = Issued by { $kid }, an earlier key of this vault
bundle-made-for = Made for { $name }.
bundle-made-for-text = No other server can open it
bundle-made-for-unknown = Made for a server that is not known here.
bundle-newest = Newest serial.
bundle-newest-text = { $serial } is the newest for this server
bundle-older = Not the newest.
bundle-older-text = { $serial } was replaced by { $newest }
bundle-not-ours = Not in the list.
bundle-not-ours-text = This vault signed it and does not remember it; a backup may have been restored since
bundle-good = Can be applied
bundle-good-text = until { $time }
bundle-over = Expired
bundle-over-since = since { $time }
bundle-show-contents = Show contents
bundle-hide-contents = Hide contents
bundle-no-contents = No provider is in it.

bundle-key = Signing key
bundle-key-active = Active
bundle-key-name = Key
bundle-key-since = Since
bundle-key-none = None yet. It is made in this vault and never leaves it.
bundle-key-make = Make signing key
bundle-key-made = Signing key made
bundle-key-made-detail = Save its public part and trust it at each server before the first bundle.
bundle-key-save = Save public key
bundle-key-copy = Copy public key
bundle-key-saved = Public key saved: { $file }
bundle-key-saved-detail = At the server: signalbox-server bundle trust FILE, then compare the fingerprint with the one shown here.
bundle-key-change = Change key
bundle-key-change-title = Change the signing key?
bundle-key-change-text = A new key signs from now on, and the old one is destroyed. A statement that both signed is saved as a file. Bring it to every server with “bundle trust”; until then a server refuses new bundles and goes on with what it has.
bundle-key-changed = Signing key changed: { $file }
bundle-key-changed-detail = Bring this file to every server with “signalbox-server bundle trust”.

bundle-servers = Servers
bundle-servers-none = None yet.
bundle-server-add = Add server
bundle-server-remove = Remove { $name }
bundle-server-remove-title = Remove { $name }?
bundle-server-remove-text = Nothing changes at the server; it goes on with its bundle. To export for it again, import its file again and compare the fingerprint.
bundle-server-removed = Server removed
bundle-server-ask = Ask { $name }
bundle-server-told = Has { $serial }, asked { $time }
bundle-server-told-none = Has none of ours, asked { $time }
bundle-server-untrusted = Does not trust the key that signs now
bundle-server-unasked = Not asked yet

bundle-add-title = Add a server
bundle-add-lede = At the server, run “signalbox-server identity”. Choose the file that it writes or a picture of its QR code, or paste the text.
bundle-add-file = A .json file, or a picture of the QR code (.png)
bundle-add-too-large = this file is too large for a server’s file
bundle-add-too-large-advice = Choose the file that “signalbox-server identity” wrote, or a picture of its QR code (.png).
bundle-add-picture-too-large = this picture is too large
bundle-add-picture-too-large-advice = Cut it down to the code, then choose it again. At most 16 MiB are read.
bundle-add-paste = Or paste the file’s text
bundle-add-look = Look at it
bundle-add-compare = Compare with what the server shows
bundle-add-compare-text = Look at the server’s own screen. If one character differs, this is another server: do not add it.
bundle-add-compared = The fingerprint at the server is the same
bundle-add-known = Known here as { $name }.
bundle-add-other = Its key for bundles has changed since. Add it only if you know that the server was set up anew.
bundle-add-serial = It has accepted bundles up to { $serial }.
bundle-add = Add { $name }
bundle-added-title = { $name } added

bundle-wizard-title = Export bundle
bundle-wizard-for = Export bundle for { $name }
bundle-wizard-revoke = Take everything away from { $name }
bundle-wizard-back = Put { $serial } in force again at { $name }
bundle-steps = Steps
bundle-step-server = Server
bundle-step-scope = Scope and expiry
bundle-step-review = Review and sign
bundle-which-server = For which server
bundle-scope = Scope
bundle-scope-count = { $chosen } of { $all } providers, { $routes }
bundle-private = Private address, the server may not reach it
bundle-without-key = No key
bundle-switched-off = Switched off
bundle-which-routes = Routes
bundle-which-routes-hint = A route that does not go along stays as it is at the server.
bundle-route-by = { $count ->
    [0] nobody of those chosen
    [one] { $count } of those chosen
   *[other] { $count } of those chosen
}
bundle-expires = Expires
bundle-days = { $count ->
    [one] 24 hours
   *[other] { $count } days
}
bundle-with-limits = Include limits of tokens, cost and calls
bundle-with-prices = Include prices that were set here, and a catalogue that was imported
bundle-with-prompts = Include instructions that its tasks were given here
bundle-sealed = Keys inside are encrypted to { $name } ({ $fingerprint }). Only it can open them.
bundle-go-back-step = Back
bundle-to-scope = Next
bundle-to-review = Review
bundle-replaces = Serial { $serial } replaces { $previous }
bundle-first = Serial { $serial } is the first for this server
bundle-until = It can be applied until { $time }.
bundle-changes = What the server will do differently
bundle-changes-none = Nothing, but it has a new serial and a new expiry.
bundle-nobody = nobody
bundle-added = Comes with its key
bundle-removed = Goes away, and its key with it
bundle-default = Default provider
bundle-before-after = { $before } before, { $after } from now on
bundle-prompt-own = Own instructions from now on
bundle-prompt-built-in = The built-in instructions again
bundle-catalog = Catalogue of prices
bundle-catalog-own = the server's own
bundle-field-changed = { $field }: { $before } → { $after }
bundle-field-name = name
bundle-field-model = model
bundle-field-url = base URL
bundle-field-key = another key
bundle-field-on = switched on
bundle-field-off = switched off
bundle-field-limit = { $kind ->
    [daily_tokens] tokens a day
    [monthly_tokens] tokens a month
    [daily_cost] cost a day
    [monthly_cost] cost a month
    [requests_per_minute] requests a minute
    [tokens_per_minute] tokens a minute
   *[other] calls at a time
}
bundle-field-no-limit = no limit
bundle-field-prices = other prices of its own
bundle-field-settings = another timeout, number of retries or grade
bundle-previewing = Comparing with the last bundle
bundle-where = Where it goes
bundle-where-file = File
bundle-where-clipboard = Clipboard
bundle-where-server = Upload
bundle-where-server-text = It is signed and kept here; the next step brings it to the server.
bundle-sign = Sign and export
bundle-revoke-warning = The server then serves nothing that came by bundles. Routes that use it have nobody.
bundle-needs-key = There is no signing key yet.

bundle-reach-upload = Upload bundle { $serial } to { $name }
bundle-reach-ask = Ask { $name } which bundles it has
bundle-reach-lede = You log in at the server’s admin API as a super_admin. Password and code are used once and not kept.
bundle-reach-url = Address
bundle-reach-url-hint = https://, or http:// on this computer alone. A redirect is not followed.
bundle-reach-pin = Certificate (SHA-256), optional
bundle-reach-pin-hint = For a certificate that no authority signed: exactly this one is trusted.
bundle-reach-user = User name
bundle-reach-password = Password
bundle-reach-code = Authenticator code
bundle-reach-do-upload = Upload
bundle-reach-do-ask = Ask
bundle-uploaded = Bundle { $serial } is in force at { $name }
bundle-asked = { $name } was asked
