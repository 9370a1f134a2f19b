//! Arithmetic over what was measured: `(typed - empty) / (fastcall - empty)`.
//!
//! Names are series, counts or figures. `instructions(name)` is what callgrind counted,
//! `min`, `max` and `mean` take any number of arguments.

use std::fmt;

use serde::Deserialize;

/// A parsed expression.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Expression {
    text: String,
    node: Node,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Number(f64),
    Name(String),
    Call(Function, Vec<Node>),
    Operation(char, Box<Node>, Box<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Function {
    Min,
    Max,
    Mean,
}

impl Expression {
    /// Its value, where `value` knows the names; the first unknown name otherwise.
    pub fn evaluate(&self, value: &dyn Fn(&str) -> Option<f64>) -> Result<f64, String> {
        evaluate(&self.node, value)
    }

    /// The names in it.
    pub fn names(&self) -> Vec<&str> {
        let mut found = Vec::new();
        collect(&self.node, &mut found);
        found
    }

    /// The name, if it is nothing else.
    pub fn bare_name(&self) -> Option<&str> {
        match &self.node {
            Node::Name(name) => Some(name),
            _ => None,
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for Expression {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut parser = Parser {
            rest: text.trim_start(),
        };
        let parsed = parser.sum();
        let left = parser.rest;
        match parsed {
            Ok(node) if left.is_empty() => Ok(Self { text, node }),
            Ok(_) => Err(format!("`{text}`: `{left}` was not expected")),
            Err(why) => Err(format!("`{text}`: {why}")),
        }
    }
}

/// What the counted instructions of a series are called among the values.
pub(crate) fn instructions_of(series: &str) -> String {
    format!("instructions({series})")
}

fn evaluate(node: &Node, value: &dyn Fn(&str) -> Option<f64>) -> Result<f64, String> {
    let known = |name: &str| value(name).ok_or_else(|| name.to_owned());
    Ok(match node {
        Node::Number(number) => *number,
        Node::Name(name) => known(name)?,
        Node::Call(function, arguments) => {
            let values: Result<Vec<f64>, String> =
                arguments.iter().map(|node| evaluate(node, value)).collect();
            let values = values?;
            match function {
                Function::Min => values.into_iter().fold(f64::INFINITY, f64::min),
                Function::Max => values.into_iter().fold(f64::NEG_INFINITY, f64::max),
                Function::Mean => values.iter().sum::<f64>() / values.len() as f64,
            }
        }
        Node::Operation(sign, left, right) => {
            let (left, right) = (evaluate(left, value)?, evaluate(right, value)?);
            match sign {
                '+' => left + right,
                '-' => left - right,
                '*' => left * right,
                _ => left / right,
            }
        }
    })
}

fn collect<'a>(node: &'a Node, found: &mut Vec<&'a str>) {
    match node {
        Node::Number(_) => {}
        Node::Name(name) => found.push(name),
        Node::Call(_, arguments) => arguments.iter().for_each(|node| collect(node, found)),
        Node::Operation(_, left, right) => {
            collect(left, found);
            collect(right, found);
        }
    }
}

struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn sum(&mut self) -> Result<Node, String> {
        self.chain(&['+', '-'], Self::product)
    }

    fn product(&mut self) -> Result<Node, String> {
        self.chain(&['*', '/'], Self::atom)
    }

    fn chain(
        &mut self,
        signs: &[char],
        part: fn(&mut Self) -> Result<Node, String>,
    ) -> Result<Node, String> {
        let mut left = part(self)?;
        while let Some(sign) = self.rest.chars().next().filter(|c| signs.contains(c)) {
            self.eat(sign.len_utf8());
            left = Node::Operation(sign, Box::new(left), Box::new(part(self)?));
        }
        Ok(left)
    }

    fn atom(&mut self) -> Result<Node, String> {
        if self.take('(') {
            let inner = self.sum()?;
            return match self.take(')') {
                true => Ok(inner),
                false => Err("a `)` is missing".to_owned()),
            };
        }
        let end =
            |allowed: fn(char) -> bool| self.rest.find(|c| !allowed(c)).unwrap_or(self.rest.len());
        if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            let end = end(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_');
            let word = self.eat(end).replace('_', "");
            let number = word.parse().map_err(|_| format!("`{word}` is no number"))?;
            return Ok(Node::Number(number));
        }
        let end = end(|c| c.is_ascii_alphanumeric() || c == '_');
        if end == 0 {
            return Err(match self.rest.is_empty() {
                true => "it ends too early".to_owned(),
                false => format!("`{}` was not expected", self.rest),
            });
        }
        let name = self.eat(end).to_owned();
        if !self.take('(') {
            return Ok(Node::Name(name));
        }
        let mut arguments = vec![self.sum()?];
        while self.take(',') {
            arguments.push(self.sum()?);
        }
        if !self.take(')') {
            return Err("a `)` is missing".to_owned());
        }
        Ok(match (name.as_str(), arguments.as_slice()) {
            ("instructions", [Node::Name(series)]) => Node::Name(instructions_of(series)),
            ("min", _) => Node::Call(Function::Min, arguments),
            ("max", _) => Node::Call(Function::Max, arguments),
            ("mean", _) => Node::Call(Function::Mean, arguments),
            _ => return Err(format!("there is no function `{name}` of this")),
        })
    }

    fn take(&mut self, sign: char) -> bool {
        let there = self.rest.starts_with(sign);
        if there {
            self.eat(sign.len_utf8());
        }
        there
    }

    fn eat(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest.trim_start();
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Result<f64, String> {
        let names = |name: &str| match name {
            "a" => Some(6.0),
            "b" => Some(2.0),
            "instructions(a)" => Some(253.0),
            _ => None,
        };
        Expression::try_from(text.to_owned())?.evaluate(&names)
    }

    #[test]
    fn multiplies_before_it_adds_and_goes_from_left_to_right() {
        assert_eq!(value("a + b * 2"), Ok(10.0));
        assert_eq!(value("(a - b) / 2 / b"), Ok(1.0));
        assert_eq!(value("a - b - 1"), Ok(3.0));
        assert_eq!(value("1_000 * 1.5e3"), Ok(1.5e6));
    }

    #[test]
    fn knows_its_functions() {
        assert_eq!(value("min(a, b, 1) + max(a, b) + mean(a, b)"), Ok(11.0));
        assert_eq!(value("instructions(a)"), Ok(253.0));
    }

    #[test]
    fn what_was_counted_is_not_what_was_timed() {
        let counted = Expression::try_from("instructions(a) / b".to_owned()).expect("it is one");
        assert_eq!(counted.names(), ["instructions(a)", "b"]);
    }

    #[test]
    fn names_what_it_does_not_know() {
        assert_eq!(value("a + lost"), Err("lost".to_owned()));
        assert_eq!(value("instructions(b)"), Err("instructions(b)".to_owned()));
    }

    #[test]
    fn refuses_what_is_no_expression() {
        for text in ["", "a +", "(a", "a b", "sum(a)", "1x", "min()"] {
            assert!(Expression::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
