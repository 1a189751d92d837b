//! Objects whose type is only a descriptor: custom resources, and kinds a program was not compiled with.

mod container;
mod held;

use std::fmt;
use std::sync::Arc;

use kubewright_model::{Desc, Field, Ref, Shape, Shared, Type};

use super::{Described, Message, Object, Slot, Touch, Value, bridge, equality, metadata};
use crate::special;
use held::{Held, created};

/// A message of any descriptor. Parts with a type in the program (Time, Quantity, ObjectMeta, ...) are of that type.
pub struct Dyn {
    desc: Shared<Desc>,
    /// What is there, by ascending position of the field. Most objects have few of their type's fields.
    fields: Vec<(u16, Held)>,
}

impl Dyn {
    /// An empty object of a type of the program.
    pub fn of(desc: &'static Desc) -> Self {
        Self::new(Shared::Static(desc))
    }

    /// An empty object of a type made at run time.
    pub fn made(desc: Arc<Desc>) -> Self {
        Self::new(Shared::Made(desc))
    }

    /// An empty object. Messages that are not optional exist from the start, everything else on demand.
    pub fn new(desc: Shared<Desc>) -> Self {
        let mut fields = Vec::new();
        if desc.index().has_standing {
            let standing = desc.fields.iter().zip(0..).filter(|(field, _)| is_standing(field));
            fields.extend(standing.map(|(field, at)| (at, created(field))));
        }
        Self { desc, fields }
    }

    /// Makes room: little at first, as most objects of wide types have few fields.
    #[cold]
    fn grow(&mut self) {
        let (used, all) = (self.fields.len(), self.desc.fields.len());
        let more = match used {
            0 if all <= 8 => all,
            0 => 4,
            used => (used * 3).min(all.saturating_sub(used)),
        };
        self.fields.reserve_exact(more);
    }

    /// Where a field is, or where it would have to go.
    #[inline]
    fn find(&self, field: u16) -> Result<usize, usize> {
        // Documents mostly come in the order of the fields.
        match self.fields.last() {
            Some((last, _)) if *last > field => self.fields.binary_search_by_key(&field, |(at, _)| *at),
            Some((last, _)) if *last == field => Ok(self.fields.len() - 1),
            _ => Err(self.fields.len()),
        }
    }

    /// Makes a field absent, or empty where something always stands.
    fn take(&mut self, field: usize) {
        let Ok(at) = u16::try_from(field).map_err(|_| 0).and_then(|position| self.find(position)) else { return };
        match self.desc.fields.get(field) {
            Some(described) if is_standing(described) => self.fields[at].1 = created(described),
            _ => drop(self.fields.remove(at)),
        }
    }
}

/// Whether a field is there as long as its object is.
fn is_standing(field: &Field) -> bool {
    !field.optional && field.shape == Shape::One && matches!(field.ty, Type::Message(_))
}

/// The type a reference stands for; a type without fields when only its name is known.
fn shared(part: &Ref) -> Shared<Desc> {
    static UNKNOWN: Desc = Desc::new("", "", "", &[]);
    match part {
        Ref::Static(desc) => Shared::Static(desc()),
        Ref::Shared(desc) => Shared::Made(Arc::clone(desc)),
        Ref::Named(_) => Shared::Static(&UNKNOWN),
    }
}

/// An empty object of a type, of the program's own type where there is one.
fn empty(desc: &Shared<Desc>) -> Object {
    own(desc).unwrap_or_else(|| Box::new(Dyn::new(desc.clone())))
}

/// An empty object of the program's own type, if there is one.
fn own(desc: &Desc) -> Option<Object> {
    match desc.special {
        Some(special) => Some(special::empty(special)),
        None => metadata::known(desc),
    }
}

impl Described for Dyn {
    fn descriptor(&self) -> &Desc {
        &self.desc
    }
    fn shared(&self) -> Shared<Desc> {
        self.desc.clone()
    }
    fn boxed_clone(&self) -> Object {
        Box::new(self.clone())
    }
}

impl Message for Dyn {
    fn values<'a>(&'a self, out: &mut [Value<'a>]) {
        for (out, member) in out.iter_mut().zip(&self.desc.index().members) {
            *out = ZEROS[member.zero() as usize];
        }
        for (at, held) in &self.fields {
            if let Some(out) = out.get_mut(usize::from(*at)) {
                *out = held.value();
            }
        }
    }
    fn place(&mut self, touch: Touch, field: usize) -> Slot<'_> {
        if touch == Touch::Clear {
            self.take(field);
            return Slot::None;
        }
        let Ok(position) = u16::try_from(field) else { return Slot::None };
        let at = match self.find(position) {
            Ok(at) => at,
            Err(at) => {
                let Some(described) = self.desc.fields.get(field) else { return Slot::None };
                let held = created(described);
                if self.fields.len() == self.fields.capacity() {
                    self.grow();
                }
                self.fields.insert(at, (position, held));
                at
            }
        };
        self.fields.get_mut(at).map_or(Slot::None, |(_, held)| held.slot())
    }
}

/// What fields that are not there hold, by `Zero`.
static ZEROS: [Value<'static>; 6] = [Value::None, Value::Bool(false), Value::I64(0), Value::F64(0.0), Value::Str(""), Value::Bytes(&[])];

impl Clone for Dyn {
    fn clone(&self) -> Self {
        Self { desc: self.desc.clone(), fields: self.fields.clone() }
    }
}

impl fmt::Debug for Dyn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        bridge::debug(self, f)
    }
}

impl PartialEq for Dyn {
    fn eq(&self, other: &Self) -> bool {
        equality::equal(self, other)
    }
}
