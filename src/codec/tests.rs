//! What the formats have in common: every form of field survives every way through them.

use crate::codec::{envelope, json, protobuf};
use crate::object::sample::{FULL, Whole};
use crate::object::{ApiType, Dyn, Message};

fn encoded(message: &dyn Message) -> String {
    let mut out = Vec::new();
    json::encode(message, &mut out);
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn json_and_protobuf_carry_every_form_of_field_typed_and_dynamic() {
    let mut typed = Whole::default();
    let mut dynamic = Dyn::of(Whole::desc());
    json::decode(FULL.as_bytes(), &mut typed, None).expect("decodes");
    json::decode(FULL.as_bytes(), &mut dynamic, None).expect("decodes");
    assert_eq!(encoded(&typed), FULL);
    assert_eq!(encoded(&dynamic), FULL);
    let bytes = protobuf::encode(&typed);
    assert_eq!(protobuf::encode(&dynamic), bytes);
    let framed = envelope::wrap(&typed, "test/v1", "Whole");
    let envelope = envelope::unwrap(&framed).expect("a frame");
    assert_eq!((envelope.api_version.as_str(), envelope.kind.as_str(), envelope.raw), ("test/v1", "Whole", &*bytes));
    for empty in [Whole::boxed(), Box::new(Dyn::of(Whole::desc()))] {
        let mut read = empty;
        protobuf::decode(&bytes, &mut *read).expect("decodes");
        let mut out = Vec::new();
        json::encode_object(&*read, "test/v1", "Whole", &mut out);
        assert_eq!(String::from_utf8_lossy(&out), FULL);
    }
}
