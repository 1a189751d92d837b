//! What a set states of its documents, as the document builders take it.

use kubewright_model::facts::{Facts, PlainPath, SharedName, Wart};
use kubewright_model::openapi::Profile;

use crate::diagnostic::{Collector, Diagnostic};
use crate::raw::documents::{Documents, Face, Path};
use crate::raw::group::Set;
use crate::set::Group;

/// The facts of a set with its groups in order.
pub(super) fn resolve(set: &Set, groups: &[Group], problems: &mut Collector) -> Facts {
    let order = groups.iter().map(|group| group.group.clone().into()).collect();
    let Some(documents) = &set.documents else { return Facts { groups: order, ..Facts::NONE } };
    Facts {
        groups: order,
        registered: registered(documents, problems).into(),
        parameters: parameters(documents).collect(),
        paths: documents.paths.iter().map(path).collect(),
        storage: documents.storage.iter().map(|(resource, version)| (resource.value.clone().into(), version.clone().into())).collect(),
        warts: documents.warts.iter().map(wart).collect(),
        live: profile(documents.live),
        published: Profile { published: true, ..profile(documents.published) },
    }
}

const fn profile(face: Face) -> Profile {
    Profile { cbor: face.cbor, enums: face.enums, bounds: face.bounds, ..Profile::LIVE }
}

type GroupVersion = (kubewright_model::Text, kubewright_model::Text);

fn registered(documents: &Documents, problems: &mut Collector) -> Vec<GroupVersion> {
    let mut found = Vec::new();
    for written in &documents.registered {
        match written.value.split_once('/') {
            Some((group, version)) if !group.is_empty() && !version.is_empty() => {
                found.push((group.to_owned().into(), version.to_owned().into()));
            }
            _ => {
                let problem = Diagnostic::new("registered-form", written.span, format!("`{}` is no version of a group", written.value));
                problems.report(problem.help("write `<group>/<version>`, such as `extensions/v1beta1`"));
            }
        }
    }
    found
}

fn parameters(documents: &Documents) -> impl Iterator<Item = SharedName> {
    documents.parameters.iter().map(|(origin, name, hash)| SharedName {
        origin: origin.value.clone().into(),
        name: name.value.clone().into(),
        hash: hash.clone().into(),
    })
}

fn path(written: &Path) -> PlainPath {
    PlainPath {
        path: written.path.value.clone().into(),
        operation: written.operation.value.clone().into(),
        doc: written.doc.clone().into(),
        produces: written.produces.iter().map(|media| media.value.clone().into()).collect(),
        published_only: !written.live,
    }
}

fn wart(written: &crate::raw::documents::Wart) -> Wart {
    Wart {
        definition: written.definition.value.clone().into(),
        property: written.property.clone().into(),
        members: written.members.to_string().into(),
    }
}
