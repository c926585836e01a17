//! Sentences for a test that got no whole answer.

use super::{Scene, Words, address};
use crate::transport::{Stage, TlsTrouble, Trouble};

pub(super) fn of(trouble: &Trouble, scene: &Scene<'_>) -> Words {
    let host = scene.base_url.host();
    match trouble {
        Trouble::NameNotResolved { host } => Words::new(
            format!("The name {host} has no address."),
            "Check the base URL's spelling and the network connection. If a proxy is set in the environment, check its name, too.",
        ),
        Trouble::Tls(trouble) => tls(*trouble, &host),
        Trouble::TimedOut(stage) => timed_out(*stage, &host, scene),
        Trouble::Redirected { to } => redirected(to, &host, scene),
        Trouble::Refused | Trouble::Unreachable | Trouble::Broken | Trouble::Connection => {
            no_connection(trouble, &host)
        }
        Trouble::CutOff | Trouble::Undecodable | Trouble::TooLarge => unreadable(trouble, scene),
        Trouble::NotHttp | Trouble::RedirectLoop => not_this_api(trouble, &host, scene),
    }
}

fn tls(trouble: TlsTrouble, host: &str) -> Words {
    let (message, advice) = match trouble {
        TlsTrouble::Untrusted => (
            format!("The certificate of {host} is not signed by anyone whom this computer trusts."),
            "If it is a server or proxy of your own, add its authority to the system's certificates. If not, do not go on: someone may be listening.",
        ),
        TlsTrouble::NoRoots => (
            format!("This computer has no certificates of authorities, so {host} cannot be trusted."),
            "Install the system's certificates (on Debian and Ubuntu the package ca-certificates), then start Signalbox again.",
        ),
        TlsTrouble::Expired => (
            format!("The certificate of {host} is past its date."),
            "Check this computer's clock. If it is right, whoever runs the server has to renew the certificate.",
        ),
        TlsTrouble::NotYetValid => (
            format!("The certificate of {host} is not valid yet."),
            "Check this computer's clock: it is probably slow.",
        ),
        TlsTrouble::WrongHost => (
            format!("The certificate at {host} belongs to another host."),
            "Check the base URL's host name. A network's sign-in page may also answer in its place.",
        ),
        TlsTrouble::NoTls => (
            format!("The server at {host} does not speak TLS on this port."),
            "If it is a server on this computer, start the base URL with http://. If not, check the port.",
        ),
        TlsTrouble::Other => (
            format!("No secure connection to {host} could be agreed on."),
            "The server may be too old, or something in between breaks TLS. Try another network.",
        ),
    };
    let never = "The key was not sent.";
    Words::new(format!("{message} {never}"), advice)
}

fn timed_out(stage: Stage, host: &str, scene: &Scene<'_>) -> Words {
    let message = match stage {
        Stage::Connecting => format!("No connection to {host} in time."),
        Stage::Waiting => format!("{host} took the request, but did not answer in time."),
        Stage::Reading => format!("{host} began to answer, but did not finish in time."),
    };
    let advice = match stage {
        Stage::Connecting => {
            "Check the base URL's host and port, the firewall and the proxy, then test again.".to_owned()
        }
        _ => format!(
            "Test again in a minute. If it stays, {} or the network has a problem; the key may be good.",
            scene.who()
        ),
    };
    Words::new(message, advice)
}

fn redirected(to: &str, host: &str, scene: &Scene<'_>) -> Words {
    // The other server chose this text, so it is shown only when it cannot be an echo of the key.
    // An address without a host, such as `mailto:`, has no origin but `null`.
    let target =
        if scene.guard.echoes(to) || to.len() > 253 || to == "null" { "another address" } else { to };
    let secure = to.strip_prefix("https://").is_some_and(|rest| rest == host);
    let advice = if secure {
        format!("Start the base URL with https:// ({target}).")
    } else {
        "If you trust that address, enter it as the base URL. A network's sign-in page may also send you there.".to_owned()
    };
    Words::new(format!("{host} sends requests on to {target}. The key was not sent there."), advice)
}

fn no_connection(trouble: &Trouble, host: &str) -> Words {
    match trouble {
        Trouble::Refused => Words::new(
            format!("Nothing accepts connections at {host}."),
            "Check that the server is running and that the port in the base URL is right.",
        ),
        Trouble::Unreachable => Words::new(
            format!("There is no way to {host} from here."),
            "Check the network connection, the VPN and the firewall.",
        ),
        Trouble::Broken => Words::new(
            format!("The connection to {host} broke before an answer came."),
            "Test again. If it stays, check that the base URL's scheme and port are right, and the firewall or proxy in between.",
        ),
        _ => Words::new(
            format!("No connection to {host} could be made."),
            "Check the network connection. If a proxy is set in the environment (HTTPS_PROXY), check that it allows this address.",
        ),
    }
}

fn unreadable(trouble: &Trouble, scene: &Scene<'_>) -> Words {
    let (who, http) = (scene.at_start(), scene.http());
    let again = "Test again. If it stays, something between here and there cuts or changes answers: a proxy, a filter.";
    match trouble {
        Trouble::CutOff => {
            Words::new(format!("The answer of {} broke off in the middle{http}.", scene.who()), again)
        }
        Trouble::Undecodable => {
            Words::new(format!("The answer of {} cannot be unpacked{http}.", scene.who()), again)
        }
        _ => Words::new(
            format!(
                "{who} answered with more than any list of models holds, so it was not read to the end{http}."
            ),
            "Check the base URL: this is probably not the API.",
        ),
    }
}

fn not_this_api(trouble: &Trouble, host: &str, scene: &Scene<'_>) -> Words {
    let message = match trouble {
        Trouble::RedirectLoop => format!("{host} sends requests round in circles."),
        _ => format!("What answers at {host} does not speak HTTP."),
    };
    let advice = match address::better(scene.provider_type, scene.base_url) {
        Some(better) => format!("Correct the base URL: try {better}."),
        None => "Check the host, the port and the path of the base URL.".to_owned(),
    };
    Words::new(message, advice)
}
