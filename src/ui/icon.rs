//! The app's own line icons: one family, 24 units square, drawn with round ends.

use super::dom::{El, svg};

/// One icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Not begun: an open circle.
    Circle,
    /// Under way: a half-filled circle.
    Half,
    /// Done: a tick.
    Tick,
    /// Needs checking, danger.
    Alert,
    /// Help.
    Help,
    /// Back.
    Back,
    /// Onward.
    Next,
    /// Further to the front.
    Up,
    /// Further to the back.
    Down,
    /// As before.
    Same,
    /// Not as before.
    Other,
    /// Add.
    Plus,
    /// Less.
    Minus,
    /// All of it.
    Fit,
    /// Back by a step.
    Undo,
    /// On by a step.
    Redo,
    /// Take away.
    Bin,
    /// Change.
    Pencil,
    /// A case, people.
    Person,
    /// A document.
    Sheet,
    /// A seal.
    Seal,
    /// Save as a file.
    Download,
    /// Print.
    Printer,
    /// Sensitive.
    Lock,
    /// Hidden from other people's eyes.
    Veil,
    /// The tablet.
    Tablet,
    /// List of sections.
    List,
    /// A photograph.
    Camera,
    /// A voice.
    Voice,
    /// Two people, one of them the client.
    People,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Circle => "M12 4a8 8 0 1 1 0 16a8 8 0 0 1 0-16z",
            Self::Half => "M12 4a8 8 0 1 1 0 16a8 8 0 0 1 0-16zM12 4v16M12 8h5M12 12h7M12 16h5",
            Self::Tick => "M5 12.5l4.5 4.5L19 7.5",
            Self::Alert => "M12 4.5L21 19.5H3zM12 10v4.5M12 17v.2",
            Self::Help => {
                "M12 3.5a8.5 8.5 0 1 1 0 17a8.5 8.5 0 0 1 0-17zM9.6 9.6c.3-3 4.9-2.900 4.900 0c0 1.900-2.500 1.900-2.500 4M12 16.800v.2"
            }
            Self::Back => "M19 12H5M11 6l-6 6l6 6",
            Self::Next => "M5 12h14M13 6l6 6l-6 6",
            Self::Up => "M12 19V5M6 11l6-6l6 6",
            Self::Down => "M12 5v14M6 13l6 6l6-6",
            Self::Same => "M6 9.500h12M6 14.500h12",
            Self::Other => "M6 9.500h12M6 14.500h12M15.500 5.500L8.500 18.500",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Minus => "M5 12h14",
            Self::Fit => "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
            Self::Undo => "M8.500 5L4.500 9l4 4M4.500 9H14a5.500 5.500 0 0 1 0 11h-4",
            Self::Redo => "M15.500 5l4 4l-4 4M19.500 9H10a5.500 5.500 0 0 0 0 11h4",
            Self::Bin => "M5 7h14M10 7V4.500h4V7M7 7l1 12.500h8L17 7M10.500 11v5M13.500 11v5",
            Self::Pencil => "M5 19l1-4L15.500 5.500l3 3L9 18zM13.500 7.500l3 3",
            Self::Person => {
                "M12 4.500a3.500 3.500 0 1 1 0 7a3.500 3.500 0 0 1 0-7zM5 19.500c.5-4 3-5.500 7-5.500s6.500 1.500 7 5.500"
            }
            Self::Sheet => "M7 3.500h7l4 4v13H7zM14 3.500v4h4M10 12h5M10 15.500h5",
            Self::Seal => {
                "M12 3.500l2.300 1.700l2.800-.3l.9 2.700l2.300 1.700l-1.100 2.600l1.100 2.600l-2.300 1.700l-.9 2.700l-2.800-.3L12 20.500l-2.300-1.900l-2.800.3l-.9-2.700l-2.300-1.700l1.100-2.600l-1.100-2.600l2.300-1.700l.9-2.700l2.800.3zM9 12l2.200 2.200L15 10"
            }
            Self::Download => "M12 4v11M7.500 11l4.500 4.500l4.500-4.500M5 19.500h14",
            Self::Printer => "M7.500 9V4.500h9V9M7.500 17H5v-8h14v8h-2.500M7.500 14h9v5.500h-9z",
            Self::Lock => "M6.500 11h11v8.500h-11zM8.500 11V8.500a3.500 3.500 0 0 1 7 0V11M12 14.500v1.500",
            Self::Veil => {
                "M4 10c2.500 3.500 5 5 8 5s5.500-1.500 8-5M6 13.500l-1.500 2M12 15v3M18 13.500l1.500 2M9 14.500l-.7 2.500M15 14.500l.7 2.500"
            }
            Self::Tablet => "M6 3.500h12v17H6zM11 17.800h2",
            Self::Camera => "M4 8h4l1.500-2.500h5L16 8h4v11H4zM12 10.500a3 3 0 1 1 0 6a3 3 0 0 1 0-6z",
            Self::Voice => {
                "M4.500 9.500h3.500l5-4v13l-5-4h-3.500zM16 9.500c1.200 1.500 1.200 3.500 0 5M18.500 7c2.500 3 2.500 7 0 10"
            }
            Self::People => {
                "M8.500 5a3 3 0 1 1 0 6a3 3 0 0 1 0-6zM2.500 19c.3-4 2.500-6 6-6s5.700 2 6 6zM15.500 6a2.500 2.500 0 1 1 0 5M16 13.500c3 .2 5 2 5.500 5.500h-4"
            }
            Self::List => "M9 6.500h11M9 12h11M9 17.500h11M4.500 6.500h.2M4.500 12h.2M4.500 17.500h.2",
        }
    }
}

/// Draws an icon; it repeats what words beside it say, so screen readers pass over it.
pub fn icon(icon: Icon) -> El {
    svg("svg")
        .class("icon")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(svg("path").attr("d", icon.path()))
}
