//! What is wrong with a field, in the words and with the reasons that Kubernetes clients expect.

use std::fmt;

use serde_json::Value;

use super::quote::quoted;

/// What is wrong with one field of an object. Its `Display` is the body of the message, without the field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    /// The field, such as `spec.containers[0].image` or `metadata.labels[a/b]`.
    pub path: String,
    /// What is wrong with it.
    pub kind: FieldErrorKind,
    /// What was found there.
    pub value: Value,
    /// What would be right; may be empty.
    pub detail: String,
}

/// What can be wrong with a field. Source: apimachinery's `field.ErrorType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldErrorKind {
    /// What the field refers to does not exist.
    NotFound,
    /// It must be set.
    Required,
    /// Its value must be unique, and is not.
    Duplicate,
    /// Its value is malformed or out of bounds.
    Invalid,
    /// Its value is none of those allowed.
    NotSupported,
    /// Its value is allowed in general, but not now or not for this client.
    Forbidden,
    /// Its text is too long.
    TooLong,
    /// Its text is too short.
    TooShort,
    /// It has too many items.
    TooMany,
    /// It has too few items.
    TooFew,
    /// The server failed.
    Internal,
    /// Its value is of another type.
    TypeInvalid,
}

impl FieldErrorKind {
    /// The reason of a cause in a Status, such as `FieldValueInvalid`.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NotFound => "FieldValueNotFound",
            Self::Required => "FieldValueRequired",
            Self::Duplicate => "FieldValueDuplicate",
            Self::Invalid => "FieldValueInvalid",
            Self::NotSupported => "FieldValueNotSupported",
            Self::Forbidden => "FieldValueForbidden",
            Self::TooLong => "FieldValueTooLong",
            Self::TooShort => "FieldValueTooShort",
            Self::TooMany => "FieldValueTooMany",
            Self::TooFew => "FieldValueTooFew",
            Self::Internal => "InternalError",
            Self::TypeInvalid => "FieldValueTypeInvalid",
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Self::NotFound => "Not found",
            Self::Required => "Required value",
            Self::Duplicate => "Duplicate value",
            Self::Invalid | Self::TypeInvalid => "Invalid value",
            Self::NotSupported => "Unsupported value",
            Self::Forbidden => "Forbidden",
            Self::TooLong => "Too long",
            Self::TooShort => "Too short",
            Self::TooMany => "Too many",
            Self::TooFew => "Too few",
            Self::Internal => "Internal error",
        }
    }

    /// Whether the message leaves the value out.
    const fn hides_value(self) -> bool {
        matches!(self, Self::Required | Self::Forbidden | Self::TooLong | Self::TooShort | Self::Internal)
    }
}

impl FieldError {
    fn new(kind: FieldErrorKind, path: impl Into<String>, value: Value, detail: impl Into<String>) -> Self {
        Self { path: path.into(), kind, value, detail: detail.into() }
    }

    /// The field must be set.
    pub fn required(path: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(FieldErrorKind::Required, path, Value::String(String::new()), detail)
    }
    /// The value is malformed or out of bounds.
    pub fn invalid(path: impl Into<String>, value: impl Into<Value>, detail: impl Into<String>) -> Self {
        Self::new(FieldErrorKind::Invalid, path, value.into(), detail)
    }
    /// The value is of another type.
    pub fn type_invalid(path: impl Into<String>, value: impl Into<Value>, detail: impl Into<String>) -> Self {
        Self::new(FieldErrorKind::TypeInvalid, path, value.into(), detail)
    }
    /// The value is none of those allowed, which are listed in the order given.
    pub fn not_supported<'a>(path: impl Into<String>, value: impl Into<Value>, allowed: impl IntoIterator<Item = &'a str>) -> Self {
        let allowed: Vec<String> = allowed.into_iter().map(quoted).collect();
        let detail = if allowed.is_empty() { String::new() } else { format!("supported values: {}", allowed.join(", ")) };
        Self::new(FieldErrorKind::NotSupported, path, value.into(), detail)
    }
    /// The value must be unique.
    pub fn duplicate(path: impl Into<String>, value: impl Into<Value>) -> Self {
        Self::new(FieldErrorKind::Duplicate, path, value.into(), "")
    }
    /// What the value refers to does not exist.
    pub fn not_found(path: impl Into<String>, value: impl Into<Value>) -> Self {
        Self::new(FieldErrorKind::NotFound, path, value.into(), "")
    }
    /// The value is not allowed now, or not for this client.
    pub fn forbidden(path: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(FieldErrorKind::Forbidden, path, Value::String(String::new()), detail)
    }
    /// The text is longer than so many bytes.
    pub fn too_long(path: impl Into<String>, value: impl Into<Value>, most: usize) -> Self {
        let plural = if most == 1 { "" } else { "s" };
        Self::new(FieldErrorKind::TooLong, path, value.into(), format!("may not be more than {most} byte{plural}"))
    }
    /// There are more than so many items.
    pub fn too_many(path: impl Into<String>, count: usize, most: usize) -> Self {
        let plural = if most == 1 { "" } else { "s" };
        Self::new(FieldErrorKind::TooMany, path, count.into(), format!("must have at most {most} item{plural}"))
    }
    /// There are fewer than so many items.
    pub fn too_few(path: impl Into<String>, count: usize, least: usize) -> Self {
        let plural = if least == 1 { "" } else { "s" };
        Self::new(FieldErrorKind::TooFew, path, count.into(), format!("must have at least {least} item{plural}"))
    }
    /// The server failed.
    pub fn internal(path: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(FieldErrorKind::Internal, path, Value::Null, detail)
    }

    /// The reason of a cause in a Status, such as `FieldValueInvalid`.
    pub const fn reason(&self) -> &'static str {
        self.kind.reason()
    }
}

/// `<kind>[: <value>][: <detail>]`
impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.text())?;
        if !self.kind.hides_value() {
            match &self.value {
                Value::String(text) => write!(f, ": {}", quoted(text))?,
                value => write!(f, ": {value}")?,
            }
        }
        if self.detail.is_empty() { Ok(()) } else { write!(f, ": {}", self.detail) }
    }
}

impl std::error::Error for FieldError {}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::FieldError;

    #[test]
    fn bodies_read_as_in_kubernetes() {
        let table = [
            (FieldError::required("a", "name or generateName is required"), "Required value: name or generateName is required"),
            (FieldError::required("a", ""), "Required value"),
            (FieldError::invalid("a", "x\"y", "must be z"), "Invalid value: \"x\\\"y\": must be z"),
            (FieldError::invalid("a", -1, "must be greater than or equal to 0"), "Invalid value: -1: must be greater than or equal to 0"),
            (FieldError::invalid("a", json!({"b": [true]}), ""), "Invalid value: {\"b\":[true]}"),
            (FieldError::not_supported("a", "c", ["a", "b"]), "Unsupported value: \"c\": supported values: \"a\", \"b\""),
            (FieldError::duplicate("a", "c"), "Duplicate value: \"c\""),
            (FieldError::forbidden("a", "not now"), "Forbidden: not now"),
            (FieldError::too_long("a", "xxx", 2), "Too long: may not be more than 2 bytes"),
            (FieldError::too_many("a", 3, 2), "Too many: 3: must have at most 2 items"),
        ];
        for (error, text) in table {
            assert_eq!(error.to_string(), text);
        }
    }
}
