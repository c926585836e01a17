//! Hashing and comparing passwords, of which each takes 64 MiB: as many at once as there are cores, 32 wait, and the rest are
//! told to come again.

use std::{sync::Arc, thread};

use model::Secret;
use tokio::{sync::Semaphore, task::spawn_blocking};
use vault::{LoginPasswordError, PasswordHash, WITH_SECOND_FACTOR};

use crate::web::{Answer, Refused, refusal};

/// So many wait.
const QUEUE: usize = 32;

pub(crate) struct Passwords {
    /// Those who run and those who wait.
    places: Arc<Semaphore>,
    running: Arc<Semaphore>,
    /// What is looked at for users that there are not, so that they take as long as others.
    nobody: String,
}

impl Passwords {
    pub(crate) fn new() -> Result<Self, LoginPasswordError> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            places: Arc::new(Semaphore::new(cores + QUEUE)),
            running: Arc::new(Semaphore::new(cores)),
            nobody: PasswordHash::of_nobody()?.to_phc(),
        })
    }

    /// Whether this is the password of a hash; of nobody's when there is none.
    pub(crate) async fn is_of(&self, hash: Option<&str>, password: Secret) -> Answer<bool> {
        let kept = PasswordHash::from_phc(hash.unwrap_or(&self.nobody)).ok_or_else(refusal::internal)?;
        let is_right = self.run(move || kept.is_of(&password)).await?.map_err(|_| busy())?;
        Ok(is_right && hash.is_some())
    }

    /// A new password's hash.
    pub(crate) async fn hash(&self, password: Secret, field: &str) -> Answer<String> {
        let made = self.run(move || PasswordHash::make(&password, WITH_SECOND_FACTOR)).await?;
        made.map(|hash| hash.to_phc()).map_err(|error| match error {
            LoginPasswordError::Short(_) | LoginPasswordError::Long => {
                let message = format!("Choose another one: {error}.");
                refusal::invalid_fields(vec![model::remote::FieldAtFault {
                    field: field.to_owned(),
                    message,
                }])
            }
            LoginPasswordError::Kdf(_) => busy(),
            LoginPasswordError::Random(_) => refusal::internal(),
        })
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| busy())?;
        let running = Arc::clone(&self.running).acquire_owned().await.map_err(|_| busy())?;
        // Both go with the work, also when whoever asked does not wait for it.
        let done = spawn_blocking(move || {
            let worked = work();
            drop((place, running));
            worked
        });
        done.await.map_err(|_| refusal::internal())
    }
}

fn busy() -> Refused {
    refusal::unavailable("busy", "too many log in at once", "Try again in a few seconds.")
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn more_than_the_queue_holds_are_told_to_come_again() {
        let passwords = Arc::new(Passwords::new().ok().unwrap());
        let (end, ended) = mpsc::channel::<()>();
        let ended = Arc::new(std::sync::Mutex::new(ended));
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let begun: Vec<_> = (0..cores + QUEUE)
            .map(|_| {
                let (passwords, ended) = (Arc::clone(&passwords), Arc::clone(&ended));
                tokio::spawn(async move {
                    passwords.run(move || ended.lock().unwrap().recv().is_err()).await.is_ok()
                })
            })
            .collect();
        while passwords.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(passwords.run(|| ()).await.is_err());
        drop(end);
        for one in begun {
            assert!(one.await.unwrap());
        }
        assert!(passwords.run(|| ()).await.is_ok());
    }
}
