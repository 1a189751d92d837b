//! Query parameters of writes: dryRun, fieldManager, fieldValidation, force; checked as apimachinery checks them.

use crate::request::Request;
use crate::status::{ApiError, Cause};

/// Longest field manager, in bytes.
const LONGEST_MANAGER: usize = 128;

/// What a write was asked to do besides its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WriteOptions {
    /// Everything is done but the writing.
    pub(crate) dry_run: bool,
    /// Who is credited with the fields that change.
    pub(crate) manager: String,
    /// What happens to unknown and duplicate fields.
    pub(crate) validation: FieldValidation,
}

/// What happens to unknown and duplicate fields of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldValidation {
    /// They are dropped.
    Ignore,
    /// They are dropped, with a Warning each.
    Warn,
    /// They are refused.
    Strict,
}

impl WriteOptions {
    /// A write of the server's own.
    pub(crate) fn by(manager: &str) -> Self {
        Self { dry_run: false, manager: manager.to_owned(), validation: FieldValidation::Ignore }
    }

    /// Reads the options of a request. `kind` names them in errors, such as `CreateOptions`.
    pub(crate) fn read(request: &Request, kind: &str) -> Result<Self, ApiError> {
        let mut causes = Vec::new();
        let manager = request.query.get("fieldManager").unwrap_or_default();
        if kind == "PatchOptions" && request.query.get("force").is_some() {
            causes.push(Cause::new("FieldValueForbidden", "Forbidden: may not be specified for non-apply patch", "force"));
        }
        causes.extend(check_manager(manager));
        let dry_run = dry_run(request.query.all("dryRun"), &mut causes);
        let validation = field_validation(request.query.get("fieldValidation").unwrap_or_default(), &mut causes);
        if !causes.is_empty() {
            return Err(options_error(kind, causes));
        }
        let manager = if manager.is_empty() { agent_manager(request.header("user-agent")) } else { manager.to_owned() };
        Ok(Self { dry_run, manager, validation })
    }
}

/// 422 about query parameters.
pub(crate) fn options_error(kind: &str, causes: Vec<Cause>) -> ApiError {
    ApiError::invalid("meta.k8s.io", kind, "", causes)
}

/// Whether nothing is to be written. Only `All` is a known value.
pub(crate) fn dry_run<'a>(values: impl Iterator<Item = &'a str>, causes: &mut Vec<Cause>) -> bool {
    let values: Vec<&str> = values.collect();
    if values.iter().any(|value| *value != "All") {
        let shown = serde_json::to_string(&values).unwrap_or_default();
        let message = format!("Unsupported value: {shown}: supported values: \"All\"");
        causes.push(Cause::new("FieldValueNotSupported", message, "dryRun"));
    }
    !values.is_empty()
}

fn field_validation(value: &str, causes: &mut Vec<Cause>) -> FieldValidation {
    match value {
        "" | "Warn" => FieldValidation::Warn,
        "Ignore" => FieldValidation::Ignore,
        "Strict" => FieldValidation::Strict,
        other => {
            let message = format!("Unsupported value: {other:?}: supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"");
            causes.push(Cause::new("FieldValueNotSupported", message, "fieldValidation"));
            FieldValidation::Warn
        }
    }
}

fn check_manager(manager: &str) -> Vec<Cause> {
    let mut causes = Vec::new();
    if manager.len() > LONGEST_MANAGER {
        let message = format!("Too long: may not be more than {LONGEST_MANAGER} bytes");
        causes.push(Cause::new("FieldValueTooLong", message, "fieldManager"));
    }
    for (at, character) in manager.chars().enumerate().filter(|(_, character)| !is_printable(*character)) {
        let code = u32::from(character);
        let message = format!("Invalid value: {}: invalid character U+{code:04X} (at position {at})", quoted(manager));
        causes.push(Cause::new("FieldValueInvalid", message, "fieldManager"));
    }
    causes
}

/// The manager of a client that names none: its User-Agent up to the first slash.
fn agent_manager(agent: &str) -> String {
    let name = agent.split('/').next().unwrap_or_default();
    let mut manager: String = name.chars().filter(|character| is_printable(*character)).collect();
    manager.truncate(manager.floor_char_boundary(LONGEST_MANAGER));
    if manager.is_empty() { "unknown".to_owned() } else { manager }
}

fn is_printable(character: char) -> bool {
    character == ' ' || !(character.is_control() || character.is_whitespace())
}

fn quoted(text: &str) -> String {
    crate::rule::quote::quoted(text)
}

/// A whole number as Go reads it; the error is Go's text.
pub(crate) fn parse_int(text: &str) -> Result<i64, ApiError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(number) if plain => Ok(number),
        Err(_) if plain => Err(ApiError::bad_request(format!("strconv.ParseInt: parsing {text:?}: value out of range"))),
        _ => Err(ApiError::bad_request(format!("strconv.ParseInt: parsing {text:?}: invalid syntax"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn managers_default_to_the_client_program() {
        let cases =
            [("exchange/1.0", "exchange"), ("My Agent/7.1 (x) y/z", "My Agent"), ("", "unknown"), ("/x", "unknown"), ("a\tb", "ab")];
        for (agent, manager) in cases {
            assert_eq!(agent_manager(agent), manager, "{agent}");
        }
    }

    #[test]
    fn managers_are_checked() {
        assert!(check_manager("kubectl-client-side-apply").is_empty());
        assert_eq!(check_manager(&"x".repeat(129))[0].message, "Too long: may not be more than 128 bytes");
        assert_eq!(check_manager("tab\there")[0].message, "Invalid value: \"tab\\there\": invalid character U+0009 (at position 3)");
    }

    #[test]
    fn only_all_is_a_dry_run() {
        for (values, expected, faults) in
            [(&[][..], false, 0), (&["All"], true, 0), (&["All", "All"], true, 0), (&["All", "Other"], true, 1)]
        {
            let mut causes = Vec::new();
            assert_eq!(dry_run(values.iter().copied(), &mut causes), expected);
            assert_eq!(causes.len(), faults);
        }
    }

    #[test]
    fn numbers_fail_in_the_words_of_go() {
        assert_eq!(parse_int("-5"), Ok(-5));
        for text in ["x", "", "1.0", "+"] {
            assert_eq!(parse_int(text).map_err(|error| error.message), Err(format!("strconv.ParseInt: parsing {text:?}: invalid syntax")));
        }
    }
}
