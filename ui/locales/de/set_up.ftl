# Was die Dialoge um eine erste oder vollere Liste sagen: eine Beispielkonfiguration, ein erster Anbieter, ein Link.

## An example set-up

set-up-title = Mit einem Beispiel beginnen
set-up-choose = Beispiel
set-up-reading = Es wird gelesen, was entstünde
set-up-makes = Das entsteht
set-up-price = { $input } Eingabe, { $output } Ausgabe für 1 Mio. Token
set-up-prices-of = Preise vom { $day }.
set-up-instead = Anstelle von { $model }, das neuen Schlüsseln nicht mehr offensteht.
set-up-default = Standard
set-up-limits = { $daily } Token am Tag, { $monthly } im Monat
set-up-tasks = Erster für { $tasks }
set-up-routes = Routen
set-up-route-was = { $name } rückt einen Platz nach hinten.
set-up-default-was = { $name } ist dann nicht mehr der Standard.
set-up-key = API-Schlüssel von { $vendor }
set-up-key-optional = kann später folgen
set-up-key-get = Schlüssel holen
set-up-address = Unter anderer Adresse erreichbar
set-up-address-hint = Für einen eigenen Proxy. Leer ist die Adresse des Herstellers.
set-up-off = Ohne Schlüssel wird { $vendors } ausgeschaltet angelegt. Tragen Sie ihn später im Formular des Anbieters ein.
set-up-anyway = Trotzdem einrichten
set-up-anyway-hint = Was der Hersteller abgelehnt hat, ist dann aus; was nicht erreichbar war, bleibt an.
set-up-confirm = { $count ->
    [one] 1 Anbieter hinzufügen
   *[other] { $count } Anbieter hinzufügen
}
set-up-testing = Die Schlüssel werden getestet
set-up-done = { $count ->
    [one] 1 Anbieter wurde hinzugefügt
   *[other] { $count } Anbieter wurden hinzugefügt
}
set-up-done-off = { $count ->
    [0] Alle Schlüssel wurden getestet und funktionieren.
    [one] Einer ist aus: Er hat keinen Schlüssel, der funktioniert.
   *[other] { $count } sind aus: Sie haben keinen Schlüssel, der funktioniert.
}

## A first provider

first-title = Ihr erster Anbieter
first-lede = Fügen Sie einen Schlüssel ein. Signalbox erkennt, von wem er ist, schlägt ein Modell vor und testet beides, bevor etwas gespeichert wird.
first-key = API-Schlüssel
first-key-hint = Er wird in diesem Tresor versiegelt und nur an seinen Hersteller gesendet.
first-vendor = Hersteller
first-vendor-found = Am Anfang des Schlüssels erkannt. Ändern Sie es, wenn er für ein eigenes Gateway ist.
first-vendor-unknown = Dieser Schlüssel verrät nicht, von wem er ist. Wählen Sie den Hersteller.
first-model = Modell
first-no-catalogue = Der Katalog war nicht lesbar. Geben Sie den Namen des Modells so ein, wie der Hersteller ihn schreibt.
first-address = Basis-URL
first-address-hint = Wo die API erreichbar ist, etwa http://localhost:11434/v1.
first-serves = Alle Aufgaben übernehmen, die noch niemand hat
first-serves-hint = Er wird der Standard. Routen einzelner Aufgaben können später folgen.
first-save = Testen und speichern
first-testing = Der Hersteller wird gefragt
first-full = Alle Felder
first-later = Später
first-done-title = { $name } funktioniert
first-done = Antwort nach { $latency }. Er übernimmt jede Aufgabe, die keinen eigenen Anbieter hat.
first-done-off = Antwort nach { $latency }. Er übernimmt eine Aufgabe, sobald eine Route ihn nennt.
first-try = Im Playground ausprobieren
first-routes = Routen einrichten
first-close = Fertig

## A link that came in

link-title = Anbieter aus einem Link hinzufügen?
link-lede = Ein Link außerhalb von Signalbox schlägt das vor. Er enthält keinen Schlüssel, und nichts wird gespeichert, bevor Sie es im Formular gesehen haben.
link-vendor = Hersteller
link-name = Name
link-name-made = Aus Hersteller und Modell gebildet
link-model = Modell
link-model-open = Sie wählen es
link-address = Basis-URL
link-address-own = Die Adresse von { $vendor }
link-task = Erster für Aufgabe
link-task-none = Keine
link-task-unknown = { $task }, die dieser Tresor nicht hat und die wegfällt
link-not-vendor = Das ist nicht die Adresse von { $vendor }. Ein Schlüssel, den Sie eingeben, ginge dorthin.
link-private = Diese Adresse führt zu diesem Computer oder in sein Netz.
link-plain = Diese Adresse nutzt einfaches http: Jeder dazwischen kann den Schlüssel lesen.
link-continue = Im Formular ansehen

## Further actions of the palette

act-first = Den ersten Anbieter mit seinem Schlüssel hinzufügen
act-set-up = Mit einem Beispiel beginnen: { $name }
act-default = { $name } zum Standard machen
act-duplicate = { $name } duplizieren
act-delete = { $name } löschen
act-task = Aufgabe, Erster: { $name }
act-task-nobody = Aufgabe, vom Standard übernommen
act-new-budget = Budget hinzufügen
act-import-usage = Nutzung aus einer Datei importieren
act-reprice = Frühere Aufrufe neu bewerten
act-retention = Wählen, wie lange Aufrufe erhalten bleiben
act-verify-usage = Summen des Nutzungsprotokolls prüfen
act-rebuild-usage = Summen des Nutzungsprotokolls neu bilden
act-restore-catalogue = Zum Katalog dieser Version zurück
act-gateway-token = Token für das Gateway erzeugen
act-password = Tresorpasswort ändern
act-kit = Notfall-Kit erstellen
act-vault-key = Tresorschlüssel ersetzen
act-export = Anbieter für einen anderen Tresor exportieren
act-import = Anbieter aus einem anderen Tresor importieren
act-connect = Mit einem Server verbinden
act-add-server = Server für Bundles hinzufügen
act-select-none = Auswahl aufheben
act-clear-filters = Filter der Liste löschen
act-undo = Letzte Änderung rückgängig machen
act-own-order = Liste von Hand ordnen
act-move-up = { $name } nach oben
act-move-down = { $name } nach unten

## Deleting several

delete-many-title = { $count ->
    [one] 1 Anbieter löschen?
   *[other] { $count } Anbieter löschen?
}
delete-many-lede = Ihre Schlüssel werden hier gelöscht; bei ihren Herstellern gelten sie weiter.
delete-many-type = Zum Bestätigen { $count } eingeben
delete-many-confirm = { $count ->
    [one] 1 Anbieter löschen
   *[other] { $count } Anbieter löschen
}
delete-many-tasks = { $count ->
    [one] 1 Aufgabe verliert ihren Ersten: { $tasks }.
   *[other] { $count } Aufgaben verlieren ihren Ersten: { $tasks }.
}
delete-many-default = Der Standard ist darunter. Aufgaben, die niemand hat, hat dann niemand.
delete-many-more = und { $count } weitere
reach-not-now = Das geht gerade nicht
reach-not-now-text = Die Seite hat gerade nichts dergleichen, oder es ist im jetzigen Zustand nicht benutzbar.
act-add-task = Aufgabe hinzufügen
reach-marked-test = Markierte testen
reach-marked-on = Markierte einschalten
reach-marked-off = Markierte ausschalten
reach-marked-delete = Markierte löschen
reach-stop-tests = Tests anhalten
reach-discard-routes = Änderungen der Routen verwerfen
reach-run = Prompt ausführen
reach-stop-run = Antworten anhalten
reach-add-model = Modell zum Playground hinzufügen
reach-export-usage = Nutzung exportieren: Bericht, Tabelle, Diagramm
reach-export-bundle = Bundle exportieren
reach-verify-bundle = Bundle prüfen
reach-check-now = Unterschiede zum Server ansehen
reach-verify-history = Verlauf prüfen
reach-export-history = Verlauf exportieren
reach-back-up = Jetzt sichern
reach-back-ups = Automatische Sicherungen umstellen
reach-undo-restore = Letzte Wiederherstellung zurücknehmen
reach-back-up-there = An einen anderen Ort sichern oder von dort wiederherstellen
reach-open-backups = Ordner der Sicherungen öffnen
reach-import-catalogue = Preiskatalog importieren
reach-gateway = Gateway ein- oder ausschalten
reach-port = Port des Gateways wählen
reach-keyring = Schlüsselbund ein- oder ausschalten
reach-enrol = Authenticator-App einrichten
reach-idle = Zeit bis zum Sperren wählen
reach-theme = Farbschema wählen
reach-rows = Zeilenhöhe wählen
reach-language = Sprache wählen
reach-motion = Weniger Bewegung wählen
reach-log = Umfang des Protokolls wählen
reach-licences = Lizenzen zeigen
reach-recipient = Empfänger für diesen Tresor erzeugen
reach-address = Adresse des Gateways kopieren
palette-recent = Zuletzt
palette-tasks = Aufgaben
palette-places = Gehe zu
palette-open-in-edit = Bearbeiten
act-usage = Nutzung von { $name }
act-simulate = Ausfall von { $name } simulieren
act-new-quota = Kontingent eines Benutzers hinzufügen
reach-saved-prompts = Einen aufbewahrten Prompt wählen
reach-all-calls = Alle Aufrufe der gewählten Tage zeigen
reach-all-usage = Wieder die Nutzung aller Aufrufe zeigen
reach-source = Die Nutzung eines Servers zeigen
reach-see-alerts = Meldungen der Budgets als gesehen markieren
reach-see-jumps = Sprünge der Nutzung als gesehen markieren
reach-save-key = Den öffentlichen Signaturschlüssel speichern
reach-copy-key = Den öffentlichen Signaturschlüssel kopieren
reach-change-key = Den Signaturschlüssel ersetzen
reach-push = Unterschiede an den Server senden
reach-pull = Unterschiede vom Server holen
reach-sync-all = Alle Unterschiede abgleichen
reach-renew-codes = Wiederherstellungscodes erneuern
reach-remove-totp = Authenticator-App entfernen
reach-key-settings = Wählen, wann Schlüssel alt sind und wie lange ersetzte bleiben
reach-limit-zone = Wählen, nach wessen Tagen Limits gezählt werden
reach-usage-zone = Wählen, nach wessen Tagen Nutzung gezählt wird
reach-single-keys = Kurzbefehle aus einer Taste ein- oder ausschalten
reach-open-logs = Ordner der Protokolle öffnen
reach-open-data = Datenordner öffnen
reach-copy-recipient = Empfänger dieses Tresors kopieren
