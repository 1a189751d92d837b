//! The derive macros.
