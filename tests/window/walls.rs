//! What the page cannot do, even if someone else's script ran in it.

use anyhow::ensure;
use serde_json::{Value, json};

use crate::{
    page::answer,
    stage::{Stage, Theme},
};

/// The policy of `tauri.conf.json`, as the window has to receive it.
const POLICY: [&str; 9] = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src ipc: http://ipc.localhost 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
];

async fn opened() -> anyhow::Result<(Stage, tempfile::TempDir)> {
    let folder = tempfile::tempdir()?;
    let stage = Stage::open(folder.path(), Theme::Light).await?;
    stage.page().screen("create").await?;
    Ok((stage, folder))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_script_reaches_nothing_but_our_own_commands() -> anyhow::Result<()> {
    let (stage, _folder) = opened().await?;
    let page = stage.page();
    let call = "window.__TAURI_INTERNALS__.invoke('view_app', new TextEncoder().encode('{}'))";
    let ours =
        page.promise(&format!("{call}.then(reply => JSON.parse(new TextDecoder().decode(reply)))")).await?;
    ensure!(ours["ok"]["vault"] == "absent", "our own command is refused: {ours}");
    for (command, arguments) in [
        ("format_disk", json!({})),
        ("plugin:event|listen", json!({ "event": "x", "target": { "kind": "Any" }, "handler": 1 })),
        ("plugin:window|close", json!({ "label": "main" })),
        ("plugin:webview|internal_toggle_devtools", json!({})),
        ("plugin:path|resolve_directory", json!({ "directory": 1 })),
        ("plugin:app|version", json!({})),
    ] {
        let answer =
            page.promise(&format!("window.__TAURI_INTERNALS__.invoke('{command}', {arguments})")).await?;
        let refused = answer["error"].as_str().is_some_and(|error| error.contains("not allowed"));
        ensure!(refused, "{command} is not refused: {answer}");
    }
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_is_a_list_comes_as_bytes_like_every_other() -> anyhow::Result<()> {
    let (stage, _folder) = opened().await?;
    let page = stage.page();
    let call = |command: &str, request: Value, then: &str| {
        let bytes = format!("new TextEncoder().encode(JSON.stringify({request}))");
        format!("window.__TAURI_INTERNALS__.invoke('{command}', {bytes}).then(reply => {then})")
    };
    let made = call("create_vault", json!({ "password": journeys::PASSWORD }), "true");
    ensure!(page.promise(&made).await?["ok"] == true, "no vault was made");
    let kind = "[reply instanceof ArrayBuffer, Array.isArray(reply), new TextDecoder().decode(reply)]";
    let simulate =
        json!({ "provider": "01937000-0000-7000-8000-000000000000", "failure": "down", "routes": [] });
    for (command, request) in [("list_prompts", json!({})), ("simulate_failure", simulate)] {
        let reply = page.promise(&call(command, request, kind)).await?;
        ensure!(reply["ok"] == json!([true, false, "[]"]), "{command} does not reply by bytes: {reply}");
    }
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_open_vault_the_commands_that_need_it_are_refused() -> anyhow::Result<()> {
    let (stage, _folder) = opened().await?;
    let page = stage.page();
    let id = "01937000-0000-7000-8000-000000000000";
    for (command, request) in [
        ("list_providers", json!({})),
        ("test_provider", json!({ "id": id, "run": 1 })),
        ("set_active", json!({ "existing": { "id": id, "revision": 1 }, "active": false })),
        ("delete_provider", json!({ "existing": { "id": id, "revision": 1 }, "typed_name": "x" })),
        ("undo", json!({ "token": 1 })),
        ("add_task", json!({ "name": "x" })),
    ] {
        let call =
            format!("window.__TAURI_INTERNALS__.invoke('{command}', new TextEncoder().encode('{request}'))");
        let answer = page.promise(&format!("{call}.then(() => 'answered', failure => failure.code)")).await?;
        ensure!(answer == json!({ "ok": "locked" }), "{command} is not refused: {answer}");
    }
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_enforces_our_content_policy() -> anyhow::Result<()> {
    let (stage, _folder) = opened().await?;
    let page = stage.page();
    let header = page.promise("(await fetch(location.href)).headers.get('content-security-policy')").await?;
    let mut directives: Vec<&str> =
        header["ok"].as_str().unwrap_or_default().split(';').map(str::trim).collect();
    directives.sort_unstable();
    let mut wanted = POLICY.to_vec();
    wanted.sort_unstable();
    ensure!(directives == wanted, "the window's policy is {header}");
    let inline = "const script = document.createElement('script');
        script.textContent = 'window.inlineRan = true'; document.head.append(script);
        const styled = document.createElement('p'); styled.setAttribute('style', 'color: red'); document.body.append(styled);
        const colour = styled.style.color; styled.remove();
        return [window.inlineRan === true, colour]";
    ensure!(page.run(inline).await? == json!([false, ""]), "inline script or style is not refused");
    let elsewhere = page.promise("fetch('https://example.com/').then(() => 'reached')").await?;
    ensure!(elsewhere.get("error").is_some(), "the page reached another host: {elsewhere}");
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_dropped_where_nothing_takes_it_is_shown_by_nobody() -> anyhow::Result<()> {
    let (stage, _folder) = opened().await?;
    let page = stage.page();
    let refused = |fill: &str| {
        format!(
            "const dataTransfer = new DataTransfer(); {fill};
             return ['dragover', 'drop'].map(kind => {{
                 const event = new DragEvent(kind, {{ bubbles: true, cancelable: true, dataTransfer }});
                 document.querySelector('main, body').dispatchEvent(event);
                 return event.defaultPrevented;
             }})"
        )
    };
    let file =
        refused("dataTransfer.items.add(new File(['<p>not ours</p>'], 'page.html', { type: 'text/html' }))");
    ensure!(page.run(&file).await? == json!([true, true]), "a file takes the page's place");
    // Text that is dragged from field to field stays the web view's own.
    let text = refused("dataTransfer.setData('text/plain', 'some words')");
    ensure!(page.run(&text).await? == json!([false, false]), "text cannot be dragged any more");
    stage.page().screen("create").await?;
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_cannot_be_led_elsewhere_nor_open_windows() -> anyhow::Result<()> {
    let (stage, _folder) = opened().await?;
    let page = stage.page();
    ensure!(
        page.run("return window.open('https://example.com/') === null").await? == true,
        "a window was opened"
    );
    for place in ["https://example.com/", "file:///etc/passwd", "data:text/html,x", "about:blank"] {
        page.run(&format!("location.href = {}; return true", Value::from(place))).await?;
        // A navigation that is let go is under way by the time a round trip to the shell has ended.
        page.promise("window.__TAURI_INTERNALS__.invoke('view_app', new TextEncoder().encode('{}'))").await?;
        let here = answer("the window has no address", stage.client.current_url()).await?;
        ensure!(here.scheme() == "tauri", "the page was led to {here}");
    }
    let windows = answer("the windows are not listed", stage.client.windows()).await?;
    ensure!(windows.len() == 1, "there is more than one window");
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn prototypes_cannot_be_changed() -> anyhow::Result<()> {
    let (stage, _folder) = opened().await?;
    let changed = "try { Object.prototype.polluted = 1 } catch { }
        return [Object.isFrozen(Object.prototype), 'polluted' in {}]";
    ensure!(stage.page().run(changed).await? == json!([true, false]), "a prototype could be changed");
    stage.close().await
}
