//! The syntax of tags: `+k8s:name(args)=value`, where the value may be another tag.

use crate::import::write::Node;

/// Names and values; names are empty where there are none.
type Arguments = Vec<(String, String)>;

/// One tag of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// Its name, without `+k8s:`.
    pub(super) name: String,
    /// What stands in parentheses; names are empty where there are none.
    pub(super) args: Arguments,
    /// What follows the equals sign.
    pub(super) value: Value,
}

/// What a tag is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    None,
    /// As it was written, quotes included.
    Text(String),
    Tag(Box<Tag>),
}

impl Tag {
    /// Reads a whole tag; the error says what is wrong.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let rest = text.trim().strip_prefix("+k8s:").ok_or("a tag starts with `+k8s:`")?;
        let end = rest.find(['(', '=', ' ']).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(end);
        let (args, rest) = match rest.strip_prefix('(') {
            Some(inner) => arguments(inner)?,
            None => (Vec::new(), rest),
        };
        let value = match rest.strip_prefix('=') {
            Some(value) if value.trim_start().starts_with("+k8s:") => Value::Tag(Box::new(Self::parse(value)?)),
            Some(value) => Value::Text(uncommented(value).to_owned()),
            None if uncommented(rest).is_empty() => Value::None,
            None => return Err(format!("`{rest}` is not understood")),
        };
        Ok(Self { name: name.to_owned(), args, value })
    }

    /// The last tag of the chain.
    pub(super) fn innermost(&self) -> &Self {
        match &self.value {
            Value::Tag(inner) => inner.innermost(),
            _ => self,
        }
    }

    /// An argument by name.
    pub(super) fn arg(&self, name: &str) -> Option<&str> {
        self.args.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value as text, without quotes.
    pub(super) fn text(&self) -> Result<String, String> {
        match &self.value {
            Value::Text(text) if !text.is_empty() => Ok(unquoted(text)),
            _ => Err(format!("`{}` has no value", self.name)),
        }
    }

    /// The value as a literal: text in quotes, or a number or flag.
    pub(super) fn literal(&self) -> Result<Node, String> {
        match &self.value {
            Value::Text(text) if text.starts_with(['"', '`']) => Ok(Node::text(unquoted(text))),
            Value::Text(text) if text.parse::<f64>().is_ok() || text == "true" || text == "false" => Ok(Node::Raw(text.clone())),
            _ => Err(format!("`{}` has no literal value", self.name)),
        }
    }
}

/// The arguments and what follows the parenthesis.
fn arguments(text: &str) -> Result<(Arguments, &str), String> {
    let mut quote = false;
    let end = text.char_indices().find(|(_, c)| {
        quote ^= *c == '"';
        *c == ')' && !quote
    });
    let Some((end, _)) = end else { return Err("a parenthesis is not closed".to_owned()) };
    let args = text[..end].split(',').map(str::trim).filter(|arg| !arg.is_empty()).map(|arg| {
        let (name, value) = arg.split_once(':').filter(|_| !arg.starts_with('"')).unwrap_or(("", arg));
        (name.trim().to_owned(), unquoted(value.trim()))
    });
    Ok((args.collect(), &text[end + 1..]))
}

fn unquoted(text: &str) -> String {
    ['"', '`'].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote)).unwrap_or(text).to_owned()
}

/// Without the comment at the end.
fn uncommented(text: &str) -> &str {
    let quoted = text.starts_with(['"', '`']);
    if quoted { text.trim_end() } else { text.split(" #").next().unwrap_or(text).trim() }
}
