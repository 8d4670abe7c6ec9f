//! A drawn frame as SVG: for the README's picture and for looking at test frames.
//!
//! Knows buffers only. Invariant: one `<text>` a run of equal style, stretched to its cells, so it lines up in any monospace font.

use std::fmt::Write;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// Pixels of a cell.
/// As high as the line-drawing characters of the usual fonts, so that they meet.
const CELL: (f64, f64) = (8.43, 16.3);
const GROUND: &str = "#1d2021";
const INK: &str = "#ebdbb2";

/// The frame, on a dark ground.
pub fn svg(buffer: &Buffer) -> String {
    let area = buffer.area;
    let (width, height) = (
        f64::from(area.width) * CELL.0,
        f64::from(area.height) * CELL.1,
    );
    let mut out = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{width:.0}' height='{height:.0}' viewBox='0 0 {width:.1} {height:.1}' \
         font-family='\"DejaVu Sans Mono\",Menlo,Consolas,monospace' font-size='14'>\n<rect width='100%' height='100%' rx='6' fill='{GROUND}'/>\n"
    );
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let style = buffer[(x, y)].style();
            let from = x;
            let mut text = String::new();
            while x < area.right() && buffer[(x, y)].style() == style {
                let symbol = buffer[(x, y)].symbol();
                text.push_str(symbol);
                x += (symbol.width() as u16).max(1);
            }
            run(
                &mut out,
                from - area.left(),
                y - area.top(),
                x - from,
                &text,
                style,
            );
        }
    }
    out.push_str("</svg>\n");
    out
}

fn run(out: &mut String, x: u16, y: u16, cells: u16, text: &str, style: Style) {
    let reversed = style.add_modifier.contains(Modifier::REVERSED);
    let (mut ink, mut ground) = (colour(style.fg, INK), colour(style.bg, GROUND));
    if reversed {
        std::mem::swap(&mut ink, &mut ground);
    }
    let (left, top) = (f64::from(x) * CELL.0, f64::from(y) * CELL.1);
    let width = f64::from(cells) * CELL.0;
    let write = "writing to a String cannot fail";
    if ground != GROUND {
        writeln!(
            out,
            "<rect x='{left:.1}' y='{top:.1}' width='{width:.1}' height='{}' fill='{ground}'/>",
            CELL.1
        )
        .expect(write);
    }
    if text.trim().is_empty() {
        return;
    }
    let mut looks = String::new();
    let has = |m: Modifier| style.add_modifier.contains(m);
    if has(Modifier::BOLD) {
        looks.push_str(" font-weight='bold'");
    }
    if has(Modifier::UNDERLINED) {
        looks.push_str(" text-decoration='underline'");
    }
    if has(Modifier::DIM) {
        looks.push_str(" opacity='.6'");
    }
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    writeln!(
        out,
        "<text xml:space='preserve' x='{left:.1}' y='{:.1}' textLength='{width:.1}' lengthAdjust='spacingAndGlyphs' fill='{ink}'{looks}>{text}</text>",
        top + 12.8
    )
    .expect(write);
}

fn colour(colour: Option<Color>, otherwise: &str) -> String {
    let name = match colour {
        Some(Color::Rgb(r, g, b)) => return format!("#{r:02x}{g:02x}{b:02x}"),
        Some(Color::Black) => "#282828",
        Some(Color::Red) => "#cc241d",
        Some(Color::Green) => "#98971a",
        Some(Color::Yellow) => "#d79921",
        Some(Color::Blue) => "#458588",
        Some(Color::Magenta) => "#b16286",
        Some(Color::Cyan) => "#689d6a",
        Some(Color::Gray) => "#a89984",
        Some(Color::DarkGray) => "#928374",
        _ => otherwise,
    };
    name.to_owned()
}
