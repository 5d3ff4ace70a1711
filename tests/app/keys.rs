//! The keys that a tablet knows: given, compared, vouched for, withdrawn, renewed.

use super::cosigning::{card_of, meet, other, supervisors};
use super::tablet::Tablet;
use crate::seal::sealed::{Key, at, check, key, sign, tree};
use asesmen::app::{
    CardRefusal, Event, FileOutcome, How, KeyCard, KeyProblem, KeyRefused, KeysEvent, KnownKey, Renewal, Screen,
    SealCheck, Standing, Told,
};
use asesmen::domain::{Role, SealId, Timestamp};
use asesmen::json::Value;
use asesmen::seal::{
    Author, Credential, Finding, Format, KnownKey as Entry, Receipt, Revocation, Signer, Trust, Verdict, assemble,
    digest,
};

/// A sealed file of some format by one key.
fn sealed(format: Format, by: &Key, role: &str, member: &str, content: Value) -> Vec<u8> {
    sealed_at("2026-11-01T08:00:00+07:00", format, by, role, member, content)
}

/// One that was sealed then.
pub fn sealed_at(when: &str, format: Format, by: &Key, role: &str, member: &str, content: Value) -> Vec<u8> {
    let when = at(when);
    let author = Author {
        name: "Portal Contoh".to_owned(),
        role: role.to_owned(),
        organisation: "Dinas Contoh".to_owned(),
        licence_number: None,
        kid: by.jwk.kid(),
    };
    let signers = [Signer { role: role.to_owned(), jwk: by.jwk.clone() }];
    let mut document = format.head(SealId::new(when, [9; 10]), &author, when, &signers);
    document.set(member, content);
    let document = document.into();
    assemble(&document, &[sign(&document, by)])
}

fn entry(key: &Key, name: &str, role: &str) -> Entry {
    Entry {
        jwk: Some(key.jwk.clone()),
        name: Some(name.to_owned()),
        role: Some(role.to_owned()),
        organisation: Some("Balai Contoh".to_owned()),
        ..Entry::of(key.jwk.kid())
    }
}

fn credential(by: &Key, of: &Key, from: &str, until: &str) -> Vec<u8> {
    let mut key = entry(of, "Ratri Wulansari", "social-worker");
    (key.valid_from, key.valid_until) = (Some(at(from)), Some(at(until)));
    sealed(Format::Credential, by, "issuer", "credential", Credential { key, licence_number: None }.to_json())
}

fn register(by: &Key, role: &str, keys: &[Entry]) -> Vec<u8> {
    sealed(Format::Register, by, role, "register", Entry::list_to_json(keys))
}

/// A register by the issuer, as of some day of November 2026.
fn register_of(day: u8, keys: &[Entry]) -> Vec<u8> {
    let when = format!("2026-11-{day:02}T08:00:00+07:00");
    sealed_at(&when, Format::Register, &issuer(), "issuer", "register", Entry::list_to_json(keys))
}

fn issuer() -> Key {
    key(31)
}

/// A tablet that knows an issuer.
fn with_issuer() -> Tablet {
    let mut tablet = Tablet::new();
    tablet.act(Event::ScreenRequested(Screen::Keys));
    let card = KeyCard::of_known(&entry(&issuer(), "Portal Contoh", "issuer")).expect("a card");
    tablet.act(Event::Keys(KeysEvent::CodeGiven(card.code())));
    tablet.act(Event::Keys(KeysEvent::GivenConfirmed));
    tablet
}

fn give(tablet: &mut Tablet, bytes: Vec<u8>) {
    tablet.act(Event::Keys(KeysEvent::FilesGiven(vec![("kunci.json".to_owned(), Ok(bytes))])));
}

fn refused(tablet: &Tablet) -> Option<KeyRefused> {
    match tablet.model.enrolment.told.clone() {
        Some(Told::Refused(refused)) => Some(refused),
        _ => None,
    }
}

#[test]
fn a_card_is_the_same_as_file_and_as_code() {
    let card = card_of(&supervisors());
    assert_eq!(KeyCard::read(card.code().as_bytes()), Ok(card.clone()));
    assert_eq!(KeyCard::read(format!("\n {} \n", card.code()).as_bytes()), Ok(card.clone()));
    assert_eq!(KeyCard::read(card.to_json().to_string().as_bytes()), Ok(card.clone()));
    assert!(card.code().len() < 220, "few enough letters for a code that old cameras read: {}", card.code().len());
}

#[test]
fn what_is_no_card_is_refused_with_its_reason() {
    let card = card_of(&supervisors());
    let with = |change: fn(&mut serde_json::Value)| {
        let mut file = serde_json::from_str(&card.to_json().to_string()).expect("JSON");
        change(&mut file);
        KeyCard::read(tree(&file).to_string().as_bytes())
    };
    assert_eq!(KeyCard::read(b"halo"), Err(CardRefusal::NoCard));
    assert_eq!(KeyCard::read(b"ASESMEN:1:KEY:[]"), Err(CardRefusal::NoCard));
    assert_eq!(KeyCard::read(b"ASESMEN:1:KEY:[1,2,3,4,5]"), Err(CardRefusal::Key));
    assert_eq!(with(|file| file["type"] = "lain".into()), Err(CardRefusal::NoCard));
    assert_eq!(with(|file| file["kid"] = key(9).jwk.kid().to_string().into()), Err(CardRefusal::Key));
    assert_eq!(with(|file| file["jwk"]["d"] = "c2VjcmV0".into()), Err(CardRefusal::Key), "no private part, ever");
    assert_eq!(with(|file| file["name"] = " ".into()), Err(CardRefusal::Holder));
    assert_eq!(with(|file| file["role"] = "a\u{0}b".into()), Err(CardRefusal::Holder));
    assert_eq!(with(|file| file["organisation"] = "x".repeat(2000).into()), Err(CardRefusal::Holder));
}

#[test]
fn a_key_is_known_only_after_somebody_compared_it() {
    let (mut tablet, supervisor) = (Tablet::new(), supervisors());
    tablet.act(Event::ScreenRequested(Screen::Keys));
    tablet.act(Event::Keys(KeysEvent::CodeGiven(card_of(&supervisor).code())));
    assert!(tablet.storage.known.is_empty() && tablet.model.known.iter().next().is_none());
    tablet.act(Event::Keys(KeysEvent::GivenDropped));
    tablet.act(Event::Keys(KeysEvent::GivenConfirmed));
    assert!(tablet.storage.known.is_empty(), "what was put away is not taken");
    give(&mut tablet, card_of(&supervisor).to_json().to_string().into_bytes());
    tablet.act(Event::Keys(KeysEvent::GivenConfirmed));
    let known = &tablet.storage.known[&supervisor.key.jwk.kid()];
    assert_eq!((known.name(), known.role(), known.how), ("Sri Lestari", "supervisor", How::Fingerprint));
    assert_eq!(KnownKey::from_json(&known.to_json()).as_ref(), Some(known), "the record says the same");
    assert_eq!(tablet.model.enrolment.told, Some(Told::Known("Sri Lestari".to_owned())));
    let own = card_of(&tablet).to_json().to_string().into_bytes();
    give(&mut tablet, own);
    assert_eq!(refused(&tablet), Some(KeyRefused::Own));
}

#[test]
fn what_is_known_is_read_when_a_screen_needs_it_and_not_at_the_start() {
    let mut tablet = Tablet::new();
    meet(&mut tablet, &supervisors());
    let mut again = tablet.clone();
    again.model = Tablet::new().model;
    assert!(again.model.known.iter().next().is_none());
    again.act(Event::ScreenRequested(Screen::Verify));
    assert_eq!(again.model.known.iter().map(KnownKey::name).collect::<Vec<_>>(), ["Sri Lestari"]);
}

#[test]
fn a_key_that_is_withdrawn_stays_known_with_the_day() {
    let (mut tablet, supervisor) = (Tablet::new(), supervisors());
    meet(&mut tablet, &supervisor);
    let kid = supervisor.key.jwk.kid();
    tablet.act(Event::Keys(KeysEvent::Withdrawn(kid)));
    let first = tablet.now();
    assert!(matches!(tablet.model.known.get(kid).expect("known").standing(first), Standing::Withdrawn(_)));
    let day = tablet.storage.known[&kid].key.revoked.clone();
    tablet.act(Event::Keys(KeysEvent::Withdrawn(kid)));
    assert_eq!(tablet.storage.known[&kid].key.revoked, day, "once withdrawn, the day stays");
    meet(&mut tablet, &supervisor);
    assert_eq!(tablet.storage.known[&kid].key.revoked, day, "and giving the key again does not bring it back");
}

#[test]
fn a_credential_by_a_known_issuer_is_kept() {
    let mut tablet = with_issuer();
    let bytes = credential(&issuer(), &tablet.key.clone(), "2026-01-01T00:00:00+07:00", "2027-01-01T00:00:00+07:00");
    give(&mut tablet, bytes.clone());
    assert_eq!(tablet.model.enrolment.told, Some(Told::Credential));
    assert_eq!(tablet.storage.credential, Some(bytes));
    let kept = tablet.model.enrolment.credential.clone().expect("kept");
    assert_eq!(kept.issuer, "Portal Contoh, Dinas Contoh");
    let mut again = tablet.clone();
    again.model = Tablet::new().model;
    again.act(Event::ScreenRequested(Screen::Keys));
    assert_eq!(again.model.enrolment.credential, Some(kept), "and read again");
}

#[test]
fn a_credential_that_does_not_count_is_refused_with_its_reason() {
    let year = ("2026-01-01T00:00:00+07:00", "2027-01-01T00:00:00+07:00");
    let own = key(3);
    let stranger = key(32);
    let mut changed = credential(&issuer(), &own, year.0, year.1);
    let place = changed.windows(5).position(|five| five == b"Ratri").expect("a name");
    changed[place] = b'S';
    type Case = (Vec<u8>, fn(&KeyRefused) -> bool);
    let cases: [Case; 6] = [
        (credential(&stranger, &own, year.0, year.1), |why| matches!(why, KeyRefused::UnknownIssuer(_))),
        (credential(&issuer(), &key(4), year.0, year.1), |why| matches!(why, KeyRefused::OtherKey(_))),
        (credential(&issuer(), &own, year.0, "2026-10-01T00:00:00+07:00"), |why| *why == KeyRefused::NotNow),
        (credential(&issuer(), &own, year.1, "2028-01-01T00:00:00+07:00"), |why| *why == KeyRefused::NotNow),
        (changed, |why| matches!(why, KeyRefused::Broken(Finding::SignatureMismatch { .. }))),
        (crate::seal::sealed::seal(&[("issuer", &issuer())]), |why| *why == KeyRefused::NotAboutKeys),
    ];
    for (at, (bytes, fits)) in cases.into_iter().enumerate() {
        let mut tablet = with_issuer();
        give(&mut tablet, bytes);
        let why = refused(&tablet).unwrap_or_else(|| panic!("{at}: taken"));
        assert!(fits(&why), "{at}: {why:?}");
        assert!(tablet.storage.credential.is_none() && tablet.model.enrolment.credential.is_none());
    }
}

#[test]
fn an_issuer_that_is_withdrawn_vouches_for_nothing_more() {
    let mut tablet = with_issuer();
    tablet.act(Event::Keys(KeysEvent::Withdrawn(issuer().jwk.kid())));
    give(&mut tablet, credential(&issuer(), &key(3), "2026-01-01T00:00:00+07:00", "2027-01-01T00:00:00+07:00"));
    assert!(matches!(refused(&tablet), Some(KeyRefused::Broken(Finding::RevokedKey { .. }))));
}

#[test]
fn a_register_says_from_when_to_when_keys_count_and_brings_new_ones() {
    let mut tablet = with_issuer();
    let (supervisor, newcomer) = (supervisors(), key(24));
    meet(&mut tablet, &supervisor);
    let mut gone = entry(&supervisor.key, "Sri Lestari", "supervisor");
    gone.revoked = Some(Revocation { at: at("2026-11-10T00:00:00+07:00"), reason: Some("tablet hilang".to_owned()) });
    let list = [gone, entry(&newcomer, "Made Wirawan", "head-of-institution")];
    give(&mut tablet, register(&key(33), "issuer", &list));
    assert!(matches!(refused(&tablet), Some(KeyRefused::UnknownIssuer(_))), "not by anybody");
    give(&mut tablet, register(&issuer(), "issuer", &list));
    assert_eq!(tablet.model.enrolment.told, Some(Told::Register(2)));
    let known = |kid| tablet.storage.known.get(&kid).expect("known").clone();
    let (withdrawn, new) = (known(supervisor.key.jwk.kid()), known(newcomer.jwk.kid()));
    assert_eq!(withdrawn.standing(tablet.now()), Standing::Withdrawn(at("2026-11-10T00:00:00+07:00")));
    assert_eq!((withdrawn.how, new.how), (How::Fingerprint, How::Register));
    assert!(new.can_sign(tablet.now()));
    let again = [entry(&supervisor.key, "Sri Lestari", "supervisor")];
    give(&mut tablet, register(&issuer(), "issuer", &again));
    assert!(!tablet.storage.known[&supervisor.key.jwk.kid()].can_sign(tablet.now()), "withdrawn stays withdrawn");
}

/// Files given for checking, judged.
fn judged(tablet: &mut Tablet, files: Vec<Vec<u8>>) -> Vec<(Option<Timestamp>, Verdict, Vec<&'static str>)> {
    tablet.act(Event::ScreenRequested(Screen::Verify));
    tablet.act(Event::FilesGiven(files.into_iter().map(|bytes| ("berkas".to_owned(), Ok(bytes))).collect()));
    let report = |file: &asesmen::app::CheckedFile| {
        let FileOutcome::Done(report) = &file.outcome else { panic!("checked") };
        (file.received, report.verdict, report.findings.iter().map(Finding::code).collect())
    };
    tablet.model.files.iter().map(report).collect()
}

#[test]
fn a_file_is_judged_by_when_it_was_received_where_a_known_receiver_says_so() {
    let (mut tablet, supervisor, receiver) = (with_issuer(), supervisors(), key(34));
    let file = crate::seal::sealed::seal(&[("supervisor", &supervisor.key)]);
    meet(&mut tablet, &supervisor);
    let mut gone = entry(&supervisor.key, "Sri Lestari", "supervisor");
    gone.revoked = Some(Revocation { at: at("2026-11-25T00:00:00+07:00"), reason: None });
    tablet.act(Event::ScreenRequested(Screen::Keys));
    give(&mut tablet, register(&issuer(), "issuer", &[gone]));
    tablet.wait(30 * 24 * 3_600_000);
    let seal_id = check(&file, &Trust::not_checked()).expect("readable").seal_id;
    let received = at("2026-11-23T09:00:00+07:00");
    let receipt = Receipt { seal_id, digest: digest(&file), size: file.len() as u64, received };
    let receipt = sealed(Format::Receipt, &receiver, "receiver", "receipt", receipt.to_json());
    let alone = judged(&mut tablet, vec![file.clone()]);
    assert_eq!(alone, [(None, Verdict::Invalid, vec!["revoked-key"])], "judged as of now");
    let unknown = judged(&mut tablet, vec![file.clone(), receipt.clone()]);
    assert_eq!(unknown[0], alone[0], "a receipt by anybody proves no time");
    tablet.act(Event::ScreenRequested(Screen::Keys));
    let colleague = other("Darma Putra", Role::SocialWorker, 35);
    meet(&mut tablet, &colleague);
    let facts = Receipt { seal_id, digest: digest(&file), size: file.len() as u64, received };
    let word = sealed(Format::Receipt, &colleague.key, "receiver", "receipt", facts.to_json());
    let told = judged(&mut tablet, vec![file.clone(), word]);
    assert_eq!(told[0], alone[0], "nor does one by a colleague");
    tablet.act(Event::ScreenRequested(Screen::Keys));
    give(&mut tablet, register(&issuer(), "issuer", &[entry(&receiver, "Portal Contoh", "receiver")]));
    let known = judged(&mut tablet, vec![file.clone(), receipt.clone()]);
    assert_eq!(known[0], (Some(received), Verdict::Valid, vec![]), "it came before the key was withdrawn");
    let mut other = file;
    other.push(b'\n');
    let other = judged(&mut tablet, vec![other, receipt]);
    assert_eq!(other[0].0, None, "the receipt is for other bytes");
}

#[test]
fn what_is_learned_of_a_key_is_judged_at_once() {
    let (mut tablet, supervisor) = (with_issuer(), supervisors());
    let file = crate::seal::sealed::seal(&[("supervisor", &supervisor.key)]);
    assert_eq!(judged(&mut tablet, vec![file])[0].2[0], "untrusted-key");
    tablet.act(Event::Keys(KeysEvent::CodeGiven(card_of(&supervisor).code())));
    tablet.act(Event::Keys(KeysEvent::GivenConfirmed));
    let FileOutcome::Done(report) = &tablet.model.files[0].outcome else { panic!("checked") };
    assert_eq!(report.verdict, Verdict::Valid);
}

#[test]
fn a_new_key_is_announced_by_the_old_one_which_stays_known() {
    let (mut tablet, id) = super::sealing::ready();
    tablet.act(Event::SealAsked);
    let old = tablet.key.jwk.clone();
    tablet.act(Event::ScreenRequested(Screen::Keys));
    tablet.act(Event::Keys(KeysEvent::RenewalAsked));
    let new = tablet.key.jwk.clone();
    assert_ne!(old.kid(), new.kid());
    assert_eq!(tablet.model.key.as_ref().ok().map(asesmen::seal::Jwk::kid), Some(new.kid()));
    assert_eq!(tablet.storage.known[&old.kid()].how, How::Own);
    assert!(matches!(tablet.model.enrolment.renewal, Some(Renewal::Done(kid)) if kid == old.kid()));
    let statement = tablet.storage.statements[&old.kid()].clone();
    assert_eq!(tablet.downloads.last().map(|(_, bytes)| bytes), Some(&statement));
    tablet.act(Event::ScreenRequested(Screen::Sealed(id)));
    let Some(SealCheck::Done(report)) = &tablet.filling().check else { panic!("checked") };
    assert_eq!((report.verdict, report.findings.len()), (Verdict::Valid, 0), "what the old one sealed stays good");
    let mut colleague = supervisors();
    colleague.wait(24 * 3_600_000);
    colleague.act(Event::ScreenRequested(Screen::Keys));
    give(&mut colleague, statement.clone());
    assert!(matches!(refused(&colleague), Some(KeyRefused::UnknownIssuer(_))), "who does not know the old key");
    let card = KeyCard { jwk: old.clone(), ..card_of(&tablet) };
    colleague.act(Event::Keys(KeysEvent::CodeGiven(card.code())));
    colleague.act(Event::Keys(KeysEvent::GivenConfirmed));
    give(&mut colleague, statement);
    let given = colleague.model.enrolment.given.clone().expect("to be compared");
    assert_eq!((given.card.kid(), given.replaces.map(|old| old.key.kid)), (new.kid(), Some(old.kid())));
    assert!(!colleague.model.known.contains(new.kid()), "a person compares the new one too");
    colleague.act(Event::Keys(KeysEvent::GivenConfirmed));
    assert!(colleague.storage.known[&new.kid()].can_sign(colleague.now()));
    assert!(matches!(colleague.storage.known[&old.kid()].standing(colleague.now()), Standing::Expired(_)));
}

#[test]
fn a_statement_may_speak_of_no_other_key() {
    let (mut tablet, supervisor) = (Tablet::new(), supervisors());
    let third = other("Bima Sakti", Role::Supervisor, 23);
    meet(&mut tablet, &supervisor);
    meet(&mut tablet, &third);
    let two = [entry(&third.key, "Bima Sakti", "supervisor"), entry(&key(40), "Bima Sakti", "supervisor")];
    give(&mut tablet, register(&supervisor.key, "supervisor", &two));
    assert!(matches!(refused(&tablet), Some(KeyRefused::UnknownIssuer(_))));
    assert!(tablet.model.enrolment.given.is_none());
}

#[test]
fn a_renewal_that_fails_leaves_the_old_key_in_its_place() {
    for failing in 0..3 {
        let mut tablet = Tablet::new();
        tablet.act(Event::ScreenRequested(Screen::Keys));
        let mut effects = tablet.send(Event::Keys(KeysEvent::RenewalAsked));
        for step in 0..failing {
            assert!(step < 2);
            let event = tablet.outcome(effects.pop().expect("an effect")).expect("an outcome");
            effects = tablet.send(event);
        }
        let failed = || Err(KeyProblem::NotKept);
        tablet.act(Event::Keys(match failing {
            0 => KeysEvent::NextMade(failed()),
            1 => KeysEvent::Signed(asesmen::app::SignedFor::Statement, Err(KeyProblem::NotKept)),
            _ => KeysEvent::Renewed(failed()),
        }));
        assert!(matches!(tablet.model.enrolment.renewal, Some(Renewal::Failed(KeyProblem::NotKept))), "{failing}");
        assert_eq!(tablet.model.key.as_ref().ok().map(asesmen::seal::Jwk::kid), Some(key(3).jwk.kid()));
    }
}

#[test]
fn a_passphrase_that_is_too_short_wraps_no_key() {
    let mut tablet = Tablet::new();
    tablet.model.key = Err(KeyProblem::NotKept);
    assert!(tablet.send(Event::Keys(KeysEvent::PassphraseGiven("pendek".to_owned()))).is_empty());
    assert_eq!(tablet.model.enrolment.passphrase, Some(KeyProblem::ShortPassphrase));
    tablet.act(Event::Keys(KeysEvent::PassphraseGiven("empat kata yang panjang".to_owned())));
    assert!(tablet.model.key.is_ok() && tablet.model.enrolment.passphrase.is_none());
}

#[test]
fn the_signatures_of_one_file_never_stand_for_another_given_with_it() {
    let mut tablet = with_issuer();
    let stranger = key(41);
    let whole = register(&stranger, "issuer", &[entry(&stranger, "Orang Lain", "supervisor")]);
    let forged = register(&issuer(), "issuer", &[entry(&stranger, "Orang Lain", "supervisor")]);
    let mut forged: serde_json::Value = serde_json::from_slice(&forged).expect("JSON");
    forged["signatures"][0]["signature"] = "A".repeat(86).into();
    let files = [whole, forged.to_string().into_bytes()].map(|bytes| ("kunci.json".to_owned(), Ok(bytes)));
    tablet.act(Event::Keys(KeysEvent::FilesGiven(files.to_vec())));
    assert!(refused(&tablet).is_some());
    assert!(
        !tablet.model.known.contains(stranger.jwk.kid()) && !tablet.storage.known.contains_key(&stranger.jwk.kid())
    );
}

#[test]
fn nobody_comes_to_vouch_for_keys_by_a_register() {
    let mut tablet = with_issuer();
    let (friend, twice) = (key(42), key(43));
    let mut gone = entry(&twice, "Sri Lestari", "supervisor");
    gone.revoked = Some(Revocation { at: at("2026-11-20T00:00:00+07:00"), reason: None });
    let entries = [entry(&friend, "Portal Lain", "issuer"), gone, entry(&twice, "Sri Lestari", "supervisor")];
    give(&mut tablet, register(&issuer(), "issuer", &entries));
    assert!(!tablet.model.known.contains(friend.jwk.kid()), "a person has to compare its key");
    let known = tablet.model.known.get(twice.jwk.kid()).expect("known");
    assert!(known.key.revoked.is_some(), "of two entries about a key the revocation counts");
}

#[test]
fn a_statement_makes_nobody_more_than_they_are_known_for() {
    let (mut tablet, supervisor, next) = (Tablet::new(), supervisors(), key(44));
    meet(&mut tablet, &supervisor);
    let old = entry(&supervisor.key, "Sri Lestari", "supervisor");
    let two = |role: &str| register(&supervisor.key, "supervisor", &[old.clone(), entry(&next, "Sri Lestari", role)]);
    give(&mut tablet, two("issuer"));
    assert!(matches!(refused(&tablet), Some(KeyRefused::UnknownIssuer(_))), "another role");
    let end = Some(at("2027-12-31T00:00:00+07:00"));
    let mut known = tablet.model.known.get(supervisor.key.jwk.kid()).expect("known").clone();
    known.key.valid_until = end;
    tablet.model.known.put(known);
    give(&mut tablet, two("supervisor"));
    tablet.act(Event::Keys(KeysEvent::GivenConfirmed));
    for kid in [supervisor.key.jwk.kid(), next.jwk.kid()] {
        assert_eq!(tablet.storage.known[&kid].key.valid_until, end, "no longer than the old one counted");
    }
}

#[test]
fn nothing_is_written_over_a_record_of_a_key_that_cannot_be_read() {
    let mut tablet = with_issuer();
    let (lost, other) = (key(45), key(46));
    let name = format!("profile/key:{}", lost.jwk.kid());
    tablet.model.enrolment.unreadable = vec![asesmen::app::StorageProblem::Unreadable(name)];
    give(&mut tablet, register(&issuer(), "issuer", &[entry(&lost, "Sri Lestari", "supervisor")]));
    assert!(matches!(refused(&tablet), Some(KeyRefused::NotKept(_))), "it may be the withdrawn one");
    assert!(!tablet.storage.known.contains_key(&lost.jwk.kid()));
    give(&mut tablet, register(&issuer(), "issuer", &[entry(&other, "Sri Lestari", "supervisor")]));
    assert!(tablet.storage.known.contains_key(&other.jwk.kid()), "others are not held up");
}

#[test]
fn only_documents_are_offered_to_be_signed() {
    let (mut tablet, stranger) = (Tablet::new(), key(47));
    let signers = [&stranger, &tablet.key].map(|one| Signer { role: "issuer".to_owned(), jwk: one.jwk.clone() });
    let when = at("2026-11-22T10:00:00.000+07:00");
    let author = Author {
        name: "Orang Lain".to_owned(),
        role: "issuer".to_owned(),
        organisation: "Balai Contoh".to_owned(),
        licence_number: None,
        kid: stranger.jwk.kid(),
    };
    let mut document = Format::Register.head(SealId::new(when, [9; 10]), &author, when, &signers);
    document.set("register", Entry::list_to_json(&[entry(&stranger, "Orang Lain", "issuer")]));
    let document = document.into();
    let half = assemble(&document, &[sign(&document, &stranger)]);
    judged(&mut tablet, vec![half]);
    let file = tablet.model.files.last().expect("a file");
    assert_eq!(asesmen::app::file_use(&tablet.model, file), None, "nobody signs a list of keys unseen");
}

fn limited(key: &Key, until: &str) -> Entry {
    Entry { valid_until: Some(at(until)), ..entry(key, "Made Wirawan", "supervisor") }
}

fn revoked_on(key: &Key, day: &str) -> Entry {
    let revoked = Some(Revocation { at: at(day), reason: None });
    Entry { revoked, ..entry(key, "Made Wirawan", "supervisor") }
}

#[test]
fn an_older_list_changes_nothing_that_a_newer_one_said_of_a_key() {
    let (mut tablet, one, other) = (with_issuer(), key(48), key(49));
    let short = "2026-12-31T00:00:00+07:00";
    give(&mut tablet, register_of(10, &[limited(&one, short)]));
    let newer = tablet.storage.known.clone();
    assert_eq!(KnownKey::from_json(&newer[&one.jwk.kid()].to_json()).as_ref(), Some(&newer[&one.jwk.kid()]));
    for older in [limited(&one, "2030-12-31T00:00:00+07:00"), limited(&one, "2026-11-15T00:00:00+07:00"), {
        Entry { name: Some("Orang Lain".to_owned()), role: Some("trainer".to_owned()), ..limited(&one, short) }
    }] {
        give(&mut tablet, register_of(9, &[older, entry(&other, "Sri Lestari", "supervisor")]));
        let sealed = at("2026-11-09T08:00:00+07:00");
        assert_eq!(refused(&tablet), Some(KeyRefused::OlderRegister { keys: 1, sealed }));
        assert_eq!(
            tablet.storage.known[&one.jwk.kid()],
            newer[&one.jwk.kid()],
            "neither longer nor shorter nor another"
        );
        assert!(tablet.storage.known.contains_key(&other.jwk.kid()), "what nothing newer is known of is taken");
    }
    give(&mut tablet, register_of(11, &[limited(&one, "2030-12-31T00:00:00+07:00")]));
    assert_eq!(tablet.model.enrolment.told, Some(Told::Register(1)), "a newer one does change it");
    assert_eq!(tablet.storage.known[&one.jwk.kid()].key.valid_until, Some(at("2030-12-31T00:00:00+07:00")));
}

#[test]
fn in_whatever_order_lists_are_given_the_same_is_known_and_what_is_stopped_stays_so() {
    let one = key(48);
    let lists = [
        register_of(3, &[revoked_on(&one, "2026-11-02T00:00:00+07:00")]),
        register_of(5, &[limited(&one, "2030-12-31T00:00:00+07:00")]),
        register_of(7, &[limited(&one, "2026-12-31T00:00:00+07:00")]),
    ];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let mut tablet = with_issuer();
        order.iter().for_each(|place| give(&mut tablet, lists[*place].clone()));
        let known = &tablet.storage.known[&one.jwk.kid()];
        assert_eq!(known.standing(tablet.now()), Standing::Withdrawn(at("2026-11-02T00:00:00+07:00")), "{order:?}");
        assert_eq!(known.key.valid_until, Some(at("2026-12-31T00:00:00+07:00")), "{order:?}");
        assert_eq!(known.said, Some(at("2026-11-07T08:00:00+07:00")), "{order:?}");
    }
}

#[test]
fn a_list_from_the_future_is_refused_as_it_would_outlast_what_is_said_until_then() {
    let (mut tablet, one) = (with_issuer(), key(48));
    let when = "2027-11-10T08:00:00+07:00";
    let list = Entry::list_to_json(&[entry(&one, "Made Wirawan", "supervisor")]);
    give(&mut tablet, sealed_at(when, Format::Register, &issuer(), "issuer", "register", list));
    assert!(matches!(refused(&tablet), Some(KeyRefused::Broken(Finding::FutureTime { .. }))));
    assert!(!tablet.storage.known.contains_key(&one.jwk.kid()));
}

#[test]
fn no_older_list_brings_back_a_key_whose_holder_has_announced_another() {
    let (mut tablet, supervisor, next) = (with_issuer(), supervisors(), key(44));
    meet(&mut tablet, &supervisor);
    let end = at("2026-11-12T00:00:00+07:00");
    let old = Entry { valid_until: Some(end), ..entry(&supervisor.key, "Sri Lestari", "supervisor") };
    let two = Entry::list_to_json(&[old, entry(&next, "Sri Lestari", "supervisor")]);
    let when = "2026-11-12T08:00:00+07:00";
    give(&mut tablet, sealed_at(when, Format::Register, &supervisor.key, "supervisor", "register", two));
    tablet.act(Event::Keys(KeysEvent::GivenConfirmed));
    assert!(tablet.storage.known.contains_key(&next.jwk.kid()));
    give(&mut tablet, register_of(10, &[entry(&supervisor.key, "Sri Lestari", "supervisor")]));
    assert!(matches!(refused(&tablet), Some(KeyRefused::OlderRegister { keys: 1, .. })));
    assert_eq!(tablet.storage.known[&supervisor.key.jwk.kid()].key.valid_until, Some(end));
}

#[test]
fn a_statement_can_be_saved_long_after_the_renewal() {
    let mut tablet = Tablet::new();
    let kids = [key(3), key(43), key(48)].map(|key| key.jwk.kid());
    tablet.act(Event::ScreenRequested(Screen::Keys));
    tablet.act(Event::Keys(KeysEvent::RenewalAsked));
    tablet.next_key = key(48);
    tablet.act(Event::Keys(KeysEvent::RenewalAsked));
    tablet.model = Tablet::new().model;
    tablet.model.key = Ok(tablet.key.jwk.clone());
    tablet.act(Event::Keys(KeysEvent::StatementAsked(kids[0])));
    tablet.downloads.clear();
    tablet.act(Event::ScreenRequested(Screen::Keys));
    for (old, new) in [(kids[0], kids[1]), (kids[1], kids[2])] {
        tablet.act(Event::Keys(KeysEvent::StatementAsked(old)));
        tablet.act(Event::Keys(KeysEvent::StatementAsked(old)));
        let [.., first, second] = &tablet.downloads[..] else { panic!("given twice") };
        assert_eq!((first, &second.1), (second, &tablet.storage.statements[&old]));
        let begins = new.fingerprint().to_string().split(' ').next().map(str::to_owned).expect("a group");
        assert_eq!(second.0, format!("kunci-baru-{begins}.asesmen.json"), "named after the key that it announces");
        assert_eq!(check(&second.1, &Trust::only([old])).expect("readable").verdict, Verdict::Valid);
    }
    tablet.act(Event::Keys(KeysEvent::StatementAsked(kids[2])));
    assert_eq!(tablet.downloads.len(), 4, "of the key in use nothing was said yet");
}

#[test]
fn a_statement_that_is_narrower_than_what_is_known_counts() {
    let (mut tablet, supervisor, next) = (Tablet::new(), supervisors(), key(44));
    meet(&mut tablet, &supervisor);
    let old = entry(&supervisor.key, "Sri Lestari", "supervisor");
    let mut new = entry(&next, "Sri Lestari", "supervisor");
    new.valid_until = Some(at("2027-06-30T00:00:00+07:00"));
    give(&mut tablet, register(&supervisor.key, "supervisor", &[old, new.clone()]));
    let given = tablet.model.enrolment.given.clone().expect("to be compared");
    assert_eq!(given.limits, [None, new.valid_until], "the screen says so before it is taken");
    tablet.act(Event::Keys(KeysEvent::GivenConfirmed));
    assert_eq!(tablet.storage.known[&next.jwk.kid()].key.valid_until, new.valid_until);
}

#[test]
fn a_passphrase_brings_back_whatever_waited_for_the_key() {
    let mut tablet = Tablet::new();
    tablet.act(Event::ScreenRequested(Screen::Keys));
    tablet.send(Event::Keys(KeysEvent::RenewalAsked));
    tablet.act(Event::Keys(KeysEvent::NextMade(Err(KeyProblem::Locked))));
    assert!(matches!(tablet.model.enrolment.renewal, Some(Renewal::Failed(KeyProblem::Locked))));
    tablet.act(Event::Keys(KeysEvent::Unlocked(Err(KeyProblem::WrongPassphrase))));
    assert_eq!(tablet.model.enrolment.passphrase, Some(KeyProblem::WrongPassphrase));
    assert!(matches!(tablet.model.enrolment.renewal, Some(Renewal::Failed(KeyProblem::Locked))), "it waits still");
    tablet.act(Event::Keys(KeysEvent::PassphraseGiven("empat kata yang panjang".to_owned())));
    assert!(tablet.model.enrolment.renewal.is_none() && tablet.model.enrolment.passphrase.is_none());
    tablet.act(Event::Keys(KeysEvent::RenewalAsked));
    assert!(matches!(tablet.model.enrolment.renewal, Some(Renewal::Done(_))));
}
