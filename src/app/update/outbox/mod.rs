//! Sending what is sealed: who may send, what is sent next, and what storage and the hand say of it.

mod answers;
mod endpoints;

use super::Turn;
use crate::app::change::Topic;
use crate::app::model::Startup;
use crate::app::outbox::{Enrolling, Floor, Line, News, OutboxEvent, Stored, Upload, Waiting};
use crate::app::problem::StorageProblem;
use crate::domain::{Document, Seal, SealId};

/// After this many milliseconds storage that could not be read is read again.
const READ_AGAIN: i64 = 30_000;

impl Turn<'_> {
    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn outbox(&mut self, event: OutboxEvent) {
        match event {
            OutboxEvent::Read(read) => {
                if self.stored_read(read) {
                    self.look_at_host();
                }
            }
            OutboxEvent::FloorTaken(read) => self.floor_taken(read),
            OutboxEvent::AlarmRang => {
                self.model.outbox.alarm = None;
                let now = self.stamp.now.millis();
                // What is farther away than any wait was set before the clock was.
                let is_over = |at: i64| at <= now || at > now + READ_AGAIN;
                if self.model.outbox.read_again_at.is_some_and(is_over) {
                    self.read_again();
                }
            }
            OutboxEvent::Woken => {
                for line in &mut self.model.outbox.lines {
                    line.wake();
                }
                if !self.model.outbox.is_read || self.model.outbox.read_again_at.is_some() {
                    self.read_again();
                } else if matches!(self.model.outbox.enrolling, Some(Enrolling::Failed(..))) {
                    self.look_at_host();
                }
                self.note(Topic::Outbox);
            }
            OutboxEvent::Answered(answer) => self.answered(*answer),
            OutboxEvent::ReceiptChecked(url, seal, checked) => self.receipt_checked(&url, seal, checked),
            OutboxEvent::ReceiptKept(url, seal, kept) => self.receipt_kept(&url, seal, kept),
            OutboxEvent::AgainAsked(url, seal) => self.try_held(&url, seal),
            OutboxEvent::HoldDropped(url, seal, dropped) => self.hold_dropped(&url, seal, dropped),
            OutboxEvent::LeaveChosen(url, seal) => self.leave_held(&url, seal),
            _ => self.endpoint(event),
        }
        self.feed();
    }

    /// Takes over a document that was sealed just now, or that somebody else signed just now: what was decided about it
    /// before no longer holds, and storage forgets that first.
    #[inline(never)] // As `outbox`.
    pub(super) fn outbox_sealed(&mut self, document: &Document) {
        if let Some(new) = waiting(document) {
            let mut held = Vec::new();
            for line in &mut self.model.outbox.lines {
                if line.held.iter().any(|hold| hold.seal == new.seal) {
                    held.push(line.endpoint.url.clone());
                } else {
                    line.add(new);
                }
            }
            for url in held {
                self.run(Upload::DropHold(url, new.seal));
            }
            self.note(Topic::Outbox);
            self.feed();
        }
    }

    /// Reads storage for the screen of the outbox, also where no endpoint is known yet.
    pub(super) fn show_outbox(&mut self) {
        self.model.outbox.enrolling = None;
        self.run(Upload::Read);
        if self.model.outbox.lines.is_empty() {
            self.run(Upload::LookForReceiver);
        }
    }

    /// Reads storage once more, and again after a while where that fails, too.
    fn read_again(&mut self) {
        self.model.outbox.read_again_at = Some(self.stamp.now.millis() + READ_AGAIN);
        self.run(Upload::Read);
    }

    fn floor_taken(&mut self, read: Result<Box<Stored>, StorageProblem>) {
        if self.stored_read(read) {
            self.model.outbox.floor = Floor::Held;
        } else {
            self.model.outbox.floor = Floor::Free;
            self.run(Upload::LeaveFloor);
        }
    }

    /// Derives what is to be sent anew.
    fn stored_read(&mut self, read: Result<Box<Stored>, StorageProblem>) -> bool {
        self.note(Topic::Outbox);
        let stored = match read {
            Ok(stored) => *stored,
            Err(problem) => {
                self.model.outbox.problem = Some(problem);
                self.model.outbox.read_again_at = Some(self.stamp.now.millis() + READ_AGAIN);
                return false;
            }
        };
        let mut sealed: Vec<Waiting> = self.model.documents.iter().filter_map(waiting).collect();
        sealed.sort_unstable_by_key(|one| one.seal);
        let outbox = &mut self.model.outbox;
        (outbox.is_read, outbox.problem, outbox.read_again_at) = (true, None, None);
        let (mut endpoints, mut holds) = (Vec::new(), Vec::new());
        for record in stored.endpoints {
            record.map_or_else(|problem| outbox.problem = Some(problem), |endpoint| endpoints.push(endpoint));
        }
        for record in stored.holds {
            record.map_or_else(|problem| outbox.problem = Some(problem), |hold| holds.push(hold));
        }
        for endpoint in endpoints {
            match outbox.line_mut(&endpoint.url) {
                Some(line) => line.endpoint = endpoint,
                None => outbox.lines.push(Line::of(endpoint)),
            }
        }
        for line in &mut outbox.lines {
            let url = &line.endpoint.url;
            let received = stored.receipts.iter().filter(|(_, by)| by == url).map(|(seal, _)| *seal);
            let received: Vec<SealId> = received.collect();
            let mut held: Vec<_> = holds.iter().filter(|hold| hold.url == *url).cloned().collect();
            held.sort_unstable_by_key(|hold| hold.seal);
            line.fill(&sealed, &received, held);
        }
        true
    }

    /// Sends what may be sent now, says who may send, and sets the alarm for the rest.
    fn feed(&mut self) {
        let now = self.stamp.now.millis();
        let outbox = &mut self.model.outbox;
        if !outbox.is_read || self.model.startup != Startup::Ready {
            let again = outbox.read_again_at;
            return self.set_alarm(again);
        }
        for line in &mut outbox.lines {
            line.set_clock(now);
        }
        let mut asked = Vec::new();
        if outbox.floor == Floor::Held {
            for line in &mut outbox.lines {
                let (url, token) = (line.endpoint.url.clone(), line.token.clone());
                asked.extend(line.take(now).into_iter().map(|(seal, ask, tries)| Upload::Ask {
                    url: url.clone(),
                    seal,
                    ask,
                    token: token.clone(),
                    tries,
                }));
            }
        }
        let is_busy = outbox.lines.iter().any(|line| line.on_the_way() > 0);
        let mut next = outbox.lines.iter().filter_map(Line::next_due).min();
        let again = outbox.read_again_at;
        if let Some(again) = again.filter(|_| outbox.floor == Floor::Free) {
            // Taking the floor reads storage, too: what could not be read is not read again and again.
            next = next.map(|due| due.max(again));
        }
        let is_due = next.is_some_and(|due| due <= now);
        match outbox.floor {
            Floor::Free if is_due => {
                outbox.floor = Floor::Asked;
                asked.push(Upload::TakeFloor);
            }
            Floor::Held if !is_busy && !is_due => {
                outbox.floor = Floor::Free;
                asked.push(Upload::LeaveFloor);
            }
            _ => {}
        }
        for effect in asked {
            self.run(effect);
        }
        self.set_alarm(next.into_iter().chain(again).filter(|due| *due > now).min());
        self.tell_host(now);
    }

    fn set_alarm(&mut self, alarm: Option<i64>) {
        let now = self.stamp.now.millis();
        if let Some(due) = alarm.filter(|due| *due > now && self.model.outbox.alarm != alarm) {
            self.model.outbox.alarm = alarm;
            self.run(Upload::SetAlarm(due - now));
        }
    }

    /// Tells the host page how sending stands, where that changed.
    fn tell_host(&mut self, now: i64) {
        let outbox = &self.model.outbox;
        if outbox.lines.is_empty() {
            return;
        }
        let any = |is: fn(&Line) -> bool| outbox.lines.iter().any(is);
        let state = if any(|line| line.on_the_way() > 0) {
            "sending"
        } else if any(|line| line.signed_out && !line.pending.is_empty()) {
            "sign-in"
        } else if outbox.lines.iter().filter_map(Line::next_due).any(|due| due > now)
            || outbox.floor == Floor::Asked
            || outbox.read_again_at.is_some()
        {
            "waiting"
        } else if any(|line| line.endpoint.paused && !line.pending.is_empty()) {
            "paused"
        } else {
            "idle"
        };
        let unsent = outbox.lacking();
        let held = outbox.lines.iter().map(|line| line.held.len()).max().unwrap_or(0);
        let sent = outbox.lines.iter().map(Line::sent).min().unwrap_or(0);
        let news = News { sent, unsent, held, state };
        if outbox.told != Some(news) {
            self.model.outbox.told = Some(news);
            self.run(Upload::Tell(news));
        }
    }
}

/// A document that can be sent. One that waits for somebody's signature is not complete, and a receiver keeps the first file
/// that it gets under a seal.
fn waiting(document: &Document) -> Option<Waiting> {
    let Seal { id, at } = document.seal.filter(|_| document.awaits.is_empty())?;
    Some(Waiting { seal: id, document: document.id, at })
}
