# Was zum Abgleich mit Servern gesagt wird: die Seite und ihre Dialoge.

## The page

sync-never = Beide Seiten waren noch nie gleich
sync-completed = Letzter vollständiger Abgleich { $when }
sync-push = { $count } senden
sync-pull = { $count } holen
sync-all = Alles abgleichen
sync-all-waits = Wartet, bis jeder Konflikt entschieden ist
reading-sync = Server werden gelesen
sync-empty-title = Noch kein Server
sync-empty-text = Der Abgleich hält die Anbieter hier und die der Admin-API eines Servers gleich. Jeder Unterschied wird gezeigt, bevor etwas geschieht, ein Konflikt wird Feld für Feld entschieden, und ein Schlüssel wird nur gesendet, wenn Sie es wählen. Geholt wird nie einer.
sync-connect = Server verbinden
sync-servers = Server
sync-connection = Verbindung
sync-edit = Verbindung ändern
sync-log-in = Anmelden
sync-log-in-again = Erneut anmelden
sync-add = Weiteren Server verbinden
sync-promote = Anbieter weiterreichen
sync-send-key = Schlüssel senden
sync-forget = Diesen Server vergessen
sync-forget-text = Was mit ihm vereinbart war, wird vergessen. Kein Anbieter wird geändert, weder hier noch dort.
sync-forgotten = Server vergessen
sync-connected-as = Verbunden als { $name }, Rolle { $role }.
sync-connected = Verbunden.
sync-not-connected = Nicht verbunden.
sync-pinned = Zertifikat festgelegt.
sync-ahead-here = hier neuer
sync-ahead-there = dort neuer
sync-conflicts =
    { $count ->
        [one] Konflikt
       *[other] Konflikte
    }
sync-check = Jetzt prüfen
sync-checking = Beide Seiten werden angesehen
sync-logged-out-title = Zum Vergleichen anmelden
sync-logged-out-text = Eine Sitzung endet, wenn dieser Tresor gesperrt wird. Was Sie hier inzwischen ändern, wird mit dem nächsten Abgleich gesendet.
sync-away = Nicht erreichbar seit { $since }.
sync-away-answered = Nicht erreichbar seit { $since }, letzte Antwort { $at }.
sync-offline = Was Sie hier ändern, wird mit dem nächsten Abgleich gesendet.
sync-factor-title = Der Server verlangt den zweiten Faktor
sync-factor-text = Neue Schlüssel, Löschungen und höhere Limits brauchen einen Code des dortigen Kontos.
sync-factor-confirm = Code vorzeigen
sync-suspicious = Auf keiner Seite wurde etwas geändert.
sync-accept-rolled-back = Fortfahren und zu jedem Unterschied fragen
sync-accept-many-gone = Fortfahren, sie wurden absichtlich gelöscht
sync-same-title = Beide Seiten sind gleich
sync-same-text = Angesehen { $time }.
sync-note = Schlüssel werden nur gesendet, wenn Sie sie wählen, über eine verschlüsselte Verbindung, und nie geholt. Nichts wird ohne Ihre Wahl überschrieben.
sync-running = Schritt { $done } von { $of }
sync-started = Abgleich läuft
sync-stop = Anhalten
sync-stopped = Der Abgleich wurde angehalten. Was getan ist, bleibt getan, und der nächste setzt dort fort.

## Differences

sync-differences =
    { $count ->
        [one] 1 Unterschied
       *[other] { $count } Unterschiede
    }
sync-list = Unterschiede
sync-kinds = Arten
sync-kind-here = Hier neuer
sync-kind-there = Dort neuer
sync-kind-both = Beide geändert
sync-kind-conflict = Konflikt
sync-kind-waits = Wartet
sync-search = Nach Namen suchen
sync-no-kind = Kein Unterschied dieser Art und dieses Namens.
sync-fields =
    { $count ->
        [one] 1 Feld
       *[other] { $count } Felder
    }
sync-new-here = Neu hier
sync-new-there = Neu dort
sync-deleted-here = Hier gelöscht
sync-deleted-there = Dort gelöscht
sync-key-goes = Sein Schlüssel
sync-default = Standardanbieter
sync-place = Erster Platz: { $task }
sync-changed-both = Auf beiden Seiten geändert
sync-changed-here = Hier geändert
sync-changed-there = Dort geändert
sync-keep-here = Alles von hier behalten
sync-keep-there = Alles von dort behalten
sync-field = Feld
sync-this-computer = Dieser Computer
sync-before = Vorher: { $value }
sync-goes-up = Wird gesendet
sync-comes-down = Wird geholt
sync-same = Gleich
sync-chosen = Ihre Wahl
sync-choose-again = Neu wählen
sync-left =
    { $count ->
        [0] Jedes Feld ist entschieden
        [one] 1 Feld ist noch zu entscheiden: { $names }
       *[other] { $count } Felder sind noch zu entscheiden: { $names }
    }
sync-apply = Auswahl anwenden
sync-choice-of = { $field }: { $side }
sync-changed-by = Geändert von { $who }, { $at }
sync-changed-at = Geändert { $at }, von wem, ist unbekannt
sync-changed-whole = Der Anbieter wurde zuletzt { $at } geändert, von wem, ist unbekannt
sync-changed-unknown = Wer es wann geändert hat, ist unbekannt
sync-why-never-agreed = Beide Seiten hatten es, bevor sie sich trafen; niemand weiß also, welches neuer ist.
sync-why-interrupted = Hier wurde eine Anfrage abgebrochen, und dort hat sich seither etwas geändert.
sync-why-several = Dort können mehrere halten, was nur einer halten kann.
sync-key = API-Schlüssel
sync-key-ends = endet auf ...{ $last }
sync-key-kept = in diesem Tresor aufbewahrt
sync-key-none = hier keiner
sync-key-send = Diesen Schlüssel beim nächsten Mal senden
sync-key-waits = Der Server hat dafür keinen Schlüssel oder einen für eine andere Basis-URL. Wählen Sie, dass der Schlüssel mitgeht.
sync-url-down = Der hier gespeicherte Schlüssel wurde für eine andere Basis-URL eingegeben: Er wird entfernt und ist neu einzugeben.
sync-new-down = Er kommt ohne Schlüssel. Geben Sie hier einen ein, bevor er benutzt wird.
sync-delete-down = Er wird hier gelöscht, mit seinem Schlüssel.
sync-only = Nur diesen abgleichen

## Fields and values

sync-name = Name
sync-model = Modell
sync-description = Beschreibung
sync-active = Eingeschaltet
sync-daily = Tageslimit
sync-monthly = Monatslimit
sync-base-url = Basis-URL
sync-insecure = Einfaches http erlaubt
sync-holder = Gehalten von
sync-existence = Anbieter
sync-yes = Ja
sync-no = Nein
sync-no-limit = Kein Limit
sync-nothing = Nichts
sync-nobody = Niemand
sync-is-there = Vorhanden
sync-deleted = Gelöscht

## What a run came to

sync-done-title = Abgleich fertig
sync-done = { $up } gesendet, { $down } geholt.
sync-overtaken = Bei { $count } war jemand schneller: Sehen Sie noch einmal nach.
sync-undone-title = Nicht getan
sync-undone-place = Ein Platz

## Dialogs

remote-add-title = Server verbinden
remote-edit-title = Verbindung ändern
remote-lede = Jeder Server mit dieser Admin-API: einer von Signalbox oder die Anwendung, zu der sie gehört.
remote-address = Adresse
remote-address-hint = Der Teil vor /api/v1. Über http:// nur auf diesem Computer.
remote-name-hint = Leer gilt der Host.
remote-pin = Festgelegtes Zertifikat
remote-pin-hint = SHA-256 des Zertifikats des Servers. Leer gilt, wem dieser Computer vertraut.
remote-optional = optional
remote-test = Testen
remote-testing = Wird getestet
remote-reached = Hier antwortet eine Admin-API.
remote-shown-pin = Sie zeigt das Zertifikat { $pin }.
remote-use-pin = Dieses Zertifikat festlegen
remote-way = Anmelden mit
remote-way-password = Passwort und Code
remote-way-token = Token der Anwendung
remote-user = Benutzername dort
remote-keep = Versiegelt im Tresor aufbewahren
remote-keep-hint = Sonst wird jedes Mal danach gefragt.
remote-secret-kept = Eines ist aufbewahrt. Leer lassen, um es zu behalten.
remote-password = Passwort dort
remote-token = Token
remote-code = Code des dortigen Kontos
remote-code-hint = Sechs Ziffern der Authenticator-App oder ein Wiederherstellungscode.
remote-save-connect = Speichern und anmelden
remote-login-title = Bei { $name } anmelden
remote-login-kept = Was im Tresor aufbewahrt ist, wird verwendet, wo dies leer bleibt.
promote-title = Anbieter weiterreichen
promote-lede = Er wird vom einen Server geholt und an den anderen gesendet. Ein Konflikt auf einer der Seiten hält es an und ist von Ihnen zu entscheiden.
promote-provider = Anbieter
promote-from = Von
promote-to = An
promote-key = Den hier gespeicherten Schlüssel mitsenden
promote-key-hint = Ohne ihn bleibt der Schlüssel, den der andere Server hat.
promote-confirm = Weiterreichen
send-key-title = Schlüssel senden
send-key-lede = Der jetzige Schlüssel eines Anbieters geht beim nächsten Mal über eine verschlüsselte Verbindung an { $name }.
send-key-confirm = Diesen Schlüssel wählen
remote-forget-title = { $name } vergessen?
remote-forget-lede = Kein Anbieter wird geändert, weder hier noch dort. Folgendes geht verloren und lässt sich nicht zurückholen:
remote-forget-agreed = Was beide Seiten vereinbart hatten. Nach erneutem Verbinden ist jedes Feld, das sich unterscheidet, eine Frage.
remote-forget-pending = Entscheidungen und Schlüssel, die gewählt, aber noch nicht gesendet sind, und Löschungen, von denen der Server noch nichts weiß.
remote-forget-secret = Das Passwort oder Token, das dafür in diesem Tresor aufbewahrt ist.
remote-forget-session = Die Sitzung dort. Für diesen Computer endet sie; der Server behält seine eigene Aufzeichnung davon.
remote-forget-confirm = Vergessen

## What a server says of itself, in Usage, Health and History

told-by = { $name }
told-by-at = { $name }, gefragt { $time }
told-asking = Der Server wird gefragt
told-ask-again = Erneut fragen
told-source = Von { $name }
told-source-text = So, wie der Server es sagt. Nichts davon stammt von diesem Computer, und nichts davon wird hier aufbewahrt.
told-last = Letzter Stand: { $time }
told-logged-out = Melden Sie sich an, um zu sehen, was dieser Server sagt
told-logged-out-text = Eine Sitzung dort endet, wenn dieser Tresor gesperrt wird.
told-not-offered = Dieser Server gibt darüber keine Auskunft
told-not-offered-text = Die Admin-API der Spezifikation kennt nur die Nutzung. Über Zustand und Verlauf geben Server von Signalbox Auskunft.
told-span = Zeitraum
told-days-short =
    { $count ->
        [one] 1 Tag
       *[other] { $count } Tage
    }
told-days =
    { $count ->
        [one] Der letzte Tag, in UTC
       *[other] Die letzten { $count } Tage, in UTC
    }
told-search = Dortigen Verlauf durchsuchen
told-by-model = Nach Modell
told-newest-calls = Neueste Aufrufe
told-no-calls = Keine Aufrufe in diesem Zeitraum.
told-sums-alone = Dieser Server nennt nur Summen.
told-unpriced =
    { $count ->
        [one] 1 Aufruf ohne Preis
       *[other] { $count } Aufrufe ohne Preis
    }
told-cost = Kosten
told-calls = Aufrufe
told-tokens = Token
told-model = Modell
told-success = Erfolg
told-latency = Latenz
told-succeeded = Erfolg
told-failed = Fehlgeschlagen
told-deleted = Gelöschter Anbieter
told-time = Zeit
told-provider = Anbieter
told-task = Aufgabe
told-user = Benutzer
told-status = Status
told-no-providers = Dieser Server hat keine Anbieter.
told-no-acts = Kein Eintrag passt.
told-older = Ältere Einträge
