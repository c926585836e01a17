# What the settings' section of security, its dialogs and the recovery page say; it comes with the pages and with the layers.

## Section

security-section = Security
reading-security = Reading what opens the vault
change-password = Change password
password-line = Vault password
password-first = The one that the vault was made with. Changing it keeps all keys, the recovery kit and the system keyring.
password-changed = Changed { $when }. Changing it keeps all keys, the recovery kit and the system keyring.
kit-line = Recovery kit
kit-none = There is none. Without it a lost password loses the vault.
kit-made = Made { $when }, not used. A new kit replaces it.
kit-there = There is one, not used. A new kit replaces it.
make-kit = Make a kit
make-new-kit = Make a new kit
keyring-line = Unlock with system keyring
keyring-text = While you are signed in, any program that runs as you can then open the vault. The password is asked for again after 14 days.
keyring-on = Opens the vault until { $when }. Any program that runs as you can do so while you are signed in; the password is asked for again after that.
key-line = Vault key
key-first = The first one, under which everything here is encrypted.
key-changed = Replaced { $when }, number { $number }.
replace-key = Replace the key

## Another password

change-password-lede = All keys, the recovery kit and the system keyring go on working.
current-password = Current password
new-password = New password
change-confirm = Change password
password-is-changed = The password is changed
password-is-changed-detail = The old one opens nothing any more. Copies of the vault made before still open with it.

## Recovery kit

kit-title = New recovery kit
kit-lede = 24 words that open the vault when its password is lost.
kit-voids = If you have a kit already, it is void as soon as the new one is made.
kit-make = Make the kit
kit-shown-title = Save the recovery kit
kit-shown-lede = These 24 words open the vault when the password is lost. They are shown once.
kit-words = Words of the recovery kit
kit-vault = Vault { $id }, made { $when }
kit-save = Save a page to print
kit-saved = { $name } is in your folder for downloads. Print it, then delete it.
kit-keep = Keep it off this computer.
kit-keep-text = Paper in a locked drawer, or a second password manager. Whoever holds the words and the vault can open it.
kit-done = Done

## A new vault key

rotate-title = Replace the vault key
rotate-lede = Everything is encrypted anew under a new key: the database and every API key in it.
rotate-calls = Calls end, and the gateway pauses for some seconds. Steps can no longer be taken back.
rotate-kit = A recovery kit made before is void: make a new one afterwards.
rotate-confirm = Replace the key
rotate-closing = Calls are ending
rotate-copying = The database is being copied under the new key
rotate-sealing = API keys are being sealed anew
rotate-checking = The copy is being checked
rotate-switching = The vault changes over to the new key
rotate-done-title = The vault key is replaced
rotate-done = Everything is encrypted under the new key, and the old database is removed.
rotate-kit-void = Your recovery kit is void.
rotate-keyring-void = The system keyring did not answer: switch it on again.
rotate-backups = Backups made before still open with the old password and the old key.
rotate-close = Done

## Other ways in on the lock screen

keyring-asked = Waiting for the system keyring, three seconds at most

recover-title = Use the recovery kit
recover-lede = The kit opens the vault once. You choose a new password and get a new kit.
recover-words = The 24 words, in their order
recover-words-hint = Case, numbers and line breaks do not matter; four letters of a word are enough.
recover-confirm = Open the vault
recover-back = Back to the password
recover-enter = Go to the vault

## Configurations for other vaults

share-section = Other vaults
share-export = Export to another vault
share-export-text = Providers with their API keys, in a file that only a passphrase or one vault opens.
share-export-open = Export…
share-import = Import from another vault
share-import-text = You see what is in the file, and decide about each provider before anything changes.
share-import-open = Import…
share-recipient = This vault's recipient
share-recipient-text = Send it to whoever seals a file for this vault. It is no secret, and opens nothing.
share-make-recipient = Make a recipient
share-copy-recipient = Copy the recipient

share-export-lede = The file holds the API keys, sealed by age. Whoever opens it has them.
share-which = Providers
share-all = Choose all
share-none = Choose none
share-way = Sealed for
share-by-passphrase = A passphrase
share-by-recipient = A vault's recipient
share-passphrase = Passphrase
share-repeat = Repeat the passphrase
share-passphrase-hint = Tell it on another way than the file. It cannot be found again.
share-to = Recipient of the other vault
share-to-hint = It begins with age1, and stands in that vault's settings.
share-export-count = { $count ->
    [one] Export { $count } provider
   *[other] Export { $count } providers
}
share-exported = { $name } written
share-exported-detail = It is in the folder for downloads.

share-import-lede = Keys are stored in this vault. The default and the routes stay as they are.
share-file-hint = A file that ends in .age
share-passphrase-optional = Passphrase, if it was sealed with one
share-open = Look inside
share-import-none = Nothing to import
share-import-count = { $count ->
    [one] Import { $count } provider
   *[other] Import { $count } providers
}
share-imported = { $count ->
    [one] { $count } provider imported
   *[other] { $count } providers imported
}
share-imported-detail = { $added } added, { $replaced } with another key, { $skipped } left out. Keys were not tested.
share-too-large = The file is larger than 1 MB
share-too-large-advice = Choose a file that Signalbox exported for another vault.
share-made = Written { $time }, by the clock of the computer that wrote it.
share-entries = Providers in the file
share-configuration = Provider
share-becomes = What becomes of it
share-becomes-of = What becomes of { $name }
share-on = Switched on.
share-off = Switched off.
share-on-keyless = Switched on, without a key.
share-off-keyless = Switched off, without a key.
share-same-id = It is { $name } of this vault, as it was when it left.
share-same-name = This vault has { $name } already.
share-add = Add it
share-copy = Add it as { $name }
share-replace = Give its key to { $name }
share-skip = Leave it out

## Locking by itself

locking = Locking
idle-lock = Lock after inactivity
idle-lock-text = Also locks by Ctrl L and, on Linux, on suspend, with the desktop's lock screen and from the icon in the desktop's bar.
idle-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}

## The check of a new recovery kit

kit-check = I have a copy outside this computer
kit-check-lede = Two words of your copy, to see that it is one. They are hidden here meanwhile.
kit-word = Word { $place }
kit-confirm = Check
kit-again = Show the words again
kit-checked = Your copy is right.
kit-made-unchecked = Made { $when }, but nobody has shown to have a copy. Make a new one if you have none.
first-kit-title = Make a recovery kit
first-kit-lede = The vault is made. Without a kit a lost password loses it for good: nobody can reset it.
first-kit-later = Later
first-kit-later-text = You can make one in Settings at any time; a mark there reminds you.
first-kit-enter = Open the vault

## The program

reading-program = Reading what the program is set to
appearance = Appearance
language = Language
language-text = System follows the desktop. Messages of vendors come as they are.
language-system = System
theme = Theme
theme-text = System follows the desktop.
theme-light = Light
theme-dark = Dark
theme-system = System
rows = Row height
rows-text = Comfortable shows 52 px rows, compact 36 px.
rows-comfortable = Comfortable
rows-compact = Compact
motion = Reduce motion
motion-text = Follows the system when off.
logging = Logging
log-level = How much is logged
log-level-text = No key, prompt or answer is ever written, whatever you choose.
log-level-named = SIGNALBOX_LOG sets it to { $levels }; without that variable it is set here.
log-error = Errors
log-warn = Warnings
log-info = What happened
log-debug = Details
log-trace = Every step
log-folder = Log files
log-kept-text = The newest { $days } days are kept, { $size } now.
data-folder = Data folder
data-place = Where everything is
data-by-default = This system's place for the data of programs.
data-named = Set by SIGNALBOX_DATA_DIR.
data-move = Move it
data-move-text = Close Signalbox, move the folder, and start with its new path in the environment:
copy-path = Copy the path
open-folder = Open the folder
made-of = Made of
licences = Licences
licences-text = Of everything that this program is built from, as found when it was built.
licences-show = Show them
licences-none = This build carries no list.
licence = Licence
licence-of = Part
licence-version = Version
licence-text-of = Licence of { $name }
