//! Exact decimal numbers (FHIRPath N1, 4.1.4). No binary fraction is ever used, so a sum of scores or a threshold is what
//! a hand would reckon.

use std::cmp::Ordering;
use std::fmt;

/// Digits behind the point to which quotients and products are kept; sums and literals keep all of theirs.
pub const PLACES: u32 = 16;

/// Most digits behind the point that a number may be given with.
const MOST_PLACES: u32 = 28;

/// Mantissas stay below this, so that a few digits more always fit while reckoning.
const LARGEST: u128 = 10_u128.pow(36);

/// A decimal number: `mantissa / 10^scale`.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    mantissa: i128,
    scale: u32,
}

fn power_of_ten(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

/// Half of the last kept digit and more is rounded away from zero.
fn divide_rounded(mantissa: i128, divisor: i128) -> i128 {
    let (whole, rest) = (mantissa / divisor, mantissa % divisor);
    let away = rest.unsigned_abs() >= divisor.unsigned_abs().div_ceil(2);
    whole + if away { rest.signum() * divisor.signum() } else { 0 }
}

impl Decimal {
    fn new(mantissa: i128, scale: u32) -> Option<Self> {
        let exact = Self { mantissa, scale };
        let kept = if mantissa.unsigned_abs() < LARGEST { exact } else { exact.trimmed() };
        (kept.mantissa.unsigned_abs() < LARGEST).then_some(kept)
    }

    /// A whole number.
    #[must_use]
    pub fn integer(value: i64) -> Self {
        Self { mantissa: value.into(), scale: 0 }
    }

    /// Reads `-12.50` or the number of a JSON text, such as `1e-3`; `None` for other text and for numbers with more than
    /// 36 digits in all or 28 behind the point.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (mut mantissa, mut scale, mut digits, mut point): (i128, i32, usize, bool) = (0, 0, 0, false);
        let mut exponent = "0";
        for (at, byte) in unsigned.bytes().enumerate() {
            match byte {
                b'0'..=b'9' => {
                    mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
                    digits += 1;
                    scale += i32::from(point);
                }
                b'.' if !point && digits > 0 => {
                    (point, digits) = (true, 0);
                }
                b'e' | b'E' => {
                    exponent = &unsigned[at + 1..];
                    break;
                }
                _ => return None,
            }
        }
        let exponent: i32 = exponent.parse().ok().filter(|_| digits > 0)?;
        scale = scale.checked_sub(exponent)?;
        if mantissa == 0 {
            scale = scale.clamp(0, 1);
        }
        if scale < 0 {
            mantissa = mantissa.checked_mul(power_of_ten(scale.unsigned_abs())?)?;
            scale = 0;
        }
        let sign = if text.starts_with('-') { -1 } else { 1 };
        let scale = u32::try_from(scale).ok().filter(|scale| *scale <= MOST_PLACES)?;
        Self::new(sign * mantissa, scale)
    }

    /// The mantissas of two numbers at their common scale.
    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        let raised = |number: Self| number.mantissa.checked_mul(power_of_ten(scale - number.scale)?);
        Some((raised(self)?, raised(other)?, scale))
    }

    /// The sum; `None` when it is too large.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let (one, two, scale) = self.aligned(other)?;
        Self::new(one.checked_add(two)?, scale)
    }

    /// The number with the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { mantissa: -self.mantissa, scale: self.scale }
    }

    /// The product, rounded to [`PLACES`]; `None` when it is too large.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let product = |one: Self, two: Self| {
            Some(Self { mantissa: one.mantissa.checked_mul(two.mantissa)?, scale: one.scale + two.scale })
        };
        let exact = product(self, other).or_else(|| product(self.trimmed(), other.trimmed()))?;
        let kept = if exact.scale > PLACES { exact.rounded(PLACES) } else { exact };
        Self::new(kept.mantissa, kept.scale)
    }

    /// The quotient, rounded to [`PLACES`]; `None` when the divisor is zero or the quotient too large.
    #[must_use]
    pub fn over(self, divisor: Self) -> Option<Self> {
        let (one, two, _) = self.aligned(divisor)?;
        let mut quotient = Self { mantissa: one.checked_div(two)?, scale: 0 };
        let mut rest = one % two;
        // One digit more than is kept, to round by.
        while rest != 0 && quotient.scale <= PLACES {
            rest = rest.checked_mul(10)?;
            quotient.mantissa = quotient.mantissa.checked_mul(10)?.checked_add(rest / two)?;
            quotient.scale += 1;
            rest %= two;
        }
        let kept = quotient.rounded(PLACES).trimmed();
        Self::new(kept.mantissa, kept.scale)
    }

    /// How often the divisor fits in, without a fraction; `None` for a divisor of zero.
    #[must_use]
    pub fn whole_quotient(self, divisor: Self) -> Option<Self> {
        let (one, two, _) = self.aligned(divisor)?;
        Self::new(one.checked_div(two)?, 0)
    }

    /// What is left over by [`Decimal::whole_quotient`].
    #[must_use]
    pub fn remainder(self, divisor: Self) -> Option<Self> {
        let (one, two, scale) = self.aligned(divisor)?;
        Self::new(one.checked_rem(two)?, scale)
    }

    /// Rounded to so many digits behind the point, half away from zero.
    #[must_use]
    pub fn rounded(self, places: u32) -> Self {
        if places >= self.scale {
            return self;
        }
        let divisor = power_of_ten(self.scale - places).unwrap_or(i128::MAX);
        Self { mantissa: divide_rounded(self.mantissa, divisor), scale: places }
    }

    /// The whole numbers next to it towards minus infinity, zero and plus infinity.
    #[must_use]
    pub fn wholes(self) -> [Self; 3] {
        let divisor = power_of_ten(self.scale).unwrap_or(i128::MAX);
        let (whole, rest) = (self.mantissa / divisor, self.mantissa % divisor);
        [whole - i128::from(rest < 0), whole, whole + i128::from(rest > 0)].map(|mantissa| Self { mantissa, scale: 0 })
    }

    /// The same number without zeros at the end of its fraction.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }

    /// Digits behind the point, as it is written.
    #[must_use]
    pub const fn places(self) -> u32 {
        self.scale
    }

    /// The whole number, if it is one that fits, however it is written.
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        let trimmed = self.trimmed();
        i64::try_from(trimmed.mantissa).ok().filter(|_| trimmed.scale == 0)
    }

    /// Orders two numbers by value, however they are written.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        match self.aligned(other) {
            Some((one, two, _)) => one.cmp(&two),
            // Only the number of the smaller scale is raised, and one that grows too large is the larger in size.
            None if self.scale < other.scale => self.mantissa.cmp(&0),
            None => 0.cmp(&other.mantissa),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = self.mantissa.unsigned_abs().to_string();
        let scale = self.scale as usize;
        if scale > 0 {
            while digits.len() <= scale {
                digits.insert(0, '0');
            }
            digits.insert(digits.len() - scale, '.');
        }
        if self.mantissa < 0 {
            f.write_str("-")?;
        }
        f.write_str(&digits)
    }
}
