# Sentences that the shell says ready to show, as it says them. Fetched with a translation, to know them again by; not compiled in.
# One line each. A sentence that is not here is shown in English.

## The vault and the lock screen

heard-locked = the vault is locked
heard-locked-advice = Unlock it with the vault password.
heard-not-password = that is not the vault password
heard-not-opened = that password did not open the vault
heard-caps-lock = Check Caps Lock and the keyboard layout.
heard-wrong-passwords = too many wrong passwords
heard-wait-doubles = Try again in { $seconds } s. The wait doubles after each failure, up to 60 seconds.
heard-wrong-answers = too many wrong answers
heard-wait-unchanged = Try again in { $seconds } s. Nothing was changed.
heard-proof-needed = this needs a proof that it is you
heard-proof-advice = Enter the vault password, or a code of the authenticator app if one is enrolled.
heard-code-used = that code was used already
heard-code-next = Wait for the app's next code: each counts once.
heard-code-wrong = that code is not right
heard-code-now = Use the code that the app shows now, and check this computer's clock.
heard-code-none = that is none of the recovery codes
heard-code-letters = Check each letter. A code that was used once is used up.
heard-app-enrolled = an authenticator app is enrolled
heard-app-enter = Enter a code of it, or a recovery code.
heard-app-none = no authenticator app is enrolled
heard-enter-password = Enter the vault password.
heard-no-enrolment = no app is being enrolled
heard-enrol-anew = Begin anew: a new picture is shown.
heard-app-damaged = the secret of the authenticator app is damaged
heard-app-recover = Enter a recovery code, then enrol the app anew.
heard-kit-wrong = this recovery kit does not open the vault
heard-kit-newer = Look for a newer kit: each new one voids the one before, and so does its use or a new vault key.
heard-kit-absent = this vault has no recovery kit
heard-kit-count = there are { $count } words, and a recovery kit has 24
heard-kit-count-advice = Type all words of the kit in their order, parted by blanks.
heard-kit-word = word { $place } is not a word of a recovery kit
heard-kit-word-advice = Compare this word with the kit, letter by letter.
heard-kit-apart = these words do not belong together
heard-kit-compare = Compare the words and their order with the kit.
heard-kit-not-this = this is not the recovery kit in force
heard-kit-make = Make a new kit, and save that one.
heard-open-already = the vault is open already
heard-lock-first = Lock it first, or change the password in the settings.
heard-keyring-silent = the system keyring does not answer
heard-keyring-locked = the system keyring is locked
heard-keyring-absent = there is no system keyring
heard-keyring-empty = the system keyring holds nothing for this vault
heard-keyring-refused = the system keyring refused
heard-keyring-not-this = what the system keyring holds does not open this vault
heard-keyring-off = the system keyring does not open this vault
heard-keyring-wait = It may wait for its own password: look for its window. Then try again, or use the vault password.
heard-keyring-unlock = Unlock it, then try again, or use the vault password.
heard-keyring-linux = Use the vault password. On Linux, GNOME Keyring or KWallet provides a keyring.
heard-keyring-again = Use the vault password, then switch the keyring off and on again in the settings.
heard-use-password = Use the vault password.
heard-password-days = the vault was not opened with its password for { $days } days
heard-password-time = Use the vault password this time. Then the keyring opens it again.
heard-vault-exists = there is a vault in this folder already
heard-unlock-instead = Unlock it instead. It was not changed.
heard-other-signalbox = another Signalbox is using this data folder
heard-headers-damaged = both copies of the vault's header are damaged
heard-header-unread = the vault's header cannot be read
heard-vault-newer = a newer version of Signalbox wrote this vault
heard-restore = Look for a backup here, or put a copy of your own in the vault's place and try again. Keep the damaged files.
heard-backup-absent = there is no backup at this place
heard-backup-damaged = this backup is damaged
heard-backup-newer = a newer version of Signalbox made this backup
heard-backup-other-vault = this backup is of another vault
heard-backup-other-key = this backup was made before the vault's key was changed
heard-backup-moved = It was deleted or moved. A path has to be that of the backup's own folder.
heard-backup-choose-another = Choose another backup. This one is left as it is.
heard-backup-choose-own = Choose a backup of this vault.
heard-backup-at-lock-screen = Choose a newer backup, or restore this one at the lock screen with the password of then.
heard-backup-no-place = this is no place of a backup
heard-backup-whole-path = Enter the whole path of a folder, from the root on.
heard-vault-older = this vault is older than it was when it was last used on this computer
heard-header-older = this vault's header is older than it was when it was last used on this computer
heard-older-by-kit = The recovery kit opened it all the same. If you did not put an older copy there yourself, restore the newest backup under Settings, Backups.
heard-update = Install the newest version of Signalbox and open the vault with it. Nothing was changed.
heard-check-readable = Check the permissions of the data folder and the disk's health, then try again. The vault may be whole: replace nothing.
heard-database-damaged = the vault's database is damaged
heard-no-memory = there is not enough free memory
heard-no-memory-open = there is not enough free memory to open the vault
heard-close-programs = Close other programs, then try again.
heard-close-programs-unchanged = Close other programs, then try again. Nothing was changed.
heard-password-short = Use at least 12 characters.
heard-password-long = Use at most 1,024 bytes; most passwords are far shorter.
heard-password-easy = This password is too easy to guess. Make it longer, or take the six words.

## The disk and the database

heard-disk-full = the disk is full
heard-free-space = Free some space on the disk, then try again. Everything saved before is unchanged.
heard-disk-error = the disk reported an error
heard-check-disk = Check the disk's health, then try again. Everything saved before is unchanged.
heard-folder-unwritten = the data folder cannot be written
heard-vault-unwritten = the vault's folder cannot be written
heard-check-permissions = Check the permissions of the data folder and whether its disk is read-only. Everything saved before is unchanged.
heard-database-used = another program is using the vault's database
heard-database-close = Close the program that has the data folder open, then try again.
heard-database-refused = the database refused the change
heard-report-log = Nothing was changed. If it happens again, report it with the log file.
heard-database-away = the database cannot be reached
heard-later = Try again later.
heard-download-failed = the file could not be written to the folder for downloads
heard-download-permissions = Check the permissions of that folder, then try again.
heard-download-older = Move older files out of that folder, then try again.
heard-download-disk = Check the disk with that folder, then try again.

## Records and their fields

heard-provider-gone = this provider no longer exists
heard-budget-gone = this budget no longer exists
heard-gone-advice = It was deleted in the meantime; the list is read again.
heard-provider-changed = this provider was changed in the meantime
heard-budget-changed = this budget was changed in the meantime
heard-changed-advice = Look at it as it is now, then change it again.
heard-name-used = Name in use. Choose another.
heard-task-exists = There is a task of this name. Choose another.
heard-task-none = One of these tasks does not exist. Add it first.
heard-budget-exists = There is such a budget. Change that one.
heard-budget-provider-gone = This provider is gone. Choose another.
heard-one-field = one field needs a change
heard-many-fields = { $count } fields need a change
heard-one-route = one route cannot be saved
heard-many-routes = { $count } routes cannot be saved
heard-routes-advice = Nothing was saved. Change what is marked, then save again.
heard-routes-changed = the routes were changed in the meantime
heard-fill-in = Fill this in.
heard-shorten = Shorten this to { $limit } characters; it has { $length }.
heard-invisible = Remove the invisible character U+{ $code }.
heard-blank = Remove the blank.
heard-task-name = Use 1 to 64 lower-case letters, digits and _, a letter first, such as cover_letter.
heard-limit-small = Enter 1 or more, or leave empty.
heard-limit-large = Enter { $most } or less.
heard-limit-range = Enter { $least } to { $most }, or leave empty.
heard-cost-range-empty = Enter more than 0 and at most 10,000,000 dollars, or leave empty.
heard-cost-range = Enter more than 0 and at most 10,000,000 dollars.
heard-price = Enter dollars per 1M tokens, such as 0.25.
heard-characters = Enter 1 to { $most } characters.
heard-url-enter = Enter the server's address, for example http://localhost:11434/v1 for Ollama.
heard-url-short = Shorten the address to { $most } characters.
heard-url-blank = Remove the blank or invisible character from the address.
heard-url-scheme = Start the address with https://, or with http:// for a server on this computer.
heard-url-host = Enter an address with a valid host name, for example https://gateway.example.com/v1.
heard-url-login = Remove the user name and password from the address; the key has its own field.
heard-url-query = Remove the part of the address from the question mark on.
heard-url-fragment = Remove the part of the address from the # on.
heard-url-key = Enter the key again for the new base URL.
heard-name-differs = the name does not match
heard-name-exactly = Type the provider's name exactly as it is shown.
heard-undo-over = this step can no longer be undone
heard-undo-advice = Change the provider by hand, or look in the audit log.
heard-catalogue-gone = this catalogue of prices is kept no longer
heard-catalogue-again = Import its file again.
heard-it-stopped = it was stopped
heard-start-again = Start it again when you are ready.
heard-not-understood = the request was not understood
heard-broken-off = Signalbox broke off in the middle of this
heard-restart = Restart Signalbox. If it happens again, report it.
heard-network-failed = the network could not be set up
heard-proxy-settings = Check the proxy settings in this computer's environment, then restart Signalbox.
heard-port-used = another program uses port { $port }
heard-port-refused = the system does not let Signalbox use port { $port }

## Keys

heard-no-key = this provider has no key
heard-enter-first = Enter one first.
heard-enter-new = Enter the new API key.
heard-same-key = This key is in force already. Make a new one on the vendor's page and enter that.
heard-none-kept = the key from before is no longer here
heard-none-kept-advice = Its period ended, or it was destroyed. Enter the key anew, or make another one.
heard-key-other-url = the key was entered for another base URL
heard-key-damaged = the stored key is damaged or belongs to another record
heard-key-newer = a newer version of Signalbox sealed this key

## Tests of keys: outcomes

heard-works = Works
heard-works-restricted = Works, restricted key
heard-key-malformed = Key malformed
heard-key-rejected = Key rejected
heard-no-permission = No permission
heard-model-not-found = Model not found
heard-rate-limited = Rate limited
heard-quota-exhausted = Quota exhausted
heard-overloaded = Overloaded
heard-vendor-error = Vendor error
heard-wrong-url = Wrong base URL
heard-redirected = Redirected elsewhere
heard-tls-failed = TLS failed
heard-name-unresolved = Name not resolved
heard-no-connection = No connection
heard-timed-out = Timed out
heard-answer-unread = Answer not understood

## Tests of keys: pieces of sentences

heard-server-start = The server at { $host }
heard-server = the server at { $host }
heard-accepts-key = { $who } accepts the key
heard-answers-keyless = { $who } answers without a key
heard-answers = { $who } answers
heard-configured-model = the configured model
heard-one-model = 1 model
heard-many-models = { $count } models
heard-at-page = at { $url }
heard-with-host = with whoever runs { $host }
heard-wait-minute = Wait a minute
heard-wait = Wait { $when }
heard-another-address = another address

## Tests of keys: sentences

heard-test-only-model = { $subject }, and { $model } is the one model that it lists.
heard-test-listed = { $subject }, and { $model } is one of the { $count } that it lists.
heard-test-alias = { $subject }, and knows { $model }, though its list of { $count } leaves that name out.
heard-nothing-to-do = Nothing to do.
heard-nothing-but-credit = Nothing to do. The test costs nothing, so it cannot show whether the account has credit.
heard-list-open = The server shows its list without a key, too, so this says little about the key: only a real call can.
heard-refuses-recent = { $who } lists this model, but refuses it to keys that were made recently.
heard-shuts-down = The model shuts down on { $day }.
heard-test-no-text = { $subject }, but { $model } does not generate text.
heard-choose-text = Choose a model that generates text.
heard-test-no-models = { $subject }, but lists no model at all.
heard-test-missing = { $subject }, but { $model } is not among the { $count } that it lists.
heard-load-model = Load a model on the server, then test again.
heard-which-models = Check { $console } which models this key's project may use.
heard-choose-listed = Choose one of the listed models, and check that this key's account has access to it.
heard-closest-one = Check the spelling. The closest name is { $name }.
heard-closest-many = Check the spelling. The closest names are { $names }.
heard-key-empty = There is no key, and { $who } needs one.
heard-key-blank = The key has a blank or line break in it, so it was not sent.
heard-key-unprintable = The key has a character that no HTTP header carries, so it was not sent.
heard-key-wanted = { $who } wants a key{ $http }.
heard-enter-server-key = Enter the key of this server.
heard-key-unknown = { $who } does not accept this key{ $http }.
heard-key-check = Check { $console } that the key is there, is active and belongs to the right account, and paste it again whole.
heard-key-expired = { $who } says that this key is past its date{ $http }.
heard-key-leaked = { $who } has switched this key off, because it was found in public{ $http }.
heard-key-other-kind = { $who } takes this for another kind of token than an API key{ $http }.
heard-key-renew = Make a new key { $console } and enter it here.
heard-key-published = Find out where the old one was published.
heard-key-vendor = It looks like a key of another vendor: { $vendor }.
heard-no-listing = { $who } knows this key, but does not allow it to list models{ $http }.
heard-no-scope = { $who } knows this key, but it may not list models, so { $model } could not be checked{ $http }.
heard-scope-advice = It may work all the same. To have the model checked, give the key the permission to read models { $console }.
heard-busy = { $who } takes no more requests just now{ $http }.
heard-busy-advice = { $wait }, then test again. If it comes back, look for spikes in the usage, lower the daily token limit, or add a second provider to share the load.
heard-quota-today = Today's quota at { $who } is used up{ $http }.
heard-no-quota = The account's tier at { $who } has no quota for this at all{ $http }.
heard-no-credit = The account at { $who } has no credit left{ $http }.
heard-credit-advice = Waiting does not help: add credit or check the billing { $console }.
heard-billing-advice = Waiting does not help: set up billing { $console }, or choose another model.
heard-spend-limit = The spending limit of the account or project at { $who } is reached{ $http }.
heard-spend-advice = Raise the limit { $console }, or use another provider until it is renewed.
heard-no-capacity = { $who } has no capacity just now{ $http }.
heard-failed-itself = { $who } failed on its own side{ $http }.
heard-gateway-failed = A gateway in front of { $who } failed{ $http }.
heard-gave-up = { $who } gave up waiting for the request{ $http }.
heard-key-not-at-fault = The key is not at fault. { $wait }, then test again; a second provider keeps the tasks running.
heard-web-page = A web page answered at { $host }, not the { $label } API{ $http }.
heard-other-api = Another API than { $label }'s answered at { $host }{ $http }.
heard-no-list-here = There is no list of models at this address of { $host }{ $http }.
heard-url-try = Correct the base URL: try { $better }.
heard-url-own = Correct the base URL; { $label }'s own is { $default }.
heard-url-usually = Correct the base URL. It usually ends in /v1, as in http://localhost:11434/v1.
heard-name-no-address = The name { $host } has no address.
heard-name-advice = Check the base URL's spelling and the network connection. If a proxy is set in the environment, check its name, too.
heard-key-unsent = The key was not sent.
heard-tls-untrusted = The certificate of { $host } is not signed by anyone whom this computer trusts.
heard-tls-untrusted-advice = If it is a server or proxy of your own, add its authority to the system's certificates. If not, do not go on: someone may be listening.
heard-tls-expired = The certificate of { $host } is past its date.
heard-tls-expired-advice = Check this computer's clock. If it is right, whoever runs the server has to renew the certificate.
heard-tls-host = The certificate at { $host } belongs to another host.
heard-connect-late = No connection to { $host } in time.
heard-answer-late = { $host } took the request, but did not answer in time.
heard-connect-late-advice = Check the base URL's host and port, the firewall and the proxy, then test again.
heard-answer-late-advice = Test again in a minute. If it stays, { $who } or the network has a problem; the key may be good.
heard-nothing-accepts = Nothing accepts connections at { $host }.
heard-nothing-accepts-advice = Check that the server is running and that the port in the base URL is right.
heard-no-way = There is no way to { $host } from here.
heard-no-way-advice = Check the network connection, the VPN and the firewall.
heard-broke = The connection to { $host } broke before an answer came.
heard-broke-advice = Test again. If it stays, check that the base URL's scheme and port are right, and the firewall or proxy in between.
heard-unconnected = No connection to { $host } could be made.
heard-unconnected-advice = Check the network connection. If a proxy is set in the environment (HTTPS_PROXY), check that it allows this address.
heard-sent-on = { $host } sends requests on to { $target }. The key was not sent there.

## Calls

heard-call-key = { $who } does not accept the key
heard-call-key-advice = Check the key { $console }, and enter it again in Signalbox.
heard-call-model = { $who } does not have { $model } for this key
heard-call-model-advice = Check the model's name, and test the configuration in Signalbox.
heard-call-long = the conversation is longer than { $model } takes
heard-call-long-advice = Shorten it, or choose a model with a larger window.
heard-call-blocked = the content filter of { $who } refused the prompt
heard-call-blocked-advice = Change the prompt; calling again does not help.
heard-call-busy = { $who } takes no more calls just now
heard-call-busy-advice = { $wait }, then call again, or add a second provider to share the load.
heard-call-quota = today's quota at { $who } is used up
heard-call-credit = the account at { $who } has no credit left
heard-call-capacity = { $who } has no capacity just now
heard-call-failed = { $who } failed on its own side
heard-call-again-second = { $wait }, then call again; a second provider keeps the tasks running.
heard-call-late = no answer came in the time that this configuration has
heard-call-late-advice = Call again, or give the configuration more time in Signalbox.
heard-call-cut = the answer broke off before its end
heard-call-again = Call again.
heard-ask-again = Ask again.
heard-call-empty = the answer is empty
heard-call-empty-advice = Allow more output tokens, or use another model.
heard-call-json = the answer is not the JSON that was asked for
heard-call-form = the answer does not hold to the schema that was asked for
heard-call-log = the usage log is too far behind to take another call, so it was not made
heard-answers-of-no-use = Its answers are empty, cut off or break the schema.
heard-quota-name = Enter 1 to { $count } characters, or * for everyone.
heard-quota-of-nothing = Enter at least one limit, or delete the quota.
heard-quota-taken = There is such a quota. Change that one.
heard-quota-changed = this quota was changed in the meantime
heard-quotas-full = there are { $count } quotas, which is as many as can be kept
heard-quotas-full-advice = Delete one that nobody needs, or set that of everyone.
heard-call-json-advice = Call again, or use a model that holds to a schema.
heard-no-fitting-key = this configuration has no key that fits its address
heard-no-fitting-key-advice = Enter its key in Signalbox.

## News of budgets

heard-spent = { $whose }: the { $period } budget is spent
heard-will-not-last = { $whose }: the { $period } budget will probably not last
heard-part-spent = { $whose }: { $percent }% of the { $period } budget is spent
heard-days = day's
heard-months = month's
heard-all-usage = All usage
heard-deleted-provider = A deleted provider

## Links that came in

heard-link-long = the link is longer than { $limit } characters
heard-link-other = this is not a Signalbox link
heard-link-deed = the link asks for something that this version does not do
heard-link-key = the link carries a key
heard-link-field = the link has a field that is not known{ $http }
heard-link-twice = the link has the field { $field } twice
heard-link-bad = the link's field { $field } cannot be used
heard-link-vendor = the link does not say which vendor it is for
heard-link-key-advice = Links are kept by browsers and chats, so treat that key as public and revoke it. Ask for a link without a key, and for the key by a safe way.
heard-link-newer-advice = Nothing was added. Ask whoever made the link, or update Signalbox.
heard-link-advice = Nothing was added. Ask whoever made the link for another one, or add the provider by hand.

## Example set-ups, switches and what is remembered

heard-set-up-no-model = the catalogue has no model of { $vendor } for a new set-up
heard-set-up-advice = Update the catalogue of models in the settings, or add the providers one by one.
heard-switch-no-key = this provider has no API key
heard-switch-advice = Enter its key in its form first: without one no call succeeds.
heard-filters-long = these filters are too long to remember
heard-filters-advice = Clear the filters. Nothing else is changed.
heard-order-many = these are too many to order by hand
heard-order-advice = Sort the list by a column instead. Nothing was changed.

## News of bundles

heard-bundle-hour = { $server }: its bundle expires in { $hours } hour
heard-bundle-hours = { $server }: its bundle expires in { $hours } hours
heard-bundle-expired = { $server }: its bundle has expired
heard-bundle-after-that = Number { $serial } goes on where it is in force, and cannot be applied after that.
heard-bundle-any-more = Number { $serial } goes on where it is in force, and cannot be applied any more.
heard-bundle-new = Export a new one.
heard-bundle-other = So it is with 1 other server.
heard-bundle-others = So it is with { $count } other servers.

## Bundles

heard-bundle-prices = the catalogue of prices in this bundle is none
heard-bundle-too-many = these are too many configurations for one bundle
heard-bundle-fewer = Choose fewer configurations.
heard-bundle-serial = the serial of a bundle only rises
heard-bundle-unsealed = the bundle could not be sealed
heard-bundle-clock = Choose 1 to 30 days, and check this computer's clock.
heard-bundle-identity = Import the server's identity file again.
heard-bundle-identity-own = Import its identity file again.
heard-bundle-identity-report = Import the server's identity file again. If it happens again, report it.
heard-bundle-save = Save each of the chosen providers once more, then export.
heard-bundle-no-file = this is no file of a server of Signalbox
heard-bundle-file-newer = a newer version of Signalbox wrote this file
heard-bundle-write-again = Write the file at the server again, and bring it over whole.
heard-bundle-newest = Import it with the newest version of Signalbox.
heard-bundle-fingerprint = this is not the server whose fingerprint was compared
heard-bundle-fingerprint-advice = Look at the file again, and compare its fingerprint with the one that the server shows.
heard-bundle-no-signing-key = there is no key that signs bundles yet
heard-bundle-make-key = Make one on the page Bundles.
heard-bundle-unknown-server = this server is not known any more
heard-bundle-server-damaged = what is known of a server is damaged
heard-bundle-server-remove = Remove it, then import its identity file again.
heard-bundle-key-damaged = the key that signs bundles is damaged
heard-bundle-key-restore = Restore a backup. If there is none, report this; servers go on with what they have.
heard-bundle-days = a bundle cannot be good for so long
heard-bundle-days-advice = Choose 1 to { $most } days.
heard-bundle-count = too many configurations were chosen, or one twice
heard-bundle-count-advice = Choose at most { $most }.
heard-bundle-leave-out = Enter its key, or leave it out of the bundle.
heard-bundle-overtaken = another bundle was exported in the meantime
heard-bundle-overtaken-advice = Look at what the bundle would change now, then export it. Nothing was exported.
heard-bundle-gone = this bundle is not kept any more
heard-bundle-gone-advice = Export a new one: the server would not take an older one anyway.
heard-bundle-no-way-back = there is no such bundle to go back to
heard-bundle-choose-own = Choose one of this server that has configurations of its own.
heard-bundle-address = this address cannot be used
heard-bundle-pin = this is no fingerprint of a certificate
heard-bundle-pin-advice = Enter the SHA-256 of the server's certificate, 64 digits of 0-9 and a-f, or leave it empty.
heard-bundle-ask = Ask the server which bundles it has accepted, then go on.
heard-bundle-admin = Log in as a super_admin of that server.
heard-bundle-other-server = at this address is another server than the one that was imported
heard-bundle-other-server-advice = Check the address. If the server was set up anew, import its identity file again. Nothing was uploaded.
heard-bundle-picture-large = this picture is too large
heard-bundle-picture-cut = Cut the picture down to the code, then choose it again.
heard-bundle-picture-unread = this picture cannot be read
heard-bundle-picture-png = Choose a picture that ends in .png, or the server's file.
heard-bundle-picture-no-code = there is no QR code in this picture that can be read
heard-bundle-picture-again = Take the picture of the screen again, with the whole code and its edge. Or choose the server's file.

## Servers of sync

heard-remote-name = the name { $host } has no address
heard-remote-unreached = { $host } cannot be reached
heard-remote-untrusted = the certificate of { $host } is not trusted: { $reason }
heard-remote-insecure = there is no secure connection
heard-remote-unsigned = nobody known signed it
heard-remote-expired = it has expired
heard-remote-early = it is not valid yet
heard-remote-other-host = it is another host's
heard-remote-pin = the certificate of { $host } is another one than was pinned
heard-remote-cut = the connection to { $host } was lost before the answer was there
heard-remote-redirected = the remote points to { $to }, another server
heard-remote-large = the answer is longer than { $limit } bytes
heard-remote-odd = the answer is not understood: { $reason }
heard-remote-no-api = there is no admin API at this address
heard-remote-no-bundles = there is no server for bundles at this address
heard-remote-no-http = it is no HTTP
heard-remote-shape = it is not of the shape that this API has
heard-remote-status = its status is none of this API
heard-remote-not-kept = the remote did not keep what it was sent: { $fields }
heard-remote-ended = the session on the remote has ended
heard-remote-login = the remote refused the login
heard-remote-factor = the remote asks for the second factor
heard-remote-forbidden = this account may not manage providers on the remote
heard-remote-none = the remote has no such configuration
heard-remote-overtaken = the configuration was changed on the remote in the meantime
heard-remote-busy = the remote is busy
heard-remote-running = the remote is still answering the same request
heard-remote-refused = the remote refused it: { $message }
heard-remote-failed = the remote failed with status { $status }
heard-remote-online = Check the address, and whether this computer is online.
heard-remote-runs = Check the address and whether the server runs, then try again.
heard-remote-own-certificate = Ask whoever runs the server; a certificate of its own can be pinned.
heard-remote-compare = If the server has a new certificate, compare { $found } with it, then pin that.
heard-remote-again = Try again: it is looked first what has arrived, and nothing is done twice.
heard-remote-really = Enter the address that the server really has. Nothing was sent there.
heard-remote-between = Check that the address is that of an admin API, without anything in between.
heard-remote-ask-first = Ask whoever runs the server; look at the differences again before going on.
heard-remote-login-again = Log in again, then try again.
heard-remote-credentials = Check name, password and code. Each code of the authenticator app is good once.
heard-remote-new-code = Enter a new code of the authenticator app, then try again.
heard-remote-admin = Log in as a super_admin.
heard-remote-look = Look at the differences again.
heard-remote-wait = Wait { $seconds } seconds, then try again.
heard-remote-wait-little = Wait a little, then try again.
heard-remote-change = Change it, then try again.
heard-remote-tell = Try again. If it stays, tell whoever runs the server.
heard-remote-secret = what logs in there does not open
heard-remote-secret-advice = Enter it again: what is kept was entered for another address, or is damaged.
heard-remote-no-secret = nothing is kept that logs in there
heard-remote-no-secret-advice = Enter password or token.
heard-remote-nobody = nobody is logged in there
heard-remote-connect = Connect, then try again.
heard-sync-read-again = the differences were read again in the meantime
heard-sync-read-again-advice = Look at the differences as they are now, then go on. Nothing was done.
heard-sync-not-asked = this is not asked any more
heard-sync-not-asked-advice = Look at the differences as they are now, then choose again. Nothing was kept.
heard-sync-no-key = this provider has no key here
heard-sync-no-key-advice = Enter its key first, then choose that it goes up.
heard-sync-twice = Try again. Nothing is done twice.
heard-sync-conflict = this provider has a conflict
heard-sync-conflict-advice = Decide it field by field, then promote it again.
heard-sync-waits = the server has no key for this provider, or one for another base URL
heard-sync-waits-advice = Choose that its key goes along, then promote it again.
heard-sync-unusable = what the server shows cannot be used here
heard-sync-same = a provider is promoted from one server to another
heard-sync-two = Choose two servers.
heard-sync-address = Enter the server's address, for example https://api.example.com.
heard-sync-https = Use https://: over http:// to another computer, anyone on the way can read passwords and keys.
heard-sync-alone = Enter the address alone, without a user name, question mark or # in it.
heard-sync-pin = Enter the 64 digits of the certificate's SHA-256, or leave it empty.
heard-sync-user = Enter the user name that the server knows, at most 200 letters.

## Backups

heard-backup-newer-advice = Install the newest version of Signalbox, then try again.
heard-backup-live-damage = the vault's database did not pass a full check
heard-backup-live-damage-advice = Restore the newest sound backup under Settings, Backups. No older backup was removed.
heard-backup-unwritten = the backup could not be written
heard-backup-copy-unwritten = the copy cannot be written
heard-backup-space = Free some space on the disk, or choose another place. The vault and earlier backups are unchanged.
heard-backup-permissions = Check the permissions of the folder, or choose another place. The vault and earlier backups are unchanged.
heard-backup-folder = Choose a folder that exists, such as /media/stick.
heard-backup-disk = Check the disk, or choose another place. The vault and earlier backups are unchanged.
heard-backup-no-path = this is no whole path
heard-backup-not-closed = something still uses the vault, so nothing was restored
heard-backup-not-closed-advice = Unlock it and try again. The vault is as it was.
heard-backup-open = the vault is open
heard-backup-open-advice = Restore a backup under Settings, Backups.
heard-older-vault = this vault is older than it was when it was last used on this computer
heard-older-header = this vault's header is older than it was when it was last used on this computer
heard-older-pages = the vault's database is not as it was left when it was last closed
heard-older-mark = the note of how far this vault had come does not fit it
heard-older-advice = If you put an older copy there yourself, open it as it is. Else somebody or a backup program did: what came after it is missing. Restore the newest backup instead.
heard-older-pages-advice = Somebody changed the file, or put an older copy of it or of a part there. Restore the newest backup, or open it as it is if you know why.
heard-older-mark-advice = The vault may be an older one. Restore the newest backup, or open it as it is if you know why.

## Files of usage and of prices

heard-import-no-column = a needed column is not chosen
heard-import-no-column-advice = Choose which columns hold the time and the tokens, then import again. Nothing was changed.
heard-import-bad-rows = some rows cannot be imported
heard-import-bad-rows-advice = Correct them in the file, or import without them. Nothing was changed.
heard-file-large-mb = the file is larger than { $limit } MB
heard-file-large-kb = the file is larger than { $limit } KB
heard-file-no-rows = the file has no rows
heard-file-no-text = the file is not UTF-8 text from line { $line } on
heard-file-no-json = the file is not JSON from line { $line } on
heard-file-rows = the file has more than { $count } rows
heard-file-columns = the file has more than { $count } columns
heard-file-unknown = the file is not usage in a form that Signalbox knows
heard-file-fewer-days = Export fewer days at a time, and import one file after the other. Nothing was changed.
heard-file-header = Choose a file with a header and at least one row. Nothing was changed.
heard-file-utf8 = Save it as CSV or JSON in UTF-8, then choose it again. Nothing was changed.
heard-file-line = Correct that line, or export the file again. Nothing was changed.
heard-file-forms = Choose CSV or JSON Lines of usage logs, LiteLLM's spend logs, or a usage or cost export of OpenAI, Anthropic or Google Cloud. Nothing was changed.
heard-catalogue-line = line { $line } of the file is not as a catalogue has it
heard-catalogue-no-day = the file does not say the day of its prices as YYYY-MM-DD
heard-catalogue-models = the file has { $count } models
heard-catalogue-name = the model at place { $place } has no usable name
heard-catalogue-twice = { $model } is in the file twice
heard-catalogue-price = a price of { $model } is not a plain decimal number
heard-catalogue-window = the window or the longest answer of { $model } is not possible
heard-catalogue-shutdown = the day of shutdown of { $model } is not written as YYYY-MM-DD
heard-catalogue-choose = Choose a catalogue of models, a JSON file with "as_of" and "models". Nothing was changed.
heard-catalogue-day = Set "as_of" to the day on which the prices were true. Nothing was changed.
heard-catalogue-count = A catalogue has 1 to 5,000 models. Nothing was changed.
heard-catalogue-correct = Correct the entry in the file, then choose it again. Nothing was changed.
heard-catalogue-version = another catalogue has this version
heard-catalogue-version-advice = It was imported before in another form. Change its day, then choose it again.

## Tasks, routes and the gateway

heard-task-gone = there is no such task any more
heard-task-gone-advice = It was removed in the meantime; the list is read again.
heard-task-used = this task is in use
heard-task-used-advice = A task goes as long as it is one of your own, with nobody in its chain and no instructions.
heard-task-absent = there is no such task
heard-task-taken = there is a task of this name already
heard-provider-name-taken = another provider has this name
heard-routes-gone = a provider of these routes no longer exists
heard-routes-gone-advice = It was deleted in the meantime; the routes are read again.
heard-routes-chain = a chain has more than { $most } providers, or one of them twice
heard-routes-chain-advice = Name each provider once, then save again.
heard-routes-changed-advice = Look at them as they are now, then change them again.
heard-switch-off-advice = Turn it on first: a provider that is off serves nothing.
heard-prompt-large = this prompt is too large to be kept
heard-prompt-large-advice = Take some of what is attached away, then keep it.
heard-instructions-empty = the instructions are empty
heard-instructions-long = the instructions have { $count } characters
heard-instructions-hidden = the instructions hold invisible characters
heard-instructions-write = Write some, or go back to the built-in ones.
heard-task-no-endpoint = this task has no endpoint of its own
heard-task-no-endpoint-advice = Programs that ask for this task bring their own instructions.
heard-port-system = port { $port } belongs to the system
heard-port-choose = Choose a port from 1024 to 65535.
heard-port-unheard = cannot listen on port { $port }
heard-port-other = Choose another port for the gateway, or end the program that uses this one.
heard-port-again = Choose another port for the gateway, or start Signalbox again.
heard-key-closed = the key cannot be opened
heard-key-newer-advice = Open the vault with the newest version of Signalbox.
heard-key-closed-advice = Enter the key again. If you changed nothing, restore a backup.

## Settings, searches and exports

heard-search-long = the text to search for is too long
heard-search-letters = Enter at most { $most } letters.
heard-no-command = there is no such command
heard-official-build = Install an official build. Nothing was written.
heard-no-encryption = this build of Signalbox has no encryption for its database
heard-database-newer = a newer version of Signalbox wrote this vault's database
heard-database-other = the database does not belong to this vault's header
heard-database-protected = the database takes no changes just now
heard-rotation-not-whole = the copy under the new key is not whole
heard-rotation-log = The old key is still in force. Report it with the log file.
heard-keyring-switch-off = Use the vault password. If it happens again, switch the keyring off.
heard-kdf-bounds = the key derivation's parameters are outside their bounds
heard-no-random = the operating system gave no random numbers
heard-restart-computer = Restart the computer.
heard-restart-report = Start Signalbox again. If it stays, report it.
heard-zone-none = there is no such time zone
heard-zone-advice = Choose one from the list, such as Europe/Berlin.
heard-days-order = these are no days in order
heard-days-order-advice = Choose a first day and a last day not before it.
heard-days-pieces = so long a time has too many pieces
heard-days-pieces-advice = Choose fewer days or longer pieces.
heard-days-number = this number of days is not possible
heard-days-choose = Choose { $least } to { $most } days.
heard-no-chart = this is no chart of Signalbox
heard-no-chart-advice = Open the usage page again, then export.
heard-report-pdf = the report cannot be written as PDF
heard-report-pdf-advice = Export it for the browser, and print it from there.
heard-filter-many = the filter names too many things
heard-filter-many-advice = Name at most { $most } of a kind.
heard-idle-minutes = the vault cannot wait so long or so short
heard-idle-minutes-advice = Choose 1 to 60 minutes.
heard-no-file-manager = no file manager could be started
heard-no-file-manager-advice = Copy the path, and open it in a program of your own.
heard-no-program = no program could be started to show it
heard-open-url = Open { $url } in a browser of your own.
heard-settings-unused = the settings' file is not used: { $why }
heard-settings-unused-advice = Correct settings.json in the data folder and start again, or set what you want here, which writes it anew.
heard-kit-first-word = the first word is another one
heard-kit-second-word = the second word is another one
heard-kit-count-words = Look at your copy, and count the words from 1.

## Keys

heard-kept-other-host = the key from before was entered for another base URL
heard-kept-other-host-advice = It is never sent to another host. Set the base URL to { $url } again and go back then, or destroy this key.
heard-key-numbers = one of these numbers is not possible
heard-key-numbers-advice = Remind after { $remind } to { $remind_most } days or never, keep for { $keep } to { $keep_most } days, clear after { $clear } to { $clear_most } s.
heard-clipboard = the system's clipboard cannot be used
heard-clipboard-advice = Nothing was copied. Try again, or take the key from the vendor's page.

## Files for another vault

heard-share-large = this file is too large to hold configurations
heard-share-other = this is no file with configurations from Signalbox
heard-share-work = this file asks for more work than any honest one
heard-share-passphrase = that passphrase did not open the file
heard-share-recipient = this file was sealed for another vault
heard-share-no-passphrase = this file is not sealed with a passphrase
heard-share-with-passphrase = this file is sealed with a passphrase
heard-share-damaged = this file is damaged
heard-share-none = there are no configurations of Signalbox in this file
heard-share-count = this file has no configurations, or too many
heard-share-twice = this file names a configuration twice
heard-share-many = these are too many configurations for one file
heard-share-unsealed = the file could not be sealed
heard-share-enter = Enter the passphrase that it was sealed with.
heard-share-ask = Ask whoever sealed it, and check Caps Lock and the keyboard layout.
heard-share-leave-empty = Leave the passphrase empty: it was sealed for a vault's recipient.
heard-share-send-recipient = Send this vault's recipient, as the settings show it, to whoever sealed it, and ask for a file for it.
heard-share-choose = Choose a file that Signalbox exported for another vault; it ends in .age. Nothing was imported.
heard-share-again = Ask for the file again, or check that it came over whole. Nothing was imported.
heard-share-newest = Import it with the newest version of Signalbox. Nothing was imported.
heard-share-fewer = Choose fewer, and export the others into a second file.
heard-share-none-chosen = no configurations were chosen, or too many
heard-share-at-least = Choose at least one, and at most { $most }.
heard-share-no-recipient = This is no recipient. It begins with age1; copy it whole from the other vault's settings.
heard-share-entry = configuration { $number } of this file, { $name }, cannot be used
heard-share-entry-advice = Have it exported again by a vault in which it can be saved. Nothing was imported.
heard-share-changed = the providers were changed in the meantime
heard-share-changed-advice = Look at what the file would do now, then import it. Nothing was imported.
heard-share-identity = what opens files for this vault is damaged
heard-share-identity-advice = Ask for a file with a passphrase. If you changed nothing, restore a backup.

## Bundles that are looked at

heard-bundle-no-key = { $name } has no key
heard-bundle-elsewhere = It comes from another vault. Verify it there, or at its server.
heard-bundle-none = this is no bundle of Signalbox
heard-bundle-file-large = this file is too large to be a bundle
heard-bundle-algorithm = this bundle is signed by an algorithm that is not accepted
heard-bundle-untrusted = this bundle is signed by a key that is not trusted here
heard-bundle-not-genuine = the signature of this bundle is not genuine
heard-bundle-newer = a newer version of Signalbox made this bundle
heard-bundle-odd = this bundle is signed, and says something that is not understood
heard-bundle-for-other = this bundle was made for another server
heard-bundle-early = this bundle is not good yet
heard-bundle-over = this bundle has expired
heard-bundle-not-newer = this bundle is not newer than number { $serial }, which was accepted before
heard-bundle-sealed-for-other = what is in this bundle was sealed for another server
heard-bundle-damaged = what is in this bundle is damaged
heard-bundle-sealed-for-bundle = what is in this bundle was sealed for another bundle
heard-bundle-nothing = there is nothing to serve by in this bundle
heard-bundle-many = there are too many configurations in this bundle
heard-bundle-twice = this bundle names a configuration twice
heard-bundle-route = a route of this bundle names a configuration that is not in it
heard-bundle-field = a configuration in this bundle has a field that no form would take
heard-bundle-most-days = a bundle is good for at most { $days } days

## What a server shows to sync

heard-sync-rolled-back = the remote shows an older state than before, of { $count } configurations
heard-sync-many-gone = { $gone } of { $of } configurations are gone on the remote at once
heard-sync-swapped = number { $number } of the remote is another configuration than before
heard-sync-overtaken-here = the configuration was changed here in the meantime
heard-sync-not-learned = what was learned could not be kept: { $why }

## More news, on the desktop and in the corner

heard-budget-task = Task { $name }
heard-budget-user = User { $name }
heard-budget-sum = { $spent } of { $amount } spent.
heard-budget-sum-forecast = { $spent } of { $amount } spent, forecast { $low } to { $high }.
heard-budget-unpriced-one = 1 call without a known price is not in it.
heard-budget-unpriced = { $count } calls without a known price are not in it.
heard-budget-other = One other budget has news, too.
heard-budget-others = { $count } other budgets have news, too.
heard-jump-calls = { $whose }: { $times } times as many calls as usual
heard-jump-cost = { $whose }: { $times } times the usual cost
heard-jump-minute = { $seen } in the last minute, usual on { $day } at { $time } are { $usual }.
heard-jump-minutes = { $seen } in { $minutes } minutes, usual on { $day } at { $time } are { $usual }.
heard-jump-most = Most of it: { $name }.
heard-jump-most-task = Most of it: task { $task }.
heard-jump-most-user = Most of it: user { $user }.
heard-jump-most-name-task = Most of it: { $name }, task { $task }.
heard-jump-most-name-user = Most of it: { $name }, user { $user }.
heard-jump-most-task-user = Most of it: task { $task }, user { $user }.
heard-jump-most-all = Most of it: { $name }, task { $task }, user { $user }.
heard-day-monday = Monday
heard-day-tuesday = Tuesday
heard-day-wednesday = Wednesday
heard-day-thursday = Thursday
heard-day-friday = Friday
heard-day-saturday = Saturday
heard-day-sunday = Sunday

## The icon in the desktop's bar

heard-tray-lock = Lock
heard-tray-show = Show window
heard-tray-quit = Quit
heard-tray-default = Default provider
heard-tray-today = Today: { $cost }
heard-tray-today-partly = Today: { $cost } + { $count } unpriced
heard-tray-today-unknown = Today: cost unknown, { $count } unpriced

## The page's own words to the shell

heard-answer-odd = the program's answer is not understood
heard-refused-silently = the program refused without a reason
heard-window-anew = Try again. If it stays, close the window and start Signalbox anew.
