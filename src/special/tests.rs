//! The special types against vectors computed by apimachinery.

use serde_json::Value;

use super::{Duration, IntOrString, MicroTime, Quantity, Time};
use crate::codec::{json, protobuf};
use crate::object::ApiType;

fn cases(text: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(text).expect("a fixture");
    file["cases"].as_array().cloned().expect("cases")
}

/// The JSON form after reading, or the text of the error.
fn round<T: ApiType>(input: &str) -> Result<(T, String), String> {
    let mut value = T::default();
    json::decode(input.as_bytes(), &mut value, None).map_err(|error| error.to_string())?;
    let mut out = Vec::new();
    json::encode(&value, &mut out);
    let mut again = T::default();
    protobuf::decode(&protobuf::encode(&value), &mut again).map_err(|error| error.to_string())?;
    let mut text = Vec::new();
    json::encode(&again, &mut text);
    assert_eq!(text, out, "protobuf keeps {input}");
    Ok((value, String::from_utf8(out).expect("UTF-8")))
}

fn text<'a>(case: &'a Value, key: &str) -> Option<&'a str> {
    case[key].as_str()
}

#[test]
fn quantities_have_apimachinerys_canonical_form() {
    for case in cases(include_str!("../../tests/fixtures/vectors/quantity.json")) {
        let input = text(&case, "input").expect("input");
        match (input.parse::<Quantity>(), text(&case, "canonical")) {
            (Ok(quantity), Some(canonical)) => {
                assert_eq!(quantity.as_str(), canonical, "{input:?}");
                let amount = kubewright_model::quantity::parse(input).expect("an amount");
                assert_eq!(
                    amount.to_i64(),
                    text(&case, "asInt64").map(|whole| whole.parse().expect("a number")).or(amount.to_i64()),
                    "{input:?}"
                );
            }
            (Err(error), None) => assert_eq!(Some(error.to_string().as_str()), text(&case, "error"), "{input:?}"),
            (found, expected) => panic!("{input:?}: {found:?}, expected {expected:?}"),
        }
    }
}

#[test]
fn quantities_compare_as_in_apimachinery() {
    for case in cases(include_str!("../../tests/fixtures/vectors/quantity_arith.json")) {
        let of = |key| text(&case, key).expect("a quantity").parse::<Quantity>().expect("a quantity");
        assert_eq!(of("a").cmp(&of("b")) as i64, case["cmp"].as_i64().expect("an order"), "{case}");
    }
}

#[test]
fn times_read_and_write_as_in_apimachinery() {
    for case in cases(include_str!("../../tests/fixtures/vectors/time.json")) {
        let input = text(&case, "inputJSON").expect("input");
        let expected = text(&case, "timeJSON").map(str::to_owned).ok_or(text(&case, "timeError").unwrap_or_default().to_owned());
        assert_eq!(round::<Time>(input).map(|(_, text)| text), expected, "{input}");
        let expected = text(&case, "microTimeJSON").map(str::to_owned).ok_or(text(&case, "microTimeError").unwrap_or_default().to_owned());
        assert_eq!(round::<MicroTime>(input).map(|(_, text)| text), expected, "{input}");
        if let (Ok((time, _)), Some(seconds)) = (round::<Time>(input), text(&case, "protoSeconds")) {
            assert_eq!(time.unix().to_string(), seconds, "{input}");
        }
    }
}

#[test]
fn durations_read_and_write_as_in_go() {
    for case in cases(include_str!("../../tests/fixtures/vectors/duration.json")) {
        let input = text(&case, "inputJSON").expect("input");
        if input == "null" {
            continue; // Go's own Duration refuses null; here null leaves any field unset.
        }
        let expected = text(&case, "outputJSON").map(str::to_owned).ok_or(text(&case, "error").unwrap_or_default().to_owned());
        assert_eq!(round::<Duration>(input).map(|(_, text)| text), expected, "{input}");
    }
}

#[test]
fn int_or_strings_read_and_write_as_in_apimachinery() {
    for case in cases(include_str!("../../tests/fixtures/vectors/int_or_string.json")) {
        let input = text(&case, "inputJSON").expect("input");
        let expected = text(&case, "outputJSON").map(str::to_owned).ok_or(text(&case, "error").unwrap_or_default().to_owned());
        let found = round::<IntOrString>(input);
        assert_eq!(found.as_ref().map(|(_, text)| text.clone()).map_err(Clone::clone), expected, "{input}");
        if let (Ok((value, _)), Some(int)) = (found, case["intValue"].as_i64()) {
            assert_eq!(i64::from(value.int_value()), int, "{input}");
        }
    }
}

#[test]
fn odd_bytes_of_raw_values_stay_on_the_protobuf_wire_and_out_of_json() {
    for (bytes, expected) in
        [(&b"{\"a\": [1, \"<\"]}"[..], r#"{"a":[1,"\u003c"]}"#), (b"k8s\0\x0a\x00", "null"), (b"{\"a\":", "null"), (b"\xff", "null")]
    {
        let raw = super::RawExtension::new(bytes);
        let mut out = Vec::new();
        json::encode(&raw, &mut out);
        assert_eq!(String::from_utf8_lossy(&out), expected);
        let mut again = super::RawExtension::default();
        protobuf::decode(&protobuf::encode(&raw), &mut again).expect("decodes");
        assert_eq!(again, raw);
    }
}

#[test]
fn group_versions_are_one_text() {
    for (input, expected) in [
        (r#""apps/v1""#, Ok(r#""apps/v1""#)),
        (r#""v1""#, Ok(r#""v1""#)),
        (r#""""#, Ok(r#""""#)),
        (r#""/""#, Ok(r#""""#)),
        (r#""/v1""#, Ok(r#""v1""#)),
        (r#""a/b/c""#, Err("unexpected GroupVersion string: a/b/c")),
    ] {
        let found = round::<super::GroupVersion>(input).map(|(_, text)| text);
        assert_eq!(found, expected.map(str::to_owned).map_err(str::to_owned), "{input}");
    }
}
