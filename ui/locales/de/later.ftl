# Texte der Seiten und Ebenen, die mit ihnen kommen.

reading-page = Seite wird geöffnet
delete-name = { $name } löschen
close = Schließen
close-esc = Schließen (Esc)
save = Speichern
reload = Neu laden
added = { $name } hinzugefügt
saved = { $name } gespeichert
saved-off = Er bleibt aus, bis ein Test gelingt und Sie ihn einschalten.
edit-title = { $name } bearbeiten
field-type = Typ
type-fixed = Nach dem Anlegen fest
compatible = Kompatibel
models = Modelle
show-models = Modelle anzeigen
price-head = Pro 1 Mio. ein / aus
context-head = Kontext
capabilities-head = Bilder, PDF, Werkzeuge
models-foot = { $shown } von { $known } Modellen. Preise vom { $day }. Ein nicht gelisteter Name wird angenommen; seine Kosten gelten dann als unbekannt.
model-unlisted = Nicht im Katalog. Er wird verwendet, wie er dasteht; seine Kosten gelten als unbekannt.
model-leaving = läuft aus
model-closed = Kürzlich erstellte Schlüssel können dieses Modell nicht verwenden. Wählen Sie ein anderes, wenn der Test es nicht findet.
model-shuts-down = Der Hersteller schaltet dieses Modell am { $day } ab. Planen Sie seinen Nachfolger.
model-shut-down = Der Hersteller hat dieses Modell am { $day } abgeschaltet. Wählen Sie ein anderes.
prices = { $input } ein, { $output } aus pro 1 Mio.
context = { $tokens } Kontext
capability-vision = Bilder
capability-pdf = PDF
capability-tools = Werkzeuge
capability-json = JSON
capability-reasoning = Schlussfolgern
tasks-remark = Nur erster Platz
add-task = Aufgabe hinzufügen
task-added = Aufgabe { $task } hinzugefügt
add = Hinzufügen
new-task-name = Name der neuen Aufgabe
new-task-hint = Kleinbuchstaben, Ziffern und _, etwa cover_letter. Anwendungen fragen unter diesem Namen nach ihr.
held-by = Gehalten von
held-by-nobody = Von niemandem gehalten
held-here = Von diesem Anbieter gehalten
gives-up = Von diesem Anbieter abgegeben
takes-from = Übernommen von
takes-free = Von diesem Anbieter übernommen
tokens = Token
used-today = heute { $used } verbraucht
used-in-month = { $used } verbraucht im { $month ->
        [1] Januar
        [2] Februar
        [3] März
        [4] April
        [5] Mai
        [6] Juni
        [7] Juli
        [8] August
        [9] September
        [10] Oktober
        [11] November
       *[12] Dezember
    }
optional = Optional
active-hint = Routen dürfen ihn verwenden.
active-hint-off = Er behält seine Aufgaben, und andere bedienen sie solange. Der Standard lässt sich nicht ausschalten.
default-hint = Übernimmt jede Aufgabe, die niemand hält.
advanced = Erweitert
url-default = Standard
url-hint = Muss mit https:// beginnen. Einfaches http nur für diesen Computer, außer Sie erlauben es.
url-hint-compatible = Wo die API liegt, oft mit /v1 am Ende. Einfaches http nur für diesen Computer, außer Sie erlauben es.
allow-http = Einfaches http zu diesem Host erlauben
allow-http-hint = Jeder auf dem Weg kann den Schlüssel und die Anfragen lesen.
own-prices = Eigene Preise
own-prices-remark = Anstelle der Katalogpreise
usd-per-million = pro 1 Mio.
unit-seconds = Sekunden
unit-calls = Aufrufe
not-graded = nicht benotet
quality-hint = 1 bis 5, 5 ist am besten. Automatische Routen können eine Mindestnote verlangen.
price-of-catalogue = Katalog
price-of-input = wie Eingabe
error-dollars = Geben Sie Dollar ein, mit Punkt: etwa 25.50. Oder lassen Sie es leer.
error-price-half = Geben Sie Ein- und Ausgabe an, oder lassen Sie alle Preise leer.
created = Angelegt { $day } von { $actor }.
updated = Geändert { $age }.
error-no-key = Fügen Sie den API-Schlüssel ein.
error-limit-small = Geben Sie 1 oder mehr ein, oder lassen Sie es leer.
error-limit-digits = Geben Sie nur Ziffern ein, etwa 30,000,000, oder lassen Sie es leer.
fields-need-change =
    { $count ->
        [one] 1 Feld ist zu ändern:
       *[other] { $count } Felder sind zu ändern:
    }
discard-question =
    { $count ->
        [one] 1 ungespeicherte Änderung verwerfen?
       *[other] { $count } ungespeicherte Änderungen verwerfen?
    }
keep-editing = Weiter bearbeiten
discard = Verwerfen
no-changes = Keine Änderungen
unsaved-changes =
    { $count ->
        [one] 1 ungespeicherte Änderung
       *[other] { $count } ungespeicherte Änderungen
    }
tested-before-saving = Der Schlüssel wird vor dem Speichern getestet
save-anyway = Trotzdem speichern
anyway-off = Der Test ist fehlgeschlagen. Trotzdem gespeichert, bleibt er aus
anyway-offline = Nicht erreichbar. Trotzdem gespeichert, gilt er wie hier eingestellt
delete-title = { $name } löschen?
delete-lede = Sein Schlüssel wird in diesem Tresor vernichtet. Er bleibt bei { $vendor } gültig, bis Sie ihn dort widerrufen.
delete-lede-compatible = Sein Schlüssel wird in diesem Tresor vernichtet. Er bleibt beim Server gültig, bis er dort widerrufen wird.
delete-lede-no-key = Er hat keinen Schlüssel. Seine Einstellungen verlassen diesen Tresor.
tasks-lose-primary =
    { $count ->
        [one] 1 Aufgabe verliert ihren ersten Anbieter.
       *[other] { $count } Aufgaben verlieren ihren ersten Anbieter.
    }
task-moves-to = geht an { $name }.
task-has-nobody = hat niemanden.
delete-loses-default = Dann ist kein Anbieter der Standard: Aufgaben, die niemand hält, werden nicht bedient.
delete-keeps-usage =
    { $count ->
        [one] 1 Aufruf bleibt unter seinem Namen im Nutzungsprotokoll.
       *[other] { $count } Aufrufe bleiben unter seinem Namen im Nutzungsprotokoll.
    }
type-name = Geben Sie zur Bestätigung den Namen ein
delete-undo = Sie können dies rückgängig machen, bis der Tresor gesperrt wird, höchstens zwanzig Schritte zurück.
delete-provider = Anbieter löschen
routes-context =
    { $tasks ->
        [one] 1 Aufgabe
       *[other] { $tasks } Aufgaben
    }
routes-unsaved = { $tasks }, { $changes }
reading-routes = Routen werden gelesen
task-chains = Ketten der Aufgaben
chains-hint = Erster zuerst, dann Ersatz. Ziehen oder Leertaste und Pfeiltasten
needs-line = Braucht { $needs }
capability-context = Kontext
capability-text = Text
lack-context = den Kontext fassen
lack-pdf = PDF lesen
lack-vision = Bilder lesen
lack-json = ein JSON-Schema einhalten
lack-tools = Werkzeuge aufrufen
joined-or = { $most } oder { $last }
standing-off = Ausgeschaltet
standing-down = Zurzeit ausgefallen
standing-degraded = Zurzeit beeinträchtigt
standing-lacks = Kann nicht: { $lacks }
node-label = { $name }, { $model }, { $place } von { $count }
node-noted = { $label }. { $note }
node-help = Leertaste hebt ihn an, Pfeiltasten bewegen ihn, Leertaste legt ihn ab, Esc setzt ihn zurück. Entf entfernt ihn.
node-lifted = { $name } angehoben, { $place } von { $count }. Pfeiltasten bewegen ihn, Leertaste legt ihn ab, Esc setzt ihn zurück.
node-moved = { $name }, { $place } von { $count }
node-dropped = { $name } abgelegt, { $place } von { $count }
node-back = { $name } ist wieder, wo er war
chain-of = Kette von { $task }
chain-empty = Hier steht niemand. Der Standardanbieter übernimmt diese Aufgabe, falls es einen gibt.
chain-idle = Der günstigste, der genügt, übernimmt. Diese Kette bleibt für die anderen Modi erhalten.
add-to = Anbieter zu { $task } hinzufügen
add-member-hint = Name oder Modell suchen
no-member-left = Alle Anbieter stehen in dieser Kette.
no-member-found = Kein Anbieter passt.
route-settings = Modus und Bedarf von { $task }
explain-route = Warum dieser Anbieter für { $task }
remove-from = { $name } aus { $task } entfernen
remove-from-chain = Aus der Kette entfernen
route-mode = Modus
mode-chain = Kette
mode-split = Aufteilung
mode-auto = Automatisch
mode-chain-hint = Der erste, der es kann, übernimmt; fällt er aus, der nächste.
mode-split-hint = Nach Gewicht, für denselben Aufrufer derselbe. Fällt er aus, der Rest der Kette in ihrer Reihenfolge.
mode-auto-hint = Der günstigste aktive Anbieter, der Bedarf und Grenzen erfüllt.
route-needs = Bedarf
needs-context = Kontext mindestens
needs-any = beliebig
weights = Gewichte
bound-latency = p95 höchstens
bound-quality = Note mindestens
no-bound = keine Grenze
milliseconds = ms
grade-range = 1 bis 5
error-grade = Geben Sie 1 bis 5 ein, oder lassen Sie es leer.
error-weight = Geben Sie 0 bis 1000 ein.
explaining = Das Gateway wird gefragt
explains-saved = Dies betrifft die gespeicherte Route, nicht die Änderungen oben.
at-most = höchstens { $cost }
rule-chain = Die Kette der Aufgabe entscheidet.
rule-split = Die Aufteilung der Aufgabe entscheidet.
rule-auto = Der günstigste, der genügt, übernimmt.
rule-default = Niemand in der Kette ist eingeschaltet, daher übernimmt der Standard.
rule-named = Der Aufrufer nennt, wen er fragt.
rule-none = Zurzeit kann niemand diese Aufgabe übernehmen.
verdict-chosen = Übernimmt den Aufruf.
verdict-next = Wird als Nächster versucht, wenn die darüber ausfallen.
verdict-off = Ist ausgeschaltet.
verdict-no-key = Hat keinen Schlüssel für seine Basis-URL.
verdict-key-refused = Sein Schlüssel wurde abgelehnt; geben Sie einen anderen ein, oder testen Sie den vorhandenen.
verdict-lacks = Sein Modell kann nicht: { $lacks }.
verdict-breaker = Zu viele seiner letzten Aufrufe schlugen fehl; er wird { $time } wieder versucht.
verdict-cooling = Der Hersteller bat, bis { $time } zu warten.
verdict-limit = Sein Limit { $kind ->
        [concurrent_calls] gleichzeitiger Aufrufe
       *[other] der Nutzung
    } lässt { $left } von { $cap } übrig, zu wenig für den Aufruf.
verdict-limit-never = Sein Limit von { $kind ->
        [daily_cost] { $cap } am Tag
        [monthly_cost] { $cap } im Monat
        [monthly_tokens] { $cap } Token im Monat
        [tokens_per_minute] { $cap } Token pro Minute
        [user_daily_tokens] { $cap } Token eines Benutzers am Tag
        [user_monthly_tokens] { $cap } Token eines Benutzers im Monat
       *[other] { $cap } Token am Tag
    } ist kleiner als dieser Aufruf allein.
verdict-limit-resets = { $kind ->
        [daily_tokens] Sein Tageslimit für Token
        [monthly_tokens] Sein Monatslimit für Token
        [daily_cost] Sein Tageslimit für Kosten
        [monthly_cost] Sein Monatslimit für Kosten
        [requests_per_minute] Sein Limit für Anfragen pro Minute
        [tokens_per_minute] Sein Limit für Token pro Minute
        [user_daily_tokens] Das Tageskontingent des Benutzers
        [user_monthly_tokens] Das Monatskontingent des Benutzers
        [user_requests_per_minute] Das Limit des Benutzers für Anfragen pro Minute
       *[other] Sein Limit
    } lässt { $left } von { $cap } übrig, zu wenig für den Aufruf. Es beginnt { $time } neu.
verdict-slow = Zu langsam: Sein p95 ist { $latency }.
verdict-quality = Mit { $grade } benotet, unter der Mindestnote.
verdict-ungraded = Noch nicht benotet, also unter jeder Mindestnote.
verdict-price = Sein Preis ist nicht bekannt, daher kann er nicht der günstigste sein.
verdict-not-in-route = Steht in keiner Kette dieser Aufgabe.
task-instructions = Anweisungen des Aufgaben-Endpunkts
prompt-own = Eigene
prompt-built-in = Eingebaut
task-instructions-hint = Wird vor der Eingabe jedes Aufrufs an den Endpunkt dieser Aufgabe gesendet. Hier sofort gespeichert, nicht mit den Routen.
prompt-of-callers = Diese Aufgabe hat keinen eigenen Endpunkt: Programme, die nach ihr fragen, bringen ihre Anweisungen mit.
use-built-in-prompt = Zurück zu den eingebauten
save-task-prompt = Anweisungen speichern
routes-conflict = Jemand hat die Routen geändert, seit sie hier gelesen wurden.
routes-conflict-advice = Laden Sie sie neu und verlieren Sie Ihre Änderungen, oder legen Sie Ihre darüber.
reload-routes = Neu laden
keep-changes = Meine darüberlegen
no-tasks = Es gibt noch keine Aufgabe.
capability-match = Abgleich der Fähigkeiten
matrix-of = Aufgabe der Matrix
matrix-member = Glied der Kette
matrix-context = Kontext, { $tokens }
matrix-needed = { $capability }, benötigt
matrix-more = Die ersten { $shown } von { $members } aktiven Anbietern.
cell-yes = Ja
cell-no = Nein
cell-missing = Fehlt
cell-unknown = Unbekannt
gaps =
    { $count ->
        [one] 1 Lücke
       *[other] { $count } Lücken
    }
gap-sentence = { $name } kann nicht: { $lacks }. Ein Wechsel zu ihm würde bei solchen Aufrufen scheitern.
simulate-failure = Ausfall simulieren
simulate-provider = Anbieter
simulate-kind = Ausfall
failure-down = Ausgefallen
failure-rate-limit = Ratenlimit
failure-slow = Langsam
no-change = Keine Änderung
nobody = Niemand
effect-nobody = Aufrufe würden fehlschlagen: Niemand sonst kann es übernehmen.
effect-then = Dann { $name }.
effect-last = Nach ihm kommt niemand.
effect-degraded = Zurzeit beeinträchtigt. { $after }
effect-down = Zurzeit ausgefallen. { $after }
effect-same-vendor = Derselbe Hersteller: Ein Ausfall dort trifft beide. { $after }
effect-latency = p50 von { $now } auf { $then }.
effect-cost = { $now } auf { $then } pro Aufruf.
effect-cost-same = { $cost } pro Aufruf, unverändert.
preview-note = Eine Vorschau der Routen, wie sie hier stehen. Es wird nichts an einen Anbieter gesendet.
keys-move-node = Glied einer Kette anheben und ablegen
reading-health = Zustand der Anbieter wird gelesen
check-all = Alle jetzt prüfen
checked-every = Alle { $every } geprüft, zuletzt { $time }
checked-never = Alle { $every } geprüft, bisher noch nicht
column-day = Letzte 24 Stunden
column-up = Verfügbar
column-errors-hour = Fehler 1 h
column-errors-day = 24 h
column-breaker = Schutzschalter
breaker-until = Wieder versucht { $time }
breaker-cannot-probe-hint = Es gibt nichts, womit geprobt werden kann. Prüfen Sie Schlüssel und Guthaben.
open-routing = Routing öffnen
incidents = Vorfälle
incidents-range = Letzte 7 Tage
no-incidents = Keine Vorfälle in den letzten 7 Tagen.
resolved = Behoben
test-now = Jetzt testen
edit = Bearbeiten
no-health = Noch kein Anbieter zu beobachten.
no-health-text = Jeder erscheint hier mit seinem ersten Aufruf oder seiner ersten Probe.
palette-results = Ergebnisse
palette-actions = Aktionen
palette-none = Nichts gefunden. Versuchen Sie es mit weniger Buchstaben.
palette-move = Bewegen
palette-open = Öffnen
palette-only-actions = Nur Aktionen
shortcuts = Tastenkürzel
keys-palette = Suchen oder ausführen
keys-lock = Jetzt sperren
keys-save = Seitenleiste oder Routen speichern
keys-undo = Letzte Änderung rückgängig machen
keys-search = In der Liste suchen
keys-close = Oberste Ebene schließen, Meldung schließen
keys-region = Nächster Bereich
keys-help = Diese Liste
keys-new = Neuer Anbieter
keys-edit = Markierte Zeile bearbeiten
keys-test = Markierte Zeile testen
keys-duplicate = Markierte Zeile duplizieren
keys-delete = Markierte Zeile löschen (fragt nach)
keys-select = Fokussierte Zeile auswählen
keys-move = Zwischen Zeilen bewegen
keys-open = Markierte Zeile öffnen
keys-note = Strg ist auf macOS Cmd. Einzelne Tasten wirken nicht, solange ein Textfeld den Fokus hat, und lassen sich in den Einstellungen ausschalten.
playground-context = Hier wird nichts gespeichert, außer Sie speichern es
add-model = Modell hinzufügen
prompt = Prompt
prompt-hint = Was jedes Modell gefragt wird
prompt-more = Mehr
prompt-more-hint = System-Prompt und JSON-Schema
system-prompt = System-Prompt
answer-schema = JSON-Schema der Antwort
temperature = Temperatur
temperature-default = Standard
max-output = Längste Ausgabe
run-all = Alle starten
stop-all = Alle anhalten
run-one = Starten
run-again = Erneut starten
saved-prompts = Gespeicherte Prompts
save-prompt = Diesen Prompt speichern
delete-prompt = { $name } löschen
prompt-saved = Prompt { $name } gespeichert
save-prompt-title = Diesen Prompt speichern
prompt-name = Name
prompt-kept-hint = Wird mit Aufgabe und Anhängen im Tresor aufbewahrt. Antworten werden nicht aufbewahrt.
prompt-replaces = Es gibt schon einen Prompt dieses Namens. Speichern ersetzt ihn.
save-prompt-short = Speichern
replace-prompt = Ersetzen
playground-task = Aufgabe
attach = Anhängen
attach-hint = Bilder und PDF, zusammen 8 MB
attachments = Anhänge
detach = { $name } entfernen
kilobytes = { $count } KB
attached-picture = Bild
attached-pdf = Dokument.pdf
attached-kind = { $name } ist weder ein Bild (PNG, JPEG, WebP, GIF) noch ein PDF. Wählen Sie eine andere Datei.
estimate = Etwa { $tokens } Token, bis zu { $cost }
estimate-partly =
    { $count ->
        [one] Etwa { $tokens } Token, bis zu { $cost } und 1 unbekannter Preis
       *[other] Etwa { $tokens } Token, bis zu { $cost } und { $count } unbekannte Preise
    }
estimate-tokens = Etwa { $tokens } Token
estimate-unknown = Etwa { $tokens } Token, Kosten unbekannt
estimate-attached = Etwa { $tokens } Token Text, dazu die Anhänge
error-no-prompt = Schreiben Sie zuerst einen Prompt.
error-max-output = Geben Sie an, wie viele Token eine Antwort höchstens hat, 1 bis 1000000.
error-temperature = Geben Sie eine Temperatur von 0 bis 2 ein, oder lassen Sie es leer.
error-schema = Das Schema ist in Zeile { $line }, Spalte { $column } kein JSON. Berichtigen Sie es, oder lassen Sie es leer.
error-schema-object = Ein JSON-Schema beginnt mit einer geschweiften Klammer. Berichtigen Sie es, oder lassen Sie es leer.
choose-target = Zu fragendes Modell oder Aufgabe
choose-target-hint = Modell oder Aufgabe suchen
choose-other = Anderes wählen
no-target-found = Nichts passt.
new-column = Neue Spalte
column-label = { $name }, Spalte { $place }
remove-column = Spalte entfernen
no-columns = Fügen Sie ein Modell hinzu, das gefragt wird.
nobody-to-ask = Noch niemand zu fragen
nobody-to-ask-text = Fügen Sie einen Anbieter hinzu; sein Modell antwortet dann hier.
gone-provider = Gelöschter Anbieter
answer-of = Antwort von { $name }
not-run = Noch nicht gefragt.
empty-answer = Die Antwort ist leer.
streaming = Antwortet
stopping = Wird angehalten
run-failed = Fehlgeschlagen
run-stopped = Angehalten
route-now = Derzeitige Route
first-token = Erstes Token
total-time = Insgesamt
tokens-in = { $count } ein
tokens-out = { $count } aus
tokens-out-about = etwa { $count } aus
lowest = am niedrigsten
so-far = bisher
copy = Kopieren
waiting = Wartet
pause-asked = { $name } bittet zu warten
pause-own = { $name } ist ausgefallen und wird wieder gefragt
pause-left = Wieder gefragt in { $count } s. „Anhalten“ beendet das Warten.
pause-over = Wird jetzt wieder gefragt.
pause-said = Wartet { $time } bis zur nächsten Frage
restarted = Der erste Anbieter ist ausgefallen. { $name } antwortet jetzt.
provider-failed = { $name } ist ausgefallen
answered-by = → Beantwortet von { $name }.
degraded-schema = Das Schema wurde als Anweisung mitgegeben und die Antwort hier daran geprüft.
degraded-pdf = Stattdessen wurde der Text des PDF gesendet.
degraded-temperature = Dieses Modell nimmt keine Temperatur an; sie wurde weggelassen.
degraded-effort = Der Aufwand wurde dem angepasst, was dieses Modell kennt.
degraded-stop = Dieses Modell nimmt keine Stopptexte an; sie wurden weggelassen.
limit-nearly-used = { $kind ->
        [daily_tokens] Das Tageslimit des Anbieters für Token
        [monthly_tokens] Das Monatslimit des Anbieters für Token
        [daily_cost] Das Tageslimit des Anbieters für Kosten
        [monthly_cost] Das Monatslimit des Anbieters für Kosten
        [user_daily_tokens] Das Tageskontingent des Benutzers
        [user_monthly_tokens] Das Monatskontingent des Benutzers
       *[other] Ein Limit
    } ist zu { $percent } % verbraucht: noch { $left } von { $cap }.
finish-length = Bei der längsten erlaubten Antwort abgeschnitten
finish-refused = Das Modell hat sich geweigert fortzufahren
retry-after = erneut versuchen nach { $time }
said-answered = { $name } hat geantwortet: { $tokens } Token in { $time }.
said-answered-plain = { $name } hat in { $time } geantwortet.
said-failed = { $name } ist fehlgeschlagen: { $what }.
said-stopped = { $name } wurde angehalten.
make-route = Zur Route machen
make-route-title = { $name } zur Route machen
make-route-lede = Er steht dann an erster Stelle der Kette. Die anderen folgen in ihrer Reihenfolge.
choose-task = Aufgabe wählen
route-moves = { $was } ist jetzt erster und wird der erste Ersatz von { $name }.
route-takes = { $name } nimmt den ersten Platz ein.
route-was-split = Aufrufe werden jetzt nach Gewicht aufgeteilt; danach entscheidet die Kette.
route-was-auto = Jetzt übernimmt der günstigste; danach entscheidet die Kette.
route-drops = Die Kette ist voll: { $name } verlässt sie.
route-is-so = Er führt diese Aufgabe bereits an.
route-made = { $name } führt { $task } an
settings-sections = Abschnitte der Einstellungen
reading-gateway = Einstellungen werden gelesen
local-gateway = Lokales Gateway
serve-here = Routen auf diesem Computer bedienen
serve-here-text = Programme hier können Aufgaben ohne Anbieterschlüssel aufrufen. Nur über Loopback.
address = Adresse
copy-address = Adresse kopieren
gateway-running = Läuft seit { $time }, { $calls } Aufrufe heute.
gateway-not-running = Läuft nicht.
gateway-off = Aus. Eingeschaltet arbeitet es, solange der Tresor offen ist.
port = Port
port-text = Programme, die das Gateway verwenden, brauchen nach einer Änderung die neue Adresse.
apply-port = Übernehmen
error-port = Geben Sie einen Port von 1024 bis 65535 ein.
client-token = Client-Token
token-ends = Endet auf ...{ $last }. Gilt nur auf diesem Computer.
token-none = Noch keines. Ohne Token erhält kein Programm eine Antwort.
make-token = Token erstellen
replace-token = Token ersetzen
new-token-title = Neues Client-Token
replace-token-title = Client-Token ersetzen?
replace-token-lede = Das alte endet sofort. Programme, die es verwenden, werden abgewiesen, bis sie das neue haben.
making-token = Token wird erstellt
token-once = Kopieren Sie es jetzt. Es wird nicht wieder gezeigt; nur seine Prüfsumme bleibt.
token-use = Geben Sie es einem Programm als API-Schlüssel, mit der Adresse als Basis-URL.
done = Fertig
when-locked = Wenn der Tresor gesperrt wird
when-locked-text = Anhalten: Aufrufe erhalten 503 mit Begründung. Beenden: Offene Aufrufe dürfen enden, bis zu 30 s.
on-lock-stop = Aufrufe anhalten
on-lock-finish = Aufrufe beenden
prices-section = Preise
reading-prices = Preise werden gelesen
price-catalogue = Preiskatalog
catalogue-built-in =
    { $models ->
        [one] Eingebaut: Preise vom { $day }, 1 Modell.
       *[other] Eingebaut: Preise vom { $day }, { $models } Modelle.
    }
catalogue-imported =
    { $models ->
        [one] Aus einer Datei, importiert { $time }: Preise vom { $day }, 1 Modell.
       *[other] Aus einer Datei, importiert { $time }: Preise vom { $day }, { $models } Modelle.
    }
import-catalogue = Datei importieren
use-built-in-catalogue = Eingebaute Preise verwenden
reprice-history = Vergangene Aufrufe
reprice-history-text = Aufrufe behalten den Preis, mit dem sie protokolliert wurden. „Neu bepreisen“ setzt die geltenden Preise an seine Stelle.
reprice = Neu bepreisen
own-prices-text = Eigene Preise eines Anbieters stehen in seiner Seitenleiste unter „Erweitert“ und gehen dem Katalog vor.
usage-section = Nutzung
usage-from-files = Nutzung aus Dateien
usage-from-files-text = Protokolle anderer Programme werden zu Aufrufen. Was Hersteller als Summen melden, wird daneben aufbewahrt und verglichen.
import-usage = Nutzung importieren
retention = Aufrufe
reading-retention = Nutzungsprotokoll wird gelesen
retention-change = Ändern
retention-all = Jeder Aufruf bleibt erhalten.
retention-some = Aufrufe der letzten { $count } Tage bleiben erhalten.
retention-sums-stay = Die Summen bleiben für immer.
retention-title = Wie lange bleiben Aufrufe erhalten?
retention-lede = Das Protokoll hat für jeden Aufruf eine Zeile. Diagramme, Statistik und Budgets entstehen aus seinen Summen, die bleiben.
retention-everything = Alles
retention-days = Einige Tage
retention-days-field = Tage
retention-outside = Geben Sie { $least } bis { $most } Tage ein: Aus diesen Aufrufen werden die Limits eines Monats gezählt.
retention-asking = Ältere Aufrufe werden gezählt
retention-nothing = Es wird nichts gelöscht.
retention-none-older = Kein Aufruf ist älter: Jetzt wird nichts gelöscht.
retention-deletes =
    { $count ->
        [one] 1 Aufruf, der älter als { $days } Tage ist, wird sofort gelöscht und kommt nicht zurück.
       *[other] { $shown } Aufrufe, die älter als { $days } Tage sind, werden sofort gelöscht und kommen nicht zurück.
    }
retention-deletes-more = Mehr als { $shown } Aufrufe, die älter als { $days } Tage sind, werden sofort gelöscht und kommen nicht zurück.
retention-confirm = So lange behalten
retention-delete = Ältere Aufrufe löschen
retention-set = Aufrufe bleiben ab jetzt so lange erhalten
usage-sums = Summen
usage-sums-text = Was Diagramme und Statistik zeigen, wird einmal addiert. Hier wird es mit jedem Aufruf verglichen oder aus ihnen neu gebildet.
usage-verify = Prüfen
usage-rebuild = Neu bilden
usage-sums-right = Alle Summen stimmen.
usage-sums-wrong = Eine Summe ist nicht das, was ihre Aufrufe ergeben.
usage-sums-rebuilt = Alle Summen sind neu gebildet.
usage-sums-read = { $calls } Aufrufe, { $sums } Summen.
usage-sums-advice = „Neu bilden“ bildet alle neu.
usage-sum-no-task = keine Aufgabe
usage-sum-all-users = alle Benutzer
usage-sum-differs = Erste Abweichung: { $sum }, { $time }, Konfiguration { $number }, { $task }, { $user }, { $status }: Die Aufrufe ergeben { $rows }, die Summe sagt { $sums }.
usage-zone = Zeitzone
usage-zone-text = Die Tage der Seite „Nutzung“, der Berichte und der Budgets sind die von { $zone }.
zone-computer = Dieser Computer
zone-named = Andere
zone-name = Name der Zone
zone-name-text = Wie die IANA sie nennt: Tippen Sie den Anfang eines Kontinents oder einer Stadt.
zone-apply = Verwenden
limits-section = Limits
reading-limits = Limits werden gelesen
limit-zone = Tage der Limits
limit-zone-text = Tages- und Monatslimits beginnen um Mitternacht in { $zone } neu: das nächste Mal { $time }. Was an dem Tag verbraucht wurde, bleibt gezählt, wenn Sie eine andere Zone wählen.
quotas = Kontingente von Benutzern
quotas-text = Was jeder Benutzer des Gateways verbrauchen darf, gleich wer antwortet; Clients nennen Benutzer in x-signalbox-user oder im Text der Anfrage.
new-quota = Neues Kontingent
edit-quota = Kontingent ändern
save-quota = Kontingent speichern
quota-saved = Kontingent gespeichert
quota-deleted = Kontingent gelöscht: { $name }
quota-everyone = Alle anderen
quota-no-limit = Kein Limit
field-quota-user = Benutzer
quota-user-hint = Wie Clients ihn nennen; * sind alle ohne eigenes Kontingent.
import-title = Preise vom { $day } importieren?
import-lede = { $name } tritt an die Stelle der Preise vom { $day }. Protokollierte Aufrufe behalten ihre Kosten.
import-confirm = Preise importieren
restore-title = Wieder die eingebauten Preise verwenden?
restore-lede = Der importierte Katalog verlässt diesen Tresor. Wählen Sie seine Datei erneut, um ihn wiederzuhaben.
catalogue-same = Die Datei sagt dasselbe wie der geltende Katalog.
models-repriced = Andere Preise
models-added = Neue Modelle
models-removed = Entfallene Modelle
models-otherwise = Andere Angaben
catalogue-losing =
    { $count ->
        [one] 1 Anbieter hat dann keinen Preis, und seine Kosten gelten als unbekannt: { $names }
       *[other] { $count } Anbieter haben dann keinen Preis, und ihre Kosten gelten als unbekannt: { $names }
    }
price-before = Ein / aus jetzt
price-after = Ein / aus dann
and-more = und { $count } weitere
reprice-title = Vergangene Aufrufe neu bepreisen?
reprice-lede = Protokollierte Aufrufe erhalten die Kosten nach den geltenden Preisen. Das lässt sich nicht rückgängig machen; der Verlauf behält beide Summen.
reprice-days = Tage
days = { $count } Tage
all-days = Alle
reprice-asking = Wird zusammengezählt
rows-looked-at = Aufrufe
rows-changed = Ändern sich
sum-before = Kosten jetzt
sum-after = Kosten dann
rows-left =
    { $count ->
        [one] 1 Aufruf bleibt, wie er ist: Sein Verbrauch oder sein Preis ist nicht bekannt.
       *[other] { $shown } Aufrufe bleiben, wie sie sind: Ihr Verbrauch oder ihr Preis ist nicht bekannt.
    }
reprice-nothing = Es würde sich nichts ändern.
reprice-confirm =
    { $count ->
        [0] Neu bepreisen
        [one] 1 Aufruf neu bepreisen
       *[other] { $shown } Aufrufe neu bepreisen
    }
repriced =
    { $count ->
        [one] 1 Aufruf neu bepreist
       *[other] { $shown } Aufrufe neu bepreist
    }
repriced-sums = Aus { $before } wurde { $after }
about = Über
catalogue =
    { $models ->
        [one] Katalog vom { $day }, 1 Modell.
       *[other] Katalog vom { $day }, { $models } Modelle.
    }

## Budgets

budgets-context = Tage und Monate in { $zone }
reading-budgets = Budgets werden gelesen
no-budgets = Noch kein Budget.
no-budgets-text = Ein Budget meldet, wenn die Hälfte, 80, 95 und 100 % ausgegeben sind und wenn es laut Prognose nicht reichen wird.
new-budget = Neues Budget
edit-budget = Budget bearbeiten
save-budget = Budget speichern
budget-saved = Budget gespeichert
budget-deleted = Budget von { $name } gelöscht
budget-whole = Gesamte Nutzung
budget-kind-config = Anbieter
budget-kind-task = Aufgabe
budget-kind-user = Benutzer
budget-each-day = Jeden Tag
budget-each-month = Jeden Monat
budget-of-each-day = { $kind }, jeden Tag
budget-of-each-month = { $kind }, jeden Monat
budget-far-over = über 999 %
choose-provider = Anbieter wählen
field-budget-kind = Ausgaben von
field-budget-period = Zeitraum
field-budget-amount = Betrag
budget-amount-hint = Es meldet; es hält nichts an. Die Kostenlimits eines Anbieters halten Aufrufe an.
error-budget-scope = Wählen Sie, wessen Ausgaben es sind.
error-budget-amount = Geben Sie Dollar ein, mehr als 0, mit Punkt: etwa 300 oder 25.50.
column-budget = Budget
draw-budget = { $name }: was übrig ist, Tag für Tag
column-spent = Ausgegeben
column-forecast = Prognose
column-ends = Letzter Tag
budget-of = von { $amount }, { $percent }
budget-meter = { $name }: { $percent } % des Budgets ausgegeben
budget-unpriced =
    { $count ->
        [one] + 1 Aufruf ohne bekannten Preis
       *[other] + { $count } Aufrufe ohne bekannten Preis
    }
budget-unpriced-hint = Was das gekostet hat, ist nicht in der Summe. Tragen Sie in den Einstellungen des Anbieters einen Preis ein und bepreisen Sie neu.
budget-on-track = Im Plan
budget-most-spent = Über 80 %
budget-nearly-spent = Fast ausgegeben
budget-spent = Ausgegeben
budget-may-not-last = Reicht vielleicht nicht
budget-will-not-last = Reicht nicht
forecast-range = { $low } bis { $high }
forecast-hint = Acht von zehn Monaten mit einem Verkehr wie in den letzten acht Wochen enden in diesem Bereich.
forecast-too-early = nach { $needed } Tagen, { $days } bekannt
forecast-of-no-day = nur für Monate
alerts = Hinweise
alerts-sub = jede Stufe einmal pro Tag oder Monat
no-alerts = Bisher wurde nichts gemeldet.
mark-seen =
    { $count ->
        [one] Als gesehen markieren
       *[other] { $count } als gesehen markieren
    }
new-alert = Neu
seen-alert = Gesehen
alert-day = { $whose }: { $percent } % des Tagesbudgets ausgegeben
alert-month = { $whose }: { $percent } % des Monatsbudgets ausgegeben
alert-forecast = { $whose }: Das Monatsbudget reicht wahrscheinlich nicht
alert-amounts = { $spent } von { $amount }, Zeitraum ab { $day }

## Insights

insights-context = Aus den letzten 30 ganzen Tagen
reading-insights = Auffälliges wird gelesen
jumps = Sprünge der Nutzung
jumps-reading = Stunden der letzten Wochen werden gelesen
jumps-too-early =
    { $days ->
        [one] braucht { $weeks } Wochen mit Aufrufen, 1 Tag bekannt
       *[other] braucht { $weeks } Wochen mit Aufrufen, { $days } Tage bekannt
    }
jumps-watched =
    { $weeks ->
        [one] jede Minute gegen dieselbe Stunde der letzten Woche
       *[other] jede Minute gegen dieselbe Stunde der letzten { $weeks } Wochen
    }
jump-of-all = Gesamte Nutzung
jump-of-deleted = Ein gelöschter Anbieter
no-jumps = Bisher wurde nichts gemeldet. Ein Sprung auf das Dreifache der üblichen Aufrufe oder Kosten erscheint hier und auf dem Desktop.
jump-calls = { $whose }: { $times }-mal so viele Aufrufe wie üblich
jump-cost = { $whose }: das { $times }-Fache der üblichen Kosten
jump-numbers =
    { $minutes ->
        [one] { $seen } in 1 Minute, üblich sind { $usual } am { $day } um { $hour }.
       *[other] { $seen } in { $minutes } Minuten, üblich sind { $usual } am { $day } um { $hour }.
    }
jump-since = Seit { $began }, und es dauert an.
jump-over = Ab { $began }, zuletzt gesehen { $ended }.
jump-causes = Das meiste davon: { $who }.
jump-calls-behind = Aufrufe zeigen
cause-provider = { $name } ({ $percent } %)
cause-task = Aufgabe { $name } ({ $percent } %)
cause-user = Benutzer { $name } ({ $percent } %)
monday = Montag
tuesday = Dienstag
wednesday = Mittwoch
thursday = Donnerstag
friday = Freitag
saturday = Samstag
sunday = Sonntag
cheaper = Günstigere Modelle
cheaper-sub =
    { $count ->
        [one] für 1 Aufgabe, bis zu { $saved } in 30 Tagen
       *[other] für { $count } Aufgaben, bis zu { $saved } in 30 Tagen
    }
no-cheaper = Kein Modell, das den Bedarf einer Aufgabe erfüllt, hätte in 30 Tagen einen Dollar und ein Zehntel ihrer Kosten gespart.
cheaper-title = { $task }: { $then } statt { $now }
cheaper-basis = { $calls } Aufrufe von { $name } mit { $input } Token Eingabe und { $output } Ausgabe kosteten { $now }; sie hätten { $then } gekostet.
cheaper-saved = weniger in 30 Tagen
cheaper-risks = Was dagegen spricht: { $risks }.
cheaper-no-risk = Nichts Bekanntes spricht dagegen. Wie gut es antwortet, zeigt eine Aufteilung.
cheaper-try = An einem Teil erproben
cheaper-switch-on = Formular öffnen
cheaper-duplicate = Duplizieren
cheaper-first-switch-on = { $name } hat dieses Modell und ist ausgeschaltet. Schalten Sie ihn ein und erproben Sie ihn dann hier.
cheaper-first-duplicate = Noch kein Anbieter hat dieses Modell. Duplizieren Sie { $name }, der einen Schlüssel dieses Herstellers hat, geben Sie der Kopie dieses Modell und schalten Sie sie ein; erproben Sie sie dann hier.
cheaper-note = Berechnet aus den Token Ihrer eigenen Aufrufe der letzten 30 ganzen Tage zu Listenpreisen, ohne Rabatt für zwischengespeicherte Eingaben: eher zu wenig als zu viel. Es ändert sich nichts, bis Sie eine Route ändern.
duplicated-for = Stellen Sie sein Modell auf { $model }, testen Sie ihn und schalten Sie ihn ein.
risk-unknown = niemand weiß, ob es hat, was die Aufgabe braucht ({ $what })
risk-cannot = ihm fehlt, was das jetzige kann ({ $what }), was die Aufgabe aber nicht verlangt
risk-window = sein Fenster ist kleiner ({ $then } Token, jetzt { $now })
risk-answers = seine längste Antwort ist kürzer ({ $then } Token, jetzt { $now })
risk-succeeds-less = es hat diese Aufgabe schon ausgeführt und war seltener erfolgreich ({ $rate } von { $calls } Aufrufen)
risk-no-calls = keine eigenen Aufrufe für diese Aufgabe sagen, wie es sich macht
risk-few-calls =
    { $count ->
        [one] 1 eigener Aufruf für diese Aufgabe sagt wenig
       *[other] { $count } eigene Aufrufe für diese Aufgabe sagen wenig
    }
risk-grade = Sie haben es mit { $then } benotet, das jetzige mit { $now }
risk-no-grade = Sie haben es nicht benotet, das jetzige mit { $now }
risk-tier = es kostet weniger als die Hälfte des jetzigen, wie kleinere Modelle eines Herstellers
risk-vendor = es ist von einem anderen Hersteller, der Token auf seine Weise zählt
risk-shutdown = sein Hersteller schaltet es am { $day } ab
risk-sampling = es lehnt Aufrufe ab, die eine Temperatur setzen
risk-long = Aufrufe mit mehr als { $above } Token Eingabe kosten dort mehr, und Summen sagen nicht, wie viele das sind
can-context = Fenster
can-pdf = PDF
can-vision = Bilder
can-json-schema = JSON-Schema
can-tools = Werkzeuge
split-of = Aufteilung von { $task }
split-since = seit dem Speichern der Anteile, { $since }
column-member = Anbieter
column-share = Anteil
column-calls-made = Aufrufe
column-succeeded = Erfolgreich
column-cost-each = Kosten eines Erfolgs
column-p50 = Latenz p50
column-p95 = p95
split-too-few = { $name }: noch nicht genug Aufrufe ({ $calls } von etwa { $needed })
split-worse = { $name }: schlechter
split-cheaper = { $name }: günstiger und nicht schlechter
split-not-cheaper = { $name }: nicht schlechter und nicht günstiger
split-not-worse = { $name }: nicht schlechter; was es kostet, ist noch nicht klar
split-unclear = { $name }: noch nicht klar, ob es schlechter ist
split-success = Der Erfolg liegt bei { $seen } (95-%-Intervall { $low } bis { $high }) gegenüber dem ersten.
split-cost = Ein Erfolg kostet { $seen } (95-%-Intervall { $low } bis { $high }).
split-nothing-known = Noch lässt sich nichts vergleichen.
split-make-it-route = Zur Route machen
split-make-route = Zur Route machen: { $name } für { $task }
try-title = { $name } für { $task } erproben?
try-lede = Ein Teil der Aufrufer geht zu ihm und bleibt bei ihm, damit sich beide vergleichen lassen.
try-share = Sein Teil der Aufrufe
try-consequence = { $percent } von 100 Aufrufern gehen zu { $name }, die anderen bleiben bei { $present }. Wer in der Route danach kommt, bleibt Ersatz.
try-not-now = Diese Aufgabe ist schon aufgeteilt, wird automatisch vergeben oder von diesem Anbieter bedient. Sehen Sie sich ihre Route an.
try-start = Aufteilung beginnen
try-done = { $name } wird für { $task } erprobt
try-done-text = Seine Karte hier sagt, wie er sich macht, sobald es genug Aufrufe gibt.
findings = Was auffällt
findings-sub =
    { $count ->
        [one] 1 Punkt zum Ansehen
       *[other] { $count } Punkte zum Ansehen
    }
no-findings = Nichts fällt auf.
no-findings-text = Schlüssel sind jung und in Gebrauch, jede Aufgabe hat einen Ersatz, und Limits passen zum Verbrauch.
so-many-tokens = { $count } Token
limit-always-hit = { $name }: Das Tageslimit wird ständig erreicht
limit-always-hit-detail = { $limit } am Tag wurden an { $hit } von { $days } Tagen mit Aufrufen erreicht. Weitere Aufrufe gehen an den nächsten der Route oder schlagen fehl.
month-limit-hit = { $name }: Das Monatslimit ist aufgebraucht
month-limit-hit-detail = In den letzten { $days } Tagen wurden { $most } verbraucht, { $limit } sind im Monat erlaubt. Weitere Aufrufe gehen an den nächsten der Route oder schlagen fehl.
no-fallback = { $task }: Niemand übernimmt, wenn der Anbieter ausfällt
no-fallback-detail = Nur { $name } ist in der Route und eingeschaltet. Stellen Sie einen zweiten dahinter.
old-key = { $name }: Der Schlüssel ist { $days } Tage alt
old-key-detail = Erstellen Sie beim Hersteller einen neuen, geben Sie ihn hier ein, und widerrufen Sie dort den alten.
unused-key = { $name }: Der Schlüssel wird nicht verwendet
unused-key-detail = Kein Aufruf in den letzten { $days } Tagen. Ein Schlüssel, den niemand braucht, wird besser widerrufen und gelöscht.
limit-never-reached = { $name }: Das Tageslimit ist weit entfernt
limit-never-reached-detail = An { $days } Tagen mit Aufrufen wurden höchstens { $most } von { $limit } verbraucht. Ein niedrigeres Limit würde ein außer Kontrolle geratenes Skript früher anhalten.
month-limit-far = { $name }: Das Monatslimit ist weit entfernt
month-limit-far-detail = In den letzten { $days } Tagen wurden { $most } von { $limit } verbraucht. Ein niedrigeres Limit würde ein außer Kontrolle geratenes Skript früher anhalten.

# Der Dialog, der Nutzung importiert.
import-usage-lede = Es wird nichts geschrieben, bis Sie bestätigen, und dann alles auf einmal. Dieselbe Datei noch einmal ändert nichts.
choose-file = Datei wählen
choose-other-file = Andere Datei wählen
usage-forms = CSV, JSON oder JSON Lines bis 32 MB: Nutzungsprotokolle, Spend-Logs von LiteLLM oder Nutzungs- und Kostenexporte von OpenAI, Anthropic und Google Cloud. Zeiten ohne Zone sind UTC.
usage-too-large = die Datei ist größer als { $size } MB
usage-too-large-advice = Exportieren Sie weniger Tage auf einmal, und importieren Sie eine Datei nach der anderen. Es wurde nichts geändert.
usage-unread-advice = Prüfen Sie, ob sich die Datei öffnen lässt, und wählen Sie sie dann noch einmal.
form-usage-logs = Nutzungsprotokolle
form-litellm = Spend-Logs von LiteLLM
form-other = Tabelle von Aufrufen
form-openai-usage = OpenAI-Nutzung
form-openai-costs = OpenAI-Kosten
form-claude-usage = Anthropic-Nutzung
form-claude-costs = Anthropic-Kosten
form-google = Google-Cloud-Abrechnung
import-row-count =
    { $count ->
        [one] 1 Zeile
       *[other] { $shown } Zeilen
    }
import-span = { $first } bis { $last }
rows-new = Neu
rows-known = Bekannt
rows-bad = Nicht lesbar
rows-written = Geschrieben
cost-of-new = Kosten
import-sums-note = Dies sind Summen und keine Aufrufe: Sie werden neben dem Protokoll aufbewahrt und mit ihm verglichen, nie hinzugezählt.
rows-replaced =
    { $count ->
        [one] 1 Summe tritt an die Stelle der eines früheren Exports.
       *[other] { $shown } Summen treten an die Stelle derer eines früheren Exports.
    }
rows-too-old =
    { $count ->
        [one] 1 Zeile ist älter, als Aufrufe aufbewahrt werden, und wird ausgelassen.
       *[other] { $shown } Zeilen sind älter, als Aufrufe aufbewahrt werden, und werden ausgelassen.
    }
rows-empty =
    { $count ->
        [one] 1 Zeile sagt nichts oder gehört zu einem anderen Dienst.
       *[other] { $shown } Zeilen sagen nichts oder gehören zu einem anderen Dienst.
    }
rows-unpriced =
    { $count ->
        [one] 1 neue Zeile hat keine Kosten: Sie sind unbekannt, bis neu bepreist wird.
       *[other] { $shown } neue Zeilen haben keine Kosten: Sie sind unbekannt, bis neu bepreist wird.
    }
rows-rounded =
    { $count ->
        [one] 1 Kostenangabe hat mehr als zwölf Nachkommastellen und wird auf die zwölfte gerundet.
       *[other] { $shown } Kostenangaben haben mehr als zwölf Nachkommastellen und werden auf die zwölfte gerundet.
    }
first-rows = Erste Zeilen
line = Zeile
column = Spalte
fault = Was nicht stimmt
row-time = Zeit
row-model = Modell
row-who = Wer und wofür
row-tokens = Ein / aus
row-cost = Kosten
import-unknown = unbekannt
rows-cannot =
    { $count ->
        [one] 1 Zeile lässt sich nicht importieren
       *[other] { $shown } Zeilen lassen sich nicht importieren
    }
rows-cannot-text = Berichtigen Sie sie in der Datei und wählen Sie sie erneut, oder importieren Sie die anderen ohne sie.
save-faults = Als Datei speichern
faults-saved = Gespeichert unter { $path }
columns = Spalten
columns-missing = Wählen Sie die Spalte für: { $names }
no-column = Nicht in der Datei
sources = Wohin Aufrufe gehen
import-source-name = In der Datei
source-calls = Aufrufe
source-unnamed = Nicht benannt
configuration-number = Anbieter { $number }
goes-to = Geht an
goes-to-of = Anbieter für { $source }
no-provider = Keiner von mir
field-time = Zeit
field-until = Ende der Spanne
field-started = Beginn
field-request-id = Anfrage-ID
field-vendor = Hersteller
field-configuration = Nummer des Anbieters
field-user = Benutzer oder Schlüssel
field-task = Aufgabe
field-input = Eingabe-Token
field-cache-read = Aus dem Cache gelesen
field-cache-write = In den Cache geschrieben
field-cache-write-1h = Für eine Stunde geschrieben
field-output = Ausgabe-Token
field-total = Alle Token
field-requests = Anfragen
field-cost = Kosten in Dollar
field-cost-cents = Kosten in Cent
field-currency = Währung
field-status = Status
field-latency = Latenz in ms
field-account = Projekt
field-item = Posten
field-service = Dienst
field-details = Einzelheiten
field-notes = Anmerkungen
import-nothing = Nichts zu importieren
import-rows =
    { $count ->
        [one] 1 Zeile importieren
       *[other] { $shown } Zeilen importieren
    }
import-rows-without =
    { $count ->
        [one] 1 Zeile ohne { $bad } importieren
       *[other] { $shown } Zeilen ohne { $bad } importieren
    }
imported =
    { $count ->
        [0] Alles darin war schon da.
        [one] 1 Zeile aus „{ $form }“ ist importiert.
       *[other] { $shown } Zeilen aus „{ $form }“ sind importiert.
    }
reported = Gemeldet und protokolliert
reported-text = Was Hersteller melden, und dahinter, was das Protokoll von denselben Tagen hat.
reported-by = Gemeldet
reported-days = Tage in UTC
reported-tokens = Token
reported-cost = Kosten
import-left-out = Ausgelassen
column-tokens = Token

## History

reading-history = Verlauf wird gelesen
history-verifying = Wird geprüft
history-verify = Erneut prüfen
history-whole = Kette geprüft: { $count } Einträge, { $time }
history-broken = Kette bei Eintrag { $entry } gebrochen
history-broken-here = Nicht so, wie er geschrieben wurde
broken-altered = Eintrag { $entry } wurde geändert, eingefügt oder verschoben.
broken-missing = Eintrag { $entry } fehlt.
broken-cut-off = Vor Eintrag { $entry } wurden Einträge abgeschnitten.
broken-checkpoint = Die Signatur hinter Eintrag { $entry } fehlt oder gehört zu einem anderen Protokoll.
broken-other-log = Ab Eintrag { $entry } ist dies ein älteres oder ein anderes Protokoll.
broken-advice = Frühere Einträge sind, wie sie geschrieben wurden. Bewahren Sie eine Kopie des Datenordners auf und vergleichen Sie sie mit einer Sicherung.
history-export = Exportieren
history-csv = CSV, eine Zeile für jedes Feld
history-json = JSON, mit der Kette
history-exported = { $name } geschrieben
history-exported-detail = Die Datei liegt im Download-Ordner.
history-exported-cut = Sie enthält die neuesten 100.000 Einträge und liegt im Download-Ordner.
history-search = Verlauf durchsuchen
history-search-placeholder = Datensatz, Akteur, Wert suchen
history-shown = { $shown } von { $total } Einträgen
history-any-record = Alle Datensätze
history-older = Ältere Einträge anzeigen
no-history = Kein solcher Eintrag
no-history-text = Suchen Sie nach etwas anderem, oder nehmen Sie einen Filter weg.
last-days =
    { $count ->
        [one] Letzte 24 Stunden
       *[other] Letzte { $count } Tage
    }
history-entry = Eintrag
history-time = Zeit
history-actor = Akteur
history-action = Aktion
history-record = Datensatz
history-detail = Einzelheit
history-open = Eintrag { $entry }
fields-changed =
    { $count ->
        [one] 1 Feld geändert
       *[other] { $count } Felder geändert
    }
history-only-record = Nur dieser Datensatz
history-copy = Als JSON kopieren
history-field = Feld
history-before = Vorher
history-after = Nachher
history-none = Keine
history-mac = Kette
history-machine = Rechner
history-address = Adresse
history-at = Tag

## Second factor

prove-title = Bestätigen Sie, dass Sie es sind
prove-lede = Dies ändert einen Schlüssel, ein Limit oder eine Einstellung, die sie schützt, oder nimmt Daten aus dem Tresor.
prove = Bestätigen
prove-remembered = Gilt 5 Minuten.
prove-by-code = Wiederherstellungscode verwenden
prove-by-app = Authenticator-App verwenden
authenticator-code = Authenticator-Code
recovery-code = Wiederherstellungscode
recovery-code-hint = Jeder gilt einmal.
step-up-section = Bestätigung
reading-step-up = Es wird gelesen, wie bestätigt wird
authenticator = Authenticator-App
authenticator-none = Heikle Handlungen verlangen das Tresorpasswort. Mit einer App verlangen sie deren Code.
authenticator-since = Eingerichtet { $day }. Heikle Handlungen verlangen ihren Code; das Passwort genügt nicht.
authenticator-enrol = App einrichten
authenticator-replace = Ersetzen
authenticator-remove = Entfernen
recovery-codes = Wiederherstellungscodes
recovery-codes-left =
    { $count ->
        [one] 1 ist übrig, falls die App verloren geht.
       *[other] { $count } sind übrig, falls die App verloren geht.
    }
recovery-codes-renew = Neue Codes erstellen
recovery-codes-once = Schreiben Sie diese auf und bewahren Sie sie getrennt von diesem Computer auf. Jeder bestätigt einmal anstelle der App. Sie werden nicht wieder gezeigt.
recovery-codes-kept = Ich habe sie aufbewahrt
totp-title = Authenticator-App einrichten
totp-replace-title = Authenticator-App ersetzen
totp-picture = QR-Code für die Authenticator-App
totp-scan = Scannen Sie das Bild mit der App, oder geben Sie ein:
totp-code = Code aus der App
totp-asked-for = Verlangt für: Schlüssel, Basis-URLs, Limits, Export, Löschen
totp-confirm = Bestätigen

backups = Sicherungen
backup-reading = Sicherungen werden gelesen
backup-automatic = Automatische Sicherungen
backup-newest = Einmal am Tag, wenn sich etwas geändert hat, verschlüsselt wie der Tresor. Neueste: { $time }, { $size }, geprüft.
backup-newest-off = Von selbst wird keine angelegt. Neueste: { $time }, { $size }, geprüft.
backup-none-off = Von selbst wird keine angelegt, und es gibt keine.
backup-off = Automatische Sicherungen sind aus.
backup-off-text = Wird die Datei des Tresors beschädigt oder gelöscht, ist alles seit Ihrer neuesten Sicherung verloren, auch Schlüssel. Vor einer Wiederherstellung, einem neuen Tresorschlüssel und einem Update wird weiterhin gesichert.
open-backups = Ordner öffnen
backup-now-on = Einmal am Tag wird gesichert
backup-now-off = Von selbst wird nicht gesichert
backup-none = Einmal am Tag, wenn sich etwas geändert hat, verschlüsselt wie der Tresor. Es gibt noch keine.
backup-now = Jetzt sichern
backup-kept = Aufbewahrt
backup-kept-text = Die 10 neuesten, je eine für 7 Tage und für 4 Wochen. Ältere gehen, nachdem eine neuere geprüft ist.
backup-check = Vollständige Prüfung
backup-checked = Jede Seite der Datenbank wird einmal pro Woche gelesen. Zuletzt: { $time }, nichts auszusetzen.
backup-unchecked = Jede Seite der Datenbank wird einmal pro Woche gelesen. Noch nicht geschehen.
backup-elsewhere = An anderem Ort
backup-elsewhere-text = Ein Ordner, in den gesichert wird, oder der Ordner einer Sicherung zum Wiederherstellen.
backup-path = Pfad eines Ordners
backup-there = Dorthin sichern
backup-look = Ansehen
backup-copying = Datenbank wird kopiert
backup-checking = Kopie wird ganz gelesen
backup-restoring = Wird wiederhergestellt
backup-undo-text = Eine Sicherung wurde wiederhergestellt. Der Tresor, wie er vorher war, liegt in einer eigenen Sicherung.
backup-undo = Zurücknehmen
backup-made = Erstellt
backup-why = Grund
backup-size = Größe
backup-state = Zustand
backup-manual = Auf Wunsch
backup-daily = Täglich
backup-migration = Vor einem Update
backup-rotation = Vor einem neuen Tresorschlüssel
backup-restore = Vor einer Wiederherstellung
backup-sound = Geprüft { $time }
backup-other-key = Unter einem früheren Tresorschlüssel erstellt
backup-damaged = Beschädigt
backup-verify = Prüfen
backup-verify-of = Sicherung von { $time } prüfen
backup-restore-it = Wiederherstellen
backup-restore-of = Sicherung von { $time } wiederherstellen
backup-verified = Die Sicherung ist unversehrt
backup-was-made = Sicherung erstellt
backup-was-read = Sie wurde geöffnet und ganz gelesen.
restore-backup-title = Diese Sicherung wiederherstellen?
restore-asks = Sie wird zuerst geöffnet und ganz gelesen.
restore-of = Der Tresor wird sein, wie er { $time } war. Danach wird er gesperrt; das jetzige Passwort bleibt.
restore-looking = Sicherung wird gelesen
restore-undoable = Der Tresor, wie er jetzt ist, kommt vorher in eine eigene Sicherung; so lässt sich dies zurücknehmen.
restore-backup-confirm = Wiederherstellen und sperren
restore-same = Es würde sich nichts ändern.
restore-calls = Das Nutzungsprotokoll hat jetzt { $now } Aufrufe und hätte dann { $then }.
restore-changes = Was sich ändern würde
restore-what = Was
restore-then = Danach
restore-provider = Anbieter
restore-route = Route
restore-budget = Budget
restore-setting = Einstellung
restore-prompt = Prompt
restore-added = kommt zurück
restore-removed = ist fort
restore-changed = wie es war
rescue-password = Tresorpasswort
rescue-look = Nach einer Sicherung suchen
rescue-none = Keine Sicherung hier ist unversehrt und öffnet sich mit diesem Passwort. Legen Sie eine in den Ordner für Sicherungen und suchen Sie erneut.
rescue-found = Die Sicherung von { $time } ist unversehrt. Was jetzt an der Stelle des Tresors liegt, bleibt daneben erhalten.
rescue-restore = Diese Sicherung wiederherstellen
locked-restore-title = Sicherung wiederherstellen
locked-restore-lede = Sie tritt an die Stelle des Tresors und öffnet sich mit dem damaligen Passwort. Was jetzt dort liegt, bleibt daneben erhalten.
locked-restore-which = Welche Sicherung
locked-restore-reading = Sicherungen werden gesucht
locked-restore-none = Im Ordner für Sicherungen liegt keine.
locked-restore-elsewhere = Anderer Ort
locked-restore-path = Pfad des Ordners dieser Sicherung
locked-restore-path-hint = Der Ordner, in dem header, vault.db und manifest.json liegen.
locked-restore-password = Damaliges Passwort
locked-restore-password-hint = Das Tresorpasswort zur Zeit der Sicherung.
locked-restore-back = Zurück zum Passwort

## First run, and what is said elsewhere than by the first part

set-up = Einrichten
step-password = Tresorpasswort festlegen
step-password-text = Verschlüsselt jeden Schlüssel auf diesem Computer.
step-provider = Ersten Anbieter hinzufügen
step-provider-text = Testen Sie ihn, bevor etwas zu ihm geleitet wird.
vault-is-a-file = Der Tresor ist ein Ordner auf diesem Computer. Signalbox sendet das Passwort nirgendwohin.
create-title = Tresor anlegen
create-lede = Ein Passwort schützt alle Anbieterschlüssel. Kein Administrator kann es zurücksetzen.
create-no-recovery = Ohne Passwort ist der Tresor verloren.
create-forgotten = Nur ein Notfall-Kit öffnet ihn dann: Erstellen Sie eines in den Einstellungen, sobald der Tresor da ist.
create-vault = Tresor anlegen
creating-vault = Tresor wird angelegt
password-hint = Länge schlägt Kompliziertheit: sechs Wörter ohne Zusammenhang sind stark.
time-to-guess = Geschätzt { $time }, um es auf einem GPU-Server zu erraten
rule-holds = (erfüllt)
rule-fails = (noch nicht erfüllt)
suggest-words = Sechs Wörter vorschlagen
suggest-other = Sechs andere Wörter vorschlagen
suggest-hint = Schreiben Sie sie auf und geben Sie sie dann oben und unten ein. Sie werden nirgends aufbewahrt.
vault-location = Ort des Tresors
location-hint = Um ihn anderswo abzulegen, setzen Sie vor dem Start SIGNALBOX_DATA_DIR. Meiden Sie Ordner, die ein Cloud-Dienst abgleicht.
field-model = Modell
field-display-name = Anzeigename
field-tasks = Aufgaben
field-daily-limit = Tageslimit für Token
field-monthly-limit = Monatslimit für Token
field-description = Beschreibung
field-default = Standard
field-base-url = Basis-URL
field-timeout = Zeitlimit
field-retries = Wiederholungen vor dem Ersatz
field-requests-per-minute = Anfragen pro Minute
field-tokens-per-minute = Token pro Minute
field-concurrent-calls = Gleichzeitige Aufrufe
field-daily-cost = Tageslimit für Kosten
field-monthly-cost = Monatslimit für Kosten
field-quality = Qualitätsnote
field-input-price = Preis der Eingabe
field-output-price = Preis der Ausgabe
field-cached-price = Preis zwischengespeicherter Eingabe

## Further shortcuts

keys-reorder = Markierte Zeile von Hand verschieben
keys-stats = Nutzung der fokussierten Zeile
keys-run = Im Playground alle fragen; bearbeiten, was die Palette nennt
keys-ends = Erste und letzte Zeile
keys-pages = Zehn Zeilen hinauf und hinunter
keys-extend = Die Zeilen auf dem Weg auswählen
single-keys = Kurzbefehle aus einer Taste
single-keys-text = Buchstaben und Zeichen wie N, E oder / tun für sich allein etwas. Schalten Sie dies aus, wenn Sie diktieren oder Tasten versehentlich treffen.
