//! `convert`: objects in files, folders or standard input, written anew in another form or version.

mod files;

use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use clap::{Args, ValueEnum};

use crate::registry::Registry;
use crate::transcode::{self, Form, GroupVersion, Transcoded};
use files::{Input, Written};

/// What to convert, and to what.
#[derive(Clone, Debug, Args)]
pub struct Convert {
    /// The form to write: JSON, YAML, or protobuf in Kubernetes' frame.
    #[arg(long, value_enum)]
    pub to: To,
    /// The version to write, such as `apps/v1`, or `v1` for the core group; otherwise that of each object.
    #[arg(long, value_name = "GROUP/VERSION")]
    pub version: Option<GroupVersion>,
    /// Refuse objects with fields that their type does not have, or that are given twice; otherwise they are warned about.
    #[arg(long)]
    pub strict: bool,
    /// A file, a folder with everything in it, or `-` for standard input. Content tells the form.
    #[arg(value_name = "IN")]
    pub input: PathBuf,
    /// A file or folder to write; otherwise standard output. In a folder, files keep their names but for the extension.
    #[arg(value_name = "OUT")]
    pub output: Option<PathBuf>,
}

/// The forms by the extension of their files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum To {
    /// Indented JSON.
    Json,
    /// YAML with sorted keys.
    Yaml,
    /// Framed protobuf.
    Pb,
}

impl To {
    fn form(self) -> Form {
        match self {
            Self::Json => Form::Json,
            Self::Yaml => Form::Yaml,
            Self::Pb => Form::Protobuf,
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Pb => "pb",
        }
    }
}

/// How many files are read before the first of them is written.
const CHUNK: usize = 256;

/// Converts what the command line names: 0 when every file went well, 1 when one did not, 2 when the version is none.
pub fn run(registry: &Registry, options: &Convert) -> ExitCode {
    if let Some(version) = options.version.as_ref().filter(|version| !version.is_known(registry)) {
        eprintln!("error: no kind has the version `{version}`");
        return ExitCode::from(2);
    }
    let all_well = if options.input == Path::new("-") { standard_input(registry, options) } else { paths(registry, options) };
    match all_well {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn standard_input(registry: &Registry, options: &Convert) -> io::Result<bool> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let Some(bytes) = told("stdin", convert(registry, options, &bytes)) else { return Ok(false) };
    match options.output.as_deref() {
        None => standard_output(&bytes)?,
        Some(path) if path.is_dir() => fs::write(path.join(format!("stdin.{}", options.to.extension())), bytes)?,
        Some(path) => fs::write(path, bytes)?,
    }
    Ok(true)
}

/// JSON ends without a newline, which people at a terminal miss.
fn standard_output(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    if out.is_terminal() && bytes.last() != Some(&b'\n') {
        out.write_all(b"\n")?;
    }
    out.flush()
}

fn paths(registry: &Registry, options: &Convert) -> io::Result<bool> {
    let inputs = files::inputs(&options.input, options.output.as_deref(), options.to.extension())?;
    let mut written = Written::default();
    let mut progress = Progress::new(inputs.len());
    let mut bad = 0_usize;
    for chunk in inputs.chunks(CHUNK) {
        for (input, result) in chunk.iter().zip(converted(registry, options, chunk)) {
            progress.step();
            bad += usize::from(!finish(input, result, &mut written, &mut progress)?);
        }
    }
    progress.clear();
    Ok(bad == 0)
}

/// Writes the outcome for one file, or says why there is none.
fn finish(input: &Input, result: Outcome, written: &mut Written, progress: &mut Progress) -> io::Result<bool> {
    if !matches!(&result, Ok(done) if done.findings.is_empty()) {
        progress.clear();
    }
    let Some(bytes) = told(&input.path.display().to_string(), result) else { return Ok(false) };
    let Some(target) = &input.target else { return standard_output(&bytes).map(|()| true) };
    if let Err(problem) = written.write(&input.path, target, &bytes) {
        progress.clear();
        eprintln!("{}: {problem}", input.path.display());
        return Ok(false);
    }
    Ok(true)
}

type Outcome = Result<Transcoded, String>;

/// The outcomes for some files in their order, by as many threads as there are processors.
fn converted(registry: &Registry, options: &Convert, inputs: &[Input]) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, input)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, inputs.get(at)?))) {
            let bytes = fs::read(&input.path).map_err(|error| error.to_string());
            done.push((at, bytes.and_then(|bytes| convert(registry, options, &bytes))));
        }
        done
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(inputs.len());
    let mut done: Vec<(usize, Outcome)> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mine = work();
        mine.into_iter().chain(others.into_iter().flat_map(|thread| thread.join().unwrap_or_default())).collect()
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

fn convert(registry: &Registry, options: &Convert, bytes: &[u8]) -> Outcome {
    let done = transcode::transcode(registry, bytes, options.to.form(), options.version.as_ref()).map_err(|problem| problem.to_string())?;
    if options.strict && !done.findings.is_empty() {
        return Err(findings(&done));
    }
    Ok(done)
}

fn findings(done: &Transcoded) -> String {
    done.findings.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The new content; otherwise the one line about a file that has none.
fn told(name: &str, result: Outcome) -> Option<Vec<u8>> {
    match result {
        Ok(done) => {
            if !done.findings.is_empty() {
                eprintln!("{name}: warning: {}", findings(&done));
            }
            Some(done.bytes)
        }
        Err(problem) => {
            eprintln!("{name}: {problem}");
            None
        }
    }
}

/// How far a long run has come, for people who watch.
struct Progress {
    all: usize,
    done: usize,
    shown: bool,
    next: Instant,
    wanted: bool,
}

impl Progress {
    fn new(all: usize) -> Self {
        Self { all, done: 0, shown: false, next: Instant::now() + Duration::from_secs(1), wanted: io::stderr().is_terminal() }
    }

    fn step(&mut self) {
        self.done += 1;
        if self.wanted && Instant::now() >= self.next {
            eprint!("\r{} of {} files", self.done, self.all);
            self.shown = true;
            self.next = Instant::now() + Duration::from_millis(100);
        }
    }

    /// Makes room for a line.
    fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            eprint!("\r\x1b[K");
        }
    }
}
