//! Patterns for texts (FHIR R4, extension `regex`; FHIRPath N1, 5.6.9), matched in time linear in the text.
//!
//! A pattern becomes a small program, and all its ways through a text are followed at once, a character at a time. So no
//! pattern can make a form hang, whatever it is. What would need another way of matching, looking around and references
//! back, is refused by name.

mod compile;

/// Why a pattern cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternRefusal {
    /// Looking ahead or behind, which linear matching cannot do.
    #[error("it looks around")]
    LooksAround,
    /// A reference back to a group, which linear matching cannot do.
    #[error("it refers back to a group")]
    RefersBack,
    /// An escape of a letter that the engine does not know.
    #[error("“\\{0}” is not supported")]
    Escape(char),
    /// A kind of group that the engine does not know.
    #[error("“(?{0}” is not supported")]
    Group(char),
    /// It is no pattern: a bracket is not closed, there is nothing to repeat, a range runs backwards.
    #[error("it cannot be read")]
    Unreadable,
    /// It is longer, deeper or repeats more often than the engine follows.
    #[error("it is too large")]
    TooLarge,
}

/// One instruction of a program.
#[derive(Clone, Debug)]
enum Instruction {
    /// One character of these ranges, or of all others.
    Character(Vec<(char, char)>, bool),
    /// Go on at both places, the first preferred.
    Split(usize, usize),
    Jump(usize),
    Beginning,
    End,
    /// Between a letter and none, or not.
    Boundary(bool),
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    program: Vec<Instruction>,
}

/// The ways through the program that are open at one place of the text: each instruction with where its match began.
struct Threads {
    list: Vec<(usize, usize)>,
    /// For each instruction the place at which it was last reached.
    reached: Vec<usize>,
}

fn is_in(c: char, ranges: &[(char, char)]) -> bool {
    ranges.iter().any(|(from, to)| (*from..=*to).contains(&c))
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Refuses what is no pattern, what linear matching cannot do, and what is too large.
    #[inline(never)] // An entry of tools/parts.json.
    pub fn compile(text: &str) -> Result<Self, PatternRefusal> {
        compile::compile(text, false).map(|program| Self { program })
    }

    /// The same for a pattern in which `.` also stands for a line break, as in FHIRPath.
    ///
    /// # Errors
    /// As [`Pattern::compile`].
    pub fn across_lines(text: &str) -> Result<Self, PatternRefusal> {
        compile::compile(text, true).map(|program| Self { program })
    }

    /// Whether there is nothing in it to match.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.program.is_empty()
    }

    /// How much a character of a text costs at most, in instructions looked at.
    #[must_use]
    pub fn cost(&self) -> usize {
        self.program.len() + 1
    }

    /// Whether the whole text matches.
    #[must_use]
    #[inline(never)] // As `compile`.
    pub fn matches_whole(&self, text: &str) -> bool {
        self.run(text, 0, true).is_some()
    }

    /// The first match that begins at a byte or later: where it begins and ends, in bytes.
    #[must_use]
    pub fn find(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        self.run(text, from, false)
    }

    fn run(&self, text: &str, from: usize, whole: bool) -> Option<(usize, usize)> {
        let mut threads = Threads { list: Vec::new(), reached: vec![usize::MAX; self.program.len() + 1] };
        let mut found = None;
        let mut at = from;
        loop {
            let c = text.get(at..)?.chars().next();
            if found.is_none() && (!whole || at == from) {
                self.follow(&mut threads, 0, at, text, at);
            }
            let open = std::mem::take(&mut threads.list);
            let next = at + c.map_or(1, char::len_utf8);
            for (position, begin) in open {
                match self.program.get(position) {
                    // Ways behind this one are less preferred than the match it found.
                    None if !whole || c.is_none() => {
                        found = Some((begin, at));
                        break;
                    }
                    Some(Instruction::Character(ranges, inverted))
                        if c.is_some_and(|c| is_in(c, ranges) != *inverted) =>
                    {
                        self.follow(&mut threads, position + 1, begin, text, next);
                    }
                    _ => {}
                }
            }
            if c.is_none() || (threads.list.is_empty() && (whole || found.is_some())) {
                return found;
            }
            at = next;
        }
    }

    /// Opens a way at an instruction, through all that reads no character.
    fn follow(&self, threads: &mut Threads, position: usize, begin: usize, text: &str, at: usize) {
        let mut open = vec![position];
        while let Some(position) = open.pop() {
            if threads.reached[position] == at {
                continue;
            }
            threads.reached[position] = at;
            let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
            let passes = match self.program.get(position) {
                Some(Instruction::Split(one, two)) => {
                    open.extend([*two, *one]);
                    continue;
                }
                Some(Instruction::Jump(target)) => {
                    open.push(*target);
                    continue;
                }
                Some(Instruction::Beginning) => at == 0,
                Some(Instruction::End) => at == text.len(),
                Some(Instruction::Boundary(wanted)) => {
                    let (before, behind) = (text[..at].chars().next_back(), text[at..].chars().next());
                    (letter(before) != letter(behind)) == *wanted
                }
                _ => {
                    threads.list.push((position, begin));
                    continue;
                }
            };
            if passes {
                open.push(position + 1);
            }
        }
    }
}
