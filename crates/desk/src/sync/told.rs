//! What a remote says of itself, made fit for the page: texts bounded and visible, instants read, secrets masked once more. What it
//! does not tell is said to be not offered, and not that it is nothing.

use std::{future::Future, sync::Arc};

use model::{
    Failure, PicoUsd, ProviderId, ProviderType, TaskName, Timestamp,
    audit::{AuditFilter, AuditLine},
    health::{BreakerState, Incident, ProviderHealth, SLOTS},
    remote::{ConfigHealth, IncidentRecord, UsageLogEntry},
    text::visible,
    told::{RemoteAnswer, RemoteAudit, RemoteCall, RemoteHealth, RemoteLine, RemoteUsage, Told},
};
use sync::{AuditEntry, AuditQuery, Client, RemoteError, UsageLine};
use uuid::Uuid;

use super::reach;
use crate::{
    export::table,
    failures::{self, sync as refused},
    history,
    session::Session,
};

/// Newest calls that are shown.
const CALLS: u32 = 50;
/// Days of incidents, as of this computer's own.
const INCIDENT_DAYS: u32 = 7;
/// Lines and configurations that are shown at most.
const MOST: usize = 1_000;
/// Letters of a name, and of a sentence.
const NAME: usize = 200;
const SENTENCE: usize = 500;

impl Session {
    /// Asks a remote something that it says of itself, and notes whether it was reached.
    pub(crate) async fn ask_remote<T, F: Future<Output = Result<T, RemoteError>>>(
        &self,
        id: Uuid,
        ask: impl FnOnce(Arc<Client>) -> F,
    ) -> Result<RemoteAnswer<T>, Failure> {
        let told = match self.remotes.client(id) {
            None => Told::LoggedOut,
            Some(client) => {
                let answer = ask(client).await;
                self.note_reached(id, answer.as_ref().err());
                match answer {
                    Ok(told) => Told::Ready(told),
                    Err(RemoteError::LoggedOut) => {
                        self.remotes.close(id);
                        Told::LoggedOut
                    }
                    Err(RemoteError::NotFound) => Told::NotOffered,
                    Err(error) if reach::is_away(&error) => Told::Offline(refused::trouble(&error.into())),
                    Err(error) => Told::Failed(refused::trouble(&error.into())),
                }
            }
        };
        let remote = self.remote_view(self.store.remote(id).await.map_err(failures::store)?);
        Ok(RemoteAnswer { remote, at: self.host.now(), told })
    }
}

/// Sums by the specification's endpoint, and calls where there are some to be had.
pub(crate) async fn usage(client: &Client, days: u32) -> Result<RemoteUsage, RemoteError> {
    let lines = client.statistics(days).await?;
    let calls = match client.calls(CALLS).await {
        Ok(calls) => Some(calls.into_iter().take(CALLS as usize).map(call).collect()),
        // Sums are what the specification promises; a server that has no more, or has it in another shape, is none the worse.
        Err(RemoteError::NotFound | RemoteError::NotUnderstood { .. } | RemoteError::Refused { .. }) => None,
        Err(error) => return Err(error),
    };
    Ok(RemoteUsage { days, lines: lines.into_iter().take(MOST).map(line).collect(), calls })
}

pub(crate) async fn health(client: &Client) -> Result<RemoteHealth, RemoteError> {
    let (report, incidents) = (client.health().await?, client.incidents(INCIDENT_DAYS).await?);
    Ok(RemoteHealth {
        providers: report.configs.into_iter().take(MOST).map(provider).collect(),
        incidents: incidents.into_iter().take(MOST).filter_map(incident).collect(),
        probed_at: report.probed_at.as_deref().and_then(instant),
        probe_every_s: report.probe_every_s,
    })
}

pub(crate) async fn audit(
    client: &Client,
    filter: AuditFilter,
    before: Option<i64>,
    limit: u32,
) -> Result<RemoteAudit, RemoteError> {
    let query = AuditQuery {
        actor: filter.actor,
        action: filter.action,
        target: filter.record,
        text: filter.text,
        from: filter.from.map(table::instant),
        to: filter.to.map(table::instant),
        before,
        limit,
    };
    let entries = audit_lines(client, &query).await?;
    let whole = entries.len() >= limit as usize;
    // Numbers have no gaps, so behind the first of all there is nothing; and a page that leads nowhere is the last.
    let next = entries
        .last()
        .map(|last| last.id)
        .filter(|last| whole && *last > 1 && before.is_none_or(|before| *last < before));
    Ok(RemoteAudit { entries, next })
}

/// Entries of a log of acts, fit to be shown.
pub(super) async fn audit_lines(client: &Client, query: &AuditQuery) -> Result<Vec<AuditLine>, RemoteError> {
    let entries = client.audit(query).await?;
    Ok(entries.into_iter().take(query.limit as usize).filter_map(entry).collect())
}

fn line(line: UsageLine) -> RemoteLine {
    RemoteLine {
        provider_type: line.provider_type.as_deref().and_then(kind),
        model_name: name(line.model_name.as_deref().unwrap_or_default()),
        calls: line.total_calls.unwrap_or(0),
        tokens: line.total_tokens,
        cost: line.total_cost_usd.and_then(PicoUsd::from_usd),
        success_rate: line.success_rate.filter(|rate| *rate <= 100.0),
        latency_ms: line.avg_latency_ms,
        unpriced_calls: line.unpriced_calls.unwrap_or(0),
    }
}

fn call(call: UsageLogEntry) -> RemoteCall {
    RemoteCall {
        at: instant(&call.created_at).unwrap_or(Timestamp(0)),
        provider: call.display_name.as_deref().map(name),
        provider_type: call.provider_type.as_deref().and_then(kind),
        model_name: call.model_name.as_deref().map(name),
        task: name(&call.task_type),
        user: name(&call.user_id),
        succeeded: call.status == "success",
        tokens: call.total_tokens,
        cost: call.estimated_cost_usd.and_then(PicoUsd::from_usd),
        latency_ms: call.latency_ms,
    }
}

fn provider(config: ConfigHealth) -> ProviderHealth {
    let breaker = match config.breaker.as_str() {
        "half_open" => BreakerState::HalfOpen,
        "open" => {
            let until = config.breaker_until.as_deref().and_then(instant);
            BreakerState::Open { until: until.unwrap_or(Timestamp(0)) }
        }
        "cannot_probe" => BreakerState::CannotProbe,
        _ => BreakerState::Closed,
    };
    let tasks = config.tasks.into_iter().take(MOST);
    ProviderHealth {
        id: there(config.config_id),
        provider_type: config.provider_type,
        display_name: name(&config.display_name),
        model_name: name(&config.model_name),
        is_active: config.is_active,
        state: config.state,
        reason: visible(&config.reason, SENTENCE, false),
        slots: config.half_hours.into_iter().take(SLOTS).collect(),
        hour: config.last_hour,
        day: config.last_day,
        p50_ms: config.p50_ms,
        p95_ms: config.p95_ms,
        breaker,
        tasks: tasks.filter_map(|task| Some((task.task.parse::<TaskName>().ok()?, task.place))).collect(),
        checked_at: config.checked_at.as_deref().and_then(instant),
    }
}

fn incident(record: IncidentRecord) -> Option<Incident> {
    Some(Incident {
        id: record.id,
        provider: there(record.config_id.unwrap_or_default()),
        display_name: name(&record.display_name),
        state: record.state,
        started_at: instant(&record.started_at)?,
        ended_at: match &record.ended_at {
            Some(at) => Some(instant(at)?),
            None => None,
        },
        cause: visible(&record.cause, SENTENCE, false),
        calls_moved: record.calls_moved,
    })
}

fn entry(entry: AuditEntry) -> Option<AuditLine> {
    let json = |value: Option<serde_json::Value>| value.map(|value| value.to_string());
    let mut changes = history::changes(json(entry.before).as_deref(), json(entry.after).as_deref());
    for change in &mut changes {
        change.field = name(&change.field);
        for value in [&mut change.before, &mut change.after].into_iter().flatten() {
            *value = visible(value, history::LONGEST, true);
        }
    }
    Some(AuditLine {
        id: entry.id,
        at: instant(&entry.created_at)?,
        actor: name(&entry.actor),
        machine: String::new(),
        ip_address: entry.ip_address.as_deref().map(name),
        action: name(&entry.action),
        record: entry.target.as_deref().map(name),
        record_name: entry.target_name.as_deref().map(name),
        changes,
        mac: String::new(),
    })
}

/// A number there tells rows of one answer apart, and is nobody's identity here.
fn there(number: i64) -> ProviderId {
    ProviderId(Uuid::from_u64_pair(0, number.unsigned_abs()))
}

fn name(text: &str) -> String {
    visible(text, NAME, false)
}

fn kind(word: &str) -> Option<ProviderType> {
    word.parse().ok()
}

/// RFC 3339 with a zone; without one, as Python writes UTC, it is UTC.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let at = text.parse::<jiff::Timestamp>().or_else(|error| {
        let civil = text.parse::<jiff::civil::DateTime>().map_err(|_| error)?;
        civil.to_zoned(jiff::tz::TimeZone::UTC).map(|zoned| zoned.timestamp())
    });
    at.ok().map(|at| Timestamp(at.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_read_with_its_zone_and_without_one_as_utc() {
        assert_eq!(instant("1970-01-01T00:00:01Z"), Some(Timestamp(1_000)));
        assert_eq!(instant("1970-01-01T01:00:01+01:00"), Some(Timestamp(1_000)));
        assert_eq!(instant("1970-01-01T00:00:01.5"), Some(Timestamp(1_500)));
        assert_eq!(instant("yesterday"), None);
    }

    #[test]
    fn a_remotes_texts_cannot_hide_or_reorder_and_its_secrets_are_masked_once_more() {
        let hostile = serde_json::json!({ "id": 7, "created_at": "2026-01-01T00:00:00Z", "actor": "ad\u{202e}min",
            "action": "provider.update", "after": { "api_key": "sk-plain", "notes": "a\u{200b}b" } });
        let line = entry(serde_json::from_value(hostile).unwrap()).unwrap();
        assert_eq!(line.actor, "admin");
        let shown: Vec<_> = line.changes.iter().map(|one| one.after.as_deref().unwrap()).collect();
        assert_eq!(shown, ["••••", "ab"]);
    }
}
