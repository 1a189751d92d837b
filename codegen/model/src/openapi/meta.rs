//! The machinery types that documents refer to whatever an API serves.

use crate::api::Api;
use crate::desc::{Desc, Field};

/// OpenAPI prefix of the machinery types.
const OPENAPI: &str = "io.k8s.apimachinery.pkg.apis.meta.v1";
/// Protobuf package of the machinery types.
pub(super) const PACKAGE: &str = "k8s.io.apimachinery.pkg.apis.meta.v1";

/// Kinds of the machinery that are registered in the core group only.
pub(super) const CORE_KINDS: [&str; 5] = ["APIGroup", "APIGroupList", "APIResourceList", "APIVersions", "Status"];
/// Kinds of the machinery that are registered in every group-version.
pub(super) const EVERYWHERE_KINDS: [&str; 2] = ["DeleteOptions", "WatchEvent"];

/// Definition name of a machinery type.
pub(super) fn definition(name: &str) -> String {
    format!("{OPENAPI}.{name}")
}

/// Definition name of what `/version` answers.
pub(super) const VERSION_INFO: &str = "io.k8s.apimachinery.pkg.version.Info";

/// The type with a machinery definition name: the API's own, or, for the two that have no message, made here.
/// Absent types are empty objects, so that references never dangle.
pub(super) fn desc(api: &Api, definition: &str) -> Option<Desc> {
    if definition == VERSION_INFO {
        return Some(version_info());
    }
    let name = definition.strip_prefix(OPENAPI)?.strip_prefix('.')?;
    let known = api.types.get(&format!("{PACKAGE}.{name}")).map(|desc| Desc::clone(desc));
    Some(known.unwrap_or_else(|| {
        let mut desc = Desc::owned(name.to_owned(), PACKAGE, OPENAPI, Vec::new());
        if name == "Patch" {
            desc.doc = "The body of a PATCH request; its media type tells the kind of patch.".into();
        }
        desc
    }))
}

fn version_info() -> Desc {
    let rows = [
        ("major", "Major version of the binary."),
        ("minor", "Minor version of the binary."),
        ("emulationMajor", "Major version the server behaves as."),
        ("emulationMinor", "Minor version the server behaves as."),
        ("minCompatibilityMajor", "Major version of the oldest server it can run next to."),
        ("minCompatibilityMinor", "Minor version of the oldest server it can run next to."),
        ("gitVersion", "Full version text."),
        ("gitCommit", "Commit the binary was built from."),
        ("gitTreeState", "Whether the sources were changed after that commit."),
        ("buildDate", "When the binary was built."),
        ("goVersion", "Toolchain the binary was built with."),
        ("compiler", "Compiler the binary was built with."),
        ("platform", "Operating system and architecture."),
    ];
    let fields = rows.into_iter().map(|(name, doc)| {
        let field = Field::string(name, 0).doc(doc);
        if name.contains("ulation") || name.contains("Compat") { field.omit_empty() } else { field.required() }
    });
    let mut desc = Desc::owned("Info", "", "io.k8s.apimachinery.pkg.version", fields.collect());
    desc.doc = "What the server runs.".into();
    desc
}
