//! The lists, maps and objects of a JSON document.

use super::error::{JsonError, prefix};
use super::findings::{Finding, FindingKind};
use super::parser::{Parser, Read};
use super::{MAX_DEPTH, TypeMeta};

impl<'a> Parser<'a> {
    /// Goes one level down.
    #[inline]
    pub(super) fn descend(&mut self) -> Read {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(self.problem("exceeded max depth")) } else { Ok(()) }
    }

    /// Calls `item` at every item of a list; it reads the item.
    #[inline]
    pub(super) fn array(&mut self, mut item: impl FnMut(&mut Self) -> Read) -> Read {
        if self.peek() != b'[' {
            return Err(self.mismatch(""));
        }
        self.descend()?;
        self.at += 1;
        if self.peek() == b']' {
            self.at += 1;
            self.depth -= 1;
            return Ok(());
        }
        for index in 0_usize.. {
            let before = self.found.len();
            if let Err(error) = item(self) {
                return Err(error.in_element(&format!("[{index}]")));
            }
            if self.found.len() > before {
                self.prefix_found(before, &format!("[{index}]"));
            }
            match self.peek() {
                b',' => self.at += 1,
                b']' => break,
                _ => return Err(self.malformed()),
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(())
    }

    /// Calls `entry` at every value of a map with its key; it reads the value, and says whether the key was new.
    #[inline]
    pub(super) fn map(&mut self, mut entry: impl FnMut(&mut Self, String) -> Read<bool>) -> Read {
        if self.peek() != b'{' {
            return Err(self.mismatch(""));
        }
        self.descend()?;
        self.at += 1;
        if self.peek() == b'}' {
            self.at += 1;
            self.depth -= 1;
            return Ok(());
        }
        loop {
            self.peek();
            let start = self.at;
            let key = self.key(str::to_owned)?;
            let before = self.found.len();
            match entry(self, key) {
                Ok(new) => {
                    if self.strict && !new {
                        self.find(before, FindingKind::Duplicate, String::new());
                    }
                }
                Err(error) => return Err(error.in_element(&self.key_at(start))),
            }
            if self.found.len() > before {
                let key = self.key_at(start);
                self.prefix_found(before, &key);
            }
            match self.peek() {
                b',' => self.at += 1,
                b'}' => break,
                _ => return Err(self.malformed()),
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(())
    }

    /// Notes a finding, before those made inside of it.
    #[cold]
    pub(super) fn find(&mut self, before: usize, kind: FindingKind, path: String) {
        self.found.insert(before, Finding { kind, path });
    }

    /// Puts a step before the paths of the findings since a point.
    #[cold]
    pub(super) fn prefix_found(&mut self, since: usize, step: &str) {
        for finding in &mut self.found[since..] {
            prefix(&mut finding.path, step);
        }
    }

    /// Reads the next value without keeping it.
    pub fn skip(&mut self) -> Result<(), JsonError> {
        match self.peek() {
            b'"' => self.slice().map(|_| ()),
            b'{' => self.skip_object(),
            b'[' => self.skip_array(),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.number().map(|_| ()),
        }
    }

    fn skip_array(&mut self) -> Read {
        self.array(Self::skip)
    }

    fn skip_object(&mut self) -> Read {
        self.members(|parser| {
            parser.key(|_| ())?;
            parser.skip()
        })
    }

    /// Calls `member` at every member of an object; it reads name and value.
    #[inline]
    pub(super) fn members(&mut self, mut member: impl FnMut(&mut Self) -> Read) -> Read {
        self.descend()?;
        self.eat(b'{')?;
        if self.peek() != b'}' {
            loop {
                member(self)?;
                match self.peek() {
                    b',' => self.at += 1,
                    b'}' => break,
                    _ => return Err(self.malformed()),
                }
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(())
    }

    /// The text of the next value.
    pub fn raw(&mut self) -> Result<&'a str, JsonError> {
        self.peek();
        let start = self.at;
        self.skip()?;
        Ok(&self.text()[start..self.at])
    }

    /// Nothing but space may follow.
    pub(super) fn end(&mut self) -> Read {
        self.peek();
        if self.at == self.bytes().len() { Ok(()) } else { Err(self.malformed()) }
    }

    /// See [`super::type_meta`].
    pub(super) fn type_meta(&mut self) -> Read<TypeMeta> {
        let mut meta = TypeMeta::default();
        if !self.null()? {
            if self.peek() != b'{' {
                return Err(self.mismatch(
                    "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }",
                ));
            }
            self.members(|parser| {
                let place = parser.key(|name| match name {
                    "apiVersion" => Some(true),
                    "kind" => Some(false),
                    _ => None,
                })?;
                let Some(version) = place else { return parser.skip() };
                if parser.null()? {
                    return Ok(());
                }
                let name = if version { "apiVersion" } else { "kind" };
                let text = parser.string().map_err(|error| error.in_field("", name, String::new))?;
                *(if version { &mut meta.api_version } else { &mut meta.kind }) = text;
                Ok(())
            })?;
        }
        self.end()?;
        Ok(meta)
    }
}
