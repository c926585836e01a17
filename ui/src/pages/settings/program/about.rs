//! What the program is made of, with the licences that were found when it was built.

use std::rc::Rc;

use model::{
    command::ViewLicences,
    program::{LicencedPackage, Licences, ProgramView},
};
use yew::prelude::*;

use crate::{components::setting_line::setting_line, shell, t, work::Work};

/// The lines.
#[derive(Properties, PartialEq)]
pub struct AboutProps {
    /// The program.
    pub view: Rc<ProgramView>,
    /// The catalogue, in words.
    pub catalogue: String,
    /// A way to ask for things.
    pub work: Work,
}

/// The lines.
#[component]
pub fn About(props: &AboutProps) -> Html {
    let licences = use_state(|| Option::<Rc<Licences>>::None);
    let chosen = use_state(|| Option::<usize>::None);
    let onclick = {
        let (work, licences) = (props.work.clone(), licences.setter());
        move |_: MouseEvent| {
            let licences = licences.clone();
            work.run(async move |work| match shell::call(ViewLicences {}).await {
                Ok(read) => licences.set(Some(Rc::new(read))),
                Err(failure) => work.refused(&failure),
            });
        }
    };
    let mut parts = props.view.parts.iter();
    let version = parts.next().map(|program| t!("version", version = program.version.as_str()));
    let made_of = parts.map(|part| format!("{} {}", part.name, part.version)).collect::<Vec<_>>().join(", ");
    let button = html! {
        <button type="button" class="btn sm" id="show-licences" disabled={licences.is_some()} {onclick}><span>{ t!("licences-show") }</span></button>
    };
    html! {
        <>
            <div class="card" id="about-card">
                { setting_line(version.unwrap_or_default(), html! { { props.catalogue.clone() } }, Html::default()) }
                { setting_line(t!("made-of"), html! { <span id="made-of">{ made_of }</span> }, Html::default()) }
                { setting_line(t!("licences"), html! { { t!("licences-text") } }, button) }
            </div>
            { for licences.as_ref().map(|all| table(all, &chosen)) }
        </>
    }
}

fn table(all: &Rc<Licences>, chosen: &UseStateHandle<Option<usize>>) -> Html {
    if all.packages.is_empty() {
        return html! { <p class="hint" id="licences-none">{ t!("licences-none") }</p> };
    }
    let row = |(place, package): (usize, &LicencedPackage)| {
        let onclick = {
            let chosen = chosen.setter();
            move |_: MouseEvent| chosen.set(Some(place))
        };
        html! {
            <tr key={place.to_string()}>
                <th scope="row">{ &package.name }</th><td class="num">{ &package.version }</td>
                <td>
                    if package.texts.is_empty() { { &package.licence } }
                    else { <button type="button" class="btn link sm" aria-expanded={(**chosen == Some(place)).to_string()} {onclick}>{ &package.licence }</button> }
                </td>
            </tr>
        }
    };
    html! {
        <div class="card licences" id="licences">
            <div class="scrolls" tabindex="0" role="region" aria-label={t!("licences")}>
                <table class="tbl" aria-label={t!("licences")}>
                    <thead><tr><th scope="col">{ t!("licence-of") }</th><th scope="col">{ t!("licence-version") }</th><th scope="col">{ t!("licence") }</th></tr></thead>
                    <tbody>{ for all.packages.iter().enumerate().map(row) }</tbody>
                </table>
            </div>
            { for (**chosen).and_then(|place| all.packages.get(place)).map(|package| texts(all, package)) }
        </div>
    }
}

fn texts(all: &Licences, package: &LicencedPackage) -> Html {
    let texts = package.texts.iter().filter_map(|place| all.texts.get(*place));
    html! {
        <div class="scrolls" id="licence-text" tabindex="0" role="region" aria-label={t!("licence-text-of", name = package.name.as_str())}>
            { for texts.map(|text| html! { <pre class="mono">{ text }</pre> }) }
        </div>
    }
}
