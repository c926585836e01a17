//! Paths to what is asked for.

use http::{HeaderMap, Method, Uri, header::HeaderName};
use percent_encoding::percent_decode_str;
use providers::nearest;

use super::{
    fault::{Face, Fault, Kind},
    gemini::stream::Framing,
    tasks::Endpoint,
};

static GEMINI_KEY: HeaderName = HeaderName::from_static("x-goog-api-key");
static CLAUDE_VERSION: HeaderName = HeaderName::from_static("anthropic-version");

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// Whether the gateway listens; the one route that needs no token.
    Health,
    Models,
    Model(String),
    Chat,
    Responses,
    Messages,
    CountTokens,
    Generate {
        model: String,
        /// `None` for a whole answer.
        framing: Option<Framing>,
    },
    Task(Endpoint),
}

/// The face that a path belongs to, also when there is nothing behind it: the refusal has its shape.
pub(crate) fn face(uri: &Uri, headers: &HeaderMap) -> Face {
    let path = uri.path();
    match path {
        _ if path.starts_with("/api/") => Face::Tasks,
        _ if path.starts_with("/v1beta/") => Face::Gemini,
        _ if path.starts_with("/v1/messages") => Face::Claude,
        "/v1/chat/completions" | "/v1/responses" => Face::OpenAi,
        // The lists of models have one path, and a stable Gemini has OpenAI's beginning.
        _ if headers.contains_key(&GEMINI_KEY) => Face::Gemini,
        _ if headers.contains_key(&CLAUDE_VERSION) => Face::Claude,
        _ => Face::OpenAi,
    }
}

/// What a request asks for.
pub(crate) fn find(method: &Method, uri: &Uri) -> Result<Route, Fault> {
    let (route, wants) = of_path(uri).ok_or_else(|| unknown(uri.path()))?;
    // A method behind a model's name is a name of its own, until it is posted to.
    if let (Route::Model(name), &Method::POST) = (&route, method)
        && name.contains(':')
    {
        let advice = "Use generateContent or streamGenerateContent.";
        return Err(Fault::new(Kind::UnknownPath, "a model has no such method here", advice));
    }
    match *method == wants || (*method == Method::HEAD && wants == Method::GET) {
        true => Ok(route),
        false => {
            Err(Fault::new(Kind::Method, format!("this path takes {wants} alone"), format!("Use {wants}.")))
        }
    }
}

fn unknown(path: &str) -> Fault {
    if let Some(task) = path.strip_prefix("/api/v1/tasks/") {
        let nearest = nearest(task, Endpoint::ALL.iter().map(|one| one.name()), 1).pop();
        let advice = match nearest {
            Some(near) => format!("Did you mean {near}?"),
            None => "Use extraction, cv_draft, cover_letter or validation, or a model task:NAME.".to_owned(),
        };
        return Fault::new(Kind::UnknownPath, "there is no endpoint of such a task", advice);
    }
    Fault::new(
        Kind::UnknownPath,
        "there is nothing at this path",
        "Set the SDK's base URL as the gateway's guide says.",
    )
}

fn of_path(uri: &Uri) -> Option<(Route, Method)> {
    let path = uri.path();
    let found = match path {
        "/health" => (Route::Health, Method::GET),
        "/v1/models" | "/v1beta/models" => (Route::Models, Method::GET),
        "/v1/chat/completions" => (Route::Chat, Method::POST),
        "/v1/responses" => (Route::Responses, Method::POST),
        "/v1/messages" => (Route::Messages, Method::POST),
        "/v1/messages/count_tokens" => (Route::CountTokens, Method::POST),
        _ => {
            if let Some(task) = path.strip_prefix("/api/v1/tasks/") {
                return Some((Route::Task(Endpoint::of(task)?), Method::POST));
            }
            let prefixes = ["/v1beta/models/", "/v1/models/"];
            let rest = prefixes.iter().find_map(|prefix| path.strip_prefix(prefix))?;
            return of_model(rest, uri.query().unwrap_or_default());
        }
    };
    Some(found)
}

/// A model's name may hold a colon itself, as `task:extraction` does, so the last one counts.
fn of_model(rest: &str, query: &str) -> Option<(Route, Method)> {
    let framing = match query.split('&').any(|pair| pair == "alt=sse") {
        true => Framing::Events,
        false => Framing::Array,
    };
    let generate = |name, framing| Some((Route::Generate { model: decoded(name)?, framing }, Method::POST));
    match rest.rsplit_once(':') {
        Some((name, "generateContent")) => generate(name, None),
        Some((name, "streamGenerateContent")) => generate(name, Some(framing)),
        _ => Some((Route::Model(decoded(rest)?), Method::GET)),
    }
}

fn decoded(name: &str) -> Option<String> {
    let name = percent_decode_str(name).decode_utf8().ok()?;
    (!name.is_empty()).then(|| name.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(path: &'static str) -> Option<Route> {
        find(&Method::GET, &Uri::from_static(path)).ok()
    }

    fn post(path: &'static str) -> Option<Route> {
        find(&Method::POST, &Uri::from_static(path)).ok()
    }

    #[test]
    fn the_three_sdks_find_their_routes() {
        assert_eq!(post("/v1/chat/completions"), Some(Route::Chat));
        assert_eq!(post("/v1/messages?beta=true"), Some(Route::Messages));
        assert_eq!(post("/v1/messages/count_tokens?beta=true"), Some(Route::CountTokens));
        assert_eq!(get("/v1/models/gpt-4o"), Some(Route::Model("gpt-4o".into())));
        assert_eq!(get("/v1/models/meta%2Fllama%203"), Some(Route::Model("meta/llama 3".into())));
        let generate = |model: &str, framing| Some(Route::Generate { model: model.into(), framing });
        assert_eq!(
            post("/v1beta/models/gemini-2.5-flash:generateContent"),
            generate("gemini-2.5-flash", None)
        );
        assert_eq!(
            post("/v1beta/models/task:extraction:streamGenerateContent?alt=sse"),
            generate("task:extraction", Some(Framing::Events))
        );
        assert_eq!(post("/v1beta/models/m:streamGenerateContent"), generate("m", Some(Framing::Array)));
        assert_eq!(post("/api/v1/tasks/cv_draft"), Some(Route::Task(Endpoint::CvDraft)));
    }

    #[test]
    fn other_paths_and_methods_are_refused() {
        assert_eq!(get("/"), None);
        assert_eq!(post("/v1/embeddings"), None);
        assert_eq!(post("/api/v1/tasks/poem"), None);
        let told = |path: &'static str| find(&Method::POST, &Uri::from_static(path)).unwrap_err().sentences();
        assert!(told("/api/v1/tasks/extractio").ends_with("Did you mean extraction?"));
        assert!(told("/v1beta/models/m:explode").ends_with("Use generateContent or streamGenerateContent."));
        assert_eq!(find(&Method::GET, &Uri::from_static("/v1/messages")).unwrap_err().kind, Kind::Method);
        assert_eq!(find(&Method::OPTIONS, &Uri::from_static("/v1/models")).unwrap_err().kind, Kind::Method);
    }

    #[test]
    fn one_path_belongs_to_two_faces_told_apart_by_a_header() {
        let uri = Uri::from_static("/v1/models");
        let mut headers = HeaderMap::new();
        assert_eq!(face(&uri, &headers), Face::OpenAi);
        headers.insert("anthropic-version", http::HeaderValue::from_static("2023-06-01"));
        assert_eq!(face(&uri, &headers), Face::Claude);
        headers.insert("x-goog-api-key", http::HeaderValue::from_static("sbx_1"));
        assert_eq!(face(&uri, &headers), Face::Gemini);
        // A path that is one face's is not told otherwise by another's header.
        for (path, own) in [
            ("/v1/messages", Face::Claude),
            ("/v1/responses", Face::OpenAi),
            ("/api/v1/tasks/x", Face::Tasks),
        ] {
            assert_eq!(face(&Uri::from_static(path), &headers), own, "{path}");
        }
    }
}
