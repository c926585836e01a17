//! Who has to hold a place for a change to be made: what `If-Match` cannot say, since a place that moved on is no change of the
//! configuration that takes it.

use axum::http::HeaderMap;
use model::{TaskName, task::BUILT_IN};
use store::HeldBy;

use super::numbers::Numbers;
use crate::{
    app::App,
    web::{Answer, Refused, refusal},
};

/// `is_default=3, default_for_extraction=none`: numbers of configurations, or nobody.
pub(crate) const HEADER: &str = "x-signalbox-held-by";

/// What a change asks for. Without the header that is nothing, as the specification has it.
pub(super) async fn asked(app: &App, headers: &HeaderMap) -> Answer<Vec<HeldBy>> {
    if !headers.contains_key(HEADER) {
        return Ok(Vec::new());
    }
    let numbers = Numbers::read(app).await?;
    let mut held = Vec::new();
    for value in headers.get_all(HEADER) {
        for part in value.to_str().map_err(|_| not_understood())?.split(',') {
            held.push(one(part, &numbers)?);
        }
    }
    Ok(held)
}

fn one(part: &str, numbers: &Numbers) -> Answer<HeldBy> {
    let (place, holder) = part.split_once('=').ok_or_else(not_understood)?;
    let holder = match holder.trim() {
        "none" => None,
        number => {
            let number = number.parse().map_err(|_| not_understood())?;
            // Whoever was deleted holds nothing any more.
            Some(numbers.id(number).ok_or_else(refusal::other_holder)?)
        }
    };
    match place.trim() {
        "is_default" => Ok(HeldBy::Default(holder)),
        place => Ok(HeldBy::First(task(place).ok_or_else(not_understood)?, holder)),
    }
}

fn task(place: &str) -> Option<TaskName> {
    let name = place.strip_prefix("default_for_").filter(|name| BUILT_IN.contains(name))?;
    name.parse().ok()
}

fn not_understood() -> Refused {
    let advice = "Name places and who holds them, such as `is_default=3, default_for_extraction=none`, or leave it out.";
    refusal::bad_request("held_by", format!("the header {HEADER} is not understood"), advice)
}
