//! What becomes of the configurations of a file, before a person decides otherwise.

use model::share::{SharedChoice, SharedEntry};

/// What is new is added. What is here already is left out: nothing of this vault changes unless somebody says so.
pub fn first_choices(entries: &[SharedEntry]) -> Vec<SharedChoice> {
    let choice = |entry: &SharedEntry| match entry.same {
        None => SharedChoice::Add,
        Some(_) => SharedChoice::Skip,
    };
    entries.iter().map(choice).collect()
}

/// What can become of one, with the words' keys.
pub fn choices_of(entry: &SharedEntry) -> Vec<SharedChoice> {
    match &entry.same {
        None => vec![SharedChoice::Add, SharedChoice::Skip],
        Some(same) => {
            let replace = same.can_replace_key.then_some(SharedChoice::ReplaceKey(same.existing));
            [SharedChoice::Skip, SharedChoice::Copy].into_iter().chain(replace).collect()
        }
    }
}

/// How many are not left out.
pub fn count_of(choices: &[SharedChoice]) -> usize {
    choices.iter().filter(|choice| **choice != SharedChoice::Skip).count()
}

#[cfg(test)]
mod tests {
    use model::{ProviderId, ProviderType, command::Existing, share::SharedSame};

    use super::*;

    fn id(last: u8) -> ProviderId {
        format!("01990000-0000-7000-8000-00000000000{last}").parse().unwrap()
    }

    fn entry(same: Option<bool>) -> SharedEntry {
        let existing = Existing { id: id(1), revision: 3 };
        SharedEntry {
            id: id(2).0,
            display_name: "OpenAI one".into(),
            provider_type: ProviderType::OpenAi,
            base_url: "https://api.openai.com/v1".into(),
            model_name: "gpt-6-sol".into(),
            is_active: true,
            has_key: true,
            same: same.map(|can_replace_key| SharedSame {
                existing,
                display_name: "OpenAI one".into(),
                by_id: false,
                copy_name: "OpenAI one copy".into(),
                can_replace_key,
            }),
        }
    }

    #[test]
    fn what_is_new_is_added_and_what_is_here_is_left_out_until_somebody_says_otherwise() {
        let choices = first_choices(&[entry(None), entry(Some(true))]);
        assert_eq!(choices, [SharedChoice::Add, SharedChoice::Skip]);
        assert_eq!(count_of(&choices), 1);
    }

    #[test]
    fn a_key_can_be_replaced_only_where_it_may_go() {
        let replaces = |entry: &SharedEntry| {
            choices_of(entry).iter().any(|choice| matches!(choice, SharedChoice::ReplaceKey(_)))
        };
        assert!(replaces(&entry(Some(true))) && !replaces(&entry(Some(false))) && !replaces(&entry(None)));
    }
}
