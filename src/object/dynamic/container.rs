//! Lists and maps of dynamic objects.

use std::collections::BTreeMap;

use kubewright_model::{Desc, Shared};

use super::empty;
use crate::object::{List, Map, Message, Object};

/// A list of objects of one type.
#[derive(Clone)]
pub(super) struct DynList {
    pub(super) desc: Shared<Desc>,
    pub(super) items: Vec<Object>,
}

impl List for DynList {
    fn len(&self) -> usize {
        self.items.len()
    }
    fn get(&self, at: usize) -> Option<&dyn Message> {
        self.items.get(at).map(|item| &**item)
    }
    fn get_mut(&mut self, at: usize) -> Option<&mut dyn Message> {
        match self.items.get_mut(at) {
            Some(item) => Some(&mut **item),
            None => None,
        }
    }
    fn reserve(&mut self, items: usize) {
        self.items.reserve_exact(items);
    }
    fn push(&mut self) -> &mut dyn Message {
        if self.items.capacity() == 0 {
            self.items.reserve_exact(1);
        }
        &mut **self.items.push_mut(empty(&self.desc))
    }
    fn remove(&mut self, at: usize) {
        if at < self.items.len() {
            self.items.remove(at);
        }
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
