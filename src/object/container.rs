//! Lists and maps of messages, seen through the reflection contract.

use std::collections::BTreeMap;

use super::{ApiType, Message};

/// A list of messages.
pub trait List: Send + Sync {
    /// Number of items.
    fn len(&self) -> usize;
    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The item at a position.
    fn get(&self, at: usize) -> Option<&dyn Message>;
    /// The item at a position, to change.
    fn get_mut(&mut self, at: usize) -> Option<&mut dyn Message>;
    /// Makes room for so many more items, and no more.
    fn reserve(&mut self, items: usize);
    /// Appends an empty item.
    fn push(&mut self) -> &mut dyn Message;
    /// Removes the item at a position, if there is one.
    fn remove(&mut self, at: usize);
}

/// A map from text to messages.
pub trait Map: Send + Sync {
    /// Number of entries.
    fn len(&self) -> usize;
    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The entries by ascending key.
    fn iter<'a>(&'a self) -> Box<dyn DoubleEndedIterator<Item = (&'a str, &'a dyn Message)> + 'a>;
    /// The entries by ascending key, to change.
    fn iter_mut<'a>(&'a mut self) -> Box<dyn Iterator<Item = (&'a str, &'a mut dyn Message)> + 'a>;
    /// The value of a key, if there is one.
    fn get(&self, key: &str) -> Option<&dyn Message> {
        self.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }
    /// The value of a key, created when absent.
    fn entry(&mut self, key: String) -> &mut dyn Message;
    /// Removes a key, if there is one.
    fn remove(&mut self, key: &str);
}

impl<T: ApiType> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }
    fn get(&self, at: usize) -> Option<&dyn Message> {
        self.as_slice().get(at).map(ApiType::unboxed)
    }
    fn get_mut(&mut self, at: usize) -> Option<&mut dyn Message> {
        self.as_mut_slice().get_mut(at).map(ApiType::unboxed_mut)
    }
    fn reserve(&mut self, items: usize) {
        self.reserve_exact(items);
    }
    fn push(&mut self) -> &mut dyn Message {
        // A first growth to four items would waste up to a kilobyte each on lists that mostly hold one.
        if self.capacity() == 0 {
            self.reserve_exact(1);
        }
        self.push_mut(T::default()).unboxed_mut()
    }
    fn remove(&mut self, at: usize) {
        if at < self.len() {
            Vec::remove(self, at);
        }
    }
}

impl<T: ApiType> Map for BTreeMap<String, T> {
    fn len(&self) -> usize {
        self.len()
    }
    fn iter<'a>(&'a self) -> Box<dyn DoubleEndedIterator<Item = (&'a str, &'a dyn Message)> + 'a> {
        Box::new(BTreeMap::iter(self).map(|(key, value)| (key.as_str(), value.unboxed())))
    }
    fn iter_mut<'a>(&'a mut self) -> Box<dyn Iterator<Item = (&'a str, &'a mut dyn Message)> + 'a> {
        Box::new(BTreeMap::iter_mut(self).map(|(key, value)| (key.as_str(), value.unboxed_mut())))
    }
    fn get(&self, key: &str) -> Option<&dyn Message> {
        BTreeMap::get(self, key).map(ApiType::unboxed)
    }
    fn entry(&mut self, key: String) -> &mut dyn Message {
        BTreeMap::entry(self, key).or_default().unboxed_mut()
    }
    fn remove(&mut self, key: &str) {
        BTreeMap::remove(self, key);
    }
}
