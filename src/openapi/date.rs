//! HTTP dates. Source: RFC 9110, section 5.6.7.

use jiff::Timestamp;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

/// The preferred form: `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(super) fn format(time: Timestamp) -> String {
    written(time, "GMT")
}

/// The form with `UTC` in place of `GMT`, as Kubernetes writes expiry dates.
pub(super) fn format_utc(time: Timestamp) -> String {
    written(time, "UTC")
}

fn written(time: Timestamp, zone: &str) -> String {
    format!("{} {zone}", time.to_zoned_datetime(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S"))
}

/// Seconds since 1970 of a date in any of the three forms that HTTP knows.
pub(super) fn parse(text: &str) -> Option<i64> {
    let forms = ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];
    forms.into_iter().find_map(|form| {
        let time = strtime::parse(form, text).ok()?.to_datetime().ok()?;
        Some(time.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp().as_second())
    })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    #[test]
    fn dates() -> Result<(), jiff::Error> {
        let time = Timestamp::from_second(784_111_777)?;
        assert_eq!(super::format(time), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(super::format_utc(time), "Sun, 06 Nov 1994 08:49:37 UTC");
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(super::parse(text), Some(784_111_777), "{text}");
        }
        assert_eq!(super::parse("yesterday"), None);
        Ok(())
    }
}
