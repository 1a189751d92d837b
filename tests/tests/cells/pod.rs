//! Pods in the states that people look for.

use serde_json::{Value, json};

use super::{assert_cells, cell};

fn running() -> Value {
    json!({"running": {"startedAt": "2030-01-02T11:00:00Z"}})
}

fn waiting(reason: &str) -> Value {
    json!({"waiting": {"reason": reason}})
}

fn ended(code: i32, reason: &str, signal: i32) -> Value {
    json!({"terminated": {"exitCode": code, "reason": reason, "signal": signal}})
}

/// A container of a pod in a state.
fn status(name: &str, ready: bool, restarts: i32, state: &Value) -> Value {
    json!({"name": name, "ready": ready, "started": ready, "restartCount": restarts, "state": state, "image": "", "imageID": ""})
}

/// A pod with containers `a`, `b`, ... and init containers, which go on beside them when their names start with `side`.
fn pod(containers: usize, init: &[&str], status: &Value) -> Value {
    let names = ["a", "b", "c"];
    let init = init.iter().map(|name| {
        let policy = name.starts_with("side").then_some("Always");
        json!({"name": name, "restartPolicy": policy})
    });
    json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "creationTimestamp": "2030-01-02T10:00:00Z"},
        "spec": {
            "containers": names[..containers].iter().map(|name| json!({"name": name})).collect::<Vec<_>>(),
            "initContainers": init.collect::<Vec<_>>(),
        },
        "status": status,
    })
}

fn conditions(held: &[&str]) -> Value {
    held.iter().map(|name| json!({"type": name, "status": "True"})).collect()
}

#[test]
fn states_without_init_containers() {
    let up = |name| status(name, true, 0, &running());
    for (phase, more, statuses, ready, expected) in [
        ("Pending", json!({}), json!([]), "0/2", "Pending"),
        (
            "Pending",
            json!({}),
            json!([status("a", false, 0, &waiting("ContainerCreating")), status("b", false, 0, &waiting("ContainerCreating"))]),
            "0/2",
            "ContainerCreating",
        ),
        (
            "Pending",
            json!({"conditions": [{"type": "PodScheduled", "status": "False", "reason": "SchedulingGated"}]}),
            json!([]),
            "0/2",
            "SchedulingGated",
        ),
        (
            "Pending",
            json!({"conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable"}]}),
            json!([]),
            "0/2",
            "Pending",
        ),
        ("Running", json!({}), json!([up("a"), up("b")]), "2/2", "Running"),
        ("Running", json!({}), json!([up("a"), status("b", false, 0, &running())]), "1/2", "Running"),
        ("Running", json!({}), json!([up("a"), status("b", false, 3, &waiting("CrashLoopBackOff"))]), "1/2", "CrashLoopBackOff"),
        (
            "Running",
            json!({}),
            json!([status("a", false, 0, &waiting("ImagePullBackOff")), status("b", false, 3, &waiting("CrashLoopBackOff"))]),
            "0/2",
            "ImagePullBackOff",
        ),
        ("Running", json!({}), json!([up("a"), status("b", false, 1, &ended(1, "Error", 0))]), "1/2", "Error"),
        ("Running", json!({}), json!([up("a"), status("b", false, 1, &ended(137, "OOMKilled", 0))]), "1/2", "OOMKilled"),
        ("Running", json!({}), json!([up("a"), status("b", false, 1, &ended(3, "", 0))]), "1/2", "ExitCode:3"),
        ("Running", json!({}), json!([up("a"), status("b", false, 1, &ended(0, "", 9))]), "1/2", "Signal:9"),
        (
            "Running",
            json!({"conditions": conditions(&["Ready"])}),
            json!([up("a"), status("b", false, 0, &ended(0, "Completed", 0))]),
            "1/2",
            "Running",
        ),
        ("Running", json!({}), json!([up("a"), status("b", false, 0, &ended(0, "Completed", 0))]), "1/2", "NotReady"),
        (
            "Succeeded",
            json!({}),
            json!([status("a", false, 0, &ended(0, "Completed", 0)), status("b", false, 0, &ended(0, "Completed", 0))]),
            "0/2",
            "Completed",
        ),
        ("Failed", json!({"reason": "Evicted"}), json!([]), "0/2", "Evicted"),
        ("", json!({}), json!([]), "0/2", ""),
    ] {
        let mut held = more.clone();
        held["phase"] = json!(phase);
        held["containerStatuses"] = statuses;
        assert_cells(&pod(2, &[], &held), &json!([["Ready", ready], ["Status", expected]]));
    }
}

#[test]
fn states_of_init_containers() {
    let done = |name| status(name, true, 0, &ended(0, "Completed", 0));
    let mut side_down = status("side", false, 2, &waiting("CrashLoopBackOff"));
    side_down["started"] = json!(false);
    let not_begun = json!([status("a", false, 0, &waiting("PodInitializing"))]);
    let up = json!([status("a", true, 0, &running())]);
    for (init, statuses, main, held, ready, expected) in [
        (
            vec!["i", "j"],
            json!([status("i", false, 0, &running()), status("j", false, 0, &waiting("PodInitializing"))]),
            &not_begun,
            vec![],
            "0/1",
            "Init:0/2",
        ),
        (vec!["i", "j"], json!([done("i"), status("j", false, 0, &waiting("PodInitializing"))]), &not_begun, vec![], "0/1", "Init:1/2"),
        (vec!["i"], json!([status("i", false, 4, &waiting("CrashLoopBackOff"))]), &not_begun, vec![], "0/1", "Init:CrashLoopBackOff"),
        (vec!["i"], json!([status("i", false, 0, &ended(1, "Error", 0))]), &not_begun, vec![], "0/1", "Init:Error"),
        (vec!["i"], json!([status("i", false, 0, &ended(7, "", 0))]), &not_begun, vec![], "0/1", "Init:ExitCode:7"),
        (vec!["i"], json!([status("i", false, 0, &ended(7, "", 15))]), &not_begun, vec![], "0/1", "Init:Signal:15"),
        (vec!["i"], json!([done("i")]), &not_begun, vec!["Initialized"], "0/1", "PodInitializing"),
        (vec!["i", "side"], json!([done("i"), status("side", true, 0, &running())]), &up, vec!["Initialized"], "2/2", "Running"),
        (
            vec!["side", "i"],
            json!([status("side", true, 0, &running()), status("i", false, 0, &running())]),
            &not_begun,
            vec![],
            "1/2",
            "Init:1/2",
        ),
        (vec!["side"], json!([side_down.clone()]), &up, vec!["Initialized"], "1/2", "Init:CrashLoopBackOff"),
        (vec!["side"], json!([side_down]), &not_begun, vec![], "0/2", "Init:CrashLoopBackOff"),
    ] {
        let phase = if main == &up { "Running" } else { "Pending" };
        let held = json!({"phase": phase, "conditions": conditions(&held), "initContainerStatuses": statuses, "containerStatuses": main});
        assert_cells(&pod(1, &init, &held), &json!([["Ready", ready], ["Status", expected]]));
    }
}

#[test]
fn pods_on_their_way_out() {
    for (phase, reason, expected) in [
        ("Running", "", "Terminating"),
        ("Pending", "Evicted", "Terminating"),
        ("Running", "NodeLost", "Unknown"),
        ("Succeeded", "", "Succeeded"),
        ("Failed", "Evicted", "Evicted"),
    ] {
        let mut pod = pod(1, &[], &json!({"phase": phase, "reason": reason}));
        pod["metadata"]["deletionTimestamp"] = json!("2030-01-02T11:59:00Z");
        assert_eq!(cell(&pod, "Status"), expected, "{phase} {reason}");
    }
}

#[test]
fn restarts() {
    let after = |name: &str, restarts: i32, finished: &str| {
        let mut status = status(name, true, restarts, &running());
        status["lastState"] = json!({"terminated": {"exitCode": 1, "finishedAt": finished}});
        status
    };
    let ended_before = |name: &str, restarts: i32| {
        let mut status = status(name, true, restarts, &ended(0, "Completed", 0));
        status["lastState"] = json!({"terminated": {"exitCode": 1, "finishedAt": "2030-01-02T11:59:00Z"}});
        status
    };
    for (init, init_statuses, statuses, expected) in [
        (vec![], json!([]), json!([]), "0"),
        (vec![], json!([]), json!([status("a", true, 2, &running()), status("b", true, 1, &running())]), "3"),
        (vec![], json!([]), json!([after("a", 2, "2030-01-02T11:00:00Z"), after("b", 1, "2030-01-02T11:55:00Z")]), "3 (5m ago)"),
        (vec![], json!([]), json!([after("a", 0, "2030-01-02T11:00:00Z")]), "0"),
        (vec!["i"], json!([ended_before("i", 5)]), json!([after("a", 2, "2030-01-02T11:00:00Z")]), "2 (60m ago)"),
        (
            vec!["i"],
            json!([status("i", false, 4, &waiting("CrashLoopBackOff"))]),
            json!([status("a", false, 0, &waiting("PodInitializing"))]),
            "4",
        ),
        (vec!["side"], json!([after("side", 1, "2030-01-02T11:58:00Z")]), json!([after("a", 2, "2030-01-02T11:00:00Z")]), "3 (2m ago)"),
    ] {
        let held = json!({"phase": "Running", "initContainerStatuses": init_statuses, "containerStatuses": statuses});
        assert_eq!(cell(&pod(2, &init, &held), "Restarts"), expected, "{held}");
    }
}

#[test]
fn the_rest() {
    let held =
        json!({"podIPs": [{"ip": "10.0.0.7"}, {"ip": "fd00::7"}], "nominatedNodeName": "n2", "conditions": conditions(&["x.org/a"])});
    let mut pod = pod(1, &[], &held);
    assert_cells(
        &pod,
        &json!([
            ["Name", "p"],
            ["Age", "120m"],
            ["IP", "10.0.0.7"],
            ["Node", "<none>"],
            ["Nominated Node", "n2"],
            ["Readiness Gates", "<none>"],
        ]),
    );
    pod["spec"]["nodeName"] = json!("n1");
    pod["spec"]["readinessGates"] = json!([{"conditionType": "x.org/a"}, {"conditionType": "x.org/b"}]);
    assert_cells(&pod, &json!([["Node", "n1"], ["Readiness Gates", "1/2"]]));
}
