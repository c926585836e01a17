//! What each change does to the form, and to what was known of it before.

use model::{Failure, FailureCode, Field, ProviderDraft, ProviderType, TaskName};

use super::{Edit, Form, NewTask, Test};

impl Form {
    /// The form after a change.
    pub fn apply(mut self, edit: Edit) -> Self {
        match edit {
            Edit::Type(provider_type) => self.set_type(provider_type),
            Edit::KeyTyped(typed) => self.touch_credentials(Field::ApiKey, |form| {
                form.key_typed = typed;
                form.remove_key &= !typed;
            }),
            Edit::RemoveKey(remove) => self.touch_credentials(Field::ApiKey, |form| {
                form.remove_key = remove && form.offers_key_removal() && !form.key_typed;
            }),
            Edit::BaseUrl(text) => self.touch_credentials(Field::BaseUrl, |form| form.draft.base_url = text),
            Edit::AllowHttp(allow) => {
                self.touch_credentials(Field::BaseUrl, |form| form.draft.allow_insecure_http = allow)
            }
            Edit::Model(text) => {
                self.touch_credentials(Field::ModelName, |form| form.draft.model_name = text)
            }
            Edit::Name(text) => self.touch(Field::DisplayName, |form| form.draft.display_name = text),
            Edit::Description(text) => self.touch(Field::Description, |form| form.draft.description = text),
            Edit::DailyLimit(text) => self.touch(Field::DailyTokenLimit, |form| form.daily_limit = text),
            Edit::MonthlyLimit(text) => {
                self.touch(Field::MonthlyTokenLimit, |form| form.monthly_limit = text)
            }
            Edit::Calls(field, text) => self.touch(field, |form| form.calls.set(field, text)),
            Edit::Active(on) => self.touch(Field::IsDefault, |form| form.draft.is_active = on),
            Edit::Default(on) => self.touch(Field::IsDefault, |form| form.draft.is_default = on),
            Edit::Task(task, on) => self.touch(Field::Tasks, |form| form.set_task(task, on)),
            other => self.outcome(other),
        }
        self
    }

    fn outcome(&mut self, edit: Edit) {
        match edit {
            Edit::Began(busy) => {
                self.busy = Some(busy);
                (self.errors, self.failure, self.asks_anyway) = (Vec::new(), None, false);
            }
            Edit::Tested(report) => self.ended(Test::Of(report, self.key_used())),
            Edit::NotSaved(report) => {
                self.ended(Test::Of(report, self.key_used()));
                self.asks_anyway = true;
            }
            Edit::Failed(failure) => self.fail(failure),
            Edit::Refused(errors) => self.errors = errors,
            Edit::NewTask(edit) => {
                let added = NewTask::apply(&mut self.new_task, edit);
                if let Some(task) = added {
                    self.touch(Field::Tasks, |form| form.set_task(task, true));
                }
            }
            Edit::AskDiscard(ask) => self.asks_discard = ask && self.changes() > 0,
            _ => {}
        }
    }

    fn touch(&mut self, field: Field, change: impl FnOnce(&mut Self)) {
        change(self);
        self.errors.retain(|error| error.field != field);
        self.asks_discard = false;
    }

    /// A test says nothing about other credentials than those it was made with.
    fn touch_credentials(&mut self, field: Field, change: impl FnOnce(&mut Self)) {
        self.touch(field, change);
        self.test = Test::None;
        self.asks_anyway = false;
    }

    fn set_type(&mut self, provider_type: ProviderType) {
        if self.provider.is_some() || self.draft.provider_type == provider_type {
            return;
        }
        let base_url = provider_type.default_base_url().unwrap_or_default().to_owned();
        self.touch_credentials(Field::BaseUrl, |form| {
            let model_name = String::new();
            form.draft = ProviderDraft {
                provider_type,
                base_url,
                model_name,
                allow_insecure_http: false,
                ..form.draft.clone()
            };
            form.errors.clear();
        });
    }

    fn set_task(&mut self, task: TaskName, on: bool) {
        self.draft.tasks.retain(|held| *held != task);
        if on {
            self.draft.tasks.push(task);
            self.draft.tasks.sort_unstable();
        }
    }

    fn ended(&mut self, test: Test) {
        (self.busy, self.test) = (None, test);
    }

    fn fail(&mut self, failure: Failure) {
        self.busy = None;
        match failure.code {
            FailureCode::Cancelled => {}
            FailureCode::Invalid if !failure.fields.is_empty() => self.errors = failure.fields,
            _ => self.failure = Some(failure),
        }
    }
}

#[cfg(test)]
mod tests {
    use model::{FieldError, ProviderView, TestOutcome};

    use super::{
        super::{
            super::{list::tests as sample, new_task},
            Busy, KeyUsed,
            tests::ready,
        },
        *,
    };

    #[test]
    fn a_test_says_nothing_about_credentials_changed_after_it() {
        let tested = ready().apply(Edit::Tested(sample::report(TestOutcome::Works, 600)));
        assert!(matches!(tested.test, Test::Of(_, KeyUsed::Typed)));
        assert!(matches!(tested.clone().apply(Edit::Name("B".into())).test, Test::Of(..)));
        assert_eq!(tested.apply(Edit::Model("gpt-6-luna".into())).test, Test::None);
    }

    #[test]
    fn only_a_stored_key_that_the_type_can_do_without_may_be_removed() {
        let stored = |kind| Form::edit(sample::provider(1, "A", kind)).apply(Edit::RemoveKey(true));
        let removing = stored(ProviderType::OpenAiCompatible);
        assert_eq!((removing.remove_key, removing.changes(), removing.key_used()), (true, 1, KeyUsed::None));
        assert!(!stored(ProviderType::OpenAi).remove_key);
        assert!(!Form::new(ProviderType::OpenAiCompatible).apply(Edit::RemoveKey(true)).remove_key);
        let keyless =
            ProviderView { has_key: false, ..sample::provider(1, "A", ProviderType::OpenAiCompatible) };
        assert!(!Form::edit(keyless).offers_key_removal());
    }

    #[test]
    fn a_typed_key_goes_before_removing_the_stored_one() {
        let form = Form::edit(sample::provider(1, "A", ProviderType::OpenAiCompatible));
        let typed = form.apply(Edit::RemoveKey(true)).apply(Edit::KeyTyped(true));
        assert_eq!((typed.remove_key, typed.key_used()), (false, KeyUsed::Typed));
        assert!(!typed.apply(Edit::RemoveKey(true)).remove_key);
    }

    #[test]
    fn choosing_to_remove_the_key_answers_the_question_for_it() {
        let message = "Enter the key again.".to_owned();
        let error = FieldError { field: Field::ApiKey, message };
        let form = Form::edit(sample::provider(1, "A", ProviderType::OpenAiCompatible));
        let asked = form.apply(Edit::Failed(Failure::invalid(vec![error])));
        assert!(asked.error(Field::ApiKey).is_some());
        assert_eq!(asked.apply(Edit::RemoveKey(true)).error(Field::ApiKey), None);
    }

    #[test]
    fn an_added_task_is_checked_at_once() {
        let added = new_task::Edit::Added("interview".parse().unwrap());
        let form = ready().apply(Edit::NewTask(added));
        assert_eq!(form.draft.tasks.iter().map(TaskName::as_str).collect::<Vec<_>>(), ["interview"]);
    }

    #[test]
    fn saving_anyway_is_offered_only_after_a_refusal_and_until_credentials_change() {
        let refused = ready().apply(Edit::NotSaved(sample::report(TestOutcome::KeyRefused, 214)));
        assert!(refused.asks_anyway);
        assert!(!refused.apply(Edit::KeyTyped(true)).asks_anyway);
    }

    #[test]
    fn the_type_of_a_saved_provider_is_fixed() {
        let form = Form::edit(sample::provider(1, "A", ProviderType::OpenAi));
        assert_eq!(form.apply(Edit::Type(ProviderType::Claude)).draft.provider_type, ProviderType::OpenAi);
        let new = ready().apply(Edit::Type(ProviderType::Claude));
        assert_eq!(new.draft.base_url, "https://api.anthropic.com");
        assert_eq!(new.draft.model_name, "");
    }

    #[test]
    fn a_cancelled_test_leaves_no_message() {
        let failure = Failure::new(FailureCode::Cancelled, "cancelled", "Start again.");
        let form = ready().apply(Edit::Began(Busy::Testing(7))).apply(Edit::Failed(failure));
        assert_eq!((form.busy, form.failure), (None, None));
    }

    #[test]
    fn a_clean_form_closes_without_a_question() {
        assert!(!Form::new(ProviderType::OpenAi).apply(Edit::AskDiscard(true)).asks_discard);
        assert!(ready().apply(Edit::AskDiscard(true)).asks_discard);
    }
}
