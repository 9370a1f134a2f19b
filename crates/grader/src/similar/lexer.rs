//! Source text as a row of tokens, in which a name is a name, whatever it is called.
//!
//! Comments and layout are left out, and of literals only the kind is kept. This knows as much
//! of Rust, C and Python as that takes, and never fails: what no rule fits is a token of its
//! own. What the tokens mean is not asked here.

/// What a text is written in, as its file's name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Rust,
    C,
    Python,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is. Two tokens of one code are alike.
    pub code: u16,
    /// The line it begins on, from 1.
    pub line: u32,
    /// How far it stands from the line's beginning, if nothing stands before it.
    pub indent: Option<u32>,
}

/// Any name that is no keyword.
pub(super) const NAME: u16 = 0;
const NUMBER: u16 = 1;
const TEXT: u16 = 2;
const CHARACTER: u16 = 3;
const LIFETIME: u16 = 4;
/// The first keyword; the others follow in the order of their list.
const KEYWORD: u16 = 16;
/// The first operator of several characters.
const OPERATOR: u16 = 128;
/// A single character is its byte above this.
const BYTE: u16 = 256;

const RUST: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
    "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub",
    "ref", "return", "self", "Self", "static", "struct", "super", "trait", "true", "type",
    "unsafe", "use", "where", "while",
];

const C: &[&str] = &[
    "auto", "bool", "break", "case", "char", "const", "continue", "default", "do", "double",
    "else", "enum", "extern", "float", "for", "goto", "if", "inline", "int", "long", "register",
    "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef",
    "union", "unsigned", "void", "volatile", "while",
];

const PYTHON: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Longer ones before those that they begin with.
const OPERATORS: &[&[u8]] = &[
    b"...", b"..=", b"<<=", b">>=", b"**=", b"//=", b"::", b"->", b"=>", b"==", b"!=", b"<=",
    b">=", b"&&", b"||", b"<<", b">>", b"+=", b"-=", b"*=", b"/=", b"%=", b"&=", b"|=", b"^=",
    b"++", b"--", b"**", b"//", b"..", b":=",
];

impl Language {
    /// By the file's name; what is neither Rust nor Python is read as C.
    pub(super) fn of(file: &str) -> Language {
        match file.rsplit('.').next() {
            Some("rs") => Language::Rust,
            Some("py" | "pyi") => Language::Python,
            _ => Language::C,
        }
    }

    fn keywords(self) -> &'static [&'static str] {
        match self {
            Language::Rust => RUST,
            Language::C => C,
            Language::Python => PYTHON,
        }
    }

    /// The code of a keyword.
    pub(super) fn keyword(self, word: &str) -> Option<u16> {
        let index = self.keywords().iter().position(|known| *known == word)?;
        Some(KEYWORD + index as u16)
    }

    /// The code of a single character.
    pub(super) const fn mark(byte: u8) -> u16 {
        BYTE + byte as u16
    }

    /// The tokens of a text, of which at most `limit` are read.
    pub(super) fn tokens(self, text: &str, limit: usize) -> Vec<Token> {
        let mut lexer = Lexer {
            language: self,
            text: text.as_bytes(),
            at: 0,
            line: 1,
            line_begins: 0,
            bare: true,
            depth: 0,
            tokens: Vec::new(),
        };
        while lexer.tokens.len() < limit && lexer.step() {}
        lexer.tokens
    }
}

struct Lexer<'a> {
    language: Language,
    text: &'a [u8],
    at: usize,
    line: u32,
    line_begins: usize,
    /// Nothing but spaces has come on this line.
    bare: bool,
    /// How many brackets are open, which is what joins lines in Python.
    depth: u32,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.text.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn rest(&self) -> &[u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Goes one byte on, and keeps count of the lines.
    fn advance(&mut self) {
        if self.peek(0) == b'\n' {
            self.line += 1;
            self.line_begins = self.at + 1;
            self.bare = true;
        }
        self.at += 1;
    }

    fn advance_by(&mut self, count: usize) {
        for _ in 0..count {
            self.advance();
        }
    }

    /// Goes on until `end` stands here, or to the end of the text.
    fn advance_to(&mut self, end: &[u8]) {
        while self.at < self.text.len() && !self.rest().starts_with(end) {
            self.advance();
        }
    }

    /// Reads one token, or one stretch of what is none. Says whether there was any.
    fn step(&mut self) -> bool {
        if self.at >= self.text.len() {
            return false;
        }
        let here = self.peek(0);
        if here.is_ascii_whitespace() || here == 0 {
            self.advance();
        } else if !self.comment() {
            self.token();
        }
        true
    }

    fn comment(&mut self) -> bool {
        let rest = self.rest();
        let python = self.language == Language::Python;
        if (python && rest.starts_with(b"#")) || (!python && rest.starts_with(b"//")) {
            self.advance_to(b"\n");
            return true;
        }
        if python || !rest.starts_with(b"/*") {
            return false;
        }
        let mut open = 0;
        while self.at < self.text.len() {
            if self.rest().starts_with(b"/*") && (open == 0 || self.language == Language::Rust) {
                open += 1;
                self.advance_by(2);
            } else if self.rest().starts_with(b"*/") {
                open -= 1;
                self.advance_by(2);
                if open == 0 {
                    break;
                }
            } else {
                self.advance();
            }
        }
        true
    }

    fn token(&mut self) {
        let (line, column) = (self.line, (self.at - self.line_begins) as u32);
        let begins_line = self.bare;
        self.bare = false;
        let code = self.code();
        // In Python a text that is a whole line says something about the code, as a comment
        // does.
        let said = self.language == Language::Python
            && code == TEXT
            && begins_line
            && self.depth == 0
            && self.ends_line();
        if !said {
            self.tokens.push(Token {
                code,
                line,
                indent: begins_line.then_some(column),
            });
        }
    }

    fn ends_line(&self) -> bool {
        let rest = self.rest().iter();
        let next = rest
            .copied()
            .find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        matches!(next, None | Some(b'\n' | b'#'))
    }

    fn code(&mut self) -> u16 {
        let here = self.peek(0);
        if let Some(prefix) = self.text_prefix() {
            self.advance_by(prefix);
            return self.quoted();
        }
        match here {
            b'\'' if self.language == Language::Rust && self.is_lifetime() => {
                self.advance();
                self.word();
                LIFETIME
            }
            b'"' | b'\'' => self.quoted(),
            b'0'..=b'9' => {
                self.number();
                NUMBER
            }
            _ if is_of_a_word(here) => {
                let begin = self.at;
                if self.rest().starts_with(b"r#") {
                    self.advance_by(2);
                }
                self.word();
                let word = std::str::from_utf8(&self.text[begin..self.at]).unwrap_or_default();
                self.language.keyword(word).unwrap_or(NAME)
            }
            _ => self.operator(),
        }
    }

    /// How many letters stand before a quote that begins a text, as in `rb"`.
    fn text_prefix(&self) -> Option<usize> {
        let letters: &[u8] = match self.language {
            Language::Rust => b"brc",
            Language::C => b"uUL8",
            Language::Python => b"rRbBuUfFtT",
        };
        let is_prefix = |byte: &&u8| letters.contains(byte);
        let count = self.rest().iter().take(3).take_while(is_prefix).count();
        if count == 0 || self.peek(0).is_ascii_digit() {
            return None;
        }
        match self.peek(count) {
            b'"' => Some(count),
            // `b'a'`; and `r'a` is no lifetime after a letter anyway.
            b'\'' => Some(count),
            b'#' if self.language == Language::Rust => {
                let hashes = self.rest()[count..].iter().take_while(|b| **b == b'#');
                (self.peek(count + hashes.count()) == b'"').then_some(count)
            }
            _ => None,
        }
    }

    fn is_lifetime(&self) -> bool {
        is_of_a_word(self.peek(1)) && self.peek(1) < 0x80 && self.peek(2) != b'\''
    }

    /// A text or a character, from its quote or its hashes on.
    fn quoted(&mut self) -> u16 {
        let raw = self.at > 0 && matches!(self.text[self.at - 1], b'r' | b'R');
        let raw = raw && self.language != Language::C;
        let hashes = self.rest().iter().take_while(|b| **b == b'#').count();
        self.advance_by(hashes);
        let quote = self.peek(0);
        let threefold = self.language == Language::Python && self.rest().starts_with(&[quote; 3]);
        let mut end = vec![quote; if threefold { 3 } else { 1 }];
        self.advance_by(end.len());
        end.extend(vec![b'#'; hashes]);
        // One that is not closed ends with its line where no line may be broken.
        let one_line = match self.language {
            Language::Rust => quote == b'\'',
            Language::C => true,
            Language::Python => !threefold,
        };
        // A backslash before a quote keeps it from ending the text, in a raw text of Python
        // too.
        let escapes = !raw || self.language == Language::Python;
        while self.at < self.text.len() && !self.rest().starts_with(&end) {
            match self.peek(0) {
                b'\\' if escapes => self.advance_by(2),
                b'\n' if one_line => break,
                _ => self.advance(),
            }
        }
        if self.rest().starts_with(&end) {
            self.advance_by(end.len());
        }
        self.bare = false;
        match quote {
            b'\'' if self.language != Language::Python => CHARACTER,
            _ => TEXT,
        }
    }

    fn word(&mut self) {
        while is_of_a_word(self.peek(0)) {
            self.advance();
        }
    }

    /// `1..2` is two numbers, `1.5e-3` is one.
    fn number(&mut self) {
        self.word();
        if self.peek(0) == b'.' && self.peek(1).is_ascii_digit() {
            self.advance();
            self.word();
        }
        let exponent = matches!(self.text[self.at - 1], b'e' | b'E');
        if exponent && matches!(self.peek(0), b'+' | b'-') && self.peek(1).is_ascii_digit() {
            self.advance();
            self.word();
        }
    }

    fn operator(&mut self) -> u16 {
        let known = OPERATORS.iter().position(|o| self.rest().starts_with(o));
        if let Some(index) = known {
            self.advance_by(OPERATORS[index].len());
            return OPERATOR + index as u16;
        }
        let here = self.peek(0);
        match here {
            b'(' | b'[' | b'{' => self.depth += 1,
            b')' | b']' | b'}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.advance();
        Language::mark(here)
    }
}

/// Whatever is not ASCII is taken for a letter.
fn is_of_a_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(language: Language, text: &str) -> Vec<u16> {
        let tokens = language.tokens(text, usize::MAX);
        tokens.into_iter().map(|token| token.code).collect()
    }

    fn alike(language: Language, one: &str, other: &str) {
        assert_eq!(
            codes(language, one),
            codes(language, other),
            "{one}\n{other}"
        );
        assert!(!codes(language, one).is_empty(), "{one}");
    }

    #[test]
    fn names_comments_and_layout_make_no_difference() {
        alike(
            Language::Rust,
            "let x: &'a str = r#\"a\"b\"#; // why\nfoo(x, 'c', b'\\'', 1.5e-3)",
            "/* a /* nested */ one */ let y:&'b str=\"z\";bar( y,'\\u{1}' , b'x', 2)",
        );
        alike(
            Language::C,
            "int x = f(\"a\\\"b\", 'c'); /* a /* */ // end",
            "int\ny=g(L\"z\",'\\n');",
        );
        alike(
            Language::Python,
            "def f(a):\n    '''What it does.'''\n    return rb'x\\'' + \"\"\"y\nz\"\"\"  # why\n",
            "def g(b):\n  return 'a' + f'b'\n",
        );
    }

    #[test]
    fn keywords_and_operators_make_a_difference() {
        assert_ne!(
            codes(Language::Rust, "if x"),
            codes(Language::Rust, "match x")
        );
        assert_ne!(codes(Language::C, "a -> b"), codes(Language::C, "a - b"));
        assert_eq!(codes(Language::Rust, "1..2").len(), 3);
    }

    #[test]
    fn a_token_knows_its_line_and_whether_it_begins_it() {
        let tokens = Language::Python.tokens("x = '''a\nb'''\n  y\n", usize::MAX);
        let places: Vec<_> = tokens.iter().map(|t| (t.line, t.indent)).collect();
        assert_eq!(places, [(1, Some(0)), (1, None), (1, None), (3, Some(2))]);
    }

    #[test]
    fn what_is_no_program_is_read_all_the_same() {
        let odd = [
            "", "'", "\"", "r#", "r##\"", "b'", "/*", "'''", "\\", "'\\", "1e", "é", "\0",
        ];
        for language in [Language::Rust, Language::C, Language::Python] {
            for text in odd {
                language.tokens(text, usize::MAX);
            }
            assert_eq!(language.tokens("a b c", 2).len(), 2);
        }
    }
}
