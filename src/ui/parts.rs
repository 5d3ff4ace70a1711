//! What is drawn by a part of the module that may still have to come: while it comes a word says so, and when it does not
//! come that is told and can be tried again.

use super::dispatch::Ui;
use super::dom::{El, el};
use super::i18n::{Key, words};
use super::panel::{button, line, trouble};
use super::reactive::*;
use crate::platform::{Part, spawn};
use std::rc::Rc;

/// Draws something at once where its part stands, and else as soon as it does. `shown` runs behind the drawing when that
/// came later.
pub fn parted(ui: Ui, part: Part, build: impl Fn() -> El + 'static, shown: impl Fn(&El) + 'static) -> El {
    if part.stands() {
        return build();
    }
    let place = el("div");
    Rc::new(Coming {
        ui,
        part,
        build: Box::new(build),
        shown: Box::new(shown),
        place: place.clone(),
        owner: Owner::current().unwrap_or_default(),
    })
    .come();
    place
}

/// Something to be drawn, and where.
struct Coming {
    ui: Ui,
    part: Part,
    build: Box<dyn Fn() -> El>,
    shown: Box<dyn Fn(&El)>,
    place: El,
    owner: Owner,
}

impl Coming {
    fn come(self: Rc<Self>) {
        self.place.clear();
        self.place.append(&line("loading", self.ui.t(Key::Opening)).attr("role", "status"));
        spawn(Box::pin(async move {
            let come = self.part.bring().await;
            // Meanwhile another screen may stand there.
            if !self.place.stands() {
                return;
            }
            match come {
                Ok(()) => {
                    let built = self.owner.with(|| (self.build)());
                    self.place.replace_with(&built);
                    (self.shown)(&built);
                }
                Err(words) => self.tell(&words),
            }
        }));
    }

    fn tell(self: &Rc<Self>, words: &str) {
        let again = Rc::clone(self);
        let retry = button("button", "bring", None, self.ui.t(Key::TryAgain));
        let retry = retry.on_click(move || Rc::clone(&again).come());
        self.place.clear();
        self.place.append(&trouble(self.ui, words::part_missing(self.ui, words), [retry]));
    }
}
