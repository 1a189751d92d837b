//! JSON with Go's encoding/json rules.
/// Reads one document.
pub struct Parser<'a>(std::marker::PhantomData<&'a ()>);
/// Why a document could not be decoded.
pub struct JsonError;
