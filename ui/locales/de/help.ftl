# Hilfe an Ort und Stelle, hinter dem Zeichen neben einem Feld.

help-about = Zu { $field }
help-api-key = Von der Schlüsselseite des Herstellers. Er wird getestet, in diesem Tresor nur für diese Basis-URL versiegelt und nie wieder ganz angezeigt.
help-base-url = Wohin Anfragen gehen. Lassen Sie die Adresse des Herstellers, außer ein eigenes Gateway oder ein Proxy steht davor. Eine andere Adresse braucht den Schlüssel erneut.
help-model-name = Der Name genau so, wie der Hersteller ihn schreibt. Die Liste kennt Preise und Fähigkeiten; jeder andere Name geht auch.
help-display-name = Wie Sie ihn nennen, hier und in Protokollen. In diesem Tresor eindeutig. Leer wird einer aus Hersteller und Modell gebildet.
help-description = Nur für Menschen: wer zahlt, wofür er ist, wen man fragt.
help-daily-limit = Ein- und Ausgabe-Token ab Mitternacht UTC. Am Limit gehen Aufrufe an den Nächsten der Kette. Leer ist kein Limit.
help-monthly-limit = Ein- und Ausgabe-Token ab dem Monatsersten, UTC. Leer ist kein Limit.
help-call-timeout = Sekunden, nach denen ein Aufruf aufgegeben und der Nächste der Kette gefragt wird.
help-call-retries = Wie oft derselbe Anbieter noch gefragt wird, bevor der Nächste an die Reihe kommt. Wiederholt wird nur, was von selbst vergehen kann.
help-requests-per-minute = Aufrufe in beliebigen 60 Sekunden. Etwas unter dem Limit des Herstellers, damit Aufrufe hier warten und nicht dort scheitern.
help-tokens-per-minute = Token in beliebigen 60 Sekunden, vor einem Aufruf reserviert und danach abgerechnet.
help-concurrent-calls = Aufrufe zur selben Zeit. Weitere warten oder gehen an den Nächsten der Kette.
help-daily-cost = US-Dollar ab Mitternacht UTC, nach den geltenden Preisen. Ein Modell ohne bekannten Preis lässt sich daran nicht messen.
help-monthly-cost = US-Dollar ab dem Monatsersten, UTC, nach den geltenden Preisen.
help-quality = Ihre eigene Note für die Antworten dieses Modells. Routen, die das Günstigste wählen, können mindestens eine verlangen.
help-input-price = US-Dollar für eine Million Eingabe-Token, wenn Sie einen anderen Preis als den des Katalogs zahlen.
help-output-price = US-Dollar für eine Million Ausgabe-Token, wenn Sie einen anderen Preis als den des Katalogs zahlen.
help-cached-price = US-Dollar für eine Million Eingabe-Token, die der Hersteller aus seinem Zwischenspeicher liest.
help-budget-amount = US-Dollar für den Zeitraum. Ein Budget meldet sich, bevor es verbraucht ist, und hält nichts an; das tun die Limits eines Anbieters.
help-remote-name = Wie Sie diesen Server nennen, nur hier.
help-remote-address = Die Adresse seiner Verwaltungs-API, mit https. Einfaches http nur zu diesem Computer.
help-remote-pin = Der SHA-256 des einen Zertifikats, dem dort vertraut wird. Leer gilt, wem dieser Computer vertraut.
help-remote-user = Der Name Ihres Kontos auf jenem Server; es muss Super-Admin sein.
