//! The pictures on cards for clients: the same family as the icons, drawn on 48 units, for people who read pictures more
//! easily than words.

use super::dom::{El, svg};
use crate::form::Picture;

/// The lines of each picture, in the order of [`Picture::CODES`].
const LINES: [&str; Picture::CODES.len()] = [
    // book
    "M24 13c-5-4-11-4.500-18-4v28c7-.5 13 0 18 4c5-4 11-4.500 18-4v-28c-7-.5-13 0-18 4zM24 13v28M11 17c3 0 6 .500 8 1.500M11 24c3 0 6 .500 8 1.500M37 17c-3 0-6 .500-8 1.500M37 24c-3 0-6 .500-8 1.500",
    // calendar
    "M8 11h32v29h-32zM8 19h32M16 6v9M32 6v9M15 26h4M22 26h4M29 26h4M15 33h4M22 33h4",
    // check
    "M24 6a18 18 0 1 1 0 36a18 18 0 0 1 0-36zM15 24.500l6.500 6.500l12-13.500",
    // choice
    "M24 42v-16M24 26c0-8-10-6-10-16M24 26c0-8 10-6 10-16M9 14l5-6l5 6M29 14l5-6l5 6",
    // door
    "M13 42v-36h22v36M7 42h34M30 23v3M13 6l12 5v31",
    // eye
    "M4 24c5-8 12-12 20-12s15 4 20 12c-5 8-12 12-20 12s-15-4-20-12zM24 18a6 6 0 1 1 0 12a6 6 0 0 1 0-12z",
    // hand
    "M15 27v-15a2.800 2.800 0 0 1 5.600 0v10M20.600 21v-13a2.800 2.800 0 0 1 5.600 0v13M26.200 21v-11a2.800 2.800 0 0 1 5.600 0v13M31.800 23v-7a2.800 2.800 0 0 1 5.600 0v13c0 8-4.500 13-12 13c-6 0-9-2.500-12-7.500l-5-8.500c-1.500-3 2-5 4-2.500l2.600 3.500",
    // heart
    "M24 41c-11-8-18-14-18-22a9.500 9.500 0 0 1 18-4.500a9.500 9.500 0 0 1 18 4.500c0 8-7 14-18 22z",
    // home
    "M6 23l18-16l18 16M11 19v22h26v-22M20 41v-12h8v12",
    // lock
    "M11 21h26v21h-26zM16 21v-6a8 8 0 0 1 16 0v6M24 29v5",
    // pen
    "M7 42h34M12 34l2-9l18-18l7 7l-18 18zM28 11l7 7",
    // people
    "M17 9a6 6 0 1 1 0 12a6 6 0 0 1 0-12zM5 39c.5-8 5-12 12-12s11.500 4 12 12zM31 11a5 5 0 1 1 .1 10M32 27c6 .5 10 4 11 12h-8",
    // phone
    "M15 6h18v36h-18zM22 36h4M15 31h18",
    // question
    "M7 9h34v25h-17l-9 8v-8h-8zM19.500 17c.5-5 9-5 9 0c0 3.500-4.500 3.500-4.500 7M24 29v.3",
    // scale
    "M24 6v36M14 42h20M9 13h30M9 13l-5 13h10zM39 13l-5 13h10zM4 26a5 5 0 0 0 10 0M34 26a5 5 0 0 0 10 0",
    // shield
    "M24 5c5 4 10 5 16 5c0 16-4 26-16 33c-12-7-16-17-16-33c6 0 11-1 16-5zM17 24l5.500 5.500l9-10.500",
    // speech
    "M7 9h34v25h-17l-9 8v-8h-8zM15 18h18M15 25h11",
    // stop
    "M16.500 6h15l10.500 10.500v15l-10.500 10.500h-15l-10.500-10.500v-15zM16 24h16",
];

/// Draws a picture; the words beside it say what it shows, so screen readers pass over it.
pub fn picture(picture: Picture) -> El {
    svg("svg")
        .class("picture")
        .attr("viewBox", "0 0 48 48")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(svg("path").attr("d", LINES[picture.number()]))
}
