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

/// The object after reading a document, or the error with its path.
fn read(document: &str) -> Result<String, (String, String)> {
    let mut object = Whole::default();
    json::decode(document.as_bytes(), &mut object, None).map_err(|error| (error.to_string(), error.path().to_owned()))?;
    Ok(encoded(&object))
}

#[test]
fn json_reads_by_gos_rules() {
    let empty = r#"{"part":{"name":""},"name":"","parts":null}"#;
    let table = [
        ("{}", empty),
        (" null ", empty),
        (r#"{"part":null,"parts":null,"labels":null,"replicas":null,"port":null,"size":null,"created":null,"any":null}"#, empty),
        (r#"{"Size":1,"SIZE":2,"unknown":{"a":[1,{}]}}"#, empty),
        (r#"{"parts":[]}"#, empty),
        (r#"{"parts":[null,{}],"name":"x"}"#, r#"{"part":{"name":""},"name":"x","parts":[{"name":""},{"name":""}]}"#),
        (
            r#"{"size":1,"size":2,"args":["a"],"args":["b"],"part":{"name":"a"},"part":{"count":1}}"#,
            r#"{"part":{"name":"a","count":1},"name":"","parts":null,"args":["b"],"size":2}"#,
        ),
        (
            r#"{"byName":{"a":{"name":"x"},"a":{"count":1}}}"#,
            r#"{"part":{"name":""},"name":"","parts":null,"byName":{"a":{"name":"","count":1}}}"#,
        ),
        (
            r#"{"args":["\ud83d\ude00","\ud83d","\u00e9\/\u000a"]}"#,
            "{\"part\":{\"name\":\"\"},\"name\":\"\",\"parts\":null,\"args\":[\"\u{1F600}\",\"\u{FFFD}\",\"é/\\n\"]}",
        ),
        (r#"{"ratio":-0.0000001,"numbers":[null]}"#, r#"{"part":{"name":""},"name":"","parts":null,"numbers":[0],"ratio":-1e-7}"#),
        (r#"{"ratio":1E+21,"replicas":0}"#, r#"{"part":{"name":""},"name":"","parts":null,"replicas":0,"ratio":1e+21}"#),
        (r#"{"any": {"a" : [ 1.50, "<" ] } }"#, r#"{"part":{"name":""},"name":"","parts":null,"any":{"a":[1.50,"\u003c"]}}"#),
        (
            r#"{"limits":{"cpu":1.5,"memory":"1024Mi"}}"#,
            r#"{"part":{"name":""},"name":"","parts":null,"limits":{"cpu":"1500m","memory":"1Gi"}}"#,
        ),
    ];
    for (document, expected) in table {
        assert_eq!(read(document), Ok(expected.to_owned()), "{document}");
    }
}

#[test]
fn json_errors_say_what_go_says_and_where() {
    let table = [
        ("", "unexpected end of JSON input", ""),
        ("{", "unexpected end of JSON input", ""),
        ("{} x", "invalid character 'x' after top-level value", ""),
        (r#"{"a":1,}"#, "invalid character '}' looking for beginning of object key string", ""),
        (r#"{"a" 1}"#, "invalid character '1' after object key", ""),
        (r#"{"size":01}"#, "invalid character '1' after object key:value pair", ""),
        (r#"{"args":[1 2]}"#, "invalid character '2' after array element", ""),
        (r#"{"args":["a",]}"#, "invalid character ']' looking for beginning of value", ""),
        (r#"{"x":tru}"#, "invalid character '}' in literal true (expecting 'e')", ""),
        (r#"{"x":-}"#, "invalid character '}' in numeric literal", ""),
        (r#"{"x":"\u+123"}"#, "invalid character '+' in \\u hexadecimal character escape", ""),
        ("{\"x\":\"\n\"}", "invalid character '\\n' in string literal", ""),
        ("[]", "json: cannot unmarshal array into Go value of type v1.Whole", ""),
        (r#"{"labels":[]}"#, "json: cannot unmarshal array into Go struct field Whole.labels of type map[string]string", "labels"),
        (r#"{"labels":{"a":1}}"#, "json: cannot unmarshal number into Go struct field Whole.labels of type string", "labels.a"),
        (r#"{"parts":{}}"#, "json: cannot unmarshal object into Go struct field Whole.parts of type []v1.Part", "parts"),
        (
            r#"{"parts":[{},{"part":{"count":"1"}}]}"#,
            "json: cannot unmarshal string into Go struct field Part.parts.part.count of type int32",
            "parts[1].part.count",
        ),
        (r#"{"part":true}"#, "json: cannot unmarshal bool into Go struct field Whole.part of type v1.Part", "part"),
        (r#"{"replicas":1.5}"#, "json: cannot unmarshal number 1.5 into Go struct field Whole.replicas of type int32", "replicas"),
        (
            r#"{"numbers":[1,2147483648]}"#,
            "json: cannot unmarshal number 2147483648 into Go struct field Whole.numbers of type int32",
            "numbers[1]",
        ),
        (
            r#"{"size":9223372036854775808}"#,
            "json: cannot unmarshal number 9223372036854775808 into Go struct field Whole.size of type int64",
            "size",
        ),
        (r#"{"ratio":1e999}"#, "json: cannot unmarshal number 1e999 into Go struct field Whole.ratio of type float64", "ratio"),
        (r#"{"data":{"a":"a=="}}"#, "illegal base64 data at input byte 1", "data.a"),
        (
            r#"{"limits":{"cpu":"x"}}"#,
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
            "limits.cpu",
        ),
        (r#"{"size":"x","y":}"#, "invalid character '}' looking for beginning of value", ""),
    ];
    for (document, text, path) in table {
        assert_eq!(read(document), Err((text.to_owned(), path.to_owned())), "{document}");
    }
    let deep = format!("{{\"x\":{}{}}}", "[".repeat(500), "]".repeat(500));
    assert_eq!(read(&deep).map_err(|(text, _)| text), Err("exceeded max depth".to_owned()));
}

#[test]
fn strict_decoding_finds_unknown_and_duplicate_fields_in_document_order() {
    let document = r#"{"kind":"W","foo":1,"parts":[{},{"bar":{"baz":1},"name":"a","name":"b"}],"labels":{"a":"1","a":"2"},"size":1,"size":2,
        "byName":{"k":{"x":1}},"extra":{"e":[],"e":[]},"any":{"z":1,"z":1},"kind":"W","foo":2,"labels":{}}"#;
    let mut findings = json::Findings::default();
    json::decode(document.as_bytes(), &mut Whole::default(), Some(&mut findings)).expect("decodes");
    let found: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            r#"unknown field "foo""#,
            r#"unknown field "parts[1].bar""#,
            r#"duplicate field "parts[1].name""#,
            r#"duplicate field "labels.a""#,
            r#"duplicate field "size""#,
            r#"unknown field "byName.k.x""#,
            r#"duplicate field "extra.e""#,
            r#"duplicate field "kind""#,
            r#"duplicate field "labels""#,
        ],
    );
}

#[test]
fn type_meta_reads_the_whole_document() {
    let meta = |text: &str| json::type_meta(text.as_bytes()).map(|meta| (meta.api_version, meta.kind)).map_err(|error| error.to_string());
    assert_eq!(meta(r#"{"a":{"kind":"x"},"kind":"K","apiVersion":"g/v1","b":[]}"#), Ok(("g/v1".to_owned(), "K".to_owned())));
    assert_eq!(meta("{}"), Ok(Default::default()));
    assert_eq!(meta(r#"{"kind":1}"#), Err("json: cannot unmarshal number into Go struct field .kind of type string".to_owned()));
    assert_eq!(meta(r#"{"kind":"K""#), Err("unexpected end of JSON input".to_owned()));
}

#[test]
fn protobuf_errors_say_what_and_where() {
    let table: [(&[u8], &str, &str); 6] = [
        (&[0x0a], "unexpected EOF", "part"),
        (&[0x0a, 0x03, 0x0a, 0x05, b'x'], "unexpected EOF", "part.name"),
        (&[0x00], "proto: illegal tag 0 (wire type 0)", ""),
        (&[0x0f], "proto: illegal wireType 7", ""),
        (&[0x08, 0x01], "proto: wrong wireType = 0 for field part", "part"),
        (&[0xff; 11], "proto: integer overflow", ""),
    ];
    for (bytes, text, path) in table {
        let error = protobuf::decode(bytes, &mut Whole::default()).expect_err("broken bytes");
        assert_eq!((error.to_string().as_str(), error.path()), (text, path), "{bytes:?}");
    }
}

mod either {
    //! A schema as CRDs hold it: it contains itself, by way of messages whose JSON is the value of one of their fields.

    use kubewright_model::{Desc, Field};

    use super::encoded;
    use crate::codec::{json, protobuf};
    use crate::object::{ApiType, Dyn, Message};

    #[derive(Clone, Default)]
    struct Schema {
        title: String,
        items: Option<Box<SchemaOrList>>,
        more: Option<Box<SchemaOrFlag>>,
        needs: std::collections::BTreeMap<String, SchemaOrNames>,
    }

    #[derive(Clone, Default)]
    struct SchemaOrList {
        one: Option<Box<Schema>>,
        many: Vec<Schema>,
    }

    #[derive(Clone, Default)]
    struct SchemaOrFlag {
        allows: bool,
        one: Option<Box<Schema>>,
    }

    #[derive(Clone, Default)]
    struct SchemaOrNames {
        one: Option<Box<Schema>>,
        names: Vec<String>,
    }

    macro_rules! described {
        ($ty:ident { $($field:ident),* } $flags:ident, $count:literal, $fields:expr) => {
            impl ApiType for $ty {
                fn desc() -> &'static Desc {
                    static FIELDS: [Field; $count] = $fields;
                    static DESC: Desc = Desc::new(stringify!($ty), "k8s.io.test.v1", "", &FIELDS).$flags();
                    &DESC
                }
            }
            crate::message!($ty { $($field),* });
        };
    }

    described!(Schema { title, items, more, needs } atomic, 4, [
        Field::string("title", 1).omit_empty(),
        Field::message("items", 2, SchemaOrList::desc).optional().omit_empty(),
        Field::message("more", 3, SchemaOrFlag::desc).optional().omit_empty(),
        Field::message("needs", 4, SchemaOrNames::desc).map().omit_empty(),
    ]);
    described!(SchemaOrList { one, many } either, 2, [
        Field::message("one", 1, Schema::desc).optional().omit_empty(),
        Field::message("many", 2, Schema::desc).list().omit_empty(),
    ]);
    described!(SchemaOrFlag { allows, one } either, 2, [
        Field::bool("allows", 1),
        Field::message("one", 2, Schema::desc).optional().omit_empty(),
    ]);
    described!(SchemaOrNames { one, names } either, 2, [
        Field::message("one", 1, Schema::desc).optional().omit_empty(),
        Field::string("names", 2).list().omit_empty(),
    ]);

    /// The document after reading, in JSON and again by way of protobuf; or the error.
    fn round(mut object: Box<dyn Message>, document: &str) -> Result<(String, Vec<u8>), String> {
        json::decode(document.as_bytes(), &mut *object, None).map_err(|error| error.to_string())?;
        let (text, bytes) = (encoded(&*object), protobuf::encode(&*object));
        (0..4).for_each(|at| object.clear(at));
        protobuf::decode(&bytes, &mut *object).map_err(|error| error.to_string())?;
        assert_eq!(encoded(&*object), text);
        Ok((text, bytes))
    }

    #[test]
    fn the_field_is_told_by_the_form_of_its_value() {
        for (document, expected, bytes) in [
            (r#"{"items":{"title":"a"}}"#, None, &b"\x0a\x00\x12\x05\x0a\x03\x0a\x01a"[..]),
            (r#"{"items":[{"title":"a"},{}]}"#, None, b"\x0a\x00\x12\x09\x12\x03\x0a\x01a\x12\x02\x0a\x00"),
            (r#"{"items":[]}"#, Some(r#"{"items":null}"#), b"\x0a\x00\x12\x00"),
            (r#"{"items":null}"#, Some("{}"), b"\x0a\x00"),
            (r#"{"more":true}"#, None, b"\x0a\x00\x1a\x02\x08\x01"),
            (r#"{"more":false}"#, None, b"\x0a\x00\x1a\x02\x08\x00"),
            (r#"{"more":{"more":false}}"#, None, b"\x0a\x00\x1a\x0a\x08\x01\x12\x06\x0a\x00\x1a\x02\x08\x00"),
            (r#"{"more":{},"more":false}"#, Some(r#"{"more":false}"#), b"\x0a\x00\x1a\x02\x08\x00"),
            (
                r#"{"needs":{"a":["b"],"c":{},"d":null}}"#,
                None,
                b"\x0a\x00\x22\x08\x0a\x01a\x12\x03\x12\x01b\x22\x09\x0a\x01c\x12\x04\x0a\x02\x0a\x00\x22\x05\x0a\x01d\x12\x00",
            ),
        ] {
            let expected = Ok((expected.unwrap_or(document).to_owned(), bytes.to_vec()));
            assert_eq!(round(Schema::boxed(), document), expected, "{document}");
            assert_eq!(round(Box::new(Dyn::of(Schema::desc())), document), expected, "{document}");
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for (document, expected) in [
            (r#"{"items":true}"#, "json: cannot unmarshal bool into Go struct field Schema.items of type v1.SchemaOrList"),
            (r#"{"more":[]}"#, "json: cannot unmarshal array into Go struct field Schema.more of type v1.SchemaOrFlag"),
        ] {
            assert_eq!(round(Schema::boxed(), document), Err(expected.to_owned()));
        }
    }

    #[test]
    fn schemas_within_schemas_end_at_the_bound_of_documents() {
        let nested = |depth| format!("{}{{}}{}", r#"{"items":"#.repeat(depth), "}".repeat(depth));
        assert!(round(Schema::boxed(), &nested(json::MAX_DEPTH as usize - 1)).is_ok());
        assert_eq!(round(Schema::boxed(), &nested(500)), Err("exceeded max depth".to_owned()));
    }
}
