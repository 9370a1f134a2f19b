//! A file's tokens in pieces: a function each, and what stands between functions.
//!
//! Nothing is compared across the border of two pieces, so their order makes no difference.

use std::ops::Range;

use super::lexer::{Language, Token};

/// The pieces of a file, in their order; each token is in one.
pub(super) fn pieces(language: Language, tokens: &[Token]) -> Vec<Range<usize>> {
    let ends = match language {
        Language::Python => ends_by_lines(tokens),
        Language::Rust | Language::C => ends_by_braces(language, tokens),
    };
    let mut pieces = Vec::new();
    let mut begin = 0;
    for end in ends.into_iter().chain([tokens.len()]) {
        if end > begin {
            pieces.push(begin..end);
            begin = end;
        }
    }
    pieces
}

/// Outside of functions each brace and each semicolon ends a piece; a function goes to the end
/// of its body. What is assigned, such as a table, is as whole as a body.
fn ends_by_braces(language: Language, tokens: &[Token]) -> Vec<usize> {
    const OPEN: u16 = Language::mark(b'{');
    const CLOSE: u16 = Language::mark(b'}');
    const END: u16 = Language::mark(b';');
    const ASSIGNED: u16 = Language::mark(b'=');
    const PARAMETERS: u16 = Language::mark(b')');
    let function = language.keyword("fn");
    let mut ends = Vec::new();
    let mut begins_body = false;
    // How many braces are open since the body began.
    let mut body = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        match token.code {
            OPEN if body > 0 || begins_body => body += 1,
            CLOSE if body > 1 => body -= 1,
            END if body > 0 => {}
            OPEN | CLOSE | END => {
                ends.push(index + 1);
                (body, begins_body) = (0, false);
            }
            ASSIGNED => begins_body = true,
            // C has no word for a function: it is what has parameters.
            PARAMETERS if language == Language::C => begins_body = true,
            code if Some(code) == function => begins_body = true,
            _ => {}
        }
    }
    ends
}

/// A piece begins with a `def`, a `class` or the first decorator of one, and where the text
/// comes back to the left edge.
fn ends_by_lines(tokens: &[Token]) -> Vec<usize> {
    let language = Language::Python;
    let heads = ["def", "class", "async"].map(|word| language.keyword(word));
    let decorator = Language::mark(b'@');
    let mut ends = Vec::new();
    let (mut decorated, mut indented) = (false, false);
    for (index, token) in tokens.iter().enumerate() {
        let Some(indent) = token.indent else { continue };
        let is_head = heads.contains(&Some(token.code)) || token.code == decorator;
        if (is_head && !decorated) || (indent == 0 && indented && !decorated) {
            ends.push(index);
        }
        decorated = token.code == decorator;
        indented = indent > 0;
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces as the lines on which they begin.
    fn check(language: Language, text: &str, lines: &[u32]) {
        let tokens = language.tokens(text, usize::MAX);
        let pieces = pieces(language, &tokens);
        let begins: Vec<_> = pieces.iter().map(|p| tokens[p.start].line).collect();
        assert_eq!(begins, lines, "{text}");
        assert_eq!(pieces.iter().map(Range::len).sum::<usize>(), tokens.len());
    }

    #[test]
    fn functions_are_pieces_with_what_stands_before_them() {
        check(
            Language::Rust,
            "use a::b;\n#[x]\npub fn f() {\nif a { b; }\n}\nimpl X {\nfn g(&self) { a; b; }\nfn h();\n}",
            &[1, 2, 6, 7, 8, 9],
        );
        check(
            Language::C,
            "#include <a.h>\nstatic int f(int a)\n{\nreturn a;\n}\nstatic T t[] = {\n{1, 2},\n{3}\n};\nint g(void) {}",
            &[1, 6, 9, 10],
        );
        check(
            Language::Python,
            "import a\nx = 1\n@b\n@c\ndef f():\n    pass\n\nclass D:\n    y = 1\n    def g(self):\n        pass\nz = 2\n",
            &[1, 3, 8, 10, 12],
        );
    }

    #[test]
    fn braces_that_do_not_match_lose_no_token() {
        check(Language::Rust, "}}}\nfn f() {\n{{{ ;", &[1, 1, 1, 2]);
        check(Language::C, ") {\n= { ; }\n}\n}", &[1, 4]);
    }
}
