//! Everything that is made from the sets, in one list of files.

use kubewright_model::openapi::v2;
use kubewright_model::{Enabled, proto};

use crate::files::Files;
use crate::name_case::snake;
use crate::rust::crates::{has_types, server_main, server_manifest, types_manifest};
use crate::rust::layout::{Layout, META};
use crate::rust::modules::Scope;
use crate::set::Set;
use crate::{api, crd};

/// Every generated file of these sets, which must be complete: a set together with those it uses, and the meta set.
pub fn emit(sets: &[Set]) -> Files {
    let layout = Layout::new(sets);
    let mut files = Files::default();
    for set in sets {
        rust(&mut files, set, &layout);
        if set.name != META {
            let base = format!("generated/{}/server", set.name);
            files.add(format!("{base}/Cargo.toml"), server_manifest(set, sets));
            files.add(format!("{base}/src/main.rs"), server_main(set, sets));
        }
        documents(&mut files, set, sets);
    }
    files
}

/// The types of a set: a crate, or for the meta set the modules that are compiled into the runtime.
pub fn rust(files: &mut Files, set: &Set, layout: &Layout<'_>) {
    let scope = Scope { set, layout };
    if set.name == META {
        let base = format!("generated/{META}");
        files.add(format!("{base}/mod.rs"), scope.root_file(false));
        modules(files, &scope, &base);
    } else if has_types(set) {
        let base = format!("generated/{}/types", set.name);
        files.add(format!("{base}/Cargo.toml"), types_manifest(set, layout));
        files.add(format!("{base}/src/lib.rs"), scope.root_file(true));
        modules(files, &scope, &format!("{base}/src"));
    }
}

/// The group and version modules of a set below a directory.
pub fn modules(files: &mut Files, scope: &Scope<'_>, base: &str) {
    for group in &scope.set.groups {
        let module = snake(&group.module);
        let (text, convert) = scope.group_file(group);
        files.add(format!("{base}/{module}.rs"), text);
        if let Some(convert) = convert {
            files.add(format!("{base}/{module}/convert.rs"), convert);
        }
        if let Some(functions) = &group.functions {
            files.add(format!("{base}/{module}/functions.rs"), functions.clone());
        }
        for version in &group.versions {
            files.add(format!("{base}/{module}/{}.rs", snake(&version.version)), scope.version_file(group, version));
        }
    }
}

/// The protobuf IDL and the OpenAPI document of a set.
pub fn documents(files: &mut Files, set: &Set, sets: &[Set]) {
    let api = api::of_set(set, sets);
    let packages = api.versions.iter().map(|version| version.package.to_string());
    for package in proto::closure(&api, packages) {
        files.add(format!("generated/{}/proto/{}", set.name, proto::path(&package)), proto::file(&api, &package));
    }
    crd::manifests(files, set, sets);
    if set.name != META {
        // A release is published with all that can be switched on.
        let mut shown = api.clone();
        shown.retain(|kind| kind.enabled != Enabled::Removed);
        let document = v2::document(&shown, &set.facts.published);
        files.add(format!("generated/{}/openapi/v2.json", set.name), format!("{document:#}\n"));
    }
}
