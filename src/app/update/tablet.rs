//! Language, colours, storage health, versions.

use super::Turn;
use crate::app::change::Topic;
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::notice::Notice;

impl Turn<'_> {
    pub(super) fn tablet(&mut self, event: Event) {
        match event {
            Event::LocaleChosen(locale) => {
                self.model.settings.locale = Some(locale);
                self.run(Effect::KeepSettings(self.model.settings));
                self.note(Topic::Screen);
            }
            Event::LocaleGiven(locale) => {
                self.model.given_locale = locale;
                self.note(Topic::Screen);
            }
            Event::LanguageMissing(words) => self.notice(Notice::LanguageMissing(words)),
            Event::ThemeGiven(theme) => {
                self.model.given_theme = theme;
                self.note(Topic::Theme);
            }
            Event::ThemeChosen(theme) => {
                self.model.settings.theme = theme;
                self.run(Effect::KeepSettings(self.model.settings));
                self.note(Topic::Theme);
            }
            Event::HealthMeasured(health) => {
                self.model.health = Some(health);
                self.note(Topic::Tablet);
            }
            Event::PersistenceAsked => self.run(Effect::AskPersistence),
            Event::OfflineReady => {
                self.model.update.offline_ready = true;
                self.note(Topic::Tablet);
            }
            Event::UpdateWaiting => {
                self.model.update.waiting = true;
                self.note(Topic::Tablet);
            }
            // A new version takes over only when everything on the screen is on the tablet.
            Event::UpdateAsked if self.model.is_saved() => self.run(Effect::ApplyUpdate),
            Event::UpdateAsked => self.try_again(),
            Event::PrintAsked => self.run(Effect::Print),
            _ => {}
        }
    }
}
