//! Conditions of defaults: `.path`, `!.path`, `.path == "text"`, `.path != "text"`, `.path ~ 'regex'`, joined by `&&`.

/// One part of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term<'a> {
    /// The path it is about.
    pub(super) path: &'a str,
    /// What must hold of it.
    pub(super) test: Test<'a>,
}

/// What must hold of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Test<'a> {
    /// Set and not empty, or the opposite.
    Set,
    /// Equal to a text, or the opposite.
    Text(&'a str),
    /// Matches a regular expression.
    Matches(&'a str),
}

/// Reads a condition; the error says what is wrong.
pub(super) fn parse(text: &str) -> Result<Vec<Term<'_>>, String> {
    let mut terms = Vec::new();
    let mut rest = text.trim();
    loop {
        let (term, after) = term(rest)?;
        terms.push(term);
        rest = after.trim_start();
        if rest.is_empty() {
            return Ok(terms);
        }
        rest = rest.strip_prefix("&&").ok_or_else(|| format!("expected `&&` before `{rest}`"))?.trim_start();
    }
}

fn term(text: &str) -> Result<(Term<'_>, &str), String> {
    let (negated, text) = text.strip_prefix('!').map_or((false, text), |text| (true, text.trim_start()));
    let end = text.find(|c: char| c.is_whitespace() || "=!~&".contains(c)).unwrap_or(text.len());
    let (path, rest) = text.split_at(end);
    if !path.starts_with('.') || path.len() < 2 {
        return Err(format!("expected a path such as `.type`, found `{}`", if path.is_empty() { text } else { path }));
    }
    let rest = rest.trim_start();
    let operator = ["==", "!=", "~"].into_iter().find(|operator| rest.starts_with(operator));
    let Some(operator) = operator else { return Ok((Term { path, test: Test::Set }, rest)) };
    if negated {
        return Err(format!("`!` stands before a path alone; write `{path} != \"...\"`"));
    }
    let (value, rest) = quoted(rest[operator.len()..].trim_start(), if operator == "~" { '\'' } else { '"' })?;
    Ok((Term { path, test: if operator == "~" { Test::Matches(value) } else { Test::Text(value) } }, rest))
}

fn quoted(text: &str, quote: char) -> Result<(&str, &str), String> {
    let inner = text.strip_prefix(quote).and_then(|inner| inner.split_once(quote));
    inner.ok_or_else(|| format!("expected text in {quote}...{quote}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read() {
        let set = |path| Term { path, test: Test::Set };
        for (text, expected) in [
            (".a", Ok(vec![set(".a")])),
            ("!.a && .b.c", Ok(vec![set(".a"), set(".b.c")])),
            (".t == \"x y\"", Ok(vec![Term { path: ".t", test: Test::Text("x y") }])),
            (".t!=\"\"&&.u", Ok(vec![Term { path: ".t", test: Test::Text("") }, set(".u")])),
            (".i ~ '(a|b)&&?'", Ok(vec![Term { path: ".i", test: Test::Matches("(a|b)&&?") }])),
            ("a", Err("expected a path such as `.type`, found `a`")),
            (".a || .b", Err("expected `&&` before `|| .b`")),
            (".a == b", Err("expected text in \"...\"")),
            (".a &&", Err("expected a path such as `.type`, found ``")),
            ("!.a == \"x\"", Err("`!` stands before a path alone; write `.a != \"...\"`")),
        ] {
            assert_eq!(parse(text), expected.map_err(str::to_owned), "{text}");
        }
    }
}
