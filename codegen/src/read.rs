//! The front end: schema files to checked sets. All problems of a stage are reported together; a stage with problems is the last.

use std::io;
use std::path::Path;

use crate::diagnostic::Diagnostics;
use crate::resolve::Model;
use crate::set::Set;
use crate::source::Sources;
use crate::{check, lens, raw, resolve};

/// Reads sets from the text of their files.
pub fn read(sources: &Sources) -> Result<Vec<Set>, Diagnostics> {
    let raw = raw::read(sources)?;
    model(&raw).map(|model| model.sets)
}

/// Reads sets, and hands them over together with where everything was written.
pub(crate) fn with_model<T>(sources: &Sources, use_it: impl FnOnce(&Model<'_>) -> T) -> Result<T, Diagnostics> {
    let raw = raw::read(sources)?;
    model(&raw).map(|model| use_it(&model))
}

/// The same of sets that were sound when they were released: what later rules of the language would refuse is let through.
pub(crate) fn with_released<T>(sources: &Sources, use_it: impl FnOnce(&Model<'_>) -> T) -> Result<T, Diagnostics> {
    let raw = raw::read(sources)?;
    resolve::resolve(&raw).map(|model| use_it(&model))
}

fn model(raw: &[raw::group::Set]) -> Result<Model<'_>, Diagnostics> {
    let mut model = resolve::resolve(raw)?;
    check::check(&model)?;
    lens::lenses(&mut model)?;
    Ok(model)
}

/// The files below a directory of schemas, and what they say.
pub fn load(directory: &Path) -> io::Result<(Sources, Result<Vec<Set>, Diagnostics>)> {
    let sources = Sources::load(directory)?;
    let sets = read(&sources);
    Ok((sources, sets))
}
