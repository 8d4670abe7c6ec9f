//! A door for trying the compiler out: `lifetimes dis [--raw] FILE`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let raw = args.iter().any(|arg| arg == "--raw");
    let paths: Vec<&String> = args.iter().filter(|arg| !arg.starts_with("--")).collect();
    if let (Some("error"), Some(path)) = (paths.first().map(|arg| arg.as_str()), paths.get(1)) {
        let Ok(source) = std::fs::read(path) else {
            return ExitCode::FAILURE;
        };
        let mode = lifetimes::compiler::Mode::Exec;
        match lifetimes::compiler::compile(&source, path, mode, Default::default()) {
            Ok(_) => println!("compiles"),
            Err(lifetimes::compiler::CompileError::Syntax(error)) => {
                println!(
                    "{} {}:{} {}",
                    error.kind.name(),
                    error.line,
                    error.column,
                    error.message
                );
            }
            Err(error) => println!("{error}"),
        }
        return ExitCode::SUCCESS;
    }
    let (Some("dis"), Some(path)) = (paths.first().map(|arg| arg.as_str()), paths.get(1)) else {
        eprintln!("usage: lifetimes dis [--raw] FILE");
        return ExitCode::from(2);
    };
    if args.iter().any(|arg| arg == "--bytes") {
        let Ok(source) = std::fs::read(path) else {
            return ExitCode::FAILURE;
        };
        let mode = lifetimes::compiler::Mode::Exec;
        let Ok(code) = lifetimes::compiler::compile(&source, path, mode, Default::default()) else {
            return ExitCode::FAILURE;
        };
        bytes(&code);
        return ExitCode::SUCCESS;
    }
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

fn bytes(code: &lifetimes::bytecode::code::CodeObject) {
    let hex = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    println!("{} {} {}", code.name, hex(&code.code), hex(&code.linetable));
    lifetimes::bytecode::disassemble::nested(code).for_each(bytes);
}
