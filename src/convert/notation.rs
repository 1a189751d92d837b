//! Numbers in two units, and quantities, lengths of time and moments as numbers. Nothing overflows: what does not fit becomes the nearest that does.

use kubewright_model::quantity;

use crate::special::{Duration, MicroTime, Quantity, Time};

/// Billionths in one.
const ONE: i128 = 1_000_000_000;

/// The nearest 32-bit integer.
pub fn narrow(value: i64) -> i32 {
    i32::try_from(value).unwrap_or(if value < 0 { i32::MIN } else { i32::MAX })
}

/// A number times a fraction, without what is left over.
pub fn scale(value: i64, times: i64, over: i64) -> i64 {
    let exact = i128::from(value) * i128::from(times);
    nearest(exact.checked_div(i128::from(over)).unwrap_or_default())
}

fn nearest(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

/// How many units of so many nanoseconds a length of time has.
pub fn duration_count(duration: Duration, nanos: i64) -> i64 {
    duration.0.checked_div(nanos).unwrap_or_default()
}

/// The length of time of so many units.
pub fn duration_of(count: i64, nanos: i64) -> Duration {
    Duration(count.saturating_mul(nanos))
}

/// How many units of so many billionths a quantity has.
#[expect(clippy::needless_pass_by_value, reason = "generated code moves values along")]
pub fn quantity_count(amount: Quantity, nanos: i64) -> i64 {
    let billionths = nanos_of(amount.as_str());
    nearest(billionths.checked_div(i128::from(nanos)).unwrap_or_default())
}

/// The quantity of so many units of so many billionths.
pub fn quantity_of(count: i64, nanos: i64) -> Quantity {
    let billionths = i128::from(count) * i128::from(nanos);
    let (whole, rest) = (billionths / ONE, billionths % ONE);
    let text = if rest == 0 { whole.to_string() } else { format!("{billionths}n") };
    text.parse().unwrap_or_default()
}

/// A quantity in billionths; the nearest that fits.
fn nanos_of(text: &str) -> i128 {
    let Ok(amount) = quantity::parse(text) else { return 0 };
    if let Some(whole) = amount.to_i64() {
        return i128::from(whole) * ONE;
    }
    let (number, suffix) = text.split_at(text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len()));
    let unit = match suffix {
        "n" => 1.0,
        "u" => 1e3,
        "m" => 1e6,
        "" => 1e9,
        _ => return i128::from(i64::MAX) * ONE,
    };
    number.parse::<f64>().map_or(0, |number| (number * unit).round() as i128)
}

/// A moment: seconds since 1970 and microseconds.
pub trait Moment: Sized {
    /// Seconds and microseconds; `None` when it is unset.
    fn parts(self) -> Option<(i64, u32)>;
    /// The moment of these; the default for none.
    fn of(parts: Option<(i64, u32)>) -> Self;
}

impl Moment for Time {
    fn parts(self) -> Option<(i64, u32)> {
        (!self.is_zero()).then(|| (self.unix(), 0))
    }
    fn of(parts: Option<(i64, u32)>) -> Self {
        parts.map_or_else(Self::default, |(seconds, _)| Self::from_unix(seconds))
    }
}

impl Moment for MicroTime {
    fn parts(self) -> Option<(i64, u32)> {
        (!self.is_zero()).then(|| self.unix())
    }
    fn of(parts: Option<(i64, u32)>) -> Self {
        parts.map_or_else(Self::default, |(seconds, micros)| Self::from_unix(seconds, micros))
    }
}

/// How many units of so many nanoseconds lie between 1970 and a moment; 0 when it is unset.
pub fn time_count<T: Moment>(time: T, nanos: i64) -> i64 {
    let Some((seconds, micros)) = time.parts() else { return 0 };
    let all = i128::from(seconds) * ONE + i128::from(micros) * 1000;
    nearest(all.checked_div_euclid(i128::from(nanos)).unwrap_or_default())
}

/// The moment so many units of so many nanoseconds after 1970; unset for 0.
pub fn time_of<T: Moment>(count: i64, nanos: i64) -> T {
    if count == 0 {
        return T::of(None);
    }
    let all = i128::from(count) * i128::from(nanos);
    let micros = u32::try_from(all.rem_euclid(ONE) / 1000).unwrap_or_default();
    T::of(Some((nearest(all.div_euclid(ONE)), micros)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units() {
        assert_eq!([scale(1500, 1, 1000), scale(2, 1000, 1), scale(i64::MAX, 1000, 1), scale(1, 1, 0)], [1, 2000, i64::MAX, 0]);
        assert_eq!(duration_count(Duration(90_000_000_000), 60_000_000_000), 1);
        assert_eq!(duration_of(i64::MAX, 1_000_000_000).0, i64::MAX);
        for (text, unit, count, back) in [
            ("1500m", 1_000_000, 1500, "1500m"),
            ("2", 1_000_000_000, 2, "2"),
            ("1Ki", 1_000_000_000, 1024, "1024"),
            ("100Ei", 1_000_000_000, i64::MAX, "9223372036854775807"),
            ("0.5", 1_000_000, 500, "500m"),
        ] {
            let quantity: Quantity = text.parse().unwrap_or_default();
            assert_eq!(quantity_count(quantity, unit), count, "{text}");
            assert_eq!(quantity_of(count, unit), back.parse().unwrap_or_default(), "{text}");
        }
    }

    #[test]
    fn moments() {
        let time = Time::from_unix(90);
        assert_eq!((time_count(time, 1_000_000_000), time_count(time, 60_000_000_000)), (90, 1));
        assert_eq!(time_of::<Time>(90, 1_000_000_000), time);
        assert_eq!((time_of::<Time>(0, 1_000_000_000), time_count(Time::default(), 1)), (Time::default(), 0));
        let micro: MicroTime = time_of(-1_500, 1_000_000);
        assert_eq!(time_count(micro, 1_000_000), -1_500);
        assert_eq!(time_of::<Time>(i64::MAX, i64::MAX).unix(), i64::MAX);
    }
}
