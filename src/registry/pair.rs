//! Versions tied by a pair of `From` implementations, which know nothing of the stored object.

use std::marker::PhantomData;

use serde_json::{Map, Value};

use super::{Conversion, ConversionError, typed};
use crate::codec::json;
use crate::object::{ApiType, Object};
use crate::patch::merge;

/// `From` in each direction as a [`Conversion`].
///
/// A `From` cannot see what is stored, so a write through the version is taken as the difference it makes: what the version showed before
/// against what it says now, both as hub objects, applied to the stored one. What the version cannot say is thereby kept. Whether the pair
/// itself loses anything is not proved.
pub struct FromPair<H, S>(PhantomData<fn(H) -> S>);

impl<H, S> Default for FromPair<H, S> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<H: ApiType + From<S>, S: ApiType + From<H>> Conversion for FromPair<H, S> {
    fn view(&self, hub: Object) -> Result<Object, ConversionError> {
        Ok(Box::new(S::from(*typed::<H>(hub)?)))
    }

    fn put(&self, spoke: Object, stored: Option<Object>) -> Result<Object, ConversionError> {
        let said = H::from(*typed::<S>(spoke)?);
        let Some(stored) = stored else { return Ok(Box::new(said)) };
        let stored = *typed::<H>(stored)?;
        let shown = H::from(S::from(stored.clone()));
        let change = difference(&json::to_value(&shown), &json::to_value(&said));
        let changed = merge::apply(json::to_value(&stored), &change).map_err(|error| ConversionError(error.to_string()))?;
        let mut hub = H::default();
        json::from_value(&changed, &mut hub, None).map_err(|error| ConversionError(error.to_string()))?;
        Ok(Box::new(hub))
    }
}

/// The merge patch (RFC 7386) from one document to another.
fn difference(from: &Value, to: &Value) -> Value {
    let (Value::Object(from), Value::Object(to)) = (from, to) else { return to.clone() };
    let gone = from.keys().filter(|key| !to.contains_key(*key)).map(|key| (key.clone(), Value::Null));
    let changed = to.iter().filter(|(key, value)| from.get(*key) != Some(value)).map(|(key, value)| {
        let patch = from.get(key).map_or_else(|| value.clone(), |before| difference(before, value));
        (key.clone(), patch)
    });
    Value::Object(gone.chain(changed).collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{difference, merge};

    #[test]
    fn the_difference_leads_from_one_document_to_the_other() {
        let documents =
            [json!({}), json!({"a": 1}), json!({"a": {"b": [1], "c": "x"}}), json!({"a": {"c": "y"}, "d": {}}), json!({"a": [1]})];
        for from in &documents {
            for to in &documents {
                let patched = merge::apply(from.clone(), &difference(from, to)).unwrap_or(Value::Null);
                assert_eq!(&patched, to, "{from} to {to}");
            }
        }
    }
}
