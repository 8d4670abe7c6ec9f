//! Patterns of `match`.

use ruff_python_ast as ast;

use super::{Lower, name};
use crate::syntax::tree::{Constant, Pattern, PatternKind};

impl Lower<'_> {
    pub(super) fn pattern(&mut self, pattern: &ast::Pattern) -> Pattern {
        let span = self.span_of(pattern);
        let kind = match pattern {
            ast::Pattern::MatchValue(value) => {
                self.starts_with_wildcard(&value.value);
                PatternKind::Value(self.expr(&value.value))
            }
            ast::Pattern::MatchSingleton(singleton) => {
                PatternKind::Singleton(match singleton.value {
                    ast::Singleton::None => Constant::None,
                    ast::Singleton::True => Constant::True,
                    ast::Singleton::False => Constant::False,
                })
            }
            ast::Pattern::MatchSequence(sequence) => {
                PatternKind::Sequence(self.patterns(&sequence.patterns))
            }
            ast::Pattern::MatchMapping(mapping) => PatternKind::Mapping {
                keys: self.exprs(&mapping.keys),
                patterns: self.patterns(&mapping.patterns),
                rest: mapping.rest.as_ref().map(|id| name(&id.id)),
            },
            ast::Pattern::MatchClass(class) => self.class_pattern(class),
            ast::Pattern::MatchStar(star) => {
                PatternKind::Star(star.name.as_ref().map(|id| name(&id.id)))
            }
            ast::Pattern::MatchAs(capture) => PatternKind::As {
                pattern: capture
                    .pattern
                    .as_deref()
                    .map(|pattern| Box::new(self.pattern(pattern))),
                name: capture.name.as_ref().map(|id| name(&id.id)),
            },
            ast::Pattern::MatchOr(alternatives) => {
                PatternKind::Or(self.patterns(&alternatives.patterns))
            }
        };
        Pattern { kind, span }
    }

    /// CPython's parser takes a `_` that a pattern starts with for the wildcard, whatever follows it.
    fn starts_with_wildcard(&mut self, mut expr: &ast::Expr) {
        while let ast::Expr::Attribute(attribute) = expr {
            expr = &attribute.value;
        }
        self.suspicious |= matches!(expr, ast::Expr::Name(name) if name.id.as_str() == "_");
    }

    fn patterns(&mut self, patterns: &[ast::Pattern]) -> Vec<Pattern> {
        patterns
            .iter()
            .map(|pattern| self.pattern(pattern))
            .collect()
    }

    fn class_pattern(&mut self, class: &ast::PatternMatchClass) -> PatternKind {
        let keywords = &class.arguments.keywords;
        self.starts_with_wildcard(&class.cls);
        PatternKind::Class {
            cls: self.expr(&class.cls),
            patterns: self.patterns(&class.arguments.patterns),
            kwd_attrs: keywords
                .iter()
                .map(|keyword| name(&keyword.attr.id))
                .collect(),
            kwd_patterns: keywords
                .iter()
                .map(|keyword| self.pattern(&keyword.pattern))
                .collect(),
        }
    }
}
