//! Sentences for an answer that says no.

use model::ProviderType;

use super::{Scene, Words, address, wait};
use crate::{
    finding::{Cause, Instead},
    key::KeyShape,
};

pub(super) fn of(cause: Cause, scene: &Scene<'_>) -> Words {
    match cause {
        Cause::KeyUnknown | Cause::KeyExpired | Cause::KeyLeaked | Cause::KeyOfOtherKind => {
            about_key(cause, scene)
        }
        Cause::ScopeMissing
        | Cause::NoPermission
        | Cause::ServiceBlocked
        | Cause::OriginBlocked
        | Cause::CountryUnsupported
        | Cause::Firewall => about_permission(cause, scene),
        Cause::RateLimited
        | Cause::DailyQuota
        | Cause::NoQuota
        | Cause::CreditExhausted
        | Cause::SpendLimit => about_limit(cause, scene),
        Cause::Overloaded | Cause::VendorFailed | Cause::GatewayFailed | Cause::VendorTimedOut => {
            about_failure(cause, scene)
        }
        Cause::NotThisApi(instead) => about_address(instead, scene),
        Cause::ProxyWantsLogin => Words::new(
            "The network's proxy asks for a user name and password (HTTP 407), so the vendor was not reached.",
            "Put them into the proxy's address in the environment (HTTPS_PROXY), then start Signalbox again.",
        ),
        Cause::Garbled => Words::new(
            format!("{} answered, but the answer is damaged{}.", scene.at_start(), scene.http()),
            "Test again. If it stays, something between here and there changes answers: a proxy, a filter, a virus scanner.",
        ),
        // The others are of calls, which have their own words.
        _ => Words::new(
            format!(
                "{} refused the question for a reason that it does not document{}.",
                scene.at_start(),
                scene.http()
            ),
            format!("Test again, and check the base URL. If it stays, look {} for news.", scene.console()),
        ),
    }
}

fn about_key(cause: Cause, scene: &Scene<'_>) -> Words {
    const PUBLISHED: &str = "Find out where the old one was published.";
    let (who, http) = (scene.at_start(), scene.http());
    if !scene.has_key {
        return Words::new(format!("{who} wants a key{http}."), "Enter the key of this server.");
    }
    let renew = format!("Make a new key {} and enter it here.", scene.console());
    match cause {
        Cause::KeyExpired => Words::new(format!("{who} says that this key is past its date{http}."), renew),
        Cause::KeyLeaked => Words::new(
            format!("{who} has switched this key off, because it was found in public{http}."),
            format!("{renew} {PUBLISHED}"),
        ),
        Cause::KeyOfOtherKind => Words::new(
            format!("{who} takes this for another kind of token than an API key{http}."),
            shape_hint(scene).unwrap_or(renew),
        ),
        _ => Words::new(format!("{who} does not accept this key{http}."), unknown_key(scene)),
    }
}

fn unknown_key(scene: &Scene<'_>) -> String {
    let check = format!(
        "Check {} that the key is there, is active and belongs to the right account, and paste it again whole.",
        scene.console()
    );
    shape_hint(scene).map_or(check.clone(), |hint| format!("{hint} {check}"))
}

/// What the key's shape suggests. It quotes nothing of the key, not even its public prefix.
fn shape_hint(scene: &Scene<'_>) -> Option<String> {
    let expected = scene.provider_type;
    match scene.shape {
        KeyShape::Of(vendor) if vendor != expected && expected != ProviderType::OpenAiCompatible => {
            Some(format!("It looks like a key of another vendor: {}.", vendor.label()))
        }
        KeyShape::GoogleStandard if expected == ProviderType::Gemini => Some(
            "It looks like one of Google's older keys, which Gemini is switching off: make a new one."
                .to_owned(),
        ),
        KeyShape::GoogleStandard if expected != ProviderType::OpenAiCompatible => {
            Some("It looks like a key of another vendor: Gemini.".to_owned())
        }
        KeyShape::Admin(vendor) => Some(format!(
            "It looks like an administration key of {}; use an API key of a project.",
            vendor.label()
        )),
        KeyShape::ClaudeSubscription => Some(
            "It looks like the token of a Claude subscription, which is no API key: make one in the console."
                .to_owned(),
        ),
        _ => None,
    }
}

fn about_permission(cause: Cause, scene: &Scene<'_>) -> Words {
    let (who, http, console) = (scene.at_start(), scene.http(), scene.console());
    match cause {
        Cause::ScopeMissing => Words::new(
            format!(
                "{who} knows this key, but it may not list models, so {} could not be checked{http}.",
                scene.model()
            ),
            format!(
                "It may work all the same. To have the model checked, give the key the permission to read models {console}."
            ),
        ),
        Cause::ServiceBlocked => Words::new(
            format!("{who} knows this key, but it may not use this API{http}."),
            format!(
                "Enable the Generative Language API for the key's project, or allow it in the key's restrictions {console}."
            ),
        ),
        Cause::OriginBlocked => Words::new(
            format!("{who} knows this key, but not from this address or application{http}."),
            format!("Add this computer to the key's restrictions {console}, or use a key without them."),
        ),
        Cause::CountryUnsupported => Words::new(
            format!("{who} does not serve the country or region that this request came from{http}."),
            "Check which way the connection takes (VPN, proxy), or use another provider here.",
        ),
        Cause::Firewall => Words::new(
            format!(
                "A firewall or content filter refused the request before it reached {}, with a web page{http}.",
                scene.who()
            ),
            "Try another network or proxy, or ask whoever runs this one to allow the address.",
        ),
        _ => Words::new(
            format!("{who} knows this key, but does not allow it to list models{http}."),
            format!("Check {console} that the key's project or role may use {}.", scene.model()),
        ),
    }
}

fn about_limit(cause: Cause, scene: &Scene<'_>) -> Words {
    let (who, http) = (scene.at_start(), scene.http());
    let when = scene.retry_after.map(wait::spoken);
    match cause {
        Cause::RateLimited => {
            let wait = when.map_or("Wait a minute".to_owned(), |when| format!("Wait {when}"));
            Words::new(
                format!("{who} takes no more requests just now{http}."),
                format!(
                    "{wait}, then test again. If it comes back, look for spikes in the usage, lower the daily token limit, or add a second provider to share the load."
                ),
            )
        }
        Cause::DailyQuota => {
            let renewed = when.map_or("It is renewed at midnight Pacific time.".to_owned(), |when| {
                format!("It is renewed in {when}.")
            });
            let until = format!("Until then use another provider, or raise the quota {}.", scene.console());
            Words::new(
                format!("Today's quota at {} is used up{http}.", scene.who()),
                format!("{renewed} {until}"),
            )
        }
        Cause::NoQuota => Words::new(
            format!("The account's tier at {} has no quota for this at all{http}.", scene.who()),
            format!("Waiting does not help: set up billing {}, or choose another model.", scene.console()),
        ),
        Cause::SpendLimit => Words::new(
            format!("The spending limit of the account or project at {} is reached{http}.", scene.who()),
            format!("Raise the limit {}, or use another provider until it is renewed.", scene.console()),
        ),
        _ => Words::new(
            format!("The account at {} has no credit left{http}.", scene.who()),
            format!("Waiting does not help: add credit or check the billing {}.", scene.console()),
        ),
    }
}

fn about_failure(cause: Cause, scene: &Scene<'_>) -> Words {
    let (who, http) = (scene.at_start(), scene.http());
    let wait =
        scene.retry_after.map_or("Wait a minute".to_owned(), |when| format!("Wait {}", wait::spoken(when)));
    let again = format!(
        "The key is not at fault. {wait}, then test again; a second provider keeps the tasks running."
    );
    let message = match cause {
        Cause::Overloaded => format!("{who} has no capacity just now{http}."),
        Cause::GatewayFailed => format!("A gateway in front of {} failed{http}.", scene.who()),
        Cause::VendorTimedOut => format!("{who} gave up waiting for the request{http}."),
        _ => format!("{who} failed on its own side{http}."),
    };
    Words::new(message, again)
}

fn about_address(instead: Instead, scene: &Scene<'_>) -> Words {
    let (host, label) = (scene.base_url.host(), scene.provider_type.label());
    let http = scene.http();
    let message = match instead {
        Instead::WebPage => format!("A web page answered at {host}, not the {label} API{http}."),
        Instead::Text => {
            format!("Something answered at {host} with plain text; it is not the {label} API{http}.")
        }
        Instead::OtherJson => format!("Another API than {label}'s answered at {host}{http}."),
        Instead::Nothing => format!("There is no list of models at this address of {host}{http}."),
        Instead::Vendor(vendor) => {
            format!("The API at {host} is that of {}, not {label}'s{http}.", vendor.label())
        }
        Instead::OllamaNative => {
            format!("Ollama's own API answered at {host}, not the compatible one{http}.")
        }
    };
    Words::new(message, address_advice(instead, scene))
}

fn address_advice(instead: Instead, scene: &Scene<'_>) -> String {
    if let Instead::Vendor(vendor) = instead {
        return format!("Add it as a provider of the type {}, or correct the base URL.", vendor.label());
    }
    let network =
        "The network may want a sign-in first, or a proxy is in between: open any web page, then test again.";
    let correct = "Correct the base URL.";
    match (address::better(scene.provider_type, scene.base_url), scene.provider_type.default_base_url()) {
        (Some(better), _) => format!("Correct the base URL: try {better}."),
        (None, _) if scene.is_default_address() => network.to_owned(),
        (None, Some(default)) => {
            format!("Correct the base URL; {}'s own is {default}.", scene.provider_type.label())
        }
        (None, None) if instead == Instead::WebPage => format!("{correct} {network}"),
        (None, None) => {
            "Correct the base URL. It usually ends in /v1, as in http://localhost:11434/v1.".to_owned()
        }
    }
}
