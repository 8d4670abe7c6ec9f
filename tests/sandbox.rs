//! What a script may reach: nothing by default, what flags grant, and no way out of a granted folder. The real binary runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder of its own for each test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path =
            std::env::temp_dir().join(format!("lifetimes-sandbox-{name}-{}", std::process::id()));
        drop(fs::remove_dir_all(&path));
        fs::create_dir_all(path.join("data"))
            .expect("the system's folder for temporary files can be written");
        let path = fs::canonicalize(path).expect("it was made just now");
        Folder(path)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).expect("the folder is ours");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn run(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_lifetimes"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the binary runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        text(&output.stdout),
        text(&output.stderr),
        output.status.code(),
    )
}

const TRY: &str = "
import sys
for path in sys.argv[1:]:
    try:
        print(open(path).read())
    except OSError as error:
        print(type(error).__name__, error)
";

#[test]
fn nothing_is_read_without_a_flag() {
    let folder = Folder::new("read");
    folder.write("try.py", TRY);
    folder.write("data/a.txt", "secret");
    let (out, _, _) = run(
        &folder.0,
        &["run", "try.py", "data/a.txt", "try.py", "/etc/passwd"],
    );
    assert_eq!(out.matches("PermissionError").count(), 3, "{out}");
    assert_eq!(
        out.matches("(lifetimes: use --allow-read DIR)").count(),
        3,
        "{out}"
    );
    assert!(!out.contains("secret"));
}

#[test]
fn a_granted_folder_has_no_way_out() {
    let folder = Folder::new("escape");
    folder.write("try.py", TRY);
    folder.write("data/a.txt", "granted");
    folder.write("outside.txt", "secret");
    std::os::unix::fs::symlink("../outside.txt", folder.0.join("data/link"))
        .expect("links can be made");
    std::os::unix::fs::symlink("..", folder.0.join("data/up")).expect("links can be made");
    let paths = [
        "data/a.txt",
        "data/../outside.txt",
        "data/link",
        "data/up/outside.txt",
        "data/none",
    ];
    let mut arguments = vec!["run", "--allow-read", "data", "try.py"];
    arguments.extend(paths);
    let (out, _, _) = run(&folder.0, &arguments);
    assert!(out.starts_with("granted\n"), "{out}");
    assert_eq!(out.matches("PermissionError").count(), 3, "{out}");
    assert!(out.contains("FileNotFoundError"), "{out}");
    assert!(!out.contains("secret"), "{out}");
}

#[test]
fn links_in_memory_do_not_lead_to_the_disk() {
    let folder = Folder::new("memory");
    folder.write("outside.txt", "secret");
    folder.write(
        "try.py",
        "import os, sys\nos.symlink(sys.argv[1], '/tmp/link')\nfor path in ('/tmp/link/outside.txt', '/tmp/x/../link/outside.txt'):\n    try:\n        os.makedirs('/tmp/x', exist_ok=True)\n        print(open(path).read())\n    except OSError as error:\n        print(type(error).__name__)\n",
    );
    let here = folder.0.to_string_lossy().into_owned();
    let (out, err, _) = run(&folder.0, &["run", "try.py", &here]);
    assert_eq!(out, "PermissionError\nPermissionError\n", "{err}");
}

#[test]
fn writes_go_to_the_disk_once() {
    let folder = Folder::new("write");
    folder.write(
        "try.py",
        "with open('data/log.txt', 'a') as f:\n    f.write('line\\n')\nx = 1\nprint('done')\n",
    );
    let (out, _, _) = run(&folder.0, &["run", "try.py"]);
    assert!(out.is_empty(), "a write without --allow-write");
    let commands = [
        "-e",
        "goto end",
        "-e",
        "goto start",
        "-e",
        "goto end",
        "-e",
        "goto line 3",
    ];
    let mut arguments = vec!["--allow-write", "data", "--headless", "try.py"];
    arguments.extend(commands);
    let (out, err, status) = run(&folder.0, &arguments);
    assert_eq!(status, Some(0), "{out}{err}");
    let log = fs::read_to_string(folder.0.join("data/log.txt")).expect("it was written");
    assert_eq!(log, "line\n");
    let (_, err, status) = run(
        &folder.0,
        &["run", "--replay-check", "--allow-write", "data", "try.py"],
    );
    assert_eq!(status, Some(0), "{err}");
    let log = fs::read_to_string(folder.0.join("data/log.txt")).expect("it was written");
    assert_eq!(log, "line\nline\n");
}

#[test]
fn temporary_files_need_no_flag_and_leave_nothing() {
    let folder = Folder::new("temporary");
    folder.write(
        "try.py",
        "import os, tempfile\nwith tempfile.TemporaryDirectory() as d:\n    p = os.path.join(d, 'lifetimes-sandbox-proof')\n    open(p, 'w').write('x')\n    print(os.listdir(d), d)\n",
    );
    let (out, err, _) = run(&folder.0, &["run", "--audit", "try.py"]);
    assert!(
        out.starts_with("['lifetimes-sandbox-proof'] /tmp/tmp"),
        "{out}{err}"
    );
    let name = out.trim().rsplit('/').next().unwrap_or_default();
    assert!(!Path::new("/tmp").join(name).exists());
}

#[test]
fn processes_and_the_environment_are_out_of_reach() {
    let folder = Folder::new("process");
    folder.write(
        "try.py",
        "import os\nprint(os.environ.get('PATH'), os.environ.get('GIVEN'))\nfor f in (os.fork, lambda: os.system('true')):\n    try:\n        f()\n    except PermissionError as error:\n        print(error)\n",
    );
    let output = Command::new(env!("CARGO_BIN_EXE_lifetimes"))
        .current_dir(&folder.0)
        .env("GIVEN", "value")
        .args(["run", "--env", "GIVEN", "try.py"])
        .output()
        .expect("the binary runs");
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(out.starts_with("None value\n"), "{out}");
    assert_eq!(
        out.matches("starts and changes no processes").count(),
        2,
        "{out}"
    );
}

#[test]
fn modules_and_folders_run_as_programs() {
    let folder = Folder::new("module");
    fs::create_dir_all(folder.0.join("pkg")).expect("the folder is ours");
    folder.write("pkg/__init__.py", "");
    folder.write("pkg/a.py", "def f():\n    return 7\n");
    folder.write(
        "pkg/__main__.py",
        "import sys\nfrom . import a\nprint(__name__, __package__, __spec__.name, a.f(), sys.argv[1:])\n",
    );
    let (out, err, _) = run(&folder.0, &["run", "-m", "pkg", "x"]);
    assert_eq!(out, "__main__ pkg pkg.__main__ 7 ['x']\n", "{err}");
    folder.write(
        "data/__main__.py",
        "import helper\nprint(__package__ == '', helper.Z)\n",
    );
    folder.write("data/helper.py", "Z = 3\n");
    let (out, err, _) = run(&folder.0, &["run", "data"]);
    assert_eq!(out, "True 3\n", "{err}");
    let (_, err, status) = run(&folder.0, &["run", "-m", "nothing_there"]);
    assert_eq!(
        (err.trim(), status),
        ("lifetimes: No module named nothing_there", Some(2))
    );
}

#[test]
fn input_comes_from_a_file() {
    let folder = Folder::new("input");
    folder.write(
        "try.py",
        "import sys\nname = input('name? ')\nprint(name, list(sys.stdin))\n",
    );
    folder.write("in.txt", "bob\nx\ny\n");
    let (out, err, _) = run(&folder.0, &["run", "--stdin", "in.txt", "try.py"]);
    assert_eq!(out, "name? bob ['x\\n', 'y\\n']\n", "{err}");
    let (out, _, status) = run(
        &folder.0,
        &[
            "--headless",
            "try.py",
            "--stdin",
            "in.txt",
            "-e",
            "goto end",
        ],
    );
    assert_eq!(status, Some(0));
    assert!(out.contains("name? bob ['x\\n', 'y\\n']"), "{out}");
}

#[test]
fn temporary_files_need_no_flag_whatever_is_granted() {
    let folder = Folder::new("part-granted");
    folder.write(
        "try.py",
        "import os, tempfile\nwith tempfile.TemporaryDirectory() as d:\n    path = os.path.join(d, 'a')\n    with open(path, 'w') as f:\n        f.write('x')\n    print(os.listdir(d), open(path).read())\nprint(os.path.exists(path))\n",
    );
    for grants in [
        &[][..],
        &["--allow-read", "/tmp"],
        &["--allow-write", "/tmp"],
    ] {
        let arguments = [&["run"], grants, &["try.py"]].concat();
        let (out, err, _) = run(&folder.0, &arguments);
        assert_eq!(out, "['a'] x\nFalse\n", "{grants:?}: {err}");
    }
}
