//! What generated conversions call: putting items over their stored counterparts, and values in two notations.

mod go;
mod notation;
mod text;

use std::collections::BTreeMap;

pub use go::{from_go_json, to_go_json};
pub use notation::{duration_count, duration_of, narrow, quantity_count, quantity_of, scale, time_count, time_of};
pub use text::{digits, from_json, join, join_over, set_entry, split, split_over, tag, to_json};

/// The stored value as long as the version would still show what was written; otherwise what was written.
pub fn keep<H: Clone, S: PartialEq>(stored: H, written: S, view: impl Fn(H) -> S, put: impl Fn(S) -> H) -> H {
    if view(stored.clone()) == written { stored } else { put(written) }
}

/// A value where nothing is stored.
pub fn filled<T: Default + PartialEq>(stored: T, value: T) -> T {
    if stored == T::default() { value } else { stored }
}

/// The items but the first that fits, and that one.
pub fn pick<T>(mut items: Vec<T>, fits: impl Fn(&T) -> bool) -> (Vec<T>, Option<T>) {
    let at = items.iter().position(fits);
    let picked = at.map(|at| items.remove(at));
    (items, picked)
}

/// Puts a value in the first item that fits, makes one where none does, or takes the item away where there is no value.
pub fn put_item<T, V>(
    mut items: Vec<T>,
    value: Option<V>,
    fits: impl Fn(&T) -> bool,
    make: impl Fn(V) -> T,
    set: impl Fn(&mut T, V),
) -> Vec<T> {
    let Some(value) = value else { return pick(items, fits).0 };
    match items.iter_mut().find(|item| fits(item)) {
        Some(item) => set(item, value),
        None => items.push(make(value)),
    }
    items
}

/// Puts the first item over a list. Without one the list is empty.
pub fn head<T>(mut stored: Vec<T>, first: Option<T>) -> Vec<T> {
    let Some(first) = first else { return Vec::new() };
    match stored.first_mut() {
        Some(place) => *place = first,
        None => stored.push(first),
    }
    stored
}

/// A message of which only some fields are set.
pub fn made<T: Default>(fill: impl FnOnce(&mut T)) -> T {
    let mut made = T::default();
    fill(&mut made);
    made
}

/// The values of a map as a list whose items have their names: in the order of the stored list, then by name.
pub fn keyed<T: Default, V>(
    stored: Vec<T>,
    mut values: BTreeMap<String, V>,
    key: impl Fn(&T) -> &String,
    set: impl Fn(&mut T, String, V),
) -> Vec<T> {
    let known = stored.into_iter().filter_map(|item| values.remove_entry(key(&item)).map(|entry| (item, entry)));
    let known: Vec<(T, (String, V))> = known.collect();
    let new = values.into_iter().map(|entry| (T::default(), entry));
    let put = |(mut item, (name, value)): (T, (String, V))| {
        set(&mut item, name, value);
        item
    };
    known.into_iter().chain(new).map(put).collect()
}

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

    #[test]
    fn what_the_version_cannot_say_is_kept() {
        let put = |stored: i64, written: i64| keep(stored, written, |hub| hub / 1000, |spoke| spoke * 1000);
        assert_eq!([put(1500, 1), put(1500, 2), put(0, 0)], [1500, 2000, 0]);
        assert_eq!([filled(0, 5), filled(3, 5)], [5, 3]);
    }

    #[test]
    fn one_item_is_a_field() {
        let is = |item: &(char, i32)| item.0 == 'c';
        let put = |items: Vec<(char, i32)>, value| put_item(items, value, is, |value| ('c', value), |item, value| item.1 = value);
        let list = || vec![('c', 1), ('m', 2)];
        assert_eq!(pick(list(), is), (vec![('m', 2)], Some(('c', 1))));
        for (items, value, expected) in [
            (list(), Some(3), vec![('c', 3), ('m', 2)]),
            (list(), None, vec![('m', 2)]),
            (vec![('m', 2)], Some(3), vec![('m', 2), ('c', 3)]),
            (vec![('m', 2)], None, vec![('m', 2)]),
        ] {
            assert_eq!(put(items, value), expected);
        }
    }

    #[test]
    fn heads_go_over_lists() {
        for (stored, first, expected) in [(vec![1, 2], Some(3), vec![3, 2]), (vec![], Some(3), vec![3]), (vec![1, 2], None, vec![])] {
            assert_eq!(head(stored, first), expected);
        }
    }

    #[test]
    fn lists_of_maps_keep_their_order() {
        let entries = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), 1)).collect::<BTreeMap<_, _>>();
        let set = |item: &mut (String, i32), name, value| *item = (name, value);
        let stored = vec![("b".to_owned(), 0), ("gone".to_owned(), 0), ("a".to_owned(), 0)];
        let list = keyed(stored, entries(&["a", "b", "new"]), |item| &item.0, set);
        assert_eq!(list, [("b".to_owned(), 1), ("a".to_owned(), 1), ("new".to_owned(), 1)]);
    }
}
