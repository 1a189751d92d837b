//! What the author wrote: every value optional and located, nothing looked up yet.

pub mod documents;
pub mod field;
pub mod grammar;
pub mod group;
pub mod keyword;
pub mod kind;
pub mod rule;
mod shape;
pub mod value;

use crate::diagnostic::{Collector, Diagnostic, Diagnostics, nearest};
use crate::source::{FUNCTIONS, Source, Sources, Span};
use crate::yaml::{self, Node};
use group::{File, Group, Set};

/// Reads every file, and puts it in its place: sets by name, their groups by directory, their versions with their files.
pub fn read(sources: &Sources) -> Result<Vec<Set>, Diagnostics> {
    let mut reader = Reader { sets: Vec::new(), problems: Collector::new() };
    let files: Vec<(usize, &str, &Source)> = sources.iter().enumerate().map(|(at, (path, source))| (at, path, source)).collect();
    for pass in [Pass::Sets, Pass::Groups, Pass::Versions] {
        for (at, path, source) in &files {
            let parts: Vec<&str> = path.split('/').collect();
            if pass_of(&parts) == pass {
                reader.file(*at, &parts, source);
            }
        }
    }
    reader.problems.finish()?;
    Ok(reader.sets)
}

/// Sets come before groups, and groups before the files of their versions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    Sets,
    Groups,
    Versions,
}

fn pass_of(parts: &[&str]) -> Pass {
    match parts {
        [_, "set.yaml" | "documents.yaml" | "compat.yaml"] => Pass::Sets,
        [_, "group.yaml"] | [_, _, "group.yaml"] => Pass::Groups,
        _ => Pass::Versions,
    }
}

struct Reader {
    sets: Vec<Set>,
    problems: Collector,
}

impl Reader {
    fn file(&mut self, at: usize, parts: &[&str], source: &Source) {
        let start = Span::start_of(at);
        if let [set, module @ .., FUNCTIONS] = parts {
            return self.functions(set, module.first().unwrap_or(set), start, &source.text);
        }
        let before = self.problems.count();
        let Some(node) = yaml::parse(at, source, &mut self.problems) else {
            if self.problems.count() == before {
                self.problems.report(Diagnostic::new("file-empty", start, "this file says nothing"));
            }
            return;
        };
        if self.problems.count() > before {
            return;
        }
        match parts {
            [set, "set.yaml"] => self.set(set, start, &node),
            [set, "documents.yaml"] => self.documents(set, start, &node),
            [_, "compat.yaml"] => shape::object(&node, &grammar::COMPAT, start, &mut self.problems),
            [set, "group.yaml"] => self.group(set, set, start, &node),
            [set, module, "group.yaml"] => self.group(set, module, start, &node),
            [set, version, name] => self.version_file([set, set, version, name], start, &node),
            [set, module, version, name] => self.version_file([set, module, version, name], start, &node),
            _ => {
                let problem = Diagnostic::new("file-place", start, "no schema file is expected here");
                self.problems.report(
                    problem.help("files of a version lie in <set>/<group>/<version>/, or in <set>/<version>/ of a set with one group"),
                );
            }
        }
    }

    fn set(&mut self, name: &str, start: Span, node: &Node) {
        shape::object(node, &grammar::SET, start, &mut self.problems);
        self.set_named(name, start).fill(node);
    }

    fn documents(&mut self, set: &str, start: Span, node: &Node) {
        shape::object(node, &grammar::DOCUMENTS, start, &mut self.problems);
        self.set_named(set, start).documents = Some(documents::documents(node));
    }

    fn set_named(&mut self, name: &str, start: Span) -> &mut Set {
        let at = self.sets.iter().position(|set| set.name == name).unwrap_or_else(|| {
            self.sets.push(Set::new(name, start));
            self.sets.len() - 1
        });
        &mut self.sets[at]
    }

    fn group(&mut self, set: &str, module: &str, start: Span, node: &Node) {
        shape::object(node, &grammar::GROUP, start, &mut self.problems);
        if let Some(group) = group::group(module, node) {
            self.set_named(set, start).groups.push(group);
        }
    }

    /// Functions that conversion rules name; they belong beside a group.yaml.
    fn functions(&mut self, set: &str, module: &str, start: Span, text: &str) {
        let groups = self.sets.iter_mut().find(|other| other.name == set).map(|set| &mut set.groups);
        if let Some(group) = groups.and_then(|groups| groups.iter_mut().find(|group| group.module == module)) {
            group.functions = Some(text.to_owned());
        } else {
            let problem = Diagnostic::new("file-place", start, "no functions are expected here");
            self.problems.report(problem.help("functions of conversion rules lie beside the group.yaml that names them"));
        }
    }

    fn version_file(&mut self, [set, module, version, name]: [&str; 4], start: Span, node: &Node) {
        let file = if node.get("kind").is_some() || name != "types.yaml" {
            shape::object(node, &grammar::KIND, start, &mut self.problems);
            kind::kind(node, &mut self.problems).map(|kind| File::Kind(Box::new(kind)))
        } else {
            shape::object(node, &grammar::TYPES_FILE, start, &mut self.problems);
            Some(File::Types(field::types(node, &mut self.problems)))
        };
        let groups = self.sets.iter_mut().find(|other| other.name == set).map(|set| &mut set.groups);
        let Some(group) = groups.and_then(|groups| groups.iter_mut().find(|group| group.module == module)) else {
            let problem = Diagnostic::new("group-missing", start, format!("there is no group `{module}` in the set `{set}`"));
            return self
                .problems
                .report(problem.help("write a group.yaml beside the directory of the version, with `group:` and `versions:`"));
        };
        match version_named(group, version) {
            Ok(found) => found.files.extend(file),
            Err(problem) => self.problems.report(problem(start)),
        }
    }
}

/// The version of a directory, or what is wrong with that name.
fn version_named<'a>(group: &'a mut Group, name: &str) -> Result<&'a mut group::Version, impl FnOnce(Span) -> Diagnostic + use<>> {
    if let Some(at) = group.versions.iter().position(|version| version.name.value == name) {
        return Ok(&mut group.versions[at]);
    }
    let near = nearest(name, group.versions.iter().map(|version| version.name.value.as_str())).map(str::to_owned);
    let (name, place) = (name.to_owned(), group.group.span);
    Err(move |start| {
        let problem =
            Diagnostic::new("version-unknown", start, format!("the group declares no version `{name}`")).other(place, "this group");
        match near {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help(format!("add `{name}: {{}}` under `versions:` of the group")),
        }
    })
}
