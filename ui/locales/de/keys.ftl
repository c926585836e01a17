# Texte zu Schlüsseln, die altern: der Dialog eines Schlüssels, seine Einstellungen und die Erinnerung.

## The dialog of a key

key-title = API-Schlüssel von { $name }
key-ends = Endet auf ...{ $last }, eingegeben { $day }.
key-entered-on = Eingegeben { $day }.
key-missing = Es gibt noch keinen.
key-days =
    { $count ->
        [0] Weniger als einen Tag alt
        [one] 1 Tag alt
       *[other] { $count } Tage alt
    }
key-older = Älter als { $days } Tage
reading-key = Angaben zum Schlüssel werden gelesen
key-used-for = Verwendet für
key-used-chain = { $task } (Platz { $place })
key-used-first = { $task } (erster)
key-used-default = was keine Route hat, als Standard
key-used-nothing = Keine Aufgabe
key-used-off = Nichts, der Anbieter ist ausgeschaltet
key-gateway = Lokales Gateway
key-gateway-token = Programme mit dem Token, das auf ...{ $last } endet, erreichen ihn
key-gateway-off = Kein anderes Programm erreicht ihn
key-last-call = Letzter Aufruf
key-no-call = Keiner im Protokoll
key-before = Der vorige Schlüssel endet auf ...{ $last }.
key-before-short = Der vorige Schlüssel ist aufbewahrt.
key-kept-until = Er wird versiegelt aufbewahrt bis { $when } und dann vernichtet.
key-other-url = Er wurde für { $url } eingegeben und wird sonst nirgendwohin gesendet: Stellen Sie diese Basis-URL wieder ein, um zu ihm zurückzukehren.
key-go-back = Zu ihm zurückkehren
key-go-back-untested = Ohne Test zurückkehren
key-destroy = Jetzt vernichten
key-destroy-asked = Einmal vernichtet, ist er nicht zurückzuholen: weder durch „Rückgängig“ noch aus diesem Tresor.
key-destroy-confirm = Schlüssel vernichten
key-destroy-keep = Behalten
key-new = Neuer Schlüssel
key-new-hint = Er wird bei { $vendor } getestet, bevor sich etwas ändert.
key-new-hint-server = Er wird beim Server getestet, bevor sich etwas ändert.
key-keep-days = Alten aufbewahren für
key-days-unit = Tage
key-days-outside = Geben Sie 1 bis 30 ein.
key-replaces-kept = Der vorige Schlüssel wird dann vernichtet: Es wird immer nur einer aufbewahrt.
key-replace = Testen und ersetzen
key-copy = Schlüssel kopieren
key-close = Schließen
key-testing-new = Der neue Schlüssel wird getestet
key-testing-old = Der vorige Schlüssel wird getestet
key-refused-title = { $outcome }. Es wurde nichts geändert.
key-replaced = Schlüssel von { $name } ersetzt
key-replaced-none = Schlüssel von { $name } gilt jetzt
key-replaced-detail = Der alte wird bis { $when } aufbewahrt. Widerrufen Sie ihn auf der Seite des Herstellers, wenn alles läuft.
key-went-back = { $name } verwendet wieder den vorigen Schlüssel
key-went-back-detail = Der andere wird bis { $when } aufbewahrt.
key-destroyed = Der alte Schlüssel von { $name } ist vernichtet
key-copied = Schlüssel von { $name } kopiert
key-copied-detail = Er verlässt die Zwischenablage in { $seconds } s oder wenn der Tresor gesperrt wird.
key-manage = Ersetzen, kopieren oder zurückkehren
palette-key = Schlüssel von { $name }: ersetzen, kopieren, zurückkehren

## Reminder

key-reminder = Alte Schlüssel
key-reminder-one = Der Schlüssel von { $name } ist { $days } Tage alt
key-reminder-many = { $count } Schlüssel sind älter als { $days } Tage
key-reminder-oldest = Der älteste ist der von { $name }, { $days } Tage.
key-reminder-why = Ein Schlüssel, der ab und zu ersetzt wird, nützt dem weniger, der ihn findet.
key-reminder-replace = Schlüssel ersetzen
key-reminder-later = In 7 Tagen

## Settings

keys-section = API-Schlüssel
reading-key-settings = Umgang mit Schlüsseln wird gelesen
keys-remind = An alte Schlüssel erinnern
keys-remind-text = Ein Hinweis auf der Liste der Anbieter, nach so vielen Tagen mit demselben Schlüssel.
keys-remind-days = Tage, nach denen ein Schlüssel alt ist
keys-keep = Ersetzten Schlüssel aufbewahren
keys-keep-text = So viele Tage lang kann man zu ihm zurückkehren, 1 bis 30. Danach wird er vernichtet.
keys-keep-days = Tage, die ein ersetzter Schlüssel aufbewahrt wird
keys-clipboard = Kopierten Schlüssel aus der Zwischenablage nehmen
keys-clipboard-text = Nach so vielen Sekunden, 5 bis 60, und wenn der Tresor gesperrt wird.
keys-clipboard-s = Sekunden in der Zwischenablage
key-settings-save = Speichern
key-settings-saved = Einstellungen der Schlüssel gespeichert
