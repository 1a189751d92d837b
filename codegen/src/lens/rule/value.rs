//! Rules for one value in two notations: `unset`, `head`, `table`, `scale`, `form`, `keyed`, `opaque`.

use kubewright_model::{Field, Shape, Special, Type};

use super::alone::fits;
use super::{Found, Pair, Read, Rule, acknowledged, is_text, unfit};
use crate::check::same_type;
use crate::diagnostic::{Collector, Diagnostic};
use crate::lens::fidelity;
use crate::lens::relation::{Relation, relation};
use crate::set::{Form, Side, Step, Unit, Value};
use crate::source::Span;
use crate::yaml::Node;

impl<'m> Pair<'m> {
    /// A rule that ties one value to one value.
    pub(super) fn value(&self, span: Span, word: &str, node: &Node, problems: &mut Collector) -> Read {
        let (hub, spoke) = self.both(node, problems)?;
        let value = match word {
            "unset" => unset(&hub, &spoke, node, problems),
            "head" => self.head(&hub, &spoke, problems),
            "table" => table(&hub, &spoke, node, problems),
            "scale" => scale(&hub, &spoke, node, problems),
            "form" => form(&hub, &spoke, node, problems),
            "keyed" => self.keyed(&hub, &spoke, node, problems),
            _ => raw(&hub, &spoke, problems),
        }?;
        if let Some(loss) = fidelity::of_value(hub.field, spoke.field, &value).put.loss() {
            acknowledged(span, node, &loss, problems)?;
        }
        let step = Step::Value { hub: hub.path.clone(), spoke: spoke.path.clone(), value };
        Some(vec![Rule::of(span, step, vec![hub.path], vec![spoke.path])])
    }

    /// A list against its first item.
    fn head(&self, hub: &Found<'m>, spoke: &Found<'m>, problems: &mut Collector) -> Option<Value> {
        let side = match (hub.field.shape, spoke.field.shape) {
            (Shape::List, Shape::One) => Side::Hub,
            (Shape::One, Shape::List) => Side::Spoke,
            _ => return differ(hub, spoke, "are not a list and one value", problems),
        };
        self.same_element(hub, spoke, problems)?;
        Some(Value::Head { list: side })
    }

    /// Items and values have to be of one type; messages of two types are the business of `each`.
    fn same_element(&self, hub: &Found<'m>, spoke: &Found<'m>, problems: &mut Collector) -> Option<()> {
        let single = |field: &Field| Field { shape: Shape::One, optional: false, ..field.clone() };
        match relation(self.model, &single(hub.field), &single(spoke.field)) {
            Relation::Same => Some(()),
            _ => differ(hub, spoke, "hold different types", problems),
        }
    }

    /// A list with a key against a map.
    fn keyed(&self, hub: &Found<'m>, spoke: &Found<'m>, node: &Node, problems: &mut Collector) -> Option<Value> {
        let (side, list, map) = match (hub.field.shape, spoke.field.shape) {
            (Shape::List, Shape::Map) => (Side::Hub, hub, spoke),
            (Shape::Map, Shape::List) => (Side::Spoke, spoke, hub),
            _ => return differ(hub, spoke, "are not a list and a map", problems),
        };
        let Some(item) = self.model.element(list.field) else { return differ(hub, spoke, "hold no messages", problems) };
        let (key, value) = (node.text("key")?, node.text("value"));
        let text = |name: &str| item.fields.iter().find(|field| field.name == *name);
        if !text(&key.value).is_some_and(|field| is_text(field) && !field.optional) {
            problems.report(Diagnostic::new(
                "convert-path",
                key.span,
                format!("{} has no text `{}` that is always set", item.name, key.value),
            ));
            return None;
        }
        match &value {
            Some(name) => {
                let fits = text(&name.value).is_some_and(|field| field.shape == Shape::One && same_type(&field.ty, &map.field.ty));
                let alone = item.fields.len() == 2;
                if !fits || !alone {
                    let message = format!("items of {} are not a key and the `{}` that `{}` holds", item.name, name.value, map.field.name);
                    unfit(list, message, problems);
                    return None;
                }
            }
            None => self.same_element(hub, spoke, problems)?,
        }
        Some(Value::Keyed { list: side, key: key.value, value: value.map(|value| value.value) })
    }
}

fn differ<T>(hub: &Found<'_>, spoke: &Found<'_>, how: &str, problems: &mut Collector) -> Option<T> {
    unfit(spoke, format!("`{}` and `{}` {how}", hub.field.name, spoke.field.name), problems);
    None
}

/// Single values of one type, of which one side tells unset.
fn unset(hub: &Found<'_>, spoke: &Found<'_>, node: &Node, problems: &mut Collector) -> Option<Value> {
    let (left, right) = (hub.field, spoke.field);
    if left.shape != Shape::One || right.shape != Shape::One || !same_type(&left.ty, &right.ty) {
        return differ(hub, spoke, "are not single values of one type", problems);
    }
    if !left.optional && !right.optional {
        return differ(hub, spoke, "are both always set", problems);
    }
    let json = node.get("as")?.json();
    fits(spoke, &json, problems)?;
    let shown = fidelity::defaults_to(right, &json);
    Some(Value::Unset { json: json.to_string(), shown })
}

fn table(hub: &Found<'_>, spoke: &Found<'_>, node: &Node, problems: &mut Collector) -> Option<Value> {
    let kinds = [hub.field, spoke.field].map(|field| field.shape == Shape::One && matches!(field.ty, Type::String | Type::Bool));
    if kinds != [true, true] || !(is_text(hub.field) || is_text(spoke.field)) {
        return differ(hub, spoke, "are not texts, or a flag and a text", problems);
    }
    let rows: Vec<(String, String)> =
        node.map("rows").iter().filter_map(|entry| Some((entry.key.clone(), entry.value.words()?.value))).collect();
    for (field, values) in [(hub, rows.iter().map(|row| &row.0).collect::<Vec<_>>()), (spoke, rows.iter().map(|row| &row.1).collect())] {
        let stranger = values.into_iter().find(|value| !fidelity::allows(field.field, value));
        if let Some(stranger) = stranger {
            unfit(field, format!("`{stranger}` is no value of `{}`", field.field.name), problems);
            return None;
        }
    }
    Some(Value::Table(rows))
}

fn scale(hub: &Found<'_>, spoke: &Found<'_>, node: &Node, problems: &mut Collector) -> Option<Value> {
    let number = |field: &Field| field.shape == Shape::One && matches!(field.ty, Type::I32 | Type::I64);
    if !number(hub.field) || !number(spoke.field) {
        return differ(hub, spoke, "are not single integers", problems);
    }
    let factor = node.text("factor")?;
    let (times, over) = factor.value.split_once('/').unwrap_or((&factor.value, "1"));
    let parts = (times.trim().parse::<i64>(), over.trim().parse::<i64>());
    if let (Ok(times @ 1..), Ok(over @ 1..)) = parts {
        let common = divisor(times, over);
        return Some(Value::Scale { times: times / common, over: over / common });
    }
    let problem = Diagnostic::new("convert-factor", factor.span, format!("`{}` is no factor", factor.value));
    problems.report(problem.help("write a positive integer or a fraction of two, such as `1000` or `1/60`"));
    None
}

fn divisor(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// Two notations; the types say which.
fn form(hub: &Found<'_>, spoke: &Found<'_>, node: &Node, problems: &mut Collector) -> Option<Value> {
    let form = match node.plain("of").as_str() {
        "quantity" => Form::Quantity,
        "duration" => Form::Duration,
        "time" => Form::Time,
        _ => Form::Text,
    };
    let nanos = match node.plain("unit").as_str() {
        "nano" => 1,
        "micro" => 1_000,
        "milli" => 1_000_000,
        "kilo" => 1_000_000_000_000,
        "minute" => 60_000_000_000,
        "hour" => 3_600_000_000_000,
        "day" => 86_400_000_000_000,
        _ => 1_000_000_000,
    };
    for found in [hub, spoke] {
        if !written_as(found.field, form) {
            unfit(found, format!("`{}` is no {}", found.field.name, what(form)), problems);
            return None;
        }
    }
    Some(Value::Form { form, unit: Unit { nanos } })
}

fn what(form: Form) -> &'static str {
    match form {
        Form::Text => "single text, number or flag",
        Form::Quantity => "quantity, text or integer",
        Form::Duration => "duration, text or integer",
        Form::Time => "time, text or integer",
    }
}

/// Whether a field can hold a notation of it.
fn written_as(field: &Field, form: Form) -> bool {
    let special = field.element().and_then(|element| Special::named(&element.proto_name()));
    field.shape == Shape::One
        && match (&field.ty, form) {
            (Type::String | Type::I32 | Type::I64, _) | (Type::Bool, Form::Text) => true,
            (Type::Message(_), Form::Text) => special == Some(Special::IntOrString),
            (Type::Message(_), Form::Quantity) => special == Some(Special::Quantity),
            (Type::Message(_), Form::Duration) => special == Some(Special::Duration),
            (Type::Message(_), Form::Time) => matches!(special, Some(Special::Time | Special::MicroTime)),
            _ => false,
        }
}

/// Raw JSON in two types.
fn raw(hub: &Found<'_>, spoke: &Found<'_>, problems: &mut Collector) -> Option<Value> {
    let raw = |field: &Field| {
        let special = field.element().and_then(|element| Special::named(&element.proto_name()));
        field.shape == Shape::One && matches!(special, Some(Special::RawExtension | Special::Json))
    };
    if raw(hub.field) && raw(spoke.field) { Some(Value::Raw) } else { differ(hub, spoke, "are not both raw JSON", problems) }
}
