//! A scene as SVG text (SVG 1.1): black on white, one group for each thing, which says what it is in `data-` attributes.

use super::codes::{child_code, couple_code, feeling_code};
use super::ecomap::{self, Kind, SystemId};
use super::measures::LETTERS;
use super::scene::{Anchor, Dash, Fill, Mark, Of, Path, Scene, Shape, Step};
use super::terms::Term;
use std::fmt::Write;

/// The drawing as a file of its own; `summary` is read out in place of it.
#[must_use]
pub fn svg(scene: &Scene, words: &dyn Fn(Term) -> String, summary: &str) -> String {
    titled(scene, &words(Term::Genogram), summary)
}

/// The same under a title of its own.
#[must_use]
pub fn titled(scene: &Scene, title: &str, summary: &str) -> String {
    let Scene { width, height, marks, .. } = scene;
    let mut out = String::with_capacity(256 * marks.len() + 1024);
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"t d\" font-family=\"Liberation Sans, Arial, Helvetica, sans-serif\" font-size=\"{LETTERS}\" \
         stroke=\"#000\" stroke-width=\"1.5\" fill=\"none\">\n<title id=\"t\">{}</title>\n<desc id=\"d\">{}</desc>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\" stroke=\"none\"/>\n",
        Escaped(title),
        Escaped(summary),
    );
    for mark in marks {
        out.push_str("<g");
        attributes(&mark.of, &mut out);
        out.push('>');
        shapes(mark, &mut out);
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    out
}

fn attributes(of: &Of, out: &mut String) {
    let _ = match of {
        Of::Person(id, generation) => {
            write!(out, " class=\"person\" data-person-id=\"{}\" data-generation=\"{generation}\"", Escaped(&id.0))
        }
        Of::Union(id, partners, kind, generation, is_across) => {
            let kind = kind.map_or("", couple_code);
            let _ = write!(
                out,
                " class=\"union\" data-union-id=\"{}\" data-kind=\"{kind}\" data-generation=\"{generation}\"",
                Escaped(id)
            );
            for (name, partner) in ["a", "b"].into_iter().zip(partners) {
                let _ = write!(out, " data-{name}=\"{}\"", Escaped(&partner.0));
            }
            if *is_across { out.write_str(" data-across=\"true\"") } else { Ok(()) }
        }
        Of::Trunk(id, partner) => {
            let _ = write!(out, " class=\"trunk\" data-union-id=\"{}\"", Escaped(id));
            partner.as_ref().map_or(Ok(()), |partner| write!(out, " data-a=\"{}\"", Escaped(&partner.0)))
        }
        Of::Child(id, child, kind) => write!(
            out,
            " class=\"child\" data-union-id=\"{}\" data-child-id=\"{}\" data-kind=\"{}\"",
            Escaped(id),
            Escaped(&child.0),
            child_code(*kind)
        ),
        Of::Feeling(a, b, quality) => write!(
            out,
            " class=\"feeling\" data-a=\"{}\" data-b=\"{}\" data-kind=\"{}\"",
            Escaped(&a.0),
            Escaped(&b.0),
            feeling_code(*quality)
        ),
        Of::Household => write!(out, " class=\"household\" stroke-width=\"1\""),
        Of::Legend(_) | Of::EcomapLegend(_) => write!(out, " class=\"legend\""),
        Of::Centre(centre) => write!(out, " class=\"centre\" data-centre=\"{}\"", ecomap::centre_code(*centre)),
        Of::Caption(system) => {
            let _ = write!(out, " class=\"caption\" font-size=\"9\"");
            system.as_ref().map_or(Ok(()), |id| write!(out, " data-system-id=\"{}\"", Escaped(&id.0)))
        }
        Of::System(id, kind, importance, wish) => {
            let marks = [
                ("kind", kind.as_ref().map(Kind::text)),
                ("importance", importance.map(ecomap::importance_code)),
                ("wish", wish.map(ecomap::wish_code)),
            ];
            system("system", id, marks, out)
        }
        Of::Tie(id, strength, tension, flow) => {
            let marks = [
                ("strength", strength.map(ecomap::strength_code)),
                ("tension", tension.map(ecomap::tension_code)),
                ("flow", flow.map(ecomap::flow_code)),
            ];
            system("tie", id, marks, out)
        }
    };
}

/// What belongs to a system of an ecomap; what nobody said has no attribute.
fn system(class: &str, id: &SystemId, marks: [(&str, Option<&str>); 3], out: &mut String) -> std::fmt::Result {
    write!(out, " class=\"{class}\" data-system-id=\"{}\"", Escaped(&id.0))?;
    let said = marks.into_iter().filter_map(|(name, said)| Some((name, said?)));
    said.into_iter().try_for_each(|(name, said)| write!(out, " data-{name}=\"{}\"", Escaped(said)))
}

fn shapes(mark: &Mark, out: &mut String) {
    for shape in &mark.shapes {
        match shape {
            Shape::Path(path) => write_path(path, out),
            Shape::Text(text) => {
                let anchor = match text.anchor {
                    Anchor::Start => "",
                    Anchor::Middle => " text-anchor=\"middle\"",
                    Anchor::End => " text-anchor=\"end\"",
                };
                let (x, y) = text.at;
                let _ = write!(
                    out,
                    "<text x=\"{x}\" y=\"{y}\"{anchor} fill=\"#000\" stroke=\"none\">{}</text>",
                    Escaped(&text.text)
                );
            }
        }
    }
}

/// The steps of a way as SVG writes them in the attribute `d`.
#[must_use]
pub fn path_data(path: &Path) -> String {
    let mut out = String::new();
    for step in &path.steps {
        let _ = match step {
            Step::Move(x, y) => write!(out, "M{x} {y}"),
            Step::Line(x, y) => write!(out, "L{x} {y}"),
            Step::Arc(radius, x, y) => {
                write!(out, "A{0} {0} 0 0 {1} {x} {y}", radius.abs(), u8::from(*radius > 0))
            }
            Step::Close => write!(out, "Z"),
        };
    }
    out
}

fn write_path(path: &Path, out: &mut String) {
    out.push_str(if path.is_symbol { "<path class=\"symbol\" d=\"" } else { "<path d=\"" });
    out.push_str(&path_data(path));
    out.push('"');
    out.push_str(match path.dash {
        Dash::Solid => "",
        Dash::Dashed => " stroke-dasharray=\"6 4\"",
        Dash::Dotted => " stroke-dasharray=\"1.5 3.5\"",
        Dash::DashDot => " stroke-dasharray=\"8 3 1.5 3\"",
        Dash::None => " stroke=\"none\"",
    });
    out.push_str(match path.fill {
        Fill::None => "",
        Fill::Paper => " fill=\"#fff\"",
        Fill::Ink => " fill=\"#000\"",
    });
    out.push_str("/>");
}

/// Text that may stand anywhere in XML: markup is escaped, and what XML 1.0 (2.2) does not know is shown as unreadable.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => to.write_str("&amp;")?,
                '<' => to.write_str("&lt;")?,
                '>' => to.write_str("&gt;")?,
                '"' => to.write_str("&quot;")?,
                '\t' | '\n' | '\r' => to.write_char(' ')?,
                '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => to.write_char('\u{fffd}')?,
                c => to.write_char(c)?,
            }
        }
        Ok(())
    }
}
