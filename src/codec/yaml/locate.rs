//! Where in a YAML file a part of an object stands, for messages about it.

use saphyr_parser::{Event, Parser, Span, StrInput};

/// Line and column, both from 1, of what a path such as `spec.containers[0].image` names in a document of a file; `document` counts those
/// that hold something. Of a part that is not there, the place of what would hold it.
pub fn locate(file: &[u8], document: usize, path: &str) -> Option<(usize, usize)> {
    let text = std::str::from_utf8(file).ok()?;
    let mut events = Events { parser: Parser::new_from_str(text) };
    let mut left = document;
    loop {
        match events.next()? {
            (Event::StreamEnd, _) => return None,
            (Event::Nothing | Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd, _) => {}
            (event, at) if left == 0 && !is_null(&event) => {
                let found = events.walk(&event, at, path);
                return Some((found.start.line(), found.start.col() + 1));
            }
            (event, _) => {
                left -= usize::from(!is_null(&event));
                events.skip(&event)?;
            }
        }
    }
}

fn is_null(event: &Event<'_>) -> bool {
    matches!(event, Event::Scalar(text, ..) if matches!(&**text, "" | "~" | "null"))
}

struct Events<'a> {
    parser: Parser<'a, StrInput<'a>>,
}

impl<'a> Events<'a> {
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        self.parser.next_event()?.ok()
    }

    /// Reads what an event began.
    fn skip(&mut self, event: &Event<'a>) -> Option<()> {
        let mut open = usize::from(matches!(event, Event::SequenceStart(..) | Event::MappingStart(..)));
        while open > 0 {
            match self.next()?.0 {
                Event::SequenceStart(..) | Event::MappingStart(..) => open += 1,
                Event::SequenceEnd | Event::MappingEnd => open -= 1,
                Event::StreamEnd => return None,
                _ => {}
            }
        }
        Some(())
    }

    /// The place of a path below what an event began at `at`.
    fn walk(&mut self, event: &Event<'a>, at: Span, path: &str) -> Span {
        if path.is_empty() {
            return at;
        }
        let child = match event {
            Event::MappingStart(..) => self.member(path),
            Event::SequenceStart(..) => self.item(path),
            _ => None,
        };
        child.unwrap_or(at)
    }

    fn member(&mut self, path: &str) -> Option<Span> {
        let path = path.strip_prefix('.').unwrap_or(path);
        loop {
            let (key, at) = self.next()?;
            let rest = match &key {
                Event::Scalar(name, ..) => path.strip_prefix(&**name).filter(|rest| rest.is_empty() || rest.starts_with(['.', '['])),
                Event::MappingEnd => return None,
                _ => {
                    self.skip(&key)?;
                    None
                }
            };
            let (value, value_at) = self.next()?;
            match rest {
                Some("") if matches!(value, Event::Scalar(..)) => return Some(value_at),
                Some("") => return Some(at),
                Some(rest) => return Some(self.walk(&value, at, rest)),
                None => self.skip(&value)?,
            }
        }
    }

    fn item(&mut self, path: &str) -> Option<Span> {
        let (index, rest) = path.strip_prefix('[')?.split_once(']')?;
        let index: usize = index.parse().ok()?;
        for _ in 0..index {
            match self.next()?.0 {
                Event::SequenceEnd => return None,
                event => self.skip(&event)?,
            }
        }
        match self.next()? {
            (Event::SequenceEnd, _) => None,
            (event, at) => Some(self.walk(&event, at, rest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::locate;

    #[test]
    fn parts_stand_where_they_are_written() {
        let file = b"---\n---\na: 1\n---\nspec:\n  list:\n  - x: 1\n  - name: b\n    k/a.b: {c: 2}\nnext: [1, {d: 3}]\n";
        for (document, path, expected) in [
            (0, "", Some((3, 1))),
            (0, "a", Some((3, 4))),
            (1, "spec.list[1].name", Some((8, 11))),
            (1, "spec.list[1].k/a.b.c", Some((9, 16))),
            (1, "spec.list[7]", Some((6, 3))),
            (1, "spec.absent", Some((5, 1))),
            (1, "next[1].d", Some((10, 15))),
            (2, "", None),
        ] {
            assert_eq!(locate(file, document, path), expected, "{document} {path}");
        }
    }
}
