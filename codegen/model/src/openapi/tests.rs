//! Documents of small APIs, built by hand.

mod api;
mod decode;
mod definitions;
mod facts;
mod paths;
mod protobuf;
