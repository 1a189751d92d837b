//! Text to cell expressions, by recursive descent.

use super::scan::Scanner;
use super::{Cell, CellError, Expression, Function, Origin, Path, Relation, Step};

/// Words, then signs, the longer ones first.
const RELATIONS: [(&str, Relation); 8] = [
    ("in", Relation::In),
    ("like", Relation::Like),
    ("==", Relation::Equal),
    ("!=", Relation::Unequal),
    ("<=", Relation::AtMost),
    (">=", Relation::AtLeast),
    ("<", Relation::Less),
    (">", Relation::Greater),
];

/// A whole cell: an expression after the names it uses, else text with expressions in braces.
pub(super) fn cell(text: &str) -> Result<Cell, CellError> {
    let mut parser = Parser { scan: Scanner::new(text), names: Vec::new() };
    if !parser.starts_expression() {
        let value = parser.template()?;
        return Ok(Cell { names: Vec::new(), value });
    }
    let mut values = Vec::new();
    while parser.starts_name() {
        values.push(parser.named()?);
    }
    let value = parser.expression()?;
    if !parser.scan.rest().is_empty() {
        return Err(parser.scan.expected("the end"));
    }
    Ok(Cell { names: parser.names.into_iter().zip(values).collect(), value })
}

struct Parser<'a> {
    scan: Scanner<'a>,
    names: Vec<String>,
}

impl Parser<'_> {
    /// Whether an expression comes next, and not text.
    fn starts_expression(&self) -> bool {
        let call = !self.scan.word().is_empty() && self.scan.after_word().starts_with('(');
        call || self.starts_name() || self.scan.rest().starts_with(['.', '[', '@', '$', '"', '\'', '(', '!'])
    }

    fn starts_name(&self) -> bool {
        let after = self.scan.after_word();
        !self.scan.word().is_empty() && after.starts_with('=') && !after.starts_with("==")
    }

    /// `name = value;`, of which the value is answered.
    fn named(&mut self) -> Result<Expression, CellError> {
        let name = self.scan.word().to_owned();
        if self.names.contains(&name) {
            return Err(self.scan.wrong(format!("`{name}` is named twice")));
        }
        self.scan.at += name.len();
        self.scan.skip_blank();
        self.scan.need("=")?;
        let value = self.expression()?;
        self.scan.need(";")?;
        self.scan.skip_blank();
        self.names.push(name);
        Ok(value)
    }

    fn deeper<T>(&mut self, parse: impl FnOnce(&mut Self) -> Result<T, CellError>) -> Result<T, CellError> {
        self.scan.enter()?;
        let parsed = parse(self);
        self.scan.leave();
        parsed
    }

    fn expression(&mut self) -> Result<Expression, CellError> {
        self.row("||", Self::all, Expression::Any)
    }

    fn all(&mut self) -> Result<Expression, CellError> {
        self.row("&&", Self::comparison, Expression::All)
    }

    /// Expressions between signs; one alone is just itself.
    fn row(
        &mut self,
        sign: &str,
        part: impl Fn(&mut Self) -> Result<Expression, CellError>,
        together: impl FnOnce(Vec<Expression>) -> Expression,
    ) -> Result<Expression, CellError> {
        let first = part(self)?;
        let mut parts = vec![first];
        while self.scan.eat(sign) {
            parts.push(part(self)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { together(parts) })
    }

    fn comparison(&mut self) -> Result<Expression, CellError> {
        let left = self.operand()?;
        let word = self.scan.word();
        let comes = |sign: &str| if word.is_empty() { self.scan.rest().starts_with(sign) } else { word == sign };
        let Some((sign, relation)) = RELATIONS.into_iter().find(|(sign, _)| comes(sign)) else { return Ok(left) };
        self.scan.at += sign.len();
        let right = self.operand()?;
        Ok(Expression::Compare(Box::new(left), relation, Box::new(right)))
    }

    /// An expression without signs around it, with the blanks on both sides.
    fn operand(&mut self) -> Result<Expression, CellError> {
        self.scan.skip_blank();
        let parsed = match self.scan.next() {
            Some('!') => {
                self.scan.take();
                Expression::Not(Box::new(self.deeper(Self::operand)?))
            }
            Some('(') => {
                self.scan.take();
                let inner = self.deeper(Self::expression)?;
                self.scan.need(")")?;
                inner
            }
            Some('.' | '[' | '@' | '$') => Expression::Path(self.path()?),
            Some('"' | '\'') => self.text()?,
            Some('0'..='9' | '-') => self.number()?,
            _ => self.worded()?,
        };
        self.scan.skip_blank();
        Ok(parsed)
    }

    fn number(&mut self) -> Result<Expression, CellError> {
        let start = self.scan.at;
        let number = self.scan.take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '.')).parse();
        number.map(Expression::Number).map_err(|_| CellError { at: start, message: "expected a number".to_owned() })
    }

    /// `true`, `false`, or a call, perhaps with a path into its value.
    fn worded(&mut self) -> Result<Expression, CellError> {
        let (start, word) = (self.scan.at, self.scan.word());
        match word {
            "" => return Err(self.scan.expected("a path, a function, text in quotes or a number")),
            "true" | "false" => {
                self.scan.at += word.len();
                return Ok(Expression::Flag(word == "true"));
            }
            _ => {}
        }
        if !self.scan.after_word().starts_with('(') {
            return Err(self.scan.wrong(format!("`{word}` is no expression; paths start with a dot, and text stands in quotes")));
        }
        let function = Function::named(word).ok_or_else(|| self.scan.wrong(format!("there is no function `{word}`")))?;
        let call = self.deeper(|parser| parser.call(word, function))?;
        if !self.scan.rest().starts_with(['.', '[']) {
            return Ok(call);
        }
        let steps = self.steps()?;
        Ok(Expression::Path(Path { origin: Origin::Value(Box::new(call)), steps, place: start..self.scan.at }))
    }

    fn call(&mut self, name: &str, function: Function) -> Result<Expression, CellError> {
        let start = self.scan.at;
        self.scan.at += name.len();
        self.scan.skip_blank();
        self.scan.need("(")?;
        let mut arguments = vec![self.expression()?];
        while self.scan.eat(",") {
            arguments.push(self.expression()?);
        }
        self.scan.need(")")?;
        if !function.takes(arguments.len()) {
            return Err(CellError { at: start, message: format!("{name} does not take {} arguments", arguments.len()) });
        }
        Ok(Expression::Call(function, arguments))
    }

    /// Text in quotes, in which braces hold expressions.
    fn text(&mut self) -> Result<Expression, CellError> {
        let quote = self.scan.open_quote()?;
        let parts = self.parts(Some(quote))?;
        Ok(match <[Expression; 1]>::try_from(parts) {
            Ok([text @ Expression::Text(_)]) => text,
            Ok(one) => Expression::Template(one.into()),
            Err(parts) if parts.is_empty() => Expression::Text(String::new()),
            Err(parts) => Expression::Template(parts),
        })
    }

    /// Text without quotes, in which braces hold expressions.
    fn template(&mut self) -> Result<Expression, CellError> {
        self.parts(None).map(Expression::Template)
    }

    /// Texts and expressions in a row, up to the quote or the end.
    fn parts(&mut self, quote: Option<char>) -> Result<Vec<Expression>, CellError> {
        let (mut parts, mut text) = (Vec::new(), String::new());
        loop {
            text.push_str(self.scan.take_while(|c| !matches!(c, '{' | '}') && Some(c) != quote && (quote.is_none() || c != '\\')));
            let next = self.scan.next();
            if matches!(next, Some('{')) || next.is_none() || next == quote {
                parts.extend((!text.is_empty()).then(|| Expression::Text(std::mem::take(&mut text))));
            }
            match next {
                Some('{') => {
                    self.scan.take();
                    parts.push(self.deeper(Self::expression)?);
                    self.scan.need("}")?;
                }
                Some('\\') => {
                    self.scan.take();
                    text.push(self.scan.take().ok_or_else(|| self.scan.expected("the closing quote"))?);
                }
                Some('}') => return Err(self.scan.expected("`{` before `}`")),
                Some(_) => {
                    self.scan.take();
                    return Ok(parts);
                }
                None if quote.is_none() => return Ok(parts),
                None => return Err(self.scan.expected("the closing quote")),
            }
        }
    }

    fn path(&mut self) -> Result<Path, CellError> {
        let start = self.scan.at;
        let origin = if self.scan.eat("$") {
            self.origin()?
        } else {
            self.scan.eat("@");
            Origin::Item
        };
        let steps = self.steps()?;
        Ok(Path { origin, steps, place: start..self.scan.at })
    }

    /// What a `$` stands for, which is read.
    fn origin(&mut self) -> Result<Origin, CellError> {
        let name = self.scan.word();
        if name.is_empty() {
            return Ok(Origin::Object);
        }
        let at = self.names.iter().position(|known| known == name);
        let at = at.ok_or_else(|| self.scan.wrong(format!("nothing before this is named `{name}`")))?;
        self.scan.at += name.len();
        Ok(Origin::Name(at))
    }

    fn steps(&mut self) -> Result<Vec<Step>, CellError> {
        let mut steps = Vec::new();
        loop {
            if self.scan.eat("[") {
                steps.push(self.brackets()?);
            } else if self.scan.eat(".") {
                if !self.scan.rest().starts_with('[') {
                    // A lone dot is the value itself.
                    match self.scan.name() {
                        name if !name.is_empty() => steps.push(Step::Member(name)),
                        _ if steps.is_empty() => return Ok(steps),
                        _ => return Err(self.scan.expected("a name")),
                    }
                }
            } else {
                return Ok(steps);
            }
        }
    }

    /// What is between brackets, the first of which is read.
    fn brackets(&mut self) -> Result<Step, CellError> {
        let step = if self.scan.eat("*") {
            Step::All
        } else if self.scan.eat("?") {
            Step::Filter(Box::new(self.deeper(Self::expression)?))
        } else if self.scan.rest().starts_with(['"', '\'']) {
            Step::Member(self.scan.quoted()?)
        } else {
            let start = self.scan.at;
            let number = self.scan.take_while(|c| c.is_ascii_digit() || c == '-').parse();
            let wrong = |_| CellError { at: start, message: "expected a number, `*`, `?` or a name in quotes".to_owned() };
            Step::Item(number.map_err(wrong)?)
        };
        self.scan.need("]")?;
        Ok(step)
    }
}
