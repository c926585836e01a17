//! What API version 2026-10-21 no longer takes (platform.claude.com/docs/en/api/migration-2026-10-21). That it answers
//! 400 is documented; the words are made up.

use serde_json::Value;

use super::failure::Wrong;

pub(super) fn check(body: &Value) -> Result<(), Wrong> {
    if let Some(name) = ["temperature", "top_k", "top_p"].iter().find(|name| body.get(**name).is_some()) {
        return Err(Wrong::new(format!("{name}: Extra inputs are not permitted")));
    }
    for (place, message) in body["messages"].as_array().into_iter().flatten().enumerate() {
        let by_user = message["role"] == "user";
        for (number, block) in message["content"].as_array().into_iter().flatten().enumerate() {
            let at = format!("messages.{place}.content.{number}");
            if !by_user && block["type"] == "document" {
                return Err(Wrong::new(format!(
                    "{at}: `document` blocks are not permitted in `assistant` messages"
                )));
            }
            let cites = block["citations"].as_array().is_some_and(|citations| !citations.is_empty());
            if by_user && block["type"] == "text" && cites {
                return Err(Wrong::new(format!("{at}.citations: Extra inputs are not permitted")));
            }
        }
    }
    Ok(())
}
