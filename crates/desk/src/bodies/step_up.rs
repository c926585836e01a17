//! The second factor: looking at it, proving to be there, enrolling an app and ending it.

use model::{
    Failure,
    command::{BeginTotp, ConfirmTotp, ProveStepUp, RemoveTotp, RenewRecoveryCodes, ViewStepUp},
    step_up::{ProofKind, RecoveryCodes, StepUpView, TotpEnrolment},
};
use qrcode::{Color, EcLevel, QrCode};
use store::StoredCode;
use vault::{RandomError, TotpSecret, make_recovery_codes};

use crate::{Desk, Host, dispatch::Body, failures};

/// Modules around a picture that must stay empty (ISO/IEC 18004).
const QUIET: usize = 4;

impl Body for ViewStepUp {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<StepUpView, Failure> {
        desk.session()?.step_up_view().await
    }
}

impl Body for ProveStepUp {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<StepUpView, Failure> {
        let session = desk.session()?;
        session.answer(self.by, self.answer, &desk.act("step_up.proven")).await?;
        session.step_up_view().await
    }
}

impl Body for BeginTotp {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<TotpEnrolment, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let secret = TotpSecret::make().map_err(random)?;
        let (picture, size) = picture(&secret.uri(&desk.actor)).ok_or_else(failures::broken_off)?;
        let groups: Vec<String> = secret
            .base32()
            .as_bytes()
            .chunks(4)
            .map(|group| String::from_utf8_lossy(group).into_owned())
            .collect();
        session.pending_totp(Some(secret));
        Ok(TotpEnrolment { secret: groups.join(" "), picture, size })
    }
}

impl Body for ConfirmTotp {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<RecoveryCodes, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let secret = session.pending_totp(None).ok_or_else(failures::nothing_to_enrol)?;
        let Some(step) = session.step_of(&secret, &self.code) else {
            session.pending_totp(Some(secret));
            return Err(failures::wrong_proof(ProofKind::Totp, false));
        };
        let (codes, stored) = new_codes()?;
        let sealed = session.vault.seal_totp(&secret).0;
        let act = desk.act("step_up.enrol");
        session.store.enrol_totp(&sealed, step, &stored, &act).await.map_err(failures::store)?;
        Ok(codes)
    }
}

impl Body for RemoveTotp {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<StepUpView, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        session.store.remove_totp(&desk.act("step_up.remove")).await.map_err(failures::store)?;
        session.step_up_view().await
    }
}

impl Body for RenewRecoveryCodes {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<RecoveryCodes, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        if session.store.step_up().await.map_err(failures::store)?.sealed.is_none() {
            return Err(failures::other_proof(false));
        }
        let (codes, stored) = new_codes()?;
        let act = desk.act("step_up.renew_codes");
        session.store.replace_recovery_codes(&stored, &act).await.map_err(failures::store)?;
        Ok(codes)
    }
}

fn new_codes() -> Result<(RecoveryCodes, Vec<StoredCode>), Failure> {
    let made = make_recovery_codes().map_err(random)?;
    let stored = made
        .iter()
        .map(|(_, hashed)| StoredCode { salt: hashed.salt.to_vec(), hash: hashed.hash.to_vec() })
        .collect();
    Ok((RecoveryCodes { codes: made.into_iter().map(|(code, _)| code.to_string()).collect() }, stored))
}

fn random(error: RandomError) -> Failure {
    failures::create(error.into())
}

/// The QR code as one path: a run of dark modules is one rectangle.
fn picture(text: &str) -> Option<(String, u32)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    Some((path, u32::try_from(width + 2 * QUIET).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_has_every_dark_module_once_and_a_quiet_zone() {
        let text = "otpauth://totp/Signalbox:admin?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Signalbox";
        let (path, size) = picture(text).unwrap();
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let mut drawn = vec![false; code.width() * code.width()];
        for run in path.split('M').skip(1) {
            let (x, rest) = run.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
            let (x, y) = (x.parse::<usize>().unwrap() - QUIET, y.parse::<usize>().unwrap() - QUIET);
            for at in x..x + length {
                assert!(!std::mem::replace(&mut drawn[y * code.width() + at], true));
            }
        }
        let dark: Vec<bool> = code.to_colors().iter().map(|color| *color == Color::Dark).collect();
        assert_eq!(drawn, dark);
        assert_eq!(size as usize, code.width() + 8);
    }
}
