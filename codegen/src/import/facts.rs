//! The facts format: an API as extracted from its Go sources, one JSON document of groups, types, fields and resources.

pub mod tags;
