//! Checking files that somebody gives to the app.

use super::tablet::Tablet;
use crate::seal::attachments::{paper, sealed};
use crate::seal::sealed::{key, seal};
use asesmen::app::{Effect, Event, FileOutcome, FilesProblem, KeyProblem, Screen, Ticket};
use asesmen::seal::{Finding, Verdict};

fn whole() -> Vec<u8> {
    seal(&[("social-worker", &key(3))])
}

#[test]
fn each_file_gets_its_own_verdict() {
    let mut tablet = Tablet::new();
    tablet.act(Event::ScreenRequested(Screen::Verify));
    let mut changed = whole();
    let at = changed.windows(4).position(|four| four == b"52.5").expect("an answer");
    changed[at] = b'6';
    let files = vec![
        ("utuh".to_owned(), Ok(whole())),
        ("diubah".to_owned(), Ok(changed)),
        ("terpotong".to_owned(), Ok(whole()[..99].to_vec())),
        ("tertutup".to_owned(), Err(FilesProblem::Unread("denied".to_owned()))),
    ];
    tablet.act(Event::FilesGiven(files));
    let verdict = |position: usize| match &tablet.model.files[position].outcome {
        FileOutcome::Done(report) => Some(report.verdict),
        _ => None,
    };
    assert_eq!([verdict(0), verdict(1)], [Some(Verdict::Valid), Some(Verdict::Invalid)]);
    assert!(matches!(tablet.model.files[2].outcome, FileOutcome::Unreadable(_)));
    assert!(matches!(tablet.model.files[3].outcome, FileOutcome::Unread(_)));
    assert_eq!(tablet.model.files[1].name, "diubah");
    tablet.act(Event::ScreenRequested(Screen::Verify));
    assert!(tablet.model.files.is_empty(), "opened anew, the page is empty");
}

#[test]
fn outcomes_belong_to_their_file_in_whatever_order_they_come() {
    let mut tablet = Tablet::new();
    let effects = tablet.send(Event::FilesGiven(vec![("a".to_owned(), Ok(whole())), ("b".to_owned(), Ok(whole()))]));
    let tickets: Vec<Ticket> = effects
        .iter()
        .filter_map(|effect| if let Effect::CheckSignatures { ticket, .. } = effect { Some(*ticket) } else { None })
        .collect();
    assert_eq!(tickets, [Ticket::File(0), Ticket::File(1)]);
    tablet.act(Event::SignaturesChecked(Ticket::File(1), Ok(vec![false])));
    assert!(matches!(tablet.model.files[0].outcome, FileOutcome::Running(_)));
    assert!(matches!(&tablet.model.files[1].outcome, FileOutcome::Done(report) if report.verdict == Verdict::Invalid));
    tablet.act(Event::SignaturesChecked(Ticket::File(7), Ok(vec![true])));
    tablet.act(Event::SignaturesChecked(Ticket::File(0), Ok(vec![])));
    assert!(
        matches!(&tablet.model.files[0].outcome, FileOutcome::Done(report) if report.verdict == Verdict::Invalid),
        "a missing outcome is a failed one"
    );
}

#[test]
fn a_browser_that_cannot_check_signatures_says_so_and_gives_no_verdict() {
    let mut tablet = Tablet::new();
    tablet.send(Event::FilesGiven(vec![("a".to_owned(), Ok(whole()))]));
    tablet.act(Event::SignaturesChecked(Ticket::File(0), Err(KeyProblem::InsecureOrigin)));
    assert!(matches!(tablet.model.files[0].outcome, FileOutcome::NoCrypto));
}

#[test]
fn attachments_are_found_among_the_files_in_whatever_order_they_come() {
    let scan = paper(2_000_000);
    let (file, _) = sealed(&[("surat.pdf", &scan)]);
    let given = |name: &str, bytes: &[u8]| (name.to_owned(), Ok(bytes.to_vec()));
    let told = |tablet: &Tablet| {
        let codes = tablet.model.files.iter().filter_map(|file| match &file.outcome {
            FileOutcome::Done(report) => {
                let findings = report.findings.iter().map(Finding::code);
                Some((report.verdict, findings.filter(|code| code.starts_with("attachment")).collect::<Vec<_>>()))
            }
            _ => None,
        });
        codes.collect::<Vec<_>>()
    };
    let is_attachment = |tablet: &Tablet| {
        tablet.model.files.iter().map(|file| matches!(file.outcome, FileOutcome::Attachment)).collect::<Vec<_>>()
    };
    let mut tablet = Tablet::new();
    tablet.act(Event::FilesGiven(vec![given("a.json", &file)]));
    assert_eq!(told(&tablet), [(Verdict::Valid, vec!["attachment-missing"])], "missing, and the seal is whole");
    tablet.act(Event::FilesGiven(vec![given("surat.pdf", &scan[1..])]));
    assert_eq!(told(&tablet), [(Verdict::Valid, vec!["attachment-differs"])]);
    assert_eq!(is_attachment(&tablet), [false, false]);
    tablet.act(Event::FilesGiven(vec![given("lain.pdf", &scan)]));
    assert_eq!((told(&tablet), is_attachment(&tablet)), (vec![(Verdict::Valid, vec![])], vec![false, false, true]));
    let mut tablet = Tablet::new();
    tablet.act(Event::FilesGiven(vec![given("surat.pdf", &scan), given("a.json", &file)]));
    assert_eq!((told(&tablet), is_attachment(&tablet)), (vec![(Verdict::Valid, vec![])], vec![true, false]));
}
