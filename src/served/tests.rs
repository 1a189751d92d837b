//! Which switches turn what on.

use super::{RuntimeConfig, Served};
use crate::sample;

/// The group-versions that are on, in order.
fn served(config: &str) -> Result<(String, Vec<String>), String> {
    let config = RuntimeConfig::parse(config).map_err(|error| error.0)?;
    let (served, warnings) = Served::new(&sample::registry(), &config).map_err(|error| error.0)?;
    let names: Vec<String> = served
        .groups
        .iter()
        .flat_map(|group| group.versions.iter().map(|version| format!("{}/{}:{}", group.name, version.name, version.endpoints.len())))
        .collect();
    Ok((names.join(" "), warnings))
}

#[test]
fn the_more_specific_switch_wins() {
    let defaults = "/v1:3 apps/v1:1 autoscaling/v2:1 autoscaling/v1:1 events.k8s.io/v1:1";
    let cases = [
        ("", defaults),
        ("api/all=true", "/v1:3 apps/v1:1 apps/v1beta2:1 autoscaling/v2:1 autoscaling/v1:1 events.k8s.io/v1:1"),
        ("api/beta", "/v1:3 apps/v1:1 apps/v1beta2:1 autoscaling/v2:1 autoscaling/v1:1 events.k8s.io/v1:1"),
        ("api/beta=true,api/all=false", "apps/v1beta2:1"),
        ("api/all=false,api/v1=true", "/v1:3"),
        ("apps/v1beta1=true", "/v1:3 apps/v1:1 apps/v1beta1:1 autoscaling/v2:1 autoscaling/v1:1 events.k8s.io/v1:1"),
        ("autoscaling/v2=false", "/v1:3 apps/v1:1 autoscaling/v1:1 events.k8s.io/v1:1"),
        ("v1/events=false", "/v1:3 apps/v1:1 autoscaling/v2:1 autoscaling/v1:1 events.k8s.io/v1:1"),
        ("/v1/events=false", "/v1:2 apps/v1:1 autoscaling/v2:1 autoscaling/v1:1 events.k8s.io/v1:1"),
        ("apps/v1=false,apps/v1/deployments=true", defaults),
    ];
    for (config, want) in cases {
        assert_eq!(served(config).map(|(names, _)| names).as_deref(), Ok(want), "{config}");
    }
}

#[test]
fn unknown_names_are_refused_or_warned_about() {
    assert_eq!(
        served("apps/v7=true"),
        Err("runtime-config: unknown version apps/v7; known are apps/v1, apps/v1beta1, apps/v1beta2".to_owned())
    );
    assert_eq!(served("api/v2=true"), Err("runtime-config: unknown version api/v2; known are api/v1".to_owned()));
    let warnings = served("nosuch.example.org/v1=true,apps/v1/things=true").map(|(_, warnings)| warnings);
    let want = [
        "runtime-config: unknown group \"nosuch.example.org\" is ignored",
        "runtime-config: unknown resource \"apps/v1/things\" is ignored",
    ];
    assert_eq!(warnings, Ok(want.map(str::to_owned).to_vec()));
}

#[test]
fn lookups_find_the_version_asked_for() {
    let registry = sample::registry();
    let (served, _) = Served::new(&registry, &RuntimeConfig::default()).expect("valid");
    let found = served.lookup("events.k8s.io", "v1", "events").expect("served");
    assert_eq!((found.resource, found.version), (4, 1));
    assert_eq!(served.lookup("apps", "v1beta2", "deployments"), None);
    assert!(served.has_version("", "v1") && !served.has_version("apps", "v1beta2"));
}
