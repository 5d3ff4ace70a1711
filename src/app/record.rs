//! Sealed documents read together: for the change over time and for the case file. They are read from their sealed files,
//! so that what is shown is what was sealed, reckoned answers included; nothing is reckoned anew.

use super::casework::FileView;
use super::filling::Filling;
use super::journal::OpenedDocument;
use super::launch;
use super::model::Model;
use super::screen::{Part, Screen};
use crate::domain::{CaseId, Document, DocumentId, Timestamp};
use crate::form::{Context, Questionnaire, Reading, Response};
use crate::json::{Value, parse};
use crate::seal::{Enclosed, Kid, attach, digest};
use std::sync::Arc;

/// A sealed document as it was sealed.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its head.
    pub head: Document,
    /// Its answers.
    pub response: Response,
    /// When worker and client met, where the form asks for it.
    pub contact: Option<Timestamp>,
    /// When it was sealed.
    pub sealed: Timestamp,
    /// Who wrote it: name and organisation.
    pub author: [String; 2],
    /// The key it is sealed with.
    pub kid: Option<Kid>,
    /// The digest of the sealed file.
    pub digest: String,
}

impl Recorded {
    /// Reads a sealed file over the form that it answers, with the attachments beside it in their places; nothing where it is
    /// no sealed document of that form.
    #[must_use]
    pub fn read(
        head: &Document,
        form: &Arc<Questionnaire>,
        (file, attachments): (&[u8], &[Enclosed]),
        context: Context,
    ) -> Option<Self> {
        let value = parse(file).ok()?;
        let document = value.get("document")?;
        let text = |path: &[&str]| document.at(path).and_then(Value::as_str);
        let response = document.get("response")?;
        let response = if attachments.is_empty() { response.to_string() } else { whole(response, attachments) };
        let reading = Reading::read(Arc::clone(form), context, response.as_bytes()).ok()?;
        let owned = |path: &[&str]| text(path).unwrap_or_default().to_owned();
        Some(Self {
            head: head.clone(),
            response: reading.response,
            contact: text(&["times", "contact"]).and_then(|time| Timestamp::parse(time).ok()),
            sealed: Timestamp::parse(text(&["times", "sealed"])?).ok()?,
            author: [owned(&["author", "name"]), owned(&["author", "organisation"])],
            kid: text(&["author", "kid"]).and_then(Kid::parse),
            digest: digest(file),
        })
    }

    /// When it was about: when worker and client met, or else when it was sealed.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.contact.unwrap_or(self.sealed)
    }
}

/// Sealed documents that were read for a screen, in the order of what they are about.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Those that could be read.
    pub documents: Vec<Recorded>,
    /// Those that could not.
    pub unread: Vec<DocumentId>,
}

impl Record {
    /// A document of it.
    #[must_use]
    pub fn get(&self, id: DocumentId) -> Option<&Recorded> {
        self.documents.iter().find(|document| document.head.id == id)
    }

    /// Reads what storage gave of the documents that were asked for.
    pub(super) fn read(model: &Model, wanted: &[Document], opened: Vec<OpenedDocument>, now: Timestamp) -> Self {
        let mut record = Self::default();
        // Weekly notes answer one form again and again; it is compiled once.
        let mut forms: Vec<(String, Arc<Questionnaire>)> = Vec::new();
        for head in wanted {
            let found = opened.iter().find(|opened| opened.id == head.id).and_then(|opened| {
                let known = forms.iter().find(|(digest, _)| *digest == head.instrument.digest);
                let form = match known {
                    Some((_, form)) => Arc::clone(form),
                    None => Arc::new(Questionnaire::load(&opened.questionnaire).ok()?),
                };
                forms.push((head.instrument.digest.clone(), Arc::clone(&form)));
                let context = launch::context(model, head.case, now);
                Recorded::read(head, &form, (opened.sealed.as_deref()?, &opened.attachments), context)
            });
            match found {
                Some(document) => record.documents.push(document),
                None => record.unread.push(head.id),
            }
        }
        record.documents.sort_by_key(|document| (document.at(), document.head.id));
        record
    }
}

/// An open sealed document as it was sealed; nothing while it is a draft, or where its file cannot be read.
#[must_use]
pub fn recorded(model: &Model, filling: &Filling, now: Timestamp) -> Option<Recorded> {
    let context = launch::context(model, filling.document.case, now);
    let form = filling.response.questionnaire();
    Recorded::read(&filling.document, form, (filling.sealed.as_deref()?, &filling.attachments), context)
}

/// A response with the attachments that stand beside its document put back.
fn whole(response: &Value, attachments: &[Enclosed]) -> String {
    let find = |digest: &str| attachments.iter().find(|(own, _)| own == digest);
    attach(response, |digest| find(digest).map(|(_, bytes)| bytes.clone())).to_string()
}

/// The sealed documents of a case that no sealed revision replaces, oldest first.
pub fn current(model: &Model, case: CaseId) -> Vec<&Document> {
    let sealed: Vec<&Document> =
        model.documents.iter().filter(|document| document.case == case && !document.is_draft()).collect();
    let replaced: Vec<_> = sealed.iter().filter_map(|document| document.replaces).collect();
    let stands = |document: &&Document| document.seal.is_some_and(|seal| !replaced.contains(&seal.id));
    sealed.into_iter().filter(stands).collect()
}

/// Why a document is not compared with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incomparable {
    /// It answers another version of the form (M1).
    OtherVersion,
    /// Its form names the same version and is another all the same.
    OtherForm,
}

/// The documents of one instrument in a case.
#[derive(Clone, Debug, Default)]
pub struct Occasions {
    /// Those that answer the very form of the one that was asked about, itself included, oldest first.
    pub same: Vec<Document>,
    /// Those that cannot be compared with it, and why.
    pub others: Vec<(Document, Incomparable)>,
}

/// The sealed documents that answer the instrument of one of them.
#[must_use]
pub fn occasions(model: &Model, id: DocumentId) -> Occasions {
    let Some(asked) = model.documents.get(id) else { return Occasions::default() };
    let mut occasions = Occasions::default();
    for document in current(model, asked.case) {
        if document.instrument.url() != asked.instrument.url() {
            continue;
        }
        let (own, other) = (&asked.instrument, &document.instrument);
        if own.canonical != other.canonical {
            occasions.others.push((document.clone(), Incomparable::OtherVersion));
        } else if own.digest != other.digest {
            occasions.others.push((document.clone(), Incomparable::OtherForm));
        } else {
            occasions.same.push(document.clone());
        }
    }
    occasions
}

/// The newest sealed document of each instrument of a case that was answered more than once, in the order of the task list.
#[must_use]
pub fn repeated(model: &Model, case: CaseId) -> Vec<DocumentId> {
    let current = current(model, case);
    let listed = model.catalogue.iter().flat_map(|list| &list.instruments).chain(&model.added);
    let newest = listed.filter_map(|entry| {
        let own: Vec<_> = current.iter().filter(|document| document.instrument.url() == entry.url).collect();
        own.last().filter(|_| own.len() > 1).map(|document| document.id)
    });
    newest.collect()
}

/// The documents that a screen shows together.
pub(super) fn wanted(model: &Model, screen: Screen) -> Vec<Document> {
    match screen {
        Screen::Change(id) => occasions(model, id).same,
        Screen::CaseFile(_, Part::Contents) => Vec::new(),
        Screen::CaseFile(case, part) => {
            let view = FileView::of(model, case);
            let parts = view.parts.into_iter().filter(|own| part == Part::Whole || own.part == part);
            let mut all: Vec<Document> = parts.flat_map(|part| part.documents).collect();
            all.sort_by_key(|document| document.id);
            all.dedup_by_key(|document| document.id);
            all
        }
        _ => Vec::new(),
    }
}
