//! A trustee is given its mission: by the statements that the hub began with, or by the statement log of later.

use std::fs;
use std::path::PathBuf;

use counterseal_mirror::LogFile;
use counterseal_model::{Clock, Timestamp};
use counterseal_register::LogKind;
use counterseal_sim::SimMission;
use counterseal_trustee::*;
use tempfile::TempDir;

use crate::common::Site;
use crate::crossing::{settled, succeed};
use crate::mirror::{agrees, followed, served};

struct At(Timestamp);

impl Clock for At {
    fn now(&self) -> Timestamp {
        self.0
    }
}

struct Folder {
    folder: TempDir,
    config: TrusteeConfig,
}

impl Folder {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let (own, second) = (folder.path().join("trustee"), folder.path().join("second"));
        fs::create_dir(&own).unwrap();
        let listen = "127.0.0.1:1".parse().unwrap();
        let config = TrusteeConfig::new(own, second, listen, "https://hub.example".to_owned());
        Self { folder, config }
    }

    fn file(&self, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join("given");
        fs::write(&path, bytes).unwrap();
        path
    }

    fn seed(&self, mission: &SimMission, bytes: &[u8]) -> Result<Seeded, OperationFailure> {
        give_mission(&self.config, &self.file(bytes), &At(mission.hub.now))
    }
}

#[test]
fn a_trustee_that_is_named_after_the_hub_was_replaced_is_given_the_log_of_then() {
    let (mut mission, _, _, _) = followed(731);
    let before = mission.founder.statements_file().unwrap();
    succeed(&mut mission);
    settled(&mut mission);
    let file = mission.founder.statements_file().unwrap();
    let folder = Folder::new();
    let seeded = folder.seed(&mission, &file).unwrap();
    assert_eq!(seeded.mission, mission.founder.mission());
    assert_eq!(seeded.statements, mission.founder.log(LogKind::Statements).unwrap().unwrap().size);
    let origins: Vec<String> = seeded.keys.iter().map(|key| key.name().to_string()).collect();
    assert!(origins.iter().all(|origin| origin.ends_with("/2")), "of the hub of now: {origins:?}");
    // The hub of now serves all that there is, and the new trustee has the register that desks have.
    let site = Site::new();
    let mut store = site.open();
    let mut mirror = Mirror::open(&store, seeded.mission).unwrap();
    mirror.advance(&mut store, &mut served(&mission.hub)).unwrap();
    agrees(&mission, &mirror);
    // With the file of before it would know the hub that is gone.
    let old = Folder::new().seed(&mission, &before).unwrap();
    assert_ne!(old.keys, seeded.keys);
}

#[test]
fn a_statement_log_counts_only_as_its_quorum_has_cosigned_it() {
    let (mission, _, _, _) = followed(732);
    let (folder, file) = (Folder::new(), mission.founder.statements_file().unwrap());
    let LogFile { note, items } = LogFile::read(&file).unwrap();
    let made = |note: &[u8], items: &[Vec<u8>]| LogFile::write(note, items.iter().map(Vec::as_slice));
    let refused = |bytes: &[u8], what: &str| {
        let refused = folder.seed(&mission, bytes).unwrap_err();
        assert!(matches!(refused, OperationFailure::Log { .. }), "{what}: {refused}");
        assert!(!folder.config.folder.join("mission.statements").exists(), "{what}");
    };
    refused(&made(&note, &items[..items.len() - 1]), "a leaf is missing");
    let mut swapped = items.clone();
    swapped.swap(1, 2);
    refused(&made(&note, &swapped), "another order");
    let text = String::from_utf8(note.clone()).unwrap();
    let signed: Vec<&str> = text.lines().filter(|line| !line.starts_with('—')).collect();
    refused(&made((signed.join("\n") + "\n").as_bytes(), &items), "nobody signed it");
    let log_alone: Vec<&str> =
        text.lines().take(text.lines().position(|l| l.is_empty()).unwrap() + 2).collect();
    refused(&made((log_alone.join("\n") + "\n").as_bytes(), &items), "no witness cosigned it");
    refused(&made(&note, &[]), "no founding");
    let cut = folder.seed(&mission, &file[..file.len() - 1]).unwrap_err();
    assert!(matches!(cut, OperationFailure::NotStatements), "{cut}");
    folder.seed(&mission, &file).unwrap();
}

#[test]
fn a_file_of_another_mission_is_refused_and_changes_nothing() {
    let ((own, _, _, _), (other, _, _, _)) = (followed(733), followed(734));
    assert_ne!(own.founder.mission(), other.founder.mission());
    let (own_file, other_file) =
        (own.founder.statements_file().unwrap(), other.founder.statements_file().unwrap());
    // The other's statements under this one's checkpoint, and the other way round: nobody cosigned that.
    let (of_own, of_other) = (LogFile::read(&own_file).unwrap(), LogFile::read(&other_file).unwrap());
    let folder = Folder::new();
    for (note, items) in [(&of_own.note, &of_other.items), (&of_other.note, &of_own.items)] {
        let mixed = LogFile::write(note, items.iter().map(Vec::as_slice));
        let refused = folder.seed(&own, &mixed).unwrap_err();
        assert!(matches!(refused, OperationFailure::Log { .. }), "{refused}");
        assert!(!folder.config.folder.join("mission.statements").exists());
    }
    assert_eq!(folder.seed(&own, &own_file).unwrap().mission, own.founder.mission());
    // A trustee has one mission: the same file again is no harm, another mission's is refused, whole as it is.
    let kept = fs::read(folder.config.folder.join("mission.statements")).unwrap();
    let refused = folder.seed(&own, &other_file).unwrap_err();
    assert!(matches!(refused, OperationFailure::OtherMission), "{refused}");
    assert_eq!(fs::read(folder.config.folder.join("mission.statements")).unwrap(), kept);
}
