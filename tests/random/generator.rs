//! A random program from a seed: sections of `grammar.txt`, expanded; from [`WIDER_FROM`] on, those of `wider.txt` too.
//!
//! Knows nothing of running them. Invariant: the same seed gives the same program on every machine.

const PRELUDE: &str = include_str!("prelude.py");
const GRAMMAR: &str = include_str!("grammar.txt");

/// Seeds from this one on use library classes, `match`, `exec`, copies and operators as well. Smaller ones keep the programs
/// that their recorded checksums stand for.
const WIDER_FROM: u64 = 1_000_000;
const WIDER_PRELUDE: &str = include_str!("wider.py");
const WIDER_GRAMMAR: &str = include_str!("wider.txt");

/// Below this, only what does not nest is chosen.
const DEEPEST: u32 = 5;

/// `v0` to `v7`.
const VARIABLES: u32 = 8;

pub struct Section {
    name: &'static str,
    /// Weight and text of each choice.
    choices: Vec<(u64, String)>,
}

/// Adds the choices of `grammar` to `sections`.
fn read_sections(grammar: &'static str, sections: &mut Vec<Section>) {
    let mut at = 0;
    for line in grammar.lines() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        if let Some(name) = line.strip_prefix("== ") {
            let known = sections.iter().position(|section| section.name == name);
            at = known.unwrap_or(sections.len());
            if known.is_none() {
                let choices = Vec::new();
                sections.push(Section { name, choices });
            }
            continue;
        }
        let section = &mut sections[at];
        if let Some(more) = line.strip_prefix("  ") {
            let choice = section.choices.last_mut().expect("a choice comes first");
            choice.1.push('\n');
            choice.1.push_str(more);
            continue;
        }
        let (weight, text) = match line.split_once("| ") {
            Some((weight, text)) if weight.parse::<u64>().is_ok() => {
                (weight.parse().expect("just tried"), text)
            }
            _ => (1, line),
        };
        section.choices.push((weight, text.to_owned()));
    }
}

pub struct Generator {
    sections: Vec<Section>,
    wider: bool,
    state: u64,
    ids: u64,
    names: u64,
}

impl Generator {
    pub fn new(seed: u64) -> Generator {
        let wider = seed >= WIDER_FROM;
        let mut sections = Vec::new();
        read_sections(GRAMMAR, &mut sections);
        if wider {
            read_sections(WIDER_GRAMMAR, &mut sections);
        }
        Generator {
            sections,
            wider,
            state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d,
            ids: 0,
            names: 0,
        }
    }

    /// splitmix64
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = self.state;
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The whole program.
    pub fn program(&mut self) -> String {
        let mut program = String::from(PRELUDE);
        if self.wider {
            program.push_str(WIDER_PRELUDE);
        }
        program.push_str(&self.expand("start", 0));
        program.push('\n');
        let mut statements: Vec<String> = Vec::new();
        for i in 0..VARIABLES {
            let value = self.expand("expr", 2);
            statements.push(format!("v{i} = {value}"));
        }
        for _ in 0..8 + self.next() % 25 {
            statements.push(self.expand("stmt", 0));
        }
        for (number, statement) in statements.into_iter().enumerate() {
            program.push_str(&format!("print({number})\ntry:\n"));
            for line in statement.lines() {
                program.push_str(&format!("    {line}\n"));
            }
            program.push_str("except Exception as e: report(e)\n");
        }
        program
            .push_str("dump()\nprint(gc.collect(), gc.get_count())\ngc.disable()\nwrite_log()\n");
        program
    }

    fn choose(&mut self, section: &str, depth: u32) -> String {
        let section = match section {
            "expr" | "atom" if depth > DEEPEST => "v",
            "stmt" if depth > DEEPEST => "local",
            other => other,
        };
        let number = self.next();
        let section = self.sections.iter().find(|s| s.name == section);
        let section = section.expect("the grammar has the section");
        let total: u64 = section.choices.iter().map(|choice| choice.0).sum();
        let mut at = number % total;
        for (weight, text) in &section.choices {
            if at < *weight {
                return text.clone();
            }
            at -= weight;
        }
        unreachable!("the weights add up")
    }

    fn expand(&mut self, section: &str, depth: u32) -> String {
        let template = self.choose(section, depth);
        self.ids += 1;
        let id = self.ids;
        let mut out = String::new();
        for line in template.lines() {
            let indent = &line[..line.len() - line.trim_start().len()];
            if !out.is_empty() {
                out.push('\n');
            }
            let text = self.fill(line, id, depth);
            out.push_str(&text.replace('\n', &format!("\n{indent}")));
        }
        out
    }

    fn fill(&mut self, line: &str, id: u64, depth: u32) -> String {
        let mut out = String::new();
        let mut rest = line;
        while let Some(at) = rest.find('<') {
            let (before, after) = rest.split_at(at);
            out.push_str(before);
            let Some((name, tail)) = after[1..].split_once('>') else {
                break;
            };
            match name {
                _ if !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                    // A comparison of the program's.
                    out.push('<');
                    rest = &after[1..];
                    continue;
                }
                "id" => out.push_str(&id.to_string()),
                "name" => {
                    self.names += 1;
                    out.push_str(&format!("'n{}'", self.names));
                }
                _ => out.push_str(&self.expand(name, depth + 1)),
            }
            rest = tail;
        }
        out + rest
    }
}
