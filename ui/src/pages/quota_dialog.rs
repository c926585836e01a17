//! The dialog in which a user's quota is made or changed.

use std::rc::Rc;

use model::{
    FailureCode, Field, FieldError,
    command::{SetQuota, ViewLimits},
};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field::{Frame, framed, text_input},
        modal::Modal,
    },
    shell,
    state::{
        quotas::{QuotaForm, change_of},
        toast::Toast,
        workspace::Action,
    },
    t,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct QuotaDialogProps {
    /// Whose quota is changed; `None` makes a new one.
    pub user: Option<Rc<str>>,
    /// A way to ask for things.
    pub work: Work,
}

/// The dialog: for a quota that is there, as it is by now.
#[component]
pub fn QuotaDialog(props: &QuotaDialogProps) -> Html {
    let opened = use_state(|| props.user.is_none().then(QuotaForm::default));
    use_effect_with(props.user.clone(), {
        let (work, opened) = (props.work.clone(), opened.setter());
        move |user| {
            if let Some(user) = user.clone() {
                work.run(async move |work| read(&work, &user, opened).await);
            }
        }
    });
    match &*opened {
        Some(form) => html! { <QuotaFields opened={form.clone()} work={props.work.clone()} /> },
        None => Html::default(),
    }
}

async fn read(work: &Work, user: &str, opened: UseStateSetter<Option<QuotaForm>>) {
    match shell::call(ViewLimits {}).await {
        Ok(limits) => match limits.quotas.iter().find(|kept| kept.quota.user == user) {
            Some(kept) => opened.set(Some(QuotaForm::edit(kept))),
            // It was deleted meanwhile; the page behind shows that.
            None => work.act(Action::Close),
        },
        Err(failure) => {
            work.act(Action::Close);
            work.refused(&failure);
        }
    }
}

#[derive(Properties, PartialEq)]
struct QuotaFieldsProps {
    opened: QuotaForm,
    work: Work,
}

#[component]
fn QuotaFields(props: &QuotaFieldsProps) -> Html {
    let form = use_state(|| props.opened.clone());
    let saving = use_state(|| false);
    let onsubmit = {
        let (work, form, saving) = (props.work.clone(), form.clone(), saving.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if !*saving {
                save(&work, &form, saving.setter());
            }
        }
    };
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let is_new = form.seen.is_none();
    let (title, first) = match is_new {
        true => (t!("new-quota"), "#quota-user"),
        false => (t!("edit-quota"), "#quota-daily"),
    };
    html! {
        <Modal class="dialog" labelled_by="quota-title" {first} on_close={close.clone()}>
            <form id="quota-dialog" novalidate=true {onsubmit}>
                <header class="dialog-h"><div><h2 id="quota-title">{ title }</h2></div></header>
                <div class="dialog-b stack g4">
                    { user(&form, is_new) }
                    { number(&form, Field::DailyTokenLimit, &form.daily, |form, daily| QuotaForm { daily, ..form }) }
                    { number(&form, Field::MonthlyTokenLimit, &form.monthly, |form, monthly| QuotaForm { monthly, ..form }) }
                    { number(&form, Field::RequestsPerMinute, &form.requests, |form, requests| QuotaForm { requests, ..form }) }
                </div>
                <footer class="dialog-f">
                    <button type="button" class="btn" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                    <button type="submit" class="btn primary" id="save-quota" disabled={*saving} aria-busy={saving.to_string()}>
                        if *saving { <span class="spin" aria-hidden="true"></span> }<span>{ t!("save-quota") }</span>
                    </button>
                </footer>
            </form>
        </Modal>
    }
}

/// Whose it is, which does not change.
fn user(form: &UseStateHandle<QuotaForm>, is_new: bool) -> Html {
    if !is_new {
        let whose = crate::state::quotas::whose(&form.user);
        return html! { <div class="field"><span class="lab">{ t!("field-quota-user") }</span><b id="quota-of" dir="auto">{ whose }</b></div> };
    }
    let error = form.error(Field::QuotaUser);
    let typed = edit(form, |form, user| QuotaForm { user, ..form });
    let input = text_input("quota-user", "inp mono", &form.user, error.is_some(), typed);
    let (label, hint) = (t!("field-quota-user"), t!("quota-user-hint"));
    framed(Frame { id: "quota-user", label, remark: String::new(), error, hint }, input)
}

fn number(
    form: &UseStateHandle<QuotaForm>,
    field: Field,
    value: &str,
    change: impl Fn(QuotaForm, String) -> QuotaForm + 'static,
) -> Html {
    let (id, label) = place(field);
    let error = form.error(field);
    let input = text_input(id, "inp num", value, error.is_some(), edit(form, change));
    framed(Frame { id, label, remark: t!("optional"), error, hint: String::new() }, input)
}

/// A field's input and its name.
fn place(field: Field) -> (&'static str, String) {
    match field {
        Field::DailyTokenLimit => ("quota-daily", t!("field-daily-limit")),
        Field::MonthlyTokenLimit => ("quota-monthly", t!("field-monthly-limit")),
        Field::RequestsPerMinute => ("quota-requests", t!("field-requests-per-minute")),
        _ => ("quota-user", t!("field-quota-user")),
    }
}

/// A change of the form. What was wrong with it is shown until it is saved again.
fn edit(
    form: &UseStateHandle<QuotaForm>,
    change: impl Fn(QuotaForm, String) -> QuotaForm + 'static,
) -> Callback<String> {
    let form = form.clone();
    Callback::from(move |value| form.set(change((*form).clone(), value)))
}

fn save(work: &Work, form: &UseStateHandle<QuotaForm>, saving: UseStateSetter<bool>) {
    let wrong = |errors: Vec<FieldError>, form: &UseStateHandle<QuotaForm>| {
        if let Some(first) = errors.first() {
            browser::focus(&format!("#{}", place(first.field).0));
        }
        form.set(QuotaForm { errors, ..(**form).clone() });
    };
    let quota = match form.quota() {
        Ok(quota) => quota,
        Err(errors) => return wrong(errors, form),
    };
    let (seen, was, user, form) = (form.seen, form.was.clone(), quota.user.clone(), form.clone());
    saving.set(true);
    work.run(async move |work| {
        let reply = shell::call(SetQuota { quota, seen }).await;
        saving.set(false);
        match reply {
            Ok(limits) => {
                work.act(Action::Close);
                let undo = vec![change_of(user, was, &limits)];
                work.act(Action::Say(Toast::undoable(t!("quota-saved"), String::new(), undo)));
            }
            Err(failure) if failure.code == FailureCode::Invalid => wrong(failure.fields, &form),
            // Who was asked for a proof and has none just now is back at the form.
            Err(failure) if failure.code == FailureCode::Cancelled => {}
            Err(failure) => {
                work.act(Action::Close);
                work.refused(&failure);
            }
        }
    });
}
