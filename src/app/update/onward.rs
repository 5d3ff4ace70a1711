//! Going on through a document: to a question, to the next page, and what is asked before a page is left.

use super::Turn;
use crate::app::change::Topic;
use crate::app::event::Event;
use crate::app::notice::Notice;
use crate::app::screen::Screen;
use crate::app::view::{first_open, open_here, pages, reach};
use crate::form::{Content, DataAbsentReason, NodeIx, Operation};

impl Turn<'_> {
    pub(super) fn onward(&mut self, event: Event) {
        match event {
            Event::QuestionRequested(screen, node) => self.go_to_question(screen, node),
            Event::FirstOpenRequested => {
                let found = self.model.filling().and_then(|filling| {
                    let (position, node) = first_open(&filling.response)?;
                    Some((Screen::Section(filling.document.id, position), node))
                });
                self.go_to_open(found);
            }
            Event::FirstOpenHereRequested => {
                let open = open_here(self.model).and_then(|(_, open)| open.first().copied());
                self.go_to_open(open.map(|node| (self.model.screen, node)));
            }
            Event::OnwardRequested(screen) => self.leave_page(screen),
            Event::OpenRecorded(screen) => self.record_open(screen),
            _ => {}
        }
    }

    fn go_to_question(&mut self, screen: Screen, node: NodeIx) {
        self.go(screen);
        // What has to be mended can be, also on a page that was passed for good.
        self.model.screen = screen;
        self.model.focus = Some(node);
        self.model.uncovers = true;
        // Whoever asked for it is told what is wrong with it.
        if let Some(filling) = self.model.filling_mut() {
            filling.touch(node);
        }
    }

    /// Goes to a question that nobody asked for by its name: a cover over it stays.
    fn go_to_open(&mut self, found: Option<(Screen, NodeIx)>) {
        if let Some((screen, node)) = found {
            self.go(screen);
            self.model.focus = Some(node);
        }
    }

    /// Goes on behind a page. Where questions on it are open the worker is told so, once for each page: the second time
    /// nothing stands in the way (domain inventory 0.3).
    fn leave_page(&mut self, screen: Screen) {
        match open_here(self.model) {
            Some((page, open)) if !open.is_empty() && !self.model.asked.contains(&page) => {
                self.model.asked.push(page);
                self.model.asking = true;
                self.note(Topic::Sections);
            }
            _ => self.go_on(screen),
        }
    }

    fn go_on(&mut self, screen: Screen) {
        let page = self.model.filling().and_then(|filling| {
            let Screen::Section(id, position) = screen else { return None };
            Some((id, pages(&filling.response).get(position)?.known_by(&filling.response)?))
        });
        self.model.reached.extend(page);
        self.go(screen);
    }

    /// Where the form is filled in one page after another, shows the nearest page that may be shown. The address stays,
    /// so that the way back leads on to where one came from.
    pub(super) fn keep_in_order(&mut self) {
        let Some(reach) = reach(self.model) else { return };
        self.model.screen = match self.model.screen {
            Screen::Section(id, position) => Screen::Section(id, reach.nearest(position)),
            Screen::Review(id) if !reach.review => Screen::Section(id, reach.last),
            other => other,
        };
    }

    /// Records what is open on the page as not asked, and goes on. All of it can be taken back at once.
    fn record_open(&mut self, screen: Screen) {
        let open = open_here(self.model).map(|(_, open)| open).unwrap_or_default();
        let mut undo = Vec::new();
        for node in open {
            let Some(filling) = self.model.filling() else { return };
            let (at, before) = (filling.response.place(node), filling.response.node(node).content.clone());
            let absent = Some(DataAbsentReason::NotAsked);
            let content = Content { absent, basis: before.basis, ..Content::default() };
            if self.operate(Operation::Set { at: at.clone(), content }) {
                undo.push(Operation::Set { at, content: before });
            }
        }
        let recorded = undo.len();
        if let Some(filling) = self.model.filling_mut() {
            filling.undo = undo;
        }
        self.go_on(screen);
        if recorded > 0 {
            self.notice(Notice::OpenRecorded(recorded));
        }
    }
}
