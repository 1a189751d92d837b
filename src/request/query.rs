//! Query parameters, read as leniently as Kubernetes does.

/// The parameters of a query in the order they were sent. Source: Go `net/url` `ParseQuery`, whose errors the server ignores.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    raw: String,
    pairs: Vec<(String, String)>,
}

impl Query {
    /// Reads a raw query. Parts with `;` or a malformed escape are left out.
    pub fn parse(raw: &str) -> Self {
        let pairs = raw.split('&').filter(|part| !part.is_empty() && !part.contains(';')).filter_map(pair).collect();
        Self { raw: raw.to_owned(), pairs }
    }

    /// The query as it was sent.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The first value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a parameter.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A boolean parameter: false when absent, `0` or `false` in any case; true for anything else, also when empty.
    pub fn flag(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value != "0" && !value.eq_ignore_ascii_case("false"))
    }

    /// The names of the parameters sent, in order, repeated ones repeatedly.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().map(|(key, _)| key.as_str())
    }
}

fn pair(part: &str) -> Option<(String, String)> {
    let (key, value) = part.split_once('=').unwrap_or((part, ""));
    Some((unescape(key, true)?, unescape(value, true)?))
}

/// Undoes percent-encoding; `plus` reads `+` as a space. `None` for a malformed escape. Bytes that are no UTF-8 become U+FFFD.
pub(super) fn unescape(text: &str, plus: bool) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        match first {
            b'%' => {
                let [high, low, tail @ ..] = rest else { return None };
                out.push((hex(*high)? << 4) | hex(*low)?);
                rest = tail;
            }
            b'+' if plus => out.push(b' '),
            byte => out.push(*byte),
        }
    }
    Some(String::from_utf8_lossy(&out).into_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

#[cfg(test)]
mod tests {
    use super::Query;

    #[test]
    fn parameters_are_read_leniently() {
        let cases: &[(&str, &[(&str, &str)])] = &[
            ("", &[]),
            ("&&", &[]),
            ("limit=500&watch=True", &[("limit", "500"), ("watch", "True")]),
            ("labelSelector=a%3Db%2Cc&x=1+2", &[("labelSelector", "a=b,c"), ("x", "1 2")]),
            ("a=%zz&b=1", &[("b", "1")]),
            ("a=1;b=2&c=3", &[("c", "3")]),
            ("a=%4", &[]),
            ("watch", &[("watch", "")]),
            ("a=b=c", &[("a", "b=c")]),
        ];
        for (raw, want) in cases {
            let query = Query::parse(raw);
            let got: Vec<_> = query.pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
            assert_eq!(&got, want, "{raw}");
        }
    }

    #[test]
    fn booleans_are_true_unless_they_say_otherwise() {
        let cases = [
            ("", false),
            ("watch=0", false),
            ("watch=false", false),
            ("watch=FALSE", false),
            ("watch=", true),
            ("watch", true),
            ("watch=True", true),
            ("watch=no", true),
            ("watch=0&watch=1", false),
        ];
        for (raw, want) in cases {
            assert_eq!(Query::parse(raw).flag("watch"), want, "{raw}");
        }
    }

    #[test]
    fn repeated_parameters_keep_their_order() {
        let query = Query::parse("exclude=a&x=1&exclude=b");
        assert_eq!(query.all("exclude").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(query.get("exclude"), Some("a"));
    }
}
