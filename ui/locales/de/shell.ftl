# Was die Anwendung hinter der Seite fertig formuliert sagt. Erkannt wird es am englischen Satz desselben Schlüssels.

## The vault and the lock screen

heard-locked = der Tresor ist gesperrt
heard-locked-advice = Entsperren Sie ihn mit dem Tresorpasswort.
heard-not-password = das ist nicht das Tresorpasswort
heard-not-opened = dieses Passwort hat den Tresor nicht geöffnet
heard-caps-lock = Prüfen Sie die Feststelltaste und die Tastaturbelegung.
heard-wrong-passwords = zu viele falsche Passwörter
heard-wait-doubles = Versuchen Sie es in { $seconds } s erneut. Die Wartezeit verdoppelt sich nach jedem Fehlversuch, bis auf 60 Sekunden.
heard-wrong-answers = zu viele falsche Antworten
heard-wait-unchanged = Versuchen Sie es in { $seconds } s erneut. Es wurde nichts geändert.
heard-proof-needed = hierfür ist nachzuweisen, dass Sie es sind
heard-proof-advice = Geben Sie das Tresorpasswort ein oder einen Code der Authenticator-App, falls eine eingerichtet ist.
heard-code-used = dieser Code wurde schon verwendet
heard-code-next = Warten Sie auf den nächsten Code der App: Jeder gilt einmal.
heard-code-wrong = dieser Code stimmt nicht
heard-code-now = Verwenden Sie den Code, den die App jetzt zeigt, und prüfen Sie die Uhr dieses Computers.
heard-code-none = das ist keiner der Wiederherstellungscodes
heard-code-letters = Prüfen Sie jeden Buchstaben. Ein einmal verwendeter Code ist verbraucht.
heard-app-enrolled = eine Authenticator-App ist eingerichtet
heard-app-enter = Geben Sie einen Code von ihr oder einen Wiederherstellungscode ein.
heard-app-none = keine Authenticator-App ist eingerichtet
heard-enter-password = Geben Sie das Tresorpasswort ein.
heard-no-enrolment = es wird gerade keine App eingerichtet
heard-enrol-anew = Beginnen Sie neu: Ein neues Bild wird gezeigt.
heard-app-damaged = das Geheimnis der Authenticator-App ist beschädigt
heard-app-recover = Geben Sie einen Wiederherstellungscode ein und richten Sie die App dann neu ein.
heard-kit-wrong = dieses Notfall-Kit öffnet den Tresor nicht
heard-kit-newer = Suchen Sie ein neueres Kit: Jedes neue macht das vorige ungültig, ebenso seine Benutzung oder ein neuer Tresorschlüssel.
heard-kit-absent = dieser Tresor hat kein Notfall-Kit
heard-kit-count = es sind { $count } Wörter, und ein Notfall-Kit hat 24
heard-kit-count-advice = Geben Sie alle Wörter des Kits in ihrer Reihenfolge ein, durch Leerzeichen getrennt.
heard-kit-word = Wort { $place } ist kein Wort eines Notfall-Kits
heard-kit-word-advice = Vergleichen Sie dieses Wort Buchstabe für Buchstabe mit dem Kit.
heard-kit-apart = diese Wörter gehören nicht zusammen
heard-kit-compare = Vergleichen Sie die Wörter und ihre Reihenfolge mit dem Kit.
heard-kit-not-this = das ist nicht das gültige Notfall-Kit
heard-kit-make = Erstellen Sie ein neues Kit und sichern Sie dieses.
heard-open-already = der Tresor ist bereits offen
heard-lock-first = Sperren Sie ihn zuerst, oder ändern Sie das Passwort in den Einstellungen.
heard-keyring-silent = der System-Schlüsselbund antwortet nicht
heard-keyring-locked = der System-Schlüsselbund ist gesperrt
heard-keyring-absent = es gibt keinen System-Schlüsselbund
heard-keyring-empty = der System-Schlüsselbund enthält nichts für diesen Tresor
heard-keyring-refused = der System-Schlüsselbund hat abgelehnt
heard-keyring-not-this = was der System-Schlüsselbund enthält, öffnet diesen Tresor nicht
heard-keyring-off = der System-Schlüsselbund öffnet diesen Tresor nicht
heard-keyring-wait = Vielleicht wartet er auf sein eigenes Passwort: Suchen Sie nach seinem Fenster. Versuchen Sie es dann erneut, oder verwenden Sie das Tresorpasswort.
heard-keyring-unlock = Entsperren Sie ihn und versuchen Sie es erneut, oder verwenden Sie das Tresorpasswort.
heard-keyring-linux = Verwenden Sie das Tresorpasswort. Unter Linux stellen GNOME Keyring oder KWallet einen Schlüsselbund bereit.
heard-keyring-again = Verwenden Sie das Tresorpasswort und schalten Sie dann den Schlüsselbund in den Einstellungen aus und wieder ein.
heard-use-password = Verwenden Sie das Tresorpasswort.
heard-password-days = der Tresor wurde { $days } Tage lang nicht mit seinem Passwort geöffnet
heard-password-time = Verwenden Sie dieses Mal das Tresorpasswort. Danach öffnet der Schlüsselbund ihn wieder.
heard-vault-exists = in diesem Ordner gibt es bereits einen Tresor
heard-unlock-instead = Entsperren Sie ihn stattdessen. Er wurde nicht geändert.
heard-other-signalbox = ein anderes Signalbox verwendet diesen Datenordner
heard-headers-damaged = beide Kopien des Tresorkopfes sind beschädigt
heard-header-unread = der Kopf des Tresors lässt sich nicht lesen
heard-vault-newer = eine neuere Version von Signalbox hat diesen Tresor geschrieben
heard-restore = Suchen Sie hier nach einer Sicherung, oder legen Sie eine eigene Kopie an die Stelle des Tresors und versuchen Sie es erneut. Bewahren Sie die beschädigten Dateien auf.
heard-backup-absent = an dieser Stelle liegt keine Sicherung
heard-backup-damaged = diese Sicherung ist beschädigt
heard-backup-newer = eine neuere Version von Signalbox hat diese Sicherung gemacht
heard-backup-other-vault = diese Sicherung gehört zu einem anderen Tresor
heard-backup-other-key = diese Sicherung entstand, bevor der Schlüssel des Tresors gewechselt wurde
heard-backup-moved = Sie wurde gelöscht oder verschoben. Ein Pfad muss der des Ordners der Sicherung selbst sein.
heard-backup-choose-another = Wählen Sie eine andere Sicherung. Diese bleibt, wie sie ist.
heard-backup-choose-own = Wählen Sie eine Sicherung dieses Tresors.
heard-backup-at-lock-screen = Wählen Sie eine neuere Sicherung, oder stellen Sie diese auf dem Sperrbildschirm mit dem damaligen Passwort wieder her.
heard-backup-no-place = das ist kein Ort einer Sicherung
heard-backup-whole-path = Geben Sie den ganzen Pfad eines Ordners ein, vom Wurzelverzeichnis an.
heard-vault-older = dieser Tresor ist älter als bei seiner letzten Benutzung auf diesem Computer
heard-header-older = der Kopf dieses Tresors ist älter als bei seiner letzten Benutzung auf diesem Computer
heard-older-by-kit = Das Notfall-Kit hat ihn trotzdem geöffnet. Wenn Sie nicht selbst eine ältere Kopie dorthin gelegt haben, stellen Sie unter Einstellungen, Sicherungen die neueste Sicherung wieder her.
heard-update = Installieren Sie die neueste Version von Signalbox und öffnen Sie den Tresor damit. Es wurde nichts geändert.
heard-check-readable = Prüfen Sie die Rechte des Datenordners und den Zustand des Datenträgers, und versuchen Sie es dann erneut. Der Tresor ist vielleicht unversehrt: Ersetzen Sie nichts.
heard-database-damaged = die Datenbank des Tresors ist beschädigt
heard-no-memory = es ist nicht genug Speicher frei
heard-no-memory-open = zum Öffnen des Tresors ist nicht genug Speicher frei
heard-close-programs = Schließen Sie andere Programme, und versuchen Sie es dann erneut.
heard-close-programs-unchanged = Schließen Sie andere Programme, und versuchen Sie es dann erneut. Es wurde nichts geändert.
heard-password-short = Verwenden Sie mindestens 12 Zeichen.
heard-password-long = Verwenden Sie höchstens 1024 Byte; die meisten Passwörter sind viel kürzer.
heard-password-easy = Dieses Passwort ist zu leicht zu erraten. Machen Sie es länger, oder nehmen Sie die sechs Wörter.

## The disk and the database

heard-disk-full = der Datenträger ist voll
heard-free-space = Schaffen Sie Platz auf dem Datenträger, und versuchen Sie es dann erneut. Alles zuvor Gespeicherte ist unverändert.
heard-disk-error = der Datenträger hat einen Fehler gemeldet
heard-check-disk = Prüfen Sie den Zustand des Datenträgers, und versuchen Sie es dann erneut. Alles zuvor Gespeicherte ist unverändert.
heard-folder-unwritten = der Datenordner lässt sich nicht beschreiben
heard-vault-unwritten = der Ordner des Tresors lässt sich nicht beschreiben
heard-check-permissions = Prüfen Sie die Rechte des Datenordners und ob sein Datenträger schreibgeschützt ist. Alles zuvor Gespeicherte ist unverändert.
heard-database-used = ein anderes Programm verwendet die Datenbank des Tresors
heard-database-close = Schließen Sie das Programm, das den Datenordner geöffnet hat, und versuchen Sie es dann erneut.
heard-database-refused = die Datenbank hat die Änderung abgelehnt
heard-report-log = Es wurde nichts geändert. Geschieht es wieder, melden Sie es mit der Protokolldatei.
heard-database-away = die Datenbank ist nicht erreichbar
heard-later = Versuchen Sie es später erneut.
heard-download-failed = die Datei konnte nicht in den Download-Ordner geschrieben werden
heard-download-permissions = Prüfen Sie die Rechte dieses Ordners, und versuchen Sie es dann erneut.
heard-download-older = Verschieben Sie ältere Dateien aus diesem Ordner, und versuchen Sie es dann erneut.
heard-download-disk = Prüfen Sie den Datenträger mit diesem Ordner, und versuchen Sie es dann erneut.

## Records and their fields

heard-provider-gone = diesen Anbieter gibt es nicht mehr
heard-budget-gone = dieses Budget gibt es nicht mehr
heard-gone-advice = Er wurde inzwischen gelöscht; die Liste wird neu gelesen.
heard-provider-changed = dieser Anbieter wurde inzwischen geändert
heard-budget-changed = dieses Budget wurde inzwischen geändert
heard-changed-advice = Sehen Sie sich den jetzigen Stand an, und ändern Sie ihn dann erneut.
heard-name-used = Name vergeben. Wählen Sie einen anderen.
heard-task-exists = Es gibt schon eine Aufgabe dieses Namens. Wählen Sie einen anderen.
heard-task-none = Eine dieser Aufgaben gibt es nicht. Fügen Sie sie zuerst hinzu.
heard-budget-exists = Es gibt schon ein solches Budget. Ändern Sie jenes.
heard-budget-provider-gone = Diesen Anbieter gibt es nicht mehr. Wählen Sie einen anderen.
heard-one-field = ein Feld ist zu ändern
heard-many-fields = { $count } Felder sind zu ändern
heard-one-route = eine Route lässt sich nicht speichern
heard-many-routes = { $count } Routen lassen sich nicht speichern
heard-routes-advice = Es wurde nichts gespeichert. Ändern Sie das Markierte, und speichern Sie dann erneut.
heard-routes-changed = die Routen wurden inzwischen geändert
heard-fill-in = Füllen Sie dies aus.
heard-shorten = Kürzen Sie dies auf { $limit } Zeichen; es hat { $length }.
heard-invisible = Entfernen Sie das unsichtbare Zeichen U+{ $code }.
heard-blank = Entfernen Sie das Leerzeichen.
heard-task-name = Verwenden Sie 1 bis 64 Kleinbuchstaben, Ziffern und _, einen Buchstaben zuerst, etwa cover_letter.
heard-limit-small = Geben Sie 1 oder mehr ein, oder lassen Sie es leer.
heard-limit-large = Geben Sie höchstens { $most } ein.
heard-limit-range = Geben Sie { $least } bis { $most } ein, oder lassen Sie es leer.
heard-cost-range-empty = Geben Sie mehr als 0 und höchstens 10000000 Dollar ein, oder lassen Sie es leer.
heard-cost-range = Geben Sie mehr als 0 und höchstens 10000000 Dollar ein.
heard-price = Geben Sie Dollar pro 1 Mio. Token ein, etwa 0.25.
heard-characters = Geben Sie 1 bis { $most } Zeichen ein.
heard-url-enter = Geben Sie die Adresse des Servers ein, etwa http://localhost:11434/v1 für Ollama.
heard-url-short = Kürzen Sie die Adresse auf { $most } Zeichen.
heard-url-blank = Entfernen Sie das Leerzeichen oder unsichtbare Zeichen aus der Adresse.
heard-url-scheme = Beginnen Sie die Adresse mit https:// oder, für einen Server auf diesem Computer, mit http://.
heard-url-host = Geben Sie eine Adresse mit gültigem Hostnamen ein, etwa https://gateway.example.com/v1.
heard-url-login = Entfernen Sie Benutzername und Passwort aus der Adresse; der Schlüssel hat ein eigenes Feld.
heard-url-query = Entfernen Sie den Teil der Adresse ab dem Fragezeichen.
heard-url-fragment = Entfernen Sie den Teil der Adresse ab dem #.
heard-url-key = Geben Sie den Schlüssel für die neue Basis-URL erneut ein.
heard-name-differs = der Name stimmt nicht überein
heard-name-exactly = Geben Sie den Namen des Anbieters genau so ein, wie er dasteht.
heard-undo-over = dieser Schritt lässt sich nicht mehr rückgängig machen
heard-undo-advice = Ändern Sie den Anbieter von Hand, oder sehen Sie im Verlauf nach.
heard-catalogue-gone = dieser Preiskatalog wird nicht mehr aufbewahrt
heard-catalogue-again = Importieren Sie seine Datei noch einmal.
heard-it-stopped = es wurde angehalten
heard-start-again = Starten Sie es wieder, wenn Sie so weit sind.
heard-not-understood = die Anfrage wurde nicht verstanden
heard-broken-off = Signalbox hat mittendrin abgebrochen
heard-restart = Starten Sie Signalbox neu. Geschieht es wieder, melden Sie es.
heard-network-failed = das Netzwerk ließ sich nicht einrichten
heard-proxy-settings = Prüfen Sie die Proxy-Einstellungen in der Umgebung dieses Computers, und starten Sie Signalbox dann neu.
heard-port-used = ein anderes Programm verwendet Port { $port }
heard-port-refused = das System lässt Signalbox Port { $port } nicht verwenden

## Keys

heard-no-key = dieser Anbieter hat keinen Schlüssel
heard-enter-first = Geben Sie zuerst einen ein.
heard-enter-new = Geben Sie den neuen API-Schlüssel ein.
heard-same-key = Dieser Schlüssel gilt bereits. Erstellen Sie auf der Seite des Herstellers einen neuen und geben Sie diesen ein.
heard-none-kept = der vorige Schlüssel ist nicht mehr da
heard-none-kept-advice = Seine Frist ist abgelaufen, oder er wurde vernichtet. Geben Sie den Schlüssel neu ein, oder erstellen Sie einen anderen.
heard-key-other-url = der Schlüssel wurde für eine andere Basis-URL eingegeben
heard-key-damaged = der gespeicherte Schlüssel ist beschädigt oder gehört zu einem anderen Datensatz
heard-key-newer = eine neuere Version von Signalbox hat diesen Schlüssel versiegelt

## Tests of keys: outcomes

heard-works = Funktioniert
heard-works-restricted = Funktioniert, Schlüssel eingeschränkt
heard-key-malformed = Schlüssel unbrauchbar
heard-key-rejected = Schlüssel abgelehnt
heard-no-permission = Keine Berechtigung
heard-model-not-found = Modell nicht gefunden
heard-rate-limited = Ratenlimit erreicht
heard-quota-exhausted = Kontingent erschöpft
heard-overloaded = Überlastet
heard-vendor-error = Fehler beim Hersteller
heard-wrong-url = Falsche Basis-URL
heard-redirected = Umgeleitet
heard-tls-failed = TLS gescheitert
heard-name-unresolved = Name nicht gefunden
heard-no-connection = Keine Verbindung
heard-timed-out = Zeitüberschreitung
heard-answer-unread = Antwort nicht verstanden

## Tests of keys: pieces of sentences

heard-server-start = Der Server auf { $host }
heard-server = der Server auf { $host }
heard-accepts-key = { $who } nimmt den Schlüssel an
heard-answers-keyless = { $who } antwortet ohne Schlüssel
heard-answers = { $who } antwortet
heard-configured-model = das eingestellte Modell
heard-one-model = 1 Modell
heard-many-models = { $count } Modellen
heard-at-page = auf { $url }
heard-with-host = beim Betreiber von { $host }
heard-wait-minute = Warten Sie eine Minute
heard-wait = Warten Sie { $when }
heard-another-address = eine andere Adresse

## Tests of keys: sentences

heard-test-only-model = { $subject }; { $model } ist das einzige gelistete Modell.
heard-test-listed = { $subject }; { $model } ist eines von { $count } in der Liste.
heard-test-alias = { $subject } und kennt { $model }, obwohl dieser Name in der Liste von { $count } fehlt.
heard-nothing-to-do = Nichts zu tun.
heard-nothing-but-credit = Nichts zu tun. Der Test kostet nichts und kann daher nicht zeigen, ob das Konto Guthaben hat.
heard-list-open = Der Server zeigt seine Liste auch ohne Schlüssel; das sagt wenig über den Schlüssel: Das kann nur ein echter Aufruf.
heard-refuses-recent = { $who } listet dieses Modell, verweigert es aber kürzlich erstellten Schlüsseln.
heard-shuts-down = Das Modell wird am { $day } abgeschaltet.
heard-test-no-text = { $subject }, aber { $model } erzeugt keinen Text.
heard-choose-text = Wählen Sie ein Modell, das Text erzeugt.
heard-test-no-models = { $subject }, listet aber gar kein Modell.
heard-test-missing = { $subject }, aber { $model } ist nicht unter den { $count } in der Liste.
heard-load-model = Laden Sie ein Modell auf dem Server, und testen Sie dann erneut.
heard-which-models = Prüfen Sie { $console }, welche Modelle das Projekt dieses Schlüssels verwenden darf.
heard-choose-listed = Wählen Sie eines der gelisteten Modelle, und prüfen Sie, ob das Konto dieses Schlüssels darauf Zugriff hat.
heard-closest-one = Prüfen Sie die Schreibweise. Der ähnlichste Name ist { $name }.
heard-closest-many = Prüfen Sie die Schreibweise. Die ähnlichsten Namen sind { $names }.
heard-key-empty = Es gibt keinen Schlüssel, und { $who } braucht einen.
heard-key-blank = Der Schlüssel enthält ein Leerzeichen oder einen Zeilenumbruch und wurde daher nicht gesendet.
heard-key-unprintable = Der Schlüssel enthält ein Zeichen, das kein HTTP-Header überträgt, und wurde daher nicht gesendet.
heard-key-wanted = { $who } verlangt einen Schlüssel{ $http }.
heard-enter-server-key = Geben Sie den Schlüssel dieses Servers ein.
heard-key-unknown = { $who } nimmt diesen Schlüssel nicht an{ $http }.
heard-key-check = Prüfen Sie { $console }, ob der Schlüssel vorhanden und aktiv ist und zum richtigen Konto gehört, und fügen Sie ihn noch einmal ganz ein.
heard-key-expired = Laut { $who } ist dieser Schlüssel abgelaufen{ $http }.
heard-key-leaked = { $who } hat diesen Schlüssel abgeschaltet, weil er öffentlich gefunden wurde{ $http }.
heard-key-other-kind = { $who } hält dies für eine andere Art Token als einen API-Schlüssel{ $http }.
heard-key-renew = Erstellen Sie { $console } einen neuen Schlüssel und geben Sie ihn hier ein.
heard-key-published = Finden Sie heraus, wo der alte veröffentlicht wurde.
heard-key-vendor = Er sieht aus wie ein Schlüssel eines anderen Herstellers: { $vendor }.
heard-no-listing = { $who } kennt diesen Schlüssel, erlaubt ihm aber nicht, Modelle aufzulisten{ $http }.
heard-no-scope = { $who } kennt diesen Schlüssel, aber er darf keine Modelle auflisten; { $model } ließ sich daher nicht prüfen{ $http }.
heard-scope-advice = Er funktioniert vielleicht trotzdem. Damit das Modell geprüft wird, geben Sie dem Schlüssel { $console } das Recht, Modelle zu lesen.
heard-busy = { $who } nimmt gerade keine weiteren Anfragen an{ $http }.
heard-busy-advice = { $wait }, und testen Sie dann erneut. Kommt es wieder, suchen Sie nach Spitzen der Nutzung, senken Sie das Tageslimit, oder fügen Sie einen zweiten Anbieter hinzu, der die Last teilt.
heard-quota-today = Das heutige Kontingent bei { $who } ist aufgebraucht{ $http }.
heard-no-quota = Die Stufe des Kontos bei { $who } hat hierfür gar kein Kontingent{ $http }.
heard-no-credit = Das Konto bei { $who } hat kein Guthaben mehr{ $http }.
heard-credit-advice = Warten hilft nicht: Laden Sie Guthaben auf, oder prüfen Sie { $console } die Abrechnung.
heard-billing-advice = Warten hilft nicht: Richten Sie { $console } die Abrechnung ein, oder wählen Sie ein anderes Modell.
heard-spend-limit = Die Ausgabengrenze des Kontos oder Projekts bei { $who } ist erreicht{ $http }.
heard-spend-advice = Erhöhen Sie die Grenze { $console }, oder verwenden Sie bis zur Erneuerung einen anderen Anbieter.
heard-no-capacity = { $who } hat gerade keine Kapazität{ $http }.
heard-failed-itself = { $who } hatte selbst einen Fehler{ $http }.
heard-gateway-failed = Ein Gateway vor { $who } ist ausgefallen{ $http }.
heard-gave-up = { $who } hat das Warten auf die Anfrage aufgegeben{ $http }.
heard-key-not-at-fault = Am Schlüssel liegt es nicht. { $wait }, und testen Sie dann erneut; ein zweiter Anbieter hält die Aufgaben am Laufen.
heard-web-page = Auf { $host } hat eine Webseite geantwortet, nicht die API von { $label }{ $http }.
heard-other-api = Auf { $host } hat eine andere API als die von { $label } geantwortet{ $http }.
heard-no-list-here = Unter dieser Adresse von { $host } gibt es keine Modellliste{ $http }.
heard-url-try = Berichtigen Sie die Basis-URL: Versuchen Sie { $better }.
heard-url-own = Berichtigen Sie die Basis-URL; die von { $label } selbst ist { $default }.
heard-url-usually = Berichtigen Sie die Basis-URL. Sie endet meist mit /v1, wie in http://localhost:11434/v1.
heard-name-no-address = Der Name { $host } hat keine Adresse.
heard-name-advice = Prüfen Sie die Schreibweise der Basis-URL und die Netzwerkverbindung. Ist in der Umgebung ein Proxy gesetzt, prüfen Sie auch dessen Namen.
heard-key-unsent = Der Schlüssel wurde nicht gesendet.
heard-tls-untrusted = Das Zertifikat von { $host } ist von niemandem signiert, dem dieser Computer vertraut.
heard-tls-untrusted-advice = Ist es ein eigener Server oder Proxy, fügen Sie dessen Stelle den Zertifikaten des Systems hinzu. Wenn nicht, machen Sie nicht weiter: Vielleicht hört jemand mit.
heard-tls-expired = Das Zertifikat von { $host } ist abgelaufen.
heard-tls-expired-advice = Prüfen Sie die Uhr dieses Computers. Geht sie richtig, muss der Betreiber des Servers das Zertifikat erneuern.
heard-tls-host = Das Zertifikat auf { $host } gehört zu einem anderen Host.
heard-connect-late = Keine Verbindung zu { $host } in der gegebenen Zeit.
heard-answer-late = { $host } hat die Anfrage angenommen, aber nicht rechtzeitig geantwortet.
heard-connect-late-advice = Prüfen Sie Host und Port der Basis-URL, die Firewall und den Proxy, und testen Sie dann erneut.
heard-answer-late-advice = Testen Sie in einer Minute erneut. Bleibt es dabei, hat { $who } oder das Netzwerk ein Problem; der Schlüssel ist vielleicht gut.
heard-nothing-accepts = Auf { $host } nimmt nichts Verbindungen an.
heard-nothing-accepts-advice = Prüfen Sie, ob der Server läuft und der Port in der Basis-URL stimmt.
heard-no-way = Von hier führt kein Weg zu { $host }.
heard-no-way-advice = Prüfen Sie die Netzwerkverbindung, das VPN und die Firewall.
heard-broke = Die Verbindung zu { $host } brach ab, bevor eine Antwort kam.
heard-broke-advice = Testen Sie erneut. Bleibt es dabei, prüfen Sie Schema und Port der Basis-URL sowie Firewall oder Proxy dazwischen.
heard-unconnected = Zu { $host } kam keine Verbindung zustande.
heard-unconnected-advice = Prüfen Sie die Netzwerkverbindung. Ist in der Umgebung ein Proxy gesetzt (HTTPS_PROXY), prüfen Sie, ob er diese Adresse zulässt.
heard-sent-on = { $host } leitet Anfragen an { $target } weiter. Der Schlüssel wurde nicht dorthin gesendet.

## Calls

heard-call-key = { $who } nimmt den Schlüssel nicht an
heard-call-key-advice = Prüfen Sie den Schlüssel { $console }, und geben Sie ihn in Signalbox erneut ein.
heard-call-model = { $who } hat { $model } für diesen Schlüssel nicht
heard-call-model-advice = Prüfen Sie den Namen des Modells, und testen Sie die Konfiguration in Signalbox.
heard-call-long = die Unterhaltung ist länger, als { $model } annimmt
heard-call-long-advice = Kürzen Sie sie, oder wählen Sie ein Modell mit größerem Fenster.
heard-call-blocked = der Inhaltsfilter von { $who } hat den Prompt abgelehnt
heard-call-blocked-advice = Ändern Sie den Prompt; ein erneuter Aufruf hilft nicht.
heard-call-busy = { $who } nimmt gerade keine weiteren Aufrufe an
heard-call-busy-advice = { $wait }, und rufen Sie dann erneut auf, oder fügen Sie einen zweiten Anbieter hinzu, der die Last teilt.
heard-call-quota = das heutige Kontingent bei { $who } ist aufgebraucht
heard-call-credit = das Konto bei { $who } hat kein Guthaben mehr
heard-call-capacity = { $who } hat gerade keine Kapazität
heard-call-failed = { $who } hatte selbst einen Fehler
heard-call-again-second = { $wait }, und rufen Sie dann erneut auf; ein zweiter Anbieter hält die Aufgaben am Laufen.
heard-call-late = in der Zeit dieser Konfiguration kam keine Antwort
heard-call-late-advice = Rufen Sie erneut auf, oder geben Sie der Konfiguration in Signalbox mehr Zeit.
heard-call-cut = die Antwort brach vor dem Ende ab
heard-call-again = Rufen Sie erneut auf.
heard-ask-again = Fragen Sie erneut.
heard-call-empty = die Antwort ist leer
heard-call-empty-advice = Erlauben Sie mehr Ausgabe-Token, oder verwenden Sie ein anderes Modell.
heard-call-json = die Antwort ist nicht das verlangte JSON
heard-call-form = die Antwort hält das verlangte Schema nicht ein
heard-call-log = das Nutzungsprotokoll ist zu weit im Rückstand für einen weiteren Aufruf, darum fand er nicht statt
heard-answers-of-no-use = Seine Antworten sind leer, abgeschnitten oder brechen das Schema.
heard-quota-name = Geben Sie 1 bis { $count } Zeichen ein, oder * für alle.
heard-quota-of-nothing = Geben Sie mindestens ein Limit ein, oder löschen Sie das Kontingent.
heard-quota-taken = Ein solches Kontingent gibt es schon. Ändern Sie jenes.
heard-quota-changed = dieses Kontingent wurde inzwischen geändert
heard-quotas-full = es gibt { $count } Kontingente, mehr können nicht aufbewahrt werden
heard-quotas-full-advice = Löschen Sie eines, das niemand braucht, oder setzen Sie das aller.
heard-call-json-advice = Rufen Sie erneut auf, oder verwenden Sie ein Modell, das ein Schema einhält.
heard-no-fitting-key = diese Konfiguration hat keinen Schlüssel, der zu ihrer Adresse passt
heard-no-fitting-key-advice = Geben Sie ihren Schlüssel in Signalbox ein.

## News of budgets

heard-spent = { $whose }: Das { $period } ist ausgegeben
heard-will-not-last = { $whose }: Das { $period } reicht wahrscheinlich nicht
heard-part-spent = { $whose }: { $percent } % vom { $period } sind ausgegeben
heard-days = Tagesbudget
heard-months = Monatsbudget
heard-all-usage = Gesamte Nutzung
heard-deleted-provider = Ein gelöschter Anbieter

## Links that came in

heard-link-long = der Link ist länger als { $limit } Zeichen
heard-link-other = das ist kein Link von Signalbox
heard-link-deed = der Link verlangt etwas, das diese Version nicht kann
heard-link-key = der Link enthält einen Schlüssel
heard-link-field = der Link hat ein unbekanntes Feld{ $http }
heard-link-twice = der Link hat das Feld { $field } zweimal
heard-link-bad = das Feld { $field } des Links ist nicht verwendbar
heard-link-vendor = der Link sagt nicht, für welchen Hersteller er ist
heard-link-key-advice = Browser und Chats bewahren Links auf: Betrachten Sie diesen Schlüssel als öffentlich, und widerrufen Sie ihn. Bitten Sie um einen Link ohne Schlüssel und um den Schlüssel auf sicherem Weg.
heard-link-newer-advice = Es wurde nichts hinzugefügt. Fragen Sie, wer den Link erstellt hat, oder aktualisieren Sie Signalbox.
heard-link-advice = Es wurde nichts hinzugefügt. Bitten Sie den Ersteller des Links um einen anderen, oder fügen Sie den Anbieter von Hand hinzu.

## Example set-ups, switches and what is remembered

heard-set-up-no-model = der Katalog hat kein Modell von { $vendor } für eine neue Einrichtung
heard-set-up-advice = Aktualisieren Sie den Modellkatalog in den Einstellungen, oder fügen Sie die Anbieter einzeln hinzu.
heard-switch-no-key = dieser Anbieter hat keinen API-Schlüssel
heard-switch-advice = Geben Sie zuerst den Schlüssel in seinem Formular ein: Ohne ihn gelingt kein Aufruf.
heard-filters-long = diese Filter sind zu lang, um sie zu behalten
heard-filters-advice = Leeren Sie die Filter. Sonst wird nichts geändert.
heard-order-many = das sind zu viele, um sie von Hand zu ordnen
heard-order-advice = Sortieren Sie die Liste stattdessen nach einer Spalte. Es wurde nichts geändert.

## News of bundles

heard-bundle-hour = { $server }: Das Bundle läuft in { $hours } Stunde ab
heard-bundle-hours = { $server }: Das Bundle läuft in { $hours } Stunden ab
heard-bundle-expired = { $server }: Das Bundle ist abgelaufen
heard-bundle-after-that = Nummer { $serial } wirkt weiter, wo sie in Kraft ist, und ist danach nicht mehr anwendbar.
heard-bundle-any-more = Nummer { $serial } wirkt weiter, wo sie in Kraft ist, und ist nicht mehr anwendbar.
heard-bundle-new = Exportieren Sie ein neues Bundle.
heard-bundle-other = Ebenso bei 1 weiteren Server.
heard-bundle-others = Ebenso bei { $count } weiteren Servern.

## Bundles

heard-bundle-prices = der Preiskatalog in diesem Bundle ist keiner
heard-bundle-too-many = das sind zu viele Konfigurationen für ein Bundle
heard-bundle-fewer = Wählen Sie weniger Konfigurationen.
heard-bundle-serial = die Nummer eines Bundles steigt nur
heard-bundle-unsealed = das Bundle konnte nicht versiegelt werden
heard-bundle-clock = Wählen Sie 1 bis 30 Tage, und prüfen Sie die Uhr dieses Computers.
heard-bundle-identity = Importieren Sie die Identitätsdatei des Servers erneut.
heard-bundle-identity-own = Importieren Sie seine Identitätsdatei erneut.
heard-bundle-identity-report = Importieren Sie die Identitätsdatei des Servers erneut. Geschieht es wieder, melden Sie es.
heard-bundle-save = Speichern Sie jeden der gewählten Anbieter noch einmal, und exportieren Sie dann.
heard-bundle-no-file = das ist keine Datei eines Servers von Signalbox
heard-bundle-file-newer = eine neuere Version von Signalbox hat diese Datei geschrieben
heard-bundle-write-again = Schreiben Sie die Datei am Server erneut, und übertragen Sie sie vollständig.
heard-bundle-newest = Importieren Sie sie mit der neuesten Version von Signalbox.
heard-bundle-fingerprint = das ist nicht der Server, dessen Fingerabdruck verglichen wurde
heard-bundle-fingerprint-advice = Sehen Sie die Datei noch einmal an, und vergleichen Sie ihren Fingerabdruck mit dem, den der Server zeigt.
heard-bundle-no-signing-key = es gibt noch keinen Schlüssel, der Bundles signiert
heard-bundle-make-key = Erzeugen Sie einen auf der Seite „Bundles“.
heard-bundle-unknown-server = dieser Server ist nicht mehr bekannt
heard-bundle-server-damaged = was über einen Server bekannt ist, ist beschädigt
heard-bundle-server-remove = Entfernen Sie ihn, und importieren Sie dann seine Identitätsdatei erneut.
heard-bundle-key-damaged = der Schlüssel, der Bundles signiert, ist beschädigt
heard-bundle-key-restore = Stellen Sie eine Sicherung wieder her. Gibt es keine, melden Sie dies; Server arbeiten mit dem weiter, was sie haben.
heard-bundle-days = so lange kann ein Bundle nicht gelten
heard-bundle-days-advice = Wählen Sie 1 bis { $most } Tage.
heard-bundle-count = zu viele Konfigurationen wurden gewählt oder eine doppelt
heard-bundle-count-advice = Wählen Sie höchstens { $most }.
heard-bundle-leave-out = Geben Sie seinen Schlüssel ein, oder lassen Sie ihn aus dem Bundle weg.
heard-bundle-overtaken = inzwischen wurde ein anderes Bundle exportiert
heard-bundle-overtaken-advice = Sehen Sie an, was das Bundle jetzt ändern würde, und exportieren Sie es dann. Es wurde nichts exportiert.
heard-bundle-gone = dieses Bundle ist nicht mehr aufbewahrt
heard-bundle-gone-advice = Exportieren Sie ein neues: Ein älteres nähme der Server ohnehin nicht an.
heard-bundle-no-way-back = es gibt kein solches Bundle, zu dem man zurückkehren kann
heard-bundle-choose-own = Wählen Sie eines dieses Servers, das eigene Konfigurationen hat.
heard-bundle-address = diese Adresse ist nicht verwendbar
heard-bundle-pin = das ist kein Fingerabdruck eines Zertifikats
heard-bundle-pin-advice = Geben Sie den SHA-256 des Serverzertifikats ein, 64 Stellen aus 0-9 und a-f, oder lassen Sie das Feld leer.
heard-bundle-ask = Fragen Sie den Server, welche Bundles er angenommen hat, und fahren Sie dann fort.
heard-bundle-admin = Melden Sie sich als super_admin dieses Servers an.
heard-bundle-other-server = unter dieser Adresse ist ein anderer Server als der importierte
heard-bundle-other-server-advice = Prüfen Sie die Adresse. Wurde der Server neu eingerichtet, importieren Sie seine Identitätsdatei erneut. Es wurde nichts hochgeladen.
heard-bundle-picture-large = dieses Bild ist zu groß
heard-bundle-picture-cut = Schneiden Sie das Bild auf den Code zu, und wählen Sie es dann erneut.
heard-bundle-picture-unread = dieses Bild ist nicht lesbar
heard-bundle-picture-png = Wählen Sie ein Bild, das auf .png endet, oder die Datei des Servers.
heard-bundle-picture-no-code = in diesem Bild ist kein lesbarer QR-Code
heard-bundle-picture-again = Nehmen Sie das Bild des Bildschirms noch einmal auf, mit dem ganzen Code und seinem Rand. Oder wählen Sie die Datei des Servers.

## Servers of sync

heard-remote-name = der Name { $host } hat keine Adresse
heard-remote-unreached = { $host } ist nicht erreichbar
heard-remote-untrusted = dem Zertifikat von { $host } wird nicht vertraut: { $reason }
heard-remote-insecure = es gibt keine sichere Verbindung
heard-remote-unsigned = niemand Bekanntes hat es signiert
heard-remote-expired = es ist abgelaufen
heard-remote-early = es gilt noch nicht
heard-remote-other-host = es gehört zu einem anderen Host
heard-remote-pin = das Zertifikat von { $host } ist ein anderes als das festgelegte
heard-remote-cut = die Verbindung zu { $host } brach ab, bevor die Antwort da war
heard-remote-redirected = der Server verweist auf { $to }, einen anderen Server
heard-remote-large = die Antwort ist länger als { $limit } Bytes
heard-remote-odd = die Antwort ist nicht verständlich: { $reason }
heard-remote-no-api = unter dieser Adresse gibt es keine Admin-API
heard-remote-no-bundles = unter dieser Adresse gibt es keinen Server für Bundles
heard-remote-no-http = es ist kein HTTP
heard-remote-shape = sie hat nicht die Form dieser API
heard-remote-status = ihr Status kommt in dieser API nicht vor
heard-remote-not-kept = der Server hat nicht übernommen, was ihm gesendet wurde: { $fields }
heard-remote-ended = die Sitzung auf dem Server ist beendet
heard-remote-login = der Server hat die Anmeldung abgelehnt
heard-remote-factor = der Server verlangt den zweiten Faktor
heard-remote-forbidden = dieses Konto darf auf dem Server keine Anbieter verwalten
heard-remote-none = der Server hat keine solche Konfiguration
heard-remote-overtaken = die Konfiguration wurde auf dem Server inzwischen geändert
heard-remote-busy = der Server ist beschäftigt
heard-remote-running = der Server beantwortet dieselbe Anfrage noch
heard-remote-refused = der Server hat es abgelehnt: { $message }
heard-remote-failed = der Server hatte einen Fehler mit Status { $status }
heard-remote-online = Prüfen Sie die Adresse und ob dieser Computer online ist.
heard-remote-runs = Prüfen Sie die Adresse und ob der Server läuft, und versuchen Sie es dann erneut.
heard-remote-own-certificate = Fragen Sie, wer den Server betreibt; ein eigenes Zertifikat lässt sich festlegen.
heard-remote-compare = Hat der Server ein neues Zertifikat, vergleichen Sie { $found } damit, und legen Sie es dann fest.
heard-remote-again = Versuchen Sie es erneut: Zuerst wird angesehen, was angekommen ist, und nichts geschieht zweimal.
heard-remote-really = Geben Sie die Adresse ein, die der Server wirklich hat. Es wurde nichts dorthin gesendet.
heard-remote-between = Prüfen Sie, dass die Adresse die einer Admin-API ist und nichts dazwischensteht.
heard-remote-ask-first = Fragen Sie, wer den Server betreibt; sehen Sie die Unterschiede noch einmal an, bevor Sie fortfahren.
heard-remote-login-again = Melden Sie sich erneut an, und versuchen Sie es dann noch einmal.
heard-remote-credentials = Prüfen Sie Name, Passwort und Code. Jeder Code der Authenticator-App gilt einmal.
heard-remote-new-code = Geben Sie einen neuen Code der Authenticator-App ein, und versuchen Sie es dann erneut.
heard-remote-admin = Melden Sie sich als super_admin an.
heard-remote-look = Sehen Sie die Unterschiede noch einmal an.
heard-remote-wait = Warten Sie { $seconds } Sekunden, und versuchen Sie es dann erneut.
heard-remote-wait-little = Warten Sie ein wenig, und versuchen Sie es dann erneut.
heard-remote-change = Ändern Sie es, und versuchen Sie es dann erneut.
heard-remote-tell = Versuchen Sie es erneut. Bleibt es dabei, sagen Sie es dem, der den Server betreibt.
heard-remote-secret = die Zugangsdaten für diesen Server lassen sich nicht öffnen
heard-remote-secret-advice = Geben Sie sie erneut ein: Was aufbewahrt ist, wurde für eine andere Adresse eingegeben oder ist beschädigt.
heard-remote-no-secret = für die Anmeldung dort ist nichts aufbewahrt
heard-remote-no-secret-advice = Geben Sie Passwort oder Token ein.
heard-remote-nobody = dort ist niemand angemeldet
heard-remote-connect = Melden Sie sich an, und versuchen Sie es dann erneut.
heard-sync-read-again = die Unterschiede wurden inzwischen neu gelesen
heard-sync-read-again-advice = Sehen Sie die Unterschiede an, wie sie jetzt sind, und fahren Sie dann fort. Es wurde nichts getan.
heard-sync-not-asked = danach wird nicht mehr gefragt
heard-sync-not-asked-advice = Sehen Sie die Unterschiede an, wie sie jetzt sind, und wählen Sie dann neu. Es wurde nichts behalten.
heard-sync-no-key = dieser Anbieter hat hier keinen Schlüssel
heard-sync-no-key-advice = Geben Sie zuerst seinen Schlüssel ein, und wählen Sie dann, dass er gesendet wird.
heard-sync-twice = Versuchen Sie es erneut. Nichts geschieht zweimal.
heard-sync-conflict = dieser Anbieter hat einen Konflikt
heard-sync-conflict-advice = Entscheiden Sie ihn Feld für Feld, und reichen Sie den Anbieter dann erneut weiter.
heard-sync-waits = der Server hat für diesen Anbieter keinen Schlüssel oder einen für eine andere Basis-URL
heard-sync-waits-advice = Wählen Sie, dass sein Schlüssel mitgeht, und reichen Sie ihn dann erneut weiter.
heard-sync-unusable = was der Server zeigt, ist hier nicht verwendbar
heard-sync-same = ein Anbieter wird von einem Server an einen anderen weitergereicht
heard-sync-two = Wählen Sie zwei Server.
heard-sync-address = Geben Sie die Adresse des Servers ein, zum Beispiel https://api.example.com.
heard-sync-https = Verwenden Sie https://: Über http:// zu einem anderen Computer kann jeder unterwegs Passwörter und Schlüssel lesen.
heard-sync-alone = Geben Sie nur die Adresse ein, ohne Benutzernamen, Fragezeichen oder #.
heard-sync-pin = Geben Sie die 64 Stellen des SHA-256 des Zertifikats ein, oder lassen Sie das Feld leer.
heard-sync-user = Geben Sie den Benutzernamen ein, den der Server kennt, höchstens 200 Zeichen.

## Backups

heard-backup-newer-advice = Installieren Sie die neueste Version von Signalbox, und versuchen Sie es dann erneut.
heard-backup-live-damage = die Datenbank des Tresors hat eine vollständige Prüfung nicht bestanden
heard-backup-live-damage-advice = Stellen Sie unter „Einstellungen“, „Sicherungen“ die neueste unversehrte Sicherung wieder her. Es wurde keine ältere Sicherung entfernt.
heard-backup-unwritten = die Sicherung konnte nicht geschrieben werden
heard-backup-copy-unwritten = die Kopie lässt sich nicht schreiben
heard-backup-space = Schaffen Sie Platz auf dem Datenträger, oder wählen Sie einen anderen Ort. Der Tresor und frühere Sicherungen sind unverändert.
heard-backup-permissions = Prüfen Sie die Rechte des Ordners, oder wählen Sie einen anderen Ort. Der Tresor und frühere Sicherungen sind unverändert.
heard-backup-folder = Wählen Sie einen vorhandenen Ordner, etwa /media/stick.
heard-backup-disk = Prüfen Sie den Datenträger, oder wählen Sie einen anderen Ort. Der Tresor und frühere Sicherungen sind unverändert.
heard-backup-no-path = das ist kein vollständiger Pfad
heard-backup-not-closed = etwas verwendet den Tresor noch, daher wurde nichts wiederhergestellt
heard-backup-not-closed-advice = Entsperren Sie ihn, und versuchen Sie es erneut. Der Tresor ist, wie er war.
heard-backup-open = der Tresor ist offen
heard-backup-open-advice = Stellen Sie eine Sicherung unter „Einstellungen“, „Sicherungen“ wieder her.
heard-older-vault = dieser Tresor ist älter als bei seiner letzten Benutzung auf diesem Computer
heard-older-header = der Kopf dieses Tresors ist älter als bei seiner letzten Benutzung auf diesem Computer
heard-older-pages = die Datenbank des Tresors ist nicht so, wie sie beim letzten Schließen war
heard-older-mark = der Vermerk, wie weit dieser Tresor gekommen war, passt nicht zu ihm
heard-older-advice = Haben Sie selbst eine ältere Kopie dorthin gelegt, öffnen Sie ihn, wie er ist. Sonst war es jemand anders oder ein Sicherungsprogramm: Was danach kam, fehlt. Stellen Sie stattdessen die neueste Sicherung wieder her.
heard-older-pages-advice = Jemand hat die Datei geändert oder eine ältere Kopie von ihr oder einem Teil dorthin gelegt. Stellen Sie die neueste Sicherung wieder her, oder öffnen Sie ihn, wie er ist, wenn Sie wissen, warum.
heard-older-mark-advice = Der Tresor ist vielleicht ein älterer. Stellen Sie die neueste Sicherung wieder her, oder öffnen Sie ihn, wie er ist, wenn Sie wissen, warum.

## Files of usage and of prices

heard-import-no-column = eine nötige Spalte ist nicht gewählt
heard-import-no-column-advice = Wählen Sie, welche Spalten die Zeit und die Token enthalten, und importieren Sie dann erneut. Es wurde nichts geändert.
heard-import-bad-rows = einige Zeilen lassen sich nicht importieren
heard-import-bad-rows-advice = Berichtigen Sie sie in der Datei, oder importieren Sie ohne sie. Es wurde nichts geändert.
heard-file-large-mb = die Datei ist größer als { $limit } MB
heard-file-large-kb = die Datei ist größer als { $limit } KB
heard-file-no-rows = die Datei hat keine Zeilen
heard-file-no-text = die Datei ist ab Zeile { $line } kein UTF-8-Text
heard-file-no-json = die Datei ist ab Zeile { $line } kein JSON
heard-file-rows = die Datei hat mehr als { $count } Zeilen
heard-file-columns = die Datei hat mehr als { $count } Spalten
heard-file-unknown = die Datei ist keine Nutzung in einer Form, die Signalbox kennt
heard-file-fewer-days = Exportieren Sie weniger Tage auf einmal, und importieren Sie die Dateien nacheinander. Es wurde nichts geändert.
heard-file-header = Wählen Sie eine Datei mit Kopfzeile und mindestens einer Zeile. Es wurde nichts geändert.
heard-file-utf8 = Speichern Sie sie als CSV oder JSON in UTF-8, und wählen Sie sie dann erneut. Es wurde nichts geändert.
heard-file-line = Berichtigen Sie diese Zeile, oder exportieren Sie die Datei erneut. Es wurde nichts geändert.
heard-file-forms = Wählen Sie CSV oder JSON Lines von Nutzungsprotokollen, die Ausgabenprotokolle von LiteLLM oder einen Nutzungs- oder Kostenexport von OpenAI, Anthropic oder Google Cloud. Es wurde nichts geändert.
heard-catalogue-line = Zeile { $line } der Datei ist nicht, wie ein Katalog sie hat
heard-catalogue-no-day = die Datei nennt den Tag ihrer Preise nicht als JJJJ-MM-TT
heard-catalogue-models = die Datei hat { $count } Modelle
heard-catalogue-name = das Modell an Stelle { $place } hat keinen brauchbaren Namen
heard-catalogue-twice = { $model } steht zweimal in der Datei
heard-catalogue-price = ein Preis von { $model } ist keine einfache Dezimalzahl
heard-catalogue-window = das Fenster oder die längste Antwort von { $model } ist nicht möglich
heard-catalogue-shutdown = der Abschalttag von { $model } ist nicht als JJJJ-MM-TT geschrieben
heard-catalogue-choose = Wählen Sie einen Modellkatalog, eine JSON-Datei mit "as_of" und "models". Es wurde nichts geändert.
heard-catalogue-day = Setzen Sie "as_of" auf den Tag, an dem die Preise galten. Es wurde nichts geändert.
heard-catalogue-count = Ein Katalog hat 1 bis 5.000 Modelle. Es wurde nichts geändert.
heard-catalogue-correct = Berichtigen Sie den Eintrag in der Datei, und wählen Sie sie dann erneut. Es wurde nichts geändert.
heard-catalogue-version = ein anderer Katalog hat diese Version
heard-catalogue-version-advice = Er wurde schon in anderer Form importiert. Ändern Sie seinen Tag, und wählen Sie ihn dann erneut.

## Tasks, routes and the gateway

heard-task-gone = diese Aufgabe gibt es nicht mehr
heard-task-gone-advice = Sie wurde inzwischen entfernt; die Liste wird neu gelesen.
heard-task-used = diese Aufgabe wird verwendet
heard-task-used-advice = Eine Aufgabe lässt sich entfernen, solange sie eine eigene ist, niemand in ihrer Kette steht und sie keine Anweisungen hat.
heard-task-absent = es gibt keine solche Aufgabe
heard-task-taken = es gibt schon eine Aufgabe dieses Namens
heard-provider-name-taken = ein anderer Anbieter hat diesen Namen
heard-routes-gone = einen Anbieter dieser Routen gibt es nicht mehr
heard-routes-gone-advice = Er wurde inzwischen gelöscht; die Routen werden neu gelesen.
heard-routes-chain = eine Kette hat mehr als { $most } Anbieter oder einen davon zweimal
heard-routes-chain-advice = Nennen Sie jeden Anbieter einmal, und speichern Sie dann erneut.
heard-routes-changed-advice = Sehen Sie sich den jetzigen Stand an, und ändern Sie sie dann erneut.
heard-switch-off-advice = Schalten Sie ihn zuerst ein: Ein ausgeschalteter Anbieter bedient nichts.
heard-prompt-large = dieser Prompt ist zu groß, um ihn zu behalten
heard-prompt-large-advice = Nehmen Sie etwas vom Angehängten weg, und behalten Sie ihn dann.
heard-instructions-empty = die Anweisungen sind leer
heard-instructions-long = die Anweisungen haben { $count } Zeichen
heard-instructions-hidden = die Anweisungen enthalten unsichtbare Zeichen
heard-instructions-write = Schreiben Sie welche, oder kehren Sie zu den eingebauten zurück.
heard-task-no-endpoint = diese Aufgabe hat keinen eigenen Endpunkt
heard-task-no-endpoint-advice = Programme, die diese Aufgabe anfragen, bringen ihre Anweisungen selbst mit.
heard-port-system = Port { $port } gehört dem System
heard-port-choose = Wählen Sie einen Port von 1024 bis 65535.
heard-port-unheard = auf Port { $port } lässt sich nicht lauschen
heard-port-other = Wählen Sie einen anderen Port für das Gateway, oder beenden Sie das Programm, das diesen verwendet.
heard-port-again = Wählen Sie einen anderen Port für das Gateway, oder starten Sie Signalbox neu.
heard-key-closed = der Schlüssel lässt sich nicht öffnen
heard-key-newer-advice = Öffnen Sie den Tresor mit der neuesten Version von Signalbox.
heard-key-closed-advice = Geben Sie den Schlüssel erneut ein. Haben Sie nichts geändert, stellen Sie eine Sicherung wieder her.

## Settings, searches and exports

heard-search-long = der gesuchte Text ist zu lang
heard-search-letters = Geben Sie höchstens { $most } Zeichen ein.
heard-no-command = es gibt keinen solchen Befehl
heard-official-build = Installieren Sie eine offizielle Ausgabe. Es wurde nichts geschrieben.
heard-no-encryption = diese Ausgabe von Signalbox hat keine Verschlüsselung für ihre Datenbank
heard-database-newer = eine neuere Version von Signalbox hat die Datenbank dieses Tresors geschrieben
heard-database-other = die Datenbank gehört nicht zum Kopf dieses Tresors
heard-database-protected = die Datenbank nimmt gerade keine Änderungen an
heard-rotation-not-whole = die Kopie unter dem neuen Schlüssel ist nicht vollständig
heard-rotation-log = Der alte Schlüssel gilt weiter. Melden Sie es mit der Protokolldatei.
heard-keyring-switch-off = Verwenden Sie das Tresorpasswort. Geschieht es wieder, schalten Sie den Schlüsselbund aus.
heard-kdf-bounds = die Parameter der Schlüsselableitung liegen außerhalb ihrer Grenzen
heard-no-random = das Betriebssystem hat keine Zufallszahlen geliefert
heard-restart-computer = Starten Sie den Computer neu.
heard-restart-report = Starten Sie Signalbox neu. Bleibt es so, melden Sie es.
heard-zone-none = es gibt keine solche Zeitzone
heard-zone-advice = Wählen Sie eine aus der Liste, etwa Europe/Berlin.
heard-days-order = diese Tage sind nicht in ihrer Reihenfolge
heard-days-order-advice = Wählen Sie einen ersten Tag und einen letzten, der nicht davor liegt.
heard-days-pieces = so lange Zeit hat zu viele Abschnitte
heard-days-pieces-advice = Wählen Sie weniger Tage oder längere Abschnitte.
heard-days-number = diese Anzahl Tage ist nicht möglich
heard-days-choose = Wählen Sie { $least } bis { $most } Tage.
heard-no-chart = das ist kein Diagramm von Signalbox
heard-no-chart-advice = Öffnen Sie die Nutzungsseite erneut, und exportieren Sie dann.
heard-report-pdf = der Bericht lässt sich nicht als PDF schreiben
heard-report-pdf-advice = Exportieren Sie ihn für den Browser, und drucken Sie ihn von dort.
heard-filter-many = der Filter nennt zu vieles
heard-filter-many-advice = Nennen Sie höchstens { $most } von einer Art.
heard-idle-minutes = so lange oder so kurz kann der Tresor nicht warten
heard-idle-minutes-advice = Wählen Sie 1 bis 60 Minuten.
heard-no-file-manager = es konnte kein Dateimanager gestartet werden
heard-no-file-manager-advice = Kopieren Sie den Pfad, und öffnen Sie ihn in einem eigenen Programm.
heard-no-program = es konnte kein Programm gestartet werden, das es zeigt
heard-open-url = Öffnen Sie { $url } in einem eigenen Browser.
heard-settings-unused = die Einstellungsdatei wird nicht verwendet: { $why }
heard-settings-unused-advice = Berichtigen Sie settings.json im Datenordner und starten Sie neu, oder stellen Sie hier ein, was Sie möchten; das schreibt sie neu.
heard-kit-first-word = das erste Wort ist ein anderes
heard-kit-second-word = das zweite Wort ist ein anderes
heard-kit-count-words = Sehen Sie in Ihrer Kopie nach, und zählen Sie die Wörter von 1 an.

## Keys

heard-kept-other-host = der frühere Schlüssel wurde für eine andere Basis-URL eingegeben
heard-kept-other-host-advice = Er wird nie an einen anderen Host gesendet. Setzen Sie die Basis-URL wieder auf { $url } und kehren Sie dann zurück, oder vernichten Sie diesen Schlüssel.
heard-key-numbers = eine dieser Zahlen ist nicht möglich
heard-key-numbers-advice = Erinnern nach { $remind } bis { $remind_most } Tagen oder nie, behalten für { $keep } bis { $keep_most } Tage, löschen nach { $clear } bis { $clear_most } s.
heard-clipboard = die Zwischenablage des Systems ist nicht verwendbar
heard-clipboard-advice = Es wurde nichts kopiert. Versuchen Sie es erneut, oder nehmen Sie den Schlüssel von der Seite des Herstellers.

## Files for another vault

heard-share-large = diese Datei ist zu groß für Konfigurationen
heard-share-other = das ist keine Datei mit Konfigurationen von Signalbox
heard-share-work = diese Datei verlangt mehr Rechenarbeit als jede ehrliche
heard-share-passphrase = diese Passphrase hat die Datei nicht geöffnet
heard-share-recipient = diese Datei wurde für einen anderen Tresor versiegelt
heard-share-no-passphrase = diese Datei ist nicht mit einer Passphrase versiegelt
heard-share-with-passphrase = diese Datei ist mit einer Passphrase versiegelt
heard-share-damaged = diese Datei ist beschädigt
heard-share-none = in dieser Datei sind keine Konfigurationen von Signalbox
heard-share-count = diese Datei hat keine Konfigurationen oder zu viele
heard-share-twice = diese Datei nennt eine Konfiguration zweimal
heard-share-many = das sind zu viele Konfigurationen für eine Datei
heard-share-unsealed = die Datei konnte nicht versiegelt werden
heard-share-enter = Geben Sie die Passphrase ein, mit der sie versiegelt wurde.
heard-share-ask = Fragen Sie, wer sie versiegelt hat, und prüfen Sie die Feststelltaste und die Tastaturbelegung.
heard-share-leave-empty = Lassen Sie die Passphrase leer: Sie wurde für den Empfänger eines Tresors versiegelt.
heard-share-send-recipient = Senden Sie den Empfänger dieses Tresors, wie die Einstellungen ihn zeigen, an den, der sie versiegelt hat, und bitten Sie um eine Datei dafür.
heard-share-choose = Wählen Sie eine Datei, die Signalbox für einen anderen Tresor exportiert hat; sie endet auf .age. Es wurde nichts importiert.
heard-share-again = Bitten Sie erneut um die Datei, oder prüfen Sie, ob sie vollständig ankam. Es wurde nichts importiert.
heard-share-newest = Importieren Sie sie mit der neuesten Version von Signalbox. Es wurde nichts importiert.
heard-share-fewer = Wählen Sie weniger, und exportieren Sie die anderen in eine zweite Datei.
heard-share-none-chosen = es wurden keine Konfigurationen gewählt oder zu viele
heard-share-at-least = Wählen Sie mindestens eine und höchstens { $most }.
heard-share-no-recipient = Das ist kein Empfänger. Er beginnt mit age1; kopieren Sie ihn vollständig aus den Einstellungen des anderen Tresors.
heard-share-entry = Konfiguration { $number } dieser Datei, { $name }, ist nicht verwendbar
heard-share-entry-advice = Lassen Sie sie erneut von einem Tresor exportieren, in dem sie sich speichern lässt. Es wurde nichts importiert.
heard-share-changed = die Anbieter wurden inzwischen geändert
heard-share-changed-advice = Sehen Sie an, was die Datei jetzt bewirken würde, und importieren Sie sie dann. Es wurde nichts importiert.
heard-share-identity = was Dateien für diesen Tresor öffnet, ist beschädigt
heard-share-identity-advice = Bitten Sie um eine Datei mit Passphrase. Haben Sie nichts geändert, stellen Sie eine Sicherung wieder her.

## Bundles that are looked at

heard-bundle-no-key = { $name } hat keinen Schlüssel
heard-bundle-elsewhere = Es kommt aus einem anderen Tresor. Prüfen Sie es dort oder an seinem Server.
heard-bundle-none = das ist kein Bundle von Signalbox
heard-bundle-file-large = diese Datei ist zu groß für ein Bundle
heard-bundle-algorithm = dieses Bundle ist mit einem Verfahren signiert, das nicht angenommen wird
heard-bundle-untrusted = dieses Bundle ist mit einem Schlüssel signiert, dem hier nicht vertraut wird
heard-bundle-not-genuine = die Signatur dieses Bundles ist nicht echt
heard-bundle-newer = eine neuere Version von Signalbox hat dieses Bundle erstellt
heard-bundle-odd = dieses Bundle ist signiert und sagt etwas, das nicht verstanden wird
heard-bundle-for-other = dieses Bundle wurde für einen anderen Server erstellt
heard-bundle-early = dieses Bundle gilt noch nicht
heard-bundle-over = dieses Bundle ist abgelaufen
heard-bundle-not-newer = dieses Bundle ist nicht neuer als Nummer { $serial }, die schon angenommen wurde
heard-bundle-sealed-for-other = der Inhalt dieses Bundles wurde für einen anderen Server versiegelt
heard-bundle-damaged = der Inhalt dieses Bundles ist beschädigt
heard-bundle-sealed-for-bundle = der Inhalt dieses Bundles wurde für ein anderes Bundle versiegelt
heard-bundle-nothing = in diesem Bundle ist nichts, womit sich bedienen ließe
heard-bundle-many = in diesem Bundle sind zu viele Konfigurationen
heard-bundle-twice = dieses Bundle nennt eine Konfiguration zweimal
heard-bundle-route = eine Route dieses Bundles nennt eine Konfiguration, die nicht darin ist
heard-bundle-field = eine Konfiguration in diesem Bundle hat ein Feld, das kein Formular annähme
heard-bundle-most-days = ein Bundle gilt höchstens { $days } Tage

## What a server shows to sync

heard-sync-rolled-back = der Server zeigt einen älteren Stand als zuvor, bei { $count } Konfigurationen
heard-sync-many-gone = auf dem Server fehlen auf einmal { $gone } von { $of } Konfigurationen
heard-sync-swapped = Nummer { $number } des Servers ist eine andere Konfiguration als zuvor
heard-sync-overtaken-here = die Konfiguration wurde hier inzwischen geändert
heard-sync-not-learned = was erfahren wurde, konnte nicht behalten werden: { $why }

## More news, on the desktop and in the corner

heard-budget-task = Aufgabe { $name }
heard-budget-user = Benutzer { $name }
heard-budget-sum = { $spent } von { $amount } ausgegeben.
heard-budget-sum-forecast = { $spent } von { $amount } ausgegeben, Prognose { $low } bis { $high }.
heard-budget-unpriced-one = 1 Aufruf ohne bekannten Preis ist nicht enthalten.
heard-budget-unpriced = { $count } Aufrufe ohne bekannten Preis sind nicht enthalten.
heard-budget-other = Zu einem weiteren Budget gibt es auch Neues.
heard-budget-others = Zu { $count } weiteren Budgets gibt es auch Neues.
heard-jump-calls = { $whose }: { $times }-mal so viele Aufrufe wie üblich
heard-jump-cost = { $whose }: das { $times }-Fache der üblichen Kosten
heard-jump-minute = { $seen } in der letzten Minute, üblich sind am { $day } um { $time } { $usual }.
heard-jump-minutes = { $seen } in { $minutes } Minuten, üblich sind am { $day } um { $time } { $usual }.
heard-jump-most = Das meiste davon: { $name }.
heard-jump-most-task = Das meiste davon: Aufgabe { $task }.
heard-jump-most-user = Das meiste davon: Benutzer { $user }.
heard-jump-most-name-task = Das meiste davon: { $name }, Aufgabe { $task }.
heard-jump-most-name-user = Das meiste davon: { $name }, Benutzer { $user }.
heard-jump-most-task-user = Das meiste davon: Aufgabe { $task }, Benutzer { $user }.
heard-jump-most-all = Das meiste davon: { $name }, Aufgabe { $task }, Benutzer { $user }.
heard-day-monday = Montag
heard-day-tuesday = Dienstag
heard-day-wednesday = Mittwoch
heard-day-thursday = Donnerstag
heard-day-friday = Freitag
heard-day-saturday = Samstag
heard-day-sunday = Sonntag

## The icon in the desktop's bar

heard-tray-lock = Sperren
heard-tray-show = Fenster zeigen
heard-tray-quit = Beenden
heard-tray-default = Standardanbieter
heard-tray-today = Heute: { $cost }
heard-tray-today-partly = Heute: { $cost } + { $count } ohne Preis
heard-tray-today-unknown = Heute: Kosten unbekannt, { $count } ohne Preis

## The page's own words to the shell

heard-answer-odd = die Antwort des Programms ist nicht verständlich
heard-refused-silently = das Programm hat ohne Angabe von Gründen abgelehnt
heard-window-anew = Versuchen Sie es erneut. Bleibt es dabei, schließen Sie das Fenster und starten Sie Signalbox neu.
