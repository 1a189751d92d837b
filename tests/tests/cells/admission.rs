//! Certificates, policies, roles, devices and what else takes decisions.

use serde_json::{Value, json};

use super::{assert_cells, cell};

#[test]
fn certificate_requests() {
    let request = |conditions: &[&str], certificate: &str| {
        let conditions: Vec<Value> = conditions.iter().map(|name| json!({"type": name, "status": "True"})).collect();
        json!({"apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest",
            "spec": {"signerName": "s", "username": "u", "request": ""}, "status": {"conditions": conditions, "certificate": certificate}})
    };
    for (conditions, certificate, expected) in [
        (&[][..], "", "Pending"),
        (&["Approved"], "", "Approved"),
        (&["Approved"], "AAAA", "Approved,Issued"),
        (&["Approved", "Failed"], "", "Approved,Failed"),
        (&["Approved", "Denied"], "", "Denied"),
    ] {
        assert_eq!(cell(&request(conditions, certificate), "Condition"), expected);
    }
    let mut timed = request(&[], "");
    assert_cells(&timed, &json!([["RequestedDuration", "<none>"], ["SignerName", "s"], ["Requestor", "u"]]));
    timed["spec"]["expirationSeconds"] = json!(86_400);
    assert_eq!(cell(&timed, "RequestedDuration"), "24h");
}

#[test]
fn policies() {
    let of = |kind: &str, spec: Value| json!({"apiVersion": "admissionregistration.k8s.io/v1", "kind": kind, "spec": spec});
    for (object, name, expected) in [
        (of("ValidatingAdmissionPolicy", json!({"validations": [{"expression": "true"}]})), "Validations", json!(1)),
        (of("ValidatingAdmissionPolicy", json!({})), "ParamKind", json!("<unset>")),
        (of("MutatingAdmissionPolicy", json!({"paramKind": {"apiVersion": "x.org/v1", "kind": "P"}})), "ParamKind", json!("x.org/v1/P")),
        (of("ValidatingAdmissionPolicyBinding", json!({})), "ParamRef", json!("<unset>")),
        (of("ValidatingAdmissionPolicyBinding", json!({"paramRef": {"name": "p"}})), "ParamRef", json!("*/p")),
        (of("MutatingAdmissionPolicyBinding", json!({"paramRef": {"name": "p", "namespace": "ns"}})), "ParamRef", json!("ns/p")),
        (of("MutatingAdmissionPolicyBinding", json!({"paramRef": {"selector": {"matchLabels": {"a": "b"}}}})), "ParamRef", json!("a=b")),
    ] {
        assert_eq!(cell(&object, name), expected, "{object}");
    }
}

#[test]
fn api_services() {
    let of = |service: Value, conditions: Value| json!({"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "spec": {"service": service}, "status": {"conditions": conditions}});
    let available = |status: &str, reason: &str| json!([{"type": "Available", "status": status, "reason": reason}]);
    for (object, service, expected) in [
        (of(json!(null), available("True", "Local")), "Local", "True"),
        (of(json!({"namespace": "ns", "name": "s"}), available("False", "MissingEndpoint")), "ns/s", "False (MissingEndpoint)"),
        (of(json!({"namespace": "ns", "name": "s"}), available("False", "")), "ns/s", "False"),
        (of(json!(null), json!([])), "Local", "Unknown"),
    ] {
        assert_cells(&object, &json!([["Service", service], ["Available", expected]]));
    }
}

#[test]
fn role_bindings_of_all_versions() {
    for version in ["v1", "v1beta1", "v1alpha1"] {
        let binding = json!({
            "apiVersion": format!("rbac.authorization.k8s.io/{version}"), "kind": "RoleBinding", "roleRef": {"kind": "Role", "name": "r", "apiGroup": ""},
            "subjects": [{"kind": "User", "name": "u"}, {"kind": "Group", "name": "g"}, {"kind": "User", "name": "v"}, {"kind": "ServiceAccount", "namespace": "ns", "name": "s"}],
        });
        assert_cells(&binding, &json!([["Role", "Role/r"], ["Users", "u, v"], ["Groups", "g"], ["ServiceAccounts", "ns/s"]]));
    }
}

#[test]
fn claims_for_devices() {
    let claim = |gone: bool, status: Value| {
        let meta = if gone { json!({"deletionTimestamp": "2030-01-02T11:00:00Z"}) } else { json!({}) };
        json!({"apiVersion": "resource.k8s.io/v1", "kind": "ResourceClaim", "metadata": meta, "status": status})
    };
    let reserved = json!([{"resource": "pods", "name": "p", "uid": "u"}]);
    for (gone, status, expected) in [
        (false, json!({}), "pending"),
        (false, json!({"allocation": {}}), "allocated"),
        (false, json!({"allocation": {}, "reservedFor": reserved}), "allocated,reserved"),
        (true, json!({"allocation": {}, "reservedFor": reserved}), "deleted,allocated,reserved"),
        (true, json!({}), "deleted"),
    ] {
        assert_eq!(cell(&claim(gone, status), "State"), expected);
    }
}

#[test]
fn pools_of_devices() {
    let of = |status: Value| json!({"apiVersion": "resource.k8s.io/v1alpha3", "kind": "ResourcePoolStatusRequest", "spec": {"driver": "d"}, "status": status});
    let pool = |total: i32, error: &str| json!({"driver": "d", "poolName": "p", "generation": 1, "totalDevices": total, "allocatedDevices": 1, "validationError": error});
    let held =
        |name: &str| json!([{"type": name, "status": "True", "reason": "r", "message": "", "lastTransitionTime": "2030-01-02T11:59:00Z"}]);
    for (status, expected) in [
        (json!(null), json!([["Total", "-"], ["Errors", "-"], ["Pools", 0], ["Status", "Pending"], ["Completed", "<none>"]])),
        (
            json!({"poolCount": 2, "conditions": held("Failed")}),
            json!([["Total", "-"], ["Pools", 2], ["Status", "Failed"], ["Completed", "<none>"]]),
        ),
        (
            json!({"poolCount": 2, "pools": [pool(3, ""), pool(4, "bad")], "conditions": held("Complete")}),
            json!([["Total", "7"], ["Allocated", "2"], ["Errors", "1"], ["Pools", 2], ["Status", "Complete"], ["Completed", "60s"]]),
        ),
        (json!({"poolCount": 3, "pools": [pool(3, "")], "conditions": held("Complete")}), json!([["Status", "Complete (1/3 pools)"]])),
    ] {
        assert_cells(&of(status), &expected);
    }
}

#[test]
fn flow_control() {
    let of = |kind: &str, spec: Value| json!({"apiVersion": "flowcontrol.apiserver.k8s.io/v1", "kind": kind, "spec": spec});
    for (object, expected) in [
        (
            of("FlowSchema", json!({"matchingPrecedence": 9, "priorityLevelConfiguration": {"name": "l"}})),
            json!([["PriorityLevel", "l"], ["MatchingPrecedence", 9], ["DistinguisherMethod", "<none>"], ["MissingPL", "?"]]),
        ),
        (
            of(
                "PriorityLevelConfiguration",
                json!({"type": "Limited", "limited": {"nominalConcurrencyShares": 0, "limitResponse": {"type": "Queue", "queuing": {"queues": 64, "handSize": 6, "queueLengthLimit": 50}}}}),
            ),
            json!([["Type", "Limited"], ["NominalConcurrencyShares", 0], ["Queues", 64], ["HandSize", 6], ["QueueLengthLimit", 50]]),
        ),
        (
            of("PriorityLevelConfiguration", json!({"type": "Exempt"})),
            json!([["NominalConcurrencyShares", "<none>"], ["Queues", "<none>"]]),
        ),
    ] {
        assert_cells(&object, &expected);
    }
}

#[test]
fn groups_of_pods_and_migrations() {
    let group =
        |conditions: Value| json!({"apiVersion": "scheduling.k8s.io/v1alpha2", "kind": "PodGroup", "status": {"conditions": conditions}});
    let condition = |name: &str, status: &str, reason: &str| json!({"type": name, "status": status, "reason": reason, "message": "", "lastTransitionTime": null});
    for (conditions, expected) in [
        (json!([]), "Pending"),
        (json!([condition("PodGroupScheduled", "True", "x")]), "Scheduled"),
        (json!([condition("PodGroupScheduled", "False", "x")]), "Unschedulable"),
        (json!([condition("PodGroupScheduled", "True", "x"), condition("DisruptionTarget", "True", "Preempted")]), "Preempted"),
    ] {
        assert_cells(&group(conditions), &json!([["Status", expected], ["Policy", "Basic"], ["Workload", "<none>"]]));
    }
    let migration = |group: &str, conditions: Value| json!({"apiVersion": "storagemigration.k8s.io/v1beta1", "kind": "StorageVersionMigration", "spec": {"resource": {"group": group, "resource": "r"}}, "status": {"conditions": conditions}});
    for (object, expected) in [
        (migration("", json!([])), ["r", "Unknown"]),
        (migration("x.org", json!([condition("Running", "True", ""), condition("Succeeded", "True", "")])), ["r.x.org", "Succeeded"]),
        (migration("", json!([condition("Running", "True", ""), condition("Failed", "False", "")])), ["r", "Running"]),
    ] {
        assert_cells(&object, &json!([["Resource", expected[0]], ["Status", expected[1]]]));
    }
}
