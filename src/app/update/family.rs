//! Acts of the editor of a genogram, and steps of drawings taken back and done again.

use super::Turn;
use crate::app::change::Topic;
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::family::{self, FamilyAct};
use crate::app::notice::Notice;
use crate::diagram::ecomap::SystemKind;
use crate::diagram::{GenogramRefusal, PersonId};
use crate::form::{Content, NodeIx, Operation, Place};

impl Turn<'_> {
    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn drawing(&mut self, event: Event) {
        match event {
            Event::FamilyActed(group, act) => self.act_in_family(group, &act),
            Event::SystemAdded(group, kind) => self.add_system(group, kind),
            Event::DrawingContinued => self.continue_drawing(),
            Event::DrawingMade(ending, bytes) => self.hand_drawing(ending, bytes),
            Event::StepUndone => self.turn_history(true),
            Event::StepRedone => self.turn_history(false),
            _ => {}
        }
    }

    fn act_in_family(&mut self, group: NodeIx, act: &FamilyAct) {
        let [a, b, c, d, ..] = self.entropy(0);
        let (fresh, today) = (u32::from_le_bytes([a, b, c, d]), self.stamp.now.date());
        let Some(filling) = self.model.filling_mut() else { return };
        filling.made = None;
        match family::operations(&filling.response, group, act, fresh, today) {
            Ok(acted) => {
                self.model.notice = None;
                self.note(Topic::Notice);
                for operation in acted.operations {
                    self.operate(operation);
                }
                if let Some(filling) = self.model.filling_mut() {
                    filling.made = acted.made.and_then(|place| filling.response.find(&place));
                }
                self.flush();
            }
            Err(refusal) => self.refuse(group, refusal),
        }
    }

    fn add_system(&mut self, group: NodeIx, kind: Option<SystemKind>) {
        let [a, b, c, d, ..] = self.entropy(0);
        let Some(filling) = self.model.filling() else { return };
        let fresh = u32::from_le_bytes([a, b, c, d]);
        let (operations, place) = family::system_added(&filling.response, group, kind, fresh);
        for operation in operations {
            self.operate(operation);
        }
        if let Some(filling) = self.model.filling_mut() {
            filling.made = filling.response.find(&place);
        }
        self.flush();
    }

    /// Takes over what the drawing before holds, with its source, where nothing is said here yet.
    fn continue_drawing(&mut self) {
        let Some(filling) = self.model.filling() else { return };
        let Some((document, earlier)) = &filling.earlier else { return };
        let (form, source) = (earlier.questionnaire(), format!("urn:uuid:{document}"));
        let is_drawn = |place: &Place| form.find(&place.link_id).is_some_and(|item| form.is_drawn(item));
        let is_free = |place: &Place| {
            let node = filling.response.find(place);
            node.is_none_or(|node| filling.response.node(node).content.is_empty())
        };
        let wanted = earlier.operations().into_iter().filter(|operation| is_drawn(operation.place()));
        let taken: Vec<Operation> = wanted
            .filter_map(|operation| match operation {
                Operation::Set { at, content } => is_free(&at)
                    .then(|| Operation::Set { at, content: Content { source: Some(source.clone()), ..content } }),
                Operation::Remove { .. } => None,
                add @ Operation::Add { .. } => Some(add),
            })
            .collect();
        for operation in taken {
            self.operate(operation);
        }
        self.flush();
    }

    /// Gives the worker a drawing as a file, which does not name the client.
    fn hand_drawing(&mut self, ending: &str, bytes: Vec<u8>) {
        let Some(filling) = self.model.filling() else { return };
        let name = super::sealing::name_of(self.model.case_of(filling.document.id), &filling.document, self.stamp.now);
        self.run(Effect::Download { name: format!("{name}.{ending}"), bytes });
    }

    fn refuse(&mut self, group: NodeIx, refusal: GenogramRefusal) {
        let today = self.stamp.now.date();
        let family = self.model.filling().map(|filling| family::family(&filling.response, group, today, true));
        let name = |id: &PersonId| {
            let person = family.as_ref().and_then(|family| family.person(id));
            person.map(|person| person.name.clone()).unwrap_or_default()
        };
        let named = match &refusal {
            GenogramRefusal::OwnAncestors(people) => people.iter().map(name).collect(),
            _ => Vec::new(),
        };
        self.notice(Notice::FamilyRefused(refusal, named));
    }

    fn turn_history(&mut self, back: bool) {
        let Some(filling) = self.model.filling_mut() else { return };
        for operation in filling.history.turn(back) {
            self.operate(operation);
        }
        if let Some(filling) = self.model.filling_mut() {
            filling.history.turned();
        }
        self.flush();
    }
}
