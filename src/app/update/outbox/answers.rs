//! What endpoints answer: receipts to be checked and kept, refusals for a person, and all that is tried again.

use super::super::Turn;
use crate::app::change::Topic;
use crate::app::event::Checked;
use crate::app::outbox::{
    Answer, Ask, Doing, Hold, HoldReason, Line, Next, ReceiptProblem, Reply, Trouble, Upload, after, believe, follow,
    words,
};
use crate::app::problem::StorageProblem;
use crate::domain::{SealId, Timestamp};
use crate::seal::{Examination, Trust, digest, examine};

impl Turn<'_> {
    pub(super) fn answered(&mut self, answer: Answer) {
        let Answer { url, seal, ask, digest: mine, reply } = answer;
        // What was asked before the outbox was read anew, or before the endpoint was signed out, is no less true; only what
        // nobody waits for is let go.
        let Some(line) = self.model.outbox.line_mut(&url) else { return };
        let Some(own) = line.under_way.iter_mut().find(|one| one.seal == seal) else { return };
        if !matches!(own.doing, Doing::Asking(asked) if asked == ask) {
            return;
        }
        let now = self.stamp.now;
        let (status, retry_after, body) = match reply {
            Reply::Said { status, retry_after, body } => (status, retry_after, body),
            Reply::Silent(words) => return self.later(&url, seal, after(ask), Trouble::Silent(words), None),
            Reply::Awaited => return self.later(&url, seal, Ask::Put, Trouble::Awaited, None),
            Reply::Unread(problem) => return self.later(&url, seal, ask, Trouble::Storage(problem), None),
        };
        match follow(ask, own.compared, status) {
            Next::Receipt => self.receipt_came(&url, seal, mine, body),
            Next::Compare => match examine(&body) {
                Ok(_) if digest(&body) == mine => {
                    own.compared = true;
                    self.ask(&url, seal, Ask::Receipt);
                }
                Ok(examination) if seal_of(examination.clone(), now) == seal => {
                    let theirs = Some(digest(&body));
                    self.set_aside(&url, seal, HoldReason::Conflict(mine, theirs));
                }
                // It showed something else than was asked for.
                _ => self.later(&url, seal, Ask::Bytes, Trouble::Status(status, String::new()), retry_after),
            },
            Next::Ask(next) => self.ask(&url, seal, next),
            Next::Refused => self.set_aside(&url, seal, HoldReason::Refused(status, words(&body))),
            Next::Conflict => self.set_aside(&url, seal, HoldReason::Conflict(mine, None)),
            Next::SignIn => self.sign_in(&url, seal),
            Next::Later(next) => {
                self.later(&url, seal, next, Trouble::Status(status, words(&body)), retry_after);
            }
        }
    }

    fn ask(&mut self, url: &str, seal: SealId, ask: Ask) {
        let Some(line) = self.model.outbox.line_mut(url) else { return };
        let (token, tokens, tries) = (line.token.clone(), line.tokens, line.tries(seal));
        if let Some(own) = line.under_way.iter_mut().find(|one| one.seal == seal) {
            (own.asked, own.tokens, own.doing) = (ask, tokens, Doing::Asking(ask));
            self.run(Upload::Ask { url: url.to_owned(), seal, ask, token, tries });
        }
    }

    fn receipt_came(&mut self, url: &str, seal: SealId, mine: String, body: Vec<u8>) {
        let Some(line) = self.model.outbox.line_mut(url) else { return };
        let Some(own) = line.under_way.iter_mut().find(|one| one.seal == seal) else { return };
        match examine(&body) {
            Ok(examination) => {
                let checks = examination.checks.clone();
                own.doing = Doing::Checking(Box::new(examination), mine, body);
                self.run(Upload::CheckReceipt(url.to_owned(), seal, checks));
            }
            Err(unreadable) => {
                let next = after(own.asked);
                self.later(url, seal, next, ReceiptProblem::Unreadable(unreadable).into(), None);
            }
        }
    }

    pub(super) fn receipt_checked(&mut self, url: &str, seal: SealId, checked: Checked) {
        let now = self.stamp.now;
        let Some(line) = self.model.outbox.line_mut(url) else { return };
        let Some(own) = line.under_way.iter_mut().find(|one| one.seal == seal) else { return };
        let Doing::Checking(examination, mine, bytes) = std::mem::replace(&mut own.doing, Doing::Keeping) else {
            return;
        };
        let next = after(own.asked);
        let believed = match checked {
            Ok(outcomes) => believe(&line.endpoint, seal, &mine, *examination, &outcomes, now),
            Err(_) => Err(ReceiptProblem::NotChecked),
        };
        match believed {
            Ok(()) => self.run(Upload::KeepReceipt(url.to_owned(), seal, bytes)),
            Err(problem) => self.later(url, seal, next, problem.into(), None),
        }
    }

    pub(super) fn receipt_kept(&mut self, url: &str, seal: SealId, kept: Result<(), StorageProblem>) {
        match kept {
            // Where there is one already, another window kept it.
            Ok(()) | Err(StorageProblem::Conflict) => {
                if let Some(line) = self.model.outbox.line_mut(url).filter(|line| line.is_under_way(seal)) {
                    line.receive(seal);
                    self.note(Topic::Outbox);
                }
            }
            Err(problem) => self.later(url, seal, Ask::Receipt, Trouble::Storage(problem), None),
        }
    }

    fn later(&mut self, url: &str, seal: SealId, next: Ask, trouble: Trouble, retry_after: Option<i64>) {
        let (now, random) = (self.stamp.now.millis(), [self.random(0), self.random(8)]);
        if let Some(line) = self.model.outbox.line_mut(url).filter(|line| line.is_under_way(seal)) {
            line.delay(seal, next, trouble, retry_after, now, random);
            self.note(Topic::Outbox);
        }
    }

    /// Eight random bytes of this event as a number.
    fn random(&self, from: usize) -> u64 {
        self.stamp.entropy[from..from + 8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    fn set_aside(&mut self, url: &str, seal: SealId, reason: HoldReason) {
        let hold = Hold { seal, url: url.to_owned(), reason, at: self.stamp.now, left: false };
        if let Some(line) = self.model.outbox.line_mut(url) {
            line.hold(hold.clone());
            self.run(Upload::KeepHold(Box::new(hold)));
            self.note(Topic::Outbox);
        }
    }

    /// The endpoint is left alone until somebody says who sends. A late refusal of what was said before says nothing of the
    /// token that there is by now: the document is sent again with that.
    fn sign_in(&mut self, url: &str, seal: SealId) {
        let Some(line) = self.model.outbox.line_mut(url) else { return };
        let is_late = line.under_way.iter().any(|one| one.seal == seal && one.tokens != line.tokens);
        line.put_back(seal);
        if !line.signed_out && !is_late {
            line.signed_out = true;
            line.token = None;
            self.run(Upload::AskForToken(url.to_owned()));
        }
        self.note(Topic::Outbox);
    }

    /// Storage forgets a hold first: what is read of it in between would bring it back otherwise.
    pub(super) fn try_held(&mut self, url: &str, seal: SealId) {
        let line = self.model.outbox.line(url);
        if line.is_some_and(|line| line.held.iter().any(|hold| hold.seal == seal)) {
            self.run(Upload::DropHold(url.to_owned(), seal));
        }
    }

    pub(super) fn hold_dropped(&mut self, url: &str, seal: SealId, dropped: Result<(), StorageProblem>) {
        self.note(Topic::Outbox);
        if let Err(problem) = dropped {
            self.model.outbox.problem = Some(problem);
            return;
        }
        let document = self.model.documents.iter().find(|one| one.seal.is_some_and(|own| own.id == seal));
        let Some(waiting) = document.and_then(super::waiting) else { return };
        let is_held = |line: &&mut Line| line.held.iter().any(|hold| hold.seal == seal);
        if let Some(line) = self.model.outbox.line_mut(url).filter(is_held) {
            line.held.retain(|hold| hold.seal != seal);
            line.add(waiting);
        }
    }

    pub(super) fn leave_held(&mut self, url: &str, seal: SealId) {
        let Some(line) = self.model.outbox.line_mut(url) else { return };
        if let Some(hold) = line.held.iter_mut().find(|hold| hold.seal == seal) {
            hold.left = true;
            let hold = Box::new(hold.clone());
            self.run(Upload::KeepHold(hold));
            self.note(Topic::Outbox);
        }
    }
}

/// The seal that a file claims to have.
fn seal_of(examination: Examination, now: Timestamp) -> SealId {
    examination.conclude(&[], &Trust::not_checked(), now).seal_id
}
