//! The functions of expressions.

use kubewright_model::cell::{Expression, Function};
use serde_json::Value;

use super::age::{between, human_duration, since};
use super::evaluate::Scope;
use super::found::{Found, Pair};
use crate::selector::object_text;

/// The value of a function.
pub(super) fn call<'v>(scope: Scope<'_, 'v>, function: Function, arguments: &[Expression]) -> Found<'v> {
    let one = |at: usize| arguments.get(at).map_or(Found::NOTHING, |argument| scope.find(argument));
    match function {
        Function::Age => Found::made(since(&first_set(scope, arguments).text(), scope.row.now)),
        Function::Count => Found::made(arguments.iter().map(|argument| scope.find(argument).count()).sum::<usize>()),
        Function::Cross => Found::Many(cross(&one(0).items(), &one(1).items())),
        Function::Default => match (first_set(scope, arguments), arguments.last()) {
            (nothing, Some(last)) if nothing.is_empty() => scope.find(last),
            (set, _) => set,
        },
        Function::Duration => Found::made(between(&one(0).text(), &one(1).text(), scope.row.now)),
        Function::Each => Found::Many(each(scope, arguments)),
        Function::Entries => Found::Many(entries(&one(0), &one(1))),
        Function::First => each(scope, arguments).into_iter().next().unwrap_or(Found::NOTHING),
        Function::If | Function::Case => case(scope, arguments),
        Function::Join => Found::made(join(scope, arguments)),
        Function::Keys => Found::Many(keys(&one(0), &one(1).text()).into_iter().map(Found::made).collect()),
        Function::Labels => Found::made(labels(&one(0).one())),
        Function::List => Found::Many(arguments.iter().flat_map(|list| scope.find(list).items()).filter(|item| !item.is_empty()).collect()),
        Function::Lower => Found::made(one(0).text().to_lowercase()),
        Function::Max => max(one(0).items()),
        Function::Pick => Found::Many(pick(scope, arguments)),
        Function::Seconds => one(0).one().as_i64().map_or(Found::NOTHING, |seconds| Found::made(human_duration(seconds))),
        Function::Selector => Found::made(selector(&one(0).one())),
        Function::Split => Found::Many(split(&one(0).text(), &one(1).text())),
        Function::Sum => Found::made(sum(scope, arguments)),
        Function::Trim => Found::made(one(0).text().trim()),
        Function::Unique => Found::Many(unique(&one(0).items()).into_iter().map(Found::made).collect()),
        Function::Zip => Found::Many(zip(one(0).items(), one(1).items())),
    }
}

/// The first value that is set and not empty. A zero that JSON left out is not set.
fn first_set<'v>(scope: Scope<'_, 'v>, arguments: &[Expression]) -> Found<'v> {
    let values = arguments.iter().map(|argument| scope.without_zeros().find(argument));
    values.into_iter().find(|value| !value.is_empty()).unwrap_or(Found::NOTHING)
}

/// The value after the first condition that holds; the odd one at the end when none does.
fn case<'v>(scope: Scope<'_, 'v>, arguments: &[Expression]) -> Found<'v> {
    let chosen = arguments.chunks(2).find_map(|pair| match pair {
        [condition, value] => scope.holds(condition).then_some(value),
        [otherwise] => Some(otherwise),
        _ => None,
    });
    chosen.map_or(Found::NOTHING, |value| scope.find(value))
}

/// The items of the first argument, or the value of the second for each.
fn each<'v>(scope: Scope<'_, 'v>, arguments: &[Expression]) -> Vec<Found<'v>> {
    let items = arguments.first().map(|list| scope.find(list).items()).unwrap_or_default();
    match arguments.get(1) {
        Some(value) => items.iter().flat_map(|item| spread(scope.find_for(item, value))).collect(),
        None => items,
    }
}

/// The items of several; a single value, even nothing, as it is.
fn spread(found: Found<'_>) -> Vec<Found<'_>> {
    if let Found::Many(items) = found { items } else { vec![found] }
}

/// Arguments: the items, perhaps a value for each, the separator, perhaps the most to show.
fn join(scope: Scope<'_, '_>, arguments: &[Expression]) -> String {
    let (items, separator) = match arguments {
        [list, separator] => (scope.find(list).items(), separator),
        [_, _, separator, ..] => (each(scope, &arguments[..2]), separator),
        _ => return String::new(),
    };
    let most = arguments.get(3).and_then(|most| scope.find(most).one().as_u64()).map_or(usize::MAX, |most| most as usize);
    let shown = items.iter().take(most).map(Found::text).collect::<Vec<_>>().join(&scope.find(separator).text());
    match items.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} + {more} more..."),
    }
}

fn keys(map: &Found<'_>, prefix: &str) -> Vec<String> {
    let mut keys: Vec<String> = match &*map.one() {
        Value::Object(members) => members.keys().filter_map(|key| key.strip_prefix(prefix)).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    keys.sort_unstable();
    keys
}

fn entries<'v>(map: &Found<'v>, other: &Found<'v>) -> Vec<Found<'v>> {
    let member = |map: &Found<'v>, key: &str| map.member(key).into_iter().next().unwrap_or(Found::NOTHING);
    let pair = |key: String| Pair { named: "key", first: member(map, &key), second: member(other, &key), label: Value::from(key) };
    keys(map, "").into_iter().map(|key| Found::Pair(Box::new(pair(key)))).collect()
}

fn zip<'v>(list: Vec<Found<'v>>, other: Vec<Found<'v>>) -> Vec<Found<'v>> {
    let seconds = other.into_iter().chain(std::iter::repeat(Found::NOTHING));
    let pair = |(index, (first, second))| Pair { named: "index", label: Value::from(index), first, second };
    list.into_iter().zip(seconds).enumerate().map(|found| Found::Pair(Box::new(pair(found)))).collect()
}

fn cross<'v>(list: &[Found<'v>], other: &[Found<'v>]) -> Vec<Found<'v>> {
    let pair = |first: &Found<'v>, second: &Found<'v>| Pair { named: "", label: Value::Null, first: first.clone(), second: second.clone() };
    list.iter().flat_map(|first| other.iter().map(move |second| Found::Pair(Box::new(pair(first, second))))).collect()
}

fn split<'v>(text: &str, separator: &str) -> Vec<Found<'v>> {
    let parts = if separator.is_empty() { vec![text] } else { text.split(separator).collect() };
    parts.into_iter().map(Found::made).collect()
}

fn labels(map: &Value) -> String {
    let mut pairs: Vec<String> =
        map.as_object().into_iter().flatten().map(|(key, value)| format!("{key}={}", Found::of(value).text())).collect();
    pairs.sort_unstable();
    if pairs.is_empty() { "<none>".to_owned() } else { pairs.join(",") }
}

fn selector(object: &Value) -> String {
    match object {
        Value::String(text) if text.is_empty() => "<none>".to_owned(),
        Value::String(text) => text.clone(),
        object => object_text(object),
    }
}

/// The greatest: numbers before texts.
fn max(items: Vec<Found<'_>>) -> Found<'_> {
    let greater = |a: &Found<'_>, b: &Found<'_>| match (a.one().as_f64(), b.one().as_f64()) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => a.text().cmp(&b.text()),
    };
    items.into_iter().max_by(greater).unwrap_or(Found::NOTHING)
}

/// Arguments: the list, then texts in pairs.
fn pick<'v>(scope: Scope<'_, 'v>, arguments: &[Expression]) -> Vec<Found<'v>> {
    let Some((list, pairs)) = arguments.split_first() else { return Vec::new() };
    let items = scope.find(list).items();
    let has = |text: &Expression| items.iter().any(|item| item.text() == scope.find(text).text());
    pairs.chunks_exact(2).filter(|pair| has(&pair[0])).map(|pair| scope.find(&pair[1])).collect()
}

fn sum(scope: Scope<'_, '_>, arguments: &[Expression]) -> Value {
    let items: Vec<Found<'_>> = arguments.iter().flat_map(|argument| scope.find(argument).items()).collect();
    let numbers: Vec<Value> = items.iter().map(|item| item.one().into_owned()).collect();
    if numbers.iter().all(|number| number.is_i64() || !number.is_number()) {
        return Value::from(numbers.iter().filter_map(Value::as_i64).fold(0_i64, i64::saturating_add));
    }
    Value::from(numbers.iter().filter_map(Value::as_f64).sum::<f64>())
}

fn unique(items: &[Found<'_>]) -> Vec<String> {
    let texts: std::collections::BTreeSet<String> = items.iter().map(|item| item.text().into_owned()).collect();
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}
