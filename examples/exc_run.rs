//! Runs a script: a door for trying things out.
use lifetimes::vm::{Files, Machine, Options};
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let path = args[0].clone();
    let source = std::fs::read(&path).expect("script");
    let child = std::thread::Builder::new()
        .stack_size(1 << 30)
        .spawn(move || {
            let dir = std::path::Path::new(&path)
                .parent()
                .map(|p| p.to_path_buf())
                .unwrap_or_default();
            let options = Options {
                argv: args,
                path: vec![dir.display().to_string()],
                files: Files::below(vec![dir]),
                stdin: Some(Vec::new()),
                ..Options::default()
            };
            let mut vm = Machine::boot(options);
            vm.output.live = std::env::var("LIVE").is_ok();
            let code = match lifetimes::compiler::compile(
                &source,
                &path,
                lifetimes::compiler::Mode::Exec,
                Default::default(),
            ) {
                Ok(code) => code,
                Err(e) => {
                    eprintln!("compile: {e:?}");
                    std::process::exit(1)
                }
            };
            vm.load_main(&code);
            let exit = vm.run(u64::MAX);
            if !vm.output.live {
                for (_, bytes) in vm.output.chunks() {
                    use std::io::Write;
                    std::io::stdout().write_all(bytes).unwrap();
                }
            }
            match exit {
                lifetimes::vm::Exit::Finished { status } => std::process::exit(status),
                other => {
                    eprintln!("{other:?}");
                    std::process::exit(4)
                }
            }
        })
        .unwrap();
    child.join().unwrap();
}
