//! Words for what goes wrong with keys and with files that wait for a signature.

use super::findings::finding;
use super::{Key, Words, format, words};
use crate::app::{CardRefusal, JoinProblem, KeyProblem, KeyRefused};
use crate::seal::JoinRefusal;
use crate::ui::dispatch::Ui;

/// Something about keys was not taken.
pub fn refused(ui: Ui, refused: &KeyRefused) -> Words {
    let (happened, todo) = match refused {
        KeyRefused::Unread(problem) => return words::files(ui, problem),
        KeyRefused::Unreadable(unreadable) => return words::unreadable(ui, unreadable),
        KeyRefused::NoCrypto(_) => return words::no_crypto(ui),
        KeyRefused::NotKept(problem) => return Words { safe: Key::SafeKeys, ..words::storage(ui, problem) },
        KeyRefused::Card(CardRefusal::NoCard) => (ui.t(Key::HappenedNoCard).to_owned(), Key::TodoKeyAgain),
        KeyRefused::Card(CardRefusal::Key) => (ui.t(Key::HappenedCardDamaged).to_owned(), Key::TodoKeyAgain),
        KeyRefused::Card(CardRefusal::Holder) => (ui.t(Key::HappenedCardHolder).to_owned(), Key::TodoKeyAgain),
        KeyRefused::Own => (ui.t(Key::HappenedOwnCard).to_owned(), Key::TodoOtherCard),
        KeyRefused::NotAboutKeys => (ui.t(Key::HappenedNotAboutKeys).to_owned(), Key::TodoVerifyThere),
        KeyRefused::Broken(broken) => (ui.tf(Key::HappenedKeyFileBroken, &[&finding(ui, broken)]), Key::TodoAskSender),
        KeyRefused::OlderRegister { keys, sealed } => {
            let happened =
                ui.tf(Key::HappenedOlderList, &[&format::date_time(ui.locale(), *sealed), &keys.to_string()]);
            return Words { happened, safe: Key::SafeNewerStays, todo: Key::TodoNewestList, detail: None };
        }
        KeyRefused::UnknownIssuer(kid) => {
            (ui.tf(Key::HappenedUnknownIssuer, &[&kid.fingerprint().to_string()]), Key::TodoIssuerFirst)
        }
        KeyRefused::OtherKey(kid) => {
            (ui.tf(Key::HappenedOtherKid, &[&kid.fingerprint().to_string()]), Key::TodoCredentialAgain)
        }
        KeyRefused::NotNow => (ui.t(Key::HappenedNotNow).to_owned(), Key::TodoCredentialAgain),
    };
    Words { happened, safe: Key::SafeKeys, todo, detail: None }
}

/// A new key did not take the place of the old one.
pub fn not_renewed(ui: Ui, problem: &KeyProblem) -> Words {
    let why = words::key(ui, problem);
    let todo = if matches!(problem, KeyProblem::Failed(_)) { Key::TodoRenewAgain } else { why.todo };
    Words { happened: ui.tf(Key::HappenedNotRenewed, &[&why.happened]), safe: Key::SafeOldStays, todo, ..why }
}

/// A file was not signed because of the key.
pub fn file_not_signed(ui: Ui, problem: &KeyProblem) -> Words {
    Words { safe: Key::SafeFile, ..words::key(ui, problem) }
}

/// Signatures in a file were not added to the document here.
pub fn not_joined(ui: Ui, problem: &JoinProblem) -> Words {
    let why = match problem {
        JoinProblem::NotKept(problem) => return Words { safe: Key::SafeKeptSeal, ..words::storage(ui, problem) },
        JoinProblem::Refused(refusal) => join_words(ui, refusal),
    };
    let happened = ui.tf(Key::HappenedNotJoined, &[&why]);
    Words { happened, safe: Key::SafeKeptSeal, todo: Key::TodoAskSender, detail: None }
}

/// A file does not take the signature that was made for it.
pub fn not_signed(ui: Ui, refusal: &JoinRefusal) -> Words {
    let happened = ui.tf(Key::HappenedNotSigned, &[&join_words(ui, refusal)]);
    Words { happened, safe: Key::SafeFile, todo: Key::TodoSignAgain, detail: None }
}

fn join_words(ui: Ui, refusal: &JoinRefusal) -> String {
    match refusal {
        JoinRefusal::Broken(broken) => ui.tf(Key::JoinBroken, &[&finding(ui, broken)]),
        JoinRefusal::Unreadable(_) => ui.t(Key::HappenedDamaged).to_owned(),
        JoinRefusal::OtherSeal { .. } | JoinRefusal::OtherDocument(_) => ui.t(Key::JoinOther).to_owned(),
        JoinRefusal::NotAsked => ui.t(Key::JoinNotAsked).to_owned(),
        JoinRefusal::SignedAlready(kid) => ui.tf(Key::JoinRepeated, &[&kid.fingerprint().to_string()]),
    }
}
