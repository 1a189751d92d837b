//! YAML as Kubernetes reads it, several documents to a text, with bounds on all that a text can make grow.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::{Map, Number, Value};

/// Deepest nesting of a document.
const DEPTH: usize = 256;

/// Most values of a text, those that aliases stand for included.
const VALUES: usize = 1_500_000;

/// Most bytes of text, that which aliases stand for included.
const BYTES: usize = 96 << 20;

/// The documents of a text that hold anything.
pub fn documents(text: &str) -> Result<Vec<Value>, String> {
    let mut reader = Reader { parser: Parser::new_from_str(text), anchors: HashMap::new(), values: 0, bytes: 0 };
    let mut found = Vec::new();
    loop {
        let (event, at) = reader.next()?;
        match event {
            Event::StreamEnd => return Ok(found),
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => reader.anchors.clear(),
            event => {
                let value = reader.value(event, at, 0)?.0;
                if !value.is_null() {
                    found.push(value);
                }
            }
        }
    }
}

/// A value that an anchor names, and what it costs to stand for it: values, bytes, depth.
#[derive(Clone, Debug)]
struct Anchored {
    value: Value,
    cost: Cost,
}

#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    values: usize,
    bytes: usize,
    depth: usize,
}

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    anchors: HashMap<usize, Anchored>,
    values: usize,
    bytes: usize,
}

fn problem<T>(at: Span, what: impl std::fmt::Display) -> Result<T, String> {
    Err(format!("line {}: {what}", at.start.line()))
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span), String> {
        match self.parser.next_event() {
            Some(Ok(found)) => Ok(found),
            Some(Err(error)) => Err(format!("line {}: this is not YAML: {}", error.marker().line(), error.info())),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    /// Counts what is about to be made.
    fn spend(&mut self, cost: Cost, depth: usize, at: Span) -> Result<(), String> {
        self.values += cost.values;
        self.bytes += cost.bytes;
        if self.values > VALUES || self.bytes > BYTES {
            return problem(at, "the document stands for more than a description of an API can be");
        }
        if depth + cost.depth > DEPTH {
            return problem(at, format!("nested more than {DEPTH} levels deep"));
        }
        Ok(())
    }

    fn value(&mut self, event: Event<'a>, at: Span, depth: usize) -> Result<(Value, Cost), String> {
        let one = |bytes| Cost { values: 1, bytes, depth: 0 };
        let (anchor, value, cost) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let cost = one(text.len());
                self.spend(cost, depth, at)?;
                let plain = style == ScalarStyle::Plain && tag.is_none();
                (anchor, if plain { scalar(&text) } else { Value::String(text.into_owned()) }, cost)
            }
            Event::SequenceStart(anchor, _) => {
                self.spend(one(0), depth, at)?;
                let (value, cost) = self.list(depth)?;
                (anchor, value, cost)
            }
            Event::MappingStart(anchor, _) => {
                self.spend(one(0), depth, at)?;
                let (value, cost) = self.map(depth)?;
                (anchor, value, cost)
            }
            Event::Alias(anchor) => {
                let Some(found) = self.anchors.get(&anchor) else { return problem(at, "an alias stands for what contains it") };
                let cost = found.cost;
                self.spend(cost, depth, at)?;
                let value = self.anchors.get(&anchor).map(|found| found.value.clone()).unwrap_or_default();
                return Ok((value, cost));
            }
            _ => (0, Value::Null, one(0)),
        };
        if anchor != 0 {
            self.spend(cost, 0, at)?;
            self.anchors.insert(anchor, Anchored { value: value.clone(), cost });
        }
        Ok((value, cost))
    }

    fn list(&mut self, depth: usize) -> Result<(Value, Cost), String> {
        let (mut items, mut sum) = (Vec::new(), Cost { values: 1, ..Cost::default() });
        loop {
            let (event, at) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                return Ok((Value::Array(items), sum));
            }
            let (item, cost) = self.value(event, at, depth + 1)?;
            sum.add(cost);
            items.push(item);
        }
    }

    fn map(&mut self, depth: usize) -> Result<(Value, Cost), String> {
        let (mut entries, mut sum) = (Map::new(), Cost { values: 1, ..Cost::default() });
        // What is merged stands behind what is written, wherever the merge stands.
        let mut merged = Map::new();
        loop {
            let (event, at) = self.next()?;
            let quoted = match event {
                Event::MappingEnd => {
                    for (key, value) in merged {
                        entries.entry(key).or_insert(value);
                    }
                    return Ok((Value::Object(entries), sum));
                }
                Event::Scalar(ref text, ScalarStyle::Plain, _, _) => *text != "<<",
                _ => true,
            };
            let key = match event {
                Event::Scalar(text, ..) => text.into_owned(),
                _ => return problem(at, "keys are text"),
            };
            let (event, value_at) = self.next()?;
            let (value, cost) = self.value(event, value_at, depth + 1)?;
            self.spend(Cost { bytes: key.len(), ..Cost::default() }, depth, at)?;
            sum.add(Cost { bytes: cost.bytes + key.len(), ..cost });
            match value {
                Value::Object(more) if !quoted => more.into_iter().for_each(|(key, value)| {
                    merged.entry(key).or_insert(value);
                }),
                value => {
                    if entries.insert(key.clone(), value).is_some() {
                        return problem(at, format!("`{key}` stands here twice"));
                    }
                }
            }
        }
    }
}

impl Cost {
    fn add(&mut self, item: Self) {
        self.values += item.values;
        self.bytes += item.bytes;
        self.depth = self.depth.max(item.depth + 1);
    }
}

/// A plain scalar by YAML 1.1, which Kubernetes reads.
fn scalar(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Value::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
    }
}

fn number(text: &str) -> Option<Number> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text.strip_prefix('+').unwrap_or(text)), |rest| (true, rest));
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let bare = digits.replace('_', "");
    let radix =
        [("0x", 16), ("0X", 16), ("0o", 8), ("0b", 2)].into_iter().find_map(|(prefix, radix)| Some((bare.strip_prefix(prefix)?, radix)));
    let octal =
        || if bare.len() > 1 && bare.starts_with('0') && bare.bytes().all(|c| c.is_ascii_digit()) { Some((&bare[1..], 8)) } else { None };
    if let Some((digits, radix)) = radix.or_else(octal) {
        let magnitude = i64::from_str_radix(digits, radix).ok()?;
        return Some((if negative { -magnitude } else { magnitude }).into());
    }
    if bare.bytes().all(|c| c.is_ascii_digit()) {
        let signed = if negative { format!("-{bare}") } else { bare.clone() };
        return signed
            .parse::<i64>()
            .map(Number::from)
            .or_else(|_| signed.parse::<u64>().map(Number::from))
            .ok()
            .or_else(|| float(&signed));
    }
    let decimal = bare.bytes().all(|c| c.is_ascii_digit() || b".eE+-".contains(&c));
    if decimal { float(&if negative { format!("-{bare}") } else { bare }) } else { None }
}

fn float(text: &str) -> Option<Number> {
    text.parse::<f64>().ok().and_then(Number::from_f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn documents_are_read_as_kubernetes_reads_them() {
        let text = "# first\n---\na: yes\nb: 0x10\nc: 1e3\nd: '1'\ne: 010\nf: 1_000\ng: v1\nh: =\ni: !!str 1\nj: 1.2.3\nk: -7\nl: .5\n---\n---\n- &x {y: 1}\n- *x\n- {<<: *x, y: 2, z: 3}\n";
        let expected = [
            json!({"a": true, "b": 16, "c": 1000.0, "d": "1", "e": 8, "f": 1000, "g": "v1", "h": "=", "i": "1", "j": "1.2.3", "k": -7, "l": 0.5}),
            json!([{"y": 1}, {"y": 1}, {"y": 2, "z": 3}]),
        ];
        assert_eq!(documents(text), Ok(expected.to_vec()));
    }

    #[test]
    fn hostile_texts_end_in_an_error() {
        let deep = "[".repeat(100_000);
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for at in 1..12 {
            let before = format!("*a{}", at - 1);
            bomb = format!("{bomb}a{at}: &a{at} [{}]\n", vec![before; 10].join(", "));
        }
        for (text, expected) in [
            (deep.as_str(), "line 1: "),
            (bomb.as_str(), "stands for more"),
            ("a: &a [*a]", "contains it"),
            ("a: *a", "line 1"),
            ("a: [", "line"),
            ("a: 1\na: 2", "twice"),
            ("a: \"x", "line"),
            ("? [a]\n: b", "keys are text"),
        ] {
            let error = documents(text).err().unwrap_or_default();
            assert!(error.contains(expected), "{error} for {text:.40}");
        }
    }
}
