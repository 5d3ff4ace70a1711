//! The tablet's clock and its source of randomness.

use crate::domain::{Stamp, Timestamp};

/// The time now, and fresh random bytes.
pub fn stamp() -> Stamp {
    let now = js_sys::Date::new_0();
    #[allow(clippy::cast_possible_truncation, reason = "both are whole numbers far below 2^53")]
    let (millis, minutes_east) = (now.get_time() as i64, -(now.get_timezone_offset() as i32));
    let now = Timestamp::from_millis(millis, minutes_east)
        .or_else(|_| Timestamp::from_millis(0, 0))
        .expect("1970 lies within the calendar");
    let mut entropy = [0; 32];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        // getRandomValues fails only for buffers above 64 KiB.
        let _ = crypto.get_random_values_with_u8_array(&mut entropy);
    }
    Stamp { now, entropy }
}
