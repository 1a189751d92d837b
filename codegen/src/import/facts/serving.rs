//! What a Kubernetes server does with its resources that their types do not say. Sources: the OpenAPI document (which deletes answer with the
//! object), the documented list of kinds that PUT creates, and the keys that tools for etcd see.

use crate::import::write::{Map, Node};

/// Groups whose objects lie below the group's name in the store, as those of custom resources do.
const OWN_SERVERS: [&str; 2] = ["apiextensions.k8s.io", "apiregistration.k8s.io"];

/// Store prefixes that are not the plural.
const KEYS: [(&str, &str); 6] = [
    ("endpoints", "services/endpoints"),
    ("ingresses", "ingress"),
    ("nodes", "minions"),
    ("replicationcontrollers", "controllers"),
    ("services", "services/specs"),
    ("podsecuritypolicies", "podsecuritypolicy"),
];

/// Resources that PUT creates, by group.
const CREATED_BY_PUT: [(&str, &[&str]); 5] = [
    ("", &["services", "endpoints", "events", "limitranges"]),
    ("events.k8s.io", &["events"]),
    ("coordination.k8s.io", &["leases"]),
    ("node.k8s.io", &["runtimeclasses"]),
    ("rbac.authorization.k8s.io", &["roles", "rolebindings", "clusterroles", "clusterrolebindings"]),
];

/// Resources that PUT does not overwrite without a resourceVersion, by group; no plural stands for all.
const NEVER_BLINDLY: [(&str, &[&str]); 9] = [
    ("admissionregistration.k8s.io", &[]),
    ("apiextensions.k8s.io", &[]),
    ("apiregistration.k8s.io", &[]),
    ("coordination.k8s.io", &["leasecandidates"]),
    ("internal.apiserver.k8s.io", &[]),
    ("node.k8s.io", &[]),
    ("policy", &[]),
    ("storage.k8s.io", &["csidrivers", "csinodes", "csistoragecapacities", "volumeattachments"]),
    ("storagemigration.k8s.io", &[]),
];

/// Resources whose delete answers with the object, by group.
const RETURNED_BY_DELETE: [(&str, &[&str]); 3] = [
    ("", &["persistentvolumeclaims", "persistentvolumes", "pods", "podtemplates", "resourcequotas", "serviceaccounts", "services"]),
    (
        "resource.k8s.io",
        &["deviceclasses", "resourceclaims", "resourceclaimtemplates", "resourceslices", "devicetaintrules", "resourcepoolstatusrequests"],
    ),
    ("storage.k8s.io", &["csidrivers", "csinodes", "storageclasses", "volumeattachments", "volumeattributesclasses"]),
];

/// Parts of the object that subresources write.
const PARTS: [(&str, &str); 3] =
    [("approval", ".status.conditions"), ("ephemeralcontainers", ".spec.ephemeralContainers"), ("resize", ".spec.containers")];

/// What posting to a subresource does.
const ACTIONS: [(&str, &str); 3] = [("binding", "bind"), ("eviction", "evict"), ("token", "token")];

/// Writes how the objects of a resource are stored and written.
pub(super) fn habits(group: &str, plural: &str, stored: bool, tree: &mut Map) {
    if !stored {
        return;
    }
    if !OWN_SERVERS.contains(&group) {
        tree.push("key", Node::text(look_up(&KEYS, plural).unwrap_or(plural)));
    }
    tree.push_flag("unconditionalUpdate", !holds(&NEVER_BLINDLY, group, plural));
    tree.push_flag("createOnUpdate", holds(&CREATED_BY_PUT, group, plural));
    tree.push_flag("deleteReturnsObject", holds(&RETURNED_BY_DELETE, group, plural));
}

/// The part of the object that a subresource writes; empty when it is not known.
pub(in crate::import) fn part(subresource: &str) -> &'static str {
    look_up(&PARTS, subresource).unwrap_or_default()
}

/// What posting to a subresource does; empty when it is not known.
pub(in crate::import) fn action(subresource: &str) -> &'static str {
    look_up(&ACTIONS, subresource).unwrap_or_default()
}

fn look_up(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

fn holds(table: &[(&str, &[&str])], group: &str, plural: &str) -> bool {
    table.iter().any(|(known, plurals)| *known == group && (plurals.is_empty() || plurals.contains(&plural)))
}
