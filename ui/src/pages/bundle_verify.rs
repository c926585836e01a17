//! A bundle's file, judged: who signed it, for whom, whether a newer one was made, and until when it can be applied.

use std::rc::Rc;

use model::{Failure, FailureCode, bundles::BundleVerdict, command::VerifyBundle};
use web_sys::File;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        file_drop::FileDrop,
        file_field::{FileChoice, file_choice},
        icon::{icon, small_icon},
    },
    pages::change_password::refusal,
    shell,
    state::bundles::FILE_LIMIT,
    t,
    texts::name,
    work::Work,
};

/// The card.
#[derive(Properties, PartialEq)]
pub struct VerifyCardProps {
    /// A way to ask for things.
    pub work: Work,
}

#[derive(Clone)]
struct Judging {
    work: Work,
    file: UseStateHandle<Option<String>>,
    verdict: UseStateHandle<Option<Result<Rc<BundleVerdict>, Failure>>>,
    busy: UseStateHandle<bool>,
}

impl Judging {
    fn judge(&self, file: File) {
        let judging = self.clone();
        judging.file.set(Some(file.name()));
        judging.verdict.set(None);
        judging.busy.set(true);
        self.work.run(async move |work| {
            let judged = match text_of(&file).await {
                Ok(file) => shell::call(VerifyBundle { file }).await,
                Err(failure) => Err(failure),
            };
            judging.busy.set(false);
            match judged {
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                judged => judging.verdict.set(Some(judged.map(Rc::new))),
            }
        });
    }
}

async fn text_of(file: &File) -> Result<String, Failure> {
    if file.size() > FILE_LIMIT {
        let advice = t!("bundle-too-large-advice");
        return Err(Failure::new(FailureCode::Other, t!("bundle-too-large"), advice));
    }
    let unread = || Failure::new(FailureCode::Other, t!("bundle-unread"), t!("bundle-unread-advice"));
    browser::text_of_file(file).await.ok_or_else(unread)
}

/// The card.
#[component]
pub fn VerifyCard(props: &VerifyCardProps) -> Html {
    let judging = Judging {
        work: props.work.clone(),
        file: use_state(|| None),
        verdict: use_state(|| None),
        busy: use_state(|| false),
    };
    let open = use_state(|| false);
    let choice = FileChoice {
        id: "verify-file",
        accept: ".sbundle",
        disabled: *judging.busy,
        reading: *judging.busy,
        chosen: judging.file.as_ref().map(|file| name(file)),
        hint: t!("bundle-verify-hint"),
    };
    let on_choose = {
        let judging = judging.clone();
        Callback::from(move |file| judging.judge(file))
    };
    html! {
        <section class="card" id="verify-bundle" aria-labelledby="verify-t">
            <div class="card-h line"><h2 id="verify-t">{ t!("bundle-verify") }</h2></div>
            <div class="card-b">
                <FileDrop id="verify-drop" disabled={*judging.busy} on_drop={on_choose.clone()}>{ icon("upload") }{ file_choice(choice, &on_choose) }</FileDrop>
                <div id="verdict" aria-live="polite">{
                    match &*judging.verdict {
                        None => Html::default(),
                        Some(Err(failure)) => html! { <div class="mt3">{ refusal(failure) }</div> },
                        Some(Ok(verdict)) => judged(verdict, &open),
                    }
                }</div>
            </div>
        </section>
    }
}

fn judged(verdict: &BundleVerdict, open: &UseStateHandle<bool>) -> Html {
    let onclick = {
        let open = open.clone();
        move |_: MouseEvent| open.set(!*open)
    };
    let word = if **open { t!("bundle-hide-contents") } else { t!("bundle-show-contents") };
    let contents = || match verdict.configurations.is_empty() {
        true => html! { <p class="t3 sm mt2">{ t!("bundle-no-contents") }</p> },
        false => html! {
            <ul class="checks mt2" id="bundle-contents">{ for verdict.configurations.iter().map(|one| html! { <li>{ small_icon("stack") }<span dir="auto">{ one }</span></li> }) }</ul>
        },
    };
    html! {
        <>
            <ul class="checks mt2">{ for checks(verdict).into_iter().map(check) }</ul>
            <div class="row-w between mt2">
                <span class="fpr">{ &verdict.fingerprint }</span>
                if verdict.is_ours {
                    <button type="button" class="btn sm" id="show-contents" aria-expanded={open.to_string()} {onclick}>{ small_icon("eye") }<span>{ word }</span></button>
                }
            </div>
            if **open && verdict.is_ours { { contents() } }
        </>
    }
}

/// Tone, icon, what is so, and what that means.
type Check = (&'static str, &'static str, String, String);

fn checks(verdict: &BundleVerdict) -> Vec<Check> {
    let (good, warn, bad) = (("ok", "okc"), ("warn", "alert"), ("danger", "xc"));
    let line =
        |(tone, sign): (&'static str, &'static str), what: String, how: String| (tone, sign, what, how);
    let kid = verdict.kid.as_str();
    let signature = match verdict.key_in_force {
        true => t!("bundle-signature-now", kid = kid),
        false => t!("bundle-signature-before", kid = kid),
    };
    let mut checks = vec![line(good, t!("bundle-signature"), signature)];
    checks.push(match &verdict.server_name {
        Some(server) => line(good, t!("bundle-made-for", name = name(server)), t!("bundle-made-for-text")),
        None => line(warn, t!("bundle-made-for-unknown"), String::new()),
    });
    checks.push(if verdict.serial >= verdict.newest {
        line(good, t!("bundle-newest"), t!("bundle-newest-text", serial = verdict.serial))
    } else {
        let text = t!("bundle-older-text", serial = verdict.serial, newest = verdict.newest);
        line(warn, t!("bundle-older"), text)
    });
    if !verdict.is_ours {
        checks.push(line(warn, t!("bundle-not-ours"), t!("bundle-not-ours-text")));
    }
    let time = browser::clock_within(verdict.expires_at);
    checks.push(match verdict.has_expired {
        true => line(bad, t!("bundle-over"), t!("bundle-over-since", time = time)),
        false => line(good, t!("bundle-good"), t!("bundle-good-text", time = time)),
    });
    checks
}

fn check((tone, sign, what, how): Check) -> Html {
    html! { <li class={tone} data-check={tone}>{ icon(sign) }<span><b>{ what }</b>{ " " }{ how }</span></li> }
}
