//! The socket: a file that only the server's own user may open, in a folder that only that user may enter; and whoever is at the other
//! end is asked for by the system, too. One question a connection, bounded in size and time.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Answer, ConsoleError, Question};
use crate::config::Config;

const NAME: &str = "control.sock";
/// Largest question.
#[cfg(unix)]
const MOST_ASKED: u64 = 64 * 1024;
/// Largest answer: a list of all tokens.
#[cfg(unix)]
const MOST_ANSWERED: u64 = 64 * 1024 * 1024;
/// Whoever needs longer to ask does not.
#[cfg(unix)]
const ASK_WITHIN: Duration = Duration::from_secs(5);
/// The whole log may have to be read.
#[cfg(unix)]
const ANSWER_WITHIN: Duration = Duration::from_secs(600);
/// Commands at once.
#[cfg(unix)]
const AT_ONCE: usize = 8;

pub(super) fn path(config: &Config) -> PathBuf {
    config.data_dir.join(NAME)
}

#[cfg(unix)]
mod unix {
    use std::{
        fs, io,
        os::unix::fs::{MetadataExt, PermissionsExt},
        sync::Arc,
    };

    use tokio::{
        io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
        net::{UnixListener, UnixStream},
        sync::Semaphore,
        time::timeout,
    };

    use super::*;
    use crate::{Site, app::App, control::console::done};

    /// Answers commands until the server closes. Whoever holds the database's lock may take the place of a socket that is there.
    pub(crate) fn listen(app: &Arc<App>, config: &Config) {
        if config.database_url.is_some() {
            return;
        }
        let path = path(config);
        match bind(&path) {
            Ok((listener, owner)) => {
                let (app, tracker) = (Arc::clone(app), app.under_way.clone());
                tracker.spawn(async move {
                    accept(&app, listener, owner).await;
                    // Before the database is closed: a command that finds no socket opens it itself.
                    let _ = fs::remove_file(&path);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "commands cannot reach this server while it runs");
            }
        }
    }

    fn bind(path: &Path) -> io::Result<(UnixListener, u32)> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let folder = fs::metadata(path.parent().unwrap_or(Path::new(".")))?;
        if folder.permissions().mode() & 0o022 != 0 {
            return Err(io::Error::other("others may write into the data folder"));
        }
        let listener = UnixListener::bind(path)?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
        Ok((listener, fs::metadata(path)?.uid()))
    }

    async fn accept(app: &Arc<App>, listener: UnixListener, owner: u32) {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        loop {
            let next = async {
                let place = Arc::clone(&places).acquire_owned().await;
                (place, listener.accept().await)
            };
            let (place, stream) = tokio::select! {
                () = app.closing.cancelled() => return,
                (place, accepted) = next => match accepted {
                    Ok((stream, _)) => (place, stream),
                    Err(error) => {
                        tracing::warn!(%error, "a command could not be accepted");
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        continue;
                    }
                },
            };
            let app = Arc::clone(app);
            app.clone().under_way.spawn(async move {
                if let Err(error) = one(&app, stream, owner).await {
                    tracing::debug!(%error, "a command was cut off");
                }
                drop(place);
            });
        }
    }

    async fn one(app: &Arc<App>, stream: UnixStream, owner: u32) -> io::Result<()> {
        let asks = stream.peer_cred()?.uid();
        if asks != owner && asks != 0 {
            tracing::warn!(uid = asks, "another user's command was refused");
            return Ok(());
        }
        let (reading, mut writing) = stream.into_split();
        let mut line = Vec::new();
        let mut bounded = BufReader::new(reading.take(MOST_ASKED));
        timeout(ASK_WITHIN, bounded.read_until(b'\n', &mut line)).await??;
        let answer = match serde_json::from_slice::<Question>(&line) {
            Ok(question) => answer(app, question).await,
            Err(_) => Answer::Refused { why: "the command is of another version than the server".to_owned() },
        };
        // A token may be in it, and is gone with it.
        let mut text = zeroize::Zeroizing::new(serde_json::to_vec(&answer)?);
        text.push(b'\n');
        writing.write_all(&text).await?;
        writing.shutdown().await
    }

    async fn answer(app: &Arc<App>, question: Question) -> Answer {
        let changes = matches!(question, Question::MakeToken(_) | Question::RevokeToken { .. });
        let site = Site { root: Arc::clone(&app.root), store: app.store.clone() };
        let answer = done(&site, question, &app.clock()).await;
        if changes && let Err(error) = app.renew_applications().await {
            tracing::error!(%error, "calls go by the tokens from before the last command");
            return Answer::Refused {
                why: "it is in the database, and the running server could not read it: start it anew"
                    .to_owned(),
            };
        }
        answer
    }

    pub(in super::super) async fn answers(path: &Path) -> bool {
        UnixStream::connect(path).await.is_ok()
    }

    pub(in super::super) async fn ask(path: &Path, question: &Question) -> Result<Answer, ConsoleError> {
        let asked = async {
            let mut text = serde_json::to_vec(question)?;
            text.push(b'\n');
            let mut stream = UnixStream::connect(path).await?;
            stream.write_all(&text).await?;
            let mut answer = zeroize::Zeroizing::new(Vec::new());
            let mut bounded = stream.take(MOST_ANSWERED);
            timeout(ANSWER_WITHIN, bounded.read_to_end(&mut answer)).await??;
            io::Result::Ok(answer)
        };
        let answer = asked.await.map_err(ConsoleError::Socket)?;
        serde_json::from_slice(&answer).map_err(|_| ConsoleError::Version)
    }
}

#[cfg(unix)]
pub(crate) use unix::listen;
#[cfg(unix)]
pub(super) use unix::{answers, ask};

/// Elsewhere commands want the server stopped.
#[cfg(not(unix))]
pub(crate) fn listen(_: &std::sync::Arc<crate::app::App>, _: &Config) {}

#[cfg(not(unix))]
pub(super) async fn answers(_: &Path) -> bool {
    false
}

#[cfg(not(unix))]
pub(super) async fn ask(_: &Path, _: &Question) -> Result<Answer, ConsoleError> {
    Err(ConsoleError::Version)
}
