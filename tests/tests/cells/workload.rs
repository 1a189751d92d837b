//! What makes pods, scales them and protects them.

use serde_json::{Value, json};

use super::{assert_cells, cell};

fn job(meta: &Value, spec: &Value, status: &Value) -> Value {
    json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": meta, "spec": spec, "status": status})
}

#[test]
fn jobs() {
    let held = |names: &[&str]| json!({"conditions": names.iter().map(|name| json!({"type": name, "status": "True"})).collect::<Vec<_>>()});
    let gone = json!({"deletionTimestamp": "2030-01-02T11:00:00Z"});
    for (meta, status, expected) in [
        (json!({}), held(&[]), "Running"),
        (json!({}), held(&["SuccessCriteriaMet", "Complete"]), "Complete"),
        (json!({}), held(&["FailureTarget", "Failed"]), "Failed"),
        (gone.clone(), held(&["Suspended"]), "Terminating"),
        (gone, held(&["Complete"]), "Complete"),
        (json!({}), held(&["Suspended"]), "Suspended"),
        (json!({}), held(&["FailureTarget"]), "FailureTarget"),
        (json!({}), json!({"conditions": [{"type": "Suspended", "status": "False"}]}), "Running"),
    ] {
        assert_eq!(cell(&job(&meta, &json!({}), &status), "Status"), expected, "{status}");
    }
    for (spec, status, expected) in [
        (json!({"completions": 3, "parallelism": 2}), json!({"succeeded": 1}), "1/3"),
        (json!({"completions": 0}), json!({}), "0/0"),
        (json!({"parallelism": 2}), json!({"succeeded": 1}), "1/1 of 2"),
        (json!({"parallelism": 1}), json!({}), "0/1"),
        (json!({}), json!({}), "0/1"),
    ] {
        assert_eq!(cell(&job(&json!({}), &spec, &status), "Completions"), expected, "{spec}");
    }
    for (status, expected) in [
        (json!({}), ""),
        (json!({"startTime": "2030-01-02T11:59:00Z"}), "60s"),
        (json!({"startTime": "2030-01-02T09:00:00Z", "completionTime": "2030-01-02T09:02:05Z"}), "2m5s"),
    ] {
        assert_eq!(cell(&job(&json!({}), &json!({}), &status), "Duration"), expected);
    }
    let template = json!({"spec": {"containers": [{"name": "a", "image": "x"}, {"name": "b", "image": "y"}]}});
    let selector = json!({"matchLabels": {"job": "j"}});
    let object = job(&json!({}), &json!({"template": template, "selector": selector}), &json!({}));
    assert_cells(&object, &json!([["Containers", "a,b"], ["Images", "x,y"], ["Selector", "job=j"]]));
}

#[test]
fn cron_jobs() {
    let cron = |spec: Value, status: Value| json!({"apiVersion": "batch/v1", "kind": "CronJob", "spec": spec, "status": status});
    for (object, expected) in [
        (
            cron(json!({"schedule": "@daily"}), json!({})),
            json!([
                ["Schedule", "@daily"],
                ["Timezone", "<none>"],
                ["Suspend", "<unset>"],
                ["Active", 0],
                ["Last Schedule", "<none>"],
                ["Selector", "<none>"]
            ]),
        ),
        (
            cron(
                json!({"schedule": "* * * * *", "timeZone": "Etc/UTC", "suspend": false}),
                json!({"active": [{"name": "a"}], "lastScheduleTime": "2030-01-02T11:59:30Z"}),
            ),
            json!([["Timezone", "Etc/UTC"], ["Suspend", "False"], ["Active", 1], ["Last Schedule", "30s"]]),
        ),
        (cron(json!({"schedule": "", "suspend": true}), json!({})), json!([["Suspend", "True"]])),
    ] {
        assert_cells(&object, &expected);
    }
}

#[test]
fn replicated_pods() {
    let of = |kind: &str, spec: Value, status: Value| json!({"apiVersion": "apps/v1", "kind": kind, "spec": spec, "status": status});
    let selector = json!({"matchLabels": {"a": "b"}, "matchExpressions": [{"key": "c", "operator": "In", "values": ["x", "y"]}]});
    for (object, expected) in [
        (
            of("Deployment", json!({"replicas": 3, "selector": selector}), json!({"readyReplicas": 2, "updatedReplicas": 3})),
            json!([["Ready", "2/3"], ["Up-to-date", 3], ["Available", 0], ["Selector", "a=b,c in (x,y)"]]),
        ),
        (of("Deployment", json!({"replicas": 0, "selector": {}}), json!({})), json!([["Ready", "0/0"], ["Selector", ""]])),
        (
            of("Deployment", json!({"selector": {"matchExpressions": [{"key": "c", "operator": "Odd"}]}}), json!({})),
            json!([["Selector", "<invalid>"]]),
        ),
        (
            of("ReplicaSet", json!({"replicas": 3, "selector": {}}), json!({"replicas": 2})),
            json!([["Desired", 3], ["Current", 2], ["Ready", 0], ["Selector", "<none>"]]),
        ),
        (of("StatefulSet", json!({"replicas": 1}), json!({"readyReplicas": 1})), json!([["Ready", "1/1"]])),
        (
            of(
                "DaemonSet",
                json!({"template": {"spec": {"nodeSelector": {"disk": "ssd"}}}}),
                json!({"desiredNumberScheduled": 2, "numberReady": 1}),
            ),
            json!([["Desired", 2], ["Current", 0], ["Ready", 1], ["Up-to-date", 0], ["Available", 0], ["Node Selector", "disk=ssd"]]),
        ),
    ] {
        assert_cells(&object, &expected);
    }
    let owned = |version: &str, controller: bool| {
        json!({"apiVersion": "apps/v1", "kind": "ControllerRevision", "revision": 4, "metadata": {
            "ownerReferences": [{"apiVersion": version, "kind": "Thing", "name": "t", "uid": "u", "controller": controller}],
        }})
    };
    for (object, expected) in
        [(owned("apps/v1", true), "thing.apps/t"), (owned("v1", true), "thing/t"), (owned("apps/v1", false), "<none>")]
    {
        assert_cells(&object, &json!([["Controller", expected], ["Revision", 4]]));
    }
}

#[test]
fn autoscalers() {
    let resource = |target: Value| json!({"type": "Resource", "resource": {"name": "cpu", "target": target}});
    let external = |target: Value| json!({"type": "External", "external": {"metric": {"name": "q"}, "target": target}});
    for (metrics, current, expected) in [
        (json!([]), json!([]), "<none>"),
        (json!([resource(json!({"type": "Utilization", "averageUtilization": 80}))]), json!([]), "cpu: <unknown>/80%"),
        (
            json!([resource(json!({"type": "Utilization", "averageUtilization": 80}))]),
            json!([{"type": "Resource", "resource": {"name": "cpu", "current": {"averageUtilization": 0, "averageValue": "1m"}}}]),
            "cpu: 0%/80%",
        ),
        (json!([resource(json!({"type": "Utilization"}))]), json!([]), "cpu: <unknown>/<auto>"),
        (
            json!([resource(json!({"type": "AverageValue", "averageValue": "100m"}))]),
            json!([{"type": "Resource", "resource": {"name": "cpu", "current": {"averageValue": "50m"}}}]),
            "cpu: 50m/100m",
        ),
        (
            json!([{"type": "ContainerResource", "containerResource": {"name": "memory", "container": "a", "target": {"type": "Utilization", "averageUtilization": 50}}}]),
            json!([{"type": "ContainerResource", "containerResource": {"name": "memory", "container": "a", "current": {"averageUtilization": 7}}}]),
            "memory: 7%/50%",
        ),
        (
            json!([{"type": "Pods", "pods": {"metric": {"name": "m"}, "target": {"type": "AverageValue", "averageValue": "10"}}}]),
            json!([{"type": "Pods", "pods": {"metric": {"name": "m"}, "current": {"averageValue": "3"}}}]),
            "3/10",
        ),
        (
            json!([external(json!({"type": "Value", "value": "30"}))]),
            json!([{"type": "External", "external": {"metric": {"name": "q"}, "current": {"value": "12"}}}]),
            "12/30",
        ),
        (json!([external(json!({"type": "AverageValue", "averageValue": "30"}))]), json!([]), "<unknown>/30 (avg)"),
        (
            json!([{"type": "Object", "object": {"metric": {"name": "m"}, "describedObject": {"kind": "Service", "name": "s"}, "target": {"type": "Value", "value": "5"}}},
                external(json!({"type": "Value", "value": "30"})), external(json!({"type": "Value", "value": "31"})), external(json!({"type": "Value", "value": "32"}))]),
            json!([{"type": "Object", "object": {"metric": {"name": "m"}, "describedObject": {"kind": "Service", "name": "s"}, "current": {"value": "4"}}}]),
            "4/5, <unknown>/30 + 2 more...",
        ),
        (json!([{"type": "Newer"}]), json!([]), "<unknown type>"),
    ] {
        let object = json!({"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "spec": {"metrics": metrics}, "status": {"currentMetrics": current}});
        assert_eq!(cell(&object, "Targets"), expected);
    }
    for version in ["autoscaling/v1", "autoscaling/v2"] {
        let mut object = json!({"apiVersion": version, "kind": "HorizontalPodAutoscaler", "metadata": {"name": "h"},
            "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "d"}, "maxReplicas": 5}, "status": {"currentReplicas": 2}});
        assert_cells(&object, &json!([["Reference", "Deployment/d"], ["MinPods", "<unset>"], ["MaxPods", 5], ["Replicas", 2]]));
        object["spec"]["minReplicas"] = json!(0);
        assert_eq!(cell(&object, "MinPods"), "0");
    }
}

#[test]
fn disruption_budgets() {
    let budget =
        |spec: Value| json!({"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "spec": spec, "status": {"disruptionsAllowed": 1}});
    for (spec, expected) in [
        (json!({}), ["N/A", "N/A"]),
        (json!({"minAvailable": 2}), ["2", "N/A"]),
        (json!({"maxUnavailable": "10%"}), ["N/A", "10%"]),
        (json!({"maxUnavailable": 0}), ["N/A", "0"]),
    ] {
        assert_cells(&budget(spec), &json!([["Min Available", expected[0]], ["Max Unavailable", expected[1]], ["Allowed Disruptions", 1]]));
    }
}
