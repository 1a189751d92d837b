//! Protobuf IDL as far as an import needs it: the messages of packages, with their fields in the order of the file.

mod lexer;

use std::collections::{BTreeMap, BTreeSet};

use lexer::{Lexer, Token};

/// Deepest nesting of messages.
const DEPTH: usize = 32;

/// The messages of IDL files, by package and name.
#[derive(Debug, Default)]
pub struct Idl {
    packages: BTreeMap<String, BTreeMap<String, Message>>,
}

/// A message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Its fields in the order of the file.
    pub fields: Vec<Field>,
}

/// A field of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: i64,
    /// Its type; of a map, that of the values. Messages of the same file are written out with their package.
    pub ty: String,
    /// A list.
    pub repeated: bool,
    /// A map.
    pub map: bool,
}

impl Idl {
    /// Reads one file.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let mut parser = Parser { lexer: Lexer::new(text), package: String::new(), messages: BTreeMap::new() };
        parser.file().map_err(|problem| format!("line {}: {problem}", parser.lexer.line()))?;
        let Parser { package, messages, .. } = parser;
        let names: BTreeSet<String> = messages.keys().cloned().collect();
        let target = self.packages.entry(package.clone()).or_default();
        for (name, mut message) in messages {
            for field in message.fields.iter_mut().filter(|field| names.contains(&field.ty)) {
                field.ty = format!(".{package}.{}", field.ty);
            }
            target.insert(name, message);
        }
        Ok(())
    }

    /// Names of the packages.
    pub fn packages(&self) -> impl Iterator<Item = &str> {
        self.packages.keys().map(String::as_str)
    }

    /// A message.
    pub fn message(&self, package: &str, name: &str) -> Option<&Message> {
        self.packages.get(package)?.get(name)
    }

    /// Whether there are no messages at all.
    pub fn is_empty(&self) -> bool {
        self.packages.is_empty()
    }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    package: String,
    messages: BTreeMap<String, Message>,
}

impl<'a> Parser<'a> {
    fn file(&mut self) -> Result<(), String> {
        while let Some(token) = self.lexer.token()? {
            match token {
                Token::Word("package") => {
                    self.package = self.word()?.to_owned();
                    self.expect(';')?;
                }
                Token::Word("message") => self.message("", 0)?,
                Token::Word("syntax" | "edition" | "import" | "option" | "enum" | "service" | "extend") => self.skip()?,
                Token::Symbol(';') => {}
                token => return Err(format!("expected a declaration, found {token}")),
            }
        }
        Ok(())
    }

    fn message(&mut self, outer: &str, depth: usize) -> Result<(), String> {
        if depth > DEPTH {
            return Err(format!("messages nested more than {DEPTH} levels deep"));
        }
        let name = self.word()?;
        let name = if outer.is_empty() { name.to_owned() } else { format!("{outer}.{name}") };
        self.expect('{')?;
        let mut message = Message::default();
        self.body(&name, &mut message, depth)?;
        self.messages.insert(name, message);
        Ok(())
    }

    fn body(&mut self, name: &str, message: &mut Message, depth: usize) -> Result<(), String> {
        loop {
            match self.lexer.token()?.ok_or("the file ends within a message")? {
                Token::Symbol('}') => return Ok(()),
                Token::Symbol(';') => {}
                Token::Word("message") => self.message(name, depth + 1)?,
                Token::Word("enum" | "option" | "reserved" | "extensions" | "extend") => self.skip()?,
                Token::Word("oneof") => {
                    self.word()?;
                    self.expect('{')?;
                    if depth >= DEPTH {
                        return Err(format!("nested more than {DEPTH} levels deep"));
                    }
                    self.body(name, message, depth + 1)?;
                }
                Token::Word(word) => message.fields.push(self.field(word)?),
                token => return Err(format!("expected a field, found {token}")),
            }
        }
    }

    fn field(&mut self, first: &'a str) -> Result<Field, String> {
        let labelled = matches!(first, "optional" | "required" | "repeated");
        let ty = if labelled { self.word()? } else { first };
        let map = ty == "map";
        let ty = if map { self.map_value()? } else { ty };
        let name = self.word()?.to_owned();
        self.expect('=')?;
        let number = self.word()?.parse().map_err(|_| format!("`{name}` has no number"))?;
        self.skip()?;
        Ok(Field { name, number, ty: ty.to_owned(), repeated: first == "repeated", map })
    }

    fn map_value(&mut self) -> Result<&'a str, String> {
        self.expect('<')?;
        self.word()?;
        self.expect(',')?;
        let value = self.word()?;
        self.expect('>')?;
        Ok(value)
    }

    /// Goes on behind the next `;` or the next closed braces.
    fn skip(&mut self) -> Result<(), String> {
        let mut open = 0_usize;
        loop {
            match self.lexer.token()?.ok_or("the file ends within a declaration")? {
                Token::Symbol(';') if open == 0 => return Ok(()),
                Token::Symbol('{' | '[') => open += 1,
                Token::Symbol(end @ ('}' | ']')) => {
                    open = open.checked_sub(1).ok_or("a bracket is closed that was never opened")?;
                    if open == 0 && end == '}' {
                        return Ok(());
                    }
                }
                _ => {}
            }
        }
    }

    fn word(&mut self) -> Result<&'a str, String> {
        match self.lexer.token()? {
            Some(Token::Word(word)) => Ok(word),
            Some(token) => Err(format!("expected a name, found {token}")),
            None => Err("the file ends where a name is expected".into()),
        }
    }

    fn expect(&mut self, symbol: char) -> Result<(), String> {
        match self.lexer.token()? {
            Some(Token::Symbol(found)) if found == symbol => Ok(()),
            Some(token) => Err(format!("expected `{symbol}`, found {token}")),
            None => Err(format!("the file ends where `{symbol}` is expected")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_in_the_order_of_the_file() {
        let text = r#"
            syntax = "proto2"; // a comment
            package a.b;
            import "x.proto";
            option go_package = "y;{";
            /* message No {} */
            message One {
              optional .a.c.Two two = 2;
              repeated string names = 1 [deprecated = true, (x) = {a: 1}];
              map<string, bytes> data = 3;
              reserved 4, 5 to 9;
              message In { optional int32 x = 1; }
              oneof either { string left = 10; In right = 11; }
              enum E { A = 0; }
            }
            message Empty {}
            service S { rpc R(One) returns (One) {} }
        "#;
        let mut idl = Idl::default();
        assert_eq!(idl.add(text), Ok(()));
        let fields = |name| {
            idl.message("a.b", name)
                .map(|message| message.fields.iter().map(|f| format!("{}={}:{}", f.name, f.number, f.ty)).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(fields("One").as_deref(), Some("two=2:.a.c.Two names=1:string data=3:bytes left=10:string right=11:In"));
        assert_eq!(fields("One.In").as_deref(), Some("x=1:int32"));
        assert_eq!(fields("Empty").as_deref(), Some(""));
    }

    #[test]
    fn hostile_files_end_in_an_error() {
        let deep = "message A {".repeat(100_000);
        let oneofs = format!("message A {{{}", "oneof x {".repeat(100_000));
        for (text, expected) in [
            ("message A { optional string a = 1", "ends within"),
            ("message A { optional string a = x; }", "no number"),
            ("message", "ends where a name"),
            ("message A { } }", "expected a declaration"),
            ("package \"a\";", "expected a name"),
            ("/* never closed", "comment"),
            ("option a = \"never closed", "text"),
            (deep.as_str(), "nested"),
            (oneofs.as_str(), "nested"),
        ] {
            let problem = Idl::default().add(text).err().unwrap_or_default();
            assert!(problem.contains(expected), "{expected}: {problem}");
        }
    }
}
