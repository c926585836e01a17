//! Golden drawings: every chart with the data that breaks charts, as files in `tests/golden/files`. They are compared by
//! structure: elements, classes and texts exactly, numbers within two tenths of a pixel.
//!
//! When a picture changes on purpose: `SIGNALBOX_RENEW_GOLDENS=1 cargo test -p charts --test golden`, then
//! `cargo run -p charts --features png --example pictures`, and look at what is in `target/charts` before committing.

#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

mod cases;
mod compare;

use std::{collections::BTreeSet, fs, path::PathBuf};

use charts::{Heading, Theme, svg};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/files")
}

fn heading(name: &str) -> Heading {
    Heading { title: name.replace('_', " "), subtitle: "golden".to_owned() }
}

/// All files by name. What a chart usually shows is kept in both themes; the other theme of the rest differs in the style
/// alone, which a test of its own shows.
fn drawn() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for case in cases::all() {
        files.push((format!("{}.svg", case.name), svg(&case.drawing, &heading(&case.name), Theme::Light)));
        if case.name.ends_with("_30_days") {
            files.push((
                format!("{}.dark.svg", case.name),
                svg(&case.drawing, &heading(&case.name), Theme::Dark),
            ));
        }
    }
    files
}

#[test]
fn every_chart_is_drawn_as_its_golden_file_shows() {
    let renew = std::env::var_os("SIGNALBOX_RENEW_GOLDENS").is_some();
    let mut wrong = Vec::new();
    for (name, now) in drawn() {
        let path = folder().join(&name);
        if renew {
            fs::create_dir_all(folder()).unwrap();
            fs::write(&path, &now).unwrap();
        }
        let golden = fs::read_to_string(&path).unwrap_or_else(|_| panic!("there is no golden {name}"));
        if let Err(difference) = compare::same(&golden, &now) {
            wrong.push(format!("{name}: {difference}"));
        }
    }
    assert!(wrong.is_empty(), "these differ from their golden files:\n{}", wrong.join("\n"));
}

#[test]
fn no_golden_file_is_left_over() {
    let known: BTreeSet<String> = drawn().into_iter().map(|(name, _)| name).collect();
    for file in fs::read_dir(folder()).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(known.contains(&name), "{name} is no longer drawn");
    }
}

#[test]
fn themes_differ_in_nothing_but_the_style() {
    for case in cases::all() {
        let bare = |theme| {
            let file = svg(&case.drawing, &heading(&case.name), theme);
            let (before, rest) = file.split_once("<style>").unwrap();
            let (style, after) = rest.split_once("</style>").unwrap();
            (format!("{before}{after}"), style.to_owned())
        };
        let (light, dark) = (bare(Theme::Light), bare(Theme::Dark));
        assert_eq!(light.0, dark.0, "{}", case.name);
        assert_ne!(light.1, dark.1);
    }
}

#[test]
fn no_drawing_has_a_style_a_handler_or_a_colour_of_its_own() {
    for case in cases::all() {
        let drawing = &case.drawing;
        let mut nodes: Vec<&charts::Node> =
            drawing.patterns.iter().chain(&drawing.back).chain(&drawing.marks).collect();
        while let Some(node) = nodes.pop() {
            for (name, value) in &node.attributes {
                let plain = match *name {
                    "fill" => value.starts_with("url(#"),
                    name => name != "style" && name != "stroke" && !name.starts_with("on"),
                };
                assert!(plain, "{}: {name}={value}", case.name);
            }
            nodes.extend(&node.children);
        }
    }
}

#[test]
fn the_comparison_sees_what_changed() {
    let a = "<svg><text class='tick' x='10'>$5</text><path d='M1 2L3 4'/></svg>";
    assert!(compare::same(a, &a.replace("x='10'", "x='10.1'")).is_ok());
    for (from, to) in [
        ("x='10'", "x='11'"),
        ("$5", "$6"),
        ("tick", "tock"),
        ("L3 4", "L3 5"),
        ("L3", "M3"),
        ("<text", "<text id='a'"),
    ] {
        assert!(compare::same(a, &a.replace(from, to)).is_err(), "{from} → {to}");
    }
}
