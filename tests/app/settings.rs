//! Language, colours, screens in the address, and what the tablet says about itself.

use super::tablet::Tablet;
use asesmen::app::{Effect, Event, Health, Locale, Screen, Settings, Theme};
use asesmen::domain::{CaseId, DocumentId};
use asesmen::form::Edit;
use asesmen::json::parse;

#[test]
fn another_language_keeps_everything_typed() {
    let (mut tablet, id) = Tablet::with_draft();
    tablet.type_into("name", "Sekar");
    let ill = tablet.node("ill", &[]);
    tablet.send(Event::Edited(ill, Edit::Typed("mungkin".to_owned())));
    tablet.send(Event::FieldLeft(ill));
    let before = tablet.filling().response.operations();
    let effects = tablet.send(Event::LocaleChosen(Locale::En));
    assert!(matches!(effects[..], [Effect::KeepSettings(Settings { locale: Some(Locale::En), .. })]));
    assert_eq!((tablet.model.locale(), tablet.model.screen), (Locale::En, Screen::Section(id, 0)));
    assert_eq!(tablet.filling().response.operations(), before);
    assert!(tablet.filling().is_touched(ill));
}

#[test]
fn a_language_chosen_by_hand_outranks_the_page_that_hosts_the_app() {
    let mut tablet = Tablet::new();
    tablet.act(Event::LocaleGiven(Locale::En));
    assert_eq!(tablet.model.locale(), Locale::En);
    tablet.act(Event::LocaleChosen(Locale::Id));
    tablet.act(Event::LocaleGiven(Locale::En));
    assert_eq!(tablet.model.locale(), Locale::Id);
}

#[test]
fn languages_are_read_from_their_tags() {
    let cases = [
        ("id", Some(Locale::Id)),
        ("in", Some(Locale::Id)),
        ("ID-id", Some(Locale::Id)),
        ("en-GB", Some(Locale::En)),
        ("jv", None),
        ("", None),
        ("english", None),
    ];
    for (tag, locale) in cases {
        assert_eq!(Locale::from_tag(tag), locale, "{tag}");
    }
}

#[test]
fn settings_survive_their_record_and_unknown_ones_are_as_if_never_chosen() {
    for theme in Theme::ALL {
        for locale in [None, Some(Locale::Id), Some(Locale::En)] {
            let settings = Settings { locale, theme };
            assert_eq!(Settings::from_json(&settings.to_json()), settings);
        }
    }
    for text in ["{}", "[]", "{\"theme\":\"neon\",\"locale\":\"xx\"}", "{\"theme\":1,\"locale\":2}"] {
        assert_eq!(Settings::from_json(&parse(text.as_bytes()).expect("JSON")), Settings::default(), "{text}");
    }
}

#[test]
fn colours_are_kept() {
    let mut tablet = Tablet::new();
    let effects = tablet.send(Event::ThemeChosen(Theme::Contrast));
    assert!(matches!(effects[..], [Effect::KeepSettings(Settings { theme: Theme::Contrast, .. })]));
}

#[test]
fn every_screen_has_an_address_that_leads_back_to_it() {
    let now = Tablet::new().now();
    let (case, document) = (CaseId::new(now, [1; 10]), DocumentId::new(now, [2; 10]));
    let screens = [
        Screen::Home,
        Screen::NewCase,
        Screen::EditCase(case),
        Screen::Case(case),
        Screen::Section(document, 0),
        Screen::Section(document, 12),
        Screen::Review(document),
        Screen::Sealed(document),
        Screen::Verify,
        Screen::Worker,
        Screen::Tablet,
    ];
    for screen in screens {
        assert_eq!(Screen::from_location(&format!("#{}", screen.location())), screen);
    }
    let lost = ["", "#", "/", "/kasus", "/kasus/x", "/dokumen/x/tinjau", "/entah", "/periksa/lagi", "///"];
    let zero = format!("/dokumen/{document}/bagian/0");
    for text in lost.into_iter().chain([zero.as_str()]) {
        assert_eq!(Screen::from_location(text), Screen::Home, "{text}: an old link never leads nowhere");
    }
}

#[test]
fn a_screen_asked_for_is_shown_in_the_address_and_one_from_the_address_is_not_echoed() {
    let mut tablet = Tablet::new();
    let shown = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::ShowLocation(_)));
    assert!(shown(&tablet.send(Event::ScreenRequested(Screen::Tablet))));
    assert!(!shown(&tablet.send(Event::LocationChanged(Screen::Home))));
    assert!(tablet.send(Event::LocationChanged(Screen::Home)).is_empty(), "it is there already");
}

#[test]
fn a_question_to_mend_is_brought_up_and_said_about_at_once() {
    let (mut tablet, id) = Tablet::with_draft();
    let name = tablet.node("name", &[]);
    assert!(!tablet.filling().is_touched(name));
    tablet.act(Event::QuestionRequested(Screen::Section(id, 0), name));
    assert_eq!((tablet.model.focus, tablet.filling().is_touched(name)), (Some(name), true));
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    assert_eq!(tablet.model.focus, None);
}

#[test]
fn the_tablet_is_measured_when_its_screen_is_opened() {
    let mut tablet = Tablet::new();
    let effects = tablet.send(Event::ScreenRequested(Screen::Tablet));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::MeasureHealth)));
    let health = Health { persistent: Some(true), used: Some(1), quota: None };
    tablet.act(Event::HealthMeasured(health));
    tablet.act(Event::OfflineReady);
    tablet.act(Event::UpdateWaiting);
    assert_eq!(
        (tablet.model.health, tablet.model.update.offline_ready, tablet.model.update.waiting),
        (Some(health), true, true)
    );
    assert!(matches!(tablet.send(Event::PersistenceAsked)[..], [Effect::AskPersistence]));
    assert!(matches!(tablet.send(Event::PrintAsked)[..], [Effect::Print]));
}
