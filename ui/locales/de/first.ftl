# Die Texte der Seite auf Deutsch, die vor allem anderen gebraucht werden. Begriffe und Ton: docs/guide/languages.md.

## The vault

vault-password = Tresorpasswort
repeat-password = Passwort wiederholen
show-password = Passwort anzeigen
hide-password = Passwort verbergen
no-kit = Kein Notfall-Kit: Ohne Passwort ist der Tresor verloren
version = Signalbox { $version }
try-again = Erneut versuchen

## First run

passwords-differ = Die beiden Passwörter sind verschieden. Geben Sie das erste noch einmal ein.

## Lock screen

unlock-title = Tresor gesperrt
unlock = Entsperren
unlock-with-keyring = Mit System-Schlüsselbund entsperren
use-kit = Notfall-Kit verwenden
use-backup = Sicherung wiederherstellen …
unlock-in = Entsperren in { $seconds } s
locked-idle =
    { $minutes ->
        [one] Nach 1 Minute ohne Nutzung gesperrt
       *[other] Nach { $minutes } Minuten ohne Nutzung gesperrt
    }
locked-asked = Von Ihnen gesperrt
locked-closed = Beim Schließen des Fensters gesperrt
locked-away = Während Ihrer Abwesenheit gesperrt
locked-restored = Die Sicherung ist eingespielt
open-older = So öffnen, wie er ist
failed-attempts =
    { $count ->
        [one] 1 Fehlversuch.
       *[other] { $count } Fehlversuche.
    }
next-try = Nächster Versuch in
attempts-told =
    { $count ->
        [one] 1 fehlgeschlagener Versuch, den Tresor zu öffnen
       *[other] { $count } fehlgeschlagene Versuche, den Tresor zu öffnen
    }
attempts-told-detail = Der letzte war { $when }. Wenn Sie das nicht waren, ändern Sie das Passwort in den Einstellungen.
wait-grows = Die Wartezeit wächst mit jedem Fehlversuch.
keys-leave-memory = Schlüssel verlassen den Speicher, sobald der Tresor gesperrt wird
sample-vault = Dieser Tresor enthält Beispieldaten.
sample-password = Sein Passwort lautet
unusable-title = Tresor lässt sich nicht öffnen

## Sidebar

sidebar = Seitenleiste
main-navigation = Hauptnavigation
nav-manage = Verwalten
nav-observe = Beobachten
nav-deliver = Ausliefern
nav-vault = Tresor
providers = Anbieter
routing = Routing
playground = Playground
health = Zustand
settings = Einstellungen
window-title = { $page } · Signalbox
part-unread = dieser Teil des Fensters konnte nicht gelesen werden
part-unread-advice = Versuchen Sie es erneut. Bleibt es dabei, schließen Sie das Fenster und starten Sie Signalbox neu.
search-or-run = Suchen
unlocked-locks-in = Entsperrt, sperrt in
minutes-left = { $count } min
lock-now = Jetzt sperren (Strg L)

## Header and filters

configured = { $count } eingerichtet, { $active } aktiv
none-configured = Keine eingerichtet
sample-data = Beispieldaten
sample-data-title = Anbieter, Schlüssel und Nutzung in diesem Tresor sind erfunden
add-provider = Anbieter hinzufügen
test-all = Alle aktiven testen
stop = Anhalten
batch-progress = Test läuft, { $done } von { $total } fertig
search-providers = Anbieter durchsuchen
search-placeholder = Name, Modell, Aufgabe suchen
filter-type = Typ
filter-status = Status
filter-task = Aufgabe
clear = Leeren
clear-filters = Suche und Filter leeren
shown-of = { $shown } von { $total } Anbietern
tokens-today = Token heute
cost-today = Kosten heute
need-attention = brauchen Aufmerksamkeit
needs-attention = Braucht Aufmerksamkeit
active = Aktiv
default = Standard
off = Aus

## List

reading-list = Liste der Anbieter wird gelesen
column-provider = Anbieter
column-status = Status
column-last-test = Letzter Test
column-tasks = Aufgaben
column-today = Token heute
column-cost = Kosten, 7 Tage
column-actions = Aktionen
select-all = Alle angezeigten auswählen
select-name = { $name } auswählen
test-name = { $name } testen
edit-name = { $name } bearbeiten
more-actions = Weitere Aktionen für { $name }
more-actions-title = Mehr: duplizieren, ein- oder ausschalten, löschen
group-cost = { $amount } in 7 Tagen
group-partly = { $amount } und Unbekanntes in 7 Tagen
group-unknown = Kosten unbekannt
group-no-calls = Keine Aufrufe in 7 Tagen
never-tested = Nie getestet
added-on = Hinzugefügt { $day }
testing = Wird getestet
slow = { $latency }, langsam
restricted = { $latency }, eingeschränkt
no-task = Keine Aufgabe
more-tasks = +{ $count } weitere
no-limit = ohne Limit
of-limit = von { $limit }
meter-label = { $name }: Token heute, { $percent } % des Tageslimits
spark-label = Kosten von { $name } in 7 Tagen
no-calls = Keine Aufrufe
unknown = unbekannt
price-unknown = Der Preis dieses Modells ist nicht bekannt
plus-unknown = + { $count } ohne Preis
no-match-title = Kein Anbieter passt
no-match-text = Vielleicht helfen andere Wörter oder weniger Filter.
empty-title = Ersten Anbieter hinzufügen
empty-text = Ein Anbieter ist ein Schlüssel, ein Modell und seine Limits. Halten Sie den API-Schlüssel bereit. Sie können ihn testen, bevor er eine Aufgabe übernimmt.
origin-gemini = Schlüssel aus Google AI Studio
origin-openai = Projektschlüssel aus der OpenAI-Konsole
origin-claude = Schlüssel aus der Anthropic-Konsole
origin-compatible = vLLM, Ollama oder jede kompatible URL

## Actions

test = Testen
turn-on = Einschalten
turn-off = Ausschalten
duplicate = Duplizieren
make-default = Als Standard verwenden
delete = Löschen
undo = Rückgängig
dismiss = Schließen
cancel = Abbrechen
copy-details = Einzelheiten kopieren
bulk-actions = Aktionen für ausgewählte Anbieter
bulk-selected = { $count } ausgewählt
clear-selection = Auswahl aufheben

## Messages

messages = Meldungen
test-passed = { $name } funktioniert
test-failed = { $name }: { $outcome }
latency-and-models =
    { $count ->
        [one] { $latency }, 1 Modell sichtbar
       *[other] { $latency }, { $count } Modelle sichtbar
    }
batch-title =
    { $count ->
        [one] 1 Anbieter getestet
       *[other] { $count } Anbieter getestet
    }
batch-detail = { $passed } bestanden, { $failed } nicht
turned-on = { $name } eingeschaltet
turned-off = { $name } ausgeschaltet
many-turned-on =
    { $count ->
        [one] 1 Anbieter eingeschaltet
       *[other] { $count } Anbieter eingeschaltet
    }
many-turned-off =
    { $count ->
        [one] 1 Anbieter ausgeschaltet
       *[other] { $count } Anbieter ausgeschaltet
    }
made-default = { $name } ist jetzt der Standard
duplicated = { $name } als Kopie hinzugefügt
duplicated-detail = Sie ist ausgeschaltet und übernimmt keine Aufgabe.
deleted = { $name } gelöscht
deleted-detail = „Rückgängig“ holt ihn mit seinem Schlüssel zurück.
undone = Rückgängig gemacht
copied = Kopiert
not-copied = Das System hat das Kopieren nicht erlaubt

## Drawer

field-api-key = API-Schlüssel
key-stored = Gespeichert, endet auf ...{ $last }. Leer lassen, um ihn zu behalten
key-stored-short = Gespeichert. Leer lassen, um ihn zu behalten
key-optional = Leer lassen, wenn der Server keinen braucht
remove-key = Gespeicherten Schlüssel entfernen
remove-key-hint = Beim Speichern wird er in diesem Tresor vernichtet. Nach einer Änderung der Basis-URL geben Sie den Schlüssel neu ein oder entfernen ihn hier.
remove-key-typed = Der oben eingegebene Schlüssel ersetzt den gespeicherten.
key-entered = Eingegeben { $age }
key-remark = Nach dem Speichern sind nur die letzten vier Zeichen zu sehen
show-key = Eingabe anzeigen
hide-key = Eingabe verbergen

## Credential test

credential-test = Test der Zugangsdaten
not-tested = Nicht getestet
not-tested-hint = Kostenlos: listet Modelle auf, erzeugt nichts
testing-before-saving = Wird vor dem Speichern getestet
test-again = Erneut testen
tested-typed = mit dem Schlüssel oben getestet, { $age }
tested-saved = mit dem gespeicherten Schlüssel getestet, { $age }
tested-keyless = ohne Schlüssel getestet, { $age }
seconds = { $count } s
latency = Latenz
models-visible = Sichtbare Modelle
http-status = HTTP-Status
no-figure = –
http-after = HTTP { $status } nach { $latency }
what-happened = Was geschehen ist.
what-to-do = Was zu tun ist.
open-console = Konsole von { $vendor } öffnen
request-id = Anfrage { $id }

## Routing

save-routes = Routen speichern
routes-saved = Routen gespeichert
task-prompt-saved = Anweisungen von { $task } gespeichert
task-prompt-built-in = { $task } hat wieder die eingebauten Anweisungen
task-prompt-holds = Sie gelten ab dem nächsten Aufruf.
unsaved-routes =
    { $count ->
        [one] 1 Aufgabe hat ungespeicherte Änderungen
       *[other] { $count } Aufgaben haben ungespeicherte Änderungen
    }

## Health

check-all-providers = Zustand aller Anbieter prüfen
no-data = Keine Daten
health-up = Verfügbar
health-degraded = Beeinträchtigt
health-down = Ausgefallen
health-unknown = Nicht geprüft
health-unreached = Nicht erreicht
breaker-closed = Geschlossen
breaker-half-open = Halb offen
breaker-open = Offen
breaker-cannot-probe = Probe nicht möglich
strip-label = Letzte 24 Stunden in 48 halben Stunden: { $up } verfügbar, { $degraded } beeinträchtigt, { $down } ausgefallen, { $unknown } ohne Daten
worst-down = { $name } ist ausgefallen.
worst-degraded = { $name } ist beeinträchtigt.
worst-first = Er ist der erste für { $tasks }; der nächste in der Kette springt ein.
worst-fallback = Er ist nur Ersatz, daher wartet keine Aufgabe auf ihn.
worst-no-task = Keine Aufgabe verwendet ihn.
incident-down = { $name } ausgefallen, dauert an seit { $lasted }
incident-degraded = { $name } beeinträchtigt, dauert an seit { $lasted }
incident-was-down = { $name } war { $lasted } ausgefallen
incident-was-degraded = { $name } war { $lasted } beeinträchtigt
incident-moved =
    { $count ->
        [one] 1 Aufruf ging an einen anderen Anbieter.
       *[other] { $count } Aufrufe gingen an einen anderen Anbieter.
    }
not-well =
    { $count ->
        [one] 1 Anbieter ist nicht in Ordnung
       *[other] { $count } Anbieter sind nicht in Ordnung
    }
clock-today = Heute { $time }
clock-today-within = heute { $time }
clock-yesterday = Gestern { $time }
clock-yesterday-within = gestern { $time }
clock-day = { $day } { $time }

## Palette and shortcuts

palette-title = Suchen oder ausführen (Strg K)
palette-primary-for = { $model }, erster für { $tasks }
palette-off = { $detail }, aus
palette-test = { $name } testen
palette-edit = { $name } bearbeiten
palette-turn-on = { $name } einschalten
palette-turn-off = { $name } ausschalten
palette-add = Anbieter hinzufügen: { $kind }
palette-go = Gehe zu { $page }
palette-lock = Tresor jetzt sperren
palette-help = Tastenkürzel

## Time

age-now = gerade eben
age-seconds = vor { $count } s
age-minutes = vor { $count } min
age-hours = vor { $count } h
age-yesterday = gestern { $time }
month =
    { $month ->
        [1] Jan.
        [2] Feb.
        [3] März
        [4] Apr.
        [5] Mai
        [6] Juni
        [7] Juli
        [8] Aug.
        [9] Sept.
        [10] Okt.
        [11] Nov.
       *[12] Dez.
    }
weekday =
    { $day ->
        [1] Mo
        [2] Di
        [3] Mi
        [4] Do
        [5] Fr
        [6] Sa
       *[7] So
    }
day-of-month = { $day }. { $month }
day-with-year = { $date } { $year }
month-with-year = { $month } { $year }
day-with-weekday = { $weekday }, { $date }

## Playground

prompt-deleted = { $name } gelöscht
prompt-deleted-detail = Er steht noch in den Feldern.
attached-too-large = Anhänge dürfen zusammen höchstens 8 MB haben. Wählen Sie eine kleinere Datei.
attached-unread = { $name } lässt sich nicht lesen. Wählen Sie die Datei noch einmal.
cost = Kosten

## Settings

catalogue-too-large = die Datei ist größer als { $size } KB
catalogue-unread = die Datei konnte nicht gelesen werden
catalogue-advice = Wählen Sie einen Modellkatalog, eine JSON-Datei mit „as_of“ und „models“. Es wurde nichts geändert.
catalogue-in-force = Die Preise vom { $day } gelten
catalogue-in-force-detail = Sie gelten ab dem nächsten Aufruf. Protokollierte Aufrufe behalten ihre.
usage = Nutzung

## Names of pages that are fetched later

budgets = Budgets
unread-alerts =
    { $count ->
        [one] 1 Hinweis noch nicht gesehen
       *[other] { $count } Hinweise noch nicht gesehen
    }
insights = Erkenntnisse
history = Verlauf
bundles = Bundles
bundles-due =
    { $count ->
        [one] 1 Bundle läuft ab
       *[other] { $count } Bundles laufen ab
    }
sync = Abgleich
sync-asked =
    { $count ->
        [one] 1 Konflikt zu entscheiden
       *[other] { $count } Konflikte zu entscheiden
    }

## Where figures come from

shown-from = Quelle
source-here = Dieser Computer

## Example set-ups and quick ways

set-up-production = Produktion
set-up-production-lede = Gemini extrahiert und validiert, OpenAI schreibt, und fällt der eine aus, springt der andere ein. Beide haben Token-Limits.
set-up-development = Entwicklung
set-up-development-lede = Ein Anbieter je Hersteller und keine Routen: Ein anderer Standard stellt alles um.
set-up-budget = Sparsam
set-up-budget-lede = Das schnelle, günstige Modell von Gemini für jede Aufgabe, sonst nichts.
empty-first = Mit einem Schlüssel beginnen
empty-first-text = Fügen Sie einen ein: Sein Hersteller wird erkannt, ein Modell vorgeschlagen und beides getestet.
empty-set-ups = Oder mit einem Beispiel beginnen
empty-types = Oder alles selbst ausfüllen
add-more = Weitere Möglichkeiten zum Hinzufügen
add-first = Nur mit dem Schlüssel
default-switch = Standardanbieter
default-none = Kein Standard
default-is = Standard: { $name }
bulk-export = Exportieren
move-up = Nach oben
move-down = Nach unten
ordered = Von Hand geordnet
ordered-detail = Die Liste zeigt diese Reihenfolge, bis Sie sie nach einer Spalte sortieren.
many-deleted = { $count ->
    [one] 1 Anbieter gelöscht
   *[other] { $count } Anbieter gelöscht
}
stats-name = Nutzung von { $name }
nothing-to-undo = Nichts zurückzunehmen
failure-line = { $message }. { $advice }
