//! What the host of a form does with it.

use super::Turn;
use crate::app::change::Topic;
use crate::app::filling::Filling;
use crate::app::hosted::{HostAct, HostRefusal, Hosted};
use crate::app::notice::Notice;
use crate::app::screen::Screen;
use crate::domain::DocumentId;
use crate::form::{Context, NodeIx, Questionnaire, Reading, Response, issues};
use crate::json::parse;
use std::sync::Arc;

impl Turn<'_> {
    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn host(&mut self, act: HostAct) {
        if self.model.host_refusal().is_some() {
            self.model.notice = None;
            self.note(Topic::Notice);
        }
        if let Err(refusal) = self.host_did(act) {
            self.notice(Notice::NotTaken(Arc::new(refusal)));
        }
    }

    fn host_did(&mut self, act: HostAct) -> Result<(), HostRefusal> {
        let Some(hosted) = &mut self.model.hosted else { return Ok(()) };
        match act {
            HostAct::LaidOut(layout) => {
                hosted.layout = layout;
                self.note(Topic::Screen);
            }
            HostAct::ContextGiven(bytes) => {
                let value = parse(&bytes).ok();
                let resources = value.as_ref().and_then(|value| value.as_object()).ok_or(HostRefusal::Context)?;
                hosted.context = resources.iter().map(|(name, resource)| (name.to_owned(), resource.clone())).collect();
            }
            HostAct::FormGiven(Some(bytes)) => {
                let form = whole(&bytes).map_err(HostRefusal::Form)?;
                self.begin_hosted(Arc::new(form));
            }
            HostAct::FormGiven(None) => self.fill_hosted(None),
            HostAct::ResponseGiven(bytes) => self.go_on_with(&bytes)?,
            HostAct::Cleared => {
                if let Some(form) = self.form() {
                    self.begin_hosted(form);
                }
            }
            HostAct::Checked => self.check_hosted(),
            HostAct::IssuesPutAway => {
                let found: Vec<NodeIx> = hosted.found.drain(..).filter_map(|issue| issue.node).collect();
                let around = self.model.filling_mut().map(|filling| filling.untouch(&found));
                self.said_anew(around.unwrap_or_default());
            }
        }
        Ok(())
    }

    fn form(&self) -> Option<Arc<Questionnaire>> {
        self.model.filling().map(|filling| Arc::clone(filling.response.questionnaire()))
    }

    fn launch(&self) -> Context {
        let resources = self.model.hosted.as_ref().map(|hosted| hosted.context.clone()).unwrap_or_default();
        Context { resources, ..Context::at(self.stamp.now) }
    }

    /// Begins to fill a form in, with what it asks of its launch context.
    fn begin_hosted(&mut self, form: Arc<Questionnaire>) {
        let mut response = Response::new(form, self.launch());
        response.populate();
        self.fill_hosted(Some(response));
    }

    fn go_on_with(&mut self, bytes: &[u8]) -> Result<(), HostRefusal> {
        let Some(form) = self.form() else { return Ok(()) };
        let reading = Reading::read(form, self.launch(), bytes).map_err(HostRefusal::Response)?;
        let Reading { mut response, misfits, .. } = reading;
        let lost: Vec<_> = misfits.into_iter().filter(|at| !at.misfit.keeps_all()).collect();
        if !lost.is_empty() {
            return Err(HostRefusal::Misfits(lost));
        }
        response.reckon();
        self.fill_hosted(Some(response));
        Ok(())
    }

    /// Puts a response in place of the one before, or takes that away.
    fn fill_hosted(&mut self, response: Option<Response>) {
        let now = self.stamp.now;
        let id = DocumentId::new(now, self.entropy(0));
        // A page of its own, so that nothing of the filling before is taken for one of this.
        let screen = response.as_ref().map_or(Screen::Home, |_| Screen::Section(id, 0));
        self.model.fillings = response.map(|response| Filling::hosted(id, response, now)).into_iter().collect();
        if let Some(Hosted { found, .. }) = &mut self.model.hosted {
            found.clear();
        }
        // What was asked and where one has been is known by the filling.
        self.model.asked.clear();
        self.model.reached.clear();
        self.show(screen);
    }

    /// Finds what is wrong, and has it said beside each question from now on.
    fn check_hosted(&mut self) {
        let found = self.model.filling().map(|filling| issues(&filling.response)).unwrap_or_default();
        let mut around = Vec::new();
        if let Some(filling) = self.model.filling_mut() {
            found.iter().filter_map(|issue| issue.node).for_each(|node| around.extend(filling.touch(node)));
        }
        self.said_anew(around);
        if let Some(hosted) = &mut self.model.hosted {
            hosted.found = found;
        }
    }

    /// Has it said anew what is wrong with these, and in all.
    fn said_anew(&mut self, mut nodes: Vec<NodeIx>) {
        nodes.sort_unstable();
        nodes.dedup();
        self.changes.nodes.extend(nodes);
        self.note(Topic::Summary);
    }
}

/// A form that the engine runs whole, or every reason why it does not.
fn whole(bytes: &[u8]) -> Result<Questionnaire, Vec<crate::form::LoadRefusal>> {
    let (form, exclusions) = Questionnaire::load_in_part(bytes).map_err(|refusal| vec![refusal])?;
    if exclusions.is_empty() { Ok(form) } else { Err(exclusions) }
}
