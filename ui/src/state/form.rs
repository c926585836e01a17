//! The form of the drawer: what was typed, what it was made from, what is wrong with it. The API key is not in
//! here: it stays in its field until it is sent. What a change does to it is in `apply`.

pub mod amount;
mod apply;
pub mod calls;
pub mod limit;

use model::{
    Failure, Field, FieldError, ProviderDraft, ProviderType, ProviderView, TaskName, TestReport,
    command::Existing, text,
};

use self::calls::CallTexts;
use super::new_task::{self, NewTask};
use crate::t;

/// The form.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// What is changed; `None` makes a new one.
    pub provider: Option<ProviderView>,
    /// The fields, except those below.
    pub draft: ProviderDraft,
    /// The daily limit as typed.
    pub daily_limit: String,
    /// The monthly limit as typed.
    pub monthly_limit: String,
    /// How it is called, and further limits, as typed.
    pub calls: CallTexts,
    /// Whether a key was typed.
    pub key_typed: bool,
    /// Whether saving destroys the stored key. Never together with a typed one, which replaces it anyway.
    pub remove_key: bool,
    /// The field for one more task, while it is open.
    pub new_task: Option<NewTask>,
    /// Fields that need a change.
    pub errors: Vec<FieldError>,
    /// What else stands in the way.
    pub failure: Option<Failure>,
    /// What is known of the credentials.
    pub test: Test,
    /// What the form waits for.
    pub busy: Option<Busy>,
    /// Whether saving was refused because of the test, and the person is asked.
    pub asks_anyway: bool,
    /// Whether closing was asked for while something is unsaved.
    pub asks_discard: bool,
    /// The form as it was opened.
    opened: (ProviderDraft, String, String, CallTexts),
}

/// What is known of the credentials in the form.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// Nothing.
    None,
    /// A test of what is in the form or, from before it was opened, of what is saved; with this key.
    Of(TestReport, KeyUsed),
}

/// The key of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyUsed {
    /// The one in the field.
    Typed,
    /// The stored one.
    Stored,
    /// None.
    None,
}

/// What the form waits for, with the number by which it can be cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// A test.
    Testing(u64),
    /// Saving, which tests first.
    Saving(u64),
}

/// A change of the form.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Another type, for a new provider only.
    Type(ProviderType),
    /// The key's field has something in it, or nothing.
    KeyTyped(bool),
    /// Destroy the stored key, or keep it.
    RemoveKey(bool),
    /// Base URL.
    BaseUrl(String),
    /// Allow plain http.
    AllowHttp(bool),
    /// Model.
    Model(String),
    /// Display name.
    Name(String),
    /// Notes.
    Description(String),
    /// Daily limit as typed.
    DailyLimit(String),
    /// Monthly limit as typed.
    MonthlyLimit(String),
    /// One of [`calls::FIELDS`] as typed.
    Calls(Field, String),
    /// On or off.
    Active(bool),
    /// The default or not.
    Default(bool),
    /// Takes a task's first place, or gives it back.
    Task(TaskName, bool),
    /// The field for one more task.
    NewTask(new_task::Edit),
    /// Something has begun.
    Began(Busy),
    /// A test has ended.
    Tested(TestReport),
    /// Saving was refused because of this test.
    NotSaved(TestReport),
    /// Something has failed.
    Failed(Failure),
    /// Fields need a change before anything is sent.
    Refused(Vec<FieldError>),
    /// Closing was asked for, or not any more.
    AskDiscard(bool),
}

impl Form {
    /// An empty form.
    pub fn new(provider_type: ProviderType) -> Self {
        Self::of(None, ProviderDraft::new(provider_type))
    }

    /// The form of a new provider that somebody proposed, to look at and to complete.
    pub fn proposed(draft: ProviderDraft) -> Self {
        Self::of(None, draft)
    }

    /// The form of a saved configuration.
    pub fn edit(provider: ProviderView) -> Self {
        let draft = ProviderDraft {
            provider_type: provider.provider_type,
            base_url: provider.base_url.clone(),
            allow_insecure_http: provider.allow_insecure_http,
            model_name: provider.model_name.clone(),
            display_name: provider.display_name.clone(),
            description: provider.description.clone(),
            is_active: provider.is_active,
            is_default: provider.is_default,
            tasks: provider.tasks.clone(),
            daily_token_limit: provider.daily_token_limit,
            monthly_token_limit: provider.monthly_token_limit,
            calls: provider.calls.clone(),
        };
        Self::of(Some(provider), draft)
    }

    fn of(provider: Option<ProviderView>, draft: ProviderDraft) -> Self {
        let shown = |limit: Option<u64>| {
            limit.map_or_else(String::new, |limit| text::field_digits(u128::from(limit)))
        };
        let (daily_limit, monthly_limit) = (shown(draft.daily_token_limit), shown(draft.monthly_token_limit));
        let calls = CallTexts::of(&draft.calls);
        let test = saved_test(provider.as_ref());
        Self {
            opened: (draft.clone(), daily_limit.clone(), monthly_limit.clone(), calls.clone()),
            provider,
            draft,
            daily_limit,
            monthly_limit,
            calls,
            key_typed: false,
            remove_key: false,
            new_task: None,
            errors: Vec::new(),
            failure: None,
            test,
            busy: None,
            asks_anyway: false,
            asks_discard: false,
        }
    }

    /// What a save or test names as the record it was made from.
    pub fn existing(&self) -> Option<Existing> {
        self.provider.as_ref().map(|provider| Existing { id: provider.id, revision: provider.revision })
    }

    /// Whether there is a stored key that may go: only where the type allows to have none.
    pub fn offers_key_removal(&self) -> bool {
        self.has_stored_key() && !self.draft.provider_type.needs_key()
    }

    /// The key that a test of the form uses.
    pub fn key_used(&self) -> KeyUsed {
        match (self.key_typed, self.has_stored_key() && !self.remove_key) {
            (true, _) => KeyUsed::Typed,
            (false, true) => KeyUsed::Stored,
            (false, false) => KeyUsed::None,
        }
    }

    fn has_stored_key(&self) -> bool {
        self.provider.as_ref().is_some_and(|provider| provider.has_key)
    }

    /// How many fields differ from how the form was opened.
    pub fn changes(&self) -> usize {
        let (draft, daily, monthly, calls) = &self.opened;
        let now = &self.draft;
        [
            now.provider_type != draft.provider_type,
            self.key_typed || self.remove_key,
            now.base_url != draft.base_url,
            now.allow_insecure_http != draft.allow_insecure_http,
            now.model_name != draft.model_name,
            now.display_name != draft.display_name,
            now.description != draft.description,
            &self.daily_limit != daily,
            &self.monthly_limit != monthly,
            now.is_active != draft.is_active,
            now.is_default != draft.is_default,
            now.tasks != draft.tasks,
        ]
        .into_iter()
        .filter(|changed| *changed)
        .count()
            + self.calls.changes(calls)
    }

    /// The draft to send, or every field that needs a change first, in the form's order.
    ///
    /// # Errors
    /// The fields at fault. The shell judges again, and more.
    pub fn checked(&self) -> Result<ProviderDraft, Vec<FieldError>> {
        let mut errors = Vec::new();
        if self.draft.provider_type.needs_key() && self.key_used() == KeyUsed::None {
            errors.push(FieldError { field: Field::ApiKey, message: t!("error-no-key") });
        }
        let mut read = |field, typed: &str| {
            limit::parse(typed).unwrap_or_else(|message| {
                errors.push(FieldError { field, message });
                None
            })
        };
        let daily_token_limit = read(Field::DailyTokenLimit, &self.daily_limit);
        let monthly_token_limit = read(Field::MonthlyTokenLimit, &self.monthly_limit);
        let calls = self.calls.read(&mut errors);
        let draft = ProviderDraft { daily_token_limit, monthly_token_limit, calls, ..self.draft.clone() };
        match draft.checked() {
            Ok(_) if errors.is_empty() => return Ok(draft),
            Ok(_) => {}
            Err(more) => errors.extend(more),
        }
        errors.sort_unstable_by_key(|error| error.field);
        Err(errors)
    }

    /// The sentence under a field, if it needs a change.
    pub fn error(&self, field: Field) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }
}

fn saved_test(provider: Option<&ProviderView>) -> Test {
    let Some((provider, report)) = provider.and_then(|one| Some((one, one.last_test.clone()?))) else {
        return Test::None;
    };
    Test::Of(report, if provider.has_key { KeyUsed::Stored } else { KeyUsed::None })
}

#[cfg(test)]
mod tests {
    use super::{super::list::tests as sample, *};

    pub(super) fn ready() -> Form {
        Form::new(ProviderType::OpenAi).apply(Edit::Model("gpt-6-sol".into())).apply(Edit::KeyTyped(true))
    }

    fn fields(form: &Form) -> Vec<Field> {
        form.checked().unwrap_err().into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn every_field_at_fault_is_marked_at_once_in_the_forms_order() {
        let form = Form::new(ProviderType::Claude).apply(Edit::DailyLimit("-500".into()));
        assert_eq!(fields(&form), [Field::ApiKey, Field::ModelName, Field::DailyTokenLimit]);
        assert!(ready().checked().is_ok());
    }

    #[test]
    fn a_compatible_endpoint_and_a_stored_key_need_none_typed() {
        let compatible = Form::new(ProviderType::OpenAiCompatible).apply(Edit::Model("qwen".into()));
        assert!(compatible.checked().is_ok());
        assert!(Form::edit(sample::provider(1, "A", ProviderType::OpenAi)).checked().is_ok());
    }

    #[test]
    fn settings_of_calls_are_carried_judged_and_counted() {
        let saved = ProviderView {
            calls: model::limits::CallSettings { timeout_s: Some(60), ..Default::default() },
            ..sample::provider(1, "A", ProviderType::OpenAi)
        };
        let form = Form::edit(saved);
        assert_eq!(form.checked().unwrap().calls.timeout_s, Some(60));
        let changed = form.apply(Edit::Calls(Field::Retries, "2".into()));
        assert_eq!((changed.changes(), changed.checked().unwrap().calls.retries), (1, Some(2)));
        let wrong = changed
            .apply(Edit::Calls(Field::Retries, "many".into()))
            .apply(Edit::Calls(Field::Timeout, "0".into()));
        assert_eq!(fields(&wrong), [Field::Timeout, Field::Retries]);
    }

    #[test]
    fn changes_are_counted_and_undone_by_typing_the_old_text() {
        let form = Form::edit(sample::provider(1, "A", ProviderType::OpenAi));
        assert_eq!(form.changes(), 0);
        let changed = form.apply(Edit::Name("B".into())).apply(Edit::Active(false));
        assert_eq!(changed.changes(), 2);
        assert_eq!(changed.apply(Edit::Name("A".into())).apply(Edit::Active(true)).changes(), 0);
    }
}
