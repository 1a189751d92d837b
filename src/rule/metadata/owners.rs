//! Owner references.

use serde_json::Value;

use super::FieldError;
use crate::codec::json::to_value;
use crate::meta::v1::OwnerReference;

const PATH: &str = "metadata.ownerReferences";

/// Each is complete and refers to something that may own; at most one is the controller.
pub(super) fn check(owners: &[OwnerReference], found: &mut Vec<FieldError>) {
    let mut controller: Option<&OwnerReference> = None;
    let mut reported = false;
    for owner in owners {
        found.extend(faults(owner));
        if owner.controller == Some(true) {
            match controller {
                None => controller = Some(owner),
                // Each report holds all owners, so one for each controller would grow with the square of their number.
                Some(_) if reported => {}
                Some(first) => {
                    reported = true;
                    let [first, name] = [first, owner].map(|owner| format!("{}/{}", owner.kind, owner.name));
                    let all = Value::Array(owners.iter().map(|owner| to_value(owner)).collect());
                    let why =
                        format!("Only one reference can have Controller set to true. Found \"true\" in references for {first} and {name}");
                    found.push(FieldError::invalid(PATH, all, why));
                }
            }
        }
    }
}

fn faults(owner: &OwnerReference) -> Vec<FieldError> {
    let mut found = Vec::new();
    if version(&owner.api_version).is_empty() {
        found.push(FieldError::invalid(format!("{PATH}.apiVersion"), owner.api_version.as_str(), "version must not be empty"));
    }
    for (field, value) in [("kind", &owner.kind), ("name", &owner.name), ("uid", &owner.uid)] {
        if value.is_empty() {
            found.push(FieldError::invalid(format!("{PATH}.{field}"), "", "must not be empty"));
        }
    }
    if owner.api_version == "v1" && owner.kind == "Event" {
        found.push(FieldError::invalid(PATH, to_value(owner), "/v1, Kind=Event is disallowed from being an owner"));
    }
    found
}

/// The version in `group/version`; empty when the text is none.
fn version(api_version: &str) -> &str {
    match api_version.split_once('/') {
        None => api_version,
        Some((_, version)) if version.contains('/') => "",
        Some((_, version)) => version,
    }
}
