//! Sentences for calls that failed: what happened in small letters, as errors are written, and what to do about it.

use model::ProviderType;

use super::wait;
use crate::{
    Target,
    call::{AnswerFault, Failure, Unfit},
    finding::{Cause, Instead, Refusal},
    key::{Guard, KeyFault},
    transport::{Stage, TlsTrouble, Trouble},
    vendor,
};

/// What the sentences speak of. It holds nothing of the key.
#[derive(Clone, Debug)]
pub(crate) struct CallScene {
    who: String,
    host: String,
    model: String,
    console: String,
}

impl CallScene {
    pub(crate) fn of(target: &Target<'_>) -> Self {
        let host = target.base_url.host();
        let name = vendor::bare_name(target.provider_type, target.model_name);
        let unfit = name.is_empty() || Guard(target.api_key).contains_key(name);
        let console = target.provider_type.console_url();
        Self {
            who: match target.provider_type {
                ProviderType::OpenAiCompatible => format!("the server at {host}"),
                vendor => vendor.label().to_owned(),
            },
            console: console.map_or_else(|| format!("with whoever runs {host}"), |url| format!("at {url}")),
            model: if unfit { "the configured model".to_owned() } else { name.to_owned() },
            host,
        }
    }
}

/// Message and advice.
pub(crate) fn of_call(failure: &Failure, scene: &CallScene) -> (String, String) {
    match failure {
        Failure::Key(fault) => of_key(*fault, scene),
        Failure::Unfit(unfit) => of_unfit(*unfit, scene),
        Failure::Refused(refusal) => of_refusal(refusal, scene),
        Failure::Trouble(trouble) => of_trouble(trouble, scene),
        Failure::Answer(fault) => of_answer(*fault, scene),
    }
}

fn pair(message: impl Into<String>, advice: impl Into<String>) -> (String, String) {
    (message.into(), advice.into())
}

fn of_key(fault: KeyFault, scene: &CallScene) -> (String, String) {
    match fault {
        KeyFault::Empty => pair(
            format!("there is no key, and {} needs one", scene.who),
            "Enter the key of this configuration in Signalbox.",
        ),
        KeyFault::Blank | KeyFault::Unprintable => pair(
            "the key has a character in it that no header carries, so nothing was sent",
            "Copy the key alone and enter it again in Signalbox.",
        ),
    }
}

fn of_unfit(unfit: Unfit, scene: &CallScene) -> (String, String) {
    const OTHER: &str = "Choose a model that can, or leave it out.";
    const DEGRADE: &str = "Choose a model that can, leave it out, or allow the call to be degraded.";
    let (who, model) = (&scene.who, &scene.model);
    match unfit {
        Unfit::Images => pair(format!("{model} takes no images"), OTHER),
        Unfit::ImageAddress => {
            pair(format!("{who} does not fetch images by their address"), "Send the image itself, as base64.")
        }
        Unfit::Pdf => pair(format!("{model} takes no PDF documents"), DEGRADE),
        Unfit::PdfWithoutText => pair(
            format!("{model} takes no PDF documents, and no text could be read from this one"),
            "Choose a model that reads PDF, or send the text.",
        ),
        Unfit::Tools => pair(format!("{model} calls no functions"), OTHER),
        Unfit::Schema => pair(format!("{model} cannot be held to a JSON schema"), DEGRADE),
        Unfit::OpenSchema => pair(
            format!("{who} takes no schema that allows additional properties"),
            "Set additionalProperties to false in every object, or allow the call to be degraded.",
        ),
        Unfit::Temperature => {
            pair(format!("{model} has a temperature of its own and takes no other"), DEGRADE)
        }
        Unfit::TemperatureRange(most) => pair(
            format!("{who} takes temperatures from 0 to {most}"),
            "Choose a temperature within that range.",
        ),
        Unfit::Stop => pair(format!("{model} takes no texts at which to end"), DEGRADE),
        Unfit::StopCount(most) => pair(
            format!("{who} takes at most {most} texts at which to end"),
            "Send fewer, or allow the call to be degraded.",
        ),
        Unfit::FewTokens(least) => pair(
            format!("{who} takes no bound below {least} output tokens"),
            format!("Allow at least {least} output tokens."),
        ),
        Unfit::ResponsesOnly => pair(
            format!("{model} is not served by Chat Completions"),
            "Use the Responses API for this model.",
        ),
        Unfit::InvalidSchema => {
            pair("the schema of the answer is no JSON Schema", "Correct the schema, then call again.")
        }
        Unfit::Arguments => pair(
            "the arguments of a call in the conversation are no JSON object",
            "Send the arguments back as the model wrote them.",
        ),
        Unfit::LonelyResult => pair(
            "a result in the conversation has no call before it",
            "Send the model's call back together with its result.",
        ),
        Unfit::NoMessages => pair("the request has no messages", "Send at least one message."),
    }
}

fn of_refusal(refusal: &Refusal, scene: &CallScene) -> (String, String) {
    let (who, model, console) = (&scene.who, &scene.model, &scene.console);
    match refusal.cause {
        Cause::KeyUnknown => pair(
            format!("{who} does not accept the key"),
            format!("Check the key {console}, and enter it again in Signalbox."),
        ),
        Cause::KeyExpired => pair(
            format!("{who} says that the key is past its date"),
            format!("Make a new key {console}, and enter it in Signalbox."),
        ),
        Cause::KeyLeaked => pair(
            format!("{who} has switched the key off, because it was found in public"),
            format!("Make a new key {console}, and find out where the old one was published."),
        ),
        Cause::KeyOfOtherKind => pair(
            format!("{who} takes the key for another kind of token"),
            format!("Make an API key {console}, and enter it in Signalbox."),
        ),
        Cause::ScopeMissing | Cause::NoPermission => pair(
            format!("{who} knows the key, but it may not call {model}"),
            format!("Give the key or its project the permission {console}."),
        ),
        Cause::ServiceBlocked => pair(
            format!("{who} knows the key, but it may not use this API"),
            format!("Enable the API for the key's project {console}."),
        ),
        Cause::OriginBlocked => pair(
            format!("{who} knows the key, but not from this address or application"),
            format!("Change the key's restrictions {console}."),
        ),
        Cause::CountryUnsupported => pair(
            format!("{who} does not serve the country or region that this call came from"),
            "Check which way the connection takes, or use another provider here.",
        ),
        Cause::Firewall => pair(
            format!("a firewall or content filter refused the call before it reached {who}"),
            "Try another network or proxy, or ask whoever runs this one to allow the address.",
        ),
        Cause::ModelMissing => pair(
            format!("{who} does not have {model} for this key"),
            "Check the model's name, and test the configuration in Signalbox.",
        ),
        Cause::ContextTooLong => pair(
            format!("the conversation is longer than {model} takes"),
            "Shorten it, or choose a model with a larger window.",
        ),
        Cause::Blocked => pair(
            format!("the content filter of {who} refused the prompt"),
            "Change the prompt; calling again does not help.",
        ),
        Cause::BadRequest => pair(
            format!("{who} refuses the form of the request for {model}"),
            "Check what the request asks of this model; calling again unchanged does not help.",
        ),
        Cause::ProxyWantsLogin => pair(
            "the network's proxy asks for a user name and password",
            "Put them into the proxy's address in the environment (HTTPS_PROXY), then start Signalbox again.",
        ),
        Cause::NotThisApi(instead) => (of_stranger(instead, scene), ADDRESS.to_owned()),
        Cause::Garbled => pair(format!("the answer of {who} is damaged"), AGAIN),
        Cause::Unexpected => pair(format!("{who} answered in a way that it does not document"), ADDRESS),
        cause => of_limit(cause, refusal, scene),
    }
}

const AGAIN: &str = "Call again; if it stays, something in between cuts or changes answers.";
const ADDRESS: &str = "Check the base URL, and test the configuration in Signalbox.";

/// Limits, and failures of the vendor's own.
fn of_limit(cause: Cause, refusal: &Refusal, scene: &CallScene) -> (String, String) {
    let (who, console) = (&scene.who, &scene.console);
    let wait =
        refusal.retry_after.map_or("Wait a minute".to_owned(), |wait| format!("Wait {}", wait::spoken(wait)));
    match cause {
        Cause::RateLimited => pair(
            format!("{who} takes no more calls just now"),
            format!("{wait}, then call again, or add a second provider to share the load."),
        ),
        Cause::TooLargeForLimit => pair(
            format!("this call alone is above the account's limit of tokens per minute at {who}"),
            format!("Shorten it, or raise the limit {console}."),
        ),
        Cause::DailyQuota => pair(
            format!("today's quota at {who} is used up"),
            format!("Use another provider until it is renewed, or raise it {console}."),
        ),
        Cause::NoQuota => pair(
            format!("the account's tier at {who} has no quota for {} at all", scene.model),
            format!("Set up billing {console}, or choose another model."),
        ),
        Cause::SpendLimit => pair(
            format!("the spending limit of the account or project at {who} is reached"),
            format!("Raise the limit {console}, or use another provider until it is renewed."),
        ),
        Cause::CreditExhausted => pair(
            format!("the account at {who} has no credit left"),
            format!("Add credit or check the billing {console}; waiting does not help."),
        ),
        Cause::Overloaded => pair(
            format!("{who} has no capacity just now"),
            format!("{wait}, then call again; a second provider keeps the tasks running."),
        ),
        Cause::GatewayFailed => pair(
            format!("a gateway in front of {who} failed"),
            format!("{wait}, then call again; a second provider keeps the tasks running."),
        ),
        Cause::VendorTimedOut => pair(
            format!("{who} gave up waiting for the request"),
            "Call again; if it stays, the connection is too slow for a request of this size.",
        ),
        _ => pair(
            format!("{who} failed on its own side"),
            format!("{wait}, then call again; a second provider keeps the tasks running."),
        ),
    }
}

fn of_stranger(instead: Instead, scene: &CallScene) -> String {
    let (who, host) = (&scene.who, &scene.host);
    match instead {
        Instead::WebPage => format!("a web page answered at {host} in the place of the API"),
        Instead::Text => format!("something answered at {host} with plain text in the place of the API"),
        Instead::OtherJson | Instead::OllamaNative => {
            format!("another API than that of {who} answered at {host}")
        }
        Instead::Nothing => format!("there are no calls at this address of {host}"),
        Instead::Vendor(vendor) => format!("the API at {host} is that of {}", vendor.label()),
    }
}

fn of_trouble(trouble: &Trouble, scene: &CallScene) -> (String, String) {
    const NETWORK: &str = "Check the network connection, the base URL and the proxy, then call again.";
    let (who, host) = (&scene.who, &scene.host);
    match trouble {
        Trouble::NameNotResolved { host } => pair(format!("the name {host} has no address"), NETWORK),
        Trouble::Refused => pair(
            format!("nothing accepts connections at {host}"),
            "Check that the server is running and that the port in the base URL is right.",
        ),
        Trouble::Unreachable => pair(format!("there is no way to {host} from here"), NETWORK),
        Trouble::Connection => pair(format!("no connection to {host} could be made"), NETWORK),
        Trouble::Broken => {
            pair(format!("the connection to {host} broke before an answer came"), "Call again.")
        }
        Trouble::Tls(trouble) => of_tls(*trouble, scene),
        Trouble::TimedOut(Stage::Connecting) => pair(format!("no connection to {host} in time"), NETWORK),
        Trouble::TimedOut(Stage::Waiting) => pair(
            format!("{who} took the call, but did not begin to answer in time"),
            "Call again, or give the call more time; it may have been billed.",
        ),
        Trouble::TimedOut(Stage::Reading) => pair(
            format!("{who} began to answer, but did not finish in time"),
            "Call again, or give the call more time; it may have been billed.",
        ),
        Trouble::CutOff => pair(format!("the answer of {who} broke off in the middle"), AGAIN),
        Trouble::Undecodable => pair(format!("the answer of {who} cannot be unpacked"), AGAIN),
        Trouble::TooLarge => of_answer(AnswerFault::Oversized, scene),
        Trouble::NotHttp => pair(format!("what answers at {host} does not speak HTTP"), ADDRESS),
        // Where to is the other server's own text, which may echo the key.
        Trouble::Redirected { .. } => pair(
            format!("{host} sends calls on to another address, where the key was not sent"),
            "If you trust that address, enter it as the base URL; the test of the configuration names it.",
        ),
        Trouble::RedirectLoop => pair(format!("{host} sends calls round in circles"), ADDRESS),
    }
}

fn of_tls(trouble: TlsTrouble, scene: &CallScene) -> (String, String) {
    let host = &scene.host;
    let message = match trouble {
        TlsTrouble::Untrusted => format!("the certificate of {host} is not signed by anyone trusted here"),
        TlsTrouble::NoRoots => "this computer has no certificates of authorities to trust".to_owned(),
        TlsTrouble::Expired => format!("the certificate of {host} is past its date"),
        TlsTrouble::NotYetValid => format!("the certificate of {host} is not valid yet"),
        TlsTrouble::WrongHost => format!("the certificate at {host} belongs to another host"),
        TlsTrouble::NoTls => format!("the server at {host} does not speak TLS on this port"),
        TlsTrouble::Other => format!("no secure connection to {host} could be agreed on"),
    };
    pair(message, "Test the configuration in Signalbox, which says what to do; the key was not sent.")
}

fn of_answer(fault: AnswerFault, scene: &CallScene) -> (String, String) {
    let who = &scene.who;
    match fault {
        AnswerFault::Blocked => pair(
            format!("the content filter of {who} refused the prompt and gave no answer"),
            "Change the prompt; calling again does not help.",
        ),
        AnswerFault::Unfinished => pair(format!("the answer of {who} ended before its end"), AGAIN),
        AnswerFault::Unreadable => pair(format!("the answer of {who} is not in its own shape"), AGAIN),
        AnswerFault::Oversized => pair(
            format!("{who} sent more than any model writes, so it was not read to the end"),
            "Check the base URL; this is probably not the API.",
        ),
        AnswerFault::BreaksSchema => pair(
            format!(
                "the answer of {} does not hold to the schema, which it got as an instruction",
                scene.model
            ),
            "Call again, or use a model that holds to a schema.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{
        super::every::{self, KEY},
        *,
    };
    use crate::BaseUrl;

    fn failures() -> Vec<Failure> {
        use Cause::*;
        let causes = [ModelMissing, ContextTooLong, TooLargeForLimit, Blocked, BadRequest];
        let instead = [Instead::WebPage, Instead::Text, Instead::OtherJson, Instead::Nothing].map(NotThisApi);
        let unfit = [
            Unfit::Images,
            Unfit::ImageAddress,
            Unfit::Pdf,
            Unfit::PdfWithoutText,
            Unfit::Tools,
            Unfit::Schema,
            Unfit::OpenSchema,
            Unfit::Temperature,
            Unfit::TemperatureRange(1),
            Unfit::Stop,
            Unfit::StopCount(4),
            Unfit::FewTokens(16),
            Unfit::ResponsesOnly,
            Unfit::InvalidSchema,
            Unfit::Arguments,
            Unfit::LonelyResult,
            Unfit::NoMessages,
        ];
        let answers = [
            AnswerFault::Blocked,
            AnswerFault::Unfinished,
            AnswerFault::Unreadable,
            AnswerFault::BreaksSchema,
        ];
        let refused = every::CAUSES
            .into_iter()
            .chain(causes)
            .chain(instead)
            .map(|cause| Failure::Refused(cause.into()));
        refused
            .chain(unfit.map(Failure::Unfit))
            .chain(every::troubles().map(Failure::Trouble))
            .chain(answers.map(Failure::Answer))
            .chain([KeyFault::Empty, KeyFault::Blank].map(Failure::Key))
            .collect()
    }

    #[test]
    fn every_failure_has_its_own_message_without_a_stop_and_an_advice_that_is_a_sentence() {
        let base_url =
            BaseUrl::parse("http://localhost:1/v1", ProviderType::OpenAiCompatible, false).unwrap();
        let provider_type = ProviderType::OpenAiCompatible;
        let target = Target { provider_type, base_url: &base_url, api_key: Some(KEY), model_name: KEY };
        let scene = CallScene::of(&target);
        let mut messages = HashSet::new();
        for failure in failures() {
            let (message, advice) = of_call(&failure, &scene);
            assert!(!message.ends_with('.') && message.starts_with(char::is_lowercase), "{message}");
            assert!(advice.ends_with('.') && advice.starts_with(char::is_uppercase), "{advice}");
            for text in [&message, &advice] {
                assert!(!text.contains("  ") && !Guard(Some(KEY)).echoes(text), "{text}");
            }
            assert!(messages.insert(message), "{failure:?} says the same as another");
        }
    }
}
