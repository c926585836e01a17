//! What can lie over a page, one at a time: drawer, dialogs, palette, shortcuts.

use std::rc::Rc;

use model::{ProviderType, provider::ProviderList};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        delete_dialog::DeleteDialog,
        palette::Palette,
        shortcut_list::{ShortcutListProps, shortcut_list},
    },
    pages::{
        budget_dialog::BudgetDialog,
        bundle_confirm::BundleConfirm,
        bundle_export::BundleExport,
        bundle_reach::BundleReach,
        bundle_server::AddServerDialog,
        catalog_dialogs::{CatalogDialog, Question},
        change_password::ChangePasswordDialog,
        delete_many::DeleteManyDialog,
        export_providers::ExportProvidersDialog,
        first_provider::FirstProviderDialog,
        gateway_token::GatewayTokenDialog,
        import_shared::ImportSharedDialog,
        import_usage::ImportUsageDialog,
        key_reminder::KeyReminder,
        link_offer::LinkDialog,
        make_route::MakeRouteDialog,
        provider_drawer::ProviderDrawer,
        provider_key::ProviderKeyDialog,
        quota_dialog::QuotaDialog,
        recovery_kit::RecoveryKitDialog,
        remote_dialog::RemoteDialog,
        remote_forget::ForgetRemoteDialog,
        remote_login::RemoteLoginDialog,
        reprice::RepriceDialog,
        restore::RestoreDialog,
        retention::RetentionDialog,
        rotate_key::RotateKeyDialog,
        save_prompt::SavePromptDialog,
        set_up::SetUpDialog,
        sync_key::SendKeyDialog,
        sync_promote::PromoteDialog,
        try_split::TrySplitDialog,
    },
    parts::{self, Shown},
    state::{
        bundles,
        form::Form,
        list::{Column, Moved, Sort},
        palette::{Deed, Opens, Press, Touch},
        place::Place,
        routing::{self, preview},
        security::Dialog,
        toast::Toast,
        workspace::{Action, Layer, Load},
    },
    t,
    work::{Store, Work},
};

/// Looks for something of a page, two frames apart: some seconds, which a page that has to be fetched may take.
const DRAWN_WITHIN: usize = 150;

/// What lies over the page.
pub fn layer((state, work): Shown) -> Html {
    let (state, work) = (&state, &work);
    let close = {
        let work = work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let Some(list) = state.0.providers().cloned() else { return Html::default() };
    let drawer = |form: Form| {
        let key = form
            .provider
            .as_ref()
            .map_or_else(String::new, |provider| format!("{}-{}", provider.id, provider.revision));
        html! { <ProviderDrawer {key} opened={form} list={list.clone()} catalog={state.0.catalog.clone()} work={work.clone()} /> }
    };
    match &state.0.layer {
        Layer::None => Html::default(),
        Layer::Add(kind) => drawer(Form::new(*kind)),
        Layer::AddFrom(draft) => drawer(Form::proposed((**draft).clone())),
        Layer::FirstProvider => {
            html! { <FirstProviderDialog {list} catalog={state.0.catalog.clone()} work={work.clone()} /> }
        }
        Layer::SetUp(set_up) => html! { <SetUpDialog set_up={*set_up} work={work.clone()} /> },
        Layer::Link(proposed) => {
            html! { <LinkDialog proposed={proposed.clone()} {list} work={work.clone()} /> }
        }
        Layer::Edit(provider) => drawer(Form::edit((**provider).clone())),
        Layer::DeleteMany(ids) => {
            html! { <DeleteManyDialog ids={ids.clone()} {list} work={work.clone()} /> }
        }
        Layer::Delete(preview) => {
            let (work, provider) = (work.clone(), preview.provider.clone());
            let on_confirm = Callback::from(move |typed| work.delete(&provider, typed));
            html! { <DeleteDialog preview={(**preview).clone()} {on_confirm} on_close={close} /> }
        }
        Layer::MakeRoute(id, task) => {
            html! { <MakeRouteDialog provider={*id} task={task.clone()} {list} work={work.clone()} /> }
        }
        Layer::TrySplit(task, id) => {
            html! { <TrySplitDialog task={task.clone()} provider={*id} {list} work={work.clone()} /> }
        }
        Layer::SavePrompt => {
            html! { <SavePromptDialog state={state.0.playground.clone()} work={work.clone()} /> }
        }
        Layer::GatewayToken => {
            let replaces = match &state.0.gateway {
                Load::Ready(gateway) => gateway.view.token_last_four.is_some(),
                Load::Waiting | Load::Failed(_) => false,
            };
            html! { <GatewayTokenDialog {replaces} work={work.clone()} /> }
        }
        Layer::ImportCatalog(file) => {
            html! { <CatalogDialog question={Question::Import(file.clone())} work={work.clone()} /> }
        }
        Layer::RestoreCatalog => html! { <CatalogDialog question={Question::Restore} work={work.clone()} /> },
        Layer::ImportUsage => html! { <ImportUsageDialog work={work.clone()} /> },
        Layer::Reprice => html! { <RepriceDialog work={work.clone()} /> },
        Layer::Retention => html! { <RetentionDialog work={work.clone()} /> },
        Layer::Restore(place) => html! { <RestoreDialog place={place.clone()} work={work.clone()} /> },
        Layer::Budget(id) => html! { <BudgetDialog id={*id} {list} work={work.clone()} /> },
        Layer::Quota(user) => html! { <QuotaDialog user={user.clone()} work={work.clone()} /> },
        Layer::Security(dialog) => {
            let work = work.clone();
            match dialog {
                Dialog::Password => html! { <ChangePasswordDialog {work} /> },
                Dialog::Kit => html! { <RecoveryKitDialog {work} /> },
                Dialog::Key => html! { <RotateKeyDialog {work} /> },
                Dialog::Export => {
                    html! { <ExportProvidersDialog {list} marked={state.0.selected.clone()} {work} /> }
                }
                Dialog::Import => html! { <ImportSharedDialog {work} /> },
                Dialog::Remote(id) => html! { <RemoteDialog id={*id} {work} /> },
                Dialog::RemoteLogin(id) => html! { <RemoteLoginDialog id={*id} {work} /> },
                Dialog::ForgetRemote(id) => html! { <ForgetRemoteDialog id={*id} {work} /> },
                Dialog::Promote(id) => html! { <PromoteDialog from={*id} {list} {work} /> },
                Dialog::SendKey(id) => html! { <SendKeyDialog id={*id} {list} {work} /> },
            }
        }
        Layer::Bundle(dialog) => bundle(dialog, &list, work),
        Layer::Key(id) => match state.0.provider(*id).cloned() {
            Some(provider) => html! { <ProviderKeyDialog {provider} work={work.clone()} /> },
            None => Html::default(),
        },
        Layer::Palette => {
            let work = work.clone();
            let (state, recent) = (state.clone(), state.0.recent.clone());
            let on_choose = Callback::from(move |deed| run(deed, &work, &state));
            html! { <Palette {list} {recent} {on_choose} on_close={close} /> }
        }
        Layer::Help => shortcut_list(&ShortcutListProps { on_close: close }),
    }
}

fn bundle(dialog: &bundles::Dialog, list: &Rc<ProviderList>, work: &Work) -> Html {
    let (dialog, work) = (dialog.clone(), work.clone());
    match dialog {
        bundles::Dialog::Export(_) | bundles::Dialog::Revoke(_) | bundles::Dialog::Back(..) => {
            html! { <BundleExport {dialog} list={list.clone()} {work} /> }
        }
        bundles::Dialog::AddServer => html! { <AddServerDialog {work} /> },
        bundles::Dialog::Reach(server, serial) => html! { <BundleReach {server} {serial} {work} /> },
        bundles::Dialog::RemoveServer(_) | bundles::Dialog::ReplaceKey => {
            html! { <BundleConfirm {dialog} {work} /> }
        }
    }
}

/// A note about old keys, beside the list.
pub fn reminder((state, work): Shown) -> Html {
    let list = state.0.providers().cloned();
    list.map(|list| html! { <KeyReminder {list} {work} /> }).unwrap_or_default()
}

fn run(deed: Deed, work: &Work, state: &Store) {
    work.act(Action::Close);
    work.act(Action::Chosen(deed));
    match deed {
        Deed::Go(place) => work.act(Action::Go(place)),
        Deed::Edit(id) => {
            if let Some(provider) = state.0.provider(id) {
                work.act(Action::Open(Layer::Edit(Box::new(provider.clone()))));
            }
        }
        Deed::Key(id) => work.act(Action::Open(Layer::Key(id))),
        Deed::Test(id) => work.test(id),
        Deed::SetActive(id, active) => {
            if let Some(provider) = state.0.provider(id) {
                work.set_active(provider, active);
            }
        }
        Deed::MakeDefault(id) => {
            if let Some(provider) = state.0.provider(id) {
                work.make_default(provider);
            }
        }
        Deed::Duplicate(id) => work.duplicate(id),
        Deed::Delete(id) => work.ask_deletion(id),
        Deed::Usage(id) => work.show_usage(id),
        Deed::Simulate(id) => {
            work.act(Action::Go(Place::Routing));
            work.run(async move |work| {
                if reach("#simulate-provider", Touch::Focus, &work).await {
                    work.edit_routes(routing::Edit::Preview(preview::Edit::Provider(id)));
                }
            });
        }
        Deed::Add(kind) => work.act(Action::Open(Layer::Add(kind))),
        Deed::First => work.act(Action::Open(Layer::FirstProvider)),
        Deed::SetUp(set_up) => work.act(Action::Open(Layer::SetUp(set_up))),
        Deed::Open(opens) => work.act(Action::Open(opened(opens))),
        Deed::Move(id, up) => work.move_provider(id, if up { Moved::Up } else { Moved::Down }),
        Deed::OwnOrder => work.act(Action::Sorted(Sort { by: Column::Own, descending: false })),
        Deed::ClearSelection => work.act(Action::ClearSelection),
        Deed::ClearFilters => work.act(Action::ClearQuery),
        Deed::Undo => work.undo_newest(),
        Deed::CheckHealth => work.check_health(),
        Deed::SaveRoutes => parts::save_routes(work),
        Deed::CheckUsage(check) => work.check_usage_aside(check),
        Deed::TestAll => work.test_many(active_ones(state)),
        Deed::AddTask => {
            work.act(Action::Open(Layer::Add(ProviderType::Gemini)));
            work.run(async |work| _ = reach("#add-task", Touch::Press, &work).await);
        }
        Deed::Press(Press { place, on, touch }) => {
            work.act(Action::Go(place));
            work.run(async move |work| _ = reach(on, touch, &work).await);
        }
        Deed::Lock => work.lock(),
        Deed::Help => work.act(Action::Open(Layer::Help)),
    }
}

/// Presses or finds something of a page as soon as it is drawn and can be used. A page may have to be fetched and read first. Whether
/// it was there.
async fn reach(selector: &str, touch: Touch, work: &Work) -> bool {
    for _ in 0..DRAWN_WITHIN {
        browser::painted().await;
        let found = browser::element(selector).filter(|element| !element.has_attribute("disabled"));
        let Some(element) = found else { continue };
        element.scroll_into_view_with_bool(false);
        browser::focus_element(&element);
        if let (Touch::Press, Ok(element)) = (touch, element.dyn_into::<HtmlElement>()) {
            element.click();
        }
        return true;
    }
    work.act(Action::Say(Toast::attention(t!("reach-not-now"), t!("reach-not-now-text"))));
    false
}

fn opened(opens: Opens) -> Layer {
    match opens {
        Opens::Budget => Layer::Budget(None),
        Opens::Quota => Layer::Quota(None),
        Opens::ImportUsage => Layer::ImportUsage,
        Opens::Reprice => Layer::Reprice,
        Opens::Retention => Layer::Retention,
        Opens::RestoreCatalog => Layer::RestoreCatalog,
        Opens::GatewayToken => Layer::GatewayToken,
        Opens::Password => Layer::Security(Dialog::Password),
        Opens::Kit => Layer::Security(Dialog::Kit),
        Opens::VaultKey => Layer::Security(Dialog::Key),
        Opens::Export => Layer::Security(Dialog::Export),
        Opens::Import => Layer::Security(Dialog::Import),
        Opens::Connect => Layer::Security(Dialog::Remote(None)),
        Opens::BundleServer => Layer::Bundle(bundles::Dialog::AddServer),
    }
}

/// Every active provider, in the list's order.
fn active_ones(state: &Store) -> Vec<model::ProviderId> {
    let providers = state.0.providers().into_iter().flat_map(|list| &list.providers);
    providers.filter(|provider| provider.is_active).map(|provider| provider.id).collect()
}
