//! Measuring two ways to do one thing, and the row it makes.
//!
//! Rounds alternate in one process, so that what else the machine does falls on both alike; CPU time, medians. The ratio is what counts.

use rustix::time::{ClockId, clock_gettime};

/// Rounds of each side.
const ROUNDS: usize = 21;
/// A round takes about this long.
const ROUND_US: f64 = 20_000.0;

/// The titles of the columns.
pub fn titles() {
    println!("\n{:<44}{:>11}{:>11}{:>8}{:>7}", "CPU time", "ours us", "peer us", "ratio", "aim");
}

/// Measures and prints a row. `aim` is the ratio hoped for.
pub fn row(name: &str, aim: f64, ours: impl Fn(), peer: impl Fn()) {
    let (own_repeat, peer_repeat) = (calibrate(&ours), calibrate(&peer));
    let (mut own, mut other) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        own.push(time(&ours, own_repeat));
        other.push(time(&peer, peer_repeat));
    }
    let (own, other) = (median(own), median(other));
    println!("{name:<44}{own:>11.2}{other:>11.2}{:>8.2}{aim:>7.2}", own / other);
}

/// How often to repeat for a round.
fn calibrate(work: &impl Fn()) -> u32 {
    work();
    let once = time(work, 1).max(0.05);
    let count = (ROUND_US / once) as u32 / 20 + 1;
    (ROUND_US / time(work, count).max(0.05)) as u32 + 1
}

/// Microseconds of CPU time per call.
fn time(work: &impl Fn(), repeat: u32) -> f64 {
    let start = now();
    for _ in 0..repeat {
        work();
    }
    (now() - start) / f64::from(repeat)
}

/// CPU time of this thread in microseconds.
fn now() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e6 + time.tv_nsec as f64 / 1e3
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}
