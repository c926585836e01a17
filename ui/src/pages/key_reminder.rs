//! Keys that are older than a person wants them to be: a note beside the list, with what to do about it.

use std::rc::Rc;

use model::{
    command::{ListOldKeys, RemindLater},
    keys::OldKeys,
    provider::ProviderList,
};
use yew::prelude::*;

use crate::{
    components::icon::icon,
    shell,
    state::workspace::{Action, Layer},
    t,
    texts::name,
    work::Work,
};

/// The note.
#[derive(Properties, PartialEq)]
pub struct KeyReminderProps {
    /// The list beside it; whenever it is another one, keys may be, too.
    pub list: Rc<ProviderList>,
    /// A way to ask for things.
    pub work: Work,
}

/// The note; nothing while no key is old.
#[component]
pub fn KeyReminder(props: &KeyReminderProps) -> Html {
    let old = use_state(OldKeys::default);
    use_effect_with(Rc::as_ptr(&props.list), {
        let (work, old) = (props.work.clone(), old.setter());
        move |_| {
            // Nobody asked for it, so nobody is told when it fails.
            work.run(async move |_| {
                if let Ok(keys) = shell::call(ListOldKeys {}).await {
                    old.set(keys);
                }
            });
        }
    });
    let Some(oldest) = old.keys.first() else { return Html::default() };
    let shown = name(&oldest.display_name);
    let (title, detail) = if old.keys.len() == 1 {
        (t!("key-reminder-one", name = shown, days = oldest.age_days), t!("key-reminder-why"))
    } else {
        let title = t!("key-reminder-many", count = old.keys.len(), days = old.remind_days);
        (title, t!("key-reminder-oldest", name = shown, days = oldest.age_days))
    };
    let replace = {
        let (work, id) = (props.work.clone(), oldest.id);
        move |_: MouseEvent| work.act(Action::Open(Layer::Key(id)))
    };
    let later = {
        let (work, old) = (props.work.clone(), old.setter());
        move |_: MouseEvent| {
            let old = old.clone();
            work.run(async move |work| match shell::call(RemindLater {}).await {
                Ok(keys) => old.set(keys),
                Err(failure) => work.refused(&failure),
            });
        }
    };
    html! {
        <section class="remind" id="key-reminder" aria-label={t!("key-reminder")}>
            { icon("clock") }
            <div class="grow"><b dir="auto">{ title }</b><p dir="auto">{ detail }</p></div>
            <button type="button" class="btn sm" id="remind-later" onclick={later}><span>{ t!("key-reminder-later") }</span></button>
            <button type="button" class="btn sm primary" id="remind-replace" onclick={replace}><span>{ t!("key-reminder-replace") }</span></button>
        </section>
    }
}
