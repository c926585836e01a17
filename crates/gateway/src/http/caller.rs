//! Who calls, by the request's headers and its body's user.

use std::sync::Arc;

use http::{
    HeaderMap,
    header::{HeaderName, USER_AGENT},
};
use model::{TaskName, text};

use super::fault::Fault;
use crate::{Application, clock};

static TASK: HeaderName = HeaderName::from_static("x-signalbox-task");
static USER: HeaderName = HeaderName::from_static("x-signalbox-user");
static DEGRADE: HeaderName = HeaderName::from_static("x-signalbox-degrade");

/// The headers' part of an order.
#[derive(Debug)]
pub(crate) struct Identity {
    /// Ours.
    pub(crate) request_id: String,
    user: Option<String>,
    client: String,
    /// A label for the log.
    pub(crate) task: Option<TaskName>,
    pub(crate) degrade: bool,
    application: Option<Arc<Application>>,
}

/// The id of a request whose listener has to know it before it is answered: where it stands among the request's extensions, answer
/// and log have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub String);

impl RequestId {
    /// One of ours.
    pub fn make() -> Self {
        Self(new_request_id())
    }
}

/// Of all callers who do not say who they are.
const UNKNOWN_USER: &str = "local";

/// One of ours.
pub(crate) fn new_request_id() -> String {
    clock::request_id().simple().to_string()
}

fn value<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok()).filter(|value| !value.is_empty())
}

impl Identity {
    /// An application is known by its token, and the program's own word for itself does not count then.
    pub(crate) fn of(
        headers: &HeaderMap,
        request_id: String,
        application: Option<Arc<Application>>,
    ) -> Result<Self, Fault> {
        let task = value(headers, &TASK).map(str::parse).transpose();
        let advice = "Use 1 to 64 lower-case letters, digits and _.";
        Ok(Self {
            request_id,
            user: value(headers, &USER).map(str::to_owned),
            client: application.as_ref().map_or_else(|| client(headers), |one| one.name.clone()),
            task: task.map_err(|_| Fault::bad("x-signalbox-task", "this is no task's name", advice))?,
            degrade: value(headers, &DEGRADE) == Some("true"),
            application,
        })
    }

    /// The caller, where the body may name a user too. The header goes before it.
    pub(crate) fn caller(self, user: Option<String>) -> Result<crate::Caller, Fault> {
        let user = self.user.or(user).unwrap_or_default();
        let user = text::check(&user, 200, false).map_err(|reason| {
            let advice = reason.to_string();
            Fault::bad("user", "this user's name cannot be used", advice)
        })?;
        let known = !user.is_empty();
        Ok(crate::Caller {
            sticky: known.then(|| user.clone()),
            user: match &self.application {
                _ if known => user,
                Some(application) => format!("app:{}", application.name),
                None => UNKNOWN_USER.to_owned(),
            },
            client: self.client,
            request_id: Some(self.request_id),
            application: self.application,
        })
    }
}

/// The program's name, as it calls itself: `OpenAI/Python` of `OpenAI/Python 2.8.1`.
fn client(headers: &HeaderMap) -> String {
    let agent = value(headers, &USER_AGENT).unwrap_or("unknown");
    let name = agent.split(' ').next().unwrap_or_default();
    name.chars().filter(char::is_ascii_graphic).take(64).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use http::{HeaderName, HeaderValue};

    use super::*;

    fn identity(pairs: &[(&'static str, &'static str)]) -> Identity {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        let headers: HeaderMap = pairs.iter().map(pair).collect();
        Identity::of(&headers, new_request_id(), None).unwrap()
    }

    #[test]
    fn an_application_is_known_by_its_token_and_not_by_its_own_word() {
        let mut headers = HeaderMap::new();
        headers.insert("user-agent", HeaderValue::from_static("another/1"));
        let application = Arc::new(Application { name: "shop".into(), ..Application::default() });
        let of = |user| {
            let identity = Identity::of(&headers, "r".into(), Some(Arc::clone(&application))).unwrap();
            let caller = identity.caller(user).unwrap();
            (caller.client, caller.user)
        };
        assert_eq!(of(None), ("shop".to_owned(), "app:shop".to_owned()));
        assert_eq!(of(Some("ann".into())), ("shop".to_owned(), "ann".to_owned()));
    }

    #[test]
    fn the_header_names_the_user_before_the_body_does() {
        let by_header = identity(&[("x-signalbox-user", "ann")]).caller(Some("bob".into())).unwrap();
        assert_eq!((by_header.user.as_str(), by_header.sticky.as_deref()), ("ann", Some("ann")));
        assert_eq!(identity(&[]).caller(Some("bob".into())).unwrap().user, "bob");
        let unknown = identity(&[]).caller(None).unwrap();
        assert_eq!((unknown.user.as_str(), unknown.sticky), ("local", None));
        assert!(identity(&[]).caller(Some("a\u{202e}b".into())).is_err());
    }

    #[test]
    fn no_two_requests_have_the_same_id_whatever_they_call_themselves() {
        let ids: HashSet<String> = (0..1_000).map(|_| new_request_id()).collect();
        assert_eq!(ids.len(), 1_000);
    }

    #[test]
    fn a_client_is_known_by_its_own_name() {
        assert_eq!(identity(&[("user-agent", "OpenAI/Python 2.8.1")]).client, "OpenAI/Python");
        assert_eq!(identity(&[]).client, "unknown");
    }
}
