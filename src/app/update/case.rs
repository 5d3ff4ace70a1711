//! Opening a case and changing its details.

use super::Turn;
use crate::app::change::Topic;
use crate::app::effect::Records;
use crate::app::event::{CaseField, Event};
use crate::app::forms::{CaseForm, DateForm};
use crate::app::screen::Screen;
use crate::domain::{Case, CaseId};

impl Turn<'_> {
    pub(super) fn case(&mut self, event: Event) {
        let form = &mut self.model.case_form;
        match event {
            Event::CaseTyped(field, text) => {
                let place = match field {
                    CaseField::Name => &mut form.name,
                    CaseField::RegisterNumber => &mut form.register_number,
                };
                *place = text;
            }
            Event::CaseBirthChanged(birth) => form.birth = birth,
            Event::CaseSubmitted => self.submit_case(),
            Event::CaseSaved(Ok(case)) => {
                let id = case.id;
                self.model.cases.put(case);
                self.model.case_form = CaseForm::default();
                self.go(Screen::Case(id));
            }
            Event::CaseSaved(Err(problem)) => {
                form.saving = false;
                form.problem = Some(problem);
                self.note(Topic::CaseForm);
            }
            _ => {}
        }
    }

    pub(super) fn fill_case_form(&mut self, id: CaseId) {
        let Some(case) = self.model.cases.get(id) else { return };
        self.model.case_form = CaseForm {
            name: case.name.clone(),
            register_number: case.register_number.clone().unwrap_or_default(),
            birth: DateForm::of(case.birth.as_ref()),
            ..CaseForm::default()
        };
    }

    fn submit_case(&mut self) {
        if self.model.case_form.saving {
            return;
        }
        self.note(Topic::CaseForm);
        let now = self.stamp.now;
        let form = &mut self.model.case_form;
        let birth = form.birth.read(now);
        form.birth_refusal = birth.as_ref().err().copied();
        form.name_refusal = None;
        form.problem = None;
        let birth = birth.unwrap_or_default();
        let made = match self.model.screen {
            Screen::EditCase(id) => self.model.cases.get(id).cloned().map(|mut case| {
                case.describe(&form.name, &form.register_number, birth, now)?;
                Ok(case)
            }),
            _ => {
                let id = CaseId::new(now, self.entropy(0));
                let form = &self.model.case_form;
                Some(Case::open(id, &form.name, &form.register_number, birth, now))
            }
        };
        let form = &mut self.model.case_form;
        match made {
            Some(Ok(case)) if form.birth_refusal.is_none() => {
                form.saving = true;
                self.run(Records::SaveCase(case));
            }
            Some(Err(refusal)) => form.name_refusal = Some(refusal),
            _ => {}
        }
    }
}
