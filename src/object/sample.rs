//! Types for the tests of the engine, with a field of every form.

use std::collections::BTreeMap;

use kubewright_model::{Desc, Field};

use super::{ApiType, Bytes};
use crate::special::{IntOrString, Json, MicroTime, Quantity, Time};

#[derive(Clone, Default)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) count: i32,
    pub(crate) inner: Option<Box<Part>>,
}

impl ApiType for Part {
    fn desc() -> &'static Desc {
        static FIELDS: [Field; 3] = [
            Field::string("name", 1),
            Field::int32("count", 3).omit_empty(),
            Field::message("part", 2, Part::desc).optional().omit_empty(),
        ];
        static DESC: Desc = Desc::new("Part", "k8s.io.test.v1", "io.k8s.test.v1", &FIELDS);
        &DESC
    }
}
crate::message!(Part { name, count, inner });

#[derive(Clone, Default)]
pub(crate) struct Whole {
    pub(crate) kind: String,
    pub(crate) api_version: String,
    pub(crate) part: Part,
    pub(crate) inlined: Part,
    pub(crate) parts: Vec<Part>,
    pub(crate) by_name: BTreeMap<String, Part>,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) data: BTreeMap<String, Bytes>,
    pub(crate) extra: BTreeMap<String, Vec<String>>,
    pub(crate) verbs: Vec<String>,
    pub(crate) args: Vec<String>,
    pub(crate) numbers: Vec<i32>,
    pub(crate) bytes: Bytes,
    pub(crate) replicas: Option<i32>,
    pub(crate) size: i64,
    pub(crate) ratio: f64,
    pub(crate) on: bool,
    pub(crate) port: IntOrString,
    pub(crate) limits: BTreeMap<String, Quantity>,
    pub(crate) created: Time,
    pub(crate) renewed: Option<MicroTime>,
    pub(crate) any: Json,
}

impl ApiType for Whole {
    fn desc() -> &'static Desc {
        static FIELDS: [Field; 22] = [
            Field::string("kind", 0).omit_empty(),
            Field::string("apiVersion", 0).omit_empty(),
            Field::message("part", 1, Part::desc).omit_empty(),
            Field::message("", 2, Part::desc).inline(),
            Field::message("parts", 3, Part::desc).list(),
            Field::message("byName", 4, Part::desc).map().omit_empty(),
            Field::string("labels", 5).map().omit_empty(),
            Field::bytes("data", 6).map().omit_empty(),
            Field::string("extra", 7).map_of_lists().omit_empty(),
            Field::string("verbs", 8).list().omit_empty().wrapped(),
            Field::string("args", 9).list().omit_empty(),
            Field::int32("numbers", 10).list().omit_empty(),
            Field::bytes("bytes", 11).omit_empty(),
            Field::int32("replicas", 12).optional().omit_empty(),
            Field::int64("size", 13).omit_empty(),
            Field::float64("ratio", 14).omit_empty(),
            Field::bool("on", 15).omit_empty(),
            Field::message("port", 16, IntOrString::desc).omit_zero(),
            Field::message("limits", 300, Quantity::desc).map().omit_empty(),
            Field::message("created", 18, Time::desc).omit_zero(),
            Field::message("renewed", 19, MicroTime::desc).optional().omit_empty(),
            Field::message("any", 20, Json::desc).omit_zero(),
        ];
        static DESC: Desc = Desc::new("Whole", "k8s.io.test.v1", "io.k8s.test.v1", &FIELDS);
        &DESC
    }
}
crate::message!(Whole {
    kind,
    api_version,
    part,
    inlined,
    parts,
    by_name,
    labels,
    data,
    extra,
    verbs,
    args,
    numbers,
    bytes,
    replicas,
    size,
    ratio,
    on,
    port,
    limits,
    created,
    renewed,
    any,
});

/// A document that sets every field of [`Whole`], as the encoder writes it.
pub(crate) const FULL: &str = concat!(
    r#"{"kind":"Whole","apiVersion":"test/v1","part":{"name":"p","part":{"name":"q","count":-2}},"name":"in","count":3,"#,
    r#""parts":[{"name":"a"},{"name":"b","count":1}],"byName":{"k":{"name":"v"}},"labels":{"a":"1","b":"\u003c\u2028é\n"},"data":{"x":"","y":"AAH/"},"#,
    r#""extra":{"e":["1","2"],"n":null},"verbs":["get","list"],"args":["","x"],"numbers":[1,-1,2147483647],"bytes":"aGk=","replicas":0,"#,
    r#""size":9223372036854775807,"ratio":1e-7,"on":true,"port":"http","limits":{"cpu":"1500m"},"created":"2024-02-29T12:00:00Z","#,
    r#""renewed":"2024-02-29T12:00:00.000001Z","any":{"x":[1,2.50,null]}}"#
);
