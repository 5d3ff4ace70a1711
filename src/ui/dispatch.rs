//! The one way between the screen and the app: events go in, and what changed wakes those who show it.

use super::i18n::{self, Key};
use super::later::Later;
use super::leaving::Leaving;
use super::reactive::*;
use super::root::root;
use crate::app::outbox::OutboxEvent;
use crate::app::{Changes, Effect, Event, Locale, Model, Screen, Theme, Topic, update};
use crate::form::NodeIx;
use crate::platform::{self, Part, Platform};
use crate::seal::Kid;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

/// What carries out effects.
pub(super) enum Outside {
    /// The browser of a tablet.
    Tablet(Platform),
    /// The host of a form: it is told that answers changed, and asked for nothing else.
    Host(Box<dyn Fn()>),
}

impl Outside {
    fn execute(&self, effect: Effect) {
        match self {
            Self::Tablet(platform) => platform.execute(effect),
            Self::Host(tell) => tell(),
        }
    }
}

/// The app behind one element.
pub(super) struct Shell {
    build: String,
    container: RefCell<Option<web_sys::HtmlElement>>,
    model: RefCell<Model>,
    outside: Outside,
    topics: Triggers,
    later: Rc<Later>,
    nodes: Triggers,
    lists: Triggers,
    leaving: Leaving,
}

impl Shell {
    pub(super) fn new(build: &str, model: Model, outside: Outside) -> Self {
        Self {
            build: build.to_owned(),
            container: RefCell::default(),
            model: RefCell::new(model),
            outside,
            topics: Triggers::default(),
            later: Rc::default(),
            nodes: Triggers::default(),
            lists: Triggers::default(),
            leaving: Leaving::default(),
        }
    }

    /// Notes the container that the app stands in, as long as it stands.
    pub(super) fn stand(&self, container: Option<web_sys::HtmlElement>) {
        self.container.replace(container);
    }

    pub(super) fn send(&self, event: Event) {
        if let (Outside::Tablet(platform), Event::FlushDue) = (&self.outside, &event) {
            platform.pause_over();
        }
        let (effects, changes) = update(&mut self.model.borrow_mut(), event, &platform::stamp());
        self.wake(&changes);
        for effect in effects {
            self.outside.execute(effect);
        }
        if self.model.borrow().is_saved() {
            // Whoever sends holds the app, so that it does not end under its own feet.
            let gone = LEAVING.with_borrow_mut(|leaving| {
                leaving.extract_if(.., |app| std::ptr::eq(&**app, self)).collect::<Vec<_>>()
            });
            drop(gone);
        }
    }

    fn wake(&self, changes: &Changes) {
        let topics = changes.topics.iter().map(|topic| *topic as usize);
        if self.leaving.is_pressed() {
            self.leaving.hold(topics);
        } else {
            self.wake_topics(&topics.collect::<Vec<_>>());
        }
        self.nodes.notify(changes.nodes.iter().map(|node| of_node(*node)));
        self.lists.notify(changes.lists.iter().map(|list| of_list(*list)));
    }

    fn wake_topics(&self, topics: &[usize]) {
        self.topics.notify(topics.iter().copied());
        self.later.notify(topics.iter().copied());
    }
}

/// One trigger a watched thing, made when it is first watched: an answer wakes those who show it and nobody else.
#[derive(Default)]
pub(super) struct Triggers(RefCell<Vec<Option<ArcTrigger>>>);

impl Triggers {
    pub(super) fn track(&self, at: usize) {
        let trigger = {
            let mut triggers = self.0.borrow_mut();
            if triggers.len() <= at {
                triggers.resize(at + 1, None);
            }
            triggers[at].get_or_insert_with(ArcTrigger::new).clone()
        };
        trigger.track();
    }

    pub(super) fn is_watched(&self, at: usize) -> bool {
        matches!(self.0.borrow().get(at), Some(Some(_)))
    }

    pub(super) fn notify(&self, places: impl Iterator<Item = usize>) {
        for at in places {
            let trigger = self.0.borrow().get(at).cloned().flatten();
            if let Some(trigger) = trigger {
                trigger.notify();
            }
        }
    }
}

const fn of_node(node: NodeIx) -> usize {
    node.number() as usize
}

fn of_list(parent: Option<NodeIx>) -> usize {
    parent.map_or(0, |parent| of_node(parent) + 1)
}

/// What views hold to read the app and to speak to it.
#[derive(Clone, Copy)]
pub struct Ui(StoredValue<Rc<Shell>, LocalStorage>);

impl Ui {
    /// What the views below the current owner hold.
    pub(super) fn of(shell: Rc<Shell>) -> Self {
        Self(StoredValue::new_local(shell))
    }

    /// Says that something happened.
    ///
    /// After the element was removed this does nothing: a file being read may finish later than that.
    pub fn send(self, event: Event) {
        if let Some(shell) = self.0.try_with_value(Rc::clone) {
            shell.send(event);
        }
    }

    /// Says that a field lost the focus, once nothing is pressed any more.
    pub fn leave(self, node: NodeIx) {
        // A removed element's fields lose the focus too; then nobody is there to be told.
        self.0.try_with_value(|shell| shell.leaving.leave(self, node));
    }

    /// Notes that a press began or ended.
    pub fn press(self, pressed: bool) {
        self.0.try_with_value(|shell| {
            shell.leaving.press(self, pressed);
            shell.later.hold(pressed);
        });
    }

    /// Tells of the fields that were left during a press, and shows what changed.
    pub(super) fn press_over(self) {
        let shell = self.0.try_with_value(Rc::clone);
        if let Some(shell) = shell {
            shell.wake_topics(&shell.leaving.take_changed());
        }
        for event in self.0.try_with_value(|shell| shell.leaving.take()).into_iter().flatten() {
            self.send(event);
        }
    }

    /// Draws everything anew.
    pub fn redraw(self) {
        self.0.try_with_value(|shell| shell.topics.notify([Topic::Screen as usize].into_iter()));
    }

    /// Goes to a screen.
    pub fn go(self, screen: Screen) {
        self.send(Event::ScreenRequested(screen));
    }

    /// Reads the model without watching it.
    pub fn read<R>(self, read: impl FnOnce(&Model) -> R) -> R {
        let shell = self.0.with_value(Rc::clone);
        let model = shell.model.borrow();
        read(&model)
    }

    /// Watches a part of the model: whatever runs now runs again when it changes.
    pub fn watch(self, topic: Topic) {
        self.0.with_value(|shell| shell.topics.track(topic as usize));
    }

    /// Watches a part of the model without haste: whatever runs now runs again when the hand rests after a change.
    pub fn watch_later(self, topic: Topic) {
        self.0.with_value(|shell| shell.later.track(topic as usize));
    }

    /// Watches one question or group.
    pub fn watch_node(self, node: NodeIx) {
        self.0.with_value(|shell| shell.nodes.track(of_node(node)));
    }

    /// Watches the list of instances below a group.
    pub fn watch_list(self, parent: Option<NodeIx>) {
        self.0.with_value(|shell| shell.lists.track(of_list(parent)));
    }

    /// The name of the build.
    pub fn build(self) -> String {
        self.0.with_value(|shell| shell.build.clone())
    }

    /// How wide the app is on its page, in CSS pixels.
    pub fn width(self) -> i32 {
        self.0.with_value(|shell| shell.container.borrow().as_ref().map_or(0, |container| container.client_width()))
    }

    /// Whether the app owns the page.
    pub fn owns_page(self) -> bool {
        self.0.with_value(|shell| match &shell.outside {
            Outside::Tablet(platform) => platform.owns_page(),
            Outside::Host(_) => false,
        })
    }

    /// The language in force.
    pub fn locale(self) -> Locale {
        self.read(Model::locale)
    }

    /// A text in the language in force.
    pub fn t(self, key: Key) -> &'static str {
        i18n::text(self.locale(), key)
    }

    /// A text with its blanks filled.
    pub fn tf(self, key: Key, arguments: &[&str]) -> String {
        i18n::fill(self.t(key), arguments)
    }
}

/// A mounted app; dropping it leaves no trace but what is stored.
pub struct Handle {
    shell: Rc<Shell>,
    /// Dropping it ends every effect of the app.
    _owner: Owner,
}

impl Handle {
    /// The host page named a language.
    pub fn set_locale(&self, locale: Locale) {
        self.shell.send(Event::LocaleGiven(locale));
    }

    /// The host page named where to send to, and perhaps whose receipts to believe. With a key id that is none it is as
    /// without one: the worker has to compare the key. Told once the part that sends stands.
    pub fn set_endpoint(&self, url: Option<String>, receiver: Option<String>) {
        let receiver = receiver.and_then(|kid| Kid::parse(&kid));
        self.send_to_office(Event::Outbox(OutboxEvent::HostNamed(url, receiver)));
    }

    /// The host page gave a token for that, or took it back.
    pub fn set_token(&self, token: Option<String>) {
        self.send_to_office(Event::Outbox(OutboxEvent::HostToken(token)));
    }

    fn send_to_office(&self, event: Event) {
        let shell = Rc::downgrade(&self.shell);
        platform::spawn(Box::pin(async move {
            Part::Office.wait_for().await;
            if let Some(shell) = shell.upgrade() {
                shell.send(event);
            }
        }));
    }

    /// The host page named colours.
    pub fn set_theme(&self, theme: Theme) {
        self.shell.send(Event::ThemeGiven(theme));
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        // Whatever waits for the writing pause is written now; the write itself outlives the element.
        self.shell.send(Event::PageHidden);
        if !self.shell.model.borrow().is_saved() {
            LEAVING.with_borrow_mut(|leaving| leaving.push(Rc::clone(&self.shell)));
        }
    }
}

thread_local! {
    /// Apps whose element was removed while a write was under way; each goes once everything in it is on the tablet.
    static LEAVING: RefCell<Vec<Rc<Shell>>> = const { RefCell::new(Vec::new()) };
}

/// Mounts the app into a container; `base` is the folder of the module, `build` its name.
#[inline(never)] // An entry of tools/parts.json.
pub fn mount(container: web_sys::HtmlElement, base: &str, build: &str, locale: Locale) -> Handle {
    let shell = Rc::new_cyclic(|shell: &Weak<Shell>| {
        let late = shell.clone();
        let send = Rc::new(move |event| {
            if let Some(shell) = late.upgrade() {
                shell.send(event);
            }
        });
        let platform = Platform::new(base, build, container.clone(), send);
        let model = Model::new(locale, platform::load_settings(), platform.first_screen());
        Shell::new(build, model, Outside::Tablet(platform))
    });
    shell.stand(Some(container.clone()));
    let inner = Rc::clone(&shell);
    let owner = own(move || root(Ui::of(inner)).mount(&container));
    shell.send(Event::Connected);
    Handle { shell, _owner: owner }
}
