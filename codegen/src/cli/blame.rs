//! `blame`: the life of a kind or field.

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;

use super::{Failure, baseline, workspace};
use crate::compat::lock::{Line, Lock};
use crate::compat::{Item, Side, What, side_of};
use crate::source::Sources;

#[derive(Args, Debug)]
pub(super) struct Options {
    /// A kind, or a field by its path, such as `Flunder.spec.referenceType`; a list's items are `[]`
    #[arg(value_name = "KIND.path")]
    path: String,
    /// The set it is in [default: all]
    #[arg(long, value_name = "SET")]
    set: Option<String>,
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let root = workspace::root()?;
    let side = side_of(Sources::load(&root.join(baseline::SCHEMAS))?).map_err(Failure::Message)?;
    let locks = baseline::locks(&root, &side.sources)?;
    let found = find(&side, options);
    let gone = tombstones(&locks, options);
    if found.is_empty() && gone.is_empty() {
        return Err(Failure::Message(format!("nothing is or was called {}", options.path)));
    }
    for item in found {
        print!("{}", life(item, &side, locks.iter().find(|lock| lock.set == item.set)));
    }
    for line in gone {
        println!("{line}");
    }
    Ok(ExitCode::SUCCESS)
}

fn find<'s>(side: &'s Side, options: &Options) -> Vec<&'s Item> {
    let bare = |path: &str| path.replace("[]", "");
    let wanted = bare(&options.path);
    let named = |item: &Item| match item.what {
        What::Kind => item.name == wanted,
        What::Field => {
            item.path == options.path
                || item.routes.iter().any(|route| bare(route) == wanted)
                || item.path.rsplit(' ').next() == Some(&wanted)
        }
        What::Type | What::Version => item.path == options.path,
        _ => false,
    };
    side.items.values().filter(|item| options.set.as_ref().is_none_or(|set| *set == item.set) && named(item)).collect()
}

/// What is no more, by its last name.
fn tombstones(locks: &[Lock], options: &Options) -> Vec<String> {
    let last = options.path.rsplit('.').next().unwrap_or_default();
    let mut found = Vec::new();
    for lock in locks.iter().filter(|lock| options.set.as_ref().is_none_or(|set| *set == lock.set)) {
        for line in &lock.lines {
            if let Line::Gone { path, number, release } = line
                && path.rsplit('.').next() == Some(last)
            {
                found.push(format!("{path}: number {number}, removed in {release}; neither is given away again"));
            }
        }
    }
    found
}

/// Everything that is known of the life of an item.
fn life(item: &Item, side: &Side, lock: Option<&Lock>) -> String {
    let mut out = format!("{} {}\n", item.what.word(), item.shown());
    let mut line = |key: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "  {key:<12} {value}");
        }
    };
    if let Some((path, source)) = side.sources.file(item.span) {
        let at = source.position(item.span.start as usize);
        line("stands in", &format!("{}{path}:{}:{}", side.sources.above, at.line, at.column));
    }
    line("number", &item.value("tag").as_u64().filter(|number| *number > 0).map(|number| number.to_string()).unwrap_or_default());
    line("released", lock.and_then(|lock| lock.seen(&item.path)).map_or("not yet", |release| release));
    let version = side.version_of(item);
    for key in ["introduced", "deprecated", "removed", "replacement"] {
        let own = item.text(key);
        let value = if own.is_empty() { version.map_or("", |version| version.text(key)) } else { own };
        line(key, value);
    }
    let gates = item.value("gate").as_array().into_iter().flatten().filter_map(serde_json::Value::as_str);
    line("gate", &gates.collect::<Vec<_>>().join(", "));
    line("seen at", &item.routes.iter().take(8).cloned().collect::<Vec<_>>().join(", "));
    for rules in side.all(What::Lens).filter(|lens| lens.set == item.set && lens.group == item.group) {
        if item.what == What::Field && names(rules.value("rules"), &item.name) {
            line("converted by", &rules.path);
        }
    }
    out
}

/// Whether rules have a path that ends with a field.
fn names(rules: &serde_json::Value, field: &str) -> bool {
    match rules {
        serde_json::Value::String(path) => path.rsplit('.').next() == Some(field),
        serde_json::Value::Array(items) => items.iter().any(|item| names(item, field)),
        serde_json::Value::Object(members) => members.values().any(|value| names(value, field)),
        _ => false,
    }
}
