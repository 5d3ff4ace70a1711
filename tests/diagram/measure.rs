//! How good a drawing is, measured from the SVG text alone, by code that shares nothing with the code that drew it.
//!
//! What is known of the family (who there is, who was born when) comes from outside as plain lists.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

type Point = (f64, f64);
type Area = [f64; 4];

/// What was found in a drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Symbols over symbols, texts over texts or over symbols.
    pub overlaps: usize,
    /// People who are not drawn.
    pub missing: usize,
    /// People who are drawn twice.
    pub twice: usize,
    /// People off the line of their generation, partners in different generations that are not said to be, and children
    /// who are not below their parents.
    pub misaligned: usize,
    /// Unions said to cross generations.
    pub across: usize,
    /// Pairs of children of one union of whom the elder stands further right.
    pub inversions: usize,
    /// Lines of kinship through symbols of others, or through any text.
    pub through: usize,
    /// Pieces that lines of two unions share.
    pub shared: usize,
    /// Unions of people with at most two unions, with somebody else between the partners.
    pub apart: usize,
    /// Crossings of lines of two unions.
    pub crossings: usize,
    /// Feelings through symbols of others.
    pub feelings_through: usize,
    /// The first few faults in words.
    pub words: Vec<String>,
}

impl Findings {
    /// Everything that has to be none in any drawing.
    pub fn faults(&self) -> usize {
        self.overlaps + self.missing + self.twice + self.misaligned + self.inversions + self.through + self.shared
    }

    fn say(&mut self, word: String) {
        if self.words.len() < 12 {
            self.words.push(word);
        }
    }
}

struct Group {
    names: HashMap<String, String>,
    /// Lines between points, with whether they belong to a symbol.
    pieces: Vec<(Point, Point, bool)>,
    texts: Vec<Area>,
}

impl Group {
    fn is(&self, class: &str) -> bool {
        self.names.get("class").is_some_and(|name| name == class)
    }

    fn name(&self, name: &str) -> &str {
        self.names.get(name).map_or("", String::as_str)
    }

    fn symbol(&self) -> Area {
        let pieces = self.pieces.iter().filter(|piece| piece.2);
        pieces.fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |area, &(from, to, _)| {
            [
                area[0].min(from.0).min(to.0),
                area[1].min(from.1).min(to.1),
                area[2].max(from.0).max(to.0),
                area[3].max(from.1).max(to.1),
            ]
        })
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn attributes(tag: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let name = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let Some((value, behind)) = after.split_once('"') else { break };
        found.insert(name.to_owned(), unescaped(value));
        rest = behind;
    }
    found
}

/// The pieces of a path; a bow counts as the straight line between its ends, and widens the outline of a circle.
fn pieces(d: &str, is_symbol: bool) -> Vec<(Point, Point, bool)> {
    let mut found = Vec::new();
    let (mut at, mut start) = ((0.0, 0.0), (0.0, 0.0));
    let mut rest = d;
    while let Some(command) = rest.chars().next() {
        let end = rest[1..].find(|c: char| c.is_ascii_alphabetic()).map_or(rest.len(), |end| end + 1);
        let numbers: Vec<f64> = rest[1..end].split([' ', ',']).filter_map(|number| number.parse().ok()).collect();
        let to = match (command, &numbers[..]) {
            ('M', &[x, y]) => {
                (at, start) = ((x, y), (x, y));
                at
            }
            ('L', &[x, y]) => (x, y),
            ('A', &[radius, _, _, _, _, x, y]) => {
                if is_symbol {
                    let middle = f64::midpoint(at.1, y);
                    found.push(((at.0, middle - radius), (x, middle + radius), true));
                }
                (x, y)
            }
            ('Z', _) => start,
            _ => panic!("a path that is not known: {d}"),
        };
        if command != 'M' {
            found.push((at, to, is_symbol));
        }
        at = to;
        rest = &rest[end..];
    }
    found
}

fn groups(svg: &str) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::new();
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        if tag.starts_with("g ") {
            found.push(Group { names: attributes(tag), pieces: Vec::new(), texts: Vec::new() });
        }
        let Some(group) = found.last_mut() else { continue };
        if tag.starts_with("path") {
            let names = attributes(tag);
            let is_symbol = names.get("class").is_some_and(|class| class == "symbol");
            if names.get("stroke").is_none_or(|stroke| stroke != "none") {
                group.pieces.extend(pieces(&names["d"], is_symbol));
            }
        } else if tag.starts_with("text") {
            let names = attributes(tag);
            let (x, y): (f64, f64) = (names["x"].parse().expect("x"), names["y"].parse().expect("y"));
            let width = unescaped(text).chars().count() as f64 * 6.0;
            let left = match names.get("text-anchor").map(String::as_str) {
                Some("middle") => x - width / 2.0,
                Some("end") => x - width,
                _ => x,
            };
            group.texts.push([left, y - 8.0, left + width, y]);
        }
    }
    found
}

fn overlap(one: Area, two: Area) -> bool {
    one[0] < two[2] - 0.5 && two[0] < one[2] - 0.5 && one[1] < two[3] - 0.5 && two[1] < one[3] - 0.5
}

fn meets(from: Point, to: Point, area: Area) -> bool {
    // A piece is cut at each side of the area; what is left of it lies inside.
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (step, room) in [
        (from.0 - to.0, from.0 - area[0] - 0.5),
        (to.0 - from.0, area[2] - 0.5 - from.0),
        (from.1 - to.1, from.1 - area[1] - 0.5),
        (to.1 - from.1, area[3] - 0.5 - from.1),
    ] {
        if step == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if step < 0.0 {
            enter = enter.max(room / step);
        } else {
            leave = leave.min(room / step);
        }
    }
    enter < leave
}

/// Areas found by where they are.
struct Grid(HashMap<(i64, i64), Vec<usize>>);

const CELL: f64 = 160.0;

impl Grid {
    fn of(areas: &[(Area, String, bool)]) -> Self {
        let mut grid: HashMap<(i64, i64), Vec<usize>> = HashMap::new();
        for (number, (area, ..)) in areas.iter().enumerate() {
            Self::cells(*area).for_each(|cell| grid.entry(cell).or_default().push(number));
        }
        Self(grid)
    }

    fn cells(area: Area) -> impl Iterator<Item = (i64, i64)> {
        let cell = |x: f64| (x / CELL).floor() as i64;
        let (left, top, right, bottom) = (cell(area[0]), cell(area[1]), cell(area[2]), cell(area[3]));
        (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
    }

    fn near(&self, area: Area) -> BTreeSet<usize> {
        Self::cells(area).filter_map(|cell| self.0.get(&cell)).flatten().copied().collect()
    }
}

/// What somebody who knows the family expects.
#[derive(Default)]
pub struct Expected {
    /// Everybody, with year, month and day of birth as far as they are known.
    pub people: Vec<(String, Option<Birth>)>,
    /// Children with the union under which they stand.
    pub children: Vec<(String, String)>,
}

/// Measures a drawing.
pub fn measure(svg: &str, expected: &Expected) -> Findings {
    let groups = groups(svg);
    let mut findings = Findings::default();
    let mut symbols: HashMap<&str, (Area, usize)> = HashMap::new();
    let mut areas: Vec<(Area, String, bool)> = Vec::new();
    for group in groups.iter().filter(|group| group.is("person")) {
        let (id, symbol) = (group.name("data-person-id"), group.symbol());
        let generation = group.name("data-generation").parse().expect("a generation");
        if symbols.insert(id, (symbol, generation)).is_some() {
            findings.twice += 1;
        }
        areas.push((symbol, id.to_owned(), true));
        for text in group.texts.iter().filter(|text| text[1] < symbol[1] || text[3] > symbol[3]) {
            areas.push((*text, id.to_owned(), false));
        }
    }
    for group in groups.iter().filter(|group| group.is("union")) {
        areas.extend(group.texts.iter().map(|text| (*text, format!("union {}", group.name("data-union-id")), false)));
    }
    findings.missing = expected.people.iter().filter(|(id, _)| !symbols.contains_key(&**id)).count();
    let grid = Grid::of(&areas);
    overlaps(&areas, &grid, &mut findings);
    generations(&groups, &symbols, &mut findings);
    inversions(&symbols, expected, &mut findings);
    through(&groups, &areas, &grid, &mut findings);
    crossings(&groups, &mut findings);
    adjacency(&groups, &symbols, &mut findings);
    findings
}

fn overlaps(areas: &[(Area, String, bool)], grid: &Grid, findings: &mut Findings) {
    for (number, (area, id, _)) in areas.iter().enumerate() {
        for other in grid.near(*area).into_iter().filter(|&other| other > number) {
            if overlap(*area, areas[other].0) {
                findings.overlaps += 1;
                findings.say(format!("{id} over {}", areas[other].1));
            }
        }
    }
}

fn generations(groups: &[Group], symbols: &HashMap<&str, (Area, usize)>, findings: &mut Findings) {
    let mut heights: BTreeMap<usize, f64> = BTreeMap::new();
    for (id, (area, generation)) in symbols {
        let middle = f64::midpoint(area[1], area[3]);
        let height = *heights.entry(*generation).or_insert(middle);
        if (height - middle).abs() > 1.0 {
            findings.misaligned += 1;
            findings.say(format!("{id} stands off generation {generation}"));
        }
    }
    let pairs = heights.values().zip(heights.values().skip(1));
    findings.misaligned += pairs.filter(|(upper, lower)| upper >= lower).count();
    let of = |id: &str| symbols.get(id).map(|(_, generation)| *generation);
    let mut of_union: HashMap<&str, usize> = HashMap::new();
    for group in groups.iter().filter(|group| group.is("union")) {
        of_union.insert(group.name("data-union-id"), group.name("data-generation").parse().expect("a generation"));
        if let (Some(a), Some(b)) = (of(group.name("data-a")), of(group.name("data-b"))) {
            let is_said = group.names.contains_key("data-across");
            findings.across += usize::from(is_said);
            if (a == b) == is_said {
                findings.misaligned += 1;
                findings.say(format!("partners of {} in {a} and {b}", group.name("data-union-id")));
            }
        }
    }
    for group in groups.iter().filter(|group| group.is("child")) {
        let parents = of_union.get(group.name("data-union-id"));
        if let (Some(parents), Some(child)) = (parents, of(group.name("data-child-id")))
            && child <= *parents
        {
            findings.misaligned += 1;
            findings.say(format!("{} is not below the parents", group.name("data-child-id")));
        }
    }
}

fn inversions(symbols: &HashMap<&str, (Area, usize)>, expected: &Expected, findings: &mut Findings) {
    let births: HashMap<&str, _> = expected.people.iter().map(|(id, birth)| (&**id, *birth)).collect();
    let mut sibships: HashMap<&str, Vec<&str>> = HashMap::new();
    expected.children.iter().for_each(|(child, union)| sibships.entry(union).or_default().push(child));
    for children in sibships.values() {
        for (at, one) in children.iter().enumerate() {
            for two in &children[at + 1..] {
                let (Some(Some(first)), Some(Some(second))) = (births.get(one), births.get(two)) else { continue };
                let (Some((area, generation)), Some((other, same))) = (symbols.get(one), symbols.get(two)) else {
                    continue;
                };
                let is_wrong = match elder(*first, *second) {
                    Some(true) => area[0] > other[0],
                    Some(false) => area[0] < other[0],
                    None => false,
                };
                if is_wrong && generation == same {
                    findings.inversions += 1;
                    findings.say(format!("{one} and {two} in the wrong order"));
                }
            }
        }
    }
}

/// Year, month and day, as far as they are known.
pub type Birth = (i32, Option<u32>, Option<u32>);

/// Whether the first is elder; none where the dates do not tell.
fn elder(one: Birth, two: Birth) -> Option<bool> {
    let parts = [(Some(one.0.cast_unsigned()), Some(two.0.cast_unsigned())), (one.1, two.1), (one.2, two.2)];
    for (one, two) in parts {
        match (one, two) {
            (Some(one), Some(two)) if one != two => return Some(one.cast_signed() < two.cast_signed()),
            (Some(_), Some(_)) => {}
            _ => return None,
        }
    }
    None
}

fn is_kin(group: &Group) -> bool {
    ["union", "trunk", "child"].iter().any(|class| group.is(class))
}

fn through(groups: &[Group], areas: &[(Area, String, bool)], grid: &Grid, findings: &mut Findings) {
    for group in groups.iter().filter(|group| is_kin(group) || group.is("feeling")) {
        let own: HashSet<&str> =
            ["data-a", "data-b", "data-child-id"].into_iter().map(|name| group.name(name)).collect();
        let union = format!("union {}", group.name("data-union-id"));
        let mut met = BTreeSet::new();
        for &(from, to, _) in &group.pieces {
            let area = [from.0.min(to.0), from.1.min(to.1), from.0.max(to.0), from.1.max(to.1)];
            for number in grid.near(area) {
                let (area, id, is_symbol) = &areas[number];
                let is_own = if *is_symbol { own.contains(&**id) } else { *id == union && group.pieces.len() > 1 };
                if !is_own && meets(from, to, *area) {
                    met.insert(number);
                }
            }
        }
        for number in met {
            if group.is("feeling") {
                findings.feelings_through += usize::from(areas[number].2);
            } else {
                findings.through += 1;
                let what = if areas[number].2 { "symbol" } else { "text" };
                findings.say(format!(
                    "a {} of {} through the {what} of {}",
                    group.name("class"),
                    group.name("data-union-id"),
                    areas[number].1
                ));
            }
        }
    }
}

fn crossings(groups: &[Group], findings: &mut Findings) {
    let (mut level, mut upright, mut slanted) = (Vec::new(), Vec::new(), Vec::new());
    for group in groups.iter().filter(|group| is_kin(group)) {
        let union = group.name("data-union-id");
        for &(from, to, _) in &group.pieces {
            if (from.1 - to.1).abs() < 0.01 {
                level.push((from.1, from.0.min(to.0), from.0.max(to.0), union));
            } else if (from.0 - to.0).abs() < 0.01 {
                upright.push((from.0, from.1.min(to.1), from.1.max(to.1), union));
            } else {
                slanted.push((from, to, union));
            }
        }
    }
    level.sort_by(|one, two| one.partial_cmp(two).expect("numbers"));
    upright.sort_by(|one, two| one.partial_cmp(two).expect("numbers"));
    let mut crossed: BTreeSet<(i64, i64)> = BTreeSet::new();
    for &(y, left, right, union) in &level {
        let first = upright.partition_point(|line| line.0 < left);
        for &(x, top, bottom, other) in upright[first..].iter().take_while(|line| line.0 <= right) {
            if union != other && top < y && y < bottom {
                crossed.insert((x as i64, y as i64));
            }
        }
    }
    findings.crossings = crossed.len() + slants(&slanted, &level, &upright);
    for lines in [&level, &upright] {
        shared(lines, findings);
    }
}

/// Crossings of the lines of twins.
fn slants(
    slanted: &[(Point, Point, &str)],
    level: &[(f64, f64, f64, &str)],
    upright: &[(f64, f64, f64, &str)],
) -> usize {
    let mut count = 0;
    for (from, to, union) in slanted {
        let at = |part: f64| (from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1));
        let inside = |part: f64| part > 0.01 && part < 0.99;
        count += level
            .iter()
            .filter(|&&(y, left, right, other)| {
                let part = (y - from.1) / (to.1 - from.1);
                other != *union && inside(part) && left < at(part).0 && at(part).0 < right
            })
            .count();
        count += upright
            .iter()
            .filter(|&&(x, top, bottom, other)| {
                let part = (x - from.0) / (to.0 - from.0);
                other != *union && inside(part) && top < at(part).1 && at(part).1 < bottom
            })
            .count();
    }
    count
}

/// Lines at one height, or at one distance from the left, of two unions, over each other.
fn shared(lines: &[(f64, f64, f64, &str)], findings: &mut Findings) {
    for (number, &(at, from, to, union)) in lines.iter().enumerate() {
        for &(other_at, other_from, other_to, other) in lines[number + 1..].iter().take_while(|line| line.0 - at < 1.5)
        {
            if other != union && other_from.max(from) + 0.5 < other_to.min(to) {
                findings.shared += 1;
                findings.say(format!("{union} and {other} share a line at {at} and {other_at}"));
            }
        }
    }
}

fn adjacency(groups: &[Group], symbols: &HashMap<&str, (Area, usize)>, findings: &mut Findings) {
    let mut unions: HashMap<&str, usize> = HashMap::new();
    for group in groups.iter().filter(|group| group.is("union")) {
        ["data-a", "data-b"].iter().for_each(|name| *unions.entry(group.name(name)).or_default() += 1);
    }
    let mut rows: HashMap<usize, Vec<(f64, &str)>> = HashMap::new();
    symbols.iter().for_each(|(id, (area, generation))| rows.entry(*generation).or_default().push((area[0], id)));
    let mut at: HashMap<&str, usize> = HashMap::new();
    for row in rows.values_mut() {
        row.sort_by(|one, two| one.partial_cmp(two).expect("numbers"));
        row.iter().enumerate().for_each(|(number, (_, id))| _ = at.insert(id, number));
    }
    for group in groups.iter().filter(|group| group.is("union") && !group.names.contains_key("data-across")) {
        let (a, b) = (group.name("data-a"), group.name("data-b"));
        if let (Some(one), Some(two)) = (at.get(a), at.get(b))
            && unions[a] <= 2
            && unions[b] <= 2
            && one.abs_diff(*two) != 1
        {
            findings.apart += 1;
        }
    }
}
