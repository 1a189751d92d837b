//! Documents of small APIs, built by hand.

mod api;
mod definitions;
mod paths;
mod protobuf;
