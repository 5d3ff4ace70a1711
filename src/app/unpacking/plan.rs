//! What would come in with a package, decided document by document.

use super::fate::{DraftFate, Fate, IncomingDocument, IncomingDraft};
use super::intake::{DraftIntake, Intake, SealedIntake};
use super::signatures::{KeptSeal, further};
use super::{Journal, Unsealed};
use crate::app::cosign;
use crate::app::model::Model;
use crate::app::passage::{self, Passage, Way};
use crate::app::record::Recorded;
use crate::app::{Filling, JournalEntry, Moved, OpenedDocument, StoredOperation, StoredRecord, casework, launch};
use crate::domain::{Case, CaseId, Document, DocumentId, InstrumentPin, PassageId, Seal, SealId, Timestamp};
use crate::form::{Operation, Questionnaire};
use crate::json::{Object, Value};
use crate::seal::{Contained, Draft, Enclosed, PackagePurpose, Report, Trust, Unreadable, signed_digest};
use std::sync::Arc;

/// What is here of what a package brings.
#[derive(Clone, Debug, Default)]
pub struct Here {
    /// Seals that are here. Signatures may come later, so a file may hold others.
    pub seals: Vec<KeptSeal>,
    /// The journals of drafts that are here.
    pub journals: Vec<Journal>,
}

impl Here {
    fn journal(&self, id: DocumentId) -> &[StoredRecord<JournalEntry>] {
        self.journals.iter().find(|(own, _)| *own == id).map_or(&[], |(_, journal)| journal)
    }
}

/// What would come in with a package.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The package.
    pub unsealed: Unsealed,
    /// What its seal says.
    pub report: Report,
    /// The case as it is here, where it is here.
    pub known: Option<Case>,
    /// Other cases that may be about the same person.
    pub namesakes: Vec<CaseId>,
    /// Its sealed documents.
    pub documents: Vec<IncomingDocument>,
    /// Its drafts.
    pub drafts: Vec<IncomingDraft>,
    /// What is written when the worker says so.
    pub intake: Intake,
}

impl Plan {
    /// Judges a package with the outcomes of the checks of its signatures, against what is here. `Err` where its own seal
    /// does not hold.
    ///
    /// # Errors
    /// Gives the report of a broken seal.
    pub fn of(
        model: &Model,
        unsealed: Unsealed,
        outcomes: &[bool],
        here: &Here,
        trust: &Trust,
        (now, note): (Timestamp, PassageId),
    ) -> Result<Self, Box<Report>> {
        let own = unsealed.examination.checks.len().min(outcomes.len());
        let (first, mut rest) = outcomes.split_at(own);
        let report = unsealed.examination.clone().conclude(first, trust, now);
        // Whose key it is, the screen tells; a worker may know what the tablet does not.
        if !report.is_whole() || !report.awaited().is_empty() {
            return Err(Box::new(report));
        }
        let known = model.cases.get(unsealed.case.id).cloned();
        let namesakes = if known.is_none() { namesakes(model, &unsealed.case) } else { Vec::new() };
        let mut maker = Maker { model, unsealed: &unsealed, here, now, intake: Intake::default() };
        let mut documents = Vec::new();
        for (contained, seal) in unsealed.package.documents.iter().zip(&unsealed.seals) {
            let judged = match seal {
                Ok(seal) => {
                    let (own, others) = rest.split_at(seal.checks.len().min(rest.len()));
                    rest = others;
                    Ok(seal.clone().conclude(own, trust, now))
                }
                Err(unreadable) => Err(unreadable.clone()),
            };
            documents.push(maker.document(contained, judged));
        }
        let drafts = unsealed.package.drafts.iter().map(|draft| maker.draft(draft)).collect();
        if known.is_none() {
            maker.intake.case = Some(unsealed.case.clone());
        }
        maker.note(note, &report);
        let intake = maker.intake;
        Ok(Self { report, known, namesakes, documents, drafts, intake, unsealed })
    }

    /// Whether anything would be written.
    #[must_use]
    pub fn brings_something(&self) -> bool {
        !self.intake.is_empty()
    }
}

/// Makes what is written of what came.
struct Maker<'a> {
    model: &'a Model,
    unsealed: &'a Unsealed,
    here: &'a Here,
    now: Timestamp,
    intake: Intake,
}

impl Maker<'_> {
    fn document(&mut self, contained: &Contained, judged: Result<Report, Unreadable>) -> IncomingDocument {
        let fate = match &judged {
            Err(unreadable) => Fate::NoSeal(unreadable.clone()),
            Ok(report) if !report.is_whole() => Fate::Broken(Box::new(report.clone())),
            Ok(report) => self.fate(contained, report),
        };
        let report = judged.ok().map(Box::new);
        let instrument = contained.instrument.canonical.clone();
        IncomingDocument { seal_id: contained.seal_id, instrument, report, fate }
    }

    fn fate(&mut self, contained: &Contained, report: &Report) -> Fate {
        match self.here.seals.iter().find(|kept| kept.id == contained.seal_id) {
            Some(kept) if signed_digest(&contained.file).as_ref() == Some(&kept.digest) => {
                return self.signatures(contained, report, kept);
            }
            Some(_) => return Fate::OtherBytes,
            None => {}
        }
        match self.sealed(contained, report) {
            Some(intake) => {
                self.take_form(&contained.instrument.digest);
                self.intake.documents.push(intake);
                Fate::New
            }
            None => Fate::FormRefused,
        }
    }

    fn signatures(&mut self, contained: &Contained, report: &Report, kept: &KeptSeal) -> Fate {
        match further(self.model, contained, report, kept, self.now) {
            Ok(None) => Fate::Here,
            Ok(Some((intake, by))) => {
                self.intake.signatures.push(intake);
                Fate::Signed(by)
            }
            Err(finding) => Fate::NotSigned(finding),
        }
    }

    /// What is written of a sealed document: its head, and a journal that leads to what was sealed, for corrections. What
    /// the sender keeps beside the file is not asked; the answers are those of the file.
    fn sealed(&self, contained: &Contained, report: &Report) -> Option<SealedIntake> {
        let sealed = report.sealed;
        let (id, closed) = self.place(contained);
        let document = contained.file.get("document")?;
        let mut head = Document {
            id,
            case: self.unsealed.case.id,
            instrument: contained.instrument.clone(),
            earlier: Vec::new(),
            revision: document.get("revision")?.as_u64()?.try_into().ok()?,
            replaces: document.as_object()?.optional("replaces", SealId::from_json)?,
            begun: contained.begun,
            seal: Some(Seal { id: contained.seal_id, at: sealed }),
            awaits: cosign::awaited(self.model, report.awaited().into_iter()),
            facts: Object::default(),
        };
        let form = self.unsealed.package.form(&contained.instrument.digest)?;
        let form = Arc::new(Questionnaire::load(form.text.as_bytes()).ok()?);
        let bytes = contained.bytes();
        let context = launch::context(self.model, head.case, self.now);
        let enclosed = &self.unsealed.package.attachments;
        let named = contained.attachments();
        let attachments: Vec<Enclosed> =
            enclosed.iter().filter(|(own, _)| named.iter().any(|one| one.digest == *own)).cloned().collect();
        let response = Recorded::read(&head, &form, (&bytes, &attachments), context)?.response;
        head.facts = casework::facts(&self.model.rules, &head, &response);
        let operations = response.operations();
        let closes = closed.is_some();
        let from = if closes { self.here.journal(id).len() as u64 } else { 0 };
        let entries = match closed {
            None => (0..).zip(operations).map(|step| stored(step, sealed)).collect(),
            Some(draft) => {
                let (left, to) = (draft.instrument, head.instrument.clone());
                head.earlier = draft.earlier.into_iter().chain([left.clone()]).collect();
                vec![JournalEntry::Moved(Moved { sequence: from, at: sealed, from: left, to, operations })]
            }
        };
        Some(SealedIntake { from, closes, head, entries, bytes, attachments })
    }

    /// Where a sealed document comes to lie: in its own place, and closing the draft there where nobody wrote in that since
    /// it passed last; in a place of its own, named by its seal, where its own holds something else.
    fn place(&self, contained: &Contained) -> (DocumentId, Option<Document>) {
        // Both are UUIDs.
        let apart = DocumentId::from_json(&contained.seal_id.into());
        let own = DocumentId::parse(&contained.id).ok();
        let taken = |id: DocumentId| self.intake.documents.iter().any(|other| other.head.id == id);
        let fallback = apart.or(own).unwrap_or_else(|| DocumentId::new(self.now, [0; 10]));
        let Some(id) = own.filter(|id| !taken(*id)) else { return (fallback, None) };
        match self.model.documents.get(id) {
            None => (id, None),
            Some(draft) if draft.is_draft() && draft.case == self.unsealed.case.id && self.is_untouched(id) => {
                (id, Some(draft.clone()))
            }
            Some(_) => (fallback, None),
        }
    }

    /// Whether nobody wrote in a draft here since the case passed last.
    fn is_untouched(&self, draft: DocumentId) -> bool {
        let journal = self.here.journal(draft);
        passage::mark(self.model, draft) == Some(journal.len() as u64) && journal.iter().all(Result::is_ok)
    }

    fn draft(&mut self, draft: &Draft) -> IncomingDraft {
        let head = Document::from_json(&draft.head);
        let instrument = head.as_ref().map(|head| head.instrument.canonical.clone()).unwrap_or_default();
        let fate = head.map_or(DraftFate::Unreadable, |head| self.draft_fate(head, draft));
        IncomingDraft { id: draft.id().to_owned(), instrument, fate }
    }

    fn draft_fate(&mut self, head: Document, draft: &Draft) -> DraftFate {
        let Some(journal) = self.journal(&head, draft) else { return DraftFate::Unreadable };
        let here = self.here.journal(head.id);
        let own = self.model.documents.get(head.id);
        if own.is_some_and(|own| own.case != head.case) {
            return DraftFate::Apart;
        }
        if own.is_some_and(|own| !own.is_draft()) {
            return DraftFate::Sealed;
        }
        let same = here.iter().zip(&journal).all(|(here, came)| here.as_ref() == Ok(came));
        let (earlier, instrument) = match own {
            Some(own) => pins_after(own, &journal[here.len().min(journal.len())..]),
            None => (head.earlier.clone(), head.instrument.clone()),
        };
        if same && (&head.earlier, &head.instrument) != (&earlier, &instrument) && here.len() < journal.len() {
            return DraftFate::Unreadable;
        }
        // Of what is here the sender says nothing but what its journal goes on with.
        let head = own.map_or(head, |own| Document { earlier, instrument, ..own.clone() });
        let fate = match () {
            () if !same => return DraftFate::Apart,
            () if own.is_none() => DraftFate::New,
            () if here.len() >= journal.len() => DraftFate::Here,
            () => DraftFate::Longer(journal.len() - here.len()),
        };
        self.intake.marks.push((head.id, journal.len() as u64));
        if fate != DraftFate::Here {
            self.take_form(&head.instrument.digest);
            head.earlier.iter().for_each(|pin| self.take_form(&pin.digest));
            let from = here.len();
            let entries = journal.into_iter().skip(from).collect();
            self.intake.drafts.push(DraftIntake { is_new: own.is_none(), head, from: from as u64, entries });
        }
        fate
    }

    /// The journal of a draft, where it can be opened with it.
    fn journal(&self, head: &Document, draft: &Draft) -> Option<Vec<JournalEntry>> {
        if !head.is_draft() {
            return None;
        }
        let numbered = |(number, value): (u64, &Value)| {
            let entry = JournalEntry::from_json(value)?;
            let sequence = match &entry {
                JournalEntry::Operation(stored) => stored.sequence,
                JournalEntry::Moved(moved) => moved.sequence,
                JournalEntry::Sealed(_) => return None,
            };
            (sequence == number).then_some(entry)
        };
        let journal: Vec<JournalEntry> = (0..).zip(&draft.journal).map(numbered).collect::<Option<_>>()?;
        let opened = OpenedDocument {
            id: head.id,
            questionnaire: self.unsealed.package.form(&head.instrument.digest)?.text.as_bytes().to_vec(),
            journal: journal.iter().cloned().map(Ok).collect(),
            sealed: None,
            attachments: Vec::new(),
        };
        let context = launch::context(self.model, head.case, self.now);
        let filling = Filling::open(head.clone(), opened, context).ok()?;
        (filling.unreadable == 0).then_some(journal)
    }

    fn take_form(&mut self, digest: &str) {
        if self.intake.forms.iter().any(|(own, _)| own == digest) {
            return;
        }
        if let Some(form) = self.unsealed.package.form(digest) {
            self.intake.forms.push((digest.to_owned(), form.text.as_bytes().to_vec()));
        }
    }

    /// Notes that the case was taken over, once for each handover, and never for one's own.
    fn note(&mut self, id: PassageId, report: &Report) {
        let package = &self.unsealed.package;
        let is_noted = |passage: &Passage| passage.package.as_ref().is_some_and(|(seal, _)| *seal == report.seal_id);
        if package.purpose != PackagePurpose::Handover || self.model.packages.passages.iter().any(is_noted) {
            return;
        }
        self.intake.passage = Some(Passage {
            id,
            case: self.unsealed.case.id,
            way: Way::Received,
            at: self.now,
            who: [report.author.clone(), report.organisation.clone()],
            package: Some((report.seal_id, self.unsealed.digest.clone())),
            reason: None,
            drafts: self.intake.marks.clone(),
        });
    }
}

/// What a draft here answered and answers once its journal goes on like this.
fn pins_after(own: &Document, entries: &[JournalEntry]) -> (Vec<InstrumentPin>, InstrumentPin) {
    let moves = entries.iter().filter_map(|entry| match entry {
        JournalEntry::Moved(moved) => Some(moved.to.clone()),
        _ => None,
    });
    let mut pins: Vec<InstrumentPin> =
        own.earlier.iter().cloned().chain([own.instrument.clone()]).chain(moves).collect();
    let last = pins.pop().unwrap_or_else(|| own.instrument.clone());
    (pins, last)
}

fn stored((sequence, operation): (u64, Operation), at: Timestamp) -> JournalEntry {
    JournalEntry::Operation(StoredOperation { sequence, at, operation })
}

/// Cases here that may be about the same person: the same register number, or the same name and birth.
fn namesakes(model: &Model, case: &Case) -> Vec<CaseId> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let same_number = |other: &Case| {
        let numbers = other.register_number.as_deref().zip(case.register_number.as_deref());
        numbers.is_some_and(|(here, came)| plain(here) == plain(came))
    };
    let same_person =
        |other: &Case| plain(&other.name) == plain(&case.name) && other.birth.is_some() && other.birth == case.birth;
    let alike = model.cases.iter().filter(|other| other.id != case.id && (same_number(other) || same_person(other)));
    alike.map(|other| other.id).collect()
}
