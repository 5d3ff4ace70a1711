//! The tablet in the client's hands: cards, reading aloud, the way back to the worker, and the copy.
//!
//! Invariant: while the tablet is with the client nothing else is shown, whatever happens, until the worker takes it back.

use super::Turn;
use crate::app::binding;
use crate::app::change::Topic;
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::handing::{Handed, Purpose};
use crate::app::screen::Screen;
use crate::app::sheet::Sheet;
use crate::app::view;
use crate::domain::DocumentId;
use crate::form::{Answer, Content, CopyKind, Edit, NodeIx, Operation};

/// Code system of questions that the app answers when the client has gone through the cards.
pub(in crate::app) const CLIENT_VIEW: &str = "https://asesmen.id/fhir/CodeSystem/client-view";

impl Turn<'_> {
    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn client(&mut self, event: Event) {
        match event {
            Event::CardTurned(onward) => self.turn_card(onward),
            Event::ReturnAsked(asked) => {
                self.hush();
                if let Some(handed) = &mut self.model.handed {
                    handed.leaving = asked;
                }
                self.note(Topic::Client);
            }
            Event::TabletReturned => self.come_back(),
            Event::SpeechAsked(words) => self.speak(words),
            Event::SpeechStopped => self.hush(),
            Event::SpeechReached(place) => self.spoken(Some(place)),
            Event::SpeechEnded(_) => self.spoken(None),
            Event::VoicesFound(voices) => {
                self.model.voices = voices;
                self.note(Topic::Client);
            }
            Event::CopyMade(kind, sheet) => self.copy(kind, sheet),
            _ => {}
        }
    }

    pub(super) fn hand_over(&mut self, document: DocumentId, purpose: Purpose) {
        // On a host's page there is one screen, and it is the host's.
        if self.model.hosted.is_some() {
            return;
        }
        let from = self.model.screen;
        self.model.handed = Some(Handed { document, purpose, at: 0, leaving: false, spoken: None, from });
        self.go(Screen::Client(document));
    }

    /// Shows the client's screen; after the page was loaded anew it begins again, for nobody knows who holds the tablet.
    pub(super) fn show_client(&mut self, document: DocumentId) {
        if self.model.handed.as_ref().is_none_or(|handed| handed.document != document) {
            let from = Screen::Section(document, 0);
            let purpose = Purpose::Reading;
            self.model.handed = Some(Handed { document, purpose, at: 0, leaving: false, spoken: None, from });
        }
        self.run(Effect::FindVoices);
    }

    /// Whether another screen has to wait, because the client has the tablet; then the way back is offered instead.
    pub(super) fn is_with_client(&mut self, screen: Screen) -> bool {
        match &mut self.model.handed {
            Some(handed) if screen != Screen::Client(handed.document) => {
                handed.leaving = true;
                let own = Screen::Client(handed.document);
                self.run(Effect::ShowLocation(own));
                self.note(Topic::Client);
                true
            }
            _ => false,
        }
    }

    fn turn_card(&mut self, onward: bool) {
        self.hush();
        let Some((last, at)) = self.model.handed.as_ref().map(|handed| (self.card_count(), handed.at)) else { return };
        let next = if onward { (at + 1).min(last) } else { at.saturating_sub(1) };
        if let Some(handed) = &mut self.model.handed {
            handed.at = next;
            if next == last && at < last && handed.purpose == Purpose::Reading {
                self.confirm_reading();
            }
        }
        self.flush();
        self.note(Topic::Client);
    }

    /// How many cards lie before the client.
    fn card_count(&self) -> usize {
        self.model
            .filling()
            .zip(self.model.handed.as_ref())
            .map_or(0, |(filling, handed)| view::client_cards(filling, handed.purpose).len())
    }

    /// Notes that everything was read, and by whom, where the form asks for it.
    fn confirm_reading(&mut self) {
        let (locale, now) = (self.model.locale(), self.stamp.now);
        let Some(filling) = self.model.filling() else { return };
        let Some(node) = coded(&filling.response, "read-through") else { return };
        let shown = binding::shown(filling, locale, now);
        let before = &filling.response.node(node).content;
        let yes = vec![Answer::Boolean(true)];
        let known = before.answers == yes && before.shown.as_ref().is_some_and(|own| own.digest == shown.digest);
        let content = Content { answers: yes, shown: Some(Box::new(shown)), ..Content::default() };
        let at = filling.response.place(node);
        if !known && !self.operate(Operation::Set { at, content }) {
            return;
        }
        let Some((filling, worker)) = self.model.filling().zip(self.model.worker.as_ref()) else { return };
        let reader = coded(&filling.response, "read-by");
        let reader = reader.filter(|node| filling.response.node(*node).content.is_empty());
        let name = worker.name.clone();
        if let Some(node) = reader {
            self.edit(node, Edit::Typed(name));
        }
    }

    /// Notes the day of the client's answer where the form asks for it; whoever writes it down later corrects it.
    pub(super) fn date_answer(&mut self, node: NodeIx) {
        let Some(response) = self.model.filling().map(|filling| &filling.response) else { return };
        if !response.item(node).has_code(CLIENT_VIEW, "answer") {
            return;
        }
        let day = coded(response, "answered-on")
            .filter(|day| response.is_enabled(*day) && response.node(*day).content.is_empty());
        if let Some(day) = day {
            self.edit(day, Edit::Typed(self.stamp.now.date().to_string()));
        }
    }

    fn come_back(&mut self) {
        self.hush();
        let Some(handed) = self.model.handed.take() else { return };
        let read = handed.purpose == Purpose::Reading && handed.at > 0;
        // After reading, what comes next stands where the reading is recorded.
        let next = self.model.filling().filter(|filling| read && filling.document.is_draft()).and_then(|filling| {
            let node = coded(&filling.response, "read-through")?;
            let sections = view::sections(&filling.response);
            let section = sections.iter().position(|section| filling.response.walk(&section.nodes).contains(&node))?;
            Some((Screen::Section(handed.document, section), node))
        });
        let Some((screen, node)) = next else { return self.go(handed.from) };
        self.go(screen);
        self.model.focus = Some(node);
    }

    fn speak(&mut self, words: String) {
        if self.model.handed.is_some() {
            self.spoken(Some(0));
            self.run(Effect::Speak(words, self.model.locale()));
        }
    }

    fn hush(&mut self) {
        if self.model.handed.as_ref().is_some_and(|handed| handed.spoken.is_some()) {
            self.run(Effect::Hush);
            self.spoken(None);
        }
    }

    fn spoken(&mut self, place: Option<usize>) {
        if let Some(handed) = &mut self.model.handed {
            handed.spoken = place;
            self.note(Topic::Client);
        }
    }

    /// Hands a copy over, and records in a draft in which way.
    fn copy(&mut self, kind: CopyKind, sheet: Option<Sheet>) {
        let Some(filling) = self.model.filling() else { return };
        let name = super::sealing::name_of(self.model.case_of(filling.document.id), &filling.document, self.stamp.now);
        let response = &filling.response;
        let asked = response.walk(response.roots()).into_iter().find_map(|node| {
            let position = response.item(node).options.iter().position(|option| option.copy == Some(kind))?;
            response.is_enabled(node).then_some((node, position))
        });
        match (kind, sheet) {
            (CopyKind::Text, Some(sheet)) => {
                self.run(Effect::Download { name: format!("{name}.txt"), bytes: sheet.to_text().into_bytes() })
            }
            (CopyKind::Image, Some(sheet)) => self.run(Effect::Paint(format!("{name}.png"), Box::new(sheet))),
            _ => self.run(Effect::Print),
        }
        if let Some((node, position)) = asked {
            self.edit(node, Edit::Option { position, chosen: true });
            self.flush();
        }
    }
}

/// The question that carries a code of the client's view.
fn coded(response: &crate::form::Response, code: &str) -> Option<NodeIx> {
    response.walk(response.roots()).into_iter().find(|node| response.item(*node).has_code(CLIENT_VIEW, code))
}
