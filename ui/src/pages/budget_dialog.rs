//! The dialog in which a budget is made or changed.

use std::rc::Rc;

use model::{
    FailureCode, Field,
    budgets::{BudgetDraft, BudgetList, BudgetPeriod, BudgetView},
    command::{ListBudgets, SaveBudget},
    provider::ProviderList,
    vault::Teller,
};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field::{Frame, describing, framed, target, text_input, typed},
        menu::Item,
        menu_button::MenuButton,
        modal::Modal,
        segmented::{Segmented, segmented},
    },
    shell,
    state::{
        budgets::{BudgetForm, Kind, change_of, made, whose},
        toast::Toast,
        workspace::Action,
    },
    t,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct BudgetDialogProps {
    /// Number of the budget to change; `None` makes a new one.
    pub id: Option<i64>,
    /// The configurations and tasks there are.
    pub list: Rc<ProviderList>,
    /// A way to ask for things.
    pub work: Work,
}

/// The dialog: for a budget that is there, as it is by now.
#[component]
pub fn BudgetDialog(props: &BudgetDialogProps) -> Html {
    let opened = use_state(|| props.id.is_none().then_some(Option::<BudgetView>::None));
    use_effect_with(props.id, {
        let (work, opened) = (props.work.clone(), opened.setter());
        move |id| {
            if let Some(id) = *id {
                work.run(async move |work| read(&work, id, opened).await);
            }
        }
    });
    match &*opened {
        Some(budget) => {
            let (list, work) = (props.list.clone(), props.work.clone());
            html! { <BudgetFields budget={budget.clone()} {list} {work} /> }
        }
        None => Html::default(),
    }
}

async fn read(work: &Work, id: i64, opened: UseStateSetter<Option<Option<BudgetView>>>) {
    let found =
        shell::call(ListBudgets {}).await.map(|list| list.budgets.into_iter().find(|budget| budget.id == id));
    match found {
        Ok(Some(budget)) => opened.set(Some(Some(budget))),
        // It was deleted meanwhile; the page behind shows that.
        Ok(None) => {
            work.act(Action::Close);
            work.act(Action::Told(Teller::Budgets, None));
        }
        Err(failure) => {
            work.act(Action::Close);
            work.refused(&failure);
        }
    }
}

#[derive(Properties, PartialEq)]
struct BudgetFieldsProps {
    budget: Option<BudgetView>,
    list: Rc<ProviderList>,
    work: Work,
}

#[component]
fn BudgetFields(props: &BudgetFieldsProps) -> Html {
    let form = use_state(|| props.budget.as_ref().map(BudgetForm::edit).unwrap_or_default());
    let saving = use_state(|| false);
    let onsubmit = {
        let (work, form, saving) = (props.work.clone(), form.clone(), saving.clone());
        let was = props.budget.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            if !*saving {
                save(&work, &form, was.as_ref(), saving.setter());
            }
        }
    };
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let title = if props.budget.is_some() { t!("edit-budget") } else { t!("new-budget") };
    let period = {
        let form = form.clone();
        segmented(Segmented {
            id: "budget-period".into(),
            label: t!("field-budget-period"),
            controls: None,
            options: vec![
                (BudgetPeriod::Month, t!("budget-each-month")),
                (BudgetPeriod::Day, t!("budget-each-day")),
            ],
            value: Some(form.period),
            on_choose: edit(&form, |form, period| BudgetForm { period, ..form }),
        })
    };
    html! {
        <Modal class="dialog" labelled_by="budget-title" first="#budget-kind [tabindex='0']" on_close={close.clone()}>
            <form id="budget-dialog" novalidate=true {onsubmit}>
                <header class="dialog-h"><div><h2 id="budget-title">{ title }</h2></div></header>
                <div class="dialog-b stack g4">
                    { kinds(&form) }
                    { who(&form, props) }
                    <div class="field"><span class="lab">{ t!("field-budget-period") }</span>{ period }</div>
                    { amount(&form) }
                </div>
                <footer class="dialog-f">
                    <button type="button" class="btn" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                    <button type="submit" class="btn primary" id="save-budget" disabled={*saving} aria-busy={saving.to_string()}>
                        if *saving { <span class="spin" aria-hidden="true"></span> }<span>{ t!("save-budget") }</span>
                    </button>
                </footer>
            </form>
        </Modal>
    }
}

/// A change of the form. What was wrong with it is shown until it is saved again.
fn edit<T: 'static>(
    form: &UseStateHandle<BudgetForm>,
    change: impl Fn(BudgetForm, T) -> BudgetForm + 'static,
) -> Callback<T> {
    let form = form.clone();
    Callback::from(move |value| form.set(change((*form).clone(), value)))
}

fn kinds(form: &UseStateHandle<BudgetForm>) -> Html {
    let choice = segmented(Segmented {
        id: "budget-kind".into(),
        label: t!("field-budget-kind"),
        controls: None,
        options: vec![
            (Kind::Whole, t!("budget-whole")),
            (Kind::Config, t!("budget-kind-config")),
            (Kind::Task, t!("budget-kind-task")),
            (Kind::User, t!("budget-kind-user")),
        ],
        value: Some(form.kind),
        on_choose: edit(form, |form, kind| BudgetForm { kind, errors: Vec::new(), ..form }),
    });
    let wrong = form.error(Field::BudgetScope).filter(|_| form.kind == Kind::Whole);
    html! {
        <div class={classes!("field", wrong.is_some().then_some("invalid"))}><span class="lab">{ t!("field-budget-kind") }</span>{ choice }
            if let Some(wrong) = wrong { <p class="err" role="alert">{ crate::components::icon::icon("alert") }<span>{ wrong.to_owned() }</span></p> }
        </div>
    }
}

fn who(form: &UseStateHandle<BudgetForm>, props: &BudgetFieldsProps) -> Html {
    let error = form.error(Field::BudgetScope);
    let (id, _) = target(Field::BudgetScope);
    let (label, input) = match form.kind {
        Kind::Whole => return Html::default(),
        Kind::Config => (t!("budget-kind-config"), configs(form, props)),
        Kind::Task => (t!("budget-kind-task"), tasks(form, props)),
        Kind::User => {
            let input = text_input(
                id,
                "inp mono",
                &form.user,
                error.is_some(),
                edit(form, |form, user| BudgetForm { user, ..form }),
            );
            (t!("budget-kind-user"), input)
        }
    };
    framed(Frame { id, label, remark: String::new(), error, hint: String::new() }, input)
}

fn configs(form: &UseStateHandle<BudgetForm>, props: &BudgetFieldsProps) -> Html {
    let providers = &props.list.providers;
    let item = |provider: &model::ProviderView| Item {
        checked: Some(form.config == Some(provider.number)),
        ..Item::new(provider.number.to_string(), provider.display_name.clone(), "")
    };
    let chosen = providers.iter().find(|provider| Some(provider.number) == form.config);
    let face = match (chosen, &props.budget) {
        (Some(provider), _) => provider.display_name.clone(),
        // Of a configuration that was deleted.
        (None, Some(budget)) if form.config.is_some() => whose(&budget.draft.scope, budget.name.as_deref()),
        (None, _) => t!("choose-provider"),
    };
    let on_choose = edit(form, |form, number: AttrValue| BudgetForm { config: number.parse().ok(), ..form });
    choice(t!("budget-kind-config"), face, providers.iter().map(item).collect(), on_choose)
}

fn tasks(form: &UseStateHandle<BudgetForm>, props: &BudgetFieldsProps) -> Html {
    let item = |task: &model::TaskView| Item {
        checked: Some(form.task == task.name.as_str()),
        ..Item::new(task.name.to_string(), task.name.to_string(), "")
    };
    let face = if form.task.is_empty() { t!("choose-task") } else { form.task.clone() };
    let on_choose = edit(form, |form, task: AttrValue| BudgetForm { task: task.to_string(), ..form });
    choice(t!("budget-kind-task"), face, props.list.tasks.iter().map(item).collect(), on_choose)
}

fn choice(label: String, face: String, items: Vec<Item>, on_choose: Callback<AttrValue>) -> Html {
    let (id, _) = target(Field::BudgetScope);
    html! { <MenuButton {id} {label} face={AttrValue::from(face)} {items} {on_choose} /> }
}

fn amount(form: &UseStateHandle<BudgetForm>) -> Html {
    let (id, label) = target(Field::BudgetAmount);
    let error = form.error(Field::BudgetAmount);
    let oninput =
        edit(form, |form, amount| BudgetForm { amount, ..form }).reform(|event: InputEvent| typed(&event));
    let input = html! {
        <div class="inp-w sfx">
            <input class="inp num" {id} value={form.amount.clone()} inputmode="decimal" autocomplete="off"
                aria-invalid={error.is_some().to_string()} aria-describedby={describing(id)} {oninput} />
            <span class="suffix" aria-hidden="true">{ "USD" }</span>
        </div>
    };
    framed(Frame { id, label, remark: String::new(), error, hint: t!("budget-amount-hint") }, input)
}

fn save(
    work: &Work,
    form: &UseStateHandle<BudgetForm>,
    was: Option<&BudgetView>,
    saving: UseStateSetter<bool>,
) {
    let wrong = |errors: Vec<model::FieldError>, form: &UseStateHandle<BudgetForm>| {
        if let Some(first) = errors.first() {
            browser::focus(&format!("#{}", target(first.field).0));
        }
        form.set(BudgetForm { errors, ..(**form).clone() });
    };
    let draft = match form.draft() {
        Ok(draft) => draft,
        Err(errors) => return wrong(errors, form),
    };
    let (existing, was, form) = (form.existing, was.cloned(), form.clone());
    saving.set(true);
    work.run(async move |work| {
        let reply = work.change_budgets(SaveBudget { existing, draft: draft.clone() }).await;
        saving.set(false);
        match reply {
            Ok(list) => {
                work.act(Action::Close);
                work.act(Action::Say(saved(was.as_ref(), &draft, &list)));
            }
            Err(failure) if failure.code == FailureCode::Invalid => wrong(failure.fields, &form),
            Err(failure) => {
                work.act(Action::Close);
                work.refused(&failure);
            }
        }
    });
}

/// A new one can be taken back, and one that was changed.
fn saved(was: Option<&BudgetView>, draft: &BudgetDraft, list: &BudgetList) -> Toast {
    let title = t!("budget-saved");
    let step = match was {
        Some(was) => change_of(was, list),
        None => made(draft, list),
    };
    match step {
        Some(step) => Toast::undoable(title, String::new(), vec![step]),
        None => Toast::success(title, String::new()),
    }
}
