//! From the text of a pattern to its program.

use super::{Instruction, PatternRefusal};

/// Most instructions of a program.
const MOST_INSTRUCTIONS: usize = 2_000;

/// Deepest nesting of groups.
const DEEPEST: usize = 32;

/// Compiles a pattern, in which `.` stands for line breaks as well or does not.
pub fn compile(text: &str, across_lines: bool) -> Result<Vec<Instruction>, PatternRefusal> {
    let mut compiler = Compiler { rest: text.chars().peekable(), program: Vec::new(), depth: 0, across_lines };
    compiler.alternatives()?;
    if compiler.rest.next().is_some() {
        return Err(PatternRefusal::Unreadable);
    }
    Ok(compiler.program)
}

struct Compiler<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    program: Vec<Instruction>,
    depth: usize,
    across_lines: bool,
}

const DIGITS: &[(char, char)] = &[('0', '9')];
const LETTERS: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
const SPACES: &[(char, char)] = &[('\t', '\r'), (' ', ' '), ('\u{a0}', '\u{a0}'), ('\u{2000}', '\u{200a}')];

type Ranges = (Vec<(char, char)>, bool);

impl Compiler<'_> {
    fn push(&mut self, instruction: Instruction) -> Result<(), PatternRefusal> {
        self.insert(self.program.len(), instruction)
    }

    fn pass(&mut self, c: char) -> bool {
        self.rest.next_if_eq(&c).is_some()
    }

    fn need(&mut self) -> Result<char, PatternRefusal> {
        self.rest.next().ok_or(PatternRefusal::Unreadable)
    }

    /// Puts an instruction before others that were written already. Those only lead among themselves, so they all move.
    fn insert(&mut self, at: usize, instruction: Instruction) -> Result<(), PatternRefusal> {
        if self.program.len() >= MOST_INSTRUCTIONS {
            return Err(PatternRefusal::TooLarge);
        }
        self.program[at..].iter_mut().for_each(|moved| move_by(moved, 0, 1));
        self.program.insert(at, instruction);
        Ok(())
    }

    fn alternatives(&mut self) -> Result<(), PatternRefusal> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(PatternRefusal::TooLarge);
        }
        let mut begin = self.program.len();
        let mut jumps = Vec::new();
        self.sequence()?;
        while self.pass('|') {
            self.insert(begin, Instruction::Split(0, 0))?;
            jumps.push(self.program.len());
            self.push(Instruction::Jump(0))?;
            self.program[begin] = Instruction::Split(begin + 1, self.program.len());
            begin = self.program.len();
            self.sequence()?;
        }
        let end = self.program.len();
        for jump in jumps {
            self.program[jump] = Instruction::Jump(end);
        }
        self.depth -= 1;
        Ok(())
    }

    fn sequence(&mut self) -> Result<(), PatternRefusal> {
        while let Some(c) = self.rest.peek().copied() {
            if matches!(c, '|' | ')') {
                break;
            }
            let begin = self.program.len();
            self.atom()?;
            self.repetition(begin)?;
        }
        Ok(())
    }

    fn atom(&mut self) -> Result<(), PatternRefusal> {
        let instruction = match self.need()? {
            '(' => {
                self.group()?;
                return if self.pass(')') { Ok(()) } else { Err(PatternRefusal::Unreadable) };
            }
            '[' => {
                let (ranges, inverted) = self.class()?;
                Instruction::Character(ranges, inverted)
            }
            '.' if self.across_lines => Instruction::Character(Vec::new(), true),
            '.' => Instruction::Character(vec![('\n', '\n')], true),
            '^' => Instruction::Beginning,
            '$' => Instruction::End,
            '*' | '+' | '?' | '{' => return Err(PatternRefusal::Unreadable),
            '\\' => match self.rest.peek() {
                Some('b') => Instruction::Boundary(true),
                Some('B') => Instruction::Boundary(false),
                _ => {
                    let (ranges, inverted) = self.escape()?;
                    return self.push(Instruction::Character(ranges, inverted));
                }
            },
            c => Instruction::Character(vec![(c, c)], false),
        };
        if matches!(instruction, Instruction::Boundary(_)) {
            self.rest.next();
        }
        self.push(instruction)
    }

    fn group(&mut self) -> Result<(), PatternRefusal> {
        if self.pass('?') {
            match self.need()? {
                ':' => {}
                '=' | '!' => return Err(PatternRefusal::LooksAround),
                '<' if matches!(self.rest.peek(), Some('=' | '!')) => return Err(PatternRefusal::LooksAround),
                '<' => while self.need()? != '>' {},
                c => return Err(PatternRefusal::Group(c)),
            }
        }
        self.alternatives()
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Result<Ranges, PatternRefusal> {
        let c = self.need()?;
        let single = |c: char| Ok((vec![(c, c)], false));
        match c {
            'd' | 'D' => Ok((DIGITS.to_vec(), c == 'D')),
            'w' | 'W' => Ok((LETTERS.to_vec(), c == 'W')),
            's' | 'S' => Ok((SPACES.to_vec(), c == 'S')),
            'n' => single('\n'),
            'r' => single('\r'),
            't' => single('\t'),
            'f' => single('\u{c}'),
            'u' | 'x' => {
                let mut code = 0;
                for _ in 0..if c == 'u' { 4 } else { 2 } {
                    code = code * 16 + self.need()?.to_digit(16).ok_or(PatternRefusal::Unreadable)?;
                }
                char::from_u32(code).map_or(Err(PatternRefusal::Unreadable), single)
            }
            '1'..='9' | 'k' => Err(PatternRefusal::RefersBack),
            c if c.is_ascii_alphanumeric() => Err(PatternRefusal::Escape(c)),
            c => single(c),
        }
    }

    /// What stands behind an opening bracket, up to its end.
    fn class(&mut self) -> Result<Ranges, PatternRefusal> {
        let inverted = self.pass('^');
        let mut ranges = Vec::new();
        let mut first = true;
        loop {
            let c = self.need()?;
            if c == ']' && !first {
                return Ok((ranges, inverted));
            }
            first = false;
            let (found, other) = if c == '\\' { self.escape()? } else { (vec![(c, c)], false) };
            let (begin, end) = *found.first().ok_or(PatternRefusal::Unreadable)?;
            if found.len() > 1 || other || begin != end || !self.pass('-') {
                ranges.extend(if other { complement(&found) } else { found });
                continue;
            }
            // A hyphen at the end stands for itself.
            let last = match self.rest.peek() {
                Some(']') => {
                    ranges.extend([(begin, begin), ('-', '-')]);
                    continue;
                }
                Some('\\') => {
                    self.rest.next();
                    match &*self.escape()?.0 {
                        [(from, to)] if from == to => *from,
                        _ => return Err(PatternRefusal::Unreadable),
                    }
                }
                _ => self.need()?,
            };
            if last < begin {
                return Err(PatternRefusal::Unreadable);
            }
            ranges.push((begin, last));
        }
    }

    /// The quantifiers behind an atom that begins at an instruction.
    fn repetition(&mut self, begin: usize) -> Result<(), PatternRefusal> {
        let (least, most) = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted(begin),
            _ => return Ok(()),
        };
        self.rest.next();
        self.repeated(begin, least, most)
    }

    fn counted(&mut self, begin: usize) -> Result<(), PatternRefusal> {
        self.rest.next();
        let least = self.number()?.ok_or(PatternRefusal::Unreadable)?;
        let most = if self.pass(',') { self.number()? } else { Some(least) };
        if !self.pass('}') || most.is_some_and(|most| most < least) {
            return Err(PatternRefusal::Unreadable);
        }
        self.repeated(begin, least, most)
    }

    fn number(&mut self) -> Result<Option<usize>, PatternRefusal> {
        let mut number = None;
        while let Some(digit) = self.rest.peek().and_then(|c| c.to_digit(10)) {
            self.rest.next();
            number = Some(number.unwrap_or(0) * 10 + digit as usize);
            if number > Some(MOST_INSTRUCTIONS) {
                return Err(PatternRefusal::TooLarge);
            }
        }
        Ok(number)
    }

    /// Writes the atom as often as it has to be there, and then as often as it may be.
    fn repeated(&mut self, begin: usize, least: usize, most: Option<usize>) -> Result<(), PatternRefusal> {
        let lazy = self.pass('?');
        if matches!(self.rest.peek(), Some('*' | '+' | '?' | '{')) {
            return Err(PatternRefusal::Unreadable);
        }
        let atom = self.program.split_off(begin);
        let copy = |compiler: &mut Self| {
            let by = compiler.program.len();
            atom.iter().try_for_each(|instruction| {
                let mut instruction = instruction.clone();
                move_by(&mut instruction, begin, by);
                compiler.push(instruction)
            })
        };
        for _ in 0..least {
            copy(self)?;
        }
        let split = |one: usize, two: usize| {
            if lazy { Instruction::Split(two, one) } else { Instruction::Split(one, two) }
        };
        let mut open = Vec::new();
        for _ in least..most.unwrap_or(least + 1) {
            open.push(self.program.len());
            self.push(Instruction::Jump(0))?;
            copy(self)?;
            if most.is_none() {
                self.push(Instruction::Jump(open[0]))?;
            }
        }
        let end = self.program.len();
        for at in open {
            self.program[at] = split(at + 1, end);
        }
        Ok(())
    }
}

/// Moves where an instruction leads by as much as it was moved itself, `from` one place `to` another.
fn move_by(instruction: &mut Instruction, from: usize, to: usize) {
    match instruction {
        Instruction::Split(one, two) => {
            *one = *one - from + to;
            *two = *two - from + to;
        }
        Instruction::Jump(target) => *target = *target - from + to,
        _ => {}
    }
}

/// All characters outside of these ranges, which are sorted and do not touch.
fn complement(ranges: &[(char, char)]) -> Vec<(char, char)> {
    let mut others = Vec::new();
    let mut next = Some('\0');
    for (begin, end) in ranges {
        let before = char::from_u32((*begin as u32).wrapping_sub(1));
        others.extend(next.zip(before).filter(|(from, to)| from <= to));
        next = char::from_u32(*end as u32 + 1);
    }
    others.extend(next.map(|next| (next, char::MAX)));
    others
}
