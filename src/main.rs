//! A door for trying the compiler out: `lifetimes dis [--raw] FILE`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let raw = args.iter().any(|arg| arg == "--raw");
    let paths: Vec<&String> = args.iter().filter(|arg| *arg != "--raw").collect();
    let (Some("dis"), Some(path)) = (paths.first().map(|arg| arg.as_str()), paths.get(1)) else {
        eprintln!("usage: lifetimes dis [--raw] FILE");
        return ExitCode::from(2);
    };
    match lifetimes::compiler::dis_file(path, raw) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
