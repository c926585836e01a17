//! Whose usage, health or history is shown: this computer's, or that of a server. Without a server there is nothing to choose.

use model::sync::{RemoteId, RemoteView};
use yew::prelude::*;

use crate::{
    components::{menu::Item, menu_button::MenuButton},
    t,
    texts::name,
};

/// Action of this computer; a server's is its identity.
const HERE: &str = "here";

/// The menu, with the source in force on its face.
pub fn source_menu(
    remotes: &[RemoteView],
    source: Option<RemoteId>,
    on_choose: Callback<Option<RemoteId>>,
) -> Html {
    if remotes.is_empty() {
        return Html::default();
    }
    let here = Item { checked: Some(source.is_none()), ..Item::new(HERE, t!("source-here"), "") };
    let of = |remote: &RemoteView| {
        let checked = Some(source == Some(remote.id));
        Item { checked, ..Item::new(remote.id.to_string(), name(&remote.name), "") }
    };
    let items: Vec<Item> = [here].into_iter().chain(remotes.iter().map(of)).collect();
    let shown = remotes.iter().find(|remote| source == Some(remote.id));
    let face = shown.map_or_else(|| t!("source-here"), |remote| name(&remote.name));
    let on_choose = on_choose.reform(|action: AttrValue| action.parse().ok());
    html! { <MenuButton id="source" sign="link" label={t!("shown-from")} face={Some(AttrValue::from(face))} {items} {on_choose} /> }
}
