//! What generated conversions call: putting items over their stored counterparts, and fitting numbers.

use std::collections::BTreeMap;

/// Puts each item over the stored item that is the same by its keys; items without one are put over nothing. The order is the new one.
pub fn by_key<S, H>(items: Vec<S>, stored: Vec<H>, same: impl Fn(&S, &H) -> bool, put: impl Fn(S, Option<H>) -> H) -> Vec<H> {
    let mut stored: Vec<Option<H>> = stored.into_iter().map(Some).collect();
    let items = items.into_iter().enumerate().map(|(at, item)| {
        let found = take_same(&mut stored, at, |stored| same(&item, stored));
        put(item, found)
    });
    items.collect()
}

/// Lists seldom change their order, so that the item of the same position is tried first.
fn take_same<H>(stored: &mut [Option<H>], at: usize, same: impl Fn(&H) -> bool) -> Option<H> {
    let is = |slot: &Option<H>| slot.as_ref().is_some_and(&same);
    let found = if stored.get(at).is_some_and(is) { Some(at) } else { stored.iter().position(is) };
    stored.get_mut(found?)?.take()
}

/// Puts each item over the stored item at its position. Lists of different lengths tell nothing about which items are the same.
pub fn by_position<S, H>(items: Vec<S>, stored: Vec<H>, put: impl Fn(S, Option<H>) -> H) -> Vec<H> {
    if items.len() != stored.len() {
        return items.into_iter().map(|item| put(item, None)).collect();
    }
    items.into_iter().zip(stored).map(|(item, stored)| put(item, Some(stored))).collect()
}

/// Puts each value over the stored value of the same name.
pub fn by_name<S, H>(items: BTreeMap<String, S>, mut stored: BTreeMap<String, H>, put: impl Fn(S, Option<H>) -> H) -> BTreeMap<String, H> {
    let items = items.into_iter().map(|(name, item)| {
        let found = stored.remove(&name);
        let item = put(item, found);
        (name, item)
    });
    items.collect()
}

/// The nearest 32-bit integer.
pub fn narrow(value: i64) -> i32 {
    i32::try_from(value).unwrap_or(if value < 0 { i32::MIN } else { i32::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hub item: key and hidden part.
    type Hub = (&'static str, u8);

    fn put(key: &'static str, stored: Option<Hub>) -> Hub {
        (key, stored.map_or(0, |(_, hidden)| hidden))
    }

    #[test]
    fn hidden_parts_follow_their_keys() {
        for (items, stored, expected) in [
            (vec!["a", "b"], vec![("a", 1), ("b", 2)], vec![("a", 1), ("b", 2)]),
            (vec!["b", "a"], vec![("a", 1), ("b", 2)], vec![("b", 2), ("a", 1)]),
            (vec!["c", "b"], vec![("a", 1), ("b", 2)], vec![("c", 0), ("b", 2)]),
            (vec!["a", "a"], vec![("a", 1)], vec![("a", 1), ("a", 0)]),
            (vec!["a"], vec![], vec![("a", 0)]),
            (vec![], vec![("a", 1)], vec![]),
        ] {
            assert_eq!(by_key(items, stored, |item, stored| *item == stored.0, put), expected);
        }
    }

    #[test]
    fn positions_count_only_when_lengths_agree() {
        assert_eq!(by_position(vec!["x", "y"], vec![("a", 1), ("b", 2)], put), [("x", 1), ("y", 2)]);
        assert_eq!(by_position(vec!["x"], vec![("a", 1), ("b", 2)], put), [("x", 0)]);
    }

    #[test]
    fn names_and_numbers() {
        let stored = BTreeMap::from([("k".to_owned(), ("a", 1))]);
        let items = BTreeMap::from([("k".to_owned(), "x"), ("l".to_owned(), "y")]);
        assert_eq!(by_name(items, stored, put).into_values().collect::<Vec<_>>(), [("x", 1), ("y", 0)]);
        assert_eq!([7, i64::MAX, i64::MIN].map(narrow), [7, i32::MAX, i32::MIN]);
    }
}
