//! What surrounds every screen: the bar at the top, messages, and the place for the screen itself.

use super::dispatch::Ui;
use super::dom::{El, el};
use super::i18n::{self, Key};
use super::icon::{Icon, icon};
use super::panel::{button, notice};
use super::screens::strays;
use crate::app::{Event, Locale, Screen, Topic};
use crate::platform::spawn;

/// Puts a screen into the frame. Messages come last and stick to the lower edge, so that they are in view wherever one
/// has scrolled to.
pub fn frame(ui: Ui, outer: &El, screen: &El) {
    let brand = el("button")
        .class("brand")
        .child(el("span").class("brand-mark").attr("aria-hidden", "true").text("A"))
        .child(el("span").text("Asesmen"))
        .on_click(move || ui.go(Screen::Home));
    let tabs = [
        (Screen::Home, Icon::Person, Key::Cases),
        (Screen::Verify, Icon::Seal, Key::VerifyFiles),
        (Screen::Tablet, Icon::Tablet, Key::ThisTablet),
    ];
    let nav = el("nav")
        .class("bar-nav")
        .attr("aria-label", ui.t(Key::MainNavigation))
        .all(tabs.map(|(screen, mark, key)| tab(ui, screen, mark, key)));
    outer.append(&el("header").class("bar").child(brand).child(nav).child(language_switch(ui)));
    let messages = messages(ui, outer);
    outer.append(&el("main").class("screen").child(screen.clone()));
    outer.append(&messages);
}

/// Messages to the worker; `outer` is marked while there are any.
pub fn messages(ui: Ui, outer: &El) -> El {
    let told = outer.clone();
    el("div").class("messages").attr("aria-live", "polite").live(move |messages| {
        ui.watch(Topic::Notice);
        ui.watch(Topic::Saving);
        ui.watch(Topic::Tablet);
        let shown: Vec<El> = [strays(ui), notice(ui), update_offer(ui)].into_iter().flatten().collect();
        // What else sticks to the lower edge gives way.
        told.set_attr("data-told", (!shown.is_empty()).then_some(""));
        shown.iter().for_each(|message| messages.append(message));
    })
}

fn tab(ui: Ui, screen: Screen, mark: Icon, key: Key) -> El {
    let tab = el("button").class("tab").child(icon(mark)).child(el("span").text(ui.t(key)));
    tab.set_attr("aria-current", ui.read(|model| model.screen == screen).then_some("page"));
    tab.on_click(move || ui.go(screen))
}

/// The other language, named in itself. What was typed stays, because it stands in the model.
fn language_switch(ui: Ui) -> El {
    let (other, name) = match ui.locale() {
        Locale::Id => (Locale::En, "English"),
        Locale::En => (Locale::Id, "Indonesia"),
    };
    el("button")
        .class("language")
        .attr("data-language", other.tag())
        .attr("lang", other.tag())
        .text(name)
        .on_click(move || choose(ui, other))
}

/// Chooses a language, once its words are there. Where they do not come, the root tells so.
fn choose(ui: Ui, locale: Locale) {
    let Some(part) = i18n::missing(locale) else { return ui.send(Event::LocaleChosen(locale)) };
    spawn(Box::pin(async move {
        let _ = part.bring().await;
        ui.send(Event::LocaleChosen(locale));
    }));
}

/// A newer version waits for the worker's word.
fn update_offer(ui: Ui) -> Option<El> {
    let take = || {
        button("button button-quiet", "update", None, ui.t(Key::UpdateNow))
            .on_click(move || ui.send(Event::UpdateAsked))
    };
    ui.read(|model| model.update.waiting)
        .then(|| el("div").class("notice").child(el("p").text(ui.t(Key::UpdateWaits))).child(take()))
}
