# Die Seite „Bundles“ und ihre Dialoge.

bundles-context = Signierte, verschlüsselte Konfiguration für Server ohne Zugriff auf diesen Tresor
reading-bundles = Bundles werden gelesen
bundle-export = Bundle exportieren
bundle-export-for = Für { $name } exportieren
bundle-soon-title = { $name } läuft { $time } ab.
bundle-soon-text = Danach verwendet der Server das letzte Bundle weiter und schlägt Alarm. Exportieren Sie rechtzeitig ein neues.
bundle-over-title = Das Bundle von { $name } ist { $time } abgelaufen.
bundle-over-text = Der Server verwendet es weiter und schlägt Alarm. Exportieren Sie jetzt ein neues.
bundles-exported = Exportiert
bundles-signed-with = Signiert mit Schlüssel
bundles-search = Bundles durchsuchen
bundles-search-placeholder = Server, Seriennummer
bundle-serial = Nummer
bundle-server-scope = Server und Umfang
bundle-made = Exportiert
bundle-expiry = Ablauf
bundle-fingerprint = Fingerabdruck
bundle-actions = Aktionen
bundle-providers = { $count ->
    [one] { $count } Anbieter
   *[other] { $count } Anbieter
}
bundle-routes = { $count ->
    [one] { $count } Route
   *[other] { $count } Routen
}
bundle-contents = { $providers }, { $routes }
bundle-takes-all = Nimmt alles weg
bundle-goes-back = Geht zurück auf { $serial }
bundle-valid = { $count ->
    [one] Gültig, { $count } Tag
   *[other] Gültig, { $count } Tage
}
bundle-valid-hours = Gültig, { $count } h
bundle-soon = Läuft in { $count } h ab
bundle-expired = Abgelaufen
bundle-replaced = Ersetzt durch { $serial }
bundle-revoked = Zurückgezogen { $day }
bundle-there = Dort in Kraft
bundle-not-there = Noch nicht dort
bundle-save = Bundle { $serial } als Datei speichern
bundle-more = Mehr zu Bundle { $serial }
bundle-copy = In die Zwischenablage kopieren
bundle-upload = Zu { $name } hochladen
bundle-again = Ein neues für { $name } exportieren
bundle-back = Auf dieses zurückgehen
bundle-revoke = { $name } alles wegnehmen
bundles-none = Noch kein Bundle
bundles-none-text = Ein Bundle bringt Anbieter, ihre Schlüssel, Routen und Limits zu einem Server, der keinen Zugriff auf diesen Tresor braucht.
bundles-step-key = Erstellen Sie den Signaturschlüssel. An ihm erkennen Server ein Bundle.
bundles-step-server = Importieren Sie einen Server: die Datei, die „signalbox-server identity“ dort schreibt.
bundles-step-export = Exportieren Sie ein Bundle für ihn, und bringen Sie die Datei hin oder laden Sie sie hoch.
bundles-no-match = Kein Bundle passt
bundle-saved = Bundle { $serial } gespeichert: { $file }
bundle-saved-detail = Es liegt im Download-Ordner. Nur sein Server kann es öffnen.
bundle-copied = Bundle { $serial } ist in der Zwischenablage
bundle-copied-detail = Es bleibt dort zehn Minuten, oder bis der Tresor gesperrt wird. Nur sein Server kann es öffnen.
bundle-exported-title = Bundle { $serial } exportiert: { $file }

bundle-verify = Bundle prüfen
bundle-verify-hint = Ziehen Sie eine .sbundle-Datei hierher, oder wählen Sie eine. Es wird nichts geändert.
bundle-too-large = diese Datei ist zu groß für ein Bundle
bundle-too-large-advice = Wählen Sie eine .sbundle-Datei von höchstens 1 MiB.
bundle-unread = die Datei lässt sich nicht lesen
bundle-unread-advice = Prüfen Sie, wer sie lesen darf, und wählen Sie sie dann noch einmal.
bundle-signature = Die Signatur ist gültig.
bundle-signature-now = Ausgestellt von { $kid }, diesem Tresor
bundle-signature-before = Ausgestellt von { $kid }, einem früheren Schlüssel dieses Tresors
bundle-made-for = Erstellt für { $name }.
bundle-made-for-text = Kein anderer Server kann es öffnen
bundle-made-for-unknown = Erstellt für einen Server, der hier nicht bekannt ist.
bundle-newest = Neueste Nummer.
bundle-newest-text = { $serial } ist die neueste für diesen Server
bundle-older = Nicht das neueste.
bundle-older-text = { $serial } wurde durch { $newest } ersetzt
bundle-not-ours = Nicht in der Liste.
bundle-not-ours-text = Dieser Tresor hat es signiert und erinnert sich nicht daran; vielleicht wurde seither eine Sicherung eingespielt
bundle-good = Anwendbar
bundle-good-text = bis { $time }
bundle-over = Abgelaufen
bundle-over-since = seit { $time }
bundle-show-contents = Inhalt anzeigen
bundle-hide-contents = Inhalt verbergen
bundle-no-contents = Es ist kein Anbieter darin.

bundle-key = Signaturschlüssel
bundle-key-active = Aktiv
bundle-key-name = Schlüssel
bundle-key-since = Seit
bundle-key-none = Noch keiner. Er wird in diesem Tresor erstellt und verlässt ihn nie.
bundle-key-make = Signaturschlüssel erstellen
bundle-key-made = Signaturschlüssel erstellt
bundle-key-made-detail = Speichern Sie seinen öffentlichen Teil, und vertrauen Sie ihm auf jedem Server vor dem ersten Bundle.
bundle-key-save = Öffentlichen Schlüssel speichern
bundle-key-copy = Öffentlichen Schlüssel kopieren
bundle-key-saved = Öffentlicher Schlüssel gespeichert: { $file }
bundle-key-saved-detail = Auf dem Server: signalbox-server bundle trust DATEI, dann den Fingerabdruck mit dem hier gezeigten vergleichen.
bundle-key-change = Schlüssel wechseln
bundle-key-change-title = Signaturschlüssel wechseln?
bundle-key-change-text = Ab jetzt signiert ein neuer Schlüssel, und der alte wird vernichtet. Eine Erklärung, die beide signiert haben, wird als Datei gespeichert. Bringen Sie sie mit „bundle trust“ zu jedem Server; bis dahin lehnt ein Server neue Bundles ab und arbeitet mit dem weiter, was er hat.
bundle-key-changed = Signaturschlüssel gewechselt: { $file }
bundle-key-changed-detail = Bringen Sie diese Datei mit „signalbox-server bundle trust“ zu jedem Server.

bundle-servers = Server
bundle-servers-none = Noch keiner.
bundle-server-add = Server hinzufügen
bundle-server-remove = { $name } entfernen
bundle-server-remove-title = { $name } entfernen?
bundle-server-remove-text = Auf dem Server ändert sich nichts; er behält sein Bundle. Um wieder für ihn zu exportieren, importieren Sie seine Datei erneut und vergleichen den Fingerabdruck.
bundle-server-removed = Server entfernt
bundle-server-ask = { $name } fragen
bundle-server-told = Hat { $serial }, gefragt { $time }
bundle-server-told-none = Hat keines von uns, gefragt { $time }
bundle-server-untrusted = Vertraut dem Schlüssel nicht, der jetzt signiert
bundle-server-unasked = Noch nicht gefragt

bundle-add-title = Server hinzufügen
bundle-add-lede = Führen Sie auf dem Server „signalbox-server identity“ aus. Wählen Sie die Datei, die es schreibt, oder ein Bild seines QR-Codes, oder fügen Sie den Text ein.
bundle-add-file = Eine .json-Datei oder ein Bild des QR-Codes (.png)
bundle-add-too-large = diese Datei ist zu groß für die Datei eines Servers
bundle-add-too-large-advice = Wählen Sie die Datei, die „signalbox-server identity“ schrieb, oder ein Bild ihres QR-Codes (.png).
bundle-add-picture-too-large = dieses Bild ist zu groß
bundle-add-picture-too-large-advice = Schneiden Sie es auf den Code zu, und wählen Sie es dann erneut. Gelesen werden höchstens 16 MiB.
bundle-add-paste = Oder den Text der Datei einfügen
bundle-add-look = Ansehen
bundle-add-compare = Mit der Anzeige des Servers vergleichen
bundle-add-compare-text = Sehen Sie auf den Bildschirm des Servers selbst. Weicht ein einziges Zeichen ab, ist es ein anderer Server: Fügen Sie ihn nicht hinzu.
bundle-add-compared = Der Fingerabdruck auf dem Server ist derselbe
bundle-add-known = Hier bekannt als { $name }.
bundle-add-other = Sein Schlüssel für Bundles hat sich seither geändert. Fügen Sie ihn nur hinzu, wenn Sie wissen, dass der Server neu eingerichtet wurde.
bundle-add-serial = Er hat Bundles bis { $serial } angenommen.
bundle-add = { $name } hinzufügen
bundle-added-title = { $name } hinzugefügt

bundle-wizard-title = Bundle exportieren
bundle-wizard-for = Bundle für { $name } exportieren
bundle-wizard-revoke = { $name } alles wegnehmen
bundle-wizard-back = { $serial } bei { $name } wieder in Kraft setzen
bundle-steps = Schritte
bundle-step-server = Server
bundle-step-scope = Umfang und Ablauf
bundle-step-review = Prüfen und signieren
bundle-which-server = Für welchen Server
bundle-scope = Umfang
bundle-scope-count = { $chosen } von { $all } Anbietern, { $routes }
bundle-private = Private Adresse, der Server erreicht sie vielleicht nicht
bundle-without-key = Kein Schlüssel
bundle-switched-off = Ausgeschaltet
bundle-which-routes = Routen
bundle-which-routes-hint = Eine Route, die nicht mitgeht, bleibt auf dem Server, wie sie ist.
bundle-route-by = { $count ->
    [0] keiner der gewählten
    [one] { $count } der gewählten
   *[other] { $count } der gewählten
}
bundle-expires = Ablauf
bundle-days = { $count ->
    [one] 24 Stunden
   *[other] { $count } Tage
}
bundle-with-limits = Limits für Token, Kosten und Aufrufe mitgeben
bundle-with-prices = Hier gesetzte Preise und einen importierten Katalog mitgeben
bundle-with-prompts = Hier festgelegte Anweisungen der Aufgaben mitgeben
bundle-sealed = Die Schlüssel darin sind für { $name } ({ $fingerprint }) verschlüsselt. Nur dieser Server kann sie öffnen.
bundle-go-back-step = Zurück
bundle-to-scope = Weiter
bundle-to-review = Prüfen
bundle-replaces = Nummer { $serial } ersetzt { $previous }
bundle-first = Nummer { $serial } ist die erste für diesen Server
bundle-until = Es ist bis { $time } anwendbar.
bundle-changes = Was der Server anders machen wird
bundle-changes-none = Nichts, aber es hat eine neue Nummer und einen neuen Ablauf.
bundle-nobody = niemand
bundle-added = Kommt mit seinem Schlüssel
bundle-removed = Verschwindet, und sein Schlüssel mit ihm
bundle-default = Standardanbieter
bundle-before-after = bisher { $before }, künftig { $after }
bundle-prompt-own = Künftig eigene Anweisungen
bundle-prompt-built-in = Wieder die eingebauten Anweisungen
bundle-catalog = Preiskatalog
bundle-catalog-own = der eigene des Servers
bundle-field-changed = { $field }: { $before } → { $after }
bundle-field-name = Name
bundle-field-model = Modell
bundle-field-url = Basis-URL
bundle-field-key = ein anderer Schlüssel
bundle-field-on = eingeschaltet
bundle-field-off = ausgeschaltet
bundle-field-limit = { $kind ->
    [daily_tokens] Token pro Tag
    [monthly_tokens] Token pro Monat
    [daily_cost] Kosten pro Tag
    [monthly_cost] Kosten pro Monat
    [requests_per_minute] Anfragen pro Minute
    [tokens_per_minute] Token pro Minute
   *[other] gleichzeitige Aufrufe
}
bundle-field-no-limit = kein Limit
bundle-field-prices = andere eigene Preise
bundle-field-settings = anderes Zeitlimit, andere Wiederholungen oder Note
bundle-previewing = Vergleich mit dem letzten Bundle
bundle-where = Wohin es geht
bundle-where-file = Datei
bundle-where-clipboard = Zwischenablage
bundle-where-server = Hochladen
bundle-where-server-text = Es wird signiert und hier aufbewahrt; der nächste Schritt bringt es zum Server.
bundle-sign = Signieren und exportieren
bundle-revoke-warning = Der Server bedient dann nichts mehr, was mit Bundles kam. Routen, die es verwenden, haben niemanden.
bundle-needs-key = Es gibt noch keinen Signaturschlüssel.

bundle-reach-upload = Bundle { $serial } zu { $name } hochladen
bundle-reach-ask = { $name } fragen, welche Bundles er hat
bundle-reach-lede = Sie melden sich an der Admin-API des Servers als super_admin an. Passwort und Code werden einmal benutzt und nicht aufbewahrt.
bundle-reach-url = Adresse
bundle-reach-url-hint = https:// oder nur auf diesem Computer http://. Einer Weiterleitung wird nicht gefolgt.
bundle-reach-pin = Zertifikat (SHA-256), optional
bundle-reach-pin-hint = Für ein Zertifikat, das keine Stelle signiert hat: Genau diesem wird vertraut.
bundle-reach-user = Benutzername
bundle-reach-password = Passwort
bundle-reach-code = Authenticator-Code
bundle-reach-do-upload = Hochladen
bundle-reach-do-ask = Fragen
bundle-uploaded = Bundle { $serial } ist bei { $name } in Kraft
bundle-asked = { $name } wurde gefragt
