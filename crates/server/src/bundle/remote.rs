//! Bundles over HTTP: brought by whoever may act here, believed because of who signed them.

use axum::{Extension, Json, extract::State, http::StatusCode};
use bundle::ServerFile;
use model::{
    Timestamp,
    remote::{AcceptedBundle, AppliedBundle, Bundles, Success, TrustedKey, UploadBundle},
};

use super::{Applied, BundleError, apply, keys, own_file};
use crate::{
    access::Caller,
    app::machine,
    web::{Answer, Body, Refused, Shared, instant, refusal},
};

/// Put a bundle in force: the new serial with all that it brings, or nothing
#[utoipa::path(post, path = "/api/v1/super-admin/bundles", tag = "bundles", request_body = UploadBundle,
    responses((status = 200, body = Success<AppliedBundle>)))]
pub(crate) async fn upload(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Body(asked): Body<UploadBundle>,
) -> Answer<Json<Success<AppliedBundle>>> {
    let act = app.act(&caller, "bundle.apply");
    let applied =
        apply::apply(&app.root, &app.store, asked.bundle.as_bytes(), &act).await.map_err(refused)?;
    app.reload().await;
    Ok(Json(Success::new(view(applied))))
}

/// Read who this server is to those who make bundles, whom it trusts, and what it accepted
#[utoipa::path(get, path = "/api/v1/super-admin/bundles", tag = "bundles",
    responses((status = 200, body = Success<Bundles>)))]
pub(crate) async fn show_bundles(State(app): State<Shared>) -> Answer<Json<Success<Bundles>>> {
    let ServerFile { id, recipient, .. } = own_file(&app.root, &machine(), 0).map_err(refused)?;
    let fingerprint = own_file(&app.root, &machine(), 0).map_err(refused)?.fingerprint().to_string();
    let (trusted, _) = keys(&app.store).await.map_err(refused)?;
    let trusted = trusted.iter().map(|key| TrustedKey {
        issuer: key.issuer().to_owned(),
        kid: key.kid().to_owned(),
        fingerprint: key.fingerprint().to_string(),
    });
    let (accepted, now) = (app.store.accepted_bundles().await?, app.now());
    Ok(Json(Success::new(Bundles {
        server_id: id,
        recipient: recipient.to_string(),
        fingerprint,
        trusted: trusted.collect(),
        accepted: accepted.into_iter().map(|one| accepted_view(one, now)).collect(),
    })))
}

fn accepted_view(one: store::AcceptedBundle, now: Timestamp) -> AcceptedBundle {
    let number = |number: i64| u64::try_from(number).unwrap_or(0);
    AcceptedBundle {
        serial: number(one.serial),
        accepted_at: instant::text(one.accepted_at()),
        expires_at: instant::text(one.expires_at()),
        has_expired: one.expires_at() <= now,
        again: one.again.map(number),
        is_kept: one.is_kept,
        fingerprint: one.fingerprint,
        issuer: one.issuer,
    }
}

fn view(applied: Applied) -> AppliedBundle {
    AppliedBundle {
        issuer: applied.issuer,
        serial: applied.serial,
        fingerprint: applied.fingerprint,
        expires_at: instant::text(applied.expires_at),
        configurations: applied.configurations,
        again: applied.again,
    }
}

fn refused(error: BundleError) -> Refused {
    match error {
        BundleError::Store(error) | BundleError::Apply(store::ApplyError::Store(error)) => error.into(),
        BundleError::Identity | BundleError::File(_) => {
            tracing::error!(%error, "bundles cannot be had");
            refusal::internal()
        }
        error => {
            let advice = error.advice();
            Refused::new(StatusCode::UNPROCESSABLE_ENTITY, "bundle_refused", error.to_string(), advice)
        }
    }
}
