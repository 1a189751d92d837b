//! Text to label selectors.

use std::str::FromStr;

use super::label::{LabelSelector, Operator, Requirement, SelectorError, key_fault};
use super::lexer::{Lexer, Token};

impl FromStr for LabelSelector {
    type Err = SelectorError;

    fn from_str(text: &str) -> Result<Self, SelectorError> {
        let mut lexer = Lexer::new(text);
        let mut requirements = Vec::new();
        loop {
            match lexer.peek_word() {
                (Token::Word | Token::Not, _) => {}
                (Token::End, _) => return Ok(Self::new(requirements)),
                (_, found) => return Err(SelectorError(format!("found '{found}', expected: !, identifier, or 'end of string'"))),
            }
            requirements.push(requirement(&mut lexer).map_err(|fault| SelectorError(format!("unable to parse requirement: {fault}")))?);
            match lexer.take_word() {
                (Token::End, _) => return Ok(Self::new(requirements)),
                (Token::Comma, _) => {}
                (_, found) => return Err(SelectorError(format!("found '{found}', expected: ',' or 'end of string'"))),
            }
            let (token, found) = lexer.peek_word();
            if !matches!(token, Token::Word | Token::Not) {
                return Err(SelectorError(format!("found '{found}', expected: identifier after ','")));
            }
        }
    }
}

fn requirement(lexer: &mut Lexer<'_>) -> Result<Requirement, SelectorError> {
    let (mut token, mut key) = lexer.take_word();
    let absent = token == Token::Not;
    if absent {
        (token, key) = lexer.take_word();
    }
    if token != Token::Word {
        return Err(SelectorError(format!("found '{key}', expected: identifier")));
    }
    if let Some(fault) = key_fault(key) {
        return Err(SelectorError(fault));
    }
    if absent {
        return Requirement::new(key, Operator::Absent, []);
    }
    if matches!(lexer.peek_word().0, Token::End | Token::Comma) {
        return Requirement::new(key, Operator::Exists, []);
    }
    let operator = operator(lexer)?;
    let values = if matches!(operator, Operator::In | Operator::NotIn) { values(lexer)? } else { vec![value(lexer)?] };
    Requirement::new(key, operator, values)
}

fn operator(lexer: &mut Lexer<'_>) -> Result<Operator, SelectorError> {
    match lexer.take() {
        (Token::In, _) => Ok(Operator::In),
        (Token::NotIn, _) => Ok(Operator::NotIn),
        (Token::Equals, _) => Ok(Operator::Equals),
        (Token::DoubleEquals, _) => Ok(Operator::DoubleEquals),
        (Token::NotEquals, _) => Ok(Operator::NotEquals),
        (Token::Greater, _) => Ok(Operator::Greater),
        (Token::Less, _) => Ok(Operator::Less),
        (_, found) => Err(SelectorError(format!("found '{found}', expected: in, notin, =, ==, !=, gt, lt"))),
    }
}

/// The value after `=` and the like, which may be left out.
fn value(lexer: &mut Lexer<'_>) -> Result<String, SelectorError> {
    if matches!(lexer.peek_word().0, Token::End | Token::Comma) {
        return Ok(String::new());
    }
    match lexer.take_word() {
        (Token::Word, value) => Ok(value.to_owned()),
        (_, found) => Err(SelectorError(format!("found '{found}', expected: identifier"))),
    }
}

/// The values in parentheses; where none stands before or after a comma, it is the empty one.
fn values(lexer: &mut Lexer<'_>) -> Result<Vec<String>, SelectorError> {
    let (token, found) = lexer.take_word();
    if token != Token::Open {
        return Err(SelectorError(format!("found '{found}' expected: '('")));
    }
    match lexer.peek_word() {
        (Token::Close, _) => {
            lexer.take();
            return Ok(vec![String::new()]);
        }
        (Token::Word | Token::Comma, _) => {}
        (_, found) => return Err(SelectorError(format!("found '{found}', expected: ',', ')' or identifier"))),
    }
    let mut values = Vec::new();
    let mut value = String::new();
    loop {
        match lexer.take_word() {
            (Token::Word, word) => {
                word.clone_into(&mut value);
                let (token, found) = lexer.peek_word();
                if !matches!(token, Token::Comma | Token::Close) {
                    return Err(SelectorError(format!("found '{found}', expected: ',' or ')'")));
                }
            }
            (Token::Comma, _) => values.push(std::mem::take(&mut value)),
            (Token::Close, _) => {
                values.push(value);
                return Ok(values);
            }
            (_, found) => return Err(SelectorError(format!("found '{found}', expected: ',', or identifier"))),
        }
    }
}
