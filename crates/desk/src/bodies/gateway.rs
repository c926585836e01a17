//! The local gateway's settings and its token.

use model::{
    Failure,
    command::{ReplaceGatewayToken, SetGateway, ViewGateway},
    gateway::{GatewayView, NewToken},
};

use super::playground::CLIENT;
use crate::{Desk, Host, dispatch::Body, failures, session::Session};

/// Bytes of chance in a token; nobody guesses so many.
const TOKEN_BYTES: usize = 32;

impl Body for ViewGateway {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<GatewayView, Failure> {
        view(&*desk.session()?).await
    }
}

impl Body for SetGateway {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<GatewayView, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        session.set_face(self.settings, &desk.act("gateway.set")).await?;
        view(&session).await
    }
}

impl Body for ReplaceGatewayToken {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<NewToken, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let token = make_token()?;
        session.set_token(&token, &desk.act("gateway.replace_token")).await?;
        Ok(NewToken { token, view: view(&session).await? })
    }
}

async fn view(session: &Session) -> Result<GatewayView, Failure> {
    let midnight = session.host.now().start_of_utc_day();
    let calls_today = session.store.calls_since(midnight, CLIENT).await.map_err(failures::store)?;
    let face = session.face().await?;
    Ok(GatewayView {
        settings: face.settings,
        running_since: face.running_since(),
        trouble: face.trouble.as_ref().map(failures::sentences),
        token_last_four: face.token_last_four.clone(),
        calls_today,
    })
}

/// The prefix tells people, and tools that look for leaked secrets, what it is.
fn make_token() -> Result<String, Failure> {
    let mut bytes = [0; TOKEN_BYTES];
    getrandom::fill(&mut bytes).map_err(|_| failures::broken_off())?;
    Ok(bytes.iter().fold("sbx_".to_owned(), |token, byte| format!("{token}{byte:02x}")))
}
