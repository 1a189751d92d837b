//! The messages of the protobuf package `openapi.v2`.
//!
//! Source: the published message definitions of gnostic. Messages that documents of API servers never hold (OAuth2, form data, headers,
//! examples, files, XML) are left out: a document with them is refused, not cut.

use serde_json::Value;

use super::table::{
    Chosen, Item, Kind, Leaf, Rest, Table, any, choice, chosen, double, entries, extensions, flag, int, is_path, is_reference, is_response,
    many, one, slot, text, texts,
};

/// A whole document.
pub(super) static DOCUMENT: Table = Table {
    slots: &[
        text(1, "swagger"),
        one(2, "info", &INFO),
        text(3, "host"),
        text(4, "basePath"),
        texts(5, "schemes"),
        texts(6, "consumes"),
        texts(7, "produces"),
        one(8, "paths", &PATHS),
        one(9, "definitions", &SCHEMAS),
        one(10, "parameters", &Table { slots: &[], rest: &[entries(Item::Choice(parameter))] }),
        one(11, "responses", &Table { slots: &[], rest: &[entries(Item::Table(&RESPONSE))] }),
        many(12, "security", &SECURITY_REQUIREMENT),
        one(13, "securityDefinitions", &Table { slots: &[], rest: &[entries(Item::Choice(security))] }),
        many(14, "tags", &TAG),
        one(15, "externalDocs", &EXTERNAL_DOCS),
    ],
    rest: &[extensions(16)],
};

static INFO: Table = Table {
    slots: &[
        text(1, "title"),
        text(2, "version"),
        text(3, "description"),
        text(4, "termsOfService"),
        one(5, "contact", &Table { slots: &[text(1, "name"), text(2, "url"), text(3, "email")], rest: &[extensions(4)] }),
        one(6, "license", &Table { slots: &[text(1, "name"), text(2, "url")], rest: &[extensions(3)] }),
    ],
    rest: &[extensions(7)],
};

static EXTERNAL_DOCS: Table = Table { slots: &[text(1, "description"), text(2, "url")], rest: &[extensions(3)] };

static TAG: Table =
    Table { slots: &[text(1, "name"), text(2, "description"), one(3, "externalDocs", &EXTERNAL_DOCS)], rest: &[extensions(4)] };

static SECURITY_REQUIREMENT: Table = Table { slots: &[], rest: &[entries(Item::Words)] };

static PATHS: Table = Table { slots: &[], rest: &[extensions(1), Rest { number: 2, takes: is_path, item: Item::Table(&PATH_ITEM) }] };

static PATH_ITEM: Table = Table {
    slots: &[
        text(1, "$ref"),
        one(2, "get", &OPERATION),
        one(3, "put", &OPERATION),
        one(4, "post", &OPERATION),
        one(5, "delete", &OPERATION),
        one(6, "options", &OPERATION),
        one(7, "head", &OPERATION),
        one(8, "patch", &OPERATION),
        slot(9, "parameters", Kind::Many(Item::Choice(parameters_item))),
    ],
    rest: &[extensions(10)],
};

static OPERATION: Table = Table {
    slots: &[
        texts(1, "tags"),
        text(2, "summary"),
        text(3, "description"),
        one(4, "externalDocs", &EXTERNAL_DOCS),
        text(5, "operationId"),
        texts(6, "produces"),
        texts(7, "consumes"),
        slot(8, "parameters", Kind::Many(Item::Choice(parameters_item))),
        one(
            9,
            "responses",
            &Table { slots: &[], rest: &[Rest { number: 1, takes: is_response, item: Item::Choice(response_value) }, extensions(2)] },
        ),
        texts(10, "schemes"),
        flag(11, "deprecated"),
        many(12, "security", &SECURITY_REQUIREMENT),
    ],
    rest: &[extensions(13)],
};

static RESPONSE: Table = Table { slots: &[text(1, "description"), choice(2, "schema", schema_item)], rest: &[extensions(5)] };

static JSON_REFERENCE: Table = Table { slots: &[text(1, "$ref"), text(2, "description")], rest: &[] };

static BODY_PARAMETER: Table = Table {
    slots: &[text(1, "description"), text(2, "name"), text(3, "in"), flag(4, "required"), one(5, "schema", &SCHEMA)],
    rest: &[extensions(6)],
};

/// The part of parameters that holds for paths and headers alike; queries have one key more, so other numbers.
static PATH_PARAMETER: Table = Table {
    slots: &[
        flag(1, "required"),
        text(2, "in"),
        text(3, "description"),
        text(4, "name"),
        text(5, "type"),
        text(6, "format"),
        one(7, "items", &PRIMITIVES_ITEMS),
        text(8, "collectionFormat"),
        any(9, "default"),
        double(10, "maximum"),
        flag(11, "exclusiveMaximum"),
        double(12, "minimum"),
        flag(13, "exclusiveMinimum"),
        int(14, "maxLength"),
        int(15, "minLength"),
        text(16, "pattern"),
        int(17, "maxItems"),
        int(18, "minItems"),
        flag(19, "uniqueItems"),
        slot(20, "enum", Kind::Many(Item::Any)),
        double(21, "multipleOf"),
    ],
    rest: &[extensions(22)],
};

static QUERY_PARAMETER: Table = Table {
    slots: &[
        flag(1, "required"),
        text(2, "in"),
        text(3, "description"),
        text(4, "name"),
        flag(5, "allowEmptyValue"),
        text(6, "type"),
        text(7, "format"),
        one(8, "items", &PRIMITIVES_ITEMS),
        text(9, "collectionFormat"),
        any(10, "default"),
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
        slot(21, "enum", Kind::Many(Item::Any)),
        double(22, "multipleOf"),
    ],
    rest: &[extensions(23)],
};

static PRIMITIVES_ITEMS: Table = Table {
    slots: &[
        text(1, "type"),
        text(2, "format"),
        one(3, "items", &PRIMITIVES_ITEMS),
        text(4, "collectionFormat"),
        any(5, "default"),
        double(6, "maximum"),
        flag(7, "exclusiveMaximum"),
        double(8, "minimum"),
        flag(9, "exclusiveMinimum"),
        int(10, "maxLength"),
        int(11, "minLength"),
        text(12, "pattern"),
        int(13, "maxItems"),
        int(14, "minItems"),
        flag(15, "uniqueItems"),
        slot(16, "enum", Kind::Many(Item::Any)),
        double(17, "multipleOf"),
    ],
    rest: &[extensions(18)],
};

static SCHEMAS: Table = Table { slots: &[], rest: &[entries(Item::Table(&SCHEMA))] };

static SCHEMA: Table = Table {
    slots: &[
        text(1, "$ref"),
        text(2, "format"),
        text(3, "title"),
        text(4, "description"),
        any(5, "default"),
        double(6, "multipleOf"),
        double(7, "maximum"),
        flag(8, "exclusiveMaximum"),
        double(9, "minimum"),
        flag(10, "exclusiveMinimum"),
        int(11, "maxLength"),
        int(12, "minLength"),
        text(13, "pattern"),
        int(14, "maxItems"),
        int(15, "minItems"),
        flag(16, "uniqueItems"),
        int(17, "maxProperties"),
        int(18, "minProperties"),
        texts(19, "required"),
        slot(20, "enum", Kind::Many(Item::Any)),
        choice(21, "additionalProperties", additional_properties),
        slot(22, "type", Kind::One(Item::Words)),
        choice(23, "items", items),
        many(24, "allOf", &SCHEMA),
        one(25, "properties", &SCHEMAS),
        text(26, "discriminator"),
        flag(27, "readOnly"),
        one(29, "externalDocs", &EXTERNAL_DOCS),
        any(30, "example"),
    ],
    rest: &[extensions(31)],
};

static API_KEY: Table = Table { slots: &[text(1, "type"), text(2, "name"), text(3, "in"), text(4, "description")], rest: &[extensions(5)] };

static BASIC: Table = Table { slots: &[text(1, "type"), text(2, "description")], rest: &[extensions(3)] };

fn parameters_item(value: &Value) -> Option<Chosen> {
    if is_reference(value) {
        return chosen(&[2], &JSON_REFERENCE);
    }
    match place(value) {
        "body" => chosen(&[1, 1], &BODY_PARAMETER),
        "header" => chosen(&[1, 2, 1], &PATH_PARAMETER),
        "query" => chosen(&[1, 2, 3], &QUERY_PARAMETER),
        "path" => chosen(&[1, 2, 4], &PATH_PARAMETER),
        _ => None,
    }
}

fn parameter(value: &Value) -> Option<Chosen> {
    match place(value) {
        "body" => chosen(&[1], &BODY_PARAMETER),
        "header" => chosen(&[2, 1], &PATH_PARAMETER),
        "query" => chosen(&[2, 3], &QUERY_PARAMETER),
        "path" => chosen(&[2, 4], &PATH_PARAMETER),
        _ => None,
    }
}

fn place(value: &Value) -> &str {
    value.get("in").and_then(Value::as_str).unwrap_or_default()
}

fn response_value(value: &Value) -> Option<Chosen> {
    if is_reference(value) { chosen(&[2], &JSON_REFERENCE) } else { chosen(&[1], &RESPONSE) }
}

fn schema_item(value: &Value) -> Option<Chosen> {
    if value.get("type").is_some_and(|ty| ty == "file") { None } else { chosen(&[1], &SCHEMA) }
}

fn items(value: &Value) -> Option<Chosen> {
    value.is_object().then(|| chosen(&[1], &SCHEMA)).flatten()
}

fn additional_properties(value: &Value) -> Option<Chosen> {
    if value.is_boolean() { Some(Chosen { numbers: &[2], leaf: Leaf::Flag }) } else { chosen(&[1], &SCHEMA) }
}

fn security(value: &Value) -> Option<Chosen> {
    match value.get("type").and_then(Value::as_str) {
        Some("basic") => chosen(&[1], &BASIC),
        Some("apiKey") => chosen(&[2], &API_KEY),
        _ => None,
    }
}
