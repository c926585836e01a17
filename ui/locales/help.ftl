# Help in place, behind the sign beside a field. It comes with the pages and with the layers.

help-about = About { $field }
help-api-key = From the vendor’s page for keys. It is tested, sealed in this vault for this base URL alone, and never shown again in full.
help-base-url = Where requests go. Leave the vendor’s own address unless a gateway or proxy of yours stands before it. Another address needs the key again.
help-model-name = The name exactly as the vendor writes it. The list knows prices and abilities; any other name works, too.
help-display-name = What you call it, here and in logs. It is unique in this vault. Empty makes one from vendor and model.
help-description = For people alone: who pays, what it is for, whom to ask.
help-daily-limit = Input and output tokens from midnight UTC. At the limit, calls go to the next of the chain. Empty is no limit.
help-monthly-limit = Input and output tokens from the first of the month, UTC. Empty is no limit.
help-call-timeout = Seconds after which a call is given up and the next of the chain is asked.
help-call-retries = How often the same provider is asked again before the next one. Only what may pass by itself is tried again.
help-requests-per-minute = Calls within any 60 seconds. Set it a little below the vendor’s own limit, so that calls wait here and do not fail there.
help-tokens-per-minute = Tokens within any 60 seconds, reserved before a call and settled after it.
help-concurrent-calls = Calls at the same time. More of them wait, or go to the next of the chain.
help-daily-cost = US dollars from midnight UTC, by the prices in force. A model without a known price cannot be held to it.
help-monthly-cost = US dollars from the first of the month, UTC, by the prices in force.
help-quality = Your own grade of this model’s answers. Routes that choose the cheapest can ask for at least one.
help-input-price = US dollars for a million input tokens, if you pay another price than the catalogue’s.
help-output-price = US dollars for a million output tokens, if you pay another price than the catalogue’s.
help-cached-price = US dollars for a million input tokens that the vendor reads from its cache.
help-budget-amount = US dollars for the period. A budget tells before it is spent and stops nothing; limits of a provider do.
help-remote-name = What you call this server, here alone.
help-remote-address = The address of its admin API, with https. Plain http is allowed to this computer only.
help-remote-pin = The SHA-256 of the one certificate that is trusted there. Empty trusts what this computer trusts.
help-remote-user = The name of your account on that server, which must be a super admin.
