//! What a person chose to see, and how it stands in the window's address: `days=30&task=cv&by=user&order=calls`. Nothing of
//! it is known outside this part of the page, for which the address is a text. What cannot be read is left out.

use std::collections::BTreeSet;

use model::statistics::{Grouping, UsageFilter};

use super::{
    breakdown::{Column, Order},
    opened::Opened,
    plans::Chart,
    range::{Range, Span, Stride},
};

/// Longer addresses are cut by what reads them; nobody chooses so much by hand.
const VALUES: usize = 50;

/// What a person chose.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// The days.
    pub range: Range,
    /// How long a step of the charts is; nothing is by the number of days.
    pub unit: Option<Stride>,
    /// Which calls.
    pub filter: UsageFilter,
    /// What the table's rows are.
    pub by: Grouping,
    /// The order of the table.
    pub order: Order,
    /// Charts that are shown as tables.
    pub tables: BTreeSet<Chart>,
    /// The budget that is drawn; nothing is the running month's of all calls.
    pub budget: Option<i64>,
    /// The log that is open.
    pub open: Option<Box<Opened>>,
}

impl Default for Chosen {
    fn default() -> Self {
        Self {
            range: Range::default(),
            unit: None,
            filter: UsageFilter::default(),
            by: Grouping::Provider,
            order: Order::default(),
            tables: BTreeSet::new(),
            budget: None,
            open: None,
        }
    }
}

impl Chosen {
    /// Whether both are answered by the same figures.
    pub fn asks_as(&self, other: &Self) -> bool {
        let asks = |chosen: &Self| (chosen.range, chosen.unit, chosen.by);
        asks(self) == asks(other) && self.filter == other.filter
    }

    /// The length of a step of these days: the one that was chosen, where it can be drawn.
    pub fn unit_of(&self, span: Span) -> Stride {
        self.unit.filter(|unit| span.takes(*unit)).unwrap_or(span.usual_unit())
    }

    /// As it stands in the address; what is as at first does not.
    pub fn address(&self) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if self.range != Range::default() {
            pairs.push(("days", self.range.address()));
        }
        pairs.extend(self.unit.map(|unit| ("step", unit.as_str().to_owned())));
        pairs.extend(self.filter.providers.iter().map(|number| ("provider", number.to_string())));
        for (key, values) in [
            ("model", &self.filter.models),
            ("task", &self.filter.tasks),
            ("user", &self.filter.users),
            ("status", &self.filter.statuses),
            ("error", &self.filter.errors),
        ] {
            pairs.extend(values.iter().map(|value| (key, value.clone())));
        }
        if self.by != Grouping::Provider {
            pairs.push(("by", grouping_name(self.by).to_owned()));
        }
        if self.order != Order::default() {
            let turned = if self.order.reversed { "-" } else { "" };
            pairs.push(("order", format!("{turned}{}", self.order.by.as_str())));
        }
        pairs.extend(self.tables.iter().map(|chart| ("table", chart.as_str().to_owned())));
        pairs.extend(self.budget.map(|id| ("budget", id.to_string())));
        pairs.extend(self.open.iter().flat_map(|open| open.pairs()));
        let pairs: Vec<String> =
            pairs.iter().map(|(key, value)| format!("{key}={}", escaped(value))).collect();
        pairs.join("&")
    }

    /// From the address.
    pub fn read(address: &str) -> Self {
        let mut chosen = Self::default();
        for pair in address.split('&') {
            if let Some((key, value)) =
                pair.split_once('=').and_then(|(key, value)| Some((key, plain(value)?)))
            {
                chosen.take(key, value);
            }
        }
        chosen
    }

    fn take(&mut self, key: &str, value: String) {
        let filter = &mut self.filter;
        let add = |list: &mut Vec<String>| {
            if list.len() < VALUES && !list.contains(&value) {
                list.push(value.clone());
            }
        };
        match key {
            "days" => self.range = Range::from_address(&value).unwrap_or(self.range),
            "step" => self.unit = Stride::of_name(&value),
            "provider" => {
                let number = value.parse().ok().filter(|number| !filter.providers.contains(number));
                filter.providers.extend(number.filter(|_| filter.providers.len() < VALUES));
            }
            "model" => add(&mut filter.models),
            "task" => add(&mut filter.tasks),
            "user" => add(&mut filter.users),
            "status" => add(&mut filter.statuses),
            "error" => add(&mut filter.errors),
            "by" => self.by = grouping_of(&value).unwrap_or(self.by),
            "order" => {
                let by = value.trim_start_matches('-');
                let by = Column::ALL.into_iter().find(|column| column.as_str() == by);
                self.order = by.map_or(self.order, |by| Order { by, reversed: value.starts_with('-') });
            }
            "budget" => self.budget = value.parse().ok(),
            "table" => self.tables.extend(Chart::ALL.into_iter().find(|chart| chart.as_str() == value)),
            _ => Opened::take(&mut self.open, key, &value),
        }
    }
}

/// The groupings that can be chosen.
pub const GROUPINGS: [Grouping; 5] =
    [Grouping::Provider, Grouping::Model, Grouping::Task, Grouping::User, Grouping::Status];

fn grouping_name(by: Grouping) -> &'static str {
    match by {
        Grouping::ProviderType => "vendor",
        Grouping::Provider => "provider",
        Grouping::Model => "model",
        Grouping::Task => "task",
        Grouping::User => "user",
        Grouping::Status => "status",
    }
}

/// By its name in the address.
pub fn grouping_of(name: &str) -> Option<Grouping> {
    GROUPINGS.into_iter().find(|by| grouping_name(*by) == name)
}

/// As `encodeURIComponent` has it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                let digits = [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
                out.extend(['%', char::from(digits[0]), char::from(digits[1])]);
            }
        }
    }
    out
}

fn plain(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_comes_back_from_its_address() {
        let chosen = Chosen {
            range: Range::Days(7),
            unit: Some(Stride::Week),
            filter: UsageFilter {
                providers: vec![4, 12],
                tasks: vec![String::new(), "cv & letter=100 %".to_owned()],
                users: vec!["Zoë".to_owned()],
                statuses: vec!["error".to_owned()],
                models: vec!["gpt-5.1/mini".to_owned()],
                errors: vec!["rate_limit".to_owned()],
            },
            by: Grouping::User,
            order: Order { by: Column::Latency, reversed: true },
            tables: [Chart::Tokens, Chart::Cost].into(),
            budget: Some(3),
            open: Some(Box::new(Opened {
                task: Some(None),
                error: Some(String::new()),
                ..Opened::default()
            })),
        };
        assert_eq!(Chosen::read(&chosen.address()), chosen);
        assert_eq!((Chosen::default().address(), Chosen::read("")), (String::new(), Chosen::default()));
    }

    #[test]
    fn what_an_address_says_wrongly_is_left_out() {
        let read = Chosen::read(
            "days=31&provider=x&provider=3&provider=3&by=moon&order=-moon&table=moon&task=%ZZ&status&=&user=%FF",
        );
        let mut three = Chosen::default();
        three.filter.providers = vec![3];
        assert_eq!(read, three);
        let many: Vec<String> = (0..300).map(|number| format!("task=t{number}")).collect();
        assert_eq!(Chosen::read(&many.join("&")).filter.tasks.len(), VALUES);
    }
}
