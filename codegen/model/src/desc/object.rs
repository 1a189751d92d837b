//! What every object and every list has, whoever wrote its type: `kind`, `apiVersion`, metadata, items.

use super::{Desc, Field, Omit, Ref, Shape, Type};

/// What `metadata` of an object means, unless its type says more.
pub const METADATA: &str = "Standard metadata of the object.";

/// `kind` and `apiVersion`, which every object starts with and which protobuf leaves to the envelope.
pub fn type_meta() -> [Field; 2] {
    [
        Field::string("kind", 0)
            .omit_empty()
            .doc("What the object is, such as `Pod`; with apiVersion it names the schema the object follows."),
        Field::string("apiVersion", 0).omit_empty().doc("Group and version the object is written in, such as `apps/v1`."),
    ]
}

/// The fields of a list of objects, named by their plural. `metadata` is the type `ListMeta`.
pub fn list_fields(plural: &str, item: Ref, metadata: Ref) -> Vec<Field> {
    let mut about = Field::new("metadata", 1, Type::Message(metadata)).doc("Standard metadata of the list.");
    about.omit = Omit::Empty;
    let mut items = Field::new("items", 2, Type::Message(item)).required();
    items.shape = Shape::List;
    items.doc = format!("The {plural} of the list.").into();
    type_meta().into_iter().chain([about, items]).collect()
}

/// What a list of objects means.
pub fn list_doc(plural: &str) -> String {
    format!("A list of {plural}.")
}

impl Desc {
    /// The type as documents show it: an object that leaves `kind` and `apiVersion` to the engine has them there too.
    /// `None` when it has fields of its own for them.
    pub fn with_type_meta(&self) -> Option<Self> {
        let missing: Vec<Field> = type_meta().into_iter().filter(|field| self.field(&field.name).is_none()).collect();
        if missing.is_empty() {
            return None;
        }
        let mut whole = self.clone();
        whole.fields = missing.into_iter().chain(self.fields.iter().cloned()).collect();
        Some(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_added() {
        static OWN: [Field; 2] = [Field::string("kind", 0), Field::string("apiVersion", 0)];
        static OTHER: [Field; 1] = [Field::string("spec", 2)];
        assert!(Desc::new("A", "a", "a", &OWN).with_type_meta().is_none());
        let whole = Desc::new("A", "a", "a", &OTHER).with_type_meta().expect("something was missing");
        assert_eq!(whole.fields.iter().map(|field| &*field.name).collect::<Vec<_>>(), ["kind", "apiVersion", "spec"]);
    }
}
