//! A vault whose files cannot be used as they are: what is wrong and what to do, in place of the form.

use model::Failure;
use yew::prelude::*;

use crate::{
    components::icon::{brand_mark, icon},
    pages::rescue::RescueProps,
    parts::RescueDoor,
    state::{heard::heard, toast::sentence_case},
    t,
};

/// What is wrong.
pub struct UnusableProps {
    /// What is wrong and what to do.
    pub fault: Failure,
    /// Look again.
    pub on_retry: Callback<()>,
}

/// The page of a vault that cannot be used.
pub fn unusable_page(props: &UnusableProps) -> Html {
    let on_retry = props.on_retry.reform(|_: MouseEvent| ());
    let rescue = RescueProps { input: None, on_done: props.on_retry.clone() };
    html! {
        <div class="lock">
            <main class="lock-c">
                { brand_mark() }
                <h1>{ t!("unusable-title") }</h1>
                <div class="form">
                    <div class="note danger" role="alert" id="vault-fault">
                        { icon("alert") }
                        <div>
                            <p><b>{ sentence_case(&props.fault.message) }</b></p>
                            <p>{ props.fault.advice.as_deref().map(heard) }</p>
                        </div>
                    </div>
                    <button type="button" class="btn primary lg block" id="try-again" onclick={on_retry}>
                        <span>{ t!("try-again") }</span>
                    </button>
                </div>
                <RescueDoor ..rescue />
            </main>
        </div>
    }
}
