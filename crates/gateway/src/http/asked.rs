//! What every face makes of a request: whom it asks, the call, and how the answer is to be sent.

use model::call::{CallRequest, Effort, Message, Part, Role};

use super::fault::Fault;

/// A request in our own words.
#[derive(Debug)]
pub(crate) struct Asked {
    /// A real model, a configuration's name or `task:NAME`.
    pub(crate) model: String,
    pub(crate) call: CallRequest,
    pub(crate) stream: bool,
    /// The application's user, where the body names one.
    pub(crate) user: Option<String>,
    /// OpenAI's `stream_options.include_usage`.
    pub(crate) stream_usage: bool,
}

/// A picture or document by its bytes in a `data:` address (RFC 2397), or by its place on the web.
pub(crate) fn by_address(mut url: String, field: impl FnOnce() -> String) -> Result<Part, Fault> {
    const ADVICE: &str = "Send an https address, or data:image/png;base64, followed by the bytes in Base64.";
    if url.starts_with("https://") {
        return Ok(Part::ImageUrl { url });
    }
    let comma = url.bytes().take(200).position(|byte| byte == b',');
    let head = comma.and_then(|comma| url.get(..comma)).and_then(|head| head.strip_prefix("data:"));
    let Some((media_type, comma)) = head.and_then(|head| head.strip_suffix(";base64")).zip(comma) else {
        return Err(Fault::bad(field(), "this is no picture's address", ADVICE));
    };
    let media_type = media_type.to_owned();
    url.drain(..=comma);
    by_bytes(media_type, url, None, field)
}

/// A picture or document by its bytes.
pub(crate) fn by_bytes(
    media_type: String,
    data: String,
    name: Option<String>,
    field: impl FnOnce() -> String,
) -> Result<Part, Fault> {
    match media_type.as_str() {
        "application/pdf" => Ok(Part::Pdf { name, data }),
        "image/png" | "image/jpeg" | "image/webp" | "image/gif" => Ok(Part::Image { media_type, data }),
        "image/jpg" => Ok(Part::Image { media_type: "image/jpeg".to_owned(), data }),
        _ => {
            let advice = "Send image/png, image/jpeg, image/webp, image/gif or application/pdf.";
            Err(Fault::bad(field(), "no provider takes this kind of file", advice))
        }
    }
}

/// Appends a turn; results of tools that follow each other become one turn, as Anthropic wants them.
pub(crate) fn push(messages: &mut Vec<Message>, role: Role, parts: Vec<Part>) {
    let results = |parts: &[Part]| parts.iter().all(|part| matches!(part, Part::ToolResult { .. }));
    match messages.last_mut() {
        Some(last) if last.role == role && results(&last.parts) && results(&parts) => {
            last.parts.extend(parts)
        }
        _ => messages.push(Message { role, parts }),
    }
}

/// Joins instructions that came in several places.
pub(crate) fn instruct(system: &mut Option<String>, text: &str) {
    match system {
        Some(all) => {
            all.push_str("\n\n");
            all.push_str(text);
        }
        None => *system = Some(text.to_owned()),
    }
}

/// The effort by the name that OpenAI and Anthropic share.
pub(crate) fn effort(name: &str, field: &str) -> Result<Effort, Fault> {
    Ok(match name {
        "none" => Effort::None,
        "minimal" => Effort::Minimal,
        "low" => Effort::Low,
        "medium" => Effort::Medium,
        "high" => Effort::High,
        "xhigh" => Effort::Xhigh,
        "max" => Effort::Max,
        _ => {
            let advice = "Use none, minimal, low, medium, high, xhigh or max.";
            return Err(Fault::bad(field, "this effort is not known", advice));
        }
    })
}

/// The effort that a budget of thinking tokens stands for, with the older APIs that have budgets.
pub(crate) fn effort_of_budget(tokens: i64) -> Option<Effort> {
    match tokens {
        ..0 => None,
        0 => Some(Effort::None),
        1..=1024 => Some(Effort::Minimal),
        1025..=4096 => Some(Effort::Low),
        4097..=12_288 => Some(Effort::Medium),
        _ => Some(Effort::High),
    }
}

/// Refuses a conversation without a turn.
pub(crate) fn not_empty(messages: &[Message], field: &'static str) -> Result<(), Fault> {
    match messages.is_empty() {
        true => Err(Fault::bad(field, "there is no message", "Send at least one message of the user's.")),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_bytes_or_name_a_place() {
        let at = || "image".to_owned();
        assert_eq!(
            by_address("data:image/png;base64,iVBO".into(), at).unwrap(),
            Part::Image { media_type: "image/png".into(), data: "iVBO".into() }
        );
        assert_eq!(
            by_address("https://a.example/b.png".into(), at).unwrap(),
            Part::ImageUrl { url: "https://a.example/b.png".into() }
        );
        for url in
            ["http://a.example/b.png", "file:///etc/passwd", "data:image/png,raw", "data:text/html;base64,AA"]
        {
            assert_eq!(by_address(url.into(), at).unwrap_err().field.as_deref(), Some("image"), "{url}");
        }
    }
}
