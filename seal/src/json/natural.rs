//! Natural numbers of any size, with the few operations that exact conversion of decimals needs.

use std::cmp::Ordering;

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

    /// Reads decimal digits.
    pub fn from_digits(digits: &[u8]) -> Self {
        let mut number = Self::new(0);
        for digit in digits {
            number.multiply(10, u32::from(digit - b'0'));
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

    /// Multiplies by a power of ten.
    pub fn multiply_by_ten_to(&mut self, exponent: i64) {
        for _ in 0..exponent {
            self.multiply(10, 0);
        }
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
        let mut carry = false;
        for (position, digit) in sum.0.iter_mut().enumerate() {
            let (one, first) = digit.overflowing_add(other.0.get(position).copied().unwrap_or(0));
            let (two, second) = one.overflowing_add(u32::from(carry));
            *digit = two;
            carry = first || second;
        }
        if carry {
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
