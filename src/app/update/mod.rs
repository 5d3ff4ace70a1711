//! The one place where state changes.

mod adding;
mod case;
mod client;
mod cosign;
mod document;
mod family;
mod hosted;
mod keys;
mod onward;
mod opening;
mod outbox;
mod packing;
mod proposing;
mod recording;
mod renewal;
mod saving;
mod sealing;
mod tablet;
mod unpacking;
mod verification;
mod version;
mod worker;

use super::change::{Changes, Topic};
use super::effect::{Effect, Records};
use super::event::{Event, Loaded};
use super::model::{Model, Startup};
use super::notice::Notice;
use super::outbox::{OutboxEvent, Upload};
use super::packages::PackageEvent;
use super::passage::given;
use super::screen::Screen;
use crate::domain::Stamp;
use crate::form::Changed;

/// Changes the model by one event; says what is to be done outside and what was touched.
pub fn update(model: &mut Model, event: Event, stamp: &Stamp) -> (Vec<Effect>, Changes) {
    let mut turn = Turn { model, stamp, effects: Vec::new(), changes: Changes::default() };
    let is_typing = matches!(event, Event::Edited(..));
    turn.handle(event);
    if let Some(filling) = turn.model.filling_mut() {
        filling.history.close(is_typing);
    }
    if turn.model.hosted.is_some() {
        // Whatever a tablet would keep, show in the address or guard is the host's.
        turn.effects.retain(|effect| matches!(effect, Effect::TellHost));
    }
    (turn.effects, turn.changes)
}

/// One event being handled.
struct Turn<'a> {
    model: &'a mut Model,
    stamp: &'a Stamp,
    effects: Vec<Effect>,
    changes: Changes,
}

impl Turn<'_> {
    fn run(&mut self, effect: impl Into<Effect>) {
        self.effects.push(effect.into());
    }

    fn note(&mut self, topic: Topic) {
        self.changes.note(topic);
    }

    fn include(&mut self, changed: Changed) {
        self.changes.include(changed);
    }

    fn notice(&mut self, notice: Notice) {
        self.model.notice = Some(notice);
        self.note(Topic::Notice);
    }

    /// Random bytes for an identifier; each event makes at most three.
    fn entropy(&self, which: usize) -> [u8; 10] {
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&self.stamp.entropy[which * 10..which * 10 + 10]);
        bytes
    }

    /// Whether an event would write into a case that is with somebody else now.
    fn writes_elsewhere(&self, event: &Event) -> bool {
        let case = match event {
            Event::InstrumentChosen(case, _) => Some(*case),
            Event::CaseSubmitted => match self.model.screen {
                Screen::EditCase(id) => Some(id),
                _ => None,
            },
            Event::Edited(..)
            | Event::FileAttached(..)
            | Event::InstanceAdded(..)
            | Event::InstanceRemoved(_)
            | Event::ActUndone
            | Event::EntryRanked(..)
            | Event::FamilyActed(..)
            | Event::SystemAdded(..)
            | Event::DrawingContinued
            | Event::StepUndone
            | Event::StepRedone
            | Event::OpenRecorded(_)
            | Event::ProposalsTaken(..)
            | Event::SealAsked
            | Event::CorrectionAsked
            | Event::MoveAsked => self.model.screen.document().and_then(|id| Some(self.model.documents.get(id)?.case)),
            _ => None,
        };
        case.is_some_and(|case| given(self.model, case).is_some())
    }

    fn handle(&mut self, event: Event) {
        if !self.model.packages.passages.is_empty() && self.writes_elsewhere(&event) {
            // The screen is drawn anew, so that nothing stands there that is not kept.
            self.note(Topic::Screen);
            return self.notice(Notice::CaseGiven);
        }
        match event {
            Event::ScreenRequested(screen) => self.go(screen),
            Event::QuestionRequested(..)
            | Event::FirstOpenRequested
            | Event::FirstOpenHereRequested
            | Event::OnwardRequested(_)
            | Event::OpenRecorded(_) => self.onward(event),
            Event::NoticeDismissed => {
                self.model.notice = None;
                self.note(Topic::Notice);
            }
            Event::Hosted(act) => self.host(act),
            Event::LocaleChosen(_)
            | Event::LocaleGiven(_)
            | Event::LanguageMissing(_)
            | Event::ThemeChosen(_)
            | Event::ThemeGiven(_) => self.tablet(event),
            Event::Edited(..)
            | Event::FileAttached(..)
            | Event::InstanceAdded(..)
            | Event::InstanceRemoved(_)
            | Event::ActUndone
            | Event::EntryRanked(..)
            | Event::FieldLeft(_) => self.filling(event),
            Event::FamilyActed(..)
            | Event::SystemAdded(..)
            | Event::DrawingContinued
            | Event::DrawingMade(..)
            | Event::StepUndone
            | Event::StepRedone => self.drawing(event),
            // A form on a host's page has none of what else can happen.
            _ if self.model.hosted.is_some() => {}
            _ => self.on_tablet(event),
        }
    }

    /// What happens on a tablet besides the filling of a form.
    #[inline(never)] // An entry of tools/parts.json.
    fn on_tablet(&mut self, event: Event) {
        match event {
            Event::Connected => self.run(Effect::Start),
            Event::Loaded(loaded) => self.loaded(*loaded),
            Event::CatalogueFetched(catalogue) => {
                self.model.catalogue = catalogue;
                self.note(Topic::Cases);
                self.look_again();
            }
            Event::RulesFetched(Ok(rules)) => {
                self.model.rules = rules;
                self.model.rules_problem = None;
                self.note(Topic::Cases);
                if let Screen::CaseFile(..) = self.model.screen {
                    // What makes up the file is known only now.
                    self.show(self.model.screen);
                }
            }
            Event::RulesFetched(Err(problem)) => {
                self.model.rules_problem = Some(problem);
                self.note(Topic::Cases);
            }
            Event::StartFailed(problem) => {
                self.model.startup = Startup::Failed(problem);
                self.note(Topic::Screen);
            }
            Event::LocationChanged(screen) if screen == self.model.screen => {}
            Event::LocationChanged(screen) if self.is_with_client(screen) => {}
            Event::LocationChanged(screen) => self.show(screen),
            Event::HealthMeasured(_)
            | Event::PersistenceAsked
            | Event::OfflineReady
            | Event::UpdateWaiting
            | Event::UpdateAsked
            | Event::PrintAsked => self.tablet(event),
            // The list follows the hand by itself; nothing else shows what is looked for.
            Event::CasesSearched(search) => self.model.case_search = search,
            Event::CaseTyped(..) | Event::CaseBirthChanged(_) | Event::CaseSubmitted | Event::CaseSaved(_) => {
                self.case(event)
            }
            Event::WorkerAsked => self.ask_for_worker(self.model.screen),
            Event::WorkerTyped(..) | Event::WorkerRoleChosen(_) | Event::WorkerSubmitted | Event::WorkerSaved(..) => {
                self.worker(event)
            }
            Event::SealAsked
            | Event::Signed(_)
            | Event::SealStored(_)
            | Event::ExportAsked
            | Event::FhirAsked
            | Event::CorrectionAsked => self.sealing(event),
            Event::FormAddressGiven(_)
            | Event::FormGiven(..)
            | Event::FormKept(..)
            | Event::FormDropped(_)
            | Event::FormForgotten(..) => self.adding(event),
            Event::SourcesRead(..) | Event::ProposalsTaken(..) => self.proposing(event),
            Event::OpeningsRead(..)
            | Event::OpeningReasonTyped(_)
            | Event::OpeningReasonGiven
            | Event::OpeningNoted(..) => self.opening(event),
            // Told at every start, before the part that sends stands.
            Event::Outbox(OutboxEvent::NowhereFound) => {
                self.model.outbox.is_nowhere = true;
                self.note(Topic::Outbox);
            }
            Event::Outbox(event) => self.outbox(event),
            Event::RecordRead(screen, read) => self.record_read(screen, read),
            Event::MoveAsked | Event::DocumentMoved(..) | Event::StraysDismissed => self.version(event),
            Event::HandedOver(document, purpose) => self.hand_over(document, purpose),
            Event::CardTurned(_)
            | Event::ReturnAsked(_)
            | Event::TabletReturned
            | Event::SpeechAsked(_)
            | Event::SpeechStopped
            | Event::SpeechReached(_)
            | Event::SpeechEnded(_)
            | Event::VoicesFound(_)
            | Event::CopyMade(..) => self.client(event),
            Event::FilesGiven(_) | Event::SignaturesChecked(..) => self.verification(event),
            Event::Package(
                event @ (PackageEvent::FileGiven(..)
                | PackageEvent::Decrypted(..)
                | PackageEvent::Compared(..)
                | PackageEvent::TakingInAsked
                | PackageEvent::TakenIn(_)
                | PackageEvent::OwnKeyAsked
                | PackageEvent::OwnKeyRead(_)
                | PackageEvent::OwnKeyFileAsked),
            ) => self.unpacking(event),
            Event::Package(event) => self.packing(event),
            Event::PageShown => self.shown_again(),
            Event::Keys(event) => self.keys(event),
            Event::FlushDue | Event::PageHidden | Event::RetryAsked | Event::Appended(..) | Event::OthersRead(..) => {
                self.saving(event)
            }
            _ => self.document(event),
        }
    }

    /// Whoever comes back from another window may have withdrawn a key there.
    fn shown_again(&mut self) {
        if self.model.startup == Startup::Ready
            && (self.model.screen.judges_keys() || self.model.screen == Screen::Unpack)
        {
            self.look_at_keys();
        }
    }

    fn loaded(&mut self, loaded: Loaded) {
        self.model.take(loaded);
        if self.model.outbox.is_read {
            // What there is to send is known only now.
            self.run(Upload::Read);
        }
        let screen = self.model.screen;
        self.show(screen);
    }

    /// Goes to a screen by the worker's wish, and shows it in the address.
    fn go(&mut self, screen: Screen) {
        if self.is_with_client(screen) {
            return;
        }
        self.run(Effect::ShowLocation(screen));
        self.show(screen);
    }

    /// Shows a screen.
    fn show(&mut self, screen: Screen) {
        if self.model.hosted.is_none() {
            return self.show_on_tablet(screen);
        }
        self.turn_to(screen);
        self.model.notice = None;
        self.keep_in_order();
    }

    /// The screen where a document of a case that is with somebody else is read, in place of those where it is written.
    fn readable(&self, screen: Screen) -> Screen {
        let (Screen::Section(id, _) | Screen::Version(id, _) | Screen::Client(id)) = screen else { return screen };
        let case = self.model.documents.get(id).map(|document| document.case);
        if case.is_some_and(|case| given(self.model, case).is_some()) { Screen::Review(id) } else { screen }
    }

    /// Puts another screen in place of the one that is shown, which it gives.
    fn turn_to(&mut self, screen: Screen) -> Screen {
        self.model.focus = None;
        self.model.uncovers = false;
        self.model.asking = false;
        self.note(Topic::Screen);
        std::mem::replace(&mut self.model.screen, screen)
    }

    /// Shows a screen and reads what it needs.
    #[inline(never)] // An entry of tools/parts.json.
    fn show_on_tablet(&mut self, screen: Screen) {
        self.flush();
        let screen = self.readable(screen);
        self.leave_for(screen);
        let before = self.turn_to(screen);
        self.leave_version();
        if self.model.startup != Startup::Ready {
            return;
        }
        self.model.notice = None;
        if screen.judges_keys() {
            self.look_at_keys();
        }
        if !matches!(screen, Screen::Cosign | Screen::Worker) {
            self.model.enrolment.cosigning = None;
        }
        match screen {
            Screen::NewCase => self.model.case_form = super::forms::CaseForm::default(),
            Screen::EditCase(id) => self.fill_case_form(id),
            Screen::Case(id) => {
                let drafts = self.model.documents.iter().filter(|document| document.case == id && document.is_draft());
                let drafts = drafts.cloned().collect();
                self.run(Records::ReadDrafts(drafts));
            }
            Screen::Worker => self.model.worker_form = super::forms::WorkerForm::of(self.model.worker.as_ref()),
            Screen::Tablet => self.run(Effect::MeasureHealth),
            Screen::Outbox => self.show_outbox(),
            Screen::Verify => self.model.files.clear(),
            Screen::Keys => self.model.enrolment.told = None,
            Screen::Cosign => {}
            Screen::Forms(_) => self.model.adding = None,
            Screen::Pack(case) => self.show_packing(case),
            Screen::Unpack => self.show_unpacking(),
            Screen::Home => {}
            Screen::Change(_) => self.show_record(screen),
            Screen::CaseFile(case, part) => self.show_file(case, part),
            Screen::Section(id, _)
            | Screen::Review(id)
            | Screen::Version(id, _)
            | Screen::Sealed(id)
            | Screen::Copy(id) => {
                self.show_document(id);
                self.look_at_version(before);
            }
            Screen::Client(id) => {
                self.show_client(id);
                self.show_document(id);
            }
        }
        self.close_saved();
    }
}
