//! Content that wants to be a script: fifty strings, in the fields that people fill and the lists that show them, are text in
//! the real window and nothing else.

use anyhow::ensure;
use journeys::{PASSWORD, Room, now};
use model::ProviderType;
use serde_json::{Value, json};

use crate::{
    calls::ask,
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
    // What a vendor answers is not ours either.
    simulator.set_answer("openai", Some(&STRINGS.join("\n")));
    let stage = Stage::open(&data.path().join(Room::FOLDER), Theme::Light).await?;
    let page = stage.page();
    let done = async {
        page.unlock(PASSWORD).await?;
        the_list(page).await?;
        the_drawer(page).await?;
        the_pages(page).await?;
        the_calls(page).await?;
        an_answer(page).await?;
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

/// Answers to what is asked, and had the calls of the log.
const WORKS: &str = "OpenAI one";

/// A vault with the strings in names, notes, models, prompts, the users of budgets, users and ids of calls, and so in the log
/// of acts.
async fn filled() -> Room {
    let room = Room::open().await;
    room.host.set_wall_clock(now());
    room.add(&room.form(ProviderType::OpenAi, "gpt-6-sol"), Some("test-openai-key-0001")).await;
    let imported =
        room.send("import_usage", json!({ "text": calls(), "mapping": {}, "leave_bad_rows": false })).await;
    assert_eq!(imported.unwrap()["written"], STRINGS.len());
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

/// A file of usage whose users are the strings, an hour old.
fn calls() -> String {
    let mut file = csv::Writer::from_writer(Vec::new());
    let columns = "provider_config_id user_id task_type input_tokens output_tokens total_tokens estimated_cost_usd status latency_ms created_at";
    file.write_record(columns.split(' ')).unwrap();
    let at = (now().0 / 1_000 - 3_600).to_string();
    for text in STRINGS {
        file.write_record(["1", text, "extraction", "10", "5", "15", "0.0001", "success", "90", at.as_str()])
            .unwrap();
    }
    String::from_utf8(file.into_inner().unwrap()).unwrap()
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

/// The drawer of a configuration whose every text is such a string.
async fn the_drawer(page: Page<'_>) -> anyhow::Result<()> {
    // The list was scrolled: the first of its rows may lie under the heading, where no pointer reaches it.
    page.run("document.querySelector(\"tr[data-provider-id]:not([data-name='OpenAI one']) button[data-action='edit']\").click()").await?;
    page.find("#provider-form").await?;
    nothing_foreign(page, "the drawer").await?;
    for field in ["#display-name", "#model-name"] {
        let typed = page.run(&format!("return document.querySelector('{field}').value")).await?;
        let typed = typed.as_str().unwrap_or_default().replace('/', " ");
        ensure!(STRINGS.iter().any(|one| one.replace('/', " ") == typed), "{field} has {typed}");
    }
    page.click("#close-drawer").await?;
    page.gone("#provider-form").await
}

/// The calls behind a configuration, with their users.
async fn the_calls(page: Page<'_>) -> anyhow::Result<()> {
    page.click("a[data-go='usage']").await?;
    page.screen("usage").await?;
    page.click("#breakdown tbody .row-link").await?;
    page.find("#calls tbody tr").await?;
    nothing_foreign(page, "the log of calls").await?;
    let text = page.run("return document.querySelector('#calls').textContent").await?;
    let text = text.as_str().unwrap_or_default();
    for one in STRINGS {
        ensure!(text.contains(one), "the log of calls does not show {one}");
    }
    Ok(())
}

/// A vendor answers with all of them.
async fn an_answer(page: Page<'_>) -> anyhow::Result<()> {
    page.click("a[data-go='playground']").await?;
    page.screen("playground").await?;
    ask(page, 1, WORKS).await?;
    page.fill("#prompt", STRINGS[0]).await?;
    page.click(".pg-cols > section:nth-of-type(1) [data-action='run']").await?;
    page.find(".pg-cols > section:nth-of-type(1)[data-run='answered']").await?;
    nothing_foreign(page, "the playground").await?;
    let text = page
        .run("return document.querySelector('.pg-cols > section:nth-of-type(1) .pg-o').textContent")
        .await?;
    let text = text.as_str().unwrap_or_default();
    for one in STRINGS {
        ensure!(text.contains(one), "the answer does not show {one}");
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
