//! The object in a request's body.

use crate::intake::{self, Expected};
use crate::object::Object;
use crate::status::ApiError;

use super::Call;
use super::options::{FieldValidation, WriteOptions};

/// An object that a client sent.
pub(crate) struct Body {
    /// In the version of the path, with its defaults.
    pub(crate) object: Object,
    /// What the client is warned about.
    pub(crate) warnings: Vec<String>,
}

impl Call {
    /// What a body of this request has to be.
    pub(crate) fn expected(&self) -> Expected<'_> {
        Expected {
            registry: &self.api.registry,
            resource: Some(self.resource()),
            api_version: self.kind().api_version(),
            kind: &self.kind().kind,
            new: &*self.version().new,
        }
    }
}

/// Reads the body as an object of the path's kind.
pub(super) fn take(call: &Call, options: &WriteOptions) -> Result<Body, ApiError> {
    take_as(call, &call.expected(), options)
}

/// Reads the body as an object of some kind.
pub(crate) fn take_as(call: &Call, expected: &Expected<'_>, options: &WriteOptions) -> Result<Body, ApiError> {
    let strict = options.validation == FieldValidation::Strict;
    let taken = intake::decode(expected, call.body_type()?, &call.request.body, strict)?;
    Ok(Body { object: taken.object, warnings: options.warnings(taken.findings) })
}

impl WriteOptions {
    /// Which findings the client is told of.
    pub(super) fn warnings(&self, findings: Vec<String>) -> Vec<String> {
        if self.validation == FieldValidation::Warn { findings } else { Vec::new() }
    }
}
