//! Problems and findings in words: what happened, what is safe, what to do.

use super::Key;
use crate::app::{AddingProblem, FilesProblem, InstrumentProblem, KeyProblem, StorageProblem};
use crate::form::LoadRefusal;
use crate::seal::Unreadable;
use crate::ui::dispatch::Ui;

/// What happened, what is safe, what to do.
pub struct Words {
    /// What happened.
    pub happened: String,
    /// What is safe.
    pub safe: Key,
    /// What to do.
    pub todo: Key,
    /// The technical detail, for whoever helps.
    pub detail: Option<String>,
}

impl Words {
    pub(super) fn new(ui: Ui, happened: Key, safe: Key, todo: Key) -> Self {
        Self { happened: ui.t(happened).to_owned(), safe, todo, detail: None }
    }

    pub(super) fn with(self, detail: impl ToString) -> Self {
        Self { detail: Some(detail.to_string()), ..self }
    }
}

/// A record could not be read or written.
pub fn storage(ui: Ui, problem: &StorageProblem) -> Words {
    let (happened, todo) = match problem {
        StorageProblem::Blocked(_) => (Key::HappenedNoStorage, Key::TodoAllowStorage),
        StorageProblem::Full => (Key::HappenedFull, Key::TodoFreeSpace),
        StorageProblem::Conflict => (Key::HappenedConflict, Key::TodoReload),
        StorageProblem::NewerVersion => (Key::HappenedNewer, Key::TodoUpdate),
        StorageProblem::Unreadable(_) => (Key::HappenedUnreadable, Key::TodoRawCopy),
        StorageProblem::Missing(_) => (Key::HappenedMissing, Key::TodoRawCopy),
        StorageProblem::PartMissing(_) => (Key::HappenedPartMissing, Key::TodoPart),
        StorageProblem::Failed(_) => (Key::HappenedStorageFailed, Key::TodoReload),
    };
    Words::new(ui, happened, Key::SafeNothingWritten, todo).with(problem)
}

/// A part of the module did not come.
pub fn part_missing(ui: Ui, detail: &str) -> Words {
    Words::new(ui, Key::HappenedPartMissing, Key::SafeNothingWritten, Key::TodoPart).with(detail)
}

/// The words of the language in force did not come; what is said in its place.
pub fn language_missing(ui: Ui, detail: &str) -> Words {
    Words::new(ui, Key::HappenedNoEnglish, Key::SafeNothingWritten, Key::TodoPart).with(detail)
}

/// Storage cannot be used at all.
pub fn no_storage(ui: Ui, problem: &StorageProblem) -> Words {
    match problem {
        StorageProblem::NewerVersion => storage(ui, problem),
        _ => Words::new(ui, Key::HappenedNoStorage, Key::SafeNothingWritten, Key::TodoAllowStorage).with(problem),
    }
}

/// Answers could not be written.
pub fn not_saved(ui: Ui, problem: &StorageProblem) -> Words {
    let (happened, todo) = match problem {
        StorageProblem::Full => (Key::HappenedFull, Key::TodoFreeSpace),
        StorageProblem::Conflict => (Key::HappenedConflict, Key::TodoWait),
        _ => (Key::HappenedNotSaved, Key::TodoRetry),
    };
    Words::new(ui, happened, Key::SafeOnScreen, todo).with(problem)
}

/// Answers in another document could not be written.
pub fn unsaved_elsewhere(ui: Ui) -> Words {
    Words::new(ui, Key::HappenedElsewhere, Key::SafeElsewhere, Key::TodoOpenThat)
}

/// A small form could not be kept.
pub fn not_kept(ui: Ui, problem: &StorageProblem) -> Words {
    let todo = if *problem == StorageProblem::Full { Key::TodoFreeSpace } else { Key::TodoSaveAgain };
    Words { safe: Key::SafeForm, todo, ..storage(ui, problem) }
}

/// That a case's file was opened could not be noted.
pub fn not_noted(ui: Ui, problem: &StorageProblem) -> Words {
    let todo = if *problem == StorageProblem::Full { Key::TodoFreeSpace } else { Key::TodoSaveAgain };
    Words::new(ui, Key::HappenedNotNoted, Key::SafeNothingWritten, todo).with(problem)
}

/// A sealed file could not be kept.
pub fn not_sealed(ui: Ui, problem: &StorageProblem) -> Words {
    let todo = if *problem == StorageProblem::Full { Key::TodoFreeSpace } else { Key::TodoSealAgain };
    Words::new(ui, Key::HappenedNotSealed, Key::SafeAnswers, todo).with(problem)
}

/// A draft could not be moved to another version of its form.
pub fn not_moved(ui: Ui, problem: &StorageProblem) -> Words {
    let todo = if *problem == StorageProblem::Full { Key::TodoFreeSpaceToMove } else { Key::TodoMoveAgain };
    Words::new(ui, Key::HappenedNotMoved, Key::SafeAnswers, todo).with(problem)
}

/// Answers have no place in the version that another window moved to.
pub fn strays(ui: Ui) -> Words {
    Words::new(ui, Key::HappenedStrays, Key::SafeOtherAnswers, Key::TodoStrays)
}

/// Records that could not be read at start-up.
pub fn records_unreadable(ui: Ui, count: usize, names: String) -> Words {
    Words {
        happened: ui.tf(Key::HappenedRecords, &[&count.to_string()]),
        safe: Key::SafeOthers,
        todo: Key::TodoAdministrator,
        detail: Some(names),
    }
}

/// Operations of a document that could not be read.
pub fn part_unreadable(ui: Ui, count: usize) -> Words {
    Words {
        happened: ui.tf(Key::HappenedPart, &[&count.to_string()]),
        safe: Key::SafeRest,
        todo: Key::TodoRawCopy,
        detail: None,
    }
}

/// A form cannot be used.
pub fn instrument(ui: Ui, problem: &InstrumentProblem) -> Words {
    match problem {
        InstrumentProblem::NotFetched(what) => {
            Words::new(ui, Key::HappenedNotFetched, Key::SafeAnswers, Key::TodoNetwork).with(what)
        }
        InstrumentProblem::Refused(refusal) => Words {
            happened: ui.tf(Key::HappenedRefused, &[&refusal_words(ui, refusal)]),
            safe: Key::SafeNothingWritten,
            todo: Key::TodoOtherForm,
            detail: None,
        },
        InstrumentProblem::OtherVersion { expected, found } => Words {
            happened: ui.tf(Key::HappenedOtherVersion, &[found, expected]),
            safe: Key::SafeNothingWritten,
            todo: Key::TodoOtherForm,
            detail: None,
        },
        InstrumentProblem::NotKept(canonical) => Words {
            happened: ui.tf(Key::HappenedNotKept, &[canonical]),
            safe: Key::SafeNothingWritten,
            todo: Key::TodoRawCopy,
            detail: None,
        },
    }
}

/// The key cannot be made or used.
pub fn key(ui: Ui, problem: &KeyProblem) -> Words {
    let (happened, todo) = match problem {
        KeyProblem::InsecureOrigin => (Key::HappenedInsecure, Key::TodoSecure),
        KeyProblem::NotKept => (Key::HappenedKeyNotKept, Key::TodoOtherBrowser),
        KeyProblem::Missing => (Key::HappenedKeyMissing, Key::TodoWorker),
        KeyProblem::Locked => (Key::HappenedLocked, Key::TodoUnlock),
        KeyProblem::WrongPassphrase => (Key::PassphraseWrong, Key::TodoUnlock),
        KeyProblem::ShortPassphrase => (Key::PassphraseShort, Key::TodoUnlock),
        KeyProblem::Replaced => (Key::HappenedKeyReplaced, Key::TodoReload),
        KeyProblem::Failed(_) => (Key::HappenedKeyFailed, Key::TodoReload),
    };
    Words { detail: detail_of(problem), ..Words::new(ui, happened, Key::SafeAnswers, todo) }
}

/// What the browser said, where it is the browser that failed.
pub(super) fn detail_of(problem: &KeyProblem) -> Option<String> {
    match problem {
        KeyProblem::Failed(detail) => Some(detail.clone()),
        _ => None,
    }
}

/// Signatures cannot be checked on this page.
pub fn no_crypto(ui: Ui) -> Words {
    Words::new(ui, Key::HappenedNoCrypto, Key::SafeFile, Key::TodoSecure)
}

/// A form from outside could not be added.
pub fn adding(ui: Ui, name: &str, problem: &AddingProblem) -> Words {
    let (happened, todo) = match problem {
        AddingProblem::Unread(_) => (Key::HappenedFormUnread, Key::TodoFormSource),
        AddingProblem::Refused(_) => (Key::HappenedFormRefused, Key::TodoFormAuthor),
        AddingProblem::BuiltIn => (Key::HappenedFormBuiltIn, Key::TodoFormBuiltIn),
        AddingProblem::NotKept(problem) => return storage(ui, problem),
    };
    let detail = match problem {
        AddingProblem::Unread(words) => Some(words.clone()),
        _ => None,
    };
    Words { happened: ui.tf(happened, &[name]), safe: Key::SafeNothingWritten, todo, detail }
}

/// Why exactly a form is refused, reason by reason.
pub fn refusals(ui: Ui, problem: &AddingProblem) -> Vec<String> {
    match problem {
        AddingProblem::Refused(refusals) => refusals.iter().map(|refusal| refusal_words(ui, refusal)).collect(),
        _ => Vec::new(),
    }
}

/// Why a form is refused.
pub fn refusal_words(ui: Ui, refusal: &LoadRefusal) -> String {
    let item = |link_id: &str| match link_id {
        "" => ui.t(Key::WholeForm).to_owned(),
        link_id => ui.tf(Key::ItemOfForm, &[link_id]),
    };
    match refusal {
        LoadRefusal::NotJson(_) => ui.t(Key::RefusalNotJson).to_owned(),
        LoadRefusal::NotAQuestionnaire(kind) => ui.tf(Key::RefusalNotAForm, &[kind]),
        LoadRefusal::Incomplete { link_id, field } => ui.tf(Key::RefusalIncomplete, &[&item(link_id), field]),
        LoadRefusal::DuplicateLinkId(link_id) => ui.tf(Key::RefusalTwice, &[link_id]),
        LoadRefusal::UnsupportedType { link_id, kind } => ui.tf(Key::RefusalType, &[&item(link_id), kind]),
        LoadRefusal::Unsupported { link_id, feature } => ui.tf(Key::RefusalUnsupported, &[&item(link_id), feature]),
        LoadRefusal::Unreadable { link_id, part } => ui.tf(Key::RefusalUnreadable, &[&item(link_id), part]),
        LoadRefusal::UnknownQuestion { link_id, question } => {
            ui.tf(Key::RefusalUnknownQuestion, &[&item(link_id), question])
        }
        LoadRefusal::TooLarge { link_id, .. } => ui.tf(Key::RefusalTooLarge, &[&item(link_id)]),
        LoadRefusal::Cycle(link_ids) => ui.tf(Key::RefusalCircle, &[&link_ids.join(" → ")]),
    }
}

/// A file could not be read.
pub fn files(ui: Ui, problem: &FilesProblem) -> Words {
    Words::new(ui, Key::HappenedFileUnread, Key::SafeFile, Key::TodoChooseAgain).with(problem)
}

/// A file could not be handed over.
pub fn not_handed_over(ui: Ui, detail: &str) -> Words {
    Words::new(ui, Key::HappenedNotHandedOver, Key::SafeSealed, Key::TodoExportAgain).with(detail)
}

/// A file is no sealed document that can be checked.
pub fn unreadable(ui: Ui, unreadable: &Unreadable) -> Words {
    let (happened, todo) = match unreadable {
        Unreadable::Json(_) | Unreadable::Ambiguous(_) | Unreadable::Package(_) | Unreadable::Attachment(_) => {
            (Key::HappenedDamaged, Key::TodoAskSender)
        }
        Unreadable::NotSealed(_) => (Key::HappenedNotOurs, Key::TodoChooseOther),
        Unreadable::UnknownFormat(_) => (Key::HappenedUnknownFormat, Key::TodoUpdate),
    };
    Words::new(ui, happened, Key::SafeFile, todo).with(unreadable)
}
