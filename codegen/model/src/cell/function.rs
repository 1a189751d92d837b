//! The functions of cell expressions: their names and what they take.

/// A function. Where a list is taken, a single value is a list of itself, and nothing is an empty one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `age(a, ...)`: how long ago the first time that is set was, as kubectl shows it; `<unknown>` without one.
    Age,
    /// `case(condition, value, ..., else)`: the value after the first condition that holds.
    Case,
    /// `count(list, ...)`: number of items or members, of all together.
    Count,
    /// `cross(list, list)`: an item for each of the first list with each of the second, as `.first` and `.second`.
    Cross,
    /// `default(a, b, ...)`: the first that is set and not empty, else the last.
    Default,
    /// `duration(from, to)`: the time between, as kubectl shows it; until now when there is no `to`, empty without `from`.
    Duration,
    /// `each(list, value)`: the value for each item; the items of those that are lists.
    Each,
    /// `entries(map, map)`: an item for each member of the first map, sorted by `.key`; `.first` and `.second` are its values in the maps.
    Entries,
    /// `first(list, value)`: the first item, or the value for it.
    First,
    /// `if(condition, then, else)`: one of two values.
    If,
    /// `join(list, separator)`, `join(list, value, separator)`, `join(list, value, separator, most)`: items as text, each by a value if there
    /// is one; beyond the most to show, how many more there are.
    Join,
    /// `keys(map, "prefix")`: names of the members, sorted; with a prefix what follows it in the names that have it.
    Keys,
    /// `labels(map)`: the map as `a=b,c=d`, or `<none>`.
    Labels,
    /// `list(a, ...)`: the items of all, without empty ones.
    List,
    /// `lower(text)`: in lower case.
    Lower,
    /// `max(list)`: the greatest number, or the last text in order.
    Max,
    /// `pick(list, "a", "A", ...)`: the text beside each text that the list has, in the order written here.
    Pick,
    /// `seconds(number)`: a number of seconds, as kubectl shows durations.
    Seconds,
    /// `selector(object)`: a LabelSelector as text, or `<none>`.
    Selector,
    /// `split(text, separator)`: the parts of a text.
    Split,
    /// `sum(list, ...)`: sum of numbers.
    Sum,
    /// `trim(text)`: without blanks around it.
    Trim,
    /// `unique(list)`: different texts, sorted, without the empty one.
    Unique,
    /// `zip(list, list)`: an item for each of the first list; `.index` is its position, `.first` and `.second` what the lists have there.
    Zip,
}

/// Name, function, fewest and most arguments.
const FUNCTIONS: [(&str, Function, usize, usize); 26] = [
    ("age", Function::Age, 1, usize::MAX),
    ("case", Function::Case, 2, usize::MAX),
    ("count", Function::Count, 1, usize::MAX),
    ("cross", Function::Cross, 2, 2),
    ("default", Function::Default, 1, usize::MAX),
    ("duration", Function::Duration, 1, 2),
    ("each", Function::Each, 2, 2),
    ("entries", Function::Entries, 1, 2),
    ("first", Function::First, 1, 2),
    ("if", Function::If, 2, 3),
    ("join", Function::Join, 2, 4),
    ("keys", Function::Keys, 1, 2),
    ("labels", Function::Labels, 1, 1),
    ("labelsText", Function::Labels, 1, 1),
    ("list", Function::List, 1, usize::MAX),
    ("lower", Function::Lower, 1, 1),
    ("max", Function::Max, 1, 1),
    ("pick", Function::Pick, 3, usize::MAX),
    ("seconds", Function::Seconds, 1, 1),
    ("selector", Function::Selector, 1, 1),
    ("labelSelectorText", Function::Selector, 1, 1),
    ("split", Function::Split, 2, 2),
    ("sum", Function::Sum, 1, usize::MAX),
    ("trim", Function::Trim, 1, 1),
    ("unique", Function::Unique, 1, 1),
    ("zip", Function::Zip, 1, 2),
];

impl Function {
    /// The function of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        FUNCTIONS.iter().find(|known| known.0 == name).map(|known| known.1)
    }

    /// Whether it can take as many arguments.
    pub(super) fn takes(self, arguments: usize) -> bool {
        let pairs = self != Self::Pick || arguments % 2 == 1;
        pairs && FUNCTIONS.iter().any(|(_, function, fewest, most)| *function == self && (*fewest..=*most).contains(&arguments))
    }

    /// Whether the argument at a position, of as many, is a value for each item of the first one.
    pub fn is_per_item(self, position: usize, arguments: usize) -> bool {
        match self {
            Self::Each | Self::First => position == 1,
            Self::Join => position == 1 && arguments > 2,
            _ => false,
        }
    }

    /// Names of all functions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FUNCTIONS.iter().map(|known| known.0)
    }
}
