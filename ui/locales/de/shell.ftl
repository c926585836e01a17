# Was die Anwendung hinter der Seite fertig formuliert sagt. Erkannt wird es am englischen Satz desselben Schlüssels.

## The vault and the lock screen

said-locked = der Tresor ist gesperrt
said-locked-advice = Entsperren Sie ihn mit dem Tresorpasswort.
said-not-password = das ist nicht das Tresorpasswort
said-not-opened = dieses Passwort hat den Tresor nicht geöffnet
said-caps-lock = Prüfen Sie die Feststelltaste und die Tastaturbelegung.
said-wrong-passwords = zu viele falsche Passwörter
said-wait-doubles = Versuchen Sie es in { $seconds } s erneut. Die Wartezeit verdoppelt sich nach jedem Fehlversuch, bis auf 60 Sekunden.
said-wrong-answers = zu viele falsche Antworten
said-wait-unchanged = Versuchen Sie es in { $seconds } s erneut. Es wurde nichts geändert.
said-proof-needed = hierfür ist nachzuweisen, dass Sie es sind
said-proof-advice = Geben Sie das Tresorpasswort ein oder einen Code der Authenticator-App, falls eine eingerichtet ist.
said-code-used = dieser Code wurde schon verwendet
said-code-next = Warten Sie auf den nächsten Code der App: Jeder gilt einmal.
said-code-wrong = dieser Code stimmt nicht
said-code-now = Verwenden Sie den Code, den die App jetzt zeigt, und prüfen Sie die Uhr dieses Computers.
said-code-none = das ist keiner der Wiederherstellungscodes
said-code-letters = Prüfen Sie jeden Buchstaben. Ein einmal verwendeter Code ist verbraucht.
said-app-enrolled = eine Authenticator-App ist eingerichtet
said-app-enter = Geben Sie einen Code von ihr oder einen Wiederherstellungscode ein.
said-app-none = keine Authenticator-App ist eingerichtet
said-enter-password = Geben Sie das Tresorpasswort ein.
said-no-enrolment = es wird gerade keine App eingerichtet
said-enrol-anew = Beginnen Sie neu: Ein neues Bild wird gezeigt.
said-app-damaged = das Geheimnis der Authenticator-App ist beschädigt
said-app-recover = Geben Sie einen Wiederherstellungscode ein und richten Sie die App dann neu ein.
said-kit-wrong = dieses Notfall-Kit öffnet den Tresor nicht
said-kit-newer = Suchen Sie ein neueres Kit: Jedes neue macht das vorige ungültig, ebenso seine Benutzung oder ein neuer Tresorschlüssel.
said-kit-absent = dieser Tresor hat kein Notfall-Kit
said-kit-count = es sind { $count } Wörter, und ein Notfall-Kit hat 24
said-kit-count-advice = Geben Sie alle Wörter des Kits in ihrer Reihenfolge ein, durch Leerzeichen getrennt.
said-kit-word = Wort { $place } ist kein Wort eines Notfall-Kits
said-kit-word-advice = Vergleichen Sie dieses Wort Buchstabe für Buchstabe mit dem Kit.
said-kit-apart = diese Wörter gehören nicht zusammen
said-kit-compare = Vergleichen Sie die Wörter und ihre Reihenfolge mit dem Kit.
said-kit-not-this = das ist nicht das gültige Notfall-Kit
said-kit-make = Erstellen Sie ein neues Kit und sichern Sie dieses.
said-open-already = der Tresor ist bereits offen
said-lock-first = Sperren Sie ihn zuerst, oder ändern Sie das Passwort in den Einstellungen.
said-keyring-silent = der System-Schlüsselbund antwortet nicht
said-keyring-locked = der System-Schlüsselbund ist gesperrt
said-keyring-absent = es gibt keinen System-Schlüsselbund
said-keyring-empty = der System-Schlüsselbund enthält nichts für diesen Tresor
said-keyring-refused = der System-Schlüsselbund hat abgelehnt
said-keyring-not-this = was der System-Schlüsselbund enthält, öffnet diesen Tresor nicht
said-keyring-off = der System-Schlüsselbund öffnet diesen Tresor nicht
said-keyring-wait = Vielleicht wartet er auf sein eigenes Passwort: Suchen Sie nach seinem Fenster. Versuchen Sie es dann erneut, oder verwenden Sie das Tresorpasswort.
said-keyring-unlock = Entsperren Sie ihn und versuchen Sie es erneut, oder verwenden Sie das Tresorpasswort.
said-keyring-linux = Verwenden Sie das Tresorpasswort. Unter Linux stellen GNOME Keyring oder KWallet einen Schlüsselbund bereit.
said-keyring-again = Verwenden Sie das Tresorpasswort und schalten Sie dann den Schlüsselbund in den Einstellungen aus und wieder ein.
said-use-password = Verwenden Sie das Tresorpasswort.
said-password-days = der Tresor wurde { $days } Tage lang nicht mit seinem Passwort geöffnet
said-password-time = Verwenden Sie dieses Mal das Tresorpasswort. Danach öffnet der Schlüsselbund ihn wieder.
said-vault-exists = in diesem Ordner gibt es bereits einen Tresor
said-unlock-instead = Entsperren Sie ihn stattdessen. Er wurde nicht geändert.
said-other-signalbox = ein anderes Signalbox verwendet diesen Datenordner
said-headers-damaged = beide Kopien des Tresorkopfes sind beschädigt
said-header-unread = der Kopf des Tresors lässt sich nicht lesen
said-vault-newer = eine neuere Version von Signalbox hat diesen Tresor geschrieben
said-restore = Suchen Sie hier nach einer Sicherung, oder legen Sie eine eigene Kopie an die Stelle des Tresors und versuchen Sie es erneut. Bewahren Sie die beschädigten Dateien auf.
said-update = Installieren Sie die neueste Version von Signalbox und öffnen Sie den Tresor damit. Es wurde nichts geändert.
said-check-readable = Prüfen Sie die Rechte des Datenordners und den Zustand des Datenträgers, und versuchen Sie es dann erneut. Der Tresor ist vielleicht unversehrt: Ersetzen Sie nichts.
said-database-damaged = die Datenbank des Tresors ist beschädigt
said-no-memory = es ist nicht genug Speicher frei
said-no-memory-open = zum Öffnen des Tresors ist nicht genug Speicher frei
said-close-programs = Schließen Sie andere Programme, und versuchen Sie es dann erneut.
said-close-programs-unchanged = Schließen Sie andere Programme, und versuchen Sie es dann erneut. Es wurde nichts geändert.
said-password-short = Verwenden Sie mindestens 12 Zeichen.
said-password-long = Verwenden Sie höchstens 1024 Byte; die meisten Passwörter sind viel kürzer.
said-password-easy = Dieses Passwort ist zu leicht zu erraten. Machen Sie es länger, oder nehmen Sie die sechs Wörter.

## The disk and the database

said-disk-full = der Datenträger ist voll
said-free-space = Schaffen Sie Platz auf dem Datenträger, und versuchen Sie es dann erneut. Alles zuvor Gespeicherte ist unverändert.
said-disk-error = der Datenträger hat einen Fehler gemeldet
said-check-disk = Prüfen Sie den Zustand des Datenträgers, und versuchen Sie es dann erneut. Alles zuvor Gespeicherte ist unverändert.
said-folder-unwritten = der Datenordner lässt sich nicht beschreiben
said-vault-unwritten = der Ordner des Tresors lässt sich nicht beschreiben
said-check-permissions = Prüfen Sie die Rechte des Datenordners und ob sein Datenträger schreibgeschützt ist. Alles zuvor Gespeicherte ist unverändert.
said-database-used = ein anderes Programm verwendet die Datenbank des Tresors
said-database-close = Schließen Sie das Programm, das den Datenordner geöffnet hat, und versuchen Sie es dann erneut.
said-database-refused = die Datenbank hat die Änderung abgelehnt
said-report-log = Es wurde nichts geändert. Geschieht es wieder, melden Sie es mit der Protokolldatei.
said-download-failed = die Datei konnte nicht in den Download-Ordner geschrieben werden
said-download-permissions = Prüfen Sie die Rechte dieses Ordners, und versuchen Sie es dann erneut.
said-download-older = Verschieben Sie ältere Dateien aus diesem Ordner, und versuchen Sie es dann erneut.
said-download-disk = Prüfen Sie den Datenträger mit diesem Ordner, und versuchen Sie es dann erneut.

## Records and their fields

said-provider-gone = diesen Anbieter gibt es nicht mehr
said-budget-gone = dieses Budget gibt es nicht mehr
said-gone-advice = Er wurde inzwischen gelöscht; die Liste wird neu gelesen.
said-provider-changed = dieser Anbieter wurde inzwischen geändert
said-budget-changed = dieses Budget wurde inzwischen geändert
said-changed-advice = Sehen Sie sich den jetzigen Stand an, und ändern Sie ihn dann erneut.
said-name-used = Name vergeben. Wählen Sie einen anderen.
said-task-exists = Es gibt schon eine Aufgabe dieses Namens. Wählen Sie einen anderen.
said-task-none = Eine dieser Aufgaben gibt es nicht. Fügen Sie sie zuerst hinzu.
said-budget-exists = Es gibt schon ein solches Budget. Ändern Sie jenes.
said-budget-provider-gone = Diesen Anbieter gibt es nicht mehr. Wählen Sie einen anderen.
said-one-field = ein Feld ist zu ändern
said-many-fields = { $count } Felder sind zu ändern
said-one-route = eine Route lässt sich nicht speichern
said-many-routes = { $count } Routen lassen sich nicht speichern
said-routes-advice = Es wurde nichts gespeichert. Ändern Sie das Markierte, und speichern Sie dann erneut.
said-routes-changed = die Routen wurden inzwischen geändert
said-fill-in = Füllen Sie dies aus.
said-shorten = Kürzen Sie dies auf { $limit } Zeichen; es hat { $length }.
said-invisible = Entfernen Sie das unsichtbare Zeichen U+{ $code }.
said-blank = Entfernen Sie das Leerzeichen.
said-task-name = Verwenden Sie 1 bis 64 Kleinbuchstaben, Ziffern und _, einen Buchstaben zuerst, etwa cover_letter.
said-limit-small = Geben Sie 1 oder mehr ein, oder lassen Sie es leer.
said-limit-large = Geben Sie höchstens { $most } ein.
said-limit-range = Geben Sie { $least } bis { $most } ein, oder lassen Sie es leer.
said-cost-range-empty = Geben Sie mehr als 0 und höchstens 10000000 Dollar ein, oder lassen Sie es leer.
said-cost-range = Geben Sie mehr als 0 und höchstens 10000000 Dollar ein.
said-price = Geben Sie Dollar pro 1 Mio. Token ein, etwa 0.25.
said-characters = Geben Sie 1 bis { $most } Zeichen ein.
said-url-enter = Geben Sie die Adresse des Servers ein, etwa http://localhost:11434/v1 für Ollama.
said-url-short = Kürzen Sie die Adresse auf { $most } Zeichen.
said-url-blank = Entfernen Sie das Leerzeichen oder unsichtbare Zeichen aus der Adresse.
said-url-scheme = Beginnen Sie die Adresse mit https:// oder, für einen Server auf diesem Computer, mit http://.
said-url-host = Geben Sie eine Adresse mit gültigem Hostnamen ein, etwa https://gateway.example.com/v1.
said-url-login = Entfernen Sie Benutzername und Passwort aus der Adresse; der Schlüssel hat ein eigenes Feld.
said-url-query = Entfernen Sie den Teil der Adresse ab dem Fragezeichen.
said-url-fragment = Entfernen Sie den Teil der Adresse ab dem #.
said-url-key = Geben Sie den Schlüssel für die neue Basis-URL erneut ein.
said-name-differs = der Name stimmt nicht überein
said-name-exactly = Geben Sie den Namen des Anbieters genau so ein, wie er dasteht.
said-undo-over = dieser Schritt lässt sich nicht mehr rückgängig machen
said-undo-advice = Ändern Sie den Anbieter von Hand, oder sehen Sie im Verlauf nach.
said-stopped = es wurde angehalten
said-start-again = Starten Sie es wieder, wenn Sie so weit sind.
said-not-understood = die Anfrage wurde nicht verstanden
said-broken-off = Signalbox hat mittendrin abgebrochen
said-restart = Starten Sie Signalbox neu. Geschieht es wieder, melden Sie es.
said-network-failed = das Netzwerk ließ sich nicht einrichten
said-proxy-settings = Prüfen Sie die Proxy-Einstellungen in der Umgebung dieses Computers, und starten Sie Signalbox dann neu.
said-port-used = ein anderes Programm verwendet Port { $port }
said-port-refused = das System lässt Signalbox Port { $port } nicht verwenden

## Keys

said-no-key = dieser Anbieter hat keinen Schlüssel
said-enter-first = Geben Sie zuerst einen ein.
said-enter-new = Geben Sie den neuen API-Schlüssel ein.
said-same-key = Dieser Schlüssel gilt bereits. Erstellen Sie auf der Seite des Herstellers einen neuen und geben Sie diesen ein.
said-none-kept = der vorige Schlüssel ist nicht mehr da
said-none-kept-advice = Seine Frist ist abgelaufen, oder er wurde vernichtet. Geben Sie den Schlüssel neu ein, oder erstellen Sie einen anderen.
said-key-other-url = der Schlüssel wurde für eine andere Basis-URL eingegeben
said-key-damaged = der gespeicherte Schlüssel ist beschädigt oder gehört zu einem anderen Datensatz
said-key-newer = eine neuere Version von Signalbox hat diesen Schlüssel versiegelt

## Tests of keys: outcomes

said-works = Funktioniert
said-works-restricted = Funktioniert, Schlüssel eingeschränkt
said-key-malformed = Schlüssel unbrauchbar
said-key-rejected = Schlüssel abgelehnt
said-no-permission = Keine Berechtigung
said-model-not-found = Modell nicht gefunden
said-rate-limited = Ratenlimit erreicht
said-quota-exhausted = Kontingent erschöpft
said-overloaded = Überlastet
said-vendor-error = Fehler beim Hersteller
said-wrong-url = Falsche Basis-URL
said-redirected = Umgeleitet
said-tls-failed = TLS gescheitert
said-name-unresolved = Name nicht gefunden
said-no-connection = Keine Verbindung
said-timed-out = Zeitüberschreitung
said-answer-unread = Antwort nicht verstanden

## Tests of keys: pieces of sentences

said-server-start = Der Server auf { $host }
said-server = der Server auf { $host }
said-accepts-key = nimmt den Schlüssel an
said-answers-keyless = antwortet ohne Schlüssel
said-answers = antwortet
said-configured-model = das eingestellte Modell
said-one-model = 1 Modell
said-many-models = { $count } Modellen
said-at-page = auf { $url }
said-with-host = beim Betreiber von { $host }
said-wait-minute = Warten Sie eine Minute
said-wait = Warten Sie { $when }
said-another-address = eine andere Adresse

## Tests of keys: sentences

said-test-only-model = { $who } { $accepted }; { $model } ist das einzige gelistete Modell.
said-test-listed = { $who } { $accepted }; { $model } ist eines von { $count } in der Liste.
said-test-alias = { $who } { $accepted } und kennt { $model }, obwohl dieser Name in der Liste von { $count } fehlt.
said-nothing-to-do = Nichts zu tun.
said-nothing-but-credit = Nichts zu tun. Der Test kostet nichts und kann daher nicht zeigen, ob das Konto Guthaben hat.
said-list-open = Der Server zeigt seine Liste auch ohne Schlüssel; das sagt wenig über den Schlüssel: Das kann nur ein echter Aufruf.
said-refuses-recent = { $who } listet dieses Modell, verweigert es aber kürzlich erstellten Schlüsseln.
said-shuts-down = Das Modell wird am { $day } abgeschaltet.
said-test-no-text = { $who } { $accepted }, aber { $model } erzeugt keinen Text.
said-choose-text = Wählen Sie ein Modell, das Text erzeugt.
said-test-no-models = { $who } { $accepted }, listet aber gar kein Modell.
said-test-missing = { $who } { $accepted }, aber { $model } ist nicht unter den { $count } in der Liste.
said-load-model = Laden Sie ein Modell auf dem Server, und testen Sie dann erneut.
said-which-models = Prüfen Sie { $console }, welche Modelle das Projekt dieses Schlüssels verwenden darf.
said-choose-listed = Wählen Sie eines der gelisteten Modelle, und prüfen Sie, ob das Konto dieses Schlüssels darauf Zugriff hat.
said-closest-one = Prüfen Sie die Schreibweise. Der ähnlichste Name ist { $name }.
said-closest-many = Prüfen Sie die Schreibweise. Die ähnlichsten Namen sind { $names }.
said-key-empty = Es gibt keinen Schlüssel, und { $who } braucht einen.
said-key-blank = Der Schlüssel enthält ein Leerzeichen oder einen Zeilenumbruch und wurde daher nicht gesendet.
said-key-unprintable = Der Schlüssel enthält ein Zeichen, das kein HTTP-Header überträgt, und wurde daher nicht gesendet.
said-key-wanted = { $who } verlangt einen Schlüssel{ $http }.
said-enter-server-key = Geben Sie den Schlüssel dieses Servers ein.
said-key-unknown = { $who } nimmt diesen Schlüssel nicht an{ $http }.
said-key-check = Prüfen Sie { $console }, ob der Schlüssel vorhanden und aktiv ist und zum richtigen Konto gehört, und fügen Sie ihn noch einmal ganz ein.
said-key-expired = Laut { $who } ist dieser Schlüssel abgelaufen{ $http }.
said-key-leaked = { $who } hat diesen Schlüssel abgeschaltet, weil er öffentlich gefunden wurde{ $http }.
said-key-other-kind = { $who } hält dies für eine andere Art Token als einen API-Schlüssel{ $http }.
said-key-renew = Erstellen Sie { $console } einen neuen Schlüssel und geben Sie ihn hier ein.
said-key-published = Finden Sie heraus, wo der alte veröffentlicht wurde.
said-key-vendor = Er sieht aus wie ein Schlüssel eines anderen Herstellers: { $vendor }.
said-no-listing = { $who } kennt diesen Schlüssel, erlaubt ihm aber nicht, Modelle aufzulisten{ $http }.
said-no-scope = { $who } kennt diesen Schlüssel, aber er darf keine Modelle auflisten; { $model } ließ sich daher nicht prüfen{ $http }.
said-scope-advice = Er funktioniert vielleicht trotzdem. Damit das Modell geprüft wird, geben Sie dem Schlüssel { $console } das Recht, Modelle zu lesen.
said-busy = { $who } nimmt gerade keine weiteren Anfragen an{ $http }.
said-busy-advice = { $wait }, und testen Sie dann erneut. Kommt es wieder, suchen Sie nach Spitzen der Nutzung, senken Sie das Tageslimit, oder fügen Sie einen zweiten Anbieter hinzu, der die Last teilt.
said-quota-today = Das heutige Kontingent bei { $who } ist aufgebraucht{ $http }.
said-no-quota = Die Stufe des Kontos bei { $who } hat hierfür gar kein Kontingent{ $http }.
said-no-credit = Das Konto bei { $who } hat kein Guthaben mehr{ $http }.
said-credit-advice = Warten hilft nicht: Laden Sie Guthaben auf, oder prüfen Sie { $console } die Abrechnung.
said-billing-advice = Warten hilft nicht: Richten Sie { $console } die Abrechnung ein, oder wählen Sie ein anderes Modell.
said-spend-limit = Die Ausgabengrenze des Kontos oder Projekts bei { $who } ist erreicht{ $http }.
said-spend-advice = Erhöhen Sie die Grenze { $console }, oder verwenden Sie bis zur Erneuerung einen anderen Anbieter.
said-no-capacity = { $who } hat gerade keine Kapazität{ $http }.
said-failed-itself = { $who } hatte selbst einen Fehler{ $http }.
said-gateway-failed = Ein Gateway vor { $who } ist ausgefallen{ $http }.
said-gave-up = { $who } hat das Warten auf die Anfrage aufgegeben{ $http }.
said-key-not-at-fault = Am Schlüssel liegt es nicht. { $wait }, und testen Sie dann erneut; ein zweiter Anbieter hält die Aufgaben am Laufen.
said-web-page = Auf { $host } hat eine Webseite geantwortet, nicht die API von { $label }{ $http }.
said-other-api = Auf { $host } hat eine andere API als die von { $label } geantwortet{ $http }.
said-no-list-here = Unter dieser Adresse von { $host } gibt es keine Modellliste{ $http }.
said-url-try = Berichtigen Sie die Basis-URL: Versuchen Sie { $better }.
said-url-own = Berichtigen Sie die Basis-URL; die von { $label } selbst ist { $default }.
said-url-usually = Berichtigen Sie die Basis-URL. Sie endet meist mit /v1, wie in http://localhost:11434/v1.
said-name-no-address = Der Name { $host } hat keine Adresse.
said-name-advice = Prüfen Sie die Schreibweise der Basis-URL und die Netzwerkverbindung. Ist in der Umgebung ein Proxy gesetzt, prüfen Sie auch dessen Namen.
said-key-unsent = Der Schlüssel wurde nicht gesendet.
said-tls-untrusted = Das Zertifikat von { $host } ist von niemandem signiert, dem dieser Computer vertraut.
said-tls-untrusted-advice = Ist es ein eigener Server oder Proxy, fügen Sie dessen Stelle den Zertifikaten des Systems hinzu. Wenn nicht, machen Sie nicht weiter: Vielleicht hört jemand mit.
said-tls-expired = Das Zertifikat von { $host } ist abgelaufen.
said-tls-expired-advice = Prüfen Sie die Uhr dieses Computers. Geht sie richtig, muss der Betreiber des Servers das Zertifikat erneuern.
said-tls-host = Das Zertifikat auf { $host } gehört zu einem anderen Host.
said-connect-late = Keine Verbindung zu { $host } in der gegebenen Zeit.
said-answer-late = { $host } hat die Anfrage angenommen, aber nicht rechtzeitig geantwortet.
said-connect-late-advice = Prüfen Sie Host und Port der Basis-URL, die Firewall und den Proxy, und testen Sie dann erneut.
said-answer-late-advice = Testen Sie in einer Minute erneut. Bleibt es dabei, hat { $who } oder das Netzwerk ein Problem; der Schlüssel ist vielleicht gut.
said-nothing-accepts = Auf { $host } nimmt nichts Verbindungen an.
said-nothing-accepts-advice = Prüfen Sie, ob der Server läuft und der Port in der Basis-URL stimmt.
said-no-way = Von hier führt kein Weg zu { $host }.
said-no-way-advice = Prüfen Sie die Netzwerkverbindung, das VPN und die Firewall.
said-broke = Die Verbindung zu { $host } brach ab, bevor eine Antwort kam.
said-broke-advice = Testen Sie erneut. Bleibt es dabei, prüfen Sie Schema und Port der Basis-URL sowie Firewall oder Proxy dazwischen.
said-unconnected = Zu { $host } kam keine Verbindung zustande.
said-unconnected-advice = Prüfen Sie die Netzwerkverbindung. Ist in der Umgebung ein Proxy gesetzt (HTTPS_PROXY), prüfen Sie, ob er diese Adresse zulässt.
said-sent-on = { $host } leitet Anfragen an { $target } weiter. Der Schlüssel wurde nicht dorthin gesendet.

## Calls

said-call-key = { $who } nimmt den Schlüssel nicht an
said-call-key-advice = Prüfen Sie den Schlüssel { $console }, und geben Sie ihn in Signalbox erneut ein.
said-call-model = { $who } hat { $model } für diesen Schlüssel nicht
said-call-model-advice = Prüfen Sie den Namen des Modells, und testen Sie die Konfiguration in Signalbox.
said-call-long = die Unterhaltung ist länger, als { $model } annimmt
said-call-long-advice = Kürzen Sie sie, oder wählen Sie ein Modell mit größerem Fenster.
said-call-blocked = der Inhaltsfilter von { $who } hat den Prompt abgelehnt
said-call-blocked-advice = Ändern Sie den Prompt; ein erneuter Aufruf hilft nicht.
said-call-busy = { $who } nimmt gerade keine weiteren Aufrufe an
said-call-busy-advice = { $wait }, und rufen Sie dann erneut auf, oder fügen Sie einen zweiten Anbieter hinzu, der die Last teilt.
said-call-quota = das heutige Kontingent bei { $who } ist aufgebraucht
said-call-credit = das Konto bei { $who } hat kein Guthaben mehr
said-call-capacity = { $who } hat gerade keine Kapazität
said-call-failed = { $who } hatte selbst einen Fehler
said-call-again-second = { $wait }, und rufen Sie dann erneut auf; ein zweiter Anbieter hält die Aufgaben am Laufen.
said-call-late = in der Zeit dieser Konfiguration kam keine Antwort
said-call-late-advice = Rufen Sie erneut auf, oder geben Sie der Konfiguration in Signalbox mehr Zeit.
said-call-cut = die Antwort brach vor dem Ende ab
said-call-again = Rufen Sie erneut auf.
said-ask-again = Fragen Sie erneut.
said-call-empty = die Antwort ist leer
said-call-empty-advice = Erlauben Sie mehr Ausgabe-Token, oder verwenden Sie ein anderes Modell.
said-call-json = die Antwort ist nicht das verlangte JSON
said-call-json-advice = Rufen Sie erneut auf, oder verwenden Sie ein Modell, das ein Schema einhält.
said-no-fitting-key = diese Konfiguration hat keinen Schlüssel, der zu ihrer Adresse passt
said-no-fitting-key-advice = Geben Sie ihren Schlüssel in Signalbox ein.

## News of budgets

said-spent = { $whose }: Das { $period } ist ausgegeben
said-will-not-last = { $whose }: Das { $period } reicht wahrscheinlich nicht
said-part-spent = { $whose }: { $percent } % vom { $period } sind ausgegeben
said-days = Tagesbudget
said-months = Monatsbudget
said-all-usage = Gesamte Nutzung
said-deleted-provider = Ein gelöschter Anbieter

## The page's own words to the shell

said-answer-odd = die Antwort des Programms ist nicht verständlich
said-refused-silently = das Programm hat ohne Angabe von Gründen abgelehnt
said-window-anew = Versuchen Sie es erneut. Bleibt es dabei, schließen Sie das Fenster und starten Sie Signalbox neu.
