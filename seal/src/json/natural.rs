//! Natural numbers of any size, with the few operations that exact conversion of decimals needs.

use std::cmp::Ordering;

/// So many decimal digits fit into a digit of 32 bits.
const NINE: usize = 9;

/// A natural number: 32-bit digits, least first, no leading zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Natural(Vec<u32>);

impl Natural {
    /// A natural number from a small one.
    pub fn new(value: u64) -> Self {
        #[allow(clippy::cast_possible_truncation, reason = "the two halves")]
        let mut number = Self(vec![value as u32, (value >> 32) as u32]);
        number.trim();
        number
    }

    /// Reads decimal digits, nine at a time.
    pub fn from_digits(digits: &[u8]) -> Self {
        let mut number = Self::new(0);
        for nine in digits.chunks(NINE) {
            let add = nine.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
            number.multiply(power_of_ten(nine.len()), add);
        }
        number
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// Number of bits.
    pub fn bits(&self) -> i64 {
        let last = self.0.last().map_or(0, |digit| 32 - i64::from(digit.leading_zeros()));
        last + 32 * (self.0.len() as i64 - 1).max(0)
    }

    /// Multiplies by a small factor and adds a small number.
    pub fn multiply(&mut self, factor: u32, add: u32) {
        let mut carry = u64::from(add);
        for digit in &mut self.0 {
            let product = u64::from(*digit) * u64::from(factor) + carry;
            #[allow(clippy::cast_possible_truncation, reason = "the lower half")]
            {
                *digit = product as u32;
            }
            carry = product >> 32;
        }
        if carry > 0 {
            self.0.push(u32::try_from(carry).expect("the carry of two 32-bit factors has 32 bits"));
        }
    }

    /// Multiplies by a power of ten, nine zeros at a time.
    pub fn multiply_by_ten_to(&mut self, exponent: i64) {
        let zeros = usize::try_from(exponent).unwrap_or(0);
        for _ in 0..zeros / NINE {
            self.multiply(power_of_ten(NINE), 0);
        }
        self.multiply(power_of_ten(zeros % NINE), 0);
    }

    /// The number times a larger factor.
    pub fn times(&self, factor: u64) -> Self {
        let (mut low, mut high) = (self.clone(), self.shifted(32));
        #[allow(clippy::cast_possible_truncation, reason = "the two halves")]
        {
            low.multiply(factor as u32, 0);
            high.multiply((factor >> 32) as u32, 0);
        }
        let mut product = low.plus(&high);
        product.trim();
        product
    }

    /// How many bits a number lacks so that its highest digit is full, as a divisor's has to be.
    pub fn lacking_bits(&self) -> i64 {
        self.0.last().map_or(0, |digit| i64::from(digit.leading_zeros()))
    }

    /// Divides by a number whose highest digit is full, and keeps the remainder. The quotient has to fit into 64 bits.
    ///
    /// The schoolbook's way (Knuth, The Art of Computer Programming, volume 2, algorithm D): each digit of the quotient is
    /// estimated by the highest digits, which is never too small and at most by two too large.
    pub fn divide(&mut self, by: &Self) -> u64 {
        let (size, top) = (by.0.len(), by.0.last().map_or(1, |digit| u64::from(*digit)));
        self.0.resize(self.0.len().max(size) + 1, 0);
        let mut quotient = 0;
        for at in (0..self.0.len() - size).rev() {
            let part = &mut self.0[at..=at + size];
            let high = u64::from(part[size]) << 32 | part[..size].last().map_or(0, |digit| u64::from(*digit));
            let mut digit = (high / top).min(u64::from(u32::MAX));
            let mut too_large = take(part, &by.0, digit);
            while too_large {
                digit -= 1;
                too_large = !give_back(part, &by.0);
            }
            quotient = quotient << 32 | digit;
        }
        self.trim();
        quotient
    }

    /// The number times a power of two.
    pub fn shifted(&self, bits: i64) -> Self {
        let bits = usize::try_from(bits).expect("shifts go to the left");
        let mut number = Self(vec![0; bits / 32]);
        number.0.extend_from_slice(&self.0);
        number.multiply(1 << (bits % 32), 0);
        number.trim();
        number
    }

    /// The sum.
    pub fn plus(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        sum.0.resize(self.0.len().max(other.0.len()), 0);
        if give_back(&mut sum.0, &other.0) {
            sum.0.push(1);
        }
        sum
    }

    /// Subtracts a number that is not larger.
    pub fn subtract(&mut self, other: &Self) {
        let mut borrow = false;
        for (position, digit) in self.0.iter_mut().enumerate() {
            let (one, first) = digit.overflowing_sub(other.0.get(position).copied().unwrap_or(0));
            let (two, second) = one.overflowing_sub(u32::from(borrow));
            *digit = two;
            borrow = first || second;
        }
        self.trim();
    }
}

/// Takes a multiple of some digits away from others; true where that was more than they are.
fn take(from: &mut [u32], digits: &[u32], times: u64) -> bool {
    let (mut carry, mut below) = (0, false);
    for (position, digit) in from.iter_mut().enumerate() {
        let product = digits.get(position).map_or(0, |other| u64::from(*other) * times) + carry;
        #[allow(clippy::cast_possible_truncation, reason = "the lower half")]
        let (rest, borrow) = digit.overflowing_sub(product as u32);
        (*digit, below) = (rest, borrow);
        carry = (product >> 32) + u64::from(borrow);
    }
    below
}

/// Adds some digits to others; true where that ran over.
fn give_back(to: &mut [u32], digits: &[u32]) -> bool {
    let mut carry = false;
    for (position, digit) in to.iter_mut().enumerate() {
        let (one, first) = digit.overflowing_add(digits.get(position).copied().unwrap_or(0));
        let (two, second) = one.overflowing_add(u32::from(carry));
        *digit = two;
        carry = first || second;
    }
    carry
}

const fn power_of_ten(zeros: usize) -> u32 {
    [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000][zeros]
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
