//! The pages of the open vault: their order, their groups, and the letter that leads there after G.

use crate::t;

/// A page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    /// The list of providers.
    #[default]
    Providers,
    /// Who serves which task.
    Routing,
    /// One prompt, several models.
    Playground,
    /// What calls cost, took and came to.
    Usage,
    /// How each provider is.
    Health,
    /// What may be spent.
    Budgets,
    /// What stands out.
    Insights,
    /// What servers are given.
    Bundles,
    /// What servers have, and what they are to have.
    Sync,
    /// What was done.
    History,
    /// The program's settings.
    Settings,
}

/// A heading of the sidebar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What a person arranges.
    Manage,
    /// What a person watches.
    Observe,
    /// What goes to servers.
    Deliver,
    /// The vault itself.
    Vault,
}

impl Place {
    /// All, in the sidebar's order.
    pub const ALL: [Self; 11] = [
        Self::Providers,
        Self::Routing,
        Self::Playground,
        Self::Usage,
        Self::Health,
        Self::Budgets,
        Self::Insights,
        Self::Bundles,
        Self::Sync,
        Self::History,
        Self::Settings,
    ];

    /// Its name in `data-screen` and after the `#`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Providers => "providers",
            Self::Routing => "routing",
            Self::Playground => "playground",
            Self::Usage => "usage",
            Self::Health => "health",
            Self::Budgets => "budgets",
            Self::Insights => "insights",
            Self::Bundles => "bundles",
            Self::Sync => "sync",
            Self::History => "history",
            Self::Settings => "settings",
        }
    }

    /// Whether what it shows can be a server's instead of this computer's.
    pub fn has_sources(self) -> bool {
        matches!(self, Self::Usage | Self::Health | Self::History)
    }

    /// Its heading.
    pub fn title(self) -> String {
        match self {
            Self::Providers => t!("providers"),
            Self::Routing => t!("routing"),
            Self::Playground => t!("playground"),
            Self::Usage => t!("usage"),
            Self::Health => t!("health"),
            Self::Budgets => t!("budgets"),
            Self::Insights => t!("insights"),
            Self::Bundles => t!("bundles"),
            Self::Sync => t!("sync"),
            Self::History => t!("history"),
            Self::Settings => t!("settings"),
        }
    }

    /// Name of its icon.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Providers => "stack",
            Self::Routing => "route",
            Self::Playground => "columns",
            Self::Usage => "chart",
            Self::Health => "pulse",
            Self::Budgets => "gauge",
            Self::Insights => "bulb",
            Self::Bundles => "box",
            Self::Sync => "sync",
            Self::History => "list",
            Self::Settings => "sliders",
        }
    }

    /// The keys that lead there.
    pub fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Providers => &["G", "P"],
            Self::Routing => &["G", "R"],
            Self::Playground => &["G", "L"],
            Self::Usage => &["G", "U"],
            Self::Health => &["G", "H"],
            // B is for bundles, which the design names first.
            Self::Budgets => &["G", "M"],
            Self::Insights => &["G", "I"],
            Self::Bundles => &["G", "B"],
            Self::Sync => &["G", "Y"],
            // A is for audit, as the design names it.
            Self::History => &["G", "A"],
            Self::Settings => &["G", "S"],
        }
    }

    /// The page of an address, and what follows its name: `usage?days=7`.
    pub fn read(address: &str) -> Option<(Self, &str)> {
        let (name, kept) = address.split_once('?').unwrap_or((address, ""));
        Self::ALL.into_iter().find(|place| place.as_str() == name).map(|place| (place, kept))
    }

    /// The page to which a key leads after G.
    pub fn after_g(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.keys()[1].eq_ignore_ascii_case(key))
    }

    /// Under which heading it stands.
    pub fn group(self) -> Group {
        match self {
            Self::Providers | Self::Routing | Self::Playground => Group::Manage,
            Self::Usage | Self::Health | Self::Budgets | Self::Insights => Group::Observe,
            Self::Bundles | Self::Sync => Group::Deliver,
            Self::History | Self::Settings => Group::Vault,
        }
    }
}

impl Group {
    /// All, in the sidebar's order.
    pub const ALL: [Self; 4] = [Self::Manage, Self::Observe, Self::Deliver, Self::Vault];

    /// The heading.
    pub fn title(self) -> String {
        match self {
            Self::Manage => t!("nav-manage"),
            Self::Observe => t!("nav-observe"),
            Self::Deliver => t!("nav-deliver"),
            Self::Vault => t!("nav-vault"),
        }
    }

    /// Its pages.
    pub fn places(self) -> impl Iterator<Item = Place> {
        Place::ALL.into_iter().filter(move |place| place.group() == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_its_page_with_what_the_page_keeps_in_it() {
        assert_eq!(Place::read("usage?days=7&table=cost"), Some((Place::Usage, "days=7&table=cost")));
        assert_eq!(Place::read("routing"), Some((Place::Routing, "")));
        assert_eq!((Place::read(""), Place::read("moon?x")), (None, None));
    }

    #[test]
    fn every_page_stands_under_one_heading_and_has_a_letter_of_its_own() {
        let listed: Vec<Place> = Group::ALL.into_iter().flat_map(Group::places).collect();
        assert_eq!(listed, Place::ALL);
        for place in Place::ALL {
            assert_eq!(Place::after_g(place.keys()[1]), Some(place));
        }
        assert_eq!(Place::after_g("h"), Some(Place::Health));
        assert_eq!(Place::after_g("x"), None);
    }
}
