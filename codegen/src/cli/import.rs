//! `import`: other descriptions of APIs to schemas.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use clap::{Args, ValueEnum};
use kubewright_model::crd::Definition;
use serde_json::Value;

use super::{Failure, workspace};
use crate::import::catalog::Catalog;
use crate::import::docs::Docs;
use crate::import::idl::Idl;
use crate::import::merge::{Changes, merge};
use crate::import::openapi::{self, Wish};
use crate::import::report::Report;
use crate::import::{crd, facts, input};
use crate::report;
use crate::source::Sources;

/// The set of Kubernetes' own API.
const KUBERNETES: &str = "kubernetes";

#[derive(Args, Debug)]
pub(super) struct Options {
    /// Kind of the sources, where it does not show, then the sources
    #[arg(value_name = "[KIND] SOURCE", required = true)]
    sources: Vec<String>,
    /// Protobuf IDL, for numbers and the order of fields
    #[arg(long, value_name = "FILE")]
    proto: Vec<PathBuf>,
    /// Name of the set that the groups belong to
    #[arg(long, value_name = "NAME", default_value = KUBERNETES)]
    set: String,
    /// Directory of the schemas [default: schemas/ of the workspace]
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// Take over descriptions, where nothing is written yet
    #[arg(long)]
    descriptions: bool,
    /// Texts for types and fields that have none: JSON from `group/version/Type.field` to text, `*` for every version
    #[arg(long, value_name = "FILE")]
    docs: Option<PathBuf>,
    /// Write nothing; say what would be written
    #[arg(long)]
    dry_run: bool,
    /// Write nothing; fail when something would be written
    #[arg(long)]
    check: bool,
    /// Name every place in the report, not the first few
    #[arg(long)]
    all: bool,
}

/// What sources are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Facts,
    Openapi,
    Crd,
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let directory = match &options.into {
        Some(directory) => directory.clone(),
        None => workspace::root()?.join("schemas"),
    };
    let sources = existing(&directory)?;
    let definitions = definitions(options)?;
    let mut catalog = if definitions.is_empty() { read(options, &sources)? } else { catalog(&definitions, options)? };
    if let Some(path) = &options.docs {
        let docs = document(path).and_then(|texts| Docs::new(texts).map_err(|problem| named(path, &problem)))?;
        docs.apply(&mut catalog);
    }
    let (changes, report) = merge(&catalog, &sources).map_err(|problems| {
        eprint!("{}", report::text(&problems, &sources));
        Failure::Reported
    })?;
    let mut report = report;
    if !definitions.is_empty() {
        verify(&definitions, &sources, &changes, options, &mut report)?;
    }
    let dry = options.dry_run || options.check;
    if !dry {
        write(&directory, &changes)?;
    }
    let mut said = summary(&catalog, &changes, dry);
    if !report.is_empty() {
        let _ = write!(said, "\nWhat to know about this import:\n\n{}", report.text(options.all));
    }
    say(&said)?;
    Ok(if options.check && !changes.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The CustomResourceDefinitions in the sources; none when they are something else.
fn definitions(options: &Options) -> Result<Vec<Definition>, Failure> {
    let stated = options.sources.first().is_some_and(|word| word == "crd");
    let paths: Vec<&Path> = options.sources.iter().skip(usize::from(stated)).map(Path::new).collect();
    let yaml = |path: &&Path| path.extension().is_some_and(|end| end == "yaml" || end == "yml");
    if !stated && !paths.iter().all(yaml) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for path in paths {
        let text = input::text(path).map_err(Failure::Message)?;
        let mut report = Report::default();
        let read = crd::definitions(&text, &path.display().to_string(), &mut report);
        let read = read.map_err(|problem| Failure::Message(format!("{}: {problem}", path.display())))?;
        eprint!("{}", report.text(true));
        found.extend(read);
    }
    Ok(found)
}

fn catalog(definitions: &[Definition], options: &Options) -> Result<Catalog, Failure> {
    if options.set == "kubernetes" {
        return Err(Failure::Message("name the set that the definitions belong to: `--set NAME`".into()));
    }
    crd::catalog(definitions, &options.set, Report::default()).map_err(Failure::Message)
}

/// Makes definitions of what is about to be written, and holds them against those that came in.
fn verify(definitions: &[Definition], old: &Sources, changes: &Changes, options: &Options, remarks: &mut Report) -> Result<(), Failure> {
    let mut sources = Sources::new();
    for (path, source) in old.iter().filter(|(path, _)| !changes.contains_key(*path)) {
        sources.insert(path, source.text.clone());
    }
    for (path, text) in changes {
        if let Some(text) = text {
            sources.insert(path.as_str(), text.as_str());
        }
    }
    let sets = crate::read(&sources).map_err(|problems| {
        eprint!("{}", report::text(&problems, &sources));
        Failure::Reported
    })?;
    let Some(set) = sets.iter().find(|set| set.name == options.set) else { return Ok(()) };
    let differences = crd::differences(definitions, set, &sets);
    println!(
        "import: {} of {} definitions come out of the schemas as they went in",
        definitions.len() - differences.len(),
        definitions.len()
    );
    for (name, places) in differences {
        for place in places {
            remarks.add(format!("the definition of {name} comes out different"), place);
        }
    }
    Ok(())
}

/// The sources, all of one kind.
fn read(options: &Options, existing: &Sources) -> Result<Catalog, Failure> {
    let stated = options.sources.first().and_then(|word| Kind::from_str(word, true).ok());
    let paths: Vec<&Path> = options.sources.iter().skip(usize::from(stated.is_some())).map(Path::new).collect();
    let [path] = paths[..] else {
        return Err(Failure::Message("name one source; several can only be imported one after the other".into()));
    };
    let document = document(path)?;
    match stated.or_else(|| detect(&document)) {
        Some(Kind::Facts) if facts::is_facts(&document) => Ok(facts::catalog(&document, &options.set)),
        Some(Kind::Openapi) if openapi::is_openapi(&document) => {
            let title = document.pointer("/info/title").and_then(Value::as_str).unwrap_or_default();
            if options.set == KUBERNETES && title.to_lowercase() != KUBERNETES {
                return Err(Failure::Message("name the set that the groups belong to: `--set NAME`".into()));
            }
            let wish = Wish { set: &options.set, descriptions: options.descriptions };
            Ok(openapi::catalog(&document, &idl(&options.proto)?, existing, wish))
        }
        Some(kind) => Err(Failure::Message(format!("{} is not in the {} format", path.display(), kind.name()))),
        None => Err(Failure::Message(format!("{}: neither facts, OpenAPI v2 nor CustomResourceDefinitions", path.display()))),
    }
}

fn detect(document: &Value) -> Option<Kind> {
    if facts::is_facts(document) { Some(Kind::Facts) } else { openapi::is_openapi(document).then_some(Kind::Openapi) }
}

/// The JSON document in a file.
fn document(path: &Path) -> Result<Value, Failure> {
    let text = input::text(path).map_err(Failure::Message)?;
    input::json(&text).map_err(|problem| named(path, &problem))
}

fn named(path: &Path, problem: &str) -> Failure {
    Failure::Message(format!("{}: {problem}", path.display()))
}

/// The messages of IDL files.
fn idl(paths: &[PathBuf]) -> Result<Idl, Failure> {
    let mut idl = Idl::default();
    for path in paths {
        let text = input::text(path).map_err(Failure::Message)?;
        idl.add(&text).map_err(|problem| named(path, &problem))?;
    }
    Ok(idl)
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Openapi => "OpenAPI v2",
            Self::Crd => "CustomResourceDefinition",
        }
    }
}

/// The schemas that are there already.
fn existing(directory: &Path) -> io::Result<Sources> {
    if directory.is_dir() { Sources::load(directory) } else { Ok(Sources::new()) }
}

fn write(directory: &Path, changes: &Changes) -> io::Result<()> {
    for (path, text) in changes {
        let target = directory.join(path);
        match text {
            Some(text) => {
                target.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::write(&target, text)?;
            }
            None => fs::remove_file(&target)?,
        }
    }
    Ok(())
}

/// Writes to stdout; a reader who has seen enough is no problem.
fn say(text: &str) -> io::Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

fn summary(catalog: &Catalog, changes: &Changes, dry: bool) -> String {
    let versions = || catalog.sets.iter().flat_map(|set| &set.groups).flat_map(|group| &group.versions);
    let (kinds, types): (usize, usize) =
        (versions().map(|version| version.kinds.len()).sum(), versions().map(|version| version.types.len()).sum());
    let written = changes.values().filter(|text| text.is_some()).count();
    let removed = changes.len() - written;
    let names: Vec<&str> = catalog.sets.iter().map(|set| set.name.as_str()).collect();
    let mut out = format!("import: {}: {} versions, {kinds} kinds, {types} other types\n", names.join(", "), versions().count());
    for (path, text) in changes.iter().filter(|_| dry) {
        let _ = writeln!(out, "{} {path}", if text.is_some() { "would write " } else { "would remove" });
    }
    let would = if dry { "to be " } else { "" };
    let _ = writeln!(out, "import: {written} files {would}written, {removed} {would}removed");
    out
}
