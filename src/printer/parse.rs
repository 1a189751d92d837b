//! Text to cell expressions.

use super::path::{Filter, Path, Step};
use super::{CellError, Expression, Function};

/// Deepest nesting of calls, templates and filters.
const MAX_DEPTH: usize = 16;

const FUNCTIONS: [(&str, Function); 10] = [
    ("age", Function::Age),
    ("count", Function::Count),
    ("sum", Function::Sum),
    ("join", Function::Join),
    ("default", Function::Default),
    ("lower", Function::Lower),
    ("labels", Function::Labels),
    ("labelsText", Function::Labels),
    ("selector", Function::Selector),
    ("labelSelectorText", Function::Selector),
];

/// The expression of a whole cell: an expression, else text with expressions in braces.
pub(super) fn expression(text: &str) -> Result<Expression, CellError> {
    let trimmed = text.trim();
    let mut parser = Parser { text: trimmed, at: 0, depth: 0 };
    if !parser.starts_expression() {
        return parser.template();
    }
    let expression = parser.expression()?;
    if parser.rest().is_empty() { Ok(expression) } else { Err(parser.expected("the end")) }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn expected(&self, what: &str) -> CellError {
        CellError { at: self.at, message: format!("expected {what}") }
    }

    fn skip_blank(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Reads a piece of text, if it comes next.
    fn eat(&mut self, piece: &str) -> bool {
        let found = self.rest().starts_with(piece);
        if found {
            self.at += piece.len();
        }
        found
    }

    fn need(&mut self, piece: &str) -> Result<(), CellError> {
        if self.eat(piece) { Ok(()) } else { Err(self.expected(&format!("`{piece}`"))) }
    }

    /// Reads as long as characters fit.
    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Whether an expression comes next, and not a template.
    fn starts_expression(&self) -> bool {
        self.rest().starts_with(['.', '"', '\'', '[']) || self.function().is_some()
    }

    fn function(&self) -> Option<(&'static str, Function)> {
        FUNCTIONS.into_iter().find(|(name, _)| self.rest().strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with('(')))
    }

    fn deeper<T>(&mut self, parse: impl FnOnce(&mut Self) -> Result<T, CellError>) -> Result<T, CellError> {
        if self.depth == MAX_DEPTH {
            return Err(CellError { at: self.at, message: format!("nested deeper than {MAX_DEPTH} levels") });
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn expression(&mut self) -> Result<Expression, CellError> {
        self.skip_blank();
        let parsed = match (self.function(), self.rest().chars().next()) {
            (Some((name, function)), _) => self.deeper(|parser| parser.call(name, function))?,
            (None, Some('.' | '[')) => Expression::Path(self.path()?),
            (None, Some('"' | '\'')) => Expression::Text(self.quoted()?),
            (None, Some('0'..='9' | '-')) => {
                let start = self.at;
                let number = self.take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '.'));
                Expression::Number(number.parse().map_err(|_| CellError { at: start, message: "expected a number".to_owned() })?)
            }
            _ => return Err(self.expected("a path, a function, text in quotes or a number")),
        };
        self.skip_blank();
        Ok(parsed)
    }

    fn call(&mut self, name: &str, function: Function) -> Result<Expression, CellError> {
        let start = self.at;
        self.at += name.len();
        self.skip_blank();
        self.need("(")?;
        let mut arguments = vec![self.expression()?];
        while self.eat(",") {
            arguments.push(self.expression()?);
        }
        self.need(")")?;
        let fits = match function {
            Function::Join => (2..=3).contains(&arguments.len()),
            Function::Lower | Function::Labels | Function::Selector => arguments.len() == 1,
            Function::Age | Function::Count | Function::Sum | Function::Default => true,
        };
        if !fits {
            return Err(CellError { at: start, message: format!("{name} does not take {} arguments", arguments.len()) });
        }
        // The middle argument of three is a template over one item.
        if let (Function::Join, [_, template @ Expression::Text(_), _]) = (function, arguments.as_mut_slice())
            && let Expression::Text(text) = &*template
        {
            let mut inner = Parser { text, at: 0, depth: self.depth };
            let parsed = inner.template().map_err(|fault| CellError { at: start, message: format!("the template of {name}: {fault}") })?;
            *template = parsed;
        }
        Ok(Expression::Call(function, arguments))
    }

    fn template(&mut self) -> Result<Expression, CellError> {
        let mut parts = Vec::new();
        loop {
            let text = self.take_while(|c| c != '{' && c != '}');
            if !text.is_empty() {
                parts.push(Expression::Text(text.to_owned()));
            }
            if self.rest().is_empty() {
                return Ok(Expression::Template(parts));
            }
            self.need("{")?;
            parts.push(self.deeper(Self::expression)?);
            self.need("}")?;
        }
    }

    fn path(&mut self) -> Result<Path, CellError> {
        let mut steps = Vec::new();
        loop {
            if self.eat("[") {
                steps.push(self.brackets()?);
            } else if self.eat(".") {
                if !self.rest().starts_with('[') {
                    // A lone dot is the value itself.
                    match self.name() {
                        name if !name.is_empty() => steps.push(Step::Member(name)),
                        _ if steps.is_empty() => return Ok(Path { steps }),
                        _ => return Err(self.expected("a name")),
                    }
                }
            } else {
                return Ok(Path { steps });
            }
        }
    }

    /// A member's name, where a backslash takes what would end it.
    fn name(&mut self) -> String {
        let mut name = String::new();
        loop {
            name.push_str(self.take_while(|c| !(c.is_whitespace() || ".[],(){}=!\\\"'".contains(c))));
            if !self.eat("\\") {
                return name;
            }
            if let Some(c) = self.rest().chars().next() {
                name.push(c);
                self.at += c.len_utf8();
            }
        }
    }

    /// What is between brackets, the first of which is read.
    fn brackets(&mut self) -> Result<Step, CellError> {
        let step = if self.eat("*") {
            Step::All
        } else if self.eat("?") {
            Step::Filter(self.deeper(Self::filter)?)
        } else if self.rest().starts_with(['"', '\'']) {
            Step::Member(self.quoted()?)
        } else {
            let number = self.take_while(|c| c.is_ascii_digit() || c == '-').parse();
            Step::Item(number.map_err(|_| self.expected("a number, `*`, `?` or a name in quotes"))?)
        };
        self.need("]")?;
        Ok(step)
    }

    /// `ready`, `kind=User`, `(@.type=="Ready")`
    fn filter(&mut self) -> Result<Filter, CellError> {
        let parentheses = self.eat("(");
        self.skip_blank();
        let path =
            if self.eat("@") || self.rest().starts_with('.') { self.path()? } else { Path { steps: vec![Step::Member(self.name())] } };
        self.skip_blank();
        let compare = if self.eat("!=") {
            Some(false)
        } else if self.eat("==") || self.eat("=") {
            Some(true)
        } else {
            None
        };
        let compare = match compare {
            None => None,
            Some(equal) => {
                self.skip_blank();
                let text =
                    if self.rest().starts_with(['"', '\'']) { self.quoted()? } else { self.take_while(|c| !"]) ".contains(c)).to_owned() };
                Some((equal, text))
            }
        };
        self.skip_blank();
        if parentheses {
            self.need(")")?;
        }
        Ok(Filter { path, compare })
    }

    /// Text in single or double quotes, where a backslash takes the quote.
    fn quoted(&mut self) -> Result<String, CellError> {
        let quote = if self.eat("'") { '\'' } else { self.need("\"").map(|()| '"')? };
        let mut text = String::new();
        loop {
            text.push_str(self.take_while(|c| c != quote && c != '\\'));
            let next = self.rest().chars().next().ok_or_else(|| self.expected("the closing quote"))?;
            self.at += next.len_utf8();
            if next == quote {
                return Ok(text);
            }
            let taken = self.rest().chars().next().ok_or_else(|| self.expected("the closing quote"))?;
            self.at += taken.len_utf8();
            text.push(taken);
        }
    }
}
