//! Lists and maps of dynamic objects.

use std::collections::BTreeMap;

use kubewright_model::{Desc, Shared};

use super::{Dyn, empty, own};
use crate::object::{List, Map, Message, Object};

/// A list of objects of one type.
#[derive(Clone)]
pub(super) struct DynList {
    desc: Shared<Desc>,
    items: Items,
}

/// The items: side by side, except those of the program's own types.
#[derive(Clone)]
enum Items {
    Plain(Vec<Dyn>),
    Own(Vec<Object>),
}

/// Does the same with items of either kind.
macro_rules! either {
    ($items:expr, $list:ident => $do:expr) => {
        match $items {
            Items::Plain($list) => $do,
            Items::Own($list) => $do,
        }
    };
}

impl DynList {
    pub(super) fn new(desc: Shared<Desc>) -> Self {
        let items = if own(&desc).is_some() { Items::Own(Vec::new()) } else { Items::Plain(Vec::new()) };
        Self { desc, items }
    }
}

impl List for DynList {
    fn len(&self) -> usize {
        either!(&self.items, list => list.len())
    }
    fn get(&self, at: usize) -> Option<&dyn Message> {
        match &self.items {
            Items::Plain(list) => list.get(at).map(|item| item as &dyn Message),
            Items::Own(list) => list.get(at).map(|item| &**item),
        }
    }
    fn get_mut(&mut self, at: usize) -> Option<&mut dyn Message> {
        match &mut self.items {
            Items::Plain(list) => list.get_mut(at).map(|item| item as &mut dyn Message),
            Items::Own(list) => match list.get_mut(at) {
                Some(item) => Some(&mut **item),
                None => None,
            },
        }
    }
    fn reserve(&mut self, items: usize) {
        either!(&mut self.items, list => list.reserve_exact(items));
    }
    fn push(&mut self) -> &mut dyn Message {
        either!(&mut self.items, list => if list.capacity() == 0 { list.reserve_exact(1) });
        match &mut self.items {
            Items::Plain(list) => list.push_mut(Dyn::new(self.desc.clone())),
            Items::Own(list) => &mut **list.push_mut(empty(&self.desc)),
        }
    }
    fn remove(&mut self, at: usize) {
        either!(&mut self.items, list => if at < list.len() { drop(list.remove(at)) });
    }
}

/// A map from text to objects of one type.
#[derive(Clone)]
pub(super) struct DynMap {
    pub(super) desc: Shared<Desc>,
    pub(super) entries: BTreeMap<String, Object>,
}

impl Map for DynMap {
    fn len(&self) -> usize {
        self.entries.len()
    }
    fn iter<'a>(&'a self) -> Box<dyn DoubleEndedIterator<Item = (&'a str, &'a dyn Message)> + 'a> {
        Box::new(self.entries.iter().map(|(key, value)| (key.as_str(), &**value)))
    }
    fn iter_mut<'a>(&'a mut self) -> Box<dyn Iterator<Item = (&'a str, &'a mut dyn Message)> + 'a> {
        Box::new(self.entries.iter_mut().map(|(key, value)| (key.as_str(), &mut **value)))
    }
    fn get(&self, key: &str) -> Option<&dyn Message> {
        self.entries.get(key).map(|value| &**value)
    }
    fn entry(&mut self, key: String) -> &mut dyn Message {
        let desc = &self.desc;
        &mut **self.entries.entry(key).or_insert_with(|| empty(desc))
    }
    fn remove(&mut self, key: &str) {
        self.entries.remove(key);
    }
}
