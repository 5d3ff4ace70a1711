//! The entry point. In the browser it makes the elements ready to be mounted; natively it is the command line.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    asesmen::cli::run()
}

#[cfg(target_arch = "wasm32")]
fn main() {
    asesmen::element::prepare();
}
