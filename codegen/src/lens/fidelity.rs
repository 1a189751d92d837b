//! What of a value survives a rule, in each direction, and a value that does not.

use kubewright_model::{Field, ListType, Shape, Special, Type};
use serde_json::{Value as Json, json};

use crate::set::{Fidelity, Form, Side, Value};

/// What survives in both directions.
#[derive(Clone, Debug)]
pub(super) struct Both {
    /// From the hub to the version.
    pub(super) view: Fidelity,
    /// From the version to the hub, and read again.
    pub(super) put: Fidelity,
}

impl Both {
    fn new(view: Fidelity, put: Fidelity) -> Self {
        Self { view, put }
    }
}

impl Fidelity {
    /// Value, and what comes back, when something is lost.
    pub(super) fn loss(&self) -> Option<String> {
        match self {
            Self::Lost { value, back } => Some(format!("`{value}` as `{back}`")),
            _ => None,
        }
    }
}

fn remembered(value: impl Into<Json>, shown: impl Into<Json>) -> Fidelity {
    Fidelity::Remembered { value: value.into(), back: shown.into() }
}

fn lost(value: impl Into<Json>, back: impl Into<Json>) -> Fidelity {
    Fidelity::Lost { value: value.into(), back: back.into() }
}

fn respelled(value: impl Into<Json>, back: impl Into<Json>) -> Fidelity {
    Fidelity::Respelled { value: value.into(), back: back.into() }
}

/// What a rule for one value keeps.
pub(super) fn of_value(hub: &Field, spoke: &Field, value: &Value) -> Both {
    match value {
        Value::Unset { json, shown } => unset(hub, spoke, json, *shown),
        Value::Head { list: Side::Hub } if at_most_one(hub) => Both::new(Fidelity::Exact, Fidelity::Exact),
        Value::Head { list: Side::Hub } => Both::new(remembered(json!([1, 2]), 1), Fidelity::Exact),
        Value::Head { list: Side::Spoke } if at_most_one(spoke) => Both::new(Fidelity::Exact, Fidelity::Exact),
        Value::Head { list: Side::Spoke } => Both::new(Fidelity::Exact, lost(json!([1, 2]), json!([1]))),
        Value::Table(rows) => table(hub, spoke, rows),
        Value::Scale { times, over } => scale(hub, spoke, *times, *over),
        Value::Form { form, unit } => forms(hub, spoke, *form, unit.nanos),
        Value::Keyed { list, .. } => keyed(*list, hub, spoke),
        Value::Raw => Both::new(Fidelity::Exact, Fidelity::Exact),
    }
}

fn unset(hub: &Field, spoke: &Field, json: &str, shown: bool) -> Both {
    let value: Json = serde_json::from_str(json).unwrap_or_default();
    let reserved = !allows_json(spoke, &value);
    match (hub.optional, spoke.optional) {
        (true, false) => Both::new(remembered(Json::Null, value), Fidelity::Exact),
        (true, true) if shown => Both::new(remembered(Json::Null, value.clone()), respelled(Json::Null, value)),
        (true, true) => Both::new(remembered(Json::Null, value.clone()), lost(Json::Null, value)),
        (false, _) if shown => Both::new(Fidelity::Exact, respelled(Json::Null, value)),
        (false, _) if reserved => Both::new(Fidelity::Exact, Fidelity::Exact),
        (false, _) => Both::new(Fidelity::Exact, lost(value, Json::Null)),
    }
}

fn table(hub: &Field, spoke: &Field, rows: &[(String, String)]) -> Both {
    let mut both = Both::new(Fidelity::Exact, Fidelity::Exact);
    let view = |text: &str| rows.iter().find(|row| row.0 == text).map_or(text.to_owned(), |row| row.1.clone());
    let put = |text: &str| rows.iter().find(|row| row.1 == text).map_or(text.to_owned(), |row| row.0.clone());
    for text in candidates(hub, rows) {
        let shown = view(&text);
        let back = put(&shown);
        if back != text {
            both.view = remembered(text, shown);
        } else if !allows(spoke, &shown) {
            both.view = remembered(text, "a value that the version does not allow");
        }
    }
    for text in candidates(spoke, rows) {
        let (stored, back) = (put(&text), view(&put(&text)));
        if back != text {
            both.put = lost(text, back);
        } else if !allows(hub, &stored) {
            both.put = lost(text, "a value that the hub does not allow");
        }
    }
    both
}

/// The values to try: all that are allowed, or the texts of the table on either side.
fn candidates(field: &Field, rows: &[(String, String)]) -> Vec<String> {
    if matches!(field.ty, Type::Bool) {
        return vec!["false".to_owned(), "true".to_owned()];
    }
    allowed(field).unwrap_or_else(|| rows.iter().flat_map(|row| [row.0.clone(), row.1.clone()]).collect())
}

fn scale(hub: &Field, spoke: &Field, times: i64, over: i64) -> Both {
    let view = match odd(over, bounds(hub)) {
        Some(value) => remembered(value, scaled(value, times, over)),
        None => wide(bounds(hub), times, over, bounds_of_type(spoke)).map_or(Fidelity::Exact, |(value, back)| remembered(value, back)),
    };
    let put = match odd(times, bounds(spoke)) {
        Some(value) => lost(value, scaled(scaled(value, over, times), times, over)),
        None => wide(bounds(spoke), over, times, bounds_of_type(hub))
            .map_or(Fidelity::Exact, |(value, back)| lost(value, scaled(back, times, over))),
    };
    Both::new(view, put)
}

/// A value within bounds that is no multiple.
fn odd(of: i64, (low, high): (i64, i64)) -> Option<i64> {
    [1, of.saturating_add(1), low, high].into_iter().find(|value| *value % of != 0 && (low..=high).contains(value))
}

/// A value within bounds that leaves the range of the other type, and what is left of it.
fn wide((low, high): (i64, i64), times: i64, over: i64, (least, most): (i64, i64)) -> Option<(i64, i64)> {
    let out = |value: i64| {
        let exact = i128::from(value) * i128::from(times) / i128::from(over);
        (exact < i128::from(least) || exact > i128::from(most)).then(|| (value, scaled(value, times, over).clamp(least, most)))
    };
    out(high).or_else(|| out(low))
}

fn scaled(value: i64, times: i64, over: i64) -> i64 {
    let exact = i128::from(value) * i128::from(times) / i128::from(over);
    i64::try_from(exact).unwrap_or(if exact < 0 { i64::MIN } else { i64::MAX })
}

/// The range of a field's numbers by its type and its bounds.
fn bounds(field: &Field) -> (i64, i64) {
    let (least, most) = bounds_of_type(field);
    let rule = |key: &str| rules(field).get(key).and_then(Json::as_i64);
    (rule("minimum").unwrap_or(least).max(least), rule("maximum").unwrap_or(most).min(most))
}

fn bounds_of_type(field: &Field) -> (i64, i64) {
    if matches!(field.ty, Type::I32) { (i32::MIN.into(), i32::MAX.into()) } else { (i64::MIN, i64::MAX) }
}

/// What moving an integer to a narrower type loses on the way to the hub.
pub(super) fn narrowed(hub: &Field, spoke: &Field) -> Option<String> {
    if !matches!((&hub.ty, &spoke.ty), (Type::I32, Type::I64)) || hub.shape != Shape::One {
        return None;
    }
    wide(bounds(spoke), 1, 1, bounds_of_type(hub)).map(|(value, back)| format!("`{value}` as `{back}`"))
}

/// Notation of a form in a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Notation {
    /// A type of its own.
    Own,
    Text,
    Flag,
    Integer,
}

fn notation(field: &Field) -> Notation {
    match field.ty {
        Type::String => Notation::Text,
        Type::Bool => Notation::Flag,
        Type::I32 | Type::I64 => Notation::Integer,
        _ => Notation::Own,
    }
}

fn forms(hub: &Field, spoke: &Field, form: Form, nanos: i64) -> Both {
    let view = match lossy(hub, spoke, form, nanos) {
        Some((value, back)) => remembered(value, back),
        None => Fidelity::Exact,
    };
    let put = match lossy(spoke, hub, form, nanos) {
        Some((value, back)) if spelled_alike(form, &value, &back) => respelled(value, back),
        Some((value, back)) => lost(value, back),
        None => Fidelity::Exact,
    };
    Both::new(view, put)
}

/// The same thing in another spelling.
fn spelled_alike(form: Form, value: &Json, back: &Json) -> bool {
    matches!((form, value.as_str(), back.as_str()), (Form::Duration, Some("90m"), Some("1h30m0s")))
        || matches!((form, value, back), (Form::Text, Json::String(text), Json::Number(number)) if *text == number.to_string())
}

/// Nanoseconds of a second.
const SECOND: i64 = 1_000_000_000;

/// A value of one notation that the other cannot hold, and what comes back of it.
fn lossy(from: &Field, to: &Field, form: Form, nanos: i64) -> Option<(Json, Json)> {
    use Notation::{Flag, Integer, Own, Text};
    let free = rules(from).get("pattern").is_none() && allowed(from).is_none();
    let fraction = nanos > 1;
    match (form, notation(from), notation(to)) {
        (Form::Text, Text, Integer) => free.then(|| (json!("many"), json!("0"))),
        (Form::Text, Text, Flag) => free.then(|| (json!("perhaps"), json!("false"))),
        (Form::Text, Own, Integer) => Some((json!("http"), json!(0))),
        (Form::Text, Text, Own) | (Form::Text, Own, Text) => Some((json!("80"), json!(80))).filter(|_| free),
        (Form::Text, Integer | Flag, Integer | Flag) if notation(from) != notation(to) => Some((json!(2), json!(1))),
        (Form::Quantity, Text, Own | Integer) => free.then(|| (json!("many"), json!("0"))),
        (Form::Duration, Text, Own | Integer) => free.then(|| (json!("soon"), json!("0s"))),
        (Form::Time, Text, Own | Integer) => free.then(|| (json!("soon"), json!(""))),
        (Form::Duration, Integer, Own | Text) => {
            let most = i64::MAX.checked_div(nanos).unwrap_or_default();
            let (low, high) = bounds(from);
            [low, high].into_iter().find(|count| !(-most..=most).contains(count)).map(|count| (json!(count), json!(most)))
        }
        (Form::Time, Own, Integer) if nanos > SECOND => Some((json!("2030-01-01T00:00:01Z"), json!("2030-01-01T00:00:00Z"))),
        (Form::Quantity, Own, Integer) => Some((json!("1500u"), json!("0"))).filter(|_| fraction),
        (Form::Duration, Own, Integer) => Some((json!("1ns"), json!("0s"))).filter(|_| fraction),
        (Form::Time, Own, Integer) => micro(from).then(|| (json!("2030-01-01T00:00:00.000001Z"), json!("2030-01-01T00:00:00.000000Z"))),
        _ => None,
    }
}

fn micro(field: &Field) -> bool {
    field.element().and_then(|element| Special::named(&element.proto_name())) == Some(Special::MicroTime)
}

fn keyed(list: Side, hub: &Field, spoke: &Field) -> Both {
    let pair = json!([{"name": "b"}, {"name": "a"}]);
    let back = json!([{"name": "a"}, {"name": "b"}]);
    let twice = json!([{"name": "a"}, {"name": "a"}]);
    let unique = |field: &Field| field.list_type == Some(ListType::Map);
    match list {
        Side::Hub => Both::new(remembered(pair, json!({"a": {}, "b": {}})), Fidelity::Exact),
        Side::Spoke if unique(spoke) => Both::new(Fidelity::Exact, respelled(pair, back)),
        Side::Spoke => Both::new(Fidelity::Exact, lost(twice, json!([{"name": hub.name}]))),
    }
}

/// What joining fields into one text loses on the way to the hub.
pub(super) fn joined(side: Side, text: &Field, parts: &[&Field], by: &str) -> Option<String> {
    let by_text =
        |field: &&&Field| matches!(field.ty, Type::String) && allowed(field).is_none_or(|all| all.iter().any(|value| value.contains(by)));
    match side {
        Side::Hub => {
            let part = parts.iter().rev().skip(1).find(by_text)?;
            Some(format!("`{}` with {by:?} in it", part.name))
        }
        Side::Spoke => {
            let number = parts.iter().find(|part| !matches!(part.ty, Type::String))?;
            rules(text).get("pattern").is_none().then(|| format!("a `{}` whose `{}` is no number", text.name, number.name))
        }
    }
}

/// Whether a field can have one value only.
pub(super) fn only_value(field: &Field, value: &Json) -> bool {
    let text = value.as_str().unwrap_or_default();
    let one = allowed(field).is_some_and(|all| all.len() == 1 && all[0] == text);
    let exact = value.as_i64().is_some_and(|number| bounds(field) == (number, number));
    one || exact
}

/// Whether a field, left unset, gets this value without a condition.
pub(super) fn defaults_to(field: &Field, value: &Json) -> bool {
    let rules: Json = serde_json::from_str(&field.default).unwrap_or_default();
    let last = rules.as_array().and_then(|all| all.last());
    last.is_some_and(|rule| rule.get("value") == Some(value) && rule.get("when").is_none())
}

/// Whether a text is among the values of a field; of flags, `true` and `false`.
pub(super) fn allows(field: &Field, text: &str) -> bool {
    match field.ty {
        Type::Bool => matches!(text, "true" | "false"),
        _ => allowed(field).is_none_or(|all| all.iter().any(|value| value == text)),
    }
}

fn allows_json(field: &Field, value: &Json) -> bool {
    match (value.as_i64(), value.as_str()) {
        (Some(number), _) => {
            let (low, high) = bounds(field);
            (low..=high).contains(&number)
        }
        (_, Some(text)) => allows(field, text) && (!text.is_empty() || rules(field).get("minLength").is_none()),
        _ => true,
    }
}

/// The values of a closed enum.
fn allowed(field: &Field) -> Option<Vec<String>> {
    let rules = rules(field);
    let values = rules.get("enum")?.as_array()?;
    Some(values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect())
}

fn at_most_one(field: &Field) -> bool {
    rules(field).get("maxItems").and_then(Json::as_i64).is_some_and(|most| most <= 1)
}

fn rules(field: &Field) -> Json {
    serde_json::from_str(&field.rules).unwrap_or_default()
}
