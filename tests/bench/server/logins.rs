//! Whether a login tells by its time who exists: wrong passwords of users who are there, and of nobody, in turns.

use anyhow::{Context as _, ensure};
use figures::{Figures, Goal, median};
use rig_postgres::Postgres;
use serde_json::json;
use server::Role;

use crate::{
    http::Http,
    place::{self, Place},
};

const USERS: usize = 20;
/// Of each user: fewer than the failures that make one wait.
const GUESSES: usize = 4;

pub async fn measure(postgres: &Postgres, figures: &mut Figures) -> anyhow::Result<()> {
    for (on, names) in [
        (
            None,
            [
                "login_wrong_password_embedded",
                "login_unknown_user_embedded",
                "login_difference_of_medians_embedded",
                "login_ratio_of_medians_embedded",
            ],
        ),
        (
            Some(postgres),
            [
                "login_wrong_password_postgres",
                "login_unknown_user_postgres",
                "login_difference_of_medians_postgres",
                "login_ratio_of_medians_postgres",
            ],
        ),
    ] {
        let (there, nobody) = guess(on).await?;
        let [wrong, unknown, difference, ratio] = names;
        figures.note(wrong, there, "ms", Goal::None);
        figures.note(unknown, nobody, "ms", Goal::None);
        figures.note(difference, (there - nobody).abs(), "ms", Goal::AtMost(2.0));
        figures.note(ratio, there.max(nobody) / there.min(nobody), "x", Goal::AtMost(1.1));
    }
    Ok(())
}

/// The medians of wrong passwords and of wrong names, in milliseconds.
async fn guess(on: Option<&Postgres>) -> anyhow::Result<(f64, f64)> {
    let place = Place::make(on, "127.0.0.1:9").await?;
    let invited = place
        .at_console(async |site| {
            let mut tokens = Vec::new();
            for number in 0..USERS {
                let name = format!("person {number:02}");
                let invited = server::invite(site, &name, Role::User, &place::clock()).await?;
                tokens.push(invited.token.to_string());
            }
            Ok(tokens)
        })
        .await?;
    let served = place.serve(0)?;
    let mut http = Http::connect(&served.address).await?;
    for (number, token) in invited.iter().enumerate() {
        http.peer = format!("198.51.100.{number}");
        place::take_up(&mut http, token).await?;
    }
    let (mut there, mut nobody) = (Vec::new(), Vec::new());
    for guess in 0..USERS * GUESSES {
        // Each from an address of its own, or guesses would be refused unseen.
        http.peer = format!("203.0.113.{guess}");
        let number = guess % USERS;
        let pair =
            [(&mut there, format!("person {number:02}")), (&mut nobody, format!("nobody {number:02}"))];
        // In turns also within the pair.
        let order = if guess % 2 == 0 { [0, 1] } else { [1, 0] };
        let mut pair = pair.map(Some);
        for at in order {
            let (times, name) = pair[at].take().context("each once")?;
            let asked = json!({ "user_name": name, "password": "a guess of a password", "code": "123456" });
            let (status, body, took) = http.ask("POST", "/api/v1/auth/login", None, Some(&asked)).await?;
            ensure!(status == 401, "status {status}: {}", String::from_utf8_lossy(&body));
            times.push(took.as_secs_f64() * 1e3);
        }
    }
    served.end()?;
    Ok((median(there), median(nobody)))
}
