//! The face as an OpenAPI description: its paths with every status that each may answer, and the shapes of its errors. What the
//! vendors' APIs hold beyond that is theirs to describe; the gateway's guide says what of it is understood.

mod bodies;
mod errors;

use serde_json::{Map, Value, json};

use super::{
    fault::{Face, Kind},
    tasks::Endpoint,
};

/// Of every request, before it is known what is asked for.
const OF_ALL: [Kind; 3] = [Kind::BadRequest, Kind::Unauthorized, Kind::Forbidden];
/// Of a body.
const OF_BODIES: [Kind; 3] = [Kind::BodyTooLarge, Kind::ContentType, Kind::Unsupported];
/// Of a call, whoever serves it.
const OF_CALLS: [Kind; 14] = [
    Kind::UnknownModel,
    Kind::ContextTooLong,
    Kind::ContentBlocked,
    Kind::LimitReached,
    Kind::RateLimit,
    Kind::TooLargeForLimit,
    Kind::Quota,
    Kind::Credentials,
    Kind::Overloaded,
    Kind::Upstream,
    Kind::Timeout,
    Kind::Storage,
    Kind::Closed,
    Kind::NoRoute,
];
/// The tag of all of it.
pub const TAG: &str = "gateway";

/// Something that may be asked for.
struct Operation {
    method: &'static str,
    path: String,
    face: Face,
    summary: String,
    /// Parameters in the path.
    named: &'static [(&'static str, &'static str)],
    /// The schema of its body.
    body: Option<String>,
    /// The schema of a whole answer.
    answer: Value,
    /// How an answer in pieces is written, where there may be one.
    pieces: Option<&'static str>,
}

/// Paths and schemas, for a document that has more.
pub fn description() -> Value {
    let mut paths = Map::new();
    for operation in operations() {
        let item = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
        item[operation.method] = operation.described();
    }
    let mut schemas = errors::schemas();
    schemas.extend(bodies::schemas());
    json!({ "paths": paths, "components": { "schemas": schemas } })
}

const MODEL: &[(&str, &str)] = &[("model", "A model's id, a configuration's display name, or `task:NAME`")];
const EVENTS: &str = "text/event-stream";
const JSON: &str = "application/json";

fn operations() -> Vec<Operation> {
    let get = |path: &str, face, summary: &str, named| Operation {
        method: "get",
        path: path.to_owned(),
        face,
        summary: summary.to_owned(),
        named,
        body: None,
        answer: json!({ "type": "object" }),
        pieces: None,
    };
    let post = |path: &str, face, summary: &str, body: &str, pieces| Operation {
        method: "post",
        body: Some(body.to_owned()),
        pieces,
        ..get(path, face, summary, &[])
    };
    let of_model = |operation| Operation { named: MODEL, ..operation };
    let mut operations = vec![
        get(
            "/v1/models",
            Face::OpenAi,
            "List what may be asked for; with the header `anthropic-version` as Anthropic does",
            &[],
        ),
        get("/v1/models/{model}", Face::OpenAi, "Read one of these", MODEL),
        post(
            "/v1/chat/completions",
            Face::OpenAi,
            "Make a call in the shape of OpenAI's Chat Completions",
            "ChatCall",
            Some(EVENTS),
        ),
        post(
            "/v1/responses",
            Face::OpenAi,
            "Make a call in the shape of OpenAI's Responses",
            "ResponsesCall",
            Some(EVENTS),
        ),
        post(
            "/v1/messages",
            Face::Claude,
            "Make a call in the shape of Anthropic's Messages",
            "MessagesCall",
            Some(EVENTS),
        ),
        post(
            "/v1/messages/count_tokens",
            Face::Claude,
            "Count the input of a call that a Claude model would serve",
            "MessagesCount",
            None,
        ),
        get("/v1beta/models", Face::Gemini, "List what may be asked for, as Gemini does", &[]),
        get("/v1beta/models/{model}", Face::Gemini, "Read one of these, as Gemini does", MODEL),
        of_model(post(
            "/v1beta/models/{model}:generateContent",
            Face::Gemini,
            "Make a call in the shape of Gemini's API",
            "GeminiCall",
            None,
        )),
        of_model(post(
            "/v1beta/models/{model}:streamGenerateContent",
            Face::Gemini,
            "Make one that is answered in pieces: a JSON array, or events with `alt=sse`",
            "GeminiCall",
            Some(EVENTS),
        )),
    ];
    operations.extend(Endpoint::ALL.map(|endpoint| {
        let name = endpoint.name();
        let (path, summary) = (format!("/api/v1/tasks/{name}"), format!("Have the task {name} done"));
        let data: Value = serde_json::from_str(endpoint.schema()).unwrap_or_default();
        let answer = json!({ "type": "object", "required": ["success", "data"],
            "properties": { "success": { "const": true }, "data": data } });
        Operation { answer, ..post(&path, Face::Tasks, &summary, &bodies::of(endpoint), None) }
    }));
    operations
}

impl Operation {
    fn described(&self) -> Value {
        let mut responses = Map::new();
        responses.insert("200".to_owned(), self.good());
        for status in self.statuses() {
            let content = json!({ JSON: { "schema": self.refusal() } });
            responses.insert(
                status.to_string(),
                json!({ "description": "Not done: why, and what to do", "content": content }),
            );
        }
        let mut operation = json!({ "tags": [TAG], "summary": self.summary, "responses": responses });
        let parameters = self.parameters();
        if !parameters.is_empty() {
            operation["parameters"] = json!(parameters);
        }
        if let Some(body) = &self.body {
            let schema = json!({ "$ref": format!("#/components/schemas/{body}") });
            operation["requestBody"] = json!({ "required": true, "content": { JSON: { "schema": schema } } });
        }
        operation
    }

    /// The shape of its refusals: of the lists of models, that of whoever asks.
    fn refusal(&self) -> Value {
        let named = |face| json!({ "$ref": format!("#/components/schemas/{}", errors::name(face)) });
        let any = [Face::OpenAi, Face::Claude, Face::Gemini].map(named);
        if self.path.starts_with("/v1/models") { json!({ "anyOf": any }) } else { named(self.face) }
    }

    fn good(&self) -> Value {
        let mut content = json!({ JSON: { "schema": self.answer } });
        if self.path.ends_with(":streamGenerateContent") {
            content[JSON]["schema"] = json!({ "type": "array", "items": { "type": "object" } });
        }
        if let Some(pieces) = self.pieces {
            // Without a type: OpenAPI 3.1 does not say whether a schema is of all events as one text or of each of them, and readers differ.
            let description = "Events as the vendor's own API sends them, each with its JSON in `data`";
            content[pieces] = json!({ "schema": { "description": description } });
        }
        json!({ "description": "What came of it", "content": content })
    }

    /// Every status that it may be refused with, once each.
    fn statuses(&self) -> Vec<u16> {
        let mut kinds = OF_ALL.to_vec();
        if !self.named.is_empty() {
            kinds.push(Kind::UnknownModel);
        }
        if self.body.is_some() {
            kinds.extend(OF_BODIES);
            kinds.extend(OF_CALLS);
        }
        let mut statuses: Vec<u16> = kinds.into_iter().map(|kind| kind.status(self.face)).collect();
        statuses.sort_unstable();
        statuses.dedup();
        statuses
    }

    fn parameters(&self) -> Vec<Value> {
        let text = json!({ "type": "string", "minLength": 1, "maxLength": 200 });
        let named = self.named.iter().map(|(name, description)| {
            json!({ "name": name, "in": "path", "required": true, "description": description, "schema": text })
        });
        let header = |name: &str, description: &str, schema: Value| json!({ "name": name, "in": "header", "required": false, "description": description, "schema": schema });
        let of_call = [
            header("x-signalbox-user", "Whom usage and quotas are counted for", text.clone()),
            header(
                "x-signalbox-task",
                "The task in the usage log",
                json!({ "type": "string", "pattern": "^[a-z0-9_]{1,64}$" }),
            ),
            header(
                "x-signalbox-degrade",
                "Do without what the model cannot do, and say so",
                json!({ "enum": ["true", "false"] }),
            ),
        ];
        named.chain(of_call.into_iter().filter(|_| self.body.is_some())).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use http::{Method, Uri};

    use super::*;
    use crate::http::route;

    #[test]
    fn every_description_is_of_a_route_and_its_face_is_the_one_that_answers() {
        for operation in operations() {
            let uri: Uri = operation.path.replace("{model}", "gpt-4o-mini").parse().unwrap();
            let method: Method = operation.method.to_uppercase().parse().unwrap();
            assert!(route::find(&method, &uri).is_ok(), "{method} {uri}");
            assert_eq!(route::face(&uri, &http::HeaderMap::new()), operation.face, "{uri}");
        }
        let paths: BTreeSet<String> = operations().into_iter().map(|operation| operation.path).collect();
        assert_eq!(paths.len(), operations().len());
        for route in ["/v1/models", "/v1/responses", "/v1/messages/count_tokens", "/api/v1/tasks/validation"]
        {
            assert!(paths.contains(route), "{route}");
        }
    }

    #[test]
    fn every_kind_of_refusal_is_described_somewhere() {
        let all: BTreeSet<u16> = operations().iter().flat_map(Operation::statuses).collect();
        assert_eq!(
            all.into_iter().collect::<Vec<_>>(),
            [400, 401, 403, 404, 413, 415, 429, 502, 503, 504, 529]
        );
        // A path or method that is none is of no operation.
        assert_eq!((Kind::UnknownPath.names().status, Kind::Method.names().status), (404, 405));
    }

    #[test]
    fn every_schema_that_is_named_is_there() {
        let description = description();
        let text = description.to_string();
        let named = text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next());
        let named: BTreeSet<&str> = named.collect();
        assert!(named.len() >= 12, "{named:?}");
        for name in named {
            assert!(description["components"]["schemas"][name].is_object(), "{name}");
        }
    }
}
