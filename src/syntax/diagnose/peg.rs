//! The grammar file as data: rules, alternatives, items.
//!
//! Knows how a grammar is written, not what it is for. Invariant: a rule that is mentioned is defined; `Grammar::read`
//! runs over a text compiled into the program, so what is wrong with it is a bug.

use std::collections::HashMap;

/// Something an alternative consists of.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// A keyword or operator.
    Text(&'static str),
    Soft(&'static str),
    Name,
    Number,
    String,
    Newline,
    Indent,
    Dedent,
    End,
    AnySoft,
    Rule(usize),
    Group(Vec<Alternative>),
    Optional(Box<Item>),
    Star(Box<Item>),
    Plus(Box<Item>),
    Separated(Box<Item>, Box<Item>),
    Ahead(Box<Item>),
    NotAhead(Box<Item>),
    Cut,
    Forced(&'static str),
}

/// What a matched alternative makes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Action {
    /// Its only node, or a list of its nodes.
    Pass,
    Node(&'static str),
    Error(&'static str),
}

#[derive(Clone, Debug)]
pub(super) struct Alternative {
    /// Items with their labels.
    pub items: Vec<(Option<char>, Item)>,
    pub action: Action,
}

#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub name: &'static str,
    pub alternatives: Vec<Alternative>,
    pub remembers: bool,
    pub left_recursive: bool,
    /// Only for raising errors.
    pub is_bad: bool,
}

pub(super) struct Grammar {
    pub rules: Vec<Rule>,
    index: HashMap<&'static str, usize>,
}

const GRAMMAR: &str = include_str!("python310.peg");

impl Grammar {
    pub(super) fn read() -> Grammar {
        let words = words(GRAMMAR);
        let mut index = HashMap::new();
        let is_head = |at: usize| words[at + 1] == ":" && (at == 0 || words[at - 1] == ";");
        let heads = (0..words.len() - 1).filter(|at| is_head(*at));
        for (number, at) in heads.enumerate() {
            index.insert(words[at].trim_end_matches(['*', '^']), number);
        }
        let mut reader = Reader {
            words,
            at: 0,
            index,
        };
        let mut rules = Vec::new();
        while reader.at < reader.words.len() {
            rules.push(reader.rule());
        }
        Grammar {
            rules,
            index: reader.index,
        }
    }

    pub(super) fn rule(&self, name: &str) -> usize {
        *self
            .index
            .get(name)
            .expect("the grammar defines every rule that is asked for")
    }
}

/// The words of the grammar: names with their marks, quoted texts, signs.
fn words(text: &'static str) -> Vec<&'static str> {
    let mut words = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let length = match first {
                '\'' | '"' => rest[1..].find(first).map_or(rest.len(), |end| end + 2),
                'a'..='z' | 'A'..='Z' => name_length(rest),
                '=' if rest.starts_with("=>") => 2,
                _ => 1,
            };
            words.push(&rest[..length]);
            rest = rest[length..].trim_start();
        }
    }
    words
}

/// A rule's head keeps its mark: `name*:`.
fn name_length(rest: &str) -> usize {
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    if rest[end..].starts_with("*:") || rest[end..].starts_with("^:") {
        end + 1
    } else {
        end
    }
}

struct Reader {
    words: Vec<&'static str>,
    at: usize,
    index: HashMap<&'static str, usize>,
}

impl Reader {
    fn peek(&self) -> &'static str {
        self.words.get(self.at).copied().unwrap_or(";")
    }

    fn next(&mut self) -> &'static str {
        self.at += 1;
        self.words[self.at - 1]
    }

    fn rule(&mut self) -> Rule {
        let head = self.next();
        self.at += 1;
        let alternatives = self.alternatives();
        self.at += 1;
        let name = head.trim_end_matches(['*', '^']);
        Rule {
            name,
            alternatives,
            remembers: head.ends_with('*'),
            left_recursive: head.ends_with('^'),
            is_bad: name.starts_with("bad_"),
        }
    }

    fn alternatives(&mut self) -> Vec<Alternative> {
        let mut alternatives = vec![self.alternative()];
        while self.peek() == "|" {
            self.at += 1;
            alternatives.push(self.alternative());
        }
        alternatives
    }

    fn alternative(&mut self) -> Alternative {
        let mut items = Vec::new();
        loop {
            match self.peek() {
                "|" | ";" | ")" => {
                    return Alternative {
                        items,
                        action: Action::Pass,
                    };
                }
                "=" => {
                    self.at += 1;
                    return Alternative {
                        items,
                        action: Action::Node(self.next()),
                    };
                }
                "=>" => {
                    self.at += 1;
                    return Alternative {
                        items,
                        action: Action::Error(self.next()),
                    };
                }
                _ => {}
            }
            let label = match (self.peek(), self.words.get(self.at + 1)) {
                ("a" | "b", Some(&":")) => {
                    self.at += 2;
                    self.words[self.at - 2].chars().next()
                }
                _ => None,
            };
            let item = self.item();
            items.push((label, item));
        }
    }

    fn item(&mut self) -> Item {
        let mut item = self.single();
        loop {
            item = match self.peek() {
                "?" => Item::Optional(Box::new(item)),
                "*" => Item::Star(Box::new(item)),
                "+" => Item::Plus(Box::new(item)),
                "%" => {
                    self.at += 1;
                    let separator = self.single();
                    item = Item::Separated(Box::new(item), Box::new(separator));
                    continue;
                }
                _ => return item,
            };
            self.at += 1;
        }
    }

    fn single(&mut self) -> Item {
        match self.next() {
            "&" => Item::Ahead(Box::new(self.single())),
            "!" => Item::NotAhead(Box::new(self.single())),
            "~" => Item::Cut,
            "$" => Item::Forced(unquoted(self.next())),
            "(" => {
                let group = self.alternatives();
                self.at += 1;
                Item::Group(group)
            }
            "NAME" => Item::Name,
            "NUMBER" => Item::Number,
            "STRING" => Item::String,
            "NEWLINE" => Item::Newline,
            "INDENT" => Item::Indent,
            "DEDENT" => Item::Dedent,
            "ENDMARKER" => Item::End,
            "SOFT_KEYWORD" => Item::AnySoft,
            quoted if quoted.starts_with('\'') => Item::Text(unquoted(quoted)),
            quoted if quoted.starts_with('"') => Item::Soft(unquoted(quoted)),
            name => Item::Rule(
                *self
                    .index
                    .get(name)
                    .unwrap_or_else(|| panic!("the grammar lacks a rule: {name}")),
            ),
        }
    }
}

fn unquoted(word: &'static str) -> &'static str {
    &word[1..word.len() - 1]
}
