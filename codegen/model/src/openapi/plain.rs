//! Paths that are no resource's: discovery, the version, and what a set states besides.

use std::collections::BTreeSet;

use crate::facts::{Facts, PlainPath};

use super::endpoint::{self, Endpoint};
use super::media::{self, Media};
use super::operation::{Answer, Operation};
use super::parameters::Parameter;
use super::paths::Paths;
use super::{Profile, meta, operation_id};

/// Adds the paths that tell what there is.
pub(super) fn discovery(endpoints: &[Endpoint<'_>], profile: Profile, paths: &mut Paths) {
    let versions: BTreeSet<(&str, &str)> = endpoints.iter().map(|endpoint| (&*endpoint.parent.group, &*endpoint.parent.version)).collect();
    let groups: BTreeSet<&str> = versions.iter().map(|(group, _)| *group).collect();
    for (group, version) in versions {
        let path = format!("{}/", endpoint::base(group, version));
        add(paths, path, "getAPIResources", "list the resources of the version", media::objects(profile), "APIResourceList");
    }
    for group in groups {
        let (path, raw, says, answer) = match group {
            "" => ("/api/".to_owned(), "getAPIVersions", "list the versions of the core group", "APIVersions"),
            group => (format!("/apis/{group}/"), "getAPIGroup", "tell the versions of the group", "APIGroup"),
        };
        add(paths, path, raw, says, media::groups(), answer);
    }
    add(paths, "/apis/".to_owned(), "getAPIVersions", "list the groups", media::groups(), "APIGroupList");
    add(paths, "/version/".to_owned(), "getCodeVersion", "tell what the server runs", media::json(), "");
}

/// Adds a GET outside resources. Without the name of a machinery type it answers with version information.
fn add(paths: &mut Paths, path: String, raw: &str, says: &str, media: Media, answer: &str) {
    let answer = if answer.is_empty() { meta::VERSION_INFO.to_owned() } else { meta::definition(answer) };
    let (id, tag) = operation_id::id_and_tag(&path, raw);
    let operation = Operation {
        id,
        tag,
        description: says.to_owned(),
        action: None,
        gvk: None,
        consumes: media.clone(),
        produces: media,
        parameters: Vec::new(),
        answer: Answer::Definition(answer),
        codes: &[200],
    };
    paths.entry(path).or_default().operations.insert("get", operation);
}

/// Adds the paths that a set states.
pub(super) fn stated(facts: &Facts, profile: Profile, paths: &mut Paths) {
    for plain in facts.paths.iter().filter(|plain| profile.published || !plain.published_only) {
        let operation = Operation {
            id: plain.operation.clone().into_owned(),
            tag: operation_id::id_and_tag(&plain.path, "").1,
            description: plain.doc.clone().into_owned(),
            action: None,
            gvk: None,
            consumes: Media::new(),
            produces: plain.produces.to_vec(),
            parameters: parameters(plain).collect(),
            answer: if plain.produces.is_empty() { Answer::Untold } else { Answer::Text },
            codes: &[200],
        };
        paths.entry(plain.path.clone().into_owned()).or_default().operations.insert("get", operation);
    }
}

/// The names in braces.
fn parameters(plain: &PlainPath) -> impl Iterator<Item = Parameter> {
    let names = plain.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    names.map(|name| Parameter::path(name, format!("part of the path to {name}")))
}
