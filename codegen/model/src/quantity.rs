//! Amounts of resources, `100m` or `1.5Gi`: parsing, the canonical form, and comparison. Source of the rules: apimachinery's `resource.Quantity`.

use std::cmp::Ordering;
use std::fmt;

/// The suffixes by powers of ten, and of two.
const DECIMAL: [(&str, i64); 10] =
    [("n", -9), ("u", -6), ("m", -3), ("", 0), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18)];
const BINARY: [(&str, u32); 6] = [("Ki", 1), ("Mi", 2), ("Gi", 3), ("Ti", 4), ("Pi", 5), ("Ei", 6)];
/// The finest amount, as a power of ten.
const NANO: i64 = -9;
/// The largest amount that a binary suffix can say.
const MOST_BINARY: u64 = i64::MAX as u64;

/// An amount of any size, in steps of a billionth.
#[derive(Clone, Debug)]
pub struct Amount {
    negative: bool,
    /// Decimal digits without leading zeros; none for zero.
    digits: Vec<u8>,
    /// The digits count this power of ten.
    exponent: i64,
    format: Format,
}

/// The family of suffixes that an amount was written with, and is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `12e6`
    DecimalExponent,
    /// `12Mi`
    BinarySi,
    /// `12M`
    DecimalSi,
}

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityError {
    /// It is not number and suffix.
    Format,
    /// It has a suffix that nobody knows.
    Suffix,
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Format => "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
            Self::Suffix => "unable to parse quantity's suffix",
        })
    }
}

impl std::error::Error for QuantityError {}

/// The canonical form of an amount: no fraction, and the largest suffix that allows it.
pub fn canonical(text: &str) -> Result<String, QuantityError> {
    if is_plainly_canonical(text) {
        return Ok(text.to_owned());
    }
    let parts = split(text)?;
    if parts.stays() {
        return Ok(text.to_owned());
    }
    parse(text).map(|amount| amount.to_string())
}

/// Whether a short text is canonical at first sight; most are.
fn is_plainly_canonical(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, suffix) = text.split_at(digits);
    if !(1..=12).contains(&digits) || number.starts_with('0') {
        return text == "0";
    }
    let Ok(number) = number.parse::<u64>() else { return false };
    match BINARY.iter().find(|(name, _)| *name == suffix) {
        Some((_, power)) => number % 1024 != 0 && number <= MOST_BINARY >> (10 * power),
        None => number % 1000 != 0 && DECIMAL.iter().any(|(name, _)| *name == suffix),
    }
}

/// Reads an amount. What is finer than a billionth is rounded away from zero; binary amounts are capped at 2^63-1.
pub fn parse(text: &str) -> Result<Amount, QuantityError> {
    let parts = split(text)?;
    let (format, scale) = suffix(parts.suffix)?;
    let mut digits: Vec<u8> = parts.whole.bytes().chain(parts.fraction.bytes()).map(|digit| digit - b'0').collect();
    let mut exponent = -(parts.fraction.len() as i64);
    match scale {
        Scale::Ten(power) => exponent += power,
        Scale::Kibi(power) => (0..power).for_each(|_| multiply(&mut digits, 1024)),
    }
    let mut amount = Amount { negative: parts.negative, digits, exponent, format };
    amount.settle();
    Ok(amount)
}

struct Parts<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
    suffix: &'a str,
}

impl Parts<'_> {
    /// Whether Go keeps a decimal text as it came: its digits count a power of a thousand, and fill it.
    fn stays(&self) -> bool {
        let Ok((Format::DecimalSi | Format::DecimalExponent, Scale::Ten(power))) = suffix(self.suffix) else { return false };
        let whole = self.whole.trim_start_matches('0');
        let power = power - self.fraction.len() as i64;
        let digits = || whole.bytes().chain(self.fraction.bytes());
        !whole.is_empty()
            && whole.len() + self.fraction.len() <= 18
            && power >= NANO
            && power % 3 == 0
            && !(digits().count() >= 3 && digits().rev().take(3).all(|digit| digit == b'0'))
    }
}

fn split(text: &str) -> Result<Parts<'_>, QuantityError> {
    if text.is_empty() {
        return Err(QuantityError::Format);
    }
    let negative = text.starts_with('-');
    let rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, rest) = take_digits(rest);
    let (fraction, suffix) = rest.strip_prefix('.').map_or(("", rest), take_digits);
    let exponent = suffix.trim_start_matches(['e', 'E', 'i', 'n', 'u', 'm', 'k', 'K', 'M', 'G', 'T', 'P']);
    let (_, after) = take_digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent));
    if after.is_empty() { Ok(Parts { negative, whole, fraction, suffix }) } else { Err(QuantityError::Format) }
}

fn take_digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

enum Scale {
    Ten(i64),
    Kibi(u32),
}

fn suffix(text: &str) -> Result<(Format, Scale), QuantityError> {
    if let Some((_, power)) = DECIMAL.iter().find(|(name, _)| *name == text) {
        return Ok((Format::DecimalSi, Scale::Ten(*power)));
    }
    if let Some((_, power)) = BINARY.iter().find(|(name, _)| *name == text) {
        return Ok((Format::BinarySi, Scale::Kibi(*power)));
    }
    let exponent = text.strip_prefix(['e', 'E']).and_then(|exponent| exponent.parse::<i32>().ok());
    exponent.map(|exponent| (Format::DecimalExponent, Scale::Ten(i64::from(exponent)))).ok_or(QuantityError::Suffix)
}

/// Multiplies decimal digits by a small number.
fn multiply(digits: &mut Vec<u8>, factor: u32) {
    let mut carry = 0;
    for digit in digits.iter_mut().rev() {
        let product = u32::from(*digit) * factor + carry;
        *digit = (product % 10) as u8;
        carry = product / 10;
    }
    while carry > 0 {
        digits.insert(0, (carry % 10) as u8);
        carry /= 10;
    }
}

impl Amount {
    /// Brings an amount as written into the bounds, and its digits into shape.
    fn settle(&mut self) {
        self.trim();
        if self.exponent < NANO {
            self.round_up_to_nano();
        }
        if self.format == Format::BinarySi {
            if self.magnitude_cmp(MOST_BINARY) == Ordering::Greater {
                self.digits = digits_of(MOST_BINARY);
                self.exponent = 0;
            }
            if self.magnitude_cmp(1) == Ordering::Less && !self.digits.is_empty() {
                self.format = Format::DecimalSi;
            }
        }
    }

    /// Without zeros at either end.
    fn trim(&mut self) {
        let leading = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..leading);
        while self.digits.last() == Some(&0) {
            self.digits.pop();
            self.exponent += 1;
        }
        if self.digits.is_empty() {
            self.exponent = 0;
            self.negative = false;
        }
    }

    fn round_up_to_nano(&mut self) {
        let excess = usize::try_from(NANO - self.exponent).unwrap_or(usize::MAX);
        let kept = self.digits.len().saturating_sub(excess);
        // Trimmed digits end in something other than zero, so what is cut off is never nothing.
        self.digits.truncate(kept);
        self.exponent = NANO;
        let mut at = kept;
        loop {
            if at == 0 {
                self.digits.insert(0, 1);
                break;
            }
            at -= 1;
            if self.digits[at] < 9 {
                self.digits[at] += 1;
                break;
            }
            self.digits[at] = 0;
        }
        self.trim();
    }

    /// The family of suffixes it is written in.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Whether it is nothing.
    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// The whole number it is; `None` for fractions and what 64 bits cannot hold.
    pub fn to_i64(&self) -> Option<i64> {
        let magnitude = i128::from(self.whole()?);
        i64::try_from(if self.negative { -magnitude } else { magnitude }).ok()
    }

    /// The size as a whole number.
    fn whole(&self) -> Option<u64> {
        let zeros = usize::try_from(self.exponent).ok().filter(|zeros| self.digits.len() + zeros <= 20)?;
        self.digits
            .iter()
            .copied()
            .chain(std::iter::repeat_n(0, zeros))
            .try_fold(0_u64, |value, digit| value.checked_mul(10)?.checked_add(u64::from(digit)))
    }

    fn magnitude_cmp(&self, other: u64) -> Ordering {
        compare(&self.digits, self.exponent, &digits_of(other), 0)
    }
}

fn digits_of(number: u64) -> Vec<u8> {
    if number == 0 { Vec::new() } else { number.to_string().bytes().map(|digit| digit - b'0').collect() }
}

/// Compares two sizes: digits without leading zeros, and the power of ten they count.
fn compare(left: &[u8], left_exponent: i64, right: &[u8], right_exponent: i64) -> Ordering {
    if left.is_empty() || right.is_empty() {
        return left.len().cmp(&right.len());
    }
    let (left_order, right_order) = (left.len() as i64 + left_exponent, right.len() as i64 + right_exponent);
    left_order.cmp(&right_order).then_with(|| {
        let digit = |digits: &[u8], at: usize| digits.get(at).copied().unwrap_or(0);
        (0..left.len().max(right.len()))
            .map(|at| digit(left, at).cmp(&digit(right, at)))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    })
}

impl PartialEq for Amount {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Amount {}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Amount {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = || compare(&self.digits, self.exponent, &other.digits, other.exponent);
        match (self.negative, other.negative) {
            (false, false) => size(),
            (true, true) => size().reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

/// The canonical form.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_zero() {
            return f.write_str("0");
        }
        if self.negative {
            f.write_str("-")?;
        }
        match self.binary() {
            Some((number, power)) => write!(f, "{number}{}", if power == 0 { "" } else { BINARY[power - 1].0 }),
            None => self.write_decimal(f),
        }
    }
}

impl Amount {
    /// Number and power of 1024, when a binary suffix can say it.
    fn binary(&self) -> Option<(u64, usize)> {
        let mut number = self.whole().filter(|number| self.format == Format::BinarySi && *number >= 1024)?;
        let mut power = 0;
        while number % 1024 == 0 && power < BINARY.len() {
            number /= 1024;
            power += 1;
        }
        Some((number, power))
    }

    fn write_decimal(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exponent = self.exponent.div_euclid(3) * 3;
        // Beyond the largest suffix the number grows instead; Go would leave the suffix out there.
        let exponent = if self.format == Format::DecimalExponent { exponent } else { exponent.min(18) };
        for digit in &self.digits {
            write!(f, "{digit}")?;
        }
        for _ in exponent..self.exponent {
            f.write_str("0")?;
        }
        match self.format {
            Format::DecimalExponent if exponent == 0 => Ok(()),
            Format::DecimalExponent => write!(f, "e{exponent}"),
            _ => f.write_str(DECIMAL.iter().find(|(_, power)| *power == exponent).map_or("", |(name, _)| name)),
        }
    }
}
