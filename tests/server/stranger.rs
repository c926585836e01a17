//! The admin API of a host application, written from the specification's text alone: its token, its five endpoints, no revisions, no
//! identities, nothing exclusive, and nobody who could log in. The list, and answers to a change, show the fields of the
//! specification's examples and no others; details show the whole table but the key.

use std::sync::{Arc, Mutex};

use serde_json::{Map, Value, json};

use crate::{
    between::{Answer, Asked, Between},
    client::CONFIGS,
};

pub const TOKEN: &str = "token-of-the-host-application";

const WHEN: &str = "2026-11-25T12:00:00Z";
const LISTED: [&str; 11] = [
    "id",
    "provider_type",
    "model_name",
    "display_name",
    "is_active",
    "is_default",
    "default_for_extraction",
    "default_for_cv_draft",
    "default_for_cover_letter",
    "last_test_success",
    "created_at",
];
const MADE: [&str; 6] = ["id", "provider_type", "model_name", "is_active", "last_test_success", "created_at"];

/// The server, and its table.
pub struct Stranger {
    pub door: Between,
    pub table: Table,
}

/// A row, and the key beside it, which only the application sees.
type Row = (Map<String, Value>, String);

/// What it has.
#[derive(Clone, Default)]
pub struct Table(Arc<Mutex<Vec<Row>>>);

impl Stranger {
    pub async fn open() -> Self {
        let table = Table::default();
        let answers = table.clone();
        let door = Between::alone(move |asked, _| Some(answers.answer(asked))).await;
        Self { door, table }
    }
}

impl Table {
    pub fn rows(&self) -> Vec<Value> {
        self.0.lock().unwrap().iter().map(|(row, _)| json!(row)).collect()
    }

    pub fn keys(&self) -> Vec<String> {
        self.0.lock().unwrap().iter().map(|(_, key)| key.clone()).collect()
    }

    /// As somebody in the application does it.
    pub fn create(&self, asked: &Value) -> Map<String, Value> {
        let mut all = self.0.lock().unwrap();
        let mut row = json!({
            "id": all.len() + 1, "provider_type": asked["provider_type"], "model_name": asked["model_name"],
            "display_name": null, "description": null, "daily_token_limit": null, "monthly_token_limit": null,
            "is_active": true, "is_default": false, "default_for_extraction": false, "default_for_cv_draft": false,
            "default_for_cover_letter": false, "default_for_validation": false, "last_tested_at": WHEN,
            "last_test_success": true, "created_by_id": 1, "created_at": WHEN, "updated_at": WHEN,
        });
        put(row.as_object_mut().unwrap(), asked);
        let row = row.as_object().unwrap().clone();
        all.push((row.clone(), asked["api_key"].as_str().unwrap().to_owned()));
        row
    }

    pub fn update(&self, number: u64, asked: &Value) -> Option<Map<String, Value>> {
        let mut all = self.0.lock().unwrap();
        let (row, key) = all.iter_mut().find(|(row, _)| row["id"] == number)?;
        put(row, asked);
        // Empty keeps it.
        if let Some(new) = asked["api_key"].as_str().filter(|new| !new.is_empty()) {
            new.clone_into(key);
        }
        Some(row.clone())
    }

    fn answer(&self, asked: &Asked) -> Answer {
        let bearer = format!("Bearer {TOKEN}");
        if !asked.headers.iter().any(|(name, value)| name == "authorization" && *value == bearer) {
            return Answer::Json(401, json!({ "detail": "Not authenticated" }));
        }
        let number = asked.path.strip_prefix(CONFIGS).and_then(|rest| rest.strip_prefix('/')?.parse().ok());
        match (asked.method.as_str(), number) {
            ("GET", None) if asked.path == CONFIGS => {
                let rows = self.0.lock().unwrap();
                data(json!(rows.iter().map(|(row, _)| shown(row, &LISTED)).collect::<Vec<_>>()))
            }
            ("POST", None) if asked.path == CONFIGS => match asked.json() {
                body if body["api_key"].as_str().is_none_or(str::is_empty) => missing(422),
                body => data(shown(&self.create(&body), &MADE)),
            },
            ("GET", Some(number)) => {
                let row = self.rows().into_iter().find(|row| row["id"] == json!(number));
                row.map_or_else(|| missing(404), data)
            }
            ("PUT", Some(number)) => {
                let row = self.update(number, &asked.json());
                row.map_or_else(|| missing(404), |row| data(shown(&row, &MADE)))
            }
            ("DELETE", Some(number)) => {
                self.0.lock().unwrap().retain(|(row, _)| row["id"] != number);
                data(json!({ "deleted_id": number }))
            }
            _ => missing(404),
        }
    }
}

/// Fields that the table has.
fn put(row: &mut Map<String, Value>, asked: &Value) {
    for (name, value) in asked.as_object().unwrap() {
        if name != "id" && row.contains_key(name) {
            row.insert(name.clone(), value.clone());
        }
    }
}

/// What is nothing is left out, as in the examples.
fn shown(row: &Map<String, Value>, fields: &[&str]) -> Value {
    let fields = fields.iter().filter(|field| !row[**field].is_null());
    json!(fields.map(|field| ((*field).to_owned(), row[*field].clone())).collect::<Map<_, _>>())
}

fn data(data: Value) -> Answer {
    Answer::Json(200, json!({ "success": true, "data": data }))
}

fn missing(status: u16) -> Answer {
    Answer::Json(status, json!({ "detail": "Not there, or something is missing" }))
}
