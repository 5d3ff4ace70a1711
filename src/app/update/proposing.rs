//! Proposals: what other documents of the case say, for questions that nobody answered in the open one.

use super::Turn;
use crate::app::effect::Records;
use crate::app::event::Event;
use crate::app::filling::Filling;
use crate::app::journal::OpenedDocument;
use crate::app::launch;
use crate::domain::{Document, DocumentId};
use crate::form::{Content, NodeIx, Operation, as_given};

impl Turn<'_> {
    pub(super) fn proposing(&mut self, event: Event) {
        match event {
            Event::SourcesRead(id, read) => self.sources_read(id, read),
            Event::ProposalsTaken(nodes, entry) => {
                for node in nodes {
                    self.take(node, entry);
                }
                self.flush();
            }
            _ => {}
        }
    }

    /// Reads the documents that the form of an open draft asks for. Nobody waits for them: the draft can be filled
    /// meanwhile, and what they propose appears when they are there.
    pub(super) fn ask_for_sources(&mut self, id: DocumentId) {
        let Some(filling) = self.model.filling_of(id) else { return };
        let mut wanted: Vec<Document> = Vec::new();
        let asks = filling.response.questionnaire().case_documents();
        for asked in asks.iter().filter(|_| filling.document.is_draft()) {
            // Identifiers sort by the time they were made, so the last is the newest.
            let own = self.model.documents.iter().rev().filter(|other| {
                let named = || asks.iter().filter(|own| own.name == asked.name);
                other.case == filling.document.case
                    && other.id != id
                    && named().any(|own| own.questionnaire == other.instrument.url())
            });
            let own = own.take(if asked.all { usize::MAX } else { 1 });
            wanted.extend(
                own.filter(|other| !wanted.iter().any(|known| known.id == other.id)).cloned().collect::<Vec<_>>(),
            );
        }
        // What it corrects is shown beside it.
        let replaced = |other: &&Document| other.seal.map(|seal| seal.id) == filling.document.replaces;
        let replaced = filling.document.replaces.and_then(|_| self.model.documents.iter().find(replaced));
        wanted.extend(replaced.filter(|own| !wanted.iter().any(|known| known.id == own.id)).cloned());
        if !wanted.is_empty() {
            self.run(Records::ReadSources(id, wanted));
        }
    }

    #[inline(never)] // An entry of tools/parts.json.
    fn sources_read(&mut self, id: DocumentId, read: Vec<OpenedDocument>) {
        let language = self.model.locale().tag();
        let replaces = self.model.documents.get(id).and_then(|document| document.replaces);
        let own = self.model.documents.get(id).map(|document| document.instrument.url().to_owned());
        let (mut answers, mut replaced, mut earlier) = (Vec::new(), None, None);
        for opened in read {
            let Some(document) = self.model.documents.get(opened.id).cloned() else { continue };
            let context = launch::context(self.model, document.case, self.stamp.now);
            let (source, url) = (document.id, document.instrument.url().to_owned());
            let is_replaced = replaces.is_some() && document.seal.map(|seal| seal.id) == replaces;
            // One that cannot be opened proposes nothing; its own page says why.
            if let Ok(filling) = Filling::open(document, opened, context) {
                let response = self.model.filling_of(source).map_or(&filling.response, |open| &open.response);
                let is_newest = earlier.as_ref().is_none_or(|(other, _)| *other < source);
                if own.as_ref() == Some(&url) && is_newest {
                    earlier = Some((source, Box::new(response.clone())));
                }
                answers.push((source, url, as_given(response, language)));
                if is_replaced {
                    replaced = Some(Box::new(response.clone()));
                }
            }
        }
        let Some(filling) = self.model.filling_of_mut(id).filter(|filling| filling.sources.is_empty()) else { return };
        if replaced.is_some() {
            filling.replaced = replaced;
            // Screens that compare are drawn with what they compare to.
            self.changes.note(crate::app::change::Topic::Sections);
            self.changes.note(crate::app::change::Topic::Client);
        }
        if !filling.document.is_draft() {
            return;
        }
        filling.earlier = earlier;
        let mut resources = Vec::new();
        let declared = filling.response.questionnaire().case_documents().to_vec();
        for (at, asked) in declared.iter().enumerate() {
            // Several forms under one name are one source: the newest document of any of them.
            if declared[..at].iter().any(|before| before.name == asked.name) {
                continue;
            }
            let named = |url: &String| declared.iter().any(|own| own.name == asked.name && own.questionnaire == *url);
            let mut own: Vec<_> = answers.iter().filter(|(_, url, _)| named(url)).collect();
            own.sort_by_key(|(source, ..)| std::cmp::Reverse(*source));
            for (source, _, answer) in own.into_iter().take(if asked.all { usize::MAX } else { 1 }) {
                filling.sources.push((asked.name.clone(), *source));
                resources.push((asked.name.clone(), answer.clone()));
            }
        }
        let changed = filling.response.consult(resources);
        self.include(changed);
        self.note(crate::app::change::Topic::Sections);
        self.note(crate::app::change::Topic::Drawing);
    }

    /// Takes over what is proposed at a question or list, as operations that name where it comes from.
    fn take(&mut self, node: NodeIx, entry: Option<usize>) {
        let [a, b, c, d, ..] = self.entropy(0);
        let fresh = u32::from_le_bytes([a, b, c, d]);
        let Some(filling) = self.model.filling() else { return };
        let Some(proposal) = filling.response.proposal(node, fresh) else { return };
        let from = proposal.sources.first().and_then(|name| filling.sources.iter().find(|(own, _)| own == name));
        let source = from.map(|(_, document)| format!("urn:uuid:{document}"));
        let chosen = proposal.entries.into_iter().enumerate().filter(|(at, _)| entry.is_none_or(|entry| entry == *at));
        for operation in chosen.flat_map(|(_, proposed)| proposed.operations) {
            self.operate(match operation {
                Operation::Set { at, content } => {
                    Operation::Set { at, content: Content { source: source.clone(), ..content } }
                }
                other => other,
            });
        }
    }
}
