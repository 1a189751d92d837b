//! Hand-written structs as API resources: the same as generated ones, and served next to them.

#[path = "derive/clash.rs"]
mod clash;
#[path = "derive/flunder.rs"]
mod flunder;
#[path = "derive/same.rs"]
mod same;
#[path = "derive/served.rs"]
mod served;
#[path = "derive/widget.rs"]
mod widget;
