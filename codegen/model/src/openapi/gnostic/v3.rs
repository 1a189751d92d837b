//! The messages of the protobuf package `openapi.v3`.
//!
//! Source: the published message definitions of gnostic. Messages that documents of API servers never hold (callbacks, links, encodings,
//! examples, headers, OAuth flows, XML) are left out: a document with them is refused, not cut.

use serde_json::Value;

use super::table::{
    Chosen, Item, Kind, Leaf, Rest, Table, any, choice, chosen, double, entries, extensions, flag, int, is_path, is_reference, is_response,
    many, one, slot, text, texts,
};

/// A whole document.
pub(super) static DOCUMENT: Table = Table {
    slots: &[
        text(1, "openapi"),
        one(2, "info", &INFO),
        many(3, "servers", &Table { slots: &[text(1, "url"), text(2, "description")], rest: &[extensions(4)] }),
        one(4, "paths", &Table { slots: &[], rest: &[Rest { number: 1, takes: is_path, item: Item::Table(&PATH_ITEM) }, extensions(2)] }),
        one(5, "components", &COMPONENTS),
        many(6, "security", &SECURITY_REQUIREMENT),
        many(7, "tags", &TAG),
        one(8, "externalDocs", &EXTERNAL_DOCS),
    ],
    rest: &[extensions(9)],
};

static INFO: Table = Table {
    slots: &[
        text(1, "title"),
        text(2, "description"),
        text(3, "termsOfService"),
        one(4, "contact", &Table { slots: &[text(1, "name"), text(2, "url"), text(3, "email")], rest: &[extensions(4)] }),
        one(5, "license", &Table { slots: &[text(1, "name"), text(2, "url")], rest: &[extensions(3)] }),
        text(6, "version"),
        text(8, "summary"),
    ],
    rest: &[extensions(7)],
};

static EXTERNAL_DOCS: Table = Table { slots: &[text(1, "description"), text(2, "url")], rest: &[extensions(3)] };

static TAG: Table =
    Table { slots: &[text(1, "name"), text(2, "description"), one(3, "externalDocs", &EXTERNAL_DOCS)], rest: &[extensions(4)] };

static SECURITY_REQUIREMENT: Table = Table { slots: &[], rest: &[entries(Item::Words)] };

static COMPONENTS: Table = Table {
    slots: &[
        one(1, "schemas", &SCHEMAS),
        one(2, "responses", &Table { slots: &[], rest: &[entries(Item::Choice(response))] }),
        one(3, "parameters", &Table { slots: &[], rest: &[entries(Item::Choice(parameter))] }),
        one(5, "requestBodies", &Table { slots: &[], rest: &[entries(Item::Choice(request_body))] }),
        one(7, "securitySchemes", &Table { slots: &[], rest: &[entries(Item::Choice(security_scheme))] }),
    ],
    rest: &[extensions(10)],
};

static REFERENCE: Table = Table { slots: &[text(1, "$ref"), text(2, "summary"), text(3, "description")], rest: &[] };

static PATH_ITEM: Table = Table {
    slots: &[
        text(1, "$ref"),
        text(2, "summary"),
        text(3, "description"),
        one(4, "get", &OPERATION),
        one(5, "put", &OPERATION),
        one(6, "post", &OPERATION),
        one(7, "delete", &OPERATION),
        one(8, "options", &OPERATION),
        one(9, "head", &OPERATION),
        one(10, "patch", &OPERATION),
        one(11, "trace", &OPERATION),
        slot(13, "parameters", Kind::Many(Item::Choice(parameter))),
    ],
    rest: &[extensions(14)],
};

static OPERATION: Table = Table {
    slots: &[
        texts(1, "tags"),
        text(2, "summary"),
        text(3, "description"),
        one(4, "externalDocs", &EXTERNAL_DOCS),
        text(5, "operationId"),
        slot(6, "parameters", Kind::Many(Item::Choice(parameter))),
        choice(7, "requestBody", request_body),
        one(8, "responses", &RESPONSES),
        flag(10, "deprecated"),
        many(11, "security", &SECURITY_REQUIREMENT),
    ],
    rest: &[extensions(13)],
};

static PARAMETER: Table = Table {
    slots: &[
        text(1, "name"),
        text(2, "in"),
        text(3, "description"),
        flag(4, "required"),
        flag(5, "deprecated"),
        flag(6, "allowEmptyValue"),
        text(7, "style"),
        flag(8, "explode"),
        flag(9, "allowReserved"),
        choice(10, "schema", schema),
        any(11, "example"),
        one(13, "content", &MEDIA_TYPES),
    ],
    rest: &[extensions(14)],
};

static REQUEST_BODY: Table =
    Table { slots: &[text(1, "description"), one(2, "content", &MEDIA_TYPES), flag(3, "required")], rest: &[extensions(4)] };

static RESPONSES: Table = Table {
    slots: &[choice(1, "default", response)],
    rest: &[Rest { number: 2, takes: is_response, item: Item::Choice(response) }, extensions(3)],
};

static RESPONSE: Table = Table { slots: &[text(1, "description"), one(3, "content", &MEDIA_TYPES)], rest: &[extensions(5)] };

static MEDIA_TYPES: Table = Table { slots: &[], rest: &[entries(Item::Table(&MEDIA_TYPE))] };

static MEDIA_TYPE: Table = Table { slots: &[choice(1, "schema", schema), any(2, "example")], rest: &[extensions(5)] };

static SCHEMAS: Table = Table { slots: &[], rest: &[entries(Item::Choice(schema))] };

static SCHEMA: Table = Table {
    slots: &[
        flag(1, "nullable"),
        flag(3, "readOnly"),
        flag(4, "writeOnly"),
        one(6, "externalDocs", &EXTERNAL_DOCS),
        any(7, "example"),
        flag(8, "deprecated"),
        text(9, "title"),
        double(10, "multipleOf"),
        double(11, "maximum"),
        flag(12, "exclusiveMaximum"),
        double(13, "minimum"),
        flag(14, "exclusiveMinimum"),
        int(15, "maxLength"),
        int(16, "minLength"),
        text(17, "pattern"),
        int(18, "maxItems"),
        int(19, "minItems"),
        flag(20, "uniqueItems"),
        int(21, "maxProperties"),
        int(22, "minProperties"),
        texts(23, "required"),
        slot(24, "enum", Kind::Many(Item::Any)),
        text(25, "type"),
        slot(26, "allOf", Kind::Many(Item::Choice(schema))),
        slot(27, "oneOf", Kind::Many(Item::Choice(schema))),
        slot(28, "anyOf", Kind::Many(Item::Choice(schema))),
        one(29, "not", &SCHEMA),
        choice(30, "items", items),
        one(31, "properties", &SCHEMAS),
        choice(32, "additionalProperties", additional_properties),
        choice(33, "default", default),
        text(34, "description"),
        text(35, "format"),
    ],
    rest: &[extensions(36)],
};

static SECURITY_SCHEME: Table = Table {
    slots: &[
        text(1, "type"),
        text(2, "description"),
        text(3, "name"),
        text(4, "in"),
        text(5, "scheme"),
        text(6, "bearerFormat"),
        text(8, "openIdConnectUrl"),
    ],
    rest: &[extensions(9)],
};

fn or_reference(value: &Value, table: &'static Table) -> Option<Chosen> {
    if is_reference(value) { chosen(&[2], &REFERENCE) } else { chosen(&[1], table) }
}

fn schema(value: &Value) -> Option<Chosen> {
    or_reference(value, &SCHEMA)
}

fn parameter(value: &Value) -> Option<Chosen> {
    or_reference(value, &PARAMETER)
}

fn request_body(value: &Value) -> Option<Chosen> {
    or_reference(value, &REQUEST_BODY)
}

fn response(value: &Value) -> Option<Chosen> {
    or_reference(value, &RESPONSE)
}

fn security_scheme(value: &Value) -> Option<Chosen> {
    or_reference(value, &SECURITY_SCHEME)
}

fn items(value: &Value) -> Option<Chosen> {
    if is_reference(value) { chosen(&[1, 2], &REFERENCE) } else { chosen(&[1, 1], &SCHEMA) }
}

fn additional_properties(value: &Value) -> Option<Chosen> {
    if value.is_boolean() { Some(Chosen { numbers: &[2], leaf: Leaf::Flag }) } else { items(value) }
}

/// Defaults that are objects or lists have no member: the message is there, and empty.
#[allow(clippy::unnecessary_wraps)] // the shape every choice has
fn default(value: &Value) -> Option<Chosen> {
    let (numbers, leaf): (&'static [u32], Leaf) = match value {
        Value::Number(_) => (&[1], Leaf::Double),
        Value::Bool(_) => (&[2], Leaf::Flag),
        Value::String(_) => (&[3], Leaf::Text),
        _ => (&[1], Leaf::Nothing),
    };
    Some(Chosen { numbers, leaf })
}
