//! Values as the judge holds them: Python's primitives, kept exactly.

use std::fmt;

/// A value that crossed the wire. Equality is the judge's own: the types must
/// agree, and no `__eq__` of the other side is ever asked.
#[derive(Clone, Debug)]
pub enum Value {
    /// `None`
    None,
    /// `True`, `False`
    Bool(bool),
    /// An integer of any size.
    Int(Int),
    /// A float; every NaN equals every NaN.
    Float(f64),
    /// A string of Unicode scalar values.
    Str(String),
    /// A string that holds lone surrogates, as code points.
    Surrogates(Vec<u32>),
    /// `bytes`
    Bytes(Vec<u8>),
    /// `list`
    List(Vec<Value>),
    /// `tuple`
    Tuple(Vec<Value>),
    /// `dict`, in its order; equality ignores the order.
    Dict(Vec<(Value, Value)>),
    /// `set` or `frozenset`; equality ignores the order.
    Set(Vec<Value>),
    /// Anything else: it stays where it is, only its type and `repr` travel.
    Object {
        /// Qualified name of its type.
        type_name: String,
        /// Its `repr`, cut to a reasonable length.
        repr: String,
    },
}

/// An integer without limits: sign and hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Int {
    pub(crate) negative: bool,
    pub(crate) hex: String,
}

impl Int {
    /// Reads `-1f` or `1f`; leading zeros and a negative zero are normalised.
    pub fn parse_hex(text: &str) -> Option<Int> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let trimmed = digits.trim_start_matches('0');
        let hex = if trimmed.is_empty() { "0" } else { trimmed }.to_ascii_lowercase();
        Some(Int {
            negative: negative && hex != "0",
            hex,
        })
    }

    /// Its value, where 128 bits are enough.
    pub fn to_i128(&self) -> Option<i128> {
        let magnitude = u128::from_str_radix(&self.hex, 16).ok()?;
        if self.negative {
            0i128.checked_sub_unsigned(magnitude)
        } else {
            magnitude.try_into().ok()
        }
    }

    pub(crate) fn to_hex(&self) -> String {
        format!("{}{}", if self.negative { "-" } else { "" }, self.hex)
    }
}

impl From<i128> for Int {
    fn from(n: i128) -> Int {
        Int {
            negative: n < 0,
            hex: format!("{:x}", n.unsigned_abs()),
        }
    }
}

impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_i128() {
            Some(n) => write!(f, "{n}"),
            None => write!(f, "{}0x{}", if self.negative { "-" } else { "" }, self.hex),
        }
    }
}

/// A Python exception, with everything a check may ask about.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Exception {
    /// Qualified name of its type: `ValueError`, `ink.InkError`.
    pub type_name: String,
    /// The same for the type's bases, itself included, nearest first.
    pub bases: Vec<String>,
    /// `args`, in order.
    pub args: Vec<Value>,
    /// `str(exception)`
    pub message: String,
    /// `__cause__`
    pub cause: Option<Box<Exception>>,
    /// `__context__`
    pub context: Option<Box<Exception>>,
    /// Where it was raised, outermost frame first.
    pub traceback: Vec<Place>,
}

impl Exception {
    /// A bare exception, for host programs that report an error of theirs.
    pub fn new(type_name: &str, message: impl Into<String>) -> Exception {
        let message = message.into();
        Exception {
            type_name: type_name.to_owned(),
            bases: vec![type_name.to_owned()],
            args: vec![Value::from(message.as_str())],
            message,
            ..Exception::default()
        }
    }

    /// Whether `except NAME` would catch it.
    pub fn is_a(&self, name: &str) -> bool {
        self.bases.iter().any(|base| base == name)
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.message.is_empty() {
            true => write!(f, "{}", self.type_name),
            false => write!(f, "{}: {}", self.type_name, self.message),
        }
    }
}

/// One line of a traceback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file as Python names it.
    pub file: String,
    /// Its line, from 1.
    pub line: u32,
    /// The function.
    pub function: String,
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        use Value::*;
        match (self, other) {
            (None, None) => true,
            (Bool(a), Bool(b)) => a == b,
            (Int(a), Int(b)) => a == b,
            (Float(a), Float(b)) => a == b || (a.is_nan() && b.is_nan()),
            (Str(a), Str(b)) => a == b,
            (Surrogates(a), Surrogates(b)) => a == b,
            (Bytes(a), Bytes(b)) => a == b,
            (List(a), List(b)) | (Tuple(a), Tuple(b)) => a == b,
            (Dict(a), Dict(b)) => a.len() == b.len() && a.iter().all(|pair| b.contains(pair)),
            (Set(a), Set(b)) => a.len() == b.len() && a.iter().all(|item| b.contains(item)),
            // Two objects may look alike and differ: the judge cannot say they are equal.
            _ => false,
        }
    }
}

impl fmt::Display for Value {
    /// As Python would print it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::None => f.write_str("None"),
            Value::Bool(true) => f.write_str("True"),
            Value::Bool(false) => f.write_str("False"),
            Value::Int(n) => write!(f, "{n}"),
            Value::Float(x) if x.is_nan() => f.write_str("nan"),
            Value::Float(x) if x.is_infinite() => {
                f.write_str(if *x > 0.0 { "inf" } else { "-inf" })
            }
            Value::Float(x) => write!(f, "{x:?}"),
            Value::Str(s) => write!(f, "{s:?}"),
            Value::Surrogates(points) => {
                f.write_str("\"")?;
                for &point in points {
                    match char::from_u32(point) {
                        Some(c) => write!(f, "{}", c.escape_debug())?,
                        Option::None => write!(f, "\\u{point:04x}")?,
                    }
                }
                f.write_str("\"")
            }
            Value::Bytes(bytes) => write!(f, "b\"{}\"", bytes.escape_ascii()),
            Value::List(items) => sequence(f, "[", items, "]"),
            Value::Tuple(items) if items.len() == 1 => write!(f, "({},)", items[0]),
            Value::Tuple(items) => sequence(f, "(", items, ")"),
            Value::Set(items) if items.is_empty() => f.write_str("set()"),
            Value::Set(items) => sequence(f, "{", items, "}"),
            Value::Dict(pairs) => {
                f.write_str("{")?;
                for (i, (key, value)) in pairs.iter().enumerate() {
                    write!(f, "{}{key}: {value}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str("}")
            }
            Value::Object { repr, .. } => f.write_str(repr),
        }
    }
}

fn sequence(f: &mut fmt::Formatter<'_>, open: &str, items: &[Value], close: &str) -> fmt::Result {
    f.write_str(open)?;
    for (i, item) in items.iter().enumerate() {
        write!(f, "{}{item}", if i == 0 { "" } else { ", " })?;
    }
    f.write_str(close)
}

macro_rules! from_integers {
    ($($t:ty),*) => {$(
        impl From<$t> for Value {
            fn from(n: $t) -> Value {
                Value::Int(Int::from(n as i128))
            }
        }
    )*};
}
from_integers!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, usize);

impl From<bool> for Value {
    fn from(b: bool) -> Value {
        Value::Bool(b)
    }
}

impl From<f64> for Value {
    fn from(x: f64) -> Value {
        Value::Float(x)
    }
}

impl From<&str> for Value {
    fn from(s: &str) -> Value {
        Value::Str(s.to_owned())
    }
}

impl From<String> for Value {
    fn from(s: String) -> Value {
        Value::Str(s)
    }
}

impl From<()> for Value {
    fn from((): ()) -> Value {
        Value::None
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Value {
        Value::List(items.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>, const N: usize> From<[T; N]> for Value {
    fn from(items: [T; N]) -> Value {
        Value::List(items.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_true_and_a_tuple_is_not_a_list() {
        assert_ne!(Value::from(1), Value::from(true));
        assert_ne!(Value::from(1), Value::from(1.0));
        assert_ne!(Value::from([1]), Value::Tuple(vec![Value::from(1)]));
    }

    #[test]
    fn every_nan_equals_every_nan() {
        assert_eq!(Value::from(f64::NAN), Value::from(-f64::NAN));
        assert_ne!(Value::from(f64::NAN), Value::from(0.0));
    }

    #[test]
    fn objects_are_never_equal() {
        let object = Value::Object {
            type_name: "Evil".into(),
            repr: "7".into(),
        };
        assert_ne!(object, object.clone());
    }

    #[test]
    fn dicts_and_sets_ignore_their_order() {
        let one = Value::Dict(vec![("a".into(), 1.into()), ("b".into(), 2.into())]);
        let two = Value::Dict(vec![("b".into(), 2.into()), ("a".into(), 1.into())]);
        assert_eq!(one, two);
        assert_eq!(
            Value::Set(vec![1.into(), 2.into()]),
            Value::Set(vec![2.into(), 1.into()])
        );
    }

    #[test]
    fn integers_are_normalised() {
        assert_eq!(Int::parse_hex("-000"), Some(Int::from(0)));
        assert_eq!(Int::parse_hex("00fF"), Some(Int::from(255)));
        assert_eq!(
            Int::parse_hex("-80000000000000000000000000000000")
                .unwrap()
                .to_i128(),
            Some(i128::MIN)
        );
        assert_eq!(Int::parse_hex("0x1"), None);
        assert_eq!(Int::parse_hex("-"), None);
    }

    #[test]
    fn values_print_as_python_prints_them() {
        let check = |value: Value, expect: &str| assert_eq!(value.to_string(), expect);
        check(Value::Tuple(vec![1.into()]), "(1,)");
        check(Value::Set(vec![]), "set()");
        check(
            Value::Dict(vec![("a".into(), Value::None)]),
            "{\"a\": None}",
        );
        check(Value::Bytes(b"\x00a\"".to_vec()), "b\"\\x00a\\\"\"");
        check(Value::Surrogates(vec![0x61, 0xd800]), "\"a\\ud800\"");
        check(Value::from(1e300), "1e300");
        check(Value::Int(Int::parse_hex("-1").unwrap()), "-1");
        check(
            Value::Int(Int::parse_hex(&"f".repeat(40)).unwrap()),
            &format!("0x{}", "f".repeat(40)),
        );
    }
}
