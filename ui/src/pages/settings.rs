//! Settings: the page with its sections, the local gateway and prices. The other sections have files of their own.

mod backups;
mod idle;
mod limits;
mod program;
mod section_nav;
mod usage_log;

use std::rc::Rc;

use model::{Catalog, Failure, FailureCode, gateway::OnLock, prices::CatalogView, text};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        empty_list::not_read,
        field::{described_by, typed},
        icon::icon,
        key_settings::KeySection,
        page_skeleton::{Outline, page_skeleton},
        price_settings::{Deed, price_settings},
        segmented::{Segmented, segmented},
        setting_line::{setting_line, toggle},
        step_up_settings::StepUpSettings,
    },
    pages::{security::SecuritySection, sharing::SharingSection},
    state::{
        age,
        gateway_settings::{Edit, Gateway, Switch},
        place::Place,
        toast::sentence_case,
        workspace::{Action, Layer, Load, Workspace},
    },
    t,
    work::Work,
};

/// The page.
#[derive(Properties, PartialEq)]
pub struct SettingsPageProps {
    /// Everything known.
    pub state: Workspace,
    /// A way to ask for things.
    pub work: Work,
}

/// The page.
#[component]
pub fn SettingsPage(props: &SettingsPageProps) -> Html {
    let (state, work) = (&props.state, &props.work);
    use_effect_with((), {
        let work = work.clone();
        move |()| {
            work.read_gateway();
            work.read_prices();
            work.catalogue();
        }
    });
    let ready = state.gateway != Load::Waiting && state.prices != Load::Waiting;
    use_effect_with(ready, |ready| browser::set_screen(Place::Settings.as_str(), *ready));
    let gateway = match &state.gateway {
        Load::Waiting => page_skeleton(t!("reading-gateway"), Outline::Lines(5)),
        Load::Failed(failure) => {
            let work = work.clone();
            not_read(failure, &Callback::from(move |()| work.read_gateway()))
        }
        Load::Ready(gateway) => gateway_card(gateway, work),
    };
    html! {
        <main class="main" id="main">
            <header class="top"><div class="top-t"><h1 tabindex="-1">{ Place::Settings.title() }</h1></div></header>
            <div class="content">
                <div class="set">
                    <section_nav::SectionNav />
                    <div>
                        <SecuritySection covered={state.layer != Layer::None} work={work.clone()} />
                        <section class="set-s" id="locking" tabindex="-1"><h2>{ t!("locking") }</h2><idle::IdleLock work={work.clone()} /></section>
                        <section class="set-s" id="step-up" tabindex="-1"><h2>{ t!("step-up-section") }</h2><StepUpSettings work={work.clone()} /></section>
                        <KeySection work={work.clone()} />
                        <section class="set-s" id="gateway" tabindex="-1" data-region="gateway"><h2>{ t!("local-gateway") }</h2>{ gateway }</section>
                        <section class="set-s" id="prices" tabindex="-1"><h2>{ t!("prices-section") }</h2><Prices view={state.prices.clone()} work={work.clone()} /></section>
                        <limits::LimitsSection covered={state.layer != Layer::None} changed={state.quotas_changed} work={work.clone()} />
                        <usage_log::UsageLogSection covered={state.layer != Layer::None} zone={state.zone.clone()} work={work.clone()} />
                        <backups::BackupSection work={work.clone()} />
                        <SharingSection providers={state.providers().map_or(0, |list| list.providers.len())} work={work.clone()} />
                        <program::ProgramSections catalogue={catalogue(state.catalog.as_ref())} work={work.clone()} />
                    </div>
                </div>
            </div>
        </main>
    }
}

/// What the lines about prices need.
#[derive(Properties, PartialEq)]
struct PricesProps {
    view: Load<CatalogView>,
    work: Work,
}

/// The lines about prices, with the file that is being looked at and what was wrong with the last one.
#[component]
fn Prices(props: &PricesProps) -> Html {
    let reading = use_state(|| false);
    let fault = use_state(|| Option::<Failure>::None);
    let work = props.work.clone();
    let view = match &props.view {
        Load::Waiting => return page_skeleton(t!("reading-prices"), Outline::Lines(3)),
        Load::Failed(failure) => return not_read(failure, &Callback::from(move |()| work.read_prices())),
        Load::Ready(view) => view,
    };
    let on_deed = {
        let (reading, fault) = (reading.setter(), fault.setter());
        Callback::from(move |deed| match deed {
            Deed::Restore => work.act(Action::Open(Layer::RestoreCatalog)),
            Deed::Reprice => work.act(Action::Open(Layer::Reprice)),
            Deed::File(file) => {
                let (reading, fault) = (reading.clone(), fault.clone());
                reading.set(true);
                work.run(async move |work| {
                    let looked = work.look_at_catalog(file).await;
                    reading.set(false);
                    match looked.err() {
                        Some(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                        failure => fault.set(failure),
                    }
                });
            }
        })
    };
    price_settings(view, *reading, fault.as_ref(), &on_deed)
}

fn gateway_card(gateway: &Rc<Gateway>, work: &Work) -> Html {
    let settings = gateway.settings();
    let waits = gateway.asked.is_some();
    let on_switch = {
        let work = work.clone();
        Callback::from(move |switch| work.switch_gateway(switch))
    };
    let enabled = toggle(
        "gateway-enabled",
        t!("serve-here"),
        settings.enabled,
        waits,
        &on_switch.reform(Switch::Enabled),
    );
    let on_lock = segmented(Segmented {
        id: "on-lock".into(),
        label: t!("when-locked"),
        controls: None,
        options: vec![(OnLock::Stop, t!("on-lock-stop")), (OnLock::Finish, t!("on-lock-finish"))],
        value: Some(settings.on_lock),
        on_choose: on_switch.reform(Switch::OnLock),
    });
    let line = |title, text: String, control| setting_line(title, html! { { text } }, control);
    html! {
        <>
            { trouble(gateway) }
            <div class="card" id="gateway-card" aria-busy={waits.to_string()}>
                { line(t!("serve-here"), t!("serve-here-text"), enabled) }
                { line(t!("address"), running(gateway), address(gateway, work)) }
                { port(gateway, work) }
                { line(t!("client-token"), token_text(gateway), token_button(gateway, work)) }
                { line(t!("when-locked"), t!("when-locked-text"), on_lock) }
            </div>
        </>
    }
}

/// Why it was not set, or why it does not run although it should.
fn trouble(gateway: &Gateway) -> Html {
    if let Some(failure) = &gateway.fault {
        return html! {
            <div class="note danger" role="alert" id="gateway-refused">
                { icon("alert") }<div><p><b>{ sentence_case(&failure.message) }</b></p><p>{ failure.advice.clone() }</p></div>
            </div>
        };
    }
    match &gateway.view.trouble {
        Some(trouble) => html! {
            <div class="note warn" role="alert" id="gateway-trouble">{ icon("alert") }<div><p>{ sentence_case(trouble) }</p></div></div>
        },
        None => Html::default(),
    }
}

fn running(gateway: &Gateway) -> String {
    let calls = text::group_digits(u128::from(gateway.view.calls_today));
    match (gateway.view.running_since, gateway.view.settings.enabled) {
        (Some(since), _) => t!("gateway-running", time = browser::clock_within(since), calls = calls),
        (None, true) => t!("gateway-not-running"),
        (None, false) => t!("gateway-off"),
    }
}

fn address(gateway: &Gateway, work: &Work) -> Html {
    let onclick = {
        let (work, address) = (work.clone(), gateway.address());
        move |_: MouseEvent| work.copy(address.clone())
    };
    let label = t!("copy-address");
    html! {
        <span class="row">
            <span class="mono pick-all" id="gateway-address">{ gateway.address() }</span>
            <button type="button" class="ib" id="copy-address" aria-label={label.clone()} title={label} {onclick}>{ icon("copy") }</button>
        </span>
    }
}

fn port(gateway: &Rc<Gateway>, work: &Work) -> Html {
    let edit = {
        let work = work.clone();
        Callback::from(move |edit| work.act(Action::Gateway(edit)))
    };
    let oninput = edit.reform(|event: InputEvent| Edit::Port(typed(&event)));
    let apply = {
        let work = work.clone();
        Callback::from(move |()| work.switch_gateway(Switch::Port))
    };
    let onkeydown = {
        let (apply, edit) = (apply.clone(), edit.clone());
        move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => apply.emit(()),
            "Escape" => {
                event.stop_propagation();
                edit.emit(Edit::PutPortBack);
            }
            _ => {}
        }
    };
    let fault = gateway.port_fault();
    let text = match &fault {
        Some(fault) => {
            html! { <span class="err" role="alert">{ icon("alert") }<span>{ fault }</span></span> }
        }
        None => html! { { t!("port-text") } },
    };
    let control = html! {
        <span class={classes!("row", fault.is_some().then_some("invalid"))}>
            if gateway.is_port_changed() {
                <button type="button" class="btn sm" id="apply-port" disabled={fault.is_some() || gateway.asked.is_some()}
                    onclick={apply.reform(|_: MouseEvent| ())}>{ t!("apply-port") }</button>
            }
            <input class="inp num w96" id="gateway-port" aria-label={t!("port")} inputmode="numeric" autocomplete="off" value={gateway.port.clone()}
                aria-invalid={fault.is_some().to_string()} aria-describedby={described_by("gateway-port")} {oninput} {onkeydown} />
        </span>
    };
    setting_line(t!("port"), html! { <span id={described_by("gateway-port")}>{ text }</span> }, control)
}

fn token_text(gateway: &Gateway) -> String {
    match &gateway.view.token_last_four {
        Some(last) => t!("token-ends", last = last.as_str()),
        None => t!("token-none"),
    }
}

fn token_button(gateway: &Gateway, work: &Work) -> Html {
    let onclick = {
        let work = work.clone();
        move |_: MouseEvent| work.act(Action::Open(Layer::GatewayToken))
    };
    let label = if gateway.view.token_last_four.is_some() { t!("replace-token") } else { t!("make-token") };
    html! { <button type="button" class="btn sm" id="replace-token" {onclick}><span>{ label }</span></button> }
}

fn catalogue(catalog: Option<&Rc<Catalog>>) -> String {
    let text = catalog.map(|catalog| {
        t!("catalogue", day = age::catalog_date(&catalog.as_of), models = catalog.models.len())
    });
    text.unwrap_or_default()
}
