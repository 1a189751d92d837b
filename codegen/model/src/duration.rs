//! Lengths of time as Go writes them, `1h30m0s`: nanoseconds in 64 bits. Source: Go's `time.ParseDuration` and `Duration.String`.

const SECOND: u64 = 1_000_000_000;

/// Reads a length of time: nanoseconds. The error is Go's text.
pub fn parse(text: &str) -> Result<i64, String> {
    let invalid = || format!("time: invalid duration {text:?}");
    let negative = text.starts_with('-');
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let mut total = 0_u64;
    while !rest.is_empty() {
        let (whole, after) = digits(rest);
        let (fraction, after) = after.strip_prefix('.').map_or(("", after), digits);
        if whole.is_empty() && fraction.is_empty() {
            return Err(invalid());
        }
        let (name, after) = after.split_at(after.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(after.len()));
        if name.is_empty() {
            return Err(format!("time: missing unit in duration {text:?}"));
        }
        let unit = unit(name).ok_or_else(|| format!("time: unknown unit {name:?} in duration {text:?}"))?;
        let whole = if whole.is_empty() { Some(0) } else { whole.parse::<u64>().ok().and_then(|whole| whole.checked_mul(unit)) };
        let part = whole.and_then(|whole| whole.checked_add(scaled(fraction, unit)));
        total = part.and_then(|part| total.checked_add(part)).filter(|total| *total <= 1 << 63).ok_or_else(invalid)?;
        rest = after;
    }
    let nanos = if negative { -i128::from(total) } else { i128::from(total) };
    i64::try_from(nanos).map_err(|_| invalid())
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

fn unit(name: &str) -> Option<u64> {
    Some(match name {
        "ns" => 1,
        "us" | "µs" | "μs" => 1000,
        "ms" => 1_000_000,
        "s" => SECOND,
        "m" => 60 * SECOND,
        "h" => 3600 * SECOND,
        _ => return None,
    })
}

/// A decimal fraction of a unit, cut off to nanoseconds.
fn scaled(fraction: &str, unit: u64) -> u64 {
    let digits = &fraction[..fraction.len().min(18)];
    let number: u128 = digits.parse().unwrap_or(0);
    (number * u128::from(unit) / 10_u128.pow(digits.len() as u32)) as u64
}

/// The text of a length of time in nanoseconds.
pub fn format(nanos: i64) -> String {
    let sign = if nanos < 0 { "-" } else { "" };
    let size = nanos.unsigned_abs();
    match size {
        0 => "0s".to_owned(),
        1..1000 => format!("{sign}{size}ns"),
        1000..1_000_000 => format!("{sign}{}µs", decimal(size, 1000)),
        1_000_000..SECOND => format!("{sign}{}ms", decimal(size, 1_000_000)),
        _ => {
            let (hours, minutes) = (size / (3600 * SECOND), size / (60 * SECOND) % 60);
            let seconds = decimal(size % (60 * SECOND), SECOND);
            match (hours, minutes) {
                (0, 0) => format!("{sign}{seconds}s"),
                (0, _) => format!("{sign}{minutes}m{seconds}s"),
                _ => format!("{sign}{hours}h{minutes}m{seconds}s"),
            }
        }
    }
}

/// A number of units with the fraction that is needed.
fn decimal(size: u64, unit: u64) -> String {
    let (whole, rest) = (size / unit, size % unit);
    if rest == 0 {
        return whole.to_string();
    }
    let width = unit.ilog10() as usize;
    let fraction = format!("{rest:0width$}");
    format!("{whole}.{}", fraction.trim_end_matches('0'))
}
