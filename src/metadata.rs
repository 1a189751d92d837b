//! What the server does to an object's metadata on a write: what it fills in, keeps, forces and refuses.
//!
//! Source of the rules: apiserver `registry/rest` (`BeforeCreate`, `BeforeUpdate`), observed on a live server.

use std::collections::{HashMap, HashSet};

use kubewright_model::Kind;
use rand::RngExt;

use crate::meta::v1::{ObjectMeta, OwnerReference};
use crate::special::Time;
use crate::status::{ApiError, Cause};
use crate::store::Revision;

/// How often a generated name is tried before the server gives up.
pub const NAME_ATTEMPTS: usize = 8;

/// The longest base of a generated name, in bytes: 63 less the random part.
const LONGEST_BASE: usize = 58;

/// Characters of generated names: no vowels, and no digits that look like letters.
const NAME_ALPHABET: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";

/// Clears what a client must not state on a new object.
pub fn clear_system_fields(meta: &mut ObjectMeta) {
    meta.uid.clear();
    meta.self_link.clear();
    meta.creation_timestamp = Time::default();
    meta.deletion_timestamp = None;
    meta.deletion_grace_period_seconds = None;
}

/// Gives a new object its identity.
pub fn stamp(meta: &mut ObjectMeta) {
    meta.uid = uuid::Uuid::new_v4().to_string();
    meta.creation_timestamp = Time::now();
}

/// Fills in the namespace of the request, or refuses another one.
pub fn adopt_namespace(meta: &mut ObjectMeta, kind: &Kind, namespace: Option<&str>) -> Result<(), ApiError> {
    if !kind.namespaced {
        meta.namespace.clear();
        return Ok(());
    }
    let namespace = namespace.unwrap_or_default();
    if meta.namespace.is_empty() {
        namespace.clone_into(&mut meta.namespace);
    }
    if meta.namespace == namespace {
        return Ok(());
    }
    Err(ApiError::bad_request("the namespace of the provided object does not match the namespace sent on the request"))
}

/// The name in the body of an update must be the one in the path.
pub fn check_name(meta: &ObjectMeta, name: &str) -> Result<(), ApiError> {
    if meta.name.is_empty() {
        return Err(ApiError::bad_request(format!(
            "the name of the object ({name} based on URL) was undeterminable: name must be provided"
        )));
    }
    if meta.name == name {
        return Ok(());
    }
    Err(ApiError::bad_request(format!("the name of the object ({}) does not match the name on the URL ({name})", meta.name)))
}

/// Drops owners that are listed twice, and says so.
pub fn dedup_owners(meta: &mut ObjectMeta) -> Option<String> {
    // Clients decide how many owners there are, so only those with the same texts are compared.
    let mut kept: HashMap<_, Vec<&OwnerReference>> = HashMap::with_capacity(meta.owner_references.len());
    let (mut named, mut doubled) = (HashSet::new(), Vec::new());
    let mut keep = Vec::with_capacity(meta.owner_references.len());
    for owner in &meta.owner_references {
        let uid = owner.uid.as_str();
        let alike = kept.entry((uid, &owner.name, &owner.kind, &owner.api_version)).or_default();
        let first = !alike.contains(&owner);
        keep.push(first);
        if first {
            alike.push(owner);
        } else if named.insert(uid) {
            doubled.push(uid);
        }
    }
    if doubled.is_empty() {
        return None;
    }
    let uids = doubled.join(", ");
    let mut keep = keep.into_iter();
    meta.owner_references.retain(|_| keep.next().unwrap_or(true));
    Some(format!(
        ".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests \
         as early as 1.24; please fix your requests; duplicate UID(s) observed: {uids}"
    ))
}

/// A name from a base and five random characters.
pub fn generated_name(base: &str) -> String {
    let cut = base.floor_char_boundary(LONGEST_BASE);
    let mut rng = rand::rng();
    let random = (0..5).map(|_| char::from(NAME_ALPHABET[rng.random_range(0..NAME_ALPHABET.len())]));
    base[..cut].chars().chain(random).collect()
}

/// A new object must not state a revision.
pub fn refuse_revision(meta: &ObjectMeta) -> Result<(), ApiError> {
    match meta.resource_version.as_str() {
        "" | "0" => Ok(()),
        _ => Err(ApiError::internal("resourceVersion should not be set on objects to be created")),
    }
}

/// The revision that an update is based on; `None` when it states none.
pub fn expected_revision(meta: &ObjectMeta) -> Result<Option<Revision>, ApiError> {
    if meta.resource_version.is_empty() {
        return Ok(None);
    }
    let revision = parse_revision(&meta.resource_version).map_err(ApiError::internal)?;
    Ok((revision > 0).then_some(revision))
}

/// A revision as clients write it: an unsigned decimal number. The error is Go's text.
pub fn parse_revision(text: &str) -> Result<Revision, String> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(revision) if plain => Ok(revision),
        Err(_) if plain => Err(format!("strconv.ParseUint: parsing {text:?}: value out of range")),
        _ => Err(format!("strconv.ParseUint: parsing {text:?}: invalid syntax")),
    }
}

/// An update without a revision, for kinds that insist on one.
pub fn revision_required(kind: &Kind, name: &str) -> ApiError {
    let cause = Cause::new("FieldValueInvalid", "Invalid value: 0: must be specified for an update", "metadata.resourceVersion");
    ApiError::invalid(&kind.group, &kind.plural, name, vec![cause])
}

/// What an update keeps from the stored object, whatever the client sent.
pub fn carry_over(meta: &mut ObjectMeta, stored: &ObjectMeta) {
    meta.creation_timestamp = stored.creation_timestamp;
    meta.generation = stored.generation;
    meta.self_link.clear();
    if meta.uid.is_empty() {
        meta.uid.clone_from(&stored.uid);
    }
    if meta.deletion_timestamp.is_none() {
        meta.deletion_timestamp = stored.deletion_timestamp;
    }
    if meta.deletion_grace_period_seconds.is_none() {
        meta.deletion_grace_period_seconds = stored.deletion_grace_period_seconds;
    }
}

/// Marks an object as being deleted, and takes over the finalizers that hold it.
pub fn mark_deleted(meta: &mut ObjectMeta, finalizers: Vec<String>) {
    if meta.deletion_timestamp.is_none() {
        meta.deletion_timestamp = Some(Time::now());
        meta.deletion_grace_period_seconds = Some(0);
        if meta.generation > 0 {
            meta.generation += 1;
        }
    }
    meta.finalizers = finalizers;
}

/// Whether nothing holds a deleted object any more.
pub fn is_released(meta: &ObjectMeta) -> bool {
    meta.deletion_timestamp.is_some() && meta.finalizers.is_empty() && meta.deletion_grace_period_seconds.unwrap_or_default() == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(uid: &str, name: String) -> OwnerReference {
        OwnerReference { api_version: "v1".to_owned(), kind: "Pod".to_owned(), uid: uid.to_owned(), name, ..Default::default() }
    }

    #[test]
    fn each_owner_is_kept_once_however_many_there_are() {
        let many = 20_000;
        let distinct = |at: usize| if at.is_multiple_of(2) { owner(&at.to_string(), "a".to_owned()) } else { owner("one", at.to_string()) };
        let mut meta = ObjectMeta { owner_references: (0..many).map(distinct).collect(), ..Default::default() };
        assert_eq!(dedup_owners(&mut meta), None);
        assert_eq!(meta.owner_references.len(), many);

        let first = OwnerReference { controller: Some(false), ..distinct(0) };
        meta.owner_references.extend([first.clone(), distinct(2), distinct(1), distinct(3), distinct(2)]);
        let warning = dedup_owners(&mut meta).expect("some are double");
        assert!(warning.ends_with("observed: 2, one"), "{warning}");
        assert_eq!(meta.owner_references.len(), many + 1);
        assert_eq!(meta.owner_references[many], first);
        assert!(meta.owner_references[..many].iter().enumerate().all(|(at, kept)| *kept == distinct(at)));
    }
}
