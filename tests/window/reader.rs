//! What a screen reader is told: each page as it is on the desktop's bus for accessibility, where Orca and its kin read it. Axe-core
//! judges the document; this is what WebKit makes of it for who cannot see it.

use std::{collections::HashMap, path::Path, time::Duration};

use anyhow::{Context as _, ensure};
use zbus::{
    blocking::{Connection, connection::Builder},
    zvariant::{OwnedObjectPath, OwnedValue},
};

use crate::{
    bus::Bus,
    gallery::{self, USUAL},
};

/// Somebody on the bus, and something of theirs.
type Reference = (String, OwnedObjectPath);

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
/// Roles by AT-SPI's numbers, since WebKit does not tell their names.
const DOCUMENT: u32 = 95;
const HEADING: u32 = 83;
const TABLE: u32 = 55;
const COLUMN_HEADS: [u32; 2] = [10, 57];
/// Whoever is used by a name has to have one.
const USED: [(u32, &str); 9] = [
    (43, "button"),
    (62, "toggle"),
    (7, "check box"),
    (44, "radio button"),
    (11, "combo box"),
    (79, "text field"),
    (88, "link"),
    (40, "password field"),
    (52, "number field"),
];
/// Deeper than any page.
const DEEPEST: usize = 80;

/// One of what is read, with what is in it.
#[derive(Debug)]
struct Told {
    role: u32,
    name: String,
    attributes: HashMap<String, String>,
    within: Vec<Told>,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_reader_finds_its_way_on_every_page_and_a_name_for_all_that_is_used() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let bus = Bus::start(folder.path())?;
    let reader = Reader::on(&bus)?;
    let mut wrong = String::new();
    let asked = [("DBUS_SESSION_BUS_ADDRESS", Path::new(&bus.address)), ("NO_AT_BRIDGE", Path::new("0"))];
    gallery::visit_with(USUAL, &asked, async |page, name| {
        let title = page.run("return document.title").await?.as_str().unwrap_or_default().to_owned();
        let document = tokio::task::block_in_place(|| reader.document(&title))?;
        wrong.extend(faults(&document).iter().map(|fault| format!("  {name}: {fault}\n")));
        Ok(())
    })
    .await?;
    ensure!(wrong.is_empty(), "a screen reader is told too little:\n{wrong}");
    Ok(())
}

/// Somebody who reads.
struct Reader(Connection);

impl Reader {
    fn on(bus: &Bus) -> anyhow::Result<Self> {
        let session = Builder::address(bus.address.as_str())?.build()?;
        let answer = session.call_method(
            Some("org.a11y.Bus"),
            "/org/a11y/bus",
            Some("org.a11y.Bus"),
            "GetAddress",
            &(),
        );
        let address: String = answer.context("there is no at-spi2-core")?.body().deserialize()?;
        Ok(Self(Builder::address(address.as_str())?.build()?))
    }

    /// The page, as soon as it has this title and something in it.
    fn document(&self, title: &str) -> anyhow::Result<Told> {
        let end = std::time::Instant::now() + Duration::from_secs(40);
        loop {
            let root = ("org.a11y.atspi.Registry".to_owned(), "/org/a11y/atspi/accessible/root".try_into()?);
            // What is drawn anew meanwhile is gone when it is asked for.
            let found = self.found(&root, title, 0).ok().flatten();
            if let Some(document) = found.filter(|document| !document.within.is_empty()) {
                return Ok(document);
            }
            ensure!(std::time::Instant::now() < end, "nothing is told of {title}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn found(&self, one: &Reference, title: &str, depth: usize) -> anyhow::Result<Option<Told>> {
        let role: u32 = self.ask(one, "GetRole")?;
        if role == DOCUMENT && self.name(one)? == title {
            return self.told(one, depth).map(Some);
        }
        for child in if depth < DEEPEST { self.children(one)? } else { Vec::new() } {
            if let Some(found) = self.found(&child, title, depth + 1)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn told(&self, one: &Reference, depth: usize) -> anyhow::Result<Told> {
        ensure!(depth < DEEPEST, "the page has no end");
        let within: anyhow::Result<Vec<Told>> =
            self.children(one)?.iter().map(|child| self.told(child, depth + 1)).collect();
        Ok(Told {
            role: self.ask(one, "GetRole")?,
            name: self.name(one)?,
            attributes: self.ask(one, "GetAttributes")?,
            within: within?,
        })
    }

    fn children(&self, one: &Reference) -> anyhow::Result<Vec<Reference>> {
        let children: Vec<Reference> = self.ask(one, "GetChildren")?;
        if !children.is_empty() || i32::try_from(self.property(one, "ChildCount")?)? == 0 {
            return Ok(children);
        }
        // What another process draws in its place, as WebKit does the page, is only found by its number.
        let (owner, path) = one;
        let first =
            self.0.call_method(Some(owner.as_str()), path, Some(ACCESSIBLE), "GetChildAtIndex", &(0,))?;
        Ok(vec![first.body().deserialize()?])
    }

    fn ask<T>(&self, (owner, path): &Reference, method: &str) -> anyhow::Result<T>
    where
        T: serde::de::DeserializeOwned + zbus::zvariant::Type,
    {
        let answer = self.0.call_method(Some(owner.as_str()), path, Some(ACCESSIBLE), method, &())?;
        Ok(answer.body().deserialize()?)
    }

    fn name(&self, one: &Reference) -> anyhow::Result<String> {
        Ok(String::try_from(self.property(one, "Name")?)?)
    }

    fn property(&self, (owner, path): &Reference, name: &str) -> anyhow::Result<OwnedValue> {
        let properties = Some("org.freedesktop.DBus.Properties");
        let answer =
            self.0.call_method(Some(owner.as_str()), path, properties, "Get", &(ACCESSIBLE, name))?;
        Ok(answer.body().deserialize()?)
    }
}

impl Told {
    /// This one and all in it.
    fn all(&self) -> Vec<&Self> {
        std::iter::once(self).chain(self.within.iter().flat_map(Self::all)).collect()
    }

    fn is(&self, attribute: &str, value: &str) -> bool {
        self.attributes.get(attribute).is_some_and(|has| has == value)
    }
}

/// What a listener would miss.
fn faults(document: &Told) -> Vec<String> {
    let all = document.all();
    let mut faults = Vec::new();
    let headings = all.iter().filter(|one| one.role == HEADING);
    let firsts: Vec<&str> =
        headings.filter(|one| one.is("level", "1")).map(|one| one.name.as_str()).collect();
    if firsts.len() != 1 {
        faults.push(format!("these are headings of the first level: {firsts:?}"));
    }
    if !all.iter().any(|one| one.is("xml-roles", "main")) {
        faults.push("nothing is the main part".to_owned());
    }
    for one in &all {
        let used = USED.iter().find(|(role, _)| *role == one.role);
        if let Some((_, what)) = used.filter(|_| one.name.trim().is_empty()) {
            faults.push(format!("a {what} has no name: {:?}", one.attributes));
        }
        let heads = |table: &Told| table.all().iter().any(|one| COLUMN_HEADS.contains(&one.role));
        if one.role == TABLE && !heads(one) {
            faults.push(format!("the table {:?} has no heads of columns", one.name));
        }
    }
    faults
}

#[test]
fn what_a_listener_would_miss_is_found() {
    let one = |role: u32, name: &str, attribute: Option<(&str, &str)>| Told {
        role,
        name: name.to_owned(),
        attributes: attribute.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect(),
        within: Vec::new(),
    };
    let page = |within: Vec<Told>| Told { within, ..one(DOCUMENT, "Page", None) };
    let heading = || one(HEADING, "Page", Some(("level", "1")));
    let main = |within: Vec<Told>| Told { within, ..one(110, "", Some(("xml-roles", "main"))) };
    assert_eq!(faults(&page(vec![main(vec![heading(), one(43, "Save", None)])])), Vec::<String>::new());
    assert_eq!(faults(&page(vec![main(vec![heading(), heading()])])).len(), 1);
    assert_eq!(faults(&page(vec![heading()])).len(), 1);
    assert_eq!(faults(&page(vec![main(vec![heading(), one(43, " ", None)])])).len(), 1);
    assert_eq!(faults(&page(vec![main(vec![heading(), one(TABLE, "Calls", None)])])).len(), 1);
}
