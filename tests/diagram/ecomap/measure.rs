//! How good the drawing of an ecomap is, measured from the SVG text alone, by code that shares nothing with the code that
//! drew it.

use std::collections::BTreeMap;

type Point = (f64, f64);

/// What was found in a drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Systems that are drawn, by how many circles and lines each has.
    pub systems: BTreeMap<String, (usize, usize)>,
    /// Circles over circles, texts over texts, texts that leave their circle.
    pub overlaps: usize,
    /// Lines through any circle, their own among them.
    pub through: usize,
    /// Lines that meet each other.
    pub crossings: usize,
    /// What is not within the drawing, or runs into the legend.
    pub outside: usize,
    /// The first few faults in words.
    pub words: Vec<String>,
    /// Systems clockwise from the top.
    pub around: Vec<String>,
}

impl Findings {
    /// Everything that has to be none in any drawing.
    pub fn faults(&self) -> usize {
        let uneven = self.systems.values().filter(|drawn| **drawn != (1, 1)).count();
        self.overlaps + self.through + self.crossings + self.outside + uneven
    }

    fn fault(&mut self, word: String) -> usize {
        if self.words.len() < 12 {
            self.words.push(word);
        }
        1
    }
}

/// A circle: where, how large, and of whom.
type Circle = (Point, f64, String);
/// A piece of a line, and of whom.
type Piece = (Point, Point, String);
/// A text: left, top, right, bottom, and of whom.
type Area = ([f64; 4], String);

#[derive(Default)]
struct Drawing {
    size: Point,
    /// The circles of the centre and of systems; signs at their edges stand apart.
    circles: Vec<Circle>,
    signs: Vec<Circle>,
    texts: Vec<Area>,
    lines: Vec<Piece>,
    legend: f64,
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}

fn number(tag: &str, name: &str) -> f64 {
    attribute(tag, name).and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no {name} in {tag}"))
}

/// The commands of a path with their numbers.
fn commands(d: &str) -> Vec<(char, Vec<f64>)> {
    let mut found: Vec<(char, Vec<f64>)> = Vec::new();
    for part in d.split_inclusive(|c: char| c.is_ascii_alphabetic()).collect::<Vec<_>>().windows(2) {
        let command = part[0].chars().last().expect("a command");
        let numbers = part[1].trim_end_matches(|c: char| c.is_ascii_alphabetic());
        found.push((command, numbers.split([' ', ',']).filter_map(|number| number.parse().ok()).collect()));
    }
    found
}

fn read(svg: &str) -> Drawing {
    let mut drawing = Drawing { legend: f64::MAX, ..Drawing::default() };
    let head = svg.split_once('>').expect("a head").0;
    drawing.size = (number(head, "width"), number(head, "height"));
    let (mut class, mut of) = (String::new(), String::new());
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        if tag.starts_with("g ") {
            class = attribute(tag, "class").expect("a class");
            // A caption belongs to what stands before it.
            if class != "caption" {
                of = attribute(tag, "data-system-id").unwrap_or_else(|| class.clone());
            }
        } else if tag.starts_with("text") {
            let (x, y, letters) =
                (number(tag, "x"), number(tag, "y"), text.replace("&quot;", "\"").replace("&lt;", "<"));
            if class == "legend" {
                drawing.legend = drawing.legend.min(y - 8.0);
                continue;
            }
            let one = if class == "caption" { 5.0 } else { 6.0 };
            let half = letters.replace("&amp;", "&").replace("&gt;", ">").chars().count() as f64 * one / 2.0;
            let high = if class == "caption" { 6.0 } else { 8.0 };
            drawing.texts.push(([x - half, y - high, x + half, y], of.clone()));
        } else if tag.starts_with("path") && class != "legend" {
            path(&mut drawing, tag, &class, &of);
        }
    }
    drawing
}

fn path(drawing: &mut Drawing, tag: &str, class: &str, of: &str) {
    let commands = commands(&(attribute(tag, "d").expect("a way") + "Z"));
    if let [('M', from), ('A', half), ('A', _), ..] = &commands[..] {
        let circle = ((f64::midpoint(from[0], half[5]), from[1]), half[0], of.to_owned());
        if tag.contains("class=\"symbol\"") {
            drawing.circles.push(circle);
        } else if half[0] < 20.0 {
            drawing.signs.push(circle);
        }
    } else if class == "tie" {
        let points: Vec<Point> =
            commands.iter().filter(|(_, to)| to.len() == 2).map(|(_, to)| (to[0], to[1])).collect();
        let pieces = points.windows(2).map(|pair| (pair[0], pair[1], of.to_owned()));
        drawing.lines.extend(pieces);
    }
}

fn distance(one: Point, two: Point) -> f64 {
    (one.0 - two.0).hypot(one.1 - two.1)
}

/// How far a piece stays from a point.
fn clear(from: Point, to: Point, point: Point) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let share = ((point.0 - from.0) * dx + (point.1 - from.1) * dy) / (dx * dx + dy * dy).max(1e-9);
    let share = share.clamp(0.0, 1.0);
    distance((from.0 + share * dx, from.1 + share * dy), point)
}

fn meet(one: &Piece, two: &Piece) -> bool {
    let side = |a: Point, b: Point, c: Point| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
    side(one.0, one.1, two.0) * side(one.0, one.1, two.1) < 0.0
        && side(two.0, two.1, one.0) * side(two.0, two.1, one.1) < 0.0
}

fn overlap(one: [f64; 4], two: [f64; 4]) -> bool {
    one[0] < two[2] && two[0] < one[2] && one[1] < two[3] && two[1] < one[3]
}

/// Measures a drawing.
pub fn measure(svg: &str) -> Findings {
    let drawing = read(svg);
    let mut findings = Findings::default();
    for (_, _, id) in drawing.circles.iter().filter(|circle| circle.2 != "centre") {
        findings.systems.entry(id.clone()).or_default().0 += 1;
    }
    for tag in svg.split('<').filter(|tag| tag.starts_with("g class=\"tie\"")) {
        findings.systems.entry(attribute(tag, "data-system-id").expect("an id")).or_default().1 += 1;
    }
    circles(&drawing, &mut findings);
    texts(&drawing, &mut findings);
    lines(&drawing, &mut findings);
    findings.around = around(&drawing);
    findings
}

fn circles(drawing: &Drawing, findings: &mut Findings) {
    let all: Vec<&Circle> = drawing.circles.iter().chain(&drawing.signs).collect();
    for (at, one) in all.iter().enumerate() {
        for two in all[at + 1..].iter().filter(|two| two.2 != one.2) {
            if distance(one.0, two.0) < one.1 + two.1 + 2.0 {
                findings.overlaps += findings.fault(format!("{} over {}", one.2, two.2));
            }
        }
        let ((x, y), radius, id) = one;
        let bottom = drawing.legend.min(drawing.size.1);
        if x - radius < 1.0 || y - radius < 1.0 || x + radius > drawing.size.0 - 1.0 || y + radius > bottom - 1.0 {
            findings.outside += findings.fault(format!("{id} is not within the drawing"));
        }
    }
}

fn texts(drawing: &Drawing, findings: &mut Findings) {
    for (at, (area, id)) in drawing.texts.iter().enumerate() {
        let own = drawing.circles.iter().find(|circle| circle.2 == *id).expect("a circle of its own");
        let corners = [(area[0], area[1]), (area[2], area[1]), (area[0], area[3]), (area[2], area[3])];
        if corners.into_iter().any(|corner| distance(corner, own.0) > own.1 - 4.0) {
            findings.overlaps += findings.fault(format!("a text of {id} leaves its circle"));
        }
        for (sign, radius, _) in &drawing.signs {
            let near = (sign.0.clamp(area[0], area[2]), sign.1.clamp(area[1], area[3]));
            if distance(*sign, near) < *radius {
                findings.overlaps += findings.fault(format!("a sign on a text of {id}"));
            }
        }
        for (other, _) in drawing.texts[at + 1..].iter().filter(|(other, _)| overlap(*area, *other)) {
            findings.overlaps += findings.fault(format!("a text of {id} over another at {other:?}"));
        }
    }
}

fn lines(drawing: &Drawing, findings: &mut Findings) {
    for (from, to, id) in &drawing.lines {
        for (middle, radius, other) in drawing.circles.iter().chain(&drawing.signs) {
            // Beside a circle that is not its own a line keeps further off than at its ends.
            let room = if other == id || other == "centre" { 1.0 } else { 6.0 };
            if clear(*from, *to, *middle) < radius + room {
                findings.through += findings.fault(format!("the line to {id} through {other}"));
            }
        }
    }
    // Only lines that come near each other are compared piece by piece.
    let mut ties: BTreeMap<&str, ([f64; 4], Vec<&Piece>)> = BTreeMap::new();
    for piece @ (from, to, id) in &drawing.lines {
        let (area, pieces) = ties.entry(id).or_insert(([f64::MAX, f64::MAX, f64::MIN, f64::MIN], Vec::new()));
        *area = [
            area[0].min(from.0).min(to.0),
            area[1].min(from.1).min(to.1),
            area[2].max(from.0).max(to.0),
            area[3].max(from.1).max(to.1),
        ];
        pieces.push(piece);
    }
    let ties: Vec<_> = ties.into_iter().collect();
    for (at, (id, (area, pieces))) in ties.iter().enumerate() {
        for (other, (_, others)) in ties[at + 1..].iter().filter(|(_, (other, _))| overlap(*area, *other)) {
            if pieces.iter().any(|one| others.iter().any(|two| meet(one, two))) {
                findings.crossings += findings.fault(format!("the lines to {id} and {other} meet"));
            }
        }
    }
}

fn around(drawing: &Drawing) -> Vec<String> {
    let centre = drawing.circles.iter().find(|circle| circle.2 == "centre").expect("a centre").0;
    let mut systems: Vec<(f64, &str)> = Vec::new();
    for ((x, y), _, id) in drawing.circles.iter().filter(|circle| circle.2 != "centre") {
        let angle = (x - centre.0).atan2(centre.1 - y).to_degrees();
        systems.push(((angle + 360.1).rem_euclid(360.0), id));
    }
    systems.sort_by(|one, two| one.0.total_cmp(&two.0));
    systems.into_iter().map(|(_, id)| id.to_owned()).collect()
}
