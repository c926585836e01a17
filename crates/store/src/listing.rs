//! Reading: the whole list as the page shows it, and single records for the bodies of commands.

use std::collections::HashMap;

use model::{
    ProviderId, ProviderView, Timestamp,
    provider::{ProviderList, RecentUsage},
};

use crate::{Provider, Store, StoreError, provider, tasks, usage};

impl Store {
    /// All configurations, ordered by type and then by name, with what they serve and what they used lately.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn list(&self, now: Timestamp) -> Result<ProviderList, StoreError> {
        let mut connection = self.connection().await?;
        let mut usage = usage::recent(&mut connection, &self.dimensions, now).await?;
        let mut stored = provider::all(&mut connection).await?;
        stored.sort_by_cached_key(|provider| {
            (provider.draft.provider_type, provider::fold(&provider.draft.display_name))
        });
        let providers = stored.into_iter().map(|provider| provider.into_view(&mut usage)).collect();
        let select = "SELECT EXISTS (SELECT 1 FROM vault_meta WHERE name = 'sample')";
        let sample = sqlx::query_scalar(select).fetch_one(&mut *connection).await?;
        Ok(ProviderList { providers, tasks: tasks::views(&mut connection).await?, sample })
    }

    /// One configuration with its sealed key.
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn provider(&self, id: ProviderId) -> Result<Provider, StoreError> {
        provider::find(&mut *self.connection().await?, id).await?.ok_or(StoreError::Gone)
    }

    /// The same by the specification's integer id.
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn provider_of_number(&self, number: i64) -> Result<Provider, StoreError> {
        provider::find_number(&mut *self.connection().await?, number).await?.ok_or(StoreError::Gone)
    }

    /// Every configuration by number.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn providers(&self) -> Result<Vec<Provider>, StoreError> {
        let mut providers = provider::all(&mut *self.connection().await?).await?;
        providers.sort_by_key(|provider| provider.number);
        Ok(providers)
    }

    /// Marks this vault as one of invented sample data, for good.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn mark_as_sample(&self) -> Result<(), StoreError> {
        let insert = "INSERT OR IGNORE INTO vault_meta (name, value) VALUES ('sample', 'true')";
        sqlx::query(insert).execute(&mut *self.connection().await?).await?;
        Ok(())
    }
}

impl Provider {
    fn into_view(self, usage: &mut HashMap<i64, RecentUsage>) -> ProviderView {
        ProviderView {
            id: self.id,
            number: self.number,
            revision: self.revision,
            provider_type: self.draft.provider_type,
            base_url: self.draft.base_url,
            allow_insecure_http: self.draft.allow_insecure_http,
            model_name: self.draft.model_name,
            display_name: self.draft.display_name,
            description: self.draft.description,
            is_active: self.draft.is_active,
            is_default: self.draft.is_default,
            tasks: self.draft.tasks,
            daily_token_limit: self.draft.daily_token_limit,
            monthly_token_limit: self.draft.monthly_token_limit,
            calls: self.draft.calls,
            key_last_four: self.key_last_four,
            has_key: self.sealed_key.is_some(),
            key_changed_at: self.key_changed_at,
            last_test: self.last_test,
            created_by: self.created_by,
            created_at: self.created_at,
            updated_at: self.updated_at,
            usage: usage.remove(&self.number).unwrap_or_default(),
        }
    }
}
