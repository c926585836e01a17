//! What is drawn beneath the lock screen: the list without anybody's providers. An open vault then has only words to
//! put in, where it would have to make lines, lay them out and warm everything that draws them.

use std::{collections::HashMap, iter};

use model::{ProviderId, ProviderView, provider::ProviderList};

use super::list::Query;

/// More than the highest window shows.
const LINES: u8 = 60;
/// A provider of the usual kind and length, with letters and digits as names of models have them. It is read as the
/// shell's answer will be, so that reading is warm, too. No UUIDv7 is as old as its identity.
const LINE: &str = r#"{
    "id": "00000000-0000-7000-8000-0000000000##", "number": 1, "revision": 1, "provider_type": "gemini",
    "base_url": "https://generativelanguage.googleapis.com/v1beta", "allow_insecure_http": false,
    "model_name": "abcdefghijklmnop-0123456789", "display_name": "ABCDEFGHIJKLMNOP 0123456789",
    "is_active": true, "is_default": false, "tasks": [], "daily_token_limit": 1000000, "key_last_four": "4f2a",
    "has_key": true, "created_by": "A", "created_at": 0, "updated_at": 0
}"#;

/// Providers that are nobody's.
pub fn list() -> ProviderList {
    let providers = (1..=LINES).filter_map(provider).collect();
    ProviderList { providers, tasks: Vec::new(), sample: false }
}

fn provider(number: u8) -> Option<ProviderView> {
    serde_json::from_str(&LINE.replace("##", &format!("{number:02x}"))).ok()
}

/// Which prepared line each provider has moved into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines(HashMap<ProviderId, ProviderId>);

impl Lines {
    /// The providers of a list, from the top, move into those of the one that is drawn.
    pub fn moved(drawn: &ProviderList, list: &ProviderList) -> Self {
        Self(iter::zip(in_order(list), in_order(drawn)).collect())
    }

    /// By what a provider's line is known, for as long as the vault is open.
    pub fn of(&self, id: ProviderId) -> ProviderId {
        self.0.get(&id).copied().unwrap_or(id)
    }
}

fn in_order(list: &ProviderList) -> Vec<ProviderId> {
    let groups = Query::default().groups(list);
    let rows = groups.iter().flat_map(|group| &group.rows);
    rows.map(|&row| list.providers[row].id).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use model::ProviderType;

    use super::{super::list::tests as sample, *};

    #[test]
    fn providers_move_into_the_prepared_lines_from_the_top_and_keep_them() {
        let shown = sample::list(vec![
            sample::provider(1, "B", ProviderType::OpenAi),
            sample::provider(2, "A", ProviderType::OpenAi),
        ]);
        let drawn = list();
        let lines = Lines::moved(&drawn, &shown);
        assert_eq!(lines.of(shown.providers[1].id), drawn.providers[0].id);
        assert_eq!(lines.of(shown.providers[0].id), drawn.providers[1].id);
    }

    #[test]
    fn every_prepared_line_can_be_drawn() {
        assert_eq!(list().providers.len(), usize::from(LINES));
    }

    #[test]
    fn no_two_providers_have_one_line_however_many_there_are() {
        let all: Vec<_> =
            (0..=u8::MAX).map(|number| sample::provider(number, "A", ProviderType::Claude)).collect();
        let shown = sample::list(all);
        let lines = Lines::moved(&list(), &shown);
        let known: HashSet<_> = shown.providers.iter().map(|provider| lines.of(provider.id)).collect();
        assert_eq!(known.len(), shown.providers.len());
    }
}
