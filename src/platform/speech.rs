//! Reading aloud with the voices of the browser and the system; a tablet without any reads nothing and says so.

use super::network::words;
use crate::app::{Event, Locale};
use js_sys::{Array, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What web-sys has with a type and a feature of its own for each part.
    type Synthesis;
    #[wasm_bindgen(method, js_name = getVoices)]
    fn voices(this: &Synthesis) -> Array;
    #[wasm_bindgen(method, catch)]
    fn speak(this: &Synthesis, utterance: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn cancel(this: &Synthesis);

    #[wasm_bindgen(js_name = SpeechSynthesisUtterance)]
    type Utterance;
    #[wasm_bindgen(constructor, catch, js_class = "SpeechSynthesisUtterance")]
    fn new(text: &str) -> Result<Utterance, JsValue>;
}

/// A little slower than people speak to each other.
const RATE: f64 = 0.9;

/// The voice of one app; what an utterance that was stopped still reports is not listened to.
#[derive(Clone, Default)]
pub struct Speech {
    current: Rc<Cell<u32>>,
}

impl Speech {
    /// Tells for which languages there is a voice, now and whenever that changes: some browsers find theirs later.
    #[inline(never)] // An entry of tools/parts.json.
    pub fn find_voices(&self, send: &Rc<dyn Fn(Event)>) {
        let Some(synthesis) = synthesis() else { return };
        let tell = Rc::clone(send);
        let found = move || {
            if let Some(synthesis) = self::synthesis() {
                let voices = synthesis.voices();
                let languages = voices.iter().filter(is_local).filter_map(|voice| text(&voice, "lang"));
                // Android writes id_ID.
                tell(Event::VoicesFound(languages.map(|language| language.replace('_', "-")).collect()));
            }
        };
        let later = found.clone();
        let changed = Closure::<dyn FnMut()>::new(later).into_js_value();
        set(&synthesis, "onvoiceschanged", &changed);
        found();
    }

    /// Reads words aloud.
    #[inline(never)] // An entry of tools/parts.json.
    pub fn speak(&self, said: &str, locale: Locale, send: &Rc<dyn Fn(Event)>) {
        self.hush();
        if let Err(error) = self.begin(said, locale, send) {
            web_sys::console::warn_1(&format!("asesmen: {}", words(error)).into());
            send(Event::SpeechEnded(false));
        }
    }

    fn begin(&self, said: &str, locale: Locale, send: &Rc<dyn Fn(Event)>) -> Result<(), JsValue> {
        let synthesis = synthesis().ok_or(JsValue::NULL)?;
        let utterance = Utterance::new(said)?;
        let mut voices = synthesis.voices().to_vec().into_iter().filter(is_local);
        let voice = voices.find(|voice| speaks(voice, locale)).ok_or("no voice on this tablet")?;
        set(&utterance, "voice", &voice);
        set(&utterance, "lang", &text(&voice, "lang").unwrap_or_default().into());
        set(&utterance, "rate", &RATE.into());
        let number = self.current.get();
        self.listen(&utterance, "onboundary", number, send, |event| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short text")]
            let place = Reflect::get(event, &"charIndex".into()).ok()?.as_f64()? as usize;
            Some(Event::SpeechReached(place))
        });
        self.listen(&utterance, "onend", number, send, |_| Some(Event::SpeechEnded(true)));
        self.listen(&utterance, "onerror", number, send, |_| Some(Event::SpeechEnded(false)));
        synthesis.speak(&utterance)
    }

    fn listen(
        &self,
        utterance: &JsValue,
        kind: &str,
        number: u32,
        send: &Rc<dyn Fn(Event)>,
        read: fn(&JsValue) -> Option<Event>,
    ) {
        let (current, send) = (Rc::clone(&self.current), Rc::clone(send));
        let heard = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            if let Some(event) = read(&event).filter(|_| current.get() == number) {
                send(event);
            }
        });
        set(utterance, kind, &heard.into_js_value());
    }

    /// Falls silent.
    #[inline(never)] // An entry of tools/parts.json.
    pub fn hush(&self) {
        self.current.set(self.current.get().wrapping_add(1));
        if let Some(synthesis) = synthesis() {
            synthesis.cancel();
        }
    }
}

fn synthesis() -> Option<Synthesis> {
    let found = Reflect::get(web_sys::window()?.as_ref(), &"speechSynthesis".into()).ok()?;
    found.is_object().then(|| found.unchecked_into())
}

/// Whether a voice lives on the tablet. Others send the words to somebody's server, and an agreement is nobody else's to read.
fn is_local(voice: &JsValue) -> bool {
    Reflect::get(voice, &"localService".into()).is_ok_and(|own| own.is_truthy())
}

fn speaks(voice: &JsValue, locale: Locale) -> bool {
    text(voice, "lang").is_some_and(|language| language.to_ascii_lowercase().starts_with(locale.tag()))
}

fn text(of: &JsValue, name: &str) -> Option<String> {
    Reflect::get(of, &name.into()).ok()?.as_string()
}

fn set(of: &JsValue, name: &str, value: &JsValue) {
    // Setting a property of these objects cannot fail.
    let _ = Reflect::set(of, &name.into(), value);
}
