//! What a run of cargo takes: the program runs itself once more for each, so that the system's account of children is of that run alone.

use std::process::{Command, Stdio};
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};

const FLAG: &str = "--measure";

/// What a command took.
pub struct Cost {
    /// User and system time of everything that ran.
    pub cpu: Duration,
    /// The most memory that one process held.
    pub megabytes: i64,
}

/// Runs cargo on the benchmarks' workspace. `None` when it fails.
pub fn cost(arguments: &[&str]) -> Option<Cost> {
    let output = Command::new(std::env::current_exe().ok()?).arg(FLAG).args(arguments).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (cpu, memory) = text.trim().split_once(' ')?;
    output.status.success().then_some(Cost { cpu: Duration::from_micros(cpu.parse().ok()?), megabytes: memory.parse().ok()? })
}

/// Whether this process is one of the second kind, and has done its work.
pub fn measured() -> bool {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() != Some(FLAG) {
        return false;
    }
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    // Users have both crates as dependencies, which cargo does not build incrementally; ours is a member here.
    let status = Command::new(env!("CARGO")).env("CARGO_INCREMENTAL", "0").args(arguments).args(["--quiet", "--manifest-path", manifest]).status();
    if !status.is_ok_and(|status| status.success()) {
        std::process::exit(1);
    }
    if let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) {
        let micros = |time: nix::sys::time::TimeVal| time.tv_sec() * 1_000_000 + time.tv_usec();
        println!("{} {}", micros(usage.user_time()) + micros(usage.system_time()), usage.max_rss() / 1024);
    }
    true
}
