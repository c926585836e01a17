//! The conversation of `generateContent`.

use model::CatalogModel;
use serde_json::Value;

use super::{failure::Wrong, field};
use crate::generate::{Asked, MediaFault, check_media_loosely};

const PART: [&str; 13] = [
    "text",
    "inlineData",
    "fileData",
    "functionCall",
    "functionResponse",
    "executableCode",
    "codeExecutionResult",
    "thought",
    "thoughtSignature",
    "videoMetadata",
    "mediaResolution",
    "partMetadata",
    "toolCall",
];

pub(super) fn read<'a>(body: &'a Value, entry: &CatalogModel, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    let system = field::get(body, "systemInstruction");
    for part in system["parts"].as_array().into_iter().flatten() {
        asked.hear(part["text"].as_str().unwrap_or_default());
    }
    let contents = body["contents"].as_array().map(Vec::as_slice).unwrap_or_default();
    if contents.is_empty() {
        return Err(Wrong::argument("* GenerateContentRequest.contents: contents is not specified\n"));
    }
    let mut open = 0;
    for (place, content) in contents.iter().enumerate() {
        one(content, place, &mut open, asked)?;
    }
    if open > 0 {
        return Err(unanswered());
    }
    signatures(contents, entry)
}

/// `open` is the number of functions that the model called in the turn before.
fn one<'a>(content: &'a Value, place: usize, open: &mut usize, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    let at = format!("contents[{place}]");
    field::known(content, &["role", "parts"], &at)?;
    let by_user = match content["role"].as_str() {
        None | Some("user") => true,
        Some("model") => false,
        Some(_) => return Err(Wrong::argument("Please use a valid role: user, model.")),
    };
    let parts = content["parts"].as_array().map(Vec::as_slice).unwrap_or_default();
    if parts.is_empty() {
        let message = format!("* GenerateContentRequest.{at}.parts: contents.parts must not be empty.\n");
        return Err(Wrong::argument(message));
    }
    let holds = |name: &str| parts.iter().filter(|part| !field::get(part, name).is_null()).count();
    let (calls, responses) = (holds("functionCall"), holds("functionResponse"));
    match (*open, responses) {
        (0, 0) => {}
        (0, _) => {
            return Err(Wrong::argument(
                "Please ensure that function response turn comes immediately after a function call turn.",
            ));
        }
        (open, responses) if open != responses => return Err(unanswered()),
        _ => {}
    }
    *open = calls;
    for (number, part) in parts.iter().enumerate() {
        self::part(part, &format!("{at}.parts[{number}]"), by_user, asked)?;
    }
    Ok(())
}

fn unanswered() -> Wrong {
    Wrong::argument(
        "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.",
    )
}

fn part<'a>(part: &'a Value, at: &str, by_user: bool, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    field::known(part, &PART, at)?;
    let (media, call) = (field::get(part, "inlineData"), field::get(part, "functionCall"));
    let response = field::get(part, "functionResponse");
    if let Some(text) = part["text"].as_str() {
        if by_user { asked.hear_user(text) } else { asked.hear(text) }
    } else if !media.is_null() {
        inline(media, at, asked)?;
    } else if !call.is_null() {
        field::known(call, &["id", "name", "args"], &format!("{at}.function_call"))?;
        named(call, at, "function_call")?;
    } else if !response.is_null() {
        let known = ["id", "name", "response", "parts", "willContinue", "scheduling"];
        field::known(response, &known, &format!("{at}.function_response"))?;
        named(response, at, "function_response")?;
        if !response["response"].is_object() {
            let place = format!("{at}.function_response.response");
            return Err(Wrong::argument(format!(
                "Invalid value at '{place}' (type.googleapis.com/google.protobuf.Struct), {}",
                response["response"]
            )));
        }
        asked.hear_tool(response["response"].to_string());
    } else if field::get(part, "fileData").is_null() && field::get(part, "thoughtSignature").is_null() {
        return Err(Wrong::argument(format!(
            "* GenerateContentRequest.{at}.data: required oneof field 'data' must have one initialized field\n"
        )));
    }
    Ok(())
}

fn named(value: &Value, at: &str, field: &str) -> Result<(), Wrong> {
    if value["name"].as_str().is_some_and(|name| !name.is_empty()) {
        return Ok(());
    }
    Err(Wrong::argument(format!("* GenerateContentRequest.{at}.{field}.name: Name cannot be empty.\n")))
}

fn inline(media: &Value, at: &str, asked: &mut Asked<'_>) -> Result<(), Wrong> {
    asked.see_medium();
    field::known(media, &["mimeType", "data", "displayName"], &format!("{at}.inline_data"))?;
    let media_type = field::get(media, "mimeType").as_str().unwrap_or_default();
    match check_media_loosely(media_type, media["data"].as_str().unwrap_or_default()) {
        Ok(()) => Ok(()),
        Err(MediaFault::NotBase64) => Err(Wrong::argument(format!(
            "Invalid value at '{at}.inline_data.data' (TYPE_BYTES), Base64 decoding failed"
        ))),
        Err(MediaFault::Type) if media_type.is_empty() => Err(Wrong::argument(format!(
            "* GenerateContentRequest.{at}.inline_data.mime_type: mime_type must be set.\n"
        ))),
        Err(MediaFault::Type) => Err(Wrong::argument(format!("Unsupported MIME type: {media_type}"))),
        Err(MediaFault::Bytes) if media_type == "application/pdf" => {
            Err(Wrong::argument("The document has no pages."))
        }
        Err(MediaFault::Bytes) => Err(Wrong::argument(
            "Unable to process input image. Please retry or report in https://developers.generativeai.google/guide/troubleshooting",
        )),
    }
}

/// From Gemini 3 on, calls of the running turn come back with the signature that the model gave them. Of several calls
/// in one answer, the first has it.
fn signatures(contents: &[Value], entry: &CatalogModel) -> Result<(), Wrong> {
    if !entry.model_name.starts_with("gemini-3") {
        return Ok(());
    }
    let asks = |content: &Value| content["role"] != "model" && content["parts"][0]["text"].is_string();
    let turn = contents.iter().rposition(asks).unwrap_or(0);
    for (place, content) in contents.iter().enumerate().skip(turn) {
        let mut parts = content["parts"].as_array().into_iter().flatten();
        let call = parts.find(|part| !field::get(part, "functionCall").is_null());
        let Some(call) = call.filter(|call| field::get(call, "thoughtSignature").is_null()) else {
            continue;
        };
        let name = field::get(call, "functionCall")["name"].as_str().unwrap_or_default();
        return Err(Wrong::argument(format!(
            "Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance. Additional data, function call `default_api:{name}` , position {}. Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more details.",
            place + 1
        )));
    }
    Ok(())
}
