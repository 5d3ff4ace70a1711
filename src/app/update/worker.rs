//! Who works on this tablet, and the key they seal with.

use super::Turn;
use crate::app::change::Topic;
use crate::app::effect::Effect;
use crate::app::event::{Event, WorkerField};
use crate::app::forms::WorkerForm;
use crate::app::screen::Screen;
use crate::domain::Worker;

impl Turn<'_> {
    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn worker(&mut self, event: Event) {
        let form = &mut self.model.worker_form;
        match event {
            Event::WorkerTyped(field, text) => {
                let place = match field {
                    WorkerField::Name => &mut form.name,
                    WorkerField::Organisation => &mut form.organisation,
                    WorkerField::LicenceNumber => &mut form.licence_number,
                };
                *place = text;
            }
            Event::WorkerRoleChosen(role) => form.role = role,
            Event::WorkerSubmitted if !form.saving => {
                form.problem = None;
                match Worker::new(&form.name, form.role, &form.organisation, &form.licence_number) {
                    Ok(worker) => {
                        form.refusal = None;
                        form.saving = true;
                        self.run(Effect::SaveWorker(worker));
                    }
                    Err(refusal) => form.refusal = Some(refusal),
                }
                self.note(Topic::WorkerForm);
            }
            Event::WorkerSaved(Err(problem), key) => {
                form.saving = false;
                form.problem = Some(problem);
                self.model.key = key;
                self.note(Topic::WorkerForm);
            }
            Event::WorkerSaved(Ok(worker), key) => {
                self.model.worker_form = WorkerForm::of(Some(&worker));
                self.model.worker = Some(worker);
                let usable = key.is_ok();
                self.model.key = key;
                match self.model.after_worker.take() {
                    Some(screen) if usable => self.go(screen),
                    // Without a key the worker has to see why, so the form stays.
                    waiting => {
                        self.model.after_worker = waiting;
                        self.note(Topic::Screen);
                    }
                }
            }
            _ => {}
        }
    }

    /// Asks for the worker's details first and comes back to a screen afterwards.
    pub(super) fn ask_for_worker(&mut self, back_to: Screen) {
        self.model.after_worker = Some(back_to);
        self.go(Screen::Worker);
    }
}
