//! What goes wrong with packages, in words.

use super::Key;
use super::words::{Words, detail_of, files, key, storage, unreadable};
use crate::app::{KeyProblem, StorageProblem, UnpackRefusal};
use crate::seal::Unreadable;
use crate::ui::dispatch::Ui;

/// The documents of a case could not be read.
pub fn package_not_read(ui: Ui, problem: &StorageProblem) -> Words {
    Words { happened: ui.t(Key::HappenedPackNotRead).to_owned(), safe: Key::SafePack, ..storage(ui, problem) }
}

/// A package could not be signed.
pub fn package_key(ui: Ui, problem: &KeyProblem) -> Words {
    let words = key(ui, problem);
    Words { happened: ui.tf(Key::HappenedPackKeyFailed, &[&words.happened]), safe: Key::SafePack, ..words }
}

/// A package could not be encrypted to the key of its receiver.
pub fn package_not_encrypted(ui: Ui, problem: &KeyProblem) -> Words {
    let (why, todo) = match problem {
        KeyProblem::InsecureOrigin => (Key::HappenedInsecure, Key::TodoSecure),
        _ => (Key::HappenedNotEncrypted, Key::TodoOtherReceiver),
    };
    let happened = ui.tf(Key::HappenedPackKeyFailed, &[ui.t(why)]);
    Words { happened, safe: Key::SafePack, todo, detail: detail_of(problem) }
}

/// The key that others encrypt to cannot be made or used.
pub fn receiving_key(ui: Ui, problem: &KeyProblem) -> Words {
    let (happened, todo) = match problem {
        KeyProblem::InsecureOrigin => (Key::HappenedInsecure, Key::TodoSecure),
        KeyProblem::NotKept => (Key::HappenedReceivingNotKept, Key::TodoReceivingBrowser),
        KeyProblem::Missing => (Key::HappenedReceivingMissing, Key::TodoGiveEncryptionFile),
        KeyProblem::Replaced => (Key::HappenedReceivingReplaced, Key::TodoGiveEncryptionFile),
        _ => (Key::HappenedReceivingFailed, Key::TodoReload),
    };
    let happened = ui.t(happened).to_owned();
    Words { happened, safe: Key::SafeUnpack, todo, detail: detail_of(problem) }
}

/// A handover could not be noted.
pub fn package_not_noted(ui: Ui, problem: &StorageProblem) -> Words {
    let todo = if *problem == StorageProblem::Full { Key::TodoFreeSpace } else { Key::TodoPackAgain };
    let happened = ui.t(Key::HappenedPackNotNoted).to_owned();
    Words { happened, safe: Key::SafePack, todo, detail: Some(problem.to_string()) }
}

/// That a case was taken back could not be noted.
pub fn not_taken_back(ui: Ui, problem: &StorageProblem) -> Words {
    let todo = if *problem == StorageProblem::Full { Key::TodoFreeSpace } else { Key::TodoTakeBackAgain };
    let happened = ui.t(Key::HappenedNotTakenBack).to_owned();
    Words { happened, safe: Key::SafeNothingWritten, todo, detail: Some(problem.to_string()) }
}

/// What came could not be kept.
pub fn package_not_kept(ui: Ui, problem: &StorageProblem) -> Words {
    let todo = if *problem == StorageProblem::Full { Key::TodoFreeSpace } else { Key::TodoUnpackAgain };
    let happened = ui.t(Key::HappenedPackNotKept).to_owned();
    Words { happened, safe: Key::SafeUnpack, todo, detail: Some(problem.to_string()) }
}

/// A file is not opened as a package.
pub fn package_refused(ui: Ui, refusal: &UnpackRefusal) -> Words {
    let said = |happened: Key, todo: Key, detail: Option<String>| Words {
        happened: ui.t(happened).to_owned(),
        safe: Key::SafeUnpack,
        todo,
        detail,
    };
    match refusal {
        UnpackRefusal::Unread(problem) => Words { safe: Key::SafeUnpack, ..files(ui, problem) },
        UnpackRefusal::TooLarge => said(Key::HappenedPackTooLarge, Key::TodoUnpackChoose, None),
        UnpackRefusal::Encryption(refusal) => {
            said(Key::HappenedPackNotOpened, Key::TodoUnpackSender, Some(refusal.to_string()))
        }
        UnpackRefusal::OtherKey(kid) => {
            // A name that a stranger gave, which may be of any length.
            let kid: String = kid.chars().take(60).collect();
            Words {
                happened: ui.tf(Key::HappenedPackForOther, &[&kid]),
                ..said(Key::HappenedPackForOther, Key::TodoGiveEncryptionFile, None)
            }
        }
        // So a browser refuses what was changed on the way.
        UnpackRefusal::NotDecrypted(KeyProblem::Failed(detail)) => {
            said(Key::HappenedPackNotDecrypted, Key::TodoUnpackSender, Some(detail.clone()))
        }
        UnpackRefusal::NotDecrypted(problem) => receiving_key(ui, problem),
        UnpackRefusal::Unreadable(reason) => {
            let words = unreadable(ui, reason);
            let todo = if matches!(reason, Unreadable::NotSealed(_)) { Key::TodoUnpackChoose } else { words.todo };
            Words { safe: Key::SafeUnpack, todo, ..words }
        }
        UnpackRefusal::NoPackage => said(Key::HappenedPackNoPackage, Key::TodoUnpackChoose, None),
        UnpackRefusal::Package(refusal) => {
            said(Key::HappenedPackNotOpened, Key::TodoUnpackSender, Some(refusal.to_string()))
        }
        UnpackRefusal::Record => said(Key::HappenedPackNotOpened, Key::TodoUnpackSender, None),
        UnpackRefusal::Broken(_) => said(Key::HappenedPackBroken, Key::TodoUnpackSender, None),
        UnpackRefusal::NoCrypto => said(Key::HappenedNoCrypto, Key::TodoSecure, None),
        UnpackRefusal::NotCompared(problem) => {
            said(Key::HappenedPackNotCompared, Key::TodoUnpackAgain, Some(problem.to_string()))
        }
    }
}
