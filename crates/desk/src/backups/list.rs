//! Which backups there are, and what is known of each.

use std::fs;

use model::{
    Failure, Timestamp,
    backups::{BackupReason, BackupState, BackupView, BackupsView},
};
use vault::{BackupError, BackupFolder, Manifest, OpenVault};

use super::Backups;

/// More than are ever kept; a folder with more is not ours.
const MOST: usize = 1_000;

impl Backups {
    /// All that the page shows. Reads manifests and sizes, no database.
    pub(crate) fn view(&self, vault: &OpenVault) -> BackupsView {
        let backups = self.views(vault);
        let undo = backups.first().filter(|one| one.reason == BackupReason::Restore && is_sound(one));
        let status = self.status();
        let verified = backups.iter().filter_map(|one| match one.state {
            BackupState::Sound { verified_at } => Some(verified_at),
            BackupState::OtherKey | BackupState::Damaged => None,
        });
        BackupsView {
            folder: self.folder.backups().display().to_string(),
            automatic: !status.off,
            undo: undo.map(|one| one.place.clone()),
            running: status.running,
            fault: status.fault.clone(),
            checked_at: status.noted.checked_at.into_iter().chain(verified).max(),
            backups,
        }
    }

    /// Newest first.
    pub(super) fn views(&self, vault: &OpenVault) -> Vec<BackupView> {
        sorted(self.names().iter().filter_map(|name| self.view_of(name, vault)))
    }

    /// The same while the vault is locked: what each tells of itself, in the clear as it lies there.
    pub(crate) fn views_at_rest(&self) -> Vec<BackupView> {
        let vault_id = self.folder.vault_id();
        sorted(self.names().iter().filter_map(|name| self.view_at_rest(name, vault_id.as_deref())))
    }

    /// Of the folder's entries, those that can be backups.
    pub(super) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.backups()).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        names.filter(|name| time_of(name).is_some()).take(MOST).collect()
    }

    /// Of a vault without a header any backup may be.
    fn view_at_rest(&self, name: &str, vault_id: Option<&str>) -> Option<BackupView> {
        let backup = self.at(name).ok()?;
        let said = backup.read().ok();
        if vault_id.zip(said.as_ref()).is_some_and(|(id, said)| said.vault_id != id) {
            return None;
        }
        let damaged = said.is_none() || self.status().noted.damaged.iter().any(|one| one == name);
        let state = if damaged { BackupState::Damaged } else { BackupState::OtherKey };
        Some(view(name.to_owned(), &backup, said.as_ref(), state))
    }

    fn view_of(&self, name: &str, vault: &OpenVault) -> Option<BackupView> {
        let backup = self.at(name).ok()?;
        let read = vault.open_manifest(&backup);
        // What its seal does not vouch for is shown all the same; whoever restores it is asked for its password.
        let said = read.clone().or_else(|_| backup.read());
        let noted = self.status().noted.clone();
        let state = match read {
            _ if noted.damaged.iter().any(|one| one == name) => BackupState::Damaged,
            Ok(manifest) => {
                let again = noted.verified.get(name).copied();
                BackupState::Sound {
                    verified_at: again.map_or(manifest.verified_at, |at| at.max(manifest.verified_at)),
                }
            }
            Err(BackupError::OtherKey) => BackupState::OtherKey,
            Err(BackupError::OtherVault) => return None,
            Err(_) => BackupState::Damaged,
        };
        Some(view(name.to_owned(), &backup, said.ok().as_ref(), state))
    }
}

fn sorted(views: impl Iterator<Item = BackupView>) -> Vec<BackupView> {
    let mut views: Vec<BackupView> = views.collect();
    views.sort_by(|a, b| (b.made_at.0, &b.place).cmp(&(a.made_at.0, &a.place)));
    views
}

/// What is shown of one; without a manifest, what its name and its files say.
pub(super) fn view(
    place: String,
    backup: &BackupFolder,
    manifest: Option<&Manifest>,
    state: BackupState,
) -> BackupView {
    let made_at = manifest.map_or_else(|| time_of(&place).unwrap_or(Timestamp(0)), |said| said.made_at);
    BackupView {
        made_at,
        reason: manifest.map_or(BackupReason::Manual, |said| said.reason),
        bytes: fs::metadata(backup.database()).map_or(0, |data| data.len()),
        place,
        state,
    }
}

pub(super) fn is_sound(view: &BackupView) -> bool {
    matches!(view.state, BackupState::Sound { .. })
}

/// `20261123T143200Z-412`: an instant in UTC and the revision.
pub(super) fn name(at: Timestamp, revision: i64) -> Result<String, Failure> {
    let broken = |_| crate::failures::broken_off();
    let instant = jiff::Timestamp::from_millisecond(at.0).map_err(broken)?;
    Ok(format!("{}-{revision}", instant.strftime("%Y%m%dT%H%M%SZ")))
}

fn time_of(name: &str) -> Option<Timestamp> {
    let (time, revision) = name.split_once('-')?;
    revision.parse::<u64>().ok()?;
    let time = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", time).ok()?;
    let instant = time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    Some(Timestamp(instant.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_when_and_at_which_revision() {
        let at = Timestamp(1_795_444_320_000);
        let name = name(at, 412).unwrap();
        assert_eq!(name, "20261123T143200Z-412");
        assert_eq!(time_of(&name), Some(at));
        for other in ["making", "20261123T143200Z", "20261123T143200Z-x", "..", "2026-1"] {
            assert_eq!(time_of(other), None, "{other}");
        }
    }
}
