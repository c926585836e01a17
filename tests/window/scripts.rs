//! Content that wants to be a script: fifty strings, in the fields that people fill and the lists that show them, are text in
//! the real window and nothing else.

use anyhow::ensure;
use journeys::{PASSWORD, Room};
use model::ProviderType;
use serde_json::{Value, json};

use crate::{
    look::picture,
    page::Page,
    stage::{Stage, Theme},
};

/// OWASP's and PortSwigger's lists, shortened; each would set `window.struck`.
const STRINGS: [&str; 50] = [
    "<script>struck=1</script>",
    "<ScRiPt >struck=1</sCrIpT >",
    "<script src=//x.example/x.js></script>",
    "</script><script>struck=1</script>",
    "<scr<script>ipt>struck=1</script>",
    "<script/x>struck=1</script>",
    "<svg><script>struck=1</script></svg>",
    "<svg/onload=struck=1>",
    "\"><svg/onload=struck=1>",
    "'><svg/onload=struck=1>",
    "<img src=x onerror=struck=1>",
    "<img/src/onerror=struck=1>",
    "<img src=\"x\" onerror=\"struck=1\">",
    "\"><img src=x onerror=struck=1>",
    "' onmouseover='struck=1",
    "\" onfocus=\"struck=1\" autofocus=\"",
    "<body onload=struck=1>",
    "<iframe src=javascript:struck=1>",
    "<iframe srcdoc=\"<script>parent.struck=1</script>\">",
    "<object data=javascript:struck=1>",
    "<embed src=javascript:struck=1>",
    "<a href=javascript:struck=1>go</a>",
    "<a href=\"java&#115;cript:struck=1\">go</a>",
    "<a href=data:text/html,<script>struck=1</script>>",
    "<form action=javascript:struck=1><button>go",
    "<button formaction=javascript:struck=1>go",
    "<input autofocus onfocus=struck=1>",
    "<select autofocus onfocus=struck=1>",
    "<textarea autofocus onfocus=struck=1>",
    "<details open ontoggle=struck=1>",
    "<video><source onerror=struck=1></video>",
    "<audio src=x onerror=struck=1>",
    "<marquee onstart=struck=1>",
    "<style>@import'//x.example/x.css';</style>",
    "<link rel=stylesheet href=//x.example/x.css>",
    "<meta http-equiv=refresh content=0;url=//x.example>",
    "<base href=//x.example/>",
    "<math><mtext><img src=x onerror=struck=1>",
    "<template><script>struck=1</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=struck=1>\">",
    "<!--><script>struck=1</script>-->",
    "<![CDATA[<script>struck=1</script>]]>",
    "<?xml version=1?><script>struck=1</script>",
    "&lt;script&gt;struck=1&lt;/script&gt;",
    "&#60;script&#62;struck=1&#60;/script&#62;",
    "%3Cscript%3Estruck=1%3C/script%3E",
    "javascript:struck=1",
    "${struck=1}{{struck=1}}<%=struck=1%>#{struck=1}",
    "{{constructor.constructor('struck=1')()}}",
    "'; struck=1; //\\\"; struck=1; //",
];

/// Everything in the page that could have become of a string: foreign elements, handlers, addresses that are scripts.
const FOREIGN: &str = "
    const foreign = 'script:not([src=\"boot.js\"]), iframe, object, embed, base, marquee, video, audio, math, template, noscript, style, frame, meta[http-equiv], link:not([rel=\"stylesheet\"]):not([rel=\"preload\"]):not([rel=\"modulepreload\"]), link[href*=\"x.example\"], img:not([src^=\"data:\"])';
    const found = [...document.querySelectorAll(foreign)].map(one => one.outerHTML.slice(0, 100));
    for (const one of document.querySelectorAll('*')) for (const { name, value } of one.attributes)
        if (name.startsWith('on') || /^\\s*javascript:/i.test(value) && ['href', 'src', 'action', 'formaction', 'data', 'xlink:href'].includes(name)) found.push(`${one.tagName} ${name}`);
    if (window.struck !== undefined) found.push('a script ran');
    return found";

#[tokio::test(flavor = "multi_thread")]
async fn fifty_strings_that_want_to_be_scripts_are_text_in_every_field() -> anyhow::Result<()> {
    let (simulator, data) = filled().await.leave().await;
    let stage = Stage::open(&data.path().join(Room::FOLDER), Theme::Light).await?;
    let page = stage.page();
    let done = async {
        page.unlock(PASSWORD).await?;
        the_list(page).await?;
        the_pages(page).await?;
        what_is_typed(page).await
    };
    let done = done.await;
    if done.is_err() {
        picture(page, Theme::Light, "scripts-failed", 0).await?;
    }
    done?;
    drop(simulator);
    stage.close().await
}

/// A vault with the strings in names, notes, models, prompts, the users of budgets, and so in the log of acts.
async fn filled() -> Room {
    let room = Room::open().await;
    for text in STRINGS {
        let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
        form["display_name"] = json!(text);
        form["description"] = json!(format!("{text}\n{text}"));
        form["model_name"] = json!(text.replace(' ', "/"));
        form["is_active"] = json!(false);
        let saved = room.save_new(&form, Some("test-openai-key-0001"), true).await;
        assert!(saved.is_ok_and(|reply| reply["saved"].is_object()), "{text}");
        let prompt = json!({ "messages": [{ "role": "user", "parts": [{ "type": "text", "text": text }] }], "system": text });
        room.send("save_prompt", json!({ "name": text, "task": null, "request": prompt })).await.unwrap();
        let draft = json!({ "scope": { "user": text }, "period": "month", "amount": "1" });
        room.send("save_budget", json!({ "existing": null, "draft": draft })).await.unwrap();
    }
    room
}

async fn nothing_foreign(page: Page<'_>, place: &str) -> anyhow::Result<()> {
    let found = page.run(FOREIGN).await?;
    ensure!(found == json!([]), "{place}: {found}");
    Ok(())
}

/// Every string's row is there when it is searched for, as it was typed; and its drawer has it in its fields.
async fn the_list(page: Page<'_>) -> anyhow::Result<()> {
    let visible = "return [...document.querySelectorAll('.pn-t b')].map(one => one.textContent)";
    let mut seen: Vec<String> = Vec::new();
    for scroll in 0..12 {
        page.run(&format!("for (const one of document.querySelectorAll('*')) if (one.scrollHeight > one.clientHeight + 40 && getComputedStyle(one).overflowY !== 'visible') one.scrollTop = {}; return true", scroll * 300)).await?;
        page.promise("await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            .await?;
        let shown = page.run(visible).await?;
        seen.extend(shown.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        nothing_foreign(page, "the list").await?;
    }
    for text in STRINGS {
        ensure!(seen.iter().any(|one| one == text), "{text} is not in the list");
    }
    Ok(())
}

/// All pages, with the fields that hold strings.
async fn the_pages(page: Page<'_>) -> anyhow::Result<()> {
    for place in ["routing", "playground", "usage", "health", "budgets", "insights", "history", "settings"] {
        page.click(&format!("a[data-go='{place}']")).await?;
        page.screen(place).await?;
        page.promise("await new Promise(done => setTimeout(done, 300))").await?;
        nothing_foreign(page, place).await?;
        if ["health", "budgets", "history"].contains(&place) {
            let text = page.run("return document.querySelector('#main').textContent").await?;
            let text = text.as_str().unwrap_or_default();
            let shown = STRINGS.iter().filter(|one| text.contains(*one)).count();
            ensure!(shown >= 10, "{place} shows {shown} of the strings");
        }
    }
    Ok(())
}

/// What is typed into the window: search, palette and a provider's form.
async fn what_is_typed(page: Page<'_>) -> anyhow::Result<()> {
    page.click("a[data-go='providers']").await?;
    page.screen("providers").await?;
    page.click("#open-palette").await?;
    for text in [STRINGS[7], STRINGS[10], STRINGS[47]] {
        page.fill(".palette input", text).await?;
        nothing_foreign(page, "the palette").await?;
    }
    Ok(())
}
