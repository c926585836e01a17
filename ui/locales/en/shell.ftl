# Sentences that the shell says ready to show, as it says them. Fetched with a translation, to know them again by; not compiled in.
# One line each. A sentence that is not here is shown in English.

## The vault and the lock screen

said-locked = the vault is locked
said-locked-advice = Unlock it with the vault password.
said-not-password = that is not the vault password
said-not-opened = that password did not open the vault
said-caps-lock = Check Caps Lock and the keyboard layout.
said-wrong-passwords = too many wrong passwords
said-wait-doubles = Try again in { $seconds } s. The wait doubles after each failure, up to 60 seconds.
said-wrong-answers = too many wrong answers
said-wait-unchanged = Try again in { $seconds } s. Nothing was changed.
said-proof-needed = this needs a proof that it is you
said-proof-advice = Enter the vault password, or a code of the authenticator app if one is enrolled.
said-code-used = that code was used already
said-code-next = Wait for the app's next code: each counts once.
said-code-wrong = that code is not right
said-code-now = Use the code that the app shows now, and check this computer's clock.
said-code-none = that is none of the recovery codes
said-code-letters = Check each letter. A code that was used once is used up.
said-app-enrolled = an authenticator app is enrolled
said-app-enter = Enter a code of it, or a recovery code.
said-app-none = no authenticator app is enrolled
said-enter-password = Enter the vault password.
said-no-enrolment = no app is being enrolled
said-enrol-anew = Begin anew: a new picture is shown.
said-app-damaged = the secret of the authenticator app is damaged
said-app-recover = Enter a recovery code, then enrol the app anew.
said-kit-wrong = this recovery kit does not open the vault
said-kit-newer = Look for a newer kit: each new one voids the one before, and so does its use or a new vault key.
said-kit-absent = this vault has no recovery kit
said-kit-count = there are { $count } words, and a recovery kit has 24
said-kit-count-advice = Type all words of the kit in their order, parted by blanks.
said-kit-word = word { $place } is not a word of a recovery kit
said-kit-word-advice = Compare this word with the kit, letter by letter.
said-kit-apart = these words do not belong together
said-kit-compare = Compare the words and their order with the kit.
said-kit-not-this = this is not the recovery kit in force
said-kit-make = Make a new kit, and save that one.
said-open-already = the vault is open already
said-lock-first = Lock it first, or change the password in the settings.
said-keyring-silent = the system keyring does not answer
said-keyring-locked = the system keyring is locked
said-keyring-absent = there is no system keyring
said-keyring-empty = the system keyring holds nothing for this vault
said-keyring-refused = the system keyring refused
said-keyring-not-this = what the system keyring holds does not open this vault
said-keyring-off = the system keyring does not open this vault
said-keyring-wait = It may wait for its own password: look for its window. Then try again, or use the vault password.
said-keyring-unlock = Unlock it, then try again, or use the vault password.
said-keyring-linux = Use the vault password. On Linux, GNOME Keyring or KWallet provides a keyring.
said-keyring-again = Use the vault password, then switch the keyring off and on again in the settings.
said-use-password = Use the vault password.
said-password-days = the vault was not opened with its password for { $days } days
said-password-time = Use the vault password this time. Then the keyring opens it again.
said-vault-exists = there is a vault in this folder already
said-unlock-instead = Unlock it instead. It was not changed.
said-other-signalbox = another Signalbox is using this data folder
said-headers-damaged = both copies of the vault's header are damaged
said-header-unread = the vault's header cannot be read
said-vault-newer = a newer version of Signalbox wrote this vault
said-restore = Look for a backup here, or put a copy of your own in the vault's place and try again. Keep the damaged files.
said-update = Install the newest version of Signalbox and open the vault with it. Nothing was changed.
said-check-readable = Check the permissions of the data folder and the disk's health, then try again. The vault may be whole: replace nothing.
said-database-damaged = the vault's database is damaged
said-no-memory = there is not enough free memory
said-no-memory-open = there is not enough free memory to open the vault
said-close-programs = Close other programs, then try again.
said-close-programs-unchanged = Close other programs, then try again. Nothing was changed.
said-password-short = Use at least 12 characters.
said-password-long = Use at most 1,024 bytes; most passwords are far shorter.
said-password-easy = This password is too easy to guess. Make it longer, or take the six words.

## The disk and the database

said-disk-full = the disk is full
said-free-space = Free some space on the disk, then try again. Everything saved before is unchanged.
said-disk-error = the disk reported an error
said-check-disk = Check the disk's health, then try again. Everything saved before is unchanged.
said-folder-unwritten = the data folder cannot be written
said-vault-unwritten = the vault's folder cannot be written
said-check-permissions = Check the permissions of the data folder and whether its disk is read-only. Everything saved before is unchanged.
said-database-used = another program is using the vault's database
said-database-close = Close the program that has the data folder open, then try again.
said-database-refused = the database refused the change
said-report-log = Nothing was changed. If it happens again, report it with the log file.
said-database-away = the database cannot be reached
said-later = Try again later.
said-download-failed = the file could not be written to the folder for downloads
said-download-permissions = Check the permissions of that folder, then try again.
said-download-older = Move older files out of that folder, then try again.
said-download-disk = Check the disk with that folder, then try again.

## Records and their fields

said-provider-gone = this provider no longer exists
said-budget-gone = this budget no longer exists
said-gone-advice = It was deleted in the meantime; the list is read again.
said-provider-changed = this provider was changed in the meantime
said-budget-changed = this budget was changed in the meantime
said-changed-advice = Look at it as it is now, then change it again.
said-name-used = Name in use. Choose another.
said-task-exists = There is a task of this name. Choose another.
said-task-none = One of these tasks does not exist. Add it first.
said-budget-exists = There is such a budget. Change that one.
said-budget-provider-gone = This provider is gone. Choose another.
said-one-field = one field needs a change
said-many-fields = { $count } fields need a change
said-one-route = one route cannot be saved
said-many-routes = { $count } routes cannot be saved
said-routes-advice = Nothing was saved. Change what is marked, then save again.
said-routes-changed = the routes were changed in the meantime
said-fill-in = Fill this in.
said-shorten = Shorten this to { $limit } characters; it has { $length }.
said-invisible = Remove the invisible character U+{ $code }.
said-blank = Remove the blank.
said-task-name = Use 1 to 64 lower-case letters, digits and _, a letter first, such as cover_letter.
said-limit-small = Enter 1 or more, or leave empty.
said-limit-large = Enter { $most } or less.
said-limit-range = Enter { $least } to { $most }, or leave empty.
said-cost-range-empty = Enter more than 0 and at most 10,000,000 dollars, or leave empty.
said-cost-range = Enter more than 0 and at most 10,000,000 dollars.
said-price = Enter dollars per 1M tokens, such as 0.25.
said-characters = Enter 1 to { $most } characters.
said-url-enter = Enter the server's address, for example http://localhost:11434/v1 for Ollama.
said-url-short = Shorten the address to { $most } characters.
said-url-blank = Remove the blank or invisible character from the address.
said-url-scheme = Start the address with https://, or with http:// for a server on this computer.
said-url-host = Enter an address with a valid host name, for example https://gateway.example.com/v1.
said-url-login = Remove the user name and password from the address; the key has its own field.
said-url-query = Remove the part of the address from the question mark on.
said-url-fragment = Remove the part of the address from the # on.
said-url-key = Enter the key again for the new base URL.
said-name-differs = the name does not match
said-name-exactly = Type the provider's name exactly as it is shown.
said-undo-over = this step can no longer be undone
said-undo-advice = Change the provider by hand, or look in the audit log.
said-it-stopped = it was stopped
said-start-again = Start it again when you are ready.
said-not-understood = the request was not understood
said-broken-off = Signalbox broke off in the middle of this
said-restart = Restart Signalbox. If it happens again, report it.
said-network-failed = the network could not be set up
said-proxy-settings = Check the proxy settings in this computer's environment, then restart Signalbox.
said-port-used = another program uses port { $port }
said-port-refused = the system does not let Signalbox use port { $port }

## Keys

said-no-key = this provider has no key
said-enter-first = Enter one first.
said-enter-new = Enter the new API key.
said-same-key = This key is in force already. Make a new one on the vendor's page and enter that.
said-none-kept = the key from before is no longer here
said-none-kept-advice = Its period ended, or it was destroyed. Enter the key anew, or make another one.
said-key-other-url = the key was entered for another base URL
said-key-damaged = the stored key is damaged or belongs to another record
said-key-newer = a newer version of Signalbox sealed this key

## Tests of keys: outcomes

said-works = Works
said-works-restricted = Works, restricted key
said-key-malformed = Key malformed
said-key-rejected = Key rejected
said-no-permission = No permission
said-model-not-found = Model not found
said-rate-limited = Rate limited
said-quota-exhausted = Quota exhausted
said-overloaded = Overloaded
said-vendor-error = Vendor error
said-wrong-url = Wrong base URL
said-redirected = Redirected elsewhere
said-tls-failed = TLS failed
said-name-unresolved = Name not resolved
said-no-connection = No connection
said-timed-out = Timed out
said-answer-unread = Answer not understood

## Tests of keys: pieces of sentences

said-server-start = The server at { $host }
said-server = the server at { $host }
said-accepts-key = accepts the key
said-answers-keyless = answers without a key
said-answers = answers
said-configured-model = the configured model
said-one-model = 1 model
said-many-models = { $count } models
said-at-page = at { $url }
said-with-host = with whoever runs { $host }
said-wait-minute = Wait a minute
said-wait = Wait { $when }
said-another-address = another address

## Tests of keys: sentences

said-test-only-model = { $who } { $accepted }, and { $model } is the one model that it lists.
said-test-listed = { $who } { $accepted }, and { $model } is one of the { $count } that it lists.
said-test-alias = { $who } { $accepted }, and knows { $model }, though its list of { $count } leaves that name out.
said-nothing-to-do = Nothing to do.
said-nothing-but-credit = Nothing to do. The test costs nothing, so it cannot show whether the account has credit.
said-list-open = The server shows its list without a key, too, so this says little about the key: only a real call can.
said-refuses-recent = { $who } lists this model, but refuses it to keys that were made recently.
said-shuts-down = The model shuts down on { $day }.
said-test-no-text = { $who } { $accepted }, but { $model } does not generate text.
said-choose-text = Choose a model that generates text.
said-test-no-models = { $who } { $accepted }, but lists no model at all.
said-test-missing = { $who } { $accepted }, but { $model } is not among the { $count } that it lists.
said-load-model = Load a model on the server, then test again.
said-which-models = Check { $console } which models this key's project may use.
said-choose-listed = Choose one of the listed models, and check that this key's account has access to it.
said-closest-one = Check the spelling. The closest name is { $name }.
said-closest-many = Check the spelling. The closest names are { $names }.
said-key-empty = There is no key, and { $who } needs one.
said-key-blank = The key has a blank or line break in it, so it was not sent.
said-key-unprintable = The key has a character that no HTTP header carries, so it was not sent.
said-key-wanted = { $who } wants a key{ $http }.
said-enter-server-key = Enter the key of this server.
said-key-unknown = { $who } does not accept this key{ $http }.
said-key-check = Check { $console } that the key is there, is active and belongs to the right account, and paste it again whole.
said-key-expired = { $who } says that this key is past its date{ $http }.
said-key-leaked = { $who } has switched this key off, because it was found in public{ $http }.
said-key-other-kind = { $who } takes this for another kind of token than an API key{ $http }.
said-key-renew = Make a new key { $console } and enter it here.
said-key-published = Find out where the old one was published.
said-key-vendor = It looks like a key of another vendor: { $vendor }.
said-no-listing = { $who } knows this key, but does not allow it to list models{ $http }.
said-no-scope = { $who } knows this key, but it may not list models, so { $model } could not be checked{ $http }.
said-scope-advice = It may work all the same. To have the model checked, give the key the permission to read models { $console }.
said-busy = { $who } takes no more requests just now{ $http }.
said-busy-advice = { $wait }, then test again. If it comes back, look for spikes in the usage, lower the daily token limit, or add a second provider to share the load.
said-quota-today = Today's quota at { $who } is used up{ $http }.
said-no-quota = The account's tier at { $who } has no quota for this at all{ $http }.
said-no-credit = The account at { $who } has no credit left{ $http }.
said-credit-advice = Waiting does not help: add credit or check the billing { $console }.
said-billing-advice = Waiting does not help: set up billing { $console }, or choose another model.
said-spend-limit = The spending limit of the account or project at { $who } is reached{ $http }.
said-spend-advice = Raise the limit { $console }, or use another provider until it is renewed.
said-no-capacity = { $who } has no capacity just now{ $http }.
said-failed-itself = { $who } failed on its own side{ $http }.
said-gateway-failed = A gateway in front of { $who } failed{ $http }.
said-gave-up = { $who } gave up waiting for the request{ $http }.
said-key-not-at-fault = The key is not at fault. { $wait }, then test again; a second provider keeps the tasks running.
said-web-page = A web page answered at { $host }, not the { $label } API{ $http }.
said-other-api = Another API than { $label }'s answered at { $host }{ $http }.
said-no-list-here = There is no list of models at this address of { $host }{ $http }.
said-url-try = Correct the base URL: try { $better }.
said-url-own = Correct the base URL; { $label }'s own is { $default }.
said-url-usually = Correct the base URL. It usually ends in /v1, as in http://localhost:11434/v1.
said-name-no-address = The name { $host } has no address.
said-name-advice = Check the base URL's spelling and the network connection. If a proxy is set in the environment, check its name, too.
said-key-unsent = The key was not sent.
said-tls-untrusted = The certificate of { $host } is not signed by anyone whom this computer trusts.
said-tls-untrusted-advice = If it is a server or proxy of your own, add its authority to the system's certificates. If not, do not go on: someone may be listening.
said-tls-expired = The certificate of { $host } is past its date.
said-tls-expired-advice = Check this computer's clock. If it is right, whoever runs the server has to renew the certificate.
said-tls-host = The certificate at { $host } belongs to another host.
said-connect-late = No connection to { $host } in time.
said-answer-late = { $host } took the request, but did not answer in time.
said-connect-late-advice = Check the base URL's host and port, the firewall and the proxy, then test again.
said-answer-late-advice = Test again in a minute. If it stays, { $who } or the network has a problem; the key may be good.
said-nothing-accepts = Nothing accepts connections at { $host }.
said-nothing-accepts-advice = Check that the server is running and that the port in the base URL is right.
said-no-way = There is no way to { $host } from here.
said-no-way-advice = Check the network connection, the VPN and the firewall.
said-broke = The connection to { $host } broke before an answer came.
said-broke-advice = Test again. If it stays, check that the base URL's scheme and port are right, and the firewall or proxy in between.
said-unconnected = No connection to { $host } could be made.
said-unconnected-advice = Check the network connection. If a proxy is set in the environment (HTTPS_PROXY), check that it allows this address.
said-sent-on = { $host } sends requests on to { $target }. The key was not sent there.

## Calls

said-call-key = { $who } does not accept the key
said-call-key-advice = Check the key { $console }, and enter it again in Signalbox.
said-call-model = { $who } does not have { $model } for this key
said-call-model-advice = Check the model's name, and test the configuration in Signalbox.
said-call-long = the conversation is longer than { $model } takes
said-call-long-advice = Shorten it, or choose a model with a larger window.
said-call-blocked = the content filter of { $who } refused the prompt
said-call-blocked-advice = Change the prompt; calling again does not help.
said-call-busy = { $who } takes no more calls just now
said-call-busy-advice = { $wait }, then call again, or add a second provider to share the load.
said-call-quota = today's quota at { $who } is used up
said-call-credit = the account at { $who } has no credit left
said-call-capacity = { $who } has no capacity just now
said-call-failed = { $who } failed on its own side
said-call-again-second = { $wait }, then call again; a second provider keeps the tasks running.
said-call-late = no answer came in the time that this configuration has
said-call-late-advice = Call again, or give the configuration more time in Signalbox.
said-call-cut = the answer broke off before its end
said-call-again = Call again.
said-ask-again = Ask again.
said-call-empty = the answer is empty
said-call-empty-advice = Allow more output tokens, or use another model.
said-call-json = the answer is not the JSON that was asked for
said-call-json-advice = Call again, or use a model that holds to a schema.
said-no-fitting-key = this configuration has no key that fits its address
said-no-fitting-key-advice = Enter its key in Signalbox.

## News of budgets

said-spent = { $whose }: the { $period } budget is spent
said-will-not-last = { $whose }: the { $period } budget will probably not last
said-part-spent = { $whose }: { $percent }% of the { $period } budget is spent
said-days = day's
said-months = month's
said-all-usage = All usage
said-deleted-provider = A deleted provider

## Links that came in

said-link-long = the link is longer than { $limit } characters
said-link-other = this is not a Signalbox link
said-link-deed = the link asks for something that this version does not do
said-link-key = the link carries a key
said-link-field = the link has a field that is not known{ $http }
said-link-twice = the link has the field { $field } twice
said-link-bad = the link's field { $field } cannot be used
said-link-vendor = the link does not say which vendor it is for
said-link-key-advice = Links are kept by browsers and chats, so treat that key as public and revoke it. Ask for a link without a key, and for the key by a safe way.
said-link-newer-advice = Nothing was added. Ask whoever made the link, or update Signalbox.
said-link-advice = Nothing was added. Ask whoever made the link for another one, or add the provider by hand.

## Example set-ups, switches and what is remembered

said-set-up-no-model = the catalogue has no model of { $vendor } for a new set-up
said-set-up-advice = Update the catalogue of models in the settings, or add the providers one by one.
said-switch-no-key = this provider has no API key
said-switch-advice = Enter its key in its form first: without one no call succeeds.
said-filters-long = these filters are too long to remember
said-filters-advice = Clear the filters. Nothing else is changed.
said-order-many = these are too many to order by hand
said-order-advice = Sort the list by a column instead. Nothing was changed.

## News of bundles

said-bundle-hour = { $server }: its bundle expires in { $hours } hour
said-bundle-hours = { $server }: its bundle expires in { $hours } hours
said-bundle-expired = { $server }: its bundle has expired
said-bundle-after-that = Number { $serial } goes on where it is in force, and cannot be applied after that.
said-bundle-any-more = Number { $serial } goes on where it is in force, and cannot be applied any more.
said-bundle-new = Export a new one.
said-bundle-other = So it is with 1 other server.
said-bundle-others = So it is with { $count } other servers.

## Bundles

said-bundle-prices = the catalogue of prices in this bundle is none
said-bundle-too-many = these are too many configurations for one bundle
said-bundle-fewer = Choose fewer configurations.
said-bundle-serial = the serial of a bundle only rises
said-bundle-unsealed = the bundle could not be sealed
said-bundle-clock = Choose 1 to 30 days, and check this computer's clock.
said-bundle-identity = Import the server's identity file again.
said-bundle-identity-own = Import its identity file again.
said-bundle-identity-report = Import the server's identity file again. If it happens again, report it.
said-bundle-save = Save each of the chosen providers once more, then export.
said-bundle-no-file = this is no file of a server of Signalbox
said-bundle-file-newer = a newer version of Signalbox wrote this file
said-bundle-write-again = Write the file at the server again, and bring it over whole.
said-bundle-newest = Import it with the newest version of Signalbox.
said-bundle-fingerprint = this is not the server whose fingerprint was compared
said-bundle-fingerprint-advice = Look at the file again, and compare its fingerprint with the one that the server shows.
said-bundle-no-signing-key = there is no key that signs bundles yet
said-bundle-make-key = Make one on the page Bundles.
said-bundle-unknown-server = this server is not known any more
said-bundle-server-damaged = what is known of a server is damaged
said-bundle-server-remove = Remove it, then import its identity file again.
said-bundle-key-damaged = the key that signs bundles is damaged
said-bundle-key-restore = Restore a backup. If there is none, report this; servers go on with what they have.
said-bundle-days = a bundle cannot be good for so long
said-bundle-days-advice = Choose 1 to { $most } days.
said-bundle-count = too many configurations were chosen, or one twice
said-bundle-count-advice = Choose at most { $most }.
said-bundle-leave-out = Enter its key, or leave it out of the bundle.
said-bundle-overtaken = another bundle was exported in the meantime
said-bundle-overtaken-advice = Look at what the bundle would change now, then export it. Nothing was exported.
said-bundle-gone = this bundle is not kept any more
said-bundle-gone-advice = Export a new one: the server would not take an older one anyway.
said-bundle-no-way-back = there is no such bundle to go back to
said-bundle-choose-own = Choose one of this server that has configurations of its own.
said-bundle-address = this address cannot be used
said-bundle-pin = this is no fingerprint of a certificate
said-bundle-pin-advice = Enter the SHA-256 of the server's certificate, 64 digits of 0-9 and a-f, or leave it empty.
said-bundle-ask = Ask the server which bundles it has accepted, then go on.
said-bundle-admin = Log in as a super_admin of that server.
said-bundle-other-server = at this address is another server than the one that was imported
said-bundle-other-server-advice = Check the address. If the server was set up anew, import its identity file again. Nothing was uploaded.
said-bundle-picture-large = this picture is too large
said-bundle-picture-cut = Cut the picture down to the code, then choose it again.
said-bundle-picture-unread = this picture cannot be read
said-bundle-picture-png = Choose a picture that ends in .png, or the server's file.
said-bundle-picture-no-code = there is no QR code in this picture that can be read
said-bundle-picture-again = Take the picture of the screen again, with the whole code and its edge. Or choose the server's file.

## Servers of sync

said-remote-name = the name { $host } has no address
said-remote-unreached = { $host } cannot be reached
said-remote-untrusted = the certificate of { $host } is not trusted: { $reason }
said-remote-insecure = there is no secure connection
said-remote-unsigned = nobody known signed it
said-remote-expired = it has expired
said-remote-early = it is not valid yet
said-remote-other-host = it is another host's
said-remote-pin = the certificate of { $host } is another one than was pinned
said-remote-cut = the connection to { $host } was lost before the answer was there
said-remote-redirected = the remote points to { $to }, another server
said-remote-large = the answer is longer than { $limit } bytes
said-remote-odd = the answer is not understood: { $reason }
said-remote-no-api = there is no admin API at this address
said-remote-no-bundles = there is no server for bundles at this address
said-remote-no-http = it is no HTTP
said-remote-shape = it is not of the shape that this API has
said-remote-status = its status is none of this API
said-remote-not-kept = the remote did not keep what it was sent: { $fields }
said-remote-ended = the session on the remote has ended
said-remote-login = the remote refused the login
said-remote-factor = the remote asks for the second factor
said-remote-forbidden = this account may not manage providers on the remote
said-remote-none = the remote has no such configuration
said-remote-overtaken = the configuration was changed on the remote in the meantime
said-remote-busy = the remote is busy
said-remote-running = the remote is still answering the same request
said-remote-refused = the remote refused it: { $message }
said-remote-failed = the remote failed with status { $status }
said-remote-online = Check the address, and whether this computer is online.
said-remote-runs = Check the address and whether the server runs, then try again.
said-remote-own-certificate = Ask whoever runs the server; a certificate of its own can be pinned.
said-remote-compare = If the server has a new certificate, compare { $found } with it, then pin that.
said-remote-again = Try again: it is looked first what has arrived, and nothing is done twice.
said-remote-really = Enter the address that the server really has. Nothing was sent there.
said-remote-between = Check that the address is that of an admin API, without anything in between.
said-remote-ask-first = Ask whoever runs the server; look at the differences again before going on.
said-remote-login-again = Log in again, then try again.
said-remote-credentials = Check name, password and code. Each code of the authenticator app is good once.
said-remote-new-code = Enter a new code of the authenticator app, then try again.
said-remote-admin = Log in as a super_admin.
said-remote-look = Look at the differences again.
said-remote-wait = Wait { $seconds } seconds, then try again.
said-remote-wait-little = Wait a little, then try again.
said-remote-change = Change it, then try again.
said-remote-tell = Try again. If it stays, tell whoever runs the server.
said-remote-secret = what logs in there does not open
said-remote-secret-advice = Enter it again: what is kept was entered for another address, or is damaged.
said-remote-no-secret = nothing is kept that logs in there
said-remote-no-secret-advice = Enter password or token.
said-remote-nobody = nobody is logged in there
said-remote-connect = Connect, then try again.
said-sync-read-again = the differences were read again in the meantime
said-sync-read-again-advice = Look at the differences as they are now, then go on. Nothing was done.
said-sync-not-asked = this is not asked any more
said-sync-not-asked-advice = Look at the differences as they are now, then choose again. Nothing was kept.
said-sync-no-key = this provider has no key here
said-sync-no-key-advice = Enter its key first, then choose that it goes up.
said-sync-twice = Try again. Nothing is done twice.
said-sync-conflict = this provider has a conflict
said-sync-conflict-advice = Decide it field by field, then promote it again.
said-sync-waits = the server has no key for this provider, or one for another base URL
said-sync-waits-advice = Choose that its key goes along, then promote it again.
said-sync-unusable = what the server shows cannot be used here
said-sync-same = a provider is promoted from one server to another
said-sync-two = Choose two servers.
said-sync-address = Enter the server's address, for example https://api.example.com.
said-sync-https = Use https://: over http:// to another computer, anyone on the way can read passwords and keys.
said-sync-alone = Enter the address alone, without a user name, question mark or # in it.
said-sync-pin = Enter the 64 digits of the certificate's SHA-256, or leave it empty.
said-sync-user = Enter the user name that the server knows, at most 200 letters.

## The page's own words to the shell

said-answer-odd = the program's answer is not understood
said-refused-silently = the program refused without a reason
said-window-anew = Try again. If it stays, close the window and start Signalbox anew.
