//! The default at the head of the list, and the way to another one: what the specification calls switching `is_default`.

use model::{ProviderId, provider::ProviderList};
use yew::prelude::*;

use crate::{
    components::{menu::Item, menu_button::MenuButton},
    t,
    texts::name,
};

/// The default and everyone who can take its place: what is off serves nothing.
pub fn default_switch(list: &ProviderList, on_switch: &Callback<ProviderId>) -> Html {
    let active = list.providers.iter().filter(|provider| provider.is_active);
    let item = |provider: &model::ProviderView| Item {
        checked: Some(provider.is_default),
        ..Item::new(provider.id.to_string(), name(&provider.display_name), "")
    };
    let items: Vec<Item> = active.map(item).collect();
    let default = list.providers.iter().find(|provider| provider.is_default);
    let face = match default {
        Some(default) => t!("default-is", name = name(&default.display_name)),
        None => t!("default-none"),
    };
    let is_now = default.map(|provider| provider.id);
    let on_switch = on_switch.clone();
    let on_choose = Callback::from(move |action: AttrValue| {
        if let Some(id) = action.parse().ok().filter(|id| Some(*id) != is_now) {
            on_switch.emit(id);
        }
    });
    html! {
        <div class="default-switch">
            <MenuButton id="default-switch" label={t!("default-switch")} face={AttrValue::from(face)} {items} {on_choose} />
        </div>
    }
}
