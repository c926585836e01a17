# Was nur die Seite der Nutzung sagt; es kommt mit ihrem Teil.

## Usage

span = { $first } bis { $last }
day-and-hour = { $day }, { $time }
usage-context =
    { $count ->
        [one] { $span }, gegen den Tag davor
       *[other] { $span }, gegen die { $count } Tage davor
    }
usage-context-month = { $span }, gegen { $month }
range-unread = Geben Sie beide Tage mit Jahr, Monat und Tag ein.
range-future = Beginnen Sie heute oder früher.
range-long = Wählen Sie weniger als fünf Jahre.
calls = Aufrufe
usage-tokens = Token
success-rate = Erfolgsquote
latency-p50 = Latenz p50
latency-p95 = Latenz p95
per-hour = pro Stunde
per-day = pro Tag
per-week = pro Woche
per-month = pro Monat
monthly-cost = Monatskosten nach Anbieter
usd-month-partial = USD, dieser Monat unvollständig
step = Schritte der Diagramme
step-of = Je { $unit }
daily-cost = Tageskosten nach Anbieter
hourly-cost = Stundenkosten nach Anbieter
weekly-cost = Wochenkosten nach Anbieter
usd = USD
usd-partial = USD, heute unvollständig
usd-week-partial = USD, diese Woche unvollständig
month-budget = Budget des Monats
budget-named = Budget: { $name }
day-budget = Tagesbudget
whole-budget = Budget aller Aufrufe
per-call = pro Aufruf
errors-in-calls = { $errors } Fehler in { $calls } Aufrufen
errors-by-cause = Fehler nach Ursache
in-total = insgesamt { $count }
cost-by-task = Kosten nach Aufgabe
week-against-month = 7 gegen 30 Tage
mean-cost-of-a-day = mittlere Kosten eines Tages
no-budget = Kein Budget für alle Aufrufe dieses Monats. Legen Sie unter „Budgets“ eines fest.
spent-of = { $spent } von { $amount }
spent-of-unpriced = ≥ { $spent } von { $amount }
no-errors = In diesen Tagen schlug kein Aufruf fehl.
no-usage = Keine Aufrufe in diesen Tagen. Das Diagramm füllt sich mit dem ersten Aufruf.
hour = Stunde
week = Woche
day = Tag
name = Name
total = Summe
without-price =
    { $count ->
        [one] 1 ohne Preis
       *[other] { $count } ohne Preis
    }
or-more = { $amount } oder mehr
share-of = { $share } ({ $part } von { $whole })
others = { $count } weitere
even-pace = gleichmäßig
left = Übrig
amount-left = { $amount } übrig
amount-over = { $amount } darüber
today-within = heute
today = Heute
forecast = Prognose
mean-week = 7 Tage, pro Tag
mean-month = 30 Tage, pro Tag
trend = Trend
bar-and-stroke = Balken: letzte 7 Tage, Strich: letzte 30 Tage
tokens-input = Eingabe
tokens-output = Ausgabe
success = Erfolg
errors = Fehler
without-task = Keine Aufgabe
cause-unknown = Nicht aufgezeichnet
cause-invalid-key = Schlüssel abgelehnt
cause-permission = Keine Berechtigung
cause-quota = Guthaben oder Kontingent erschöpft
cause-rate-limit = Ratenlimit
cause-too-large = Zu groß für das Limit
cause-context = Zu lang für das Modell
cause-model = Kein solches Modell
cause-bad-request = Anfrage abgelehnt
cause-unsupported = Modell kann das nicht
cause-blocked = Inhalt blockiert
cause-overloaded = Überlastet
cause-server = Fehler beim Hersteller
cause-network = Keine Verbindung
cause-timeout = Zeitüberschreitung
cause-protocol = Antwort nicht verstanden
cause-quality = Antwort leer oder fehlerhaft
cause-cancelled = Abgebrochen
deleted-provider = Gelöschter Anbieter { $number }
failed-ones = fehlgeschlagene Aufrufe
calls-behind = Aufrufe: { $words }
back-to-charts = Zurück zu den Diagrammen
reading-calls = Aufrufe werden gelesen
no-calls-behind = Hier ist kein Aufruf mehr. Die Summen bleiben, wenn alte Aufrufe gelöscht werden.
more-calls = Mehr anzeigen
calls-latency-from = Dauerte mindestens
calls-cost-from = Kostete mindestens
calls-error-seconds = Geben Sie Sekunden ein, etwa 2.5.
calls-error-dollars = Geben Sie Dollar ein, etwa 0.01.
calls-shown =
    { $count ->
        [one] 1 Aufruf, neueste zuerst
       *[other] { $shown } Aufrufe, neueste zuerst
    }
calls-shown-more = die neuesten { $shown } Aufrufe
column-time = Zeit
column-task = Aufgabe
column-user = Benutzer
column-request-id = Anfrage-ID
status-success = Erfolg
call-attempt = Versuch { $attempt }
cost-estimate = Schätzung
reading-usage = Nutzung wird gelesen
range = Zeitraum
days-short = { $count } T
custom = Eigener
month-word = Monat
first-day = Erster Tag
last-day = Letzter Tag
show-range = Anzeigen
chart-keys = Links und Rechts lesen die Werte vor, Eingabe zeigt die Aufrufe.
show-as-table = { $name }: als Tabelle anzeigen
show-as-table-title = Als Tabelle anzeigen
was = war { $value }
breakdown = Aufschlüsselung
by-provider-sub = 7 gegen 30 Tage; Trend nach Kosten je Tag
by-group-sub = { $span }, gegen die Tage davor
rows-by = Zeilen nach
change = Änderung
rows-left-out =
    { $count ->
        [one] 1 weiterer mit weniger; der Filter oben findet ihn.
       *[other] { $count } weitere mit weniger; die Filter oben finden sie.
    }
all-providers = Alle Anbieter
calls-7d = Aufrufe 7 T
calls-30d = 30 T
tokens-7d = Token 7 T
tokens-30d = 30 T
cost-7d = Kosten 7 T
cost-30d = 30 T
show-calls = Aufrufe anzeigen
show-the-calls = Aufrufe zeigen
per-success = { $cost } je Erfolg
column-per-success = Je Erfolg
column-unknown-cost = Kosten unbekannt
plus-unknown-share = + { $count } ohne Preis ({ $share })
vendor-compatible = Kompatibel
usage-filters = Welche Aufrufe
filter-model = Modell
first-and-more = { $first } und { $count } weitere
reading-choices = Auswahl wird gelesen
no-choices = Keine Aufrufe in diesen Tagen.
not-recorded = Nicht aufgezeichnet
status-error = Fehlgeschlagen
export = Exportieren
export-csv = Als CSV speichern
export-json = Als JSON speichern
export-report = Monatsbericht (HTML)
export-report-pdf = Monatsbericht (PDF)
exported = { $name } ist geschrieben
exported-detail = Die Datei liegt in Ihrem Download-Ordner.
exported-cut = Sie enthält die neuesten { $rows } Aufrufe und liegt in Ihrem Download-Ordner.
save-chart = { $name }: als Datei speichern
save-png = Als PNG speichern
save-svg = Als SVG speichern
column-tokens-in-out = Token ein / aus
