//! Running cargo and other programs.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus};

use super::Failure;

/// The cargo that runs us, in the workspace.
pub(super) fn cargo(root: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.current_dir(root);
    command
}

/// Becomes another program, which so gets our signals and gives our exit code.
#[cfg(unix)]
pub(super) fn become_program(mut command: Command) -> Result<ExitCode, Failure> {
    use std::os::unix::process::CommandExt;
    let name = command_name(&command);
    Err(failed(&name, &command.exec()))
}

/// Runs another program and gives its exit code.
#[cfg(not(unix))]
pub(super) fn become_program(mut command: Command) -> Result<ExitCode, Failure> {
    let name = command_name(&command);
    let status = command.status().map_err(|error| failed(&name, &error))?;
    Ok(exit_code(status))
}

/// Runs a program to its end; anything but success stops the command.
pub(super) fn run(mut command: Command) -> Result<(), Failure> {
    let name = command_name(&command);
    eprintln!("+ {name}");
    let status: ExitStatus = command.status().map_err(|error| failed(&name, &error))?;
    if status.success() { Ok(()) } else { Err(Failure::Message(format!("`{name}` failed: {status}"))) }
}

fn failed(name: &str, error: &std::io::Error) -> Failure {
    Failure::Message(format!("cannot run `{name}`: {error}"))
}

fn command_name(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program()).to_string_lossy();
    let words = command.get_args().map(|word| word.to_string_lossy());
    std::iter::once(program).chain(words).collect::<Vec<_>>().join(" ")
}

#[cfg(not(unix))]
fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    code.map_or(ExitCode::FAILURE, ExitCode::from)
}
