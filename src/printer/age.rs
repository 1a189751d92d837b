//! Durations as kubectl shows them: at most two units, coarser the longer they are.

use jiff::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const YEAR: i64 = 365 * DAY;

/// How long before `now` an RFC 3339 time was; `<unknown>` for none, `<invalid>` for what is no time.
pub fn since(time: &str, now: Timestamp) -> String {
    if time.is_empty() {
        return "<unknown>".to_owned();
    }
    time.parse().map_or_else(|_| "<invalid>".to_owned(), |then| apart(then, now))
}

/// The time between two RFC 3339 times, until now without the second; nothing without the first, `<invalid>` for what is no time.
pub(super) fn between(from: &str, to: &str, now: Timestamp) -> String {
    if from.is_empty() {
        return String::new();
    }
    let to = if to.is_empty() { Ok(now) } else { to.parse() };
    from.parse().and_then(|from| to.map(|to| apart(from, to))).unwrap_or_else(|_| "<invalid>".to_owned())
}

/// A fraction of a second before the later time is no second yet; as much after it neither.
fn apart(earlier: Timestamp, later: Timestamp) -> String {
    human_duration(((later.as_millisecond() - earlier.as_millisecond()) / 1000).clamp(-YEAR, 10_000 * YEAR))
}

/// A duration in seconds as text, such as `3s`, `2m5s`, `15m`, `3h12m`, `2d4h`, `15d`, `2y10d`. Source: apimachinery `util/duration`.
pub fn human_duration(seconds: i64) -> String {
    match seconds {
        ..-1 => "<invalid>".to_owned(),
        -1 => "0s".to_owned(),
        _ if seconds < 2 * MINUTE => format!("{seconds}s"),
        _ if seconds < 10 * MINUTE => two(seconds / MINUTE, "m", seconds % MINUTE, "s"),
        _ if seconds < 3 * HOUR => format!("{}m", seconds / MINUTE),
        _ if seconds < 8 * HOUR => two(seconds / HOUR, "h", seconds % HOUR / MINUTE, "m"),
        _ if seconds < 2 * DAY => format!("{}h", seconds / HOUR),
        _ if seconds < 8 * DAY => two(seconds / DAY, "d", seconds % DAY / HOUR, "h"),
        _ if seconds < 2 * YEAR => format!("{}d", seconds / DAY),
        _ if seconds < 8 * YEAR => two(seconds / YEAR, "y", seconds % YEAR / DAY, "d"),
        _ => format!("{}y", seconds / YEAR),
    }
}

fn two(large: i64, unit: &str, small: i64, small_unit: &str) -> String {
    if small == 0 { format!("{large}{unit}") } else { format!("{large}{unit}{small}{small_unit}") }
}
