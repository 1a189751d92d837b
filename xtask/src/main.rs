//! The command line of this workspace; all of it lives in `kubewright_codegen::cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    kubewright_codegen::cli::main()
}
