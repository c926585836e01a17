# Was der Abschnitt „Sicherheit“, seine Dialoge und die Seite der Wiederherstellung sagen.

## Section

security-section = Sicherheit
reading-security = Es wird gelesen, was den Tresor öffnet
change-password = Passwort ändern
password-line = Tresorpasswort
password-first = Das, mit dem der Tresor angelegt wurde. Eine Änderung lässt alle Schlüssel, das Notfall-Kit und den System-Schlüsselbund gültig.
password-changed = Geändert { $when }. Eine Änderung lässt alle Schlüssel, das Notfall-Kit und den System-Schlüsselbund gültig.
kit-line = Notfall-Kit
kit-none = Es gibt keines. Ohne Kit ist der Tresor mit dem Passwort verloren.
kit-made = Erstellt { $when }, nicht benutzt. Ein neues Kit ersetzt es.
kit-there = Es gibt eines, nicht benutzt. Ein neues Kit ersetzt es.
make-kit = Kit erstellen
make-new-kit = Neues Kit erstellen
keyring-line = Mit System-Schlüsselbund entsperren
keyring-text = Solange Sie angemeldet sind, kann dann jedes Programm, das unter Ihrem Namen läuft, den Tresor öffnen. Nach 14 Tagen wird das Passwort wieder verlangt.
keyring-on = Öffnet den Tresor bis { $when }. Jedes Programm, das unter Ihrem Namen läuft, kann das tun, solange Sie angemeldet sind; danach wird das Passwort wieder verlangt.
key-line = Tresorschlüssel
key-first = Der erste, unter dem hier alles verschlüsselt ist.
key-changed = Ersetzt { $when }, Nummer { $number }.
replace-key = Schlüssel ersetzen

## Another password

change-password-lede = Alle Schlüssel, das Notfall-Kit und der System-Schlüsselbund funktionieren weiter.
current-password = Bisheriges Passwort
new-password = Neues Passwort
change-confirm = Passwort ändern
password-is-changed = Das Passwort ist geändert
password-is-changed-detail = Das alte öffnet nichts mehr. Früher angefertigte Kopien des Tresors öffnet es weiterhin.

## Recovery kit

kit-title = Neues Notfall-Kit
kit-lede = 24 Wörter, die den Tresor öffnen, wenn sein Passwort verloren ist.
kit-voids = Ein schon vorhandenes Kit wird ungültig, sobald das neue erstellt ist.
kit-make = Kit erstellen
kit-shown-title = Notfall-Kit sichern
kit-shown-lede = Diese 24 Wörter öffnen den Tresor, wenn das Passwort verloren ist. Sie werden nur einmal gezeigt.
kit-words = Wörter des Notfall-Kits
kit-vault = Tresor { $id }, angelegt { $when }
kit-save = Seite zum Drucken speichern
kit-saved = { $name } liegt in Ihrem Download-Ordner. Drucken Sie die Seite aus und löschen Sie sie dann.
kit-keep = Nicht auf diesem Computer aufbewahren.
kit-keep-text = Papier in einer verschlossenen Schublade oder ein zweiter Passwortmanager. Wer die Wörter und den Tresor hat, kann ihn öffnen.
kit-done = Fertig

## A new vault key

rotate-title = Tresorschlüssel ersetzen
rotate-lede = Alles wird unter einem neuen Schlüssel neu verschlüsselt: die Datenbank und jeder API-Schlüssel darin.
rotate-calls = Aufrufe enden, und das Gateway pausiert einige Sekunden. Schritte lassen sich danach nicht mehr rückgängig machen.
rotate-kit = Ein früher erstelltes Notfall-Kit wird ungültig: Erstellen Sie danach ein neues.
rotate-confirm = Schlüssel ersetzen
rotate-closing = Aufrufe enden
rotate-copying = Die Datenbank wird unter dem neuen Schlüssel kopiert
rotate-sealing = API-Schlüssel werden neu versiegelt
rotate-checking = Die Kopie wird geprüft
rotate-switching = Der Tresor wechselt zum neuen Schlüssel
rotate-done-title = Der Tresorschlüssel ist ersetzt
rotate-done = Alles ist unter dem neuen Schlüssel verschlüsselt, und die alte Datenbank ist entfernt.
rotate-kit-void = Ihr Notfall-Kit ist ungültig.
rotate-keyring-void = Der System-Schlüsselbund hat nicht geantwortet: Schalten Sie ihn wieder ein.
rotate-backups = Frühere Sicherungen öffnen sich weiter mit dem alten Passwort und dem alten Schlüssel.
rotate-close = Fertig

## Other ways in on the lock screen

keyring-asked = Warten auf den System-Schlüsselbund, höchstens drei Sekunden

recover-title = Notfall-Kit verwenden
recover-lede = Das Kit öffnet den Tresor einmal. Sie wählen ein neues Passwort und erhalten ein neues Kit.
recover-words = Die 24 Wörter in ihrer Reihenfolge
recover-words-hint = Groß- und Kleinschreibung, Nummern und Zeilenumbrüche sind gleichgültig; vier Buchstaben eines Wortes genügen.
recover-confirm = Tresor öffnen
recover-back = Zurück zum Passwort
recover-enter = Zum Tresor

## Configurations for other vaults

share-section = Andere Tresore
share-export = In einen anderen Tresor exportieren
share-export-text = Anbieter mit ihren API-Schlüsseln in einer Datei, die nur eine Passphrase oder ein bestimmter Tresor öffnet.
share-export-open = Exportieren…
share-import = Aus einem anderen Tresor importieren
share-import-text = Sie sehen, was in der Datei ist, und entscheiden über jeden Anbieter, bevor sich etwas ändert.
share-import-open = Importieren…
share-recipient = Empfänger dieses Tresors
share-recipient-text = Geben Sie ihn dem, der eine Datei für diesen Tresor versiegelt. Er ist nicht geheim und öffnet nichts.
share-make-recipient = Empfänger erstellen
share-copy-recipient = Empfänger kopieren

share-export-lede = Die Datei enthält die API-Schlüssel, mit age versiegelt. Wer sie öffnet, hat sie.
share-which = Anbieter
share-all = Alle wählen
share-none = Keinen wählen
share-way = Versiegelt für
share-by-passphrase = Eine Passphrase
share-by-recipient = Empfänger eines Tresors
share-passphrase = Passphrase
share-repeat = Passphrase wiederholen
share-passphrase-hint = Teilen Sie sie auf einem anderen Weg mit als die Datei. Sie lässt sich nicht wiederfinden.
share-to = Empfänger des anderen Tresors
share-to-hint = Er beginnt mit age1 und steht in den Einstellungen jenes Tresors.
share-export-count = { $count ->
    [one] { $count } Anbieter exportieren
   *[other] { $count } Anbieter exportieren
}
share-exported = { $name } geschrieben
share-exported-detail = Die Datei liegt im Download-Ordner.

share-import-lede = Schlüssel werden in diesem Tresor gespeichert. Standard und Routen bleiben, wie sie sind.
share-file-hint = Eine Datei, die auf .age endet
share-passphrase-optional = Passphrase, falls mit einer versiegelt
share-open = Hineinsehen
share-import-none = Nichts zu importieren
share-import-count = { $count ->
    [one] { $count } Anbieter importieren
   *[other] { $count } Anbieter importieren
}
share-imported = { $count ->
    [one] { $count } Anbieter importiert
   *[other] { $count } Anbieter importiert
}
share-imported-detail = { $added } hinzugefügt, { $replaced } mit anderem Schlüssel, { $skipped } ausgelassen. Schlüssel wurden nicht getestet.
share-too-large = Die Datei ist größer als 1 MB
share-too-large-advice = Wählen Sie eine Datei, die Signalbox für einen anderen Tresor exportiert hat.
share-made = Geschrieben { $time }, nach der Uhr des Computers, der sie geschrieben hat.
share-entries = Anbieter in der Datei
share-configuration = Anbieter
share-becomes = Was daraus wird
share-becomes-of = Was aus { $name } wird
share-on = Eingeschaltet.
share-off = Ausgeschaltet.
share-on-keyless = Eingeschaltet, ohne Schlüssel.
share-off-keyless = Ausgeschaltet, ohne Schlüssel.
share-same-id = Das ist { $name } dieses Tresors, wie er war, als er ihn verließ.
share-same-name = Dieser Tresor hat schon { $name }.
share-add = Hinzufügen
share-copy = Als { $name } hinzufügen
share-replace = Seinen Schlüssel an { $name } geben
share-skip = Auslassen

## Locking by itself

locking = Sperren
idle-lock = Bei Untätigkeit sperren
idle-lock-text = Sperrt auch mit Strg L und unter Linux beim Ruhezustand, mit dem Sperrbildschirm des Desktops und über das Symbol in der Leiste des Desktops.
idle-minutes = { $count ->
    [one] 1 Minute
   *[other] { $count } Minuten
}

## The check of a new recovery kit

kit-check = Ich habe eine Kopie außerhalb dieses Computers
kit-check-lede = Zwei Wörter Ihrer Kopie, um zu sehen, dass es eine ist. Solange sind sie hier verborgen.
kit-word = Wort { $place }
kit-confirm = Prüfen
kit-again = Wörter noch einmal zeigen
kit-checked = Ihre Kopie stimmt.
kit-made-unchecked = Erstellt { $when }, aber niemand hat gezeigt, dass er eine Kopie hat. Erstellen Sie ein neues, wenn Sie keine haben.
first-kit-title = Notfall-Kit erstellen
first-kit-lede = Der Tresor ist angelegt. Ohne Kit ist er mit dem Passwort endgültig verloren: Niemand kann es zurücksetzen.
first-kit-later = Später
first-kit-later-text = Sie können jederzeit in den Einstellungen eines erstellen; eine Markierung dort erinnert Sie daran.
first-kit-enter = Tresor öffnen

## The program

reading-program = Einstellungen des Programms werden gelesen
appearance = Darstellung
language = Sprache
language-text = „System“ folgt dem Desktop. Meldungen der Hersteller erscheinen, wie sie kommen.
language-system = System
theme = Farbschema
theme-text = „System“ folgt dem Desktop.
theme-light = Hell
theme-dark = Dunkel
theme-system = System
rows = Zeilenhöhe
rows-text = „Geräumig“ zeigt Zeilen von 52 px, „Kompakt“ von 36 px.
rows-comfortable = Geräumig
rows-compact = Kompakt
motion = Bewegung verringern
motion-text = Ausgeschaltet folgt es dem System.
logging = Protokollierung
log-level = Wie viel protokolliert wird
log-level-text = Kein Schlüssel, Prompt oder Antworttext wird je geschrieben, gleich was Sie wählen.
log-level-named = SIGNALBOX_LOG setzt { $levels }; ohne diese Variable wird es hier eingestellt.
log-error = Fehler
log-warn = Warnungen
log-info = Was geschah
log-debug = Einzelheiten
log-trace = Jeder Schritt
log-folder = Protokolldateien
log-kept-text = Die neuesten { $days } Tage werden aufbewahrt, derzeit { $size }.
data-folder = Datenordner
data-place = Wo alles liegt
data-by-default = Der Ort dieses Systems für Daten von Programmen.
data-named = Durch SIGNALBOX_DATA_DIR gesetzt.
data-move = Verschieben
data-move-text = Schließen Sie Signalbox, verschieben Sie den Ordner, und starten Sie mit dem neuen Pfad in der Umgebung:
copy-path = Pfad kopieren
open-folder = Ordner öffnen
made-of = Bestandteile
licences = Lizenzen
licences-text = Von allem, woraus dieses Programm gebaut ist, wie beim Bauen vorgefunden.
licences-show = Anzeigen
licences-none = Dieser Build enthält keine Liste.
licence = Lizenz
licence-of = Bestandteil
licence-version = Version
licence-text-of = Lizenz von { $name }
