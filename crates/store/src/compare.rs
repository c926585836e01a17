//! What one database has that another has not, by names and fields and never a key: what a restore would change.

use std::collections::{BTreeMap, HashMap};

use model::{
    ProviderId,
    backups::{FieldChange, RestoreChange, RestoreEffect, RestoredThing},
    budgets::BudgetScope,
    routing::TaskRoute,
};
use serde_json::{Map, Value, json};

use crate::{Store, StoreError, provider};

/// Things by what tells them apart: a name for people and the fields.
type Things = BTreeMap<String, (String, Map<String, Value>)>;

impl Store {
    /// What would be different if `then` took this database's place.
    ///
    /// # Errors
    /// Those of either database.
    pub async fn changes_to(&self, then: &Self) -> Result<Vec<RestoreChange>, StoreError> {
        let mut changes = Vec::new();
        let (now, then) = (self.things().await?, then.things().await?);
        for ((thing, now), (_, then)) in now.into_iter().zip(then) {
            compare(thing, &now, &then, &mut changes);
        }
        Ok(changes)
    }

    async fn things(&self) -> Result<[(RestoredThing, Things); 5], StoreError> {
        let providers = provider::all(&mut *self.connection().await?).await?;
        let names: HashMap<ProviderId, String> =
            providers.iter().map(|one| (one.id, one.draft.display_name.clone())).collect();
        let provider_things = providers.iter().map(|one| {
            let mut fields = object(one.audited());
            // The one says that a key is another one, the other only when.
            fields.remove("tasks");
            flatten(&mut fields, "calls");
            (one.id.to_string(), (one.draft.display_name.clone(), fields))
        });
        let routes = self.routing().await?.1;
        let routes = routes.iter().map(|one| {
            (one.task.as_str().to_owned(), (one.task.as_str().to_owned(), route_fields(one, &names)))
        });
        let budgets = self.budgets().await?;
        let budgets = budgets.iter().map(|one| {
            let scope = match &one.draft.scope {
                BudgetScope::Config(_) => one.name.clone().unwrap_or_default(),
                BudgetScope::Whole => "All usage".to_owned(),
                BudgetScope::Task(name) | BudgetScope::User(name) => name.clone(),
            };
            let fields = object(json!({ "amount": one.draft.amount, "period": one.draft.period }));
            (one.id.to_string(), (scope, fields))
        });
        let settings = self.all_settings().await?.into_iter().map(|(name, value)| {
            let fields = match value {
                Value::Object(fields) => fields,
                value => object(json!({ "value": value })),
            };
            (name.clone(), (name, fields))
        });
        let prompts = self.prompts().await?;
        let prompts = prompts.iter().map(|one| {
            let fields = object(json!({ "request": one.request }));
            (one.name.clone(), (one.name.clone(), fields))
        });
        Ok([
            (RestoredThing::Provider, provider_things.collect()),
            (RestoredThing::Route, routes.collect()),
            (RestoredThing::Budget, budgets.collect()),
            (RestoredThing::Setting, settings.collect()),
            (RestoredThing::Prompt, prompts.collect()),
        ])
    }

    async fn all_settings(&self) -> Result<Vec<(String, Value)>, StoreError> {
        let select = "SELECT name, value FROM settings ORDER BY name";
        let rows: Vec<(String, String)> =
            sqlx::query_as(select).fetch_all(&mut *self.connection().await?).await?;
        Ok(rows
            .into_iter()
            .map(|(name, text)| (name, serde_json::from_str(&text).unwrap_or_default()))
            .collect())
    }
}

fn route_fields(route: &TaskRoute, names: &HashMap<ProviderId, String>) -> Map<String, Value> {
    let chain: Vec<String> = route
        .chain
        .iter()
        .map(|member| {
            let name = names.get(&member.provider).map_or("?", String::as_str);
            if member.weight > 0 { format!("{name} ({})", member.weight) } else { name.to_owned() }
        })
        .collect();
    object(
        json!({ "mode": route.mode, "chain": chain.join(" → "), "needs": route.needs, "bounds": route.bounds }),
    )
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn flatten(fields: &mut Map<String, Value>, name: &str) {
    if let Some(Value::Object(inner)) = fields.remove(name) {
        fields.extend(inner);
    }
}

fn compare(thing: RestoredThing, now: &Things, then: &Things, changes: &mut Vec<RestoreChange>) {
    let change = |name: &str, how, fields| RestoreChange { thing, name: name.to_owned(), how, fields };
    for (key, (name, fields)) in then {
        match now.get(key) {
            None => changes.push(change(name, RestoreEffect::Added, Vec::new())),
            Some((_, was)) => {
                let differing = differing(was, fields);
                if !differing.is_empty() {
                    changes.push(change(name, RestoreEffect::Changed, differing));
                }
            }
        }
    }
    let gone = now.iter().filter(|(key, _)| !then.contains_key(*key));
    changes.extend(gone.map(|(_, (name, _))| change(name, RestoreEffect::Removed, Vec::new())));
}

fn differing(now: &Map<String, Value>, then: &Map<String, Value>) -> Vec<FieldChange> {
    let mut names: Vec<&String> =
        now.keys().chain(then.keys().filter(|name| !now.contains_key(*name))).collect();
    names.sort();
    let of =
        |fields: &Map<String, Value>, name: &str| fields.get(name).filter(|value| !value.is_null()).map(text);
    let fields = names
        .into_iter()
        .filter(|name| now.get(*name).unwrap_or(&Value::Null) != then.get(*name).unwrap_or(&Value::Null));
    fields.map(|name| FieldChange { field: name.clone(), now: of(now, name), then: of(then, name) }).collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
