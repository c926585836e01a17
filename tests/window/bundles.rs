//! Bundles in the window, with a server that runs: its file is compared, a bundle is put together, signed, applied there from a
//! folder, and served by; then the server is asked, and a last bundle, uploaded, takes everything away again.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, ensure};
use journeys::PASSWORD;
use model::{ProviderType, remote::CreateToken};
use serde_json::{Value, json};
use simulator::Simulator;
use tokio::time::{sleep, timeout};

use crate::{
    client::Request,
    look::{look, picture},
    page::Page,
    room::{ADMIN_PASSWORD, Person, Room},
    stage::{Stage, Theme},
};

/// Until a server has taken up what was laid before it.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_goes_to_a_running_server_which_serves_by_it_by_day() -> anyhow::Result<()> {
    journey(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_goes_to_a_running_server_which_serves_by_it_by_night() -> anyhow::Result<()> {
    journey(Theme::Dark).await
}

async fn journey(theme: Theme) -> anyhow::Result<()> {
    let room = journeys::Room::open().await;
    let mut form = room.form(ProviderType::OpenAi, "gpt-4o-mini");
    form["tasks"] = json!(["extraction"]);
    room.add(&form, Some("test-openai-key-0001")).await;
    let mut form = room.form(ProviderType::Claude, "claude-opus-5-5");
    form["tasks"] = json!(["cv_draft"]);
    room.add(&form, Some("test-claude-key-0001")).await;
    let (vendors, data) = room.leave().await;
    let folder = data.path().join(journeys::Room::FOLDER);
    // The desk's clock is the computer's, and a server that has seen a later time would call its bundle expired.
    let (mut server, admin, _) = Room::taken_up(Room::since(None, journeys::now()).await).await;
    let stage = Stage::open(&folder, theme).await?;
    let page = stage.page();
    let done = async {
        page.unlock(PASSWORD).await?;
        page.click("a[data-go='bundles']").await?;
        page.screen("bundles").await?;
        page.find("#no-bundles").await?;
        look(page, theme, "bundles-empty").await?;
        let token = meet(page, &mut server, &folder).await?;
        let before = call(&server, &token, "extraction").await;
        ensure!(before != 200, "the server serves before it was given anything");
        export(page, theme, &mut server).await?;
        vendors.clear_journal();
        // The window's clock went on meanwhile, and a bundle of later than now is refused. Never back: there the codes are used.
        server.set_clock(journeys::now().max(server.now()));
        apply(&server, &folder).await?;
        serves(&mut server, &token).await?;
        went_to(&vendors, ProviderType::OpenAi, "gpt-4o-mini")?;
        // The other route of the bundle: one provider for every task would have answered the first, too.
        vendors.clear_journal();
        ensure!(call(&server, &token, "cv_draft").await == 200, "the second task is not served");
        went_to(&vendors, ProviderType::Claude, "claude-opus-5-5")?;
        look(page, theme, "bundles").await?;
        ask(page, theme, &server, &admin).await?;
        verify(page, theme, &folder).await?;
        revoke(page, theme, &server, &admin).await?;
        ensure!(call(&server, &token, "extraction").await != 200, "the server still serves by the bundle");
        Ok(())
    };
    let done: anyhow::Result<()> = done.await;
    if done.is_err() {
        picture(page, theme, "bundles-failed", 0).await?;
    }
    done?;
    stage.close().await
}

/// The first file of an ending, where downloads go.
fn written(folder: &Path, ending: &str) -> anyhow::Result<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match path.is_dir() {
                true => folders.push(path),
                false if name.ends_with(ending) => return Ok(path),
                false => {}
            }
        }
    }
    anyhow::bail!("there is no file that ends in {ending}")
}

/// The signing key is made, and the server trusts it. A token for whoever calls there.
async fn meet(page: Page<'_>, server: &mut Room, folder: &Path) -> anyhow::Result<String> {
    page.click("#make-key").await?;
    page.find("#save-key:not([disabled])").await?;
    page.click("#save-key").await?;
    page.until("return document.body.textContent.includes('bundle trust')").await?;
    let print = page.text("#key-fingerprint").await?;
    page.click("#copy-key").await?;
    page.until("return document.body.textContent.includes('Copied')").await?;
    let file = written(folder, "-1.json")?;
    let token = server
        .at_console(async move |site, options| {
            server::bundle::trust(site, &file, Some(&print), &options.now).await.unwrap();
            let asked = CreateToken { name: "shop".into(), ..CreateToken::default() };
            server::make_token(site, asked, &options.now).await.unwrap().token.unwrap()
        })
        .await;
    dismiss(page).await?;
    Ok(token)
}

async fn export(page: Page<'_>, theme: Theme, server: &mut Room) -> anyhow::Result<()> {
    let identity = server
        .at_console(async |site, _| server::bundle::identity(site, Some("api-eu-1")).await.unwrap())
        .await;
    page.click("#export-bundle").await?;
    page.find("[data-step='server'] #server-text").await?;
    page.find("#to-scope[disabled]").await?;
    set(page, "#server-text", "this is no server").await?;
    page.click("#look-at-server").await?;
    page.find("#server-refused .note").await?;
    set(page, "#server-text", &identity.file()).await?;
    page.click("#look-at-server").await?;
    page.find("[data-seen='api-eu-1']").await?;
    ensure!(page.text("#server-fingerprint").await? == identity.fingerprint().to_string(), "another server");
    page.find("#confirm-server[disabled]").await?;
    page.click("#compared").await?;
    page.find("#confirm-server:not([disabled])").await?;
    look(page, theme, "bundle-server").await?;
    page.click("#confirm-server").await?;
    page.find("#to-scope:not([disabled])").await?;
    dismiss(page).await?;
    page.click("#to-scope").await?;
    page.find("[data-step='scope'] #bundle-scope").await?;
    // What is on this computer's own network is not chosen by itself.
    page.find("#to-review[disabled]").await?;
    for at in 0..2 {
        page.run(&format!("document.querySelectorAll('#bundle-scope input')[{at}].click()")).await?;
        let chosen = at + 1;
        page.until(&format!(
            "return document.querySelectorAll('#bundle-scope input:checked').length === {chosen}"
        ))
        .await?;
    }
    page.click("#bundle-days button:nth-child(1)").await?;
    page.find("#to-review:not([disabled])").await?;
    let sealed = page.text("#bundle-sealed").await?.replace('\u{a0}', " ");
    ensure!(sealed.contains(&identity.fingerprint().to_string()), "for whom is not said: {sealed}");
    look(page, theme, "bundle-scope").await?;
    page.click("#to-review").await?;
    page.find("#bundle-changes [data-change='added']").await?;
    page.find("#bundle-changes [data-change='route']").await?;
    look(page, theme, "bundle-review").await?;
    page.click("#sign-bundle").await?;
    // It is for a day, which is no reason to warn of it at once.
    page.find("tr[data-serial='1'] .st.ok").await?;
    page.gone("#runs-out").await?;
    dismiss(page).await
}

/// Into a folder that the server watches.
async fn apply(server: &Room, folder: &Path) -> anyhow::Result<()> {
    let bundle = written(folder, ".sbundle")?;
    let watched = server.data.path().join("bundles");
    fs::create_dir_all(&watched)?;
    let staged = watched.join("staged");
    fs::copy(&bundle, &staged)?;
    fs::rename(&staged, watched.join(bundle.file_name().context("a name")?))?;
    server.watch(&watched);
    Ok(())
}

async fn call(server: &Room, token: &str, task: &str) -> u16 {
    let model = format!("task:{task}");
    let ask = json!({ "model": model, "messages": [{ "role": "user", "content": "Say hello." }] });
    let request = Request::new("POST", "/v1/chat/completions");
    let request = request.header("authorization", &format!("Bearer {token}")).json(&ask);
    request.send(server.gateway()).await.status
}

/// The folder is looked at every few moments.
async fn serves(server: &mut Room, token: &str) -> anyhow::Result<()> {
    let served = async {
        while call(server, token, "extraction").await != 200 {
            sleep(Duration::from_millis(200)).await;
        }
    };
    if timeout(PATIENCE, served).await.is_err() {
        let acts = server.at_console(async |site, _| site.store().audit_entries(6).await.unwrap()).await;
        let acts: Vec<_> = acts.into_iter().map(|act| (act.action, act.after)).collect();
        anyhow::bail!("the server does not serve by the bundle: {acts:?}");
    }
    Ok(())
}

/// The one call since the journal was cleared was this vendor's, of this model.
fn went_to(vendors: &Simulator, kind: ProviderType, model: &str) -> anyhow::Result<()> {
    let calls: Vec<_> = vendors.journal().into_iter().filter(|one| one.method == "POST").collect();
    let url = vendors.base_url(kind);
    let path = url.strip_prefix(&format!("http://{}", vendors.address())).context("another address")?;
    let is_there = matches!(&calls[..], [one] if one.path_and_query.starts_with(path)
        && one.body.as_ref().is_some_and(|body| body["model"] == model));
    ensure!(is_there, "not one call of {model} below {path}: {calls:?}");
    Ok(())
}

async fn log_in(page: Page<'_>, server: &Room, admin: &Person) -> anyhow::Result<()> {
    page.find("#confirm-reach:not([disabled])").await?;
    // A code that was not used before, by a clock that is right again afterwards.
    server.pass(Duration::from_secs(30));
    set(page, "#reach-url", &format!("http://{}", server.address())).await?;
    page.fill("#reach-user", &admin.name).await?;
    page.fill("#reach-password", ADMIN_PASSWORD).await?;
    page.fill("#reach-code", &admin.code(server.now())).await
}

async fn ask(page: Page<'_>, theme: Theme, server: &Room, admin: &Person) -> anyhow::Result<()> {
    page.click("[data-ask='api-eu-1']").await?;
    log_in(page, server, admin).await?;
    look(page, theme, "bundle-reach").await?;
    page.click("#confirm-reach").await?;
    page.gone("#reach-form").await?;
    page.find("tr[data-serial='1'] small[data-told='true']").await?;
    page.find("[data-server='api-eu-1'] small[data-told='true']").await?;
    dismiss(page).await
}

async fn verify(page: Page<'_>, theme: Theme, folder: &Path) -> anyhow::Result<()> {
    let text = fs::read_to_string(written(folder, ".sbundle")?)?;
    choose(page, "#verify-file", "api-eu-1-1.sbundle", &text.replacen("eyJ", "eyK", 1)).await?;
    page.find("#verdict .note.danger").await?;
    // Dropped onto the card, it is taken as it is when it is chosen.
    drop_file(page, "#verify-drop", "api-eu-1-1.sbundle", &text).await?;
    page.until("return document.querySelectorAll('#verdict [data-check=ok]').length === 4").await?;
    page.click("#show-contents").await?;
    page.find("#bundle-contents").await?;
    look(page, theme, "bundles-verified").await
}

async fn revoke(page: Page<'_>, theme: Theme, server: &Room, admin: &Person) -> anyhow::Result<()> {
    page.click("#bundle-more-1").await?;
    look(page, theme, "bundles-menu").await?;
    page.click("[data-action='revoke']").await?;
    page.find("#bundle-changes [data-change='removed']").await?;
    page.click("#bundle-target button:nth-child(3)").await?;
    look(page, theme, "bundle-revoke").await?;
    page.click("#sign-bundle").await?;
    log_in(page, server, admin).await?;
    page.click("#confirm-reach").await?;
    page.gone("#reach-form").await?;
    page.find("tr[data-serial='2'] small[data-told='true']").await?;
    page.find("tr[data-serial='1'] .st.danger").await?;
    dismiss(page).await?;
    look(page, theme, "bundles-revoked").await
}

async fn choose(page: Page<'_>, css: &str, name: &str, text: &str) -> anyhow::Result<()> {
    page.find(&format!("{css}:not([disabled])")).await?;
    let script = format!(
        "const field = document.querySelector({}), files = new DataTransfer();
         files.items.add(new File([{}], {}));
         field.files = files.files;
         field.dispatchEvent(new Event('change', {{ bubbles: true }}));",
        Value::from(css),
        Value::from(text),
        Value::from(name)
    );
    page.run(&script).await.map(drop)
}

/// As the system does it: over the place, and let go.
async fn drop_file(page: Page<'_>, css: &str, name: &str, text: &str) -> anyhow::Result<()> {
    page.find(css).await?;
    let script = format!(
        "const dataTransfer = new DataTransfer(), place = document.querySelector({});
         dataTransfer.items.add(new File([{}], {}));
         return ['dragover', 'drop'].map(kind => {{
             const event = new DragEvent(kind, {{ bubbles: true, cancelable: true, dataTransfer }});
             place.dispatchEvent(event);
             return event.defaultPrevented;
         }})",
        Value::from(css),
        Value::from(text),
        Value::from(name)
    );
    let taken = page.run(&script).await?;
    ensure!(taken == json!([true, true]), "{css} does not take a file that is dropped: {taken}");
    Ok(())
}

/// What a person pastes.
async fn set(page: Page<'_>, css: &str, text: &str) -> anyhow::Result<()> {
    page.find(css).await?;
    let script = format!("document.querySelector({}).value = {}", Value::from(css), Value::from(text));
    page.run(&script).await.map(drop)
}

async fn dismiss(page: Page<'_>) -> anyhow::Result<()> {
    page.until(
        "document.querySelectorAll('.toast [data-action=dismiss]').forEach(one => one.click());
                return document.querySelector('.toast') === null",
    )
    .await
}
