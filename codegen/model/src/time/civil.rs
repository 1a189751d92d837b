//! Seconds since 1970 and their text, the form that nearly every timestamp has, `2006-01-02T15:04:05Z`, without detours.

use super::ZERO;

/// Length of a point in time in whole seconds.
pub const SECOND: usize = 20;

/// The last second that can be written, `9999-12-31T23:59:59Z`.
const LAST: i64 = 253_402_300_799;
const DAY: i64 = 86_400;
/// Days from the first of March of year 0 to 1970, and in 400 years.
const TO_1970: i64 = 719_468;
const ERA: i64 = 146_097;
/// Days before each month of a year that starts in March.
const BEFORE: [i64; 12] = [0, 31, 61, 92, 122, 153, 184, 214, 245, 275, 306, 337];

/// The text of a second. What has no text is the nearest that has one.
pub(super) fn write(seconds: i64) -> [u8; SECOND] {
    let seconds = seconds.clamp(ZERO - 366 * DAY, LAST);
    let (day, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let (year, month, day) = date(day);
    let mut text = *b"0000-00-00T00:00:00Z";
    let mut two = |at: usize, number: i64| {
        text[at] = b'0' + (number / 10) as u8;
        text[at + 1] = b'0' + (number % 10) as u8;
    };
    two(0, year / 100);
    two(2, year % 100);
    two(5, month);
    two(8, day);
    two(11, second / 3600);
    two(14, second / 60 % 60);
    two(17, second % 60);
    text
}

/// Year, month and day of a day since 1970.
fn date(day: i64) -> (i64, i64, i64) {
    let day = day + TO_1970;
    let (era, day) = (day.div_euclid(ERA), day.rem_euclid(ERA));
    // Leap days come every 4 years but not every 100, counted from the end of an era.
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day_of_month = day - BEFORE[month as usize % 12] + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (year + era * 400 + next, month, day_of_month)
}

/// The second that a text of exactly this form means; `None` when it has another form or there is no such second.
pub(super) fn read(text: &[u8]) -> Option<i64> {
    let text: &[u8; SECOND] = text.try_into().ok()?;
    let fits =
        text.iter().zip(b"0000-00-00T00:00:00Z").all(|(byte, form)| if *form == b'0' { byte.is_ascii_digit() } else { byte == form });
    if !fits {
        return None;
    }
    let two = |at: usize| i64::from(text[at] - b'0') * 10 + i64::from(text[at + 1] - b'0');
    let (year, month, day) = (two(0) * 100 + two(2), two(5), two(8));
    let (hour, minute, second) = (two(11), two(14), two(17));
    let exists = (1..=12).contains(&month) && (1..=days(year, month)).contains(&day) && hour < 24 && minute < 60 && second < 60;
    exists.then(|| day_number(year, month, day) * DAY + hour * 3600 + minute * 60 + second)
}

fn days(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn day_number(year: i64, month: i64, day: i64) -> i64 {
    // A year that starts in March has its leap day at its end.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + BEFORE[month as usize % 12] + day - 1 - TO_1970
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use jiff::civil::DateTime;

    use super::*;

    const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

    /// What an independent calendar says.
    fn reference(seconds: i64) -> String {
        let at = EPOCH.checked_add(SignedDuration::from_secs(seconds)).expect("in range");
        format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", at.year(), at.month(), at.day(), at.hour(), at.minute(), at.second())
    }

    #[test]
    fn every_day_is_written_and_read() {
        let first = (ZERO - 366 * DAY) / DAY;
        for day in first..=LAST / DAY {
            let seconds = day * DAY + day.rem_euclid(DAY);
            let text = write(seconds);
            assert_eq!(read(&text), Some(seconds), "{}", String::from_utf8_lossy(&text));
            if day % 17 == 0 || day > 0 && day < 2000 {
                assert_eq!(String::from_utf8_lossy(&text), reference(seconds));
            }
        }
    }

    #[test]
    fn what_is_out_of_range_is_written_as_the_nearest() {
        assert_eq!(&write(i64::MIN), b"0000-01-01T00:00:00Z");
        assert_eq!(&write(i64::MAX), b"9999-12-31T23:59:59Z");
    }

    #[test]
    fn other_forms_and_other_days_are_left_to_the_reader_of_all_forms() {
        for text in [
            "2023-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2024-13-01T00:00:00Z",
            "2024-01-00T00:00:00Z",
            "2024-04-31T00:00:00Z",
            "2024-01-01T24:00:00Z",
            "2024-01-01T00:60:00Z",
            "2024-01-01T00:00:60Z",
            "2024-01-01t00:00:00Z",
            "2024-01-01T00:00:00+00:00",
            "",
        ] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
        assert_eq!(read(b"2024-02-29T00:00:00Z"), Some(1_709_164_800));
        assert_eq!(read(b"2000-02-29T00:00:00Z"), Some(951_782_400));
    }
}
