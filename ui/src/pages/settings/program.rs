//! The sections about the program itself: how it looks, its log, its data folder, and what it is made of.

mod about;

use std::rc::Rc;

use model::{
    Failure, FailureCode,
    command::{OpenFolder, SetProgram, ViewProgram},
    program::{Language, LogLevel, ProgramFolder, ProgramSettings, ProgramView, RowHeight, Theme},
};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        backup_settings::size,
        empty_list::not_read,
        icon::icon,
        page_skeleton::{Outline, page_skeleton},
        segmented::{Segmented, segmented},
        setting_line::{setting_line, toggle},
    },
    shell,
    state::{heard::heard, toast::sentence_case, workspace::Load},
    t, words,
    work::Work,
};

const LEVELS: [LogLevel; 5] =
    [LogLevel::Error, LogLevel::Warn, LogLevel::Info, LogLevel::Debug, LogLevel::Trace];

/// The sections.
#[derive(Properties, PartialEq)]
pub struct ProgramSectionsProps {
    /// The catalogue, in words.
    pub catalogue: String,
    /// A way to ask for things.
    pub work: Work,
}

/// The sections.
#[component]
pub fn ProgramSections(props: &ProgramSectionsProps) -> Html {
    let view = use_state(|| Load::<ProgramView>::Waiting);
    let read = {
        let (work, view) = (props.work.clone(), view.setter());
        Callback::from(move |()| read(&work, view.clone()))
    };
    use_effect_with((), {
        let read = read.clone();
        move |()| read.emit(())
    });
    use_effect_with(matches!(*view, Load::Ready(_)), |ready| {
        // Everything was drawn anew in between; whoever chose by keyboard goes on where the choice was.
        if *ready && words::take_changed() {
            browser::focus("#language");
        }
    });
    let shown = match &*view {
        Load::Waiting => {
            return section(
                "appearance",
                t!("appearance"),
                page_skeleton(t!("reading-program"), Outline::Lines(4)),
            );
        }
        Load::Failed(failure) => return section("appearance", t!("appearance"), not_read(failure, &read)),
        Load::Ready(view) => view.clone(),
    };
    let set = {
        let (work, view) = (props.work.clone(), view.setter());
        Callback::from(move |settings: ProgramSettings| {
            let view = view.clone();
            work.run(async move |work| match shell::call(SetProgram { settings }).await {
                Ok(seen) => {
                    browser::set_look(&seen.settings);
                    view.set(Load::Ready(Rc::new(seen)));
                    words::change().await;
                }
                Err(failure) => work.refused(&failure),
            });
        })
    };
    html! {
        <>
            { section("appearance", t!("appearance"), appearance(&shown, &set)) }
            { section("logging", t!("logging"), logging(&shown, &set, &props.work)) }
            { section("data", t!("data-folder"), data_folder(&shown, &props.work)) }
            { section("about", t!("about"), html! { <about::About view={shown} catalogue={props.catalogue.clone()} work={props.work.clone()} /> }) }
        </>
    }
}

fn section(id: &'static str, title: String, body: Html) -> Html {
    html! { <section class="set-s" {id} tabindex="-1"><h2>{ title }</h2>{ body }</section> }
}

fn read(work: &Work, view: UseStateSetter<Load<ProgramView>>) {
    work.run(async move |work| match shell::call(ViewProgram {}).await {
        Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
        Ok(read) => view.set(Load::Ready(Rc::new(read))),
        Err(failure) => view.set(Load::Failed(failure)),
    });
}

fn line(title: String, text: String, control: Html) -> Html {
    setting_line(title, html! { { text } }, control)
}

fn appearance(view: &ProgramView, set: &Callback<ProgramSettings>) -> Html {
    let settings = view.settings;
    let theme = segmented(Segmented {
        id: "theme".into(),
        label: t!("theme"),
        controls: None,
        options: vec![
            (Theme::Light, t!("theme-light")),
            (Theme::Dark, t!("theme-dark")),
            (Theme::System, t!("theme-system")),
        ],
        value: Some(settings.theme),
        on_choose: set.reform(move |theme| ProgramSettings { theme, ..settings }),
    });
    let rows = segmented(Segmented {
        id: "rows".into(),
        label: t!("rows"),
        controls: None,
        options: vec![
            (RowHeight::Comfortable, t!("rows-comfortable")),
            (RowHeight::Compact, t!("rows-compact")),
        ],
        value: Some(settings.rows),
        on_choose: set.reform(move |rows| ProgramSettings { rows, ..settings }),
    });
    let language = language(settings, set);
    let motion = set.reform(move |reduce_motion| ProgramSettings { reduce_motion, ..settings });
    let motion = toggle("reduce-motion", t!("motion"), settings.reduce_motion, false, &motion);
    html! {
        <>
            { for view.fault.as_ref().map(refused) }
            <div class="card" id="appearance-card">
                { line(t!("language"), t!("language-text"), language) }
                { line(t!("theme"), t!("theme-text"), theme) }
                { line(t!("rows"), t!("rows-text"), rows) }
                { line(t!("motion"), t!("motion-text"), motion) }
            </div>
        </>
    }
}

fn language(settings: ProgramSettings, set: &Callback<ProgramSettings>) -> Html {
    let onchange = set.reform(move |event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        ProgramSettings { language: chosen.as_deref().and_then(Language::of_tag), ..settings }
    });
    let option = |language: Language| {
        html! { <option value={language.tag()} lang={language.tag()} selected={settings.language == Some(language)}>{ language.own_name() }</option> }
    };
    html! {
        <select class="inp w-auto" id="language" aria-label={t!("language")} {onchange}>
            <option value="system" selected={settings.language.is_none()}>{ t!("language-system") }</option>
            { for Language::ALL.into_iter().map(option) }
        </select>
    }
}

fn refused(fault: &Failure) -> Html {
    html! {
        <div class="note warn" role="alert" id="settings-refused">
            { icon("alert") }<div><p><b>{ sentence_case(&fault.message) }</b></p><p>{ fault.advice.as_deref().map(heard) }</p></div>
        </div>
    }
}

fn logging(view: &ProgramView, set: &Callback<ProgramSettings>, work: &Work) -> Html {
    let settings = view.settings;
    let onchange = set.reform(move |event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        let log = LEVELS.into_iter().find(|level| chosen.as_deref() == Some(level.as_str()));
        ProgramSettings { log: log.unwrap_or_default(), ..settings }
    });
    let option = |level: LogLevel| {
        html! { <option value={level.as_str()} selected={level == settings.log}>{ level_name(level) }</option> }
    };
    let level = html! {
        <select class="inp w-auto" id="log-level" aria-label={t!("log-level")} disabled={view.log.named.is_some()} {onchange}>{ for LEVELS.into_iter().map(option) }</select>
    };
    let text = match &view.log.named {
        Some(levels) => t!("log-level-named", levels = levels.as_str()),
        None => t!("log-level-text"),
    };
    let kept = t!("log-kept-text", days = view.log.days, size = size(view.log.bytes));
    html! {
        <div class="card" id="logging-card">
            { line(t!("log-level"), text, level) }
            { place(t!("log-folder"), kept, &view.log.folder, ProgramFolder::Logs, work) }
        </div>
    }
}

fn level_name(level: LogLevel) -> String {
    match level {
        LogLevel::Error => t!("log-error"),
        LogLevel::Warn => t!("log-warn"),
        LogLevel::Info => t!("log-info"),
        LogLevel::Debug => t!("log-debug"),
        LogLevel::Trace => t!("log-trace"),
    }
}

fn data_folder(view: &ProgramView, work: &Work) -> Html {
    let named = if view.data_folder_named { t!("data-named") } else { t!("data-by-default") };
    html! {
        <div class="card" id="data-card">
            { place(t!("data-place"), named, &view.data_folder, ProgramFolder::Data, work) }
            { setting_line(t!("data-move"), html! { <>{ t!("data-move-text") }{ " " }<code class="mono">{ "SIGNALBOX_DATA_DIR" }</code></> }, Html::default()) }
        </div>
    }
}

/// A folder, with what can be done about it.
fn place(title: String, text: String, path: &str, folder: ProgramFolder, work: &Work) -> Html {
    let (copy, open) = match folder {
        ProgramFolder::Data => ("copy-data", "open-data"),
        ProgramFolder::Logs => ("copy-logs", "open-logs"),
        ProgramFolder::Backups => ("copy-backups", "open-backups"),
    };
    let on_copy = {
        let (work, path) = (work.clone(), path.to_owned());
        move |_: MouseEvent| work.copy(path.clone())
    };
    let on_open = {
        let work = work.clone();
        move |_: MouseEvent| open_folder(&work, folder)
    };
    let label = t!("copy-path");
    let control = html! {
        <span class="row">
            <button type="button" class="ib" id={copy} aria-label={label.clone()} title={label} onclick={on_copy}>{ icon("copy") }</button>
            <button type="button" class="btn sm" id={open} onclick={on_open}><span>{ t!("open-folder") }</span></button>
        </span>
    };
    setting_line(
        title,
        html! { <>{ text }{ " " }<span class="mono pick-all">{ path.to_owned() }</span></> },
        control,
    )
}

/// Has the system's file manager show a folder.
pub fn open_folder(work: &Work, folder: ProgramFolder) {
    work.run(async move |work| {
        if let Err(failure) = shell::call(OpenFolder { folder }).await {
            work.refused(&failure);
        }
    });
}
