//! Links that ask to add a provider, `signalbox://import?…`, read strictly: a field that is not known is no reason to guess,
//! and a key never comes in one. Deliberately not here: doing what a link says, which a person does in the form.

use std::net::Ipv4Addr;

use model::{
    ProviderType, draft,
    link::{LINK_LIMIT, LinkFlag, ProposedProvider, SCHEME},
    text,
};
use url::{Host, Url};

/// Why a link was refused. `Display` is what happened; the advice is beside it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LinkError {
    /// Longer than any link of ours.
    #[error("the link is longer than {LINK_LIMIT} characters")]
    TooLong,
    /// Not a link, or not one of ours.
    #[error("this is not a Signalbox link")]
    Other,
    /// A deed that this version does not know.
    #[error("the link asks for something that this version does not do")]
    UnknownDeed,
    /// It holds a key, or what may be one.
    #[error("the link carries a key")]
    Key,
    /// A field that this version does not know, by its name where that is a plain word.
    #[error("the link has a field that is not known{}", named(.0))]
    UnknownField(String),
    /// The same field twice.
    #[error("the link has the field \u{201c}{0}\u{201d} twice")]
    Twice(&'static str),
    /// A field's value cannot be used.
    #[error("the link's field \u{201c}{0}\u{201d} cannot be used")]
    Bad(&'static str),
    /// There is no vendor in it.
    #[error("the link does not say which vendor it is for")]
    NoVendor,
}

impl LinkError {
    /// What to do about it, a full sentence.
    pub(crate) fn advice(&self) -> &'static str {
        match self {
            Self::Key => {
                "Links are kept by browsers and chats, so treat that key as public and revoke it. Ask for a link without a key, and for the key by a safe way."
            }
            Self::UnknownDeed | Self::UnknownField(_) => {
                "Nothing was added. Ask whoever made the link, or update Signalbox."
            }
            Self::TooLong | Self::Other | Self::Twice(_) | Self::Bad(_) | Self::NoVendor => {
                "Nothing was added. Ask whoever made the link for another one, or add the provider by hand."
            }
        }
    }
}

fn named(field: &str) -> String {
    let plain = !field.is_empty()
        && field.len() <= 32
        && field.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain { format!(": {field}") } else { String::new() }
}

/// The fields that a link may have.
const FIELDS: [&str; 5] = ["name", "vendor", "model", "base_url", "task"];
/// Names under which people put keys into links.
const KEYS: [&str; 9] =
    ["key", "api_key", "apikey", "token", "secret", "password", "authorization", "bearer", "access_token"];
/// How the vendors' keys begin.
const KEY_STARTS: [&str; 4] = ["sk-", "AIza", "AQ.", "Bearer "];

/// Reads a link.
///
/// # Errors
/// The first thing that is wrong with it. Nothing of its values is quoted.
pub(crate) fn read(link: &str) -> Result<ProposedProvider, LinkError> {
    if link.len() > LINK_LIMIT {
        return Err(LinkError::TooLong);
    }
    let url = Url::parse(link).map_err(|_| LinkError::Other)?;
    if url.scheme() != SCHEME || !url.username().is_empty() || url.password().is_some() {
        return Err(LinkError::Other);
    }
    // Desktops write `signalbox://import` and `signalbox://import/`.
    let deed = (url.host_str(), url.path());
    if !matches!(deed, (Some("import"), "" | "/")) || url.port().is_some() || url.fragment().is_some() {
        return Err(LinkError::UnknownDeed);
    }
    let mut found: [Option<String>; 5] = Default::default();
    for (name, value) in url.query_pairs() {
        let folded = name.to_ascii_lowercase().replace('-', "_");
        if KEYS.contains(&folded.as_str()) || KEY_STARTS.iter().any(|start| value.trim().starts_with(start)) {
            return Err(LinkError::Key);
        }
        let place = FIELDS.iter().position(|field| *field == name);
        let Some(place) = place else { return Err(LinkError::UnknownField(name.into_owned())) };
        if found[place].replace(value.into_owned()).is_some() {
            return Err(LinkError::Twice(FIELDS[place]));
        }
    }
    judged(found)
}

fn judged([name, vendor, model, base_url, task]: [Option<String>; 5]) -> Result<ProposedProvider, LinkError> {
    let vendor = vendor.ok_or(LinkError::NoVendor)?;
    let provider_type: ProviderType = vendor.parse().map_err(|_| LinkError::Bad("vendor"))?;
    let checked = |value: Option<String>, limit, field| {
        text::check(&value.unwrap_or_default(), limit, false).map_err(|_| LinkError::Bad(field))
    };
    let model_name = checked(model, draft::MODEL_LIMIT, "model")?;
    if model_name.chars().any(char::is_whitespace) {
        return Err(LinkError::Bad("model"));
    }
    let base_url = checked(base_url, draft::BASE_URL_LIMIT, "base_url")?;
    Ok(ProposedProvider {
        provider_type,
        display_name: checked(name, draft::NAME_LIMIT, "name")?,
        model_name,
        flags: flags(provider_type, &base_url)?,
        base_url,
        task: task.map(|task| task.parse()).transpose().map_err(|_| LinkError::Bad("task"))?,
    })
}

/// What to look at twice of an address; one that carries a secret of its own is refused.
fn flags(provider_type: ProviderType, base_url: &str) -> Result<Vec<LinkFlag>, LinkError> {
    if base_url.is_empty() {
        return Ok(Vec::new());
    }
    let url = Url::parse(base_url).map_err(|_| LinkError::Bad("base_url"))?;
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() {
        return Err(LinkError::Key);
    }
    if !matches!(url.scheme(), "http" | "https") || url.fragment().is_some() {
        return Err(LinkError::Bad("base_url"));
    }
    let host = url.host().ok_or(LinkError::Bad("base_url"))?;
    let own = provider_type.default_base_url().and_then(|own| Url::parse(own).ok());
    let elsewhere = own.is_some_and(|own| own.origin() != url.origin());
    let flags = [
        (elsewhere, LinkFlag::NotTheVendor),
        (is_private(&host), LinkFlag::PrivateHost),
        (url.scheme() == "http", LinkFlag::PlainHttp),
    ];
    Ok(flags.into_iter().filter(|(applies, _)| *applies).map(|(_, flag)| flag).collect())
}

/// Whether a host is this computer or of a network that the public does not reach.
fn is_private(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(ip) => {
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified() || is_shared(*ip)
        }
        Host::Ipv6(ip) => match ip.to_ipv4_mapped() {
            Some(ip) => is_private(&Host::Ipv4(ip)),
            None => {
                ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local()
            }
        },
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            let within = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];
            name == "localhost" || !name.contains('.') || within.iter().any(|end| name.ends_with(end))
        }
    }
}

/// 100.64.0.0/10 (RFC 6598).
fn is_shared(ip: Ipv4Addr) -> bool {
    let [first, second, ..] = ip.octets();
    first == 100 && (64..128).contains(&second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(link: &str) -> LinkError {
        read(link).unwrap_err()
    }

    #[test]
    fn a_link_proposes_what_it_says_and_nothing_else() {
        let link = "signalbox://import?name=Lab%20vLLM&vendor=openai_compatible&model=qwen3&base_url=https%3A%2F%2Fllm.example.com%2Fv1&task=cv_draft";
        let proposed = read(link).unwrap();
        assert_eq!(proposed.display_name, "Lab vLLM");
        assert_eq!(proposed.model_name, "qwen3");
        assert_eq!(proposed.base_url, "https://llm.example.com/v1");
        assert_eq!(proposed.task.unwrap().as_str(), "cv_draft");
        assert_eq!(proposed.flags, []);
        assert_eq!(read("signalbox://import/?vendor=claude").unwrap().provider_type, ProviderType::Claude);
    }

    #[test]
    fn a_key_in_a_link_is_refused_under_whatever_name_it_comes() {
        for link in [
            "signalbox://import?vendor=openai&api_key=x",
            "signalbox://import?vendor=openai&API-Key=x",
            "signalbox://import?vendor=openai&token=x",
            "signalbox://import?vendor=openai&name=sk-proj-abcdef",
            "signalbox://import?vendor=gemini&model=AIzaSyabc",
            "signalbox://import?vendor=openai_compatible&base_url=https%3A%2F%2Fuser%3Apass%40example.com",
            "signalbox://import?vendor=openai_compatible&base_url=https%3A%2F%2Fexample.com%2F%3Fk%3D1",
        ] {
            assert_eq!(refused(link), LinkError::Key, "{link}");
        }
    }

    #[test]
    fn hostile_links_are_refused_and_their_values_are_not_quoted() {
        let long = format!("signalbox://import?vendor=openai&name={}", "x".repeat(LINK_LIMIT));
        assert_eq!(refused(&long), LinkError::TooLong);
        for link in [
            "https://import?vendor=openai",
            "signalbox:import?vendor=openai",
            "",
            "signalbox://u@import?vendor=openai",
        ] {
            assert!(matches!(refused(link), LinkError::Other | LinkError::UnknownDeed), "{link}");
        }
        for link in [
            "signalbox://delete?vendor=openai",
            "signalbox://import/x?vendor=openai",
            "signalbox://import:1?vendor=openai",
            "signalbox://import?vendor=openai#x",
        ] {
            assert_eq!(refused(link), LinkError::UnknownDeed, "{link}");
        }
        assert_eq!(refused("signalbox://import?name=x"), LinkError::NoVendor);
        assert_eq!(refused("signalbox://import?vendor=openai&vendor=claude"), LinkError::Twice("vendor"));
        assert_eq!(refused("signalbox://import?vendor=acme"), LinkError::Bad("vendor"));
        assert_eq!(refused("signalbox://import?vendor=openai&task=CV"), LinkError::Bad("task"));
        assert_eq!(refused("signalbox://import?vendor=openai&name=a%E2%80%AEb"), LinkError::Bad("name"));
        assert_eq!(
            refused("signalbox://import?vendor=openai&base_url=file%3A%2F%2F%2Fetc"),
            LinkError::Bad("base_url")
        );
        let unknown = refused("signalbox://import?vendor=openai&is_default=1");
        assert_eq!(unknown.to_string(), "the link has a field that is not known: is_default");
        let odd = refused("signalbox://import?vendor=openai&%3Cb%3E=1");
        assert_eq!(odd.to_string(), "the link has a field that is not known");
    }

    #[test]
    fn an_address_that_is_not_the_vendors_or_not_public_is_flagged() {
        let flags = |vendor: &str, url: &str| {
            let mut link = Url::parse("signalbox://import").unwrap();
            link.query_pairs_mut().append_pair("vendor", vendor).append_pair("base_url", url);
            read(link.as_str()).unwrap().flags
        };
        assert_eq!(flags("openai", "https://api.openai.com/v1"), []);
        assert_eq!(flags("openai", "https://api.openai.com.example/v1"), [LinkFlag::NotTheVendor]);
        for host in [
            "127.0.0.1",
            "10.0.0.1",
            "100.64.0.1",
            "169.254.169.254",
            "[::1]",
            "[fd00::1]",
            "[::ffff:10.0.0.1]",
            "localhost",
            "nas.local",
            "intranet",
        ] {
            let found = flags("openai_compatible", &format!("http://{host}:8000/v1"));
            assert_eq!(found, [LinkFlag::PrivateHost, LinkFlag::PlainHttp], "{host}");
        }
    }
}
