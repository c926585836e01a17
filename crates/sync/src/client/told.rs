//! What a remote says of itself: usage by the specification's endpoint; calls, health and the log of acts where it is a server of
//! ours. Read loosely where the specification leaves it open, and never for more than was asked.

use model::remote::{HealthReport, IncidentRecord, UsageLogEntry};
use reqwest::Method;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;
use url::form_urlencoded;

use super::{Client, carry::Question};
use crate::remote::RemoteError;

const PROVIDERS: &str = "/api/v1/super-admin/providers";
const AUDIT: &str = "/api/v1/super-admin/audit-log";

/// Usage of one model, as the specification has it. What it leaves out is nothing, not 0.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct UsageLine {
    /// The vendor's word.
    pub provider_type: Option<String>,
    /// The model.
    pub model_name: Option<String>,
    /// Calls.
    #[serde(deserialize_with = "whole")]
    pub total_calls: Option<u64>,
    /// Tokens.
    #[serde(deserialize_with = "whole")]
    pub total_tokens: Option<u64>,
    /// US dollars.
    #[serde(deserialize_with = "number")]
    pub total_cost_usd: Option<f64>,
    /// Of 100.
    #[serde(deserialize_with = "number")]
    pub success_rate: Option<f64>,
    /// Mean, in milliseconds.
    #[serde(deserialize_with = "whole")]
    pub avg_latency_ms: Option<u64>,
    /// Added by servers of ours: calls whose cost is not known and not in the sum.
    pub unpriced_calls: Option<u64>,
}

/// An entry of a log of acts.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct AuditEntry {
    /// Rising number.
    pub id: i64,
    /// When, as it is written.
    pub created_at: String,
    /// Who.
    #[serde(default)]
    pub actor: String,
    /// What, such as `provider.update`.
    pub action: String,
    /// The record's UUID, or a task's name.
    #[serde(default)]
    pub target: Option<String>,
    /// The record's name at that time.
    #[serde(default)]
    pub target_name: Option<String>,
    /// Of the caller.
    #[serde(default)]
    pub ip_address: Option<String>,
    /// The fields that changed, as they were; secrets masked.
    #[serde(default)]
    pub before: Option<Value>,
    /// The same as they became.
    #[serde(default)]
    pub after: Option<Value>,
}

/// Which entries of a log of acts, newest first. What is `None` lets all through.
#[derive(Clone, Debug, Default)]
pub struct AuditQuery {
    /// Done by.
    pub actor: Option<String>,
    /// What was done.
    pub action: Option<String>,
    /// The record that it was done to.
    pub target: Option<String>,
    /// Somewhere in an entry.
    pub text: Option<String>,
    /// From this instant on, RFC 3339.
    pub from: Option<String>,
    /// Before this instant.
    pub to: Option<String>,
    /// Those with a number below this one.
    pub before: Option<i64>,
    /// At most so many, 1 to 1,000.
    pub limit: u32,
}

impl AuditQuery {
    /// The newest ones.
    pub fn newest(limit: u32) -> Self {
        Self { limit, ..Self::default() }
    }

    fn path(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let texts = [
            ("actor", &self.actor),
            ("action", &self.action),
            ("target", &self.target),
            ("text", &self.text),
            ("from", &self.from),
            ("to", &self.to),
        ];
        for (name, text) in texts.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?))) {
            query.append_pair(name, text);
        }
        if let Some(before) = self.before {
            query.append_pair("before", &before.to_string());
        }
        query.append_pair("limit", &self.limit.to_string());
        format!("{AUDIT}?{}", query.finish())
    }
}

impl Client {
    /// Usage by vendor and model of so many days, today included: the specification's endpoint.
    ///
    /// # Errors
    /// [`RemoteError::LoggedOut`], or those of the network.
    pub async fn statistics(&self, days: u32) -> Result<Vec<UsageLine>, RemoteError> {
        self.read(&format!("{PROVIDERS}/usage/stats?days={days}")).await
    }

    /// The newest calls, at most 500. Only servers of ours tell.
    ///
    /// # Errors
    /// [`RemoteError::NotFound`] where it does not tell, [`RemoteError::LoggedOut`], or those of the network.
    pub async fn calls(&self, limit: u32) -> Result<Vec<UsageLogEntry>, RemoteError> {
        self.read(&format!("{PROVIDERS}/usage/logs?limit={limit}")).await
    }

    /// How every configuration is. Only servers of ours tell.
    ///
    /// # Errors
    /// [`RemoteError::NotFound`] where it does not tell, [`RemoteError::LoggedOut`], or those of the network.
    pub async fn health(&self) -> Result<HealthReport, RemoteError> {
        self.read(&format!("{PROVIDERS}/health")).await
    }

    /// What was wrong in so many days, newest first. Only servers of ours tell.
    ///
    /// # Errors
    /// [`RemoteError::NotFound`] where it does not tell, [`RemoteError::LoggedOut`], or those of the network.
    pub async fn incidents(&self, days: u32) -> Result<Vec<IncidentRecord>, RemoteError> {
        self.read(&format!("{PROVIDERS}/incidents?days={days}")).await
    }

    /// Entries of the log of acts, newest first. Only servers of ours tell.
    ///
    /// # Errors
    /// [`RemoteError::NotFound`] where it does not tell, [`RemoteError::LoggedOut`], or those of the network.
    pub async fn audit(&self, query: &AuditQuery) -> Result<Vec<AuditEntry>, RemoteError> {
        self.read(&query.path()).await
    }

    async fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T, RemoteError> {
        self.ask(Question::new(Method::GET, path)).await
    }
}

/// A number, or one in quotes as Python's decimals are written.
fn number<'de, D: Deserializer<'de>>(field: D) -> Result<Option<f64>, D::Error> {
    let number = match Value::deserialize(field)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    Ok(number.filter(|number| number.is_finite() && *number >= 0.0))
}

/// The same without what is behind the point: a mean may have one.
fn whole<'de, D: Deserializer<'de>>(field: D) -> Result<Option<u64>, D::Error> {
    // Saturates, and nothing here is negative.
    Ok(number(field)?.map(|number| number.round() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_specifications_statistics_are_read_with_what_it_leaves_out_unknown() {
        let text = r#"{"provider_type": "gemini", "model_name": "gemini-2.5-flash", "total_calls": 3,
            "total_cost_usd": "0.0125", "avg_latency_ms": 812.4, "success_rate": null}"#;
        let line: UsageLine = serde_json::from_str(text).unwrap();
        assert_eq!((line.total_calls, line.total_tokens), (Some(3), None));
        assert_eq!((line.total_cost_usd, line.avg_latency_ms), (Some(0.0125), Some(812)));
        assert_eq!((line.success_rate, line.unpriced_calls), (None, None));
    }

    #[test]
    fn what_is_no_amount_is_unknown() {
        let text = r#"{"total_cost_usd": -1, "total_tokens": "many", "total_calls": {}}"#;
        assert_eq!(serde_json::from_str::<UsageLine>(text).unwrap(), UsageLine::default());
    }

    #[test]
    fn a_search_cannot_add_to_the_query() {
        let query = AuditQuery { text: Some("a&limit=9#".into()), before: Some(7), ..AuditQuery::newest(5) };
        assert_eq!(query.path(), "/api/v1/super-admin/audit-log?text=a%26limit%3D9%23&before=7&limit=5");
    }
}
