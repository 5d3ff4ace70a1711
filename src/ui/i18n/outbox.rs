//! How sending stands, in words.

use super::words::Words;
use super::{Key, format, words};
use crate::app::outbox::{AddressRefusal, EnrolProblem, ReceiptProblem, Trouble, Unsent, unsent as lacking};
use crate::domain::Timestamp;
use crate::platform::stamp;
use crate::ui::dispatch::Ui;

/// How many documents lack a receipt, and how old the oldest is.
pub fn unsent(ui: Ui, open: &Unsent) -> String {
    let days = (stamp().now.date() - open.oldest.date()).num_days();
    let age = match days {
        ..=0 => ui.t(Key::SealedToday).to_owned(),
        1 => ui.t(Key::SealedYesterday).to_owned(),
        _ => ui.tf(Key::SealedDaysAgo, &[&days.to_string()]),
    };
    let words = ui.tf(Key::OutboxUnsent, &[&open.count.to_string(), &age]);
    if open.asks { [&words, " ", ui.t(Key::OutboxAsks)].concat() } else { words }
}

/// How sending stands as a whole.
pub fn state(ui: Ui) -> String {
    match ui.read(lacking) {
        Some(open) => unsent(ui, &open),
        None if ui.read(|model| model.documents.iter().any(|document| document.seal.is_some())) => {
            ui.t(Key::OutboxAllReceived).to_owned()
        }
        None => ui.t(Key::OutboxNothing).to_owned(),
    }
}

/// Why something was not sent this time.
pub fn trouble(ui: Ui, trouble: &Trouble) -> String {
    let key = match trouble {
        Trouble::Silent(_) => Key::TroubleSilent,
        Trouble::Awaited => Key::TroubleAwaited,
        Trouble::Status(status, _) => return ui.tf(Key::TroubleStatus, &[&status.to_string()]),
        Trouble::Storage(problem) => return ui.tf(Key::TroubleStorage, &[&problem.to_string()]),
        Trouble::Receipt(problem) => match problem {
            ReceiptProblem::Unreadable(_) | ReceiptProblem::NotAReceipt => Key::TroubleReceiptUnread,
            ReceiptProblem::OtherDocument | ReceiptProblem::OtherBytes => Key::TroubleReceiptOther,
            ReceiptProblem::OtherKey => Key::TroubleReceiptSigner,
            ReceiptProblem::Forged => Key::TroubleReceiptForged,
            ReceiptProblem::NotChecked => Key::TroubleNoCheck,
        },
    };
    ui.t(key).to_owned()
}

/// That a receiver refused a document, and what to do, by the status of its answer.
pub const fn refused(status: u16) -> (Key, Key) {
    match status {
        413 => (Key::HoldTooLarge, Key::HoldTooLargeTodo),
        422 => (Key::HoldNotValid, Key::HoldNotValidTodo),
        _ => (Key::HoldRefused, Key::HoldRefusedTodo),
    }
}

/// The hour and minute of a moment in milliseconds since 1970.
pub fn moment(ui: Ui, millis: i64) -> String {
    let now = stamp().now;
    let at = Timestamp::from_millis(millis.max(now.millis()), now.minutes_east()).unwrap_or(now);
    format::time(ui.locale(), at)
}

/// An endpoint could not be added.
pub fn enrol(ui: Ui, url: &str, problem: &EnrolProblem) -> Words {
    let (happened, todo) = match problem {
        EnrolProblem::Address(AddressRefusal::NotAnAddress) => (Key::HappenedNoAddress, Key::TodoAddress),
        EnrolProblem::Address(AddressRefusal::NotHttps) => (Key::HappenedNotHttps, Key::TodoAddress),
        EnrolProblem::NoAnswer(_) => (Key::HappenedNoReceiver, Key::TodoReceiver),
        EnrolProblem::NotAReceiver => (Key::HappenedNotAReceiver, Key::TodoReceiver),
        EnrolProblem::OtherKey => (Key::HappenedOtherReceiver, Key::TodoPortal),
        EnrolProblem::NotKept(problem) => return words::storage(ui, problem),
    };
    let detail = match problem {
        EnrolProblem::NoAnswer(words) => Some(words.clone()),
        _ => None,
    };
    Words { happened: ui.tf(happened, &[url]), safe: Key::SafeNothingWritten, todo, detail }
}
