//! The picture for other eyes: plain text, SVG as it looks in a terminal, DOT and Mermaid for other layouters.
//!
//! Knows a canvas or a model, no terminal. Invariant: whatever a script named its things, the output is well-formed:
//! everything that comes from a model is escaped here.

use std::fmt::Write;

use super::canvas::{COVERED, Canvas, Cell, Tone};
use super::model::{BoxId, BoxView, Model, RowValue, State};

/// The cells' symbols, one line a row, without trailing blanks.
pub fn to_text(canvas: &Canvas) -> String {
    let mut lines = String::new();
    for y in 0..canvas.height {
        let line: String = canvas
            .row(y)
            .iter()
            .map(|cell| cell.symbol)
            .filter(|&c| c != COVERED)
            .collect();
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    lines
}

/// What 14 pixels of DejaVu Sans Mono advance; other fonts are stretched to it.
const CELL_WIDTH: f64 = 8.43;
const CELL_HEIGHT: f64 = 16.3;
const FONT_SIZE: f64 = 14.0;
const BASELINE: f64 = 13.0;
const MARGIN: f64 = 12.0;
const BACKGROUND: &str = "#1d2021";

/// The colours of a saved picture, light on dark.
fn colour(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "#ebdbb2",
        Tone::Dim => "#7c6f64",
        Tone::Border | Tone::Edge => "#a89984",
        Tone::Root => "#83a598",
        Tone::Atom => "#b8bb26",
        Tone::CycleEdge | Tone::Doomed => "#fb4934",
        Tone::Isolate => "#fe8019",
        Tone::WeakEdge | Tone::Ghost => "#928374",
        Tone::Changed => "#fabd2f",
        Tone::Born => "#8ec07c",
        Tone::FinaliserRunning => "#d3869b",
        Tone::Selected => "#fbf1c7",
        Tone::Fold => "#83a598",
    }
}

/// A standalone SVG of the canvas. Cells touch, so that lines are not broken.
pub fn to_svg(canvas: &Canvas) -> String {
    let width = canvas.width as f64 * CELL_WIDTH + 2.0 * MARGIN;
    let height = canvas.height as f64 * CELL_HEIGHT + 2.0 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.1}\" height=\"{height:.1}\" \
         viewBox=\"0 0 {width:.1} {height:.1}\" font-family=\"'DejaVu Sans Mono',Menlo,Consolas,monospace\" \
         font-size=\"{FONT_SIZE}\">\n<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{BACKGROUND}\"/>\n"
    );
    for y in 0..canvas.height {
        let row = canvas.row(y);
        let mut x = 0;
        while x < row.len() {
            let run = run_length(&row[x..]);
            write_run(&mut svg, &row[x..x + run], x, y);
            x += run;
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Cells from the first on that look alike.
fn run_length(cells: &[Cell]) -> usize {
    let first = cells[0];
    cells
        .iter()
        .take_while(|c| c.tone == first.tone && c.bold == first.bold)
        .count()
}

fn write_run(svg: &mut String, cells: &[Cell], x: usize, y: usize) {
    let blank = |cell: &Cell| cell.symbol == ' ';
    let Some(first) = cells.iter().position(|cell| !blank(cell)) else {
        return;
    };
    let last = cells.iter().rposition(|cell| !blank(cell)).unwrap_or(first);
    let symbols: String = cells[first..=last]
        .iter()
        .map(|c| c.symbol)
        .filter(|&c| c != COVERED)
        .collect();
    let left = MARGIN + (x + first) as f64 * CELL_WIDTH;
    let base = MARGIN + y as f64 * CELL_HEIGHT + BASELINE;
    let length = (last + 1 - first) as f64 * CELL_WIDTH;
    let weight = if cells[0].bold {
        " font-weight=\"bold\""
    } else {
        ""
    };
    let written = writeln!(
        svg,
        "<text xml:space=\"preserve\" x=\"{left:.2}\" y=\"{base:.2}\" textLength=\"{length:.2}\" \
         lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{weight}>{}</text>",
        colour(cells[0].tone),
        escape_xml(&symbols),
    );
    written.expect("writing to a string cannot fail");
}

fn escape_xml(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Graphviz: one record a box, edges from their rows' ports.
pub fn to_dot(model: &Model) -> String {
    let mut dot = String::from(
        "digraph references {\n  rankdir=LR;\n  node [shape=record, style=rounded, fontname=\"monospace\"];\n",
    );
    for (at, view) in model.boxes.iter().enumerate() {
        let _ = writeln!(
            dot,
            "  b{at} [label=\"{}\"{}];",
            dot_label(model, view),
            dot_style(view)
        );
    }
    for edge in &model.edges {
        let style = match (edge.weak, edge.cyclic) {
            (true, _) => " [style=dashed]",
            (false, true) => " [penwidth=2, color=red]",
            (false, false) => "",
        };
        let _ = writeln!(
            dot,
            "  b{}:r{} -> b{}:t{style};",
            edge.from, edge.row, edge.to
        );
    }
    for (at, isolate) in model.isolates.iter().enumerate() {
        let members: Vec<String> = isolate.boxes.iter().map(|b| format!("b{b};")).collect();
        let caption = isolate
            .caption
            .first()
            .map(|c| escape_dot(c))
            .unwrap_or_default();
        let members = members.join(" ");
        let _ = writeln!(
            dot,
            "  subgraph cluster_{at} {{ label=\"{caption}\"; style=dashed; {members} }}"
        );
    }
    for note in &model.notes {
        let _ = writeln!(dot, "  // {note}");
    }
    dot.push_str("}\n");
    dot
}

fn dot_label(model: &Model, view: &BoxView) -> String {
    let mut label = format!("<t> {}", escape_dot(&heading(view)));
    for (at, _) in view.rows.iter().enumerate() {
        let _ = write!(label, "|<r{at}> {}", escape_dot(&row_text(model, view, at)));
    }
    label
}

fn dot_style(view: &BoxView) -> &'static str {
    match (view.state, view.id) {
        (State::Ghost, _) => ", style=\"rounded,dotted\"",
        (_, BoxId::Root(_)) => ", style=\"rounded,bold\"",
        (_, BoxId::Fold(..)) => ", peripheries=2",
        _ => "",
    }
}

fn heading(view: &BoxView) -> String {
    format!("{}  {}", view.title, view.count)
        .trim_end()
        .to_string()
}

fn row_text(model: &Model, view: &BoxView, row: usize) -> String {
    let row = &view.rows[row];
    match &row.value {
        RowValue::Atom(value) => format!("{} {value}", row.label),
        RowValue::Edge(edge) if model.edges[*edge].weak => format!("{} (weak)", row.label),
        RowValue::Edge(_) => row.label.clone(),
        RowValue::Elsewhere(name) => format!("{} → {name}", row.label),
        RowValue::Gone => format!("{} gone", row.label),
        RowValue::More(count) => super::size::more(*count),
    }
}

/// Everything that means something inside a quoted record label.
fn escape_dot(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if "\\\"{}|<>[] ".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Mermaid's flowchart, for READMEs and issues: rows inside the box, their labels on the edges.
pub fn to_mermaid(model: &Model) -> String {
    let mut lines = String::from("flowchart LR\n");
    for (at, view) in model.boxes.iter().enumerate() {
        let mut label = format!("<b>{}</b>", escape_mermaid(&heading(view)));
        for row in 0..view.rows.len() {
            let is_edge = matches!(view.rows[row].value, RowValue::Edge(_));
            if !is_edge {
                let _ = write!(
                    label,
                    "<br/>{}",
                    escape_mermaid(&row_text(model, view, row))
                );
            }
        }
        let (open, close) = if matches!(view.id, BoxId::Root(_)) {
            ("[[", "]]")
        } else {
            ("(", ")")
        };
        let _ = writeln!(lines, "  b{at}{open}\"{label}\"{close}");
    }
    for edge in &model.edges {
        let arrow = match (edge.weak, edge.cyclic) {
            (true, _) => "-.->",
            (false, true) => "==>",
            (false, false) => "-->",
        };
        let label = escape_mermaid(&model.boxes[edge.from].rows[edge.row].label);
        let _ = writeln!(lines, "  b{} {arrow}|\"{label}\"| b{}", edge.from, edge.to);
    }
    for (at, isolate) in model.isolates.iter().enumerate() {
        let members: Vec<String> = isolate.boxes.iter().map(|b| format!("b{b}")).collect();
        let caption = isolate
            .caption
            .first()
            .map(|c| escape_mermaid(c))
            .unwrap_or_default();
        let _ = writeln!(
            lines,
            "  subgraph i{at}[\"{caption}\"]\n    {}\n  end",
            members.join("\n    ")
        );
    }
    lines
}

/// Mermaid reads `#number;` as a character inside quotes.
fn escape_mermaid(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | '|' => {
                let _ = write!(escaped, "#{};", u32::from(c));
            }
            _ => escaped.push(c),
        }
    }
    escaped
}
