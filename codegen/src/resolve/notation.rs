//! Type notation: `string`, `T?`, `list(T)`, `map(T)`, `map(list(string))`.

/// A type as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notation<'a> {
    /// What it is.
    pub form: Form<'a>,
    /// `?`: unset can be told from zero.
    pub optional: bool,
}

/// What a type is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form<'a> {
    /// A name.
    Name(&'a str),
    /// A list.
    List(Box<Self>),
    /// A map from text.
    Map(Box<Self>),
}

/// Deepest nesting that is read; nothing deeper than a map of lists means anything.
const DEPTH: usize = 4;

/// Reads type notation; the error says what is wrong.
pub fn parse(text: &str) -> Result<Notation<'_>, String> {
    let text = text.trim();
    let (body, optional) = text.strip_suffix('?').map_or((text, false), |body| (body, true));
    Ok(Notation { form: form(body, DEPTH)?, optional })
}

fn form(text: &str, depth: usize) -> Result<Form<'_>, String> {
    if depth == 0 {
        return Err("lists and maps are nested too deep".to_owned());
    }
    let text = text.trim();
    let inner =
        |word: &str| text.strip_prefix(word).and_then(|rest| rest.trim_start().strip_prefix('(')).and_then(|rest| rest.strip_suffix(')'));
    if let Some(item) = inner("list") {
        return Ok(Form::List(Box::new(form(item, depth - 1)?)));
    }
    if let Some(item) = inner("map") {
        return Ok(Form::Map(Box::new(form(item, depth - 1)?)));
    }
    match text.chars().find(|c| !(c.is_ascii_alphanumeric() || "._/-".contains(*c))) {
        _ if text.is_empty() => Err("a type is missing here".to_owned()),
        Some('?') => Err("`?` stands only at the end of a whole type".to_owned()),
        Some('(' | ')') => Err("only `list(T)` and `map(T)` take a type in brackets".to_owned()),
        Some('[') => Err("a list is written `list(T)`".to_owned()),
        Some(c) => Err(format!("`{c}` has no meaning in a type")),
        None => Ok(Form::Name(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notation_is_read() {
        let name = |text| Box::new(Form::Name(text));
        for (text, expected) in [
            ("string", Ok(Notation { form: Form::Name("string"), optional: false })),
            ("core/v1.PodSpec?", Ok(Notation { form: Form::Name("core/v1.PodSpec"), optional: true })),
            ("list(int32)", Ok(Notation { form: Form::List(name("int32")), optional: false })),
            ("map(list(string))", Ok(Notation { form: Form::Map(Box::new(Form::List(name("string")))), optional: false })),
            ("[]string", Err("a list is written `list(T)`")),
            ("list(T?)", Err("`?` stands only at the end of a whole type")),
            ("set(T)", Err("only `list(T)` and `map(T)` take a type in brackets")),
            ("list()", Err("a type is missing here")),
            ("list(map(list(map(list(T)))))", Err("lists and maps are nested too deep")),
        ] {
            assert_eq!(parse(text), expected.map_err(str::to_owned), "{text}");
        }
    }
}
