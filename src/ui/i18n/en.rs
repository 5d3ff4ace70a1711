//! English. What is said at questions and to hosts stands in files of its own.

use super::Key;
use super::en_host::with_host;
use super::en_questions::with_questions;

/// The text of a key.
#[allow(clippy::too_many_lines, reason = "a catalogue is one list")]
pub const fn text(key: Key) -> &'static str {
    with_host! { with_questions! { match key {
        // frame
        Key::MainNavigation => "Main menu",
        Key::Cases => "Cases",
        Key::VerifyFiles => "Check files",
        Key::ThisTablet => "This tablet",
        Key::UpdateWaits => "A new version of Asesmen is ready. What you filled in stays saved.",
        Key::UpdateNow => "Use the new version",
        Key::Close => "Close",
        Key::Back => "Back",
        Key::Cancel => "Cancel",
        Key::Change => "Change",
        Key::Undo => "Undo",
        Key::TryAgain => "Try again",
        Key::Yes => "Yes",
        Key::No => "No",
        Key::Opening => "Opening…",
        Key::Required => "required",
        Key::Sensitive => "Sensitive data: keep other people from reading this screen.",
        // the client and the agreement
        Key::BackToWorker => "Back to the worker",
        Key::StayWithClient => "Stay here",
        Key::WorkerOpens => "I am the worker: open the document",
        Key::GiveBack => "Give the tablet to the worker",
        Key::GiveBackWhy => "The worker will go on with you.",
        Key::EntryOf => "{0} of {1}",
        Key::CardOf => "Part {0} of {1}",
        Key::CardBack => "Before",
        Key::CardNext => "Next",
        Key::CardLast => "Read to the end",
        Key::WorkerReads => "The worker reads this to you.",
        Key::ReadAloud => "Read aloud",
        Key::StopReading => "Stop reading",
        Key::Before => "Before",
        Key::Added => "New",
        Key::Removed => "Removed",
        Key::Altered => "Changed",
        Key::AnswerDone => "Done",
        Key::NothingToRead => "There is nothing to read yet",
        Key::NothingToReadWhy => "The worker will fill it in with you first.",
        Key::AllRead => "All of it was read",
        Key::AllReadWhy => "Is anything unclear? Just ask, at any time.",
        Key::ChangesSeen => "That is all that changes",
        Key::AnswerGiven => "Thank you",
        Key::AnswerGivenWhy => "Your answer is on record. You may still change your mind.",
        Key::ReadTogether => "Read with the client",
        Key::HandOver => "Hand the tablet to the client",
        Key::ContentChanged => "The content changed after this. Read it and ask again.",
        Key::AskAgain => "Clear it and ask again",
        Key::BoundTo => "For the content with fingerprint {0}, {1}",
        Key::MakeCopy => "Copy for the client",
        Key::CopyTitle => "Copy for the client",
        Key::CopySafe => "First ask where a copy is safe. A copy that somebody else finds may do harm.",
        Key::CopyPrint => "Print",
        Key::CopyImage => "Save as a picture",
        Key::CopyText => "Save as text",
        Key::CopyRecorded => "How the copy was given is recorded in this document by itself.",
        Key::CopyNotRecorded => "The document is sealed; a copy given now is not recorded in it.",
        Key::CopyFingerprint => "Fingerprint of the content: {0}",
        Key::CopySealed => "Sealed {0}. Number of the seal {1}",
        Key::CopyUnsealed => "Not sealed yet.",
        Key::ChangedSince => "What changed from revision {0}",
        Key::NoDifference => "Nothing has changed yet.",
        Key::ShowChanges => "Show the changes to the client",
        Key::StepLocked => "Not open yet",
        Key::StepLockedWhy => "Opens once what is listed above is done.",
        Key::StepReady => "Ready to be ticked",
        Key::StepOpen => "Something is still needed",
        // casework
        Key::ToDo => "To do",
        Key::WasDue => "overdue since {0}",
        Key::DueBy => "by {0}",
        Key::WhyThis => "Why",
        Key::RuleHard => "Rule {0}: has to be kept before the document concerned can be sealed.",
        Key::RuleWarning => "Rule {0}: may be set aside with a reason on record.",
        Key::RuleReminder => "Rule {0}: a reminder.",
        Key::WriteReason => "Write the reason",
        Key::SealHeldUp => "What you fill in is kept, but this document cannot be sealed yet:",
        Key::PhaseApproach => "Initial approach",
        Key::PhaseIntake => "Intake and registration",
        Key::PhaseAssessment => "Assessment",
        Key::PhasePlan => "Plan and agreement",
        Key::PhaseDelivery => "Delivery of services",
        Key::PhaseMonitoring => "Monitoring and evaluation",
        Key::PhasePlacement => "Placement",
        Key::PhaseEnding => "Ending",
        Key::PhaseAftercare => "After-care",
        Key::PhaseEmpty => "no documents yet",
        Key::PhaseNow => "now here",
        Key::Phase => "Phase",
        Key::AllPhases => "All phases",
        Key::SearchCases => "Search by name or number",
        Key::OnlyDue => "Only those with something due",
        Key::NoneFound => "No case fits. Change the search or the filters.",
        // proposals
        Key::ProposedFrom => "Found in {0}:",
        Key::DraftOf => "{0} (draft, {1})",
        Key::TakenFrom => "Taken from {0}",
        Key::TakeProposal => "Use",
        Key::TakeAllProposals => "Use all",
        Key::ProposedOnPage => {
            "{0} entries on this page are already in other documents. Check them one by one, or use all and correct."
        }
        // start
        Key::CannotOpen => "Asesmen cannot be opened",
        Key::NotHere => "Not on this tablet",
        Key::NotHereWhy => {
            "The case or document in that link was not found on this tablet. Nothing was deleted; the link may come from another tablet."
        }
        Key::DocumentNotOpened => "This document cannot be opened",
        Key::ToCases => "To the cases",
        // home
        Key::NewCase => "New case",
        Key::RegisterNumberIs => "Register no. {0}",
        Key::BornIs => "born {0}",
        Key::CaseCounts => "{0} in progress · {1} sealed",
        Key::EmptyTitle => "No cases on this tablet yet",
        Key::EmptyStepCase => "Open a case with just a name or initials.",
        Key::EmptyStepFill => "Fill in the assessment together, one section at a time.",
        Key::EmptyStepSeal => "Review it, seal it, and export the file.",
        Key::EmptySafe => "Every answer is kept on this tablet, even without a network.",
        Key::EnterWorker => "Enter your details",
        // case
        Key::EditCase => "Edit case",
        Key::CaseFormLead => "What is known now is enough. Everything can be changed later.",
        Key::ClientName => "Name or initials",
        Key::ClientNameHint => "One word is enough. Write it as the person wishes to be called.",
        Key::RegisterNumber => "Client register number",
        Key::RegisterNumberHint => "The number your institution gave, not the national ID. May be left empty.",
        Key::Birth => "Birth",
        Key::SaveCase => "Save case",
        Key::NameMissing => "Write a name or initials first.",
        Key::OpenedOn => "opened {0}",
        Key::Tasks => "Phases and documents",
        Key::OtherForms => "Other forms",
        Key::OtherFormsLead => {
            "Use another agency's form: a FHIR R4 Questionnaire, from a file or an address. It is kept on this tablet and works without a network."
        }
        Key::ChooseFormFile => "Choose a form file",
        Key::FormAddress => "Address of the form",
        Key::FetchForm => "Fetch the form",
        Key::FormAdded => "“{0}” is ready for use on this tablet.",
        Key::FormsAdded => "Forms that were added",
        Key::DropForm => "Put away",
        Key::BeginFilling => "Begin",
        Key::ContinueFilling => "Continue",
        Key::BeginAnother => "Fill in again",
        Key::FilledCounts => "{0} of {1} questions filled in",
        Key::SealedOn => "Sealed {0}, revision {1}",
        Key::Replaced => "replaced",
        Key::StateNotStarted => "Not started",
        Key::StateInProgress => "In progress",
        Key::StateDone => "Done",
        Key::StateNeedsCheck => "Needs checking",
        Key::OpenDocument => "Open that document",
        Key::NoRoom => {
            "This document is full: one document holds at most 100,000 fields. What was filled in stays. Go on in a new document."
        }
        Key::FileNotAttached => {
            "The file {0} was not added: its document was closed before the file was ready. Open the question again and choose it."
        }
        Key::HappenedNotHandedOver => "The browser could not hand the file over.",
        Key::SafeSealed => "The document stays on this tablet.",
        Key::TodoExportAgain => {
            "Try again; if it keeps failing, allow downloads for this page in the browser's settings."
        }
        Key::CaseUnreadable => "A case whose details cannot be read",
        Key::CaseUnreadableWhy => {
            "Its name and register number cannot be read, but its documents are there and can be opened."
        }
        Key::ChangedElsewhere => {
            "This document was changed in another window. All answers are saved. Review it again, then seal."
        }
        Key::CorrectionBegun => "A new revision was opened with the same answers. The old sealed file stays.",
        // section
        Key::SectionOf => "Section {0} of {1}",
        Key::Sections => "Sections",
        Key::FirstOpen => "To the first open question",
        Key::OtherQuestions => "Other questions",
        Key::NextSection => "Next section",
        Key::PreviousSection => "Previous",
        Key::StopHere => "Stop for now",
        Key::OpenHere => "Questions on this page that are not answered: {0}",
        Key::OpenHereWhy => "They may stay so. You are asked about this page only this once.",
        Key::RecordOpen => "Go on – record them as not asked yet",
        Key::SeeOpen => "See what was missed",
        Key::OpenRecorded => "Recorded as not asked yet: {0}",
        Key::PageByPage => "This form is filled in page by page: the next one opens with the button below the page.",
        Key::NoWayBack => "This form is filled in page by page, and pages that were passed stay closed.",
        Key::NotAnsweredYet => "not answered",
        Key::ReviewAndSeal => "Review and seal",
        Key::NothingChanged => "Everything is saved on this tablet",
        Key::Saving => "Saving…",
        Key::SavedAt => "Saved on this tablet {0}",
        Key::SavingFailed => "Saving failed",
        Key::AddEntry => "Add another",
        Key::RemoveEntry => "Remove this entry",
        Key::EntryRemoved => "One entry was removed.",
        Key::VeilWhy => "This part is sensitive. Open it only when nobody else can see the screen.",
        Key::VeilLift => "Show",
        Key::VeilLiftOf => "Show: {0}",
        Key::Veiled => "hidden",
        Key::Reveal => "Show answer",
        Key::RevealOf => "Show the answer: {0}",
        // review
        Key::BeforeSealing => "Before sealing",
        Key::ReviewCounts => "{0} answered · {1} without answer, reason given · {2} untouched",
        Key::MendFirst => "Mend these first",
        Key::LookAgain => "Worth a second look; sealing does not wait for these:",
        Key::NotAnswered => "Not asked yet",
        Key::WholeFormWhy => "This concerns the form as a whole; there is no one question to change for it.",
        Key::ChangeSection => "Change section {0}",
        Key::Seal => "Seal the document",
        Key::SealMeaning => {
            "Sealing signs this document. After that it cannot be changed; corrections are made as a new revision. Questions without an answer are recorded as not asked."
        }
        Key::SignaturesAsked => "This form asks to be signed: {0}. The seal is the worker's signature; others sign at questions of their own.",
        Key::SealedBy => "Sealed by",
        Key::Fingerprint => "Key fingerprint",
        Key::WorkerFirst => "Your name and signing key are not there yet. The button below takes you there first.",
        Key::SealBlocked => "Sealing waits until the list above is mended. All answers stay saved.",
        Key::SealNow => "Seal now",
        Key::Sealing => "Sealing…",
        // versions
        Key::NewerVersion => "There is a new version of this form",
        Key::VersionsAre => "This draft uses version {0}; the new one is version {1}.",
        Key::VersionsWere => "This draft uses version {0}; before, it was version {1}.",
        Key::SameVersionNumber => "The form was changed, but its version number stayed: {0}.",
        Key::NoVersionNumber => "no number",
        Key::EarlierVersion => "Back to version {0}",
        Key::EarlierVersionTitle => "Back to the previous version",
        Key::BackToDraft => "Back to the draft",
        Key::ComparingVersions => "Comparing the two versions…",
        Key::NoOtherVersion => "There is no other version for this draft.",
        Key::VersionLead => {
            "Nothing has changed yet. Below is what would change; the choice is at the end of the page."
        }
        Key::AnswersUnchanged => "Answers that stay the same: {0}",
        Key::NothingDiffers => "No question and no answer changes.",
        Key::LeavingTitle => "Answers that do not move along",
        Key::LeavingLead => {
            "These answers will not be in the draft after the move. They stay stored and come back when the draft goes back to its present version."
        }
        Key::ReturningTitle => "Answers that come back",
        Key::ReturningLead => "These answers were given in that version before.",
        Key::StayingTitle => "Answers that move along but need a second look",
        Key::ReckonedTitle => "Worked-out results that change",
        Key::AddedTitle => "New questions",
        Key::AddedAgainTitle => "Questions that come back",
        Key::RemovedTitle => "Questions that are gone and that nobody answered",
        Key::WhyGone => "That version does not ask this question.",
        Key::WhyType => "That version asks for another kind of answer.",
        Key::WhyOption => "This answer is not among the options of that version.",
        Key::WhyUnit => "That version uses another unit.",
        Key::WhySeveral => "That version takes one answer only; choose it yourself after the move.",
        Key::WhyReckoned => "In that version the form always works this out.",
        Key::WhyNotReckoned => "In that version this is not worked out any more but answered by hand.",
        Key::WhyReason => "That version records no reason for a missing answer here.",
        Key::NoteHeading => "Heading or instruction above the questions",
        Key::NoteQuestion => "Words of the question",
        Key::NoteOption => "Words of the option",
        Key::NoteEnd => "Meaning of an end of the scale",
        Key::NoteMoreOptions => "Options that were not there before: {0}",
        Key::NoteBasis => "The source of the answer becomes another: {0} → {1}",
        Key::NoteNotAsked => {
            "That version does not ask this question here. The answer stays in the draft but is not sealed."
        }
        Key::NoteAsked => "This answer is not sealed now; in that version it is.",
        Key::VersionNow => "Now",
        Key::VersionThen => "After the move",
        Key::MoveIsSafe => {
            "The present version and all its answers stay stored on this tablet. Until the document is sealed you can go back."
        }
        Key::MoveToNewer => "Move to the new version",
        Key::StayWithOld => "Keep the old version",
        Key::MoveToEarlier => "Go back to that version",
        Key::StayWithThis => "Keep the present version",
        Key::MovingDraft => "Moving…",
        Key::DraftMoved => "This draft now uses version {0}. The version before stays stored.",
        Key::DraftMovedElsewhere => {
            "Another window has moved this draft to version {0}. The answers from this window moved along."
        }
        // sealed
        Key::Sealed => "Sealed",
        Key::Checking => "Checking…",
        Key::ExportFile => "Export file",
        Key::Print => "Print",
        Key::Correct => "Correct with a new revision",
        Key::CorrectHint => "A sealed document is never overwritten. A new revision names the one it replaces.",
        // verify
        Key::VerifyLead => "Choose .asesmen.json files. The check runs on this tablet; no file is sent anywhere.",
        Key::DropFiles => "Drop files here, or",
        Key::ChooseFiles => "Choose files",
        Key::ChooseFile => "Choose a file or photo",
        Key::VerdictValid => "Whole: nothing was changed since it was sealed",
        Key::VerdictInvalid => "Not whole: do not rely on it before asking the sender",
        Key::About => "About",
        Key::SealedAt => "Sealed at (tablet's clock)",
        Key::Revision => "Revision",
        Key::SealNumber => "Seal number",
        Key::OwnFingerprint => "{0} (this tablet's key)",
        Key::FindingMismatch => {
            "Signature {0} ({1}) does not match the document: the content or the signature was changed."
        }
        Key::FindingHeader => "Signature {0} breaks the rules: {1}.",
        Key::FindingUnexpected => "Signature {0} is by a key that the document does not ask for.",
        Key::FindingRepeated => "Signature {0} repeats a key already used.",
        Key::FindingMissing => "The signature of {0} is missing.",
        Key::FindingOtherKid => "The key given for {0} is not the key that is named.",
        Key::FindingAuthor => "The author is not among those who sign.",
        Key::FindingOutside => "Part of the file stands outside what is signed: {0}.",
        Key::FindingUntrusted => "Key {0} is not on the list of trusted keys.",
        Key::FindingTrustOpen => {
            "Compare the key fingerprint below with the worker; this check cannot tell who holds the key."
        }
        Key::FindingFuture => "The sealing time is ahead of this tablet's clock; one of the clocks is wrong.",
        // worker
        Key::WorkerTitle => "Worker",
        Key::WorkerLead => {
            "This name stands in what this tablet seals. When you save it, the tablet makes a signing key that never leaves it."
        }
        Key::WorkerName => "Full name",
        Key::WorkerRole => "Role",
        Key::Organisation => "Organisation",
        Key::LicenceNumber => "Licence or certificate number (if any)",
        Key::OrganisationMissing => "Write the name of the organisation.",
        Key::SaveWorker => "Save",
        Key::FingerprintHint => "Read this fingerprint to your supervisor or portal so that they recognise your seal.",
        Key::RoleSocialWorker => "Social worker",
        Key::RoleCaseManager => "Case manager",
        Key::RoleSupervisor => "Supervisor",
        Key::RoleMedicalStaff => "Medical staff",
        Key::RolePsychologist => "Psychologist",
        Key::RoleOperationalStaff => "Operational staff",
        // tablet
        Key::NoWorker => "No worker entered yet.",
        Key::Colours => "Colours",
        Key::ThemeAuto => "As the device",
        Key::ThemeLight => "Light",
        Key::ThemeDark => "Dark",
        Key::ThemeContrast => "High contrast",
        Key::Storage => "Storage",
        Key::StorageKept => "The browser promises not to clear this storage by itself.",
        Key::StorageNotKept => "The browser may clear this storage when the tablet is full. Ask it to keep it.",
        Key::StorageUnknown => "The browser does not say whether this storage is kept.",
        Key::KeepStorage => "Ask the browser to keep it",
        Key::StorageSpace => "{0} used of {1}.",
        Key::OfflineReady => "Asesmen can be opened without a network.",
        Key::OfflineNotReady => {
            "Not ready to open without a network yet. Leave this page open for a moment while there is a network."
        }
        Key::Version => "Asesmen version {0} ({1})",
        Key::Bytes => "{0} bytes",
        Key::Kilobytes => "{0} kB",
        Key::Megabytes => "{0} MB",
        Key::Gigabytes => "{0} GB",
        // words
        Key::SaveRawCopy => "Save a copy as it is",
        Key::HappenedNotSaved => "The last answers are not saved on the tablet yet.",
        Key::HappenedFull => "Storage is full; the last answers are not saved yet.",
        Key::HappenedElsewhere => "Answers in another document are not saved yet.",
        Key::HappenedNoStorage => "This browser does not let Asesmen store anything.",
        Key::HappenedNewer => "The records on this tablet were written by a newer version of Asesmen.",
        Key::HappenedUnreadable => "This record exists but cannot be read.",
        Key::HappenedMissing => "Part of this record was not found.",
        Key::HappenedConflict => "Another window wrote to the same place first.",
        Key::HappenedStorageFailed => "The tablet's storage did not answer as it should.",
        Key::HappenedRecords => "{0} records on this tablet cannot be read.",
        Key::HappenedPart => "{0} changes in this document cannot be read.",
        Key::HappenedNotFetched => "The form could not be fetched.",
        Key::HappenedRefused => "This form cannot be used: {0}",
        Key::HappenedFormUnread => "The form could not be read from {0}.",
        Key::HappenedFormRefused => "The form from {0} cannot be used. The reasons stand below.",
        Key::HappenedFormBuiltIn => "The form from {0} has the address of a form that comes with Asesmen.",
        Key::WholeForm => "The form",
        Key::ItemOfForm => "Item “{0}”",
        Key::RefusalNotJson => "The file is not whole JSON.",
        Key::RefusalNotAForm => "The file is no FHIR R4 Questionnaire (resourceType “{0}”).",
        Key::RefusalIncomplete => "{0} has no {1}.",
        Key::RefusalTwice => "linkId “{0}” is used twice.",
        Key::RefusalType => "{0} has the type “{1}”, which is not supported.",
        Key::RefusalUnsupported => "{0} uses {1}, which is not supported.",
        Key::RefusalUnreadable => "{0}: the part {1} cannot be read.",
        Key::RefusalUnknownQuestion => "{0} depends on “{1}”, which does not exist.",
        Key::RefusalCircle => "Conditions run in a circle: {0}.",
        Key::RefusalTooLarge => "This form is too large to be filled in here ({0}).",
        Key::HappenedOtherVersion => "The form that came is another version: {0}, not {1}.",
        Key::HappenedNotKept => "The form {0} for this document is not on the tablet.",
        Key::HappenedInsecure => "This page was opened over an insecure address, so the browser gives no signing key.",
        Key::HappenedKeyNotKept => "This browser does not keep the signing key.",
        Key::HappenedKeyReplaced => "The signing key of this tablet was replaced in another window.",
        Key::HappenedKeyMissing => "There is no signing key yet.",
        Key::HappenedKeyFailed => "The signing key could not be used.",
        Key::HappenedNotSealed => "The document was not sealed because it could not be stored.",
        Key::HappenedNoCrypto => "Signatures cannot be checked on this page because its address is not secure.",
        Key::HappenedDamaged => "This file is cut off or damaged and cannot be checked.",
        Key::HappenedNotOurs => "This file is not a document sealed by Asesmen.",
        Key::HappenedUnknownFormat => "This file uses a format that this version does not know.",
        Key::HappenedFileUnread => "The file could not be read.",
        Key::SafeOnScreen => "Safe: all answers are still on this screen, and what was saved before stays saved.",
        Key::SafeElsewhere => "Safe: those answers are still there while this page is open.",
        Key::SafeNothingWritten => "Safe: nothing was changed or deleted.",
        Key::SafeOthers => "Safe: other cases and documents work as usual, and what cannot be read is not deleted.",
        Key::SafeRest => "Safe: the other answers open as usual, and what cannot be read stays stored.",
        Key::SafeAnswers => "Safe: all answers stay saved and can be filled in further.",
        Key::SafeForm => "Safe: what you wrote is still on this screen.",
        Key::SafeFile => "Safe: the file was not changed.",
        Key::TodoRetry => "Press Try again. Do not close this page before it says Saved.",
        Key::TodoFreeSpace => {
            "Free some space on the tablet (photos, videos, apps), then press Try again. Do not close this page."
        }
        Key::TodoOpenThat => "Open that document and press Try again before closing the page.",
        Key::TodoAllowStorage => {
            "Open Asesmen in a normal window (not private) and allow storage for this site, then press Try again."
        }
        Key::TodoUpdate => "Connect to a network and reload the page so that Asesmen is updated.",
        Key::TodoReload => "Reload this page. If it happens again, save a copy and contact your administrator.",
        Key::TodoRawCopy => "Save a copy as it is and give it to your administrator; do not clear this site's data.",
        Key::TodoAdministrator => "Contact your administrator and do not clear this site's data.",
        Key::TodoNetwork => "Connect to a network and try again.",
        Key::TodoOtherForm => "Reload the page; if it stays so, contact your administrator.",
        Key::TodoFormSource => "Check the file, the address and the network, then try again.",
        Key::TodoFormAuthor => "Show this list to the author of the form.",
        Key::TodoFormBuiltIn => "Use the built-in form, or ask its author for another address.",
        Key::TodoSecure => "Open Asesmen over the https address your administrator gave to seal and to check.",
        Key::TodoOtherBrowser => "Open Asesmen in a current Chrome, Firefox or Safari, not in a private window.",
        Key::TodoWorker => "Enter your details; the key is made when you save them.",
        Key::TodoSealAgain => "Press Seal now again.",
        Key::TodoAskSender => "Ask the sender to export and send the file again.",
        Key::TodoChooseOther => "Choose a file ending in .asesmen.json.",
        Key::TodoSaveAgain => "Press Save again.",
        Key::TodoChooseAgain => "Choose the file once more.",
        Key::TodoWait => "Nothing to do; Asesmen is merging the two.",
        Key::HappenedNotMoved => "The draft was not moved to the other version because it could not be stored.",
        Key::HappenedStrays => {
            "These answers were written for the old version and have no place in the new one, so they are not saved."
        }
        Key::SafeOtherAnswers => "Safe: all other answers are saved on this tablet.",
        Key::TodoFreeSpaceToMove => {
            "Free some space on the tablet (photos, videos, apps), then press the move button again."
        }
        Key::TodoMoveAgain => "Press the move button once more.",
        Key::TodoStrays => "Write these answers into other questions if they are still needed, then press Close.",
        Key::HeaderMember => "member {0} is not allowed",
        Key::HeaderMissing => "{0} is missing",
        Key::HeaderEncoding => "{0} is damaged",
        Key::HeaderShape => "its header is damaged",
        Key::HeaderAlgorithm => "algorithm {0} is not allowed",
        Key::HeaderParameter => "header parameter {0} is not allowed",
        Key::HeaderKid => "its key name is damaged",
        Key::HeaderLength => "its length is wrong",
    } } }
}
