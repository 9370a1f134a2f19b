//! Values as tagged JSON: `["i","1f"]`, `["s","text"]`, `["l",[…]]`.
//!
//! The tags: `n` none, `o` bool, `i` integer in hexadecimal, `f` float as the
//! sixteen digits of its bits, `s` string, `u` code points, `b` bytes in
//! hexadecimal, `l` list, `t` tuple, `d` dict as pairs, `e` set, `x` object.

use serde_json::{Value as Json, json};

use crate::{Exception, Int, Place, Value, WireError};

/// How deep containers may be nested.
pub const MAX_DEPTH: usize = 50;

/// A value as it travels.
pub fn to_json(value: &Value) -> Json {
    let many = |items: &[Value]| items.iter().map(to_json).collect::<Vec<_>>();
    match value {
        Value::None => json!(["n"]),
        Value::Bool(b) => json!(["o", b]),
        Value::Int(n) => json!(["i", n.to_hex()]),
        Value::Float(x) => json!(["f", format!("{:016x}", x.to_bits())]),
        Value::Str(s) => json!(["s", s]),
        Value::Surrogates(points) => json!(["u", points]),
        Value::Bytes(bytes) => {
            json!([
                "b",
                bytes.iter().map(|b| format!("{b:02x}")).collect::<String>()
            ])
        }
        Value::List(items) => json!(["l", many(items)]),
        Value::Tuple(items) => json!(["t", many(items)]),
        Value::Set(items) => json!(["e", many(items)]),
        Value::Dict(pairs) => {
            json!([
                "d",
                pairs
                    .iter()
                    .map(|(k, v)| [to_json(k), to_json(v)])
                    .collect::<Vec<_>>()
            ])
        }
        Value::Object { type_name, repr } => json!(["x", type_name, repr]),
    }
}

/// A value that arrived.
pub fn from_json(json: &Json) -> Result<Value, WireError> {
    at_depth(json, 0)
}

fn at_depth(json: &Json, depth: usize) -> Result<Value, WireError> {
    if depth > MAX_DEPTH {
        return Err(WireError::TooDeep);
    }
    let bad = || WireError::Malformed(format!("no value: {}", cut(&json.to_string())));
    let parts = json.as_array().ok_or_else(bad)?;
    let tag = parts.first().and_then(Json::as_str).ok_or_else(bad)?;
    let text = || parts.get(1).and_then(Json::as_str).ok_or_else(bad);
    let many = || -> Result<Vec<Value>, WireError> {
        let items = parts.get(1).and_then(Json::as_array).ok_or_else(bad)?;
        items.iter().map(|item| at_depth(item, depth + 1)).collect()
    };
    Ok(match tag {
        "n" => Value::None,
        "o" => Value::Bool(parts.get(1).and_then(Json::as_bool).ok_or_else(bad)?),
        "i" => Value::Int(Int::parse_hex(text()?).ok_or_else(bad)?),
        "f" => Value::Float(f64::from_bits(
            u64::from_str_radix(text()?, 16).map_err(|_| bad())?,
        )),
        "s" => Value::Str(text()?.to_owned()),
        "u" => {
            let points = parts.get(1).and_then(Json::as_array).ok_or_else(bad)?;
            let point = |p: &Json| {
                p.as_u64()
                    .and_then(|n| u32::try_from(n).ok())
                    .ok_or_else(bad)
            };
            Value::Surrogates(points.iter().map(point).collect::<Result<_, _>>()?)
        }
        "b" => Value::Bytes(unhex(text()?).ok_or_else(bad)?),
        "l" => Value::List(many()?),
        "t" => Value::Tuple(many()?),
        "e" => Value::Set(many()?),
        "d" => {
            let pairs = parts.get(1).and_then(Json::as_array).ok_or_else(bad)?;
            let pair = |pair: &Json| match pair.as_array().map(Vec::as_slice) {
                Some([key, value]) => Ok((at_depth(key, depth + 1)?, at_depth(value, depth + 1)?)),
                _ => Err(bad()),
            };
            Value::Dict(pairs.iter().map(pair).collect::<Result<_, _>>()?)
        }
        "x" => Value::Object {
            type_name: text()?.to_owned(),
            repr: parts
                .get(2)
                .and_then(Json::as_str)
                .ok_or_else(bad)?
                .to_owned(),
        },
        _ => return Err(bad()),
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    let digit = |b: u8| (b as char).to_digit(16).map(|d| d as u8);
    digits
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect()
}

fn cut(text: &str) -> String {
    text.chars().take(120).collect()
}

/// An exception as it travels.
pub fn exception_to_json(exception: &Exception) -> Json {
    let boxed = |e: &Option<Box<Exception>>| e.as_deref().map(exception_to_json);
    json!({
        "type": exception.type_name,
        "bases": exception.bases,
        "args": exception.args.iter().map(to_json).collect::<Vec<_>>(),
        "message": exception.message,
        "cause": boxed(&exception.cause),
        "context": boxed(&exception.context),
        "traceback": exception
            .traceback
            .iter()
            .map(|place| json!([place.file, place.line, place.function]))
            .collect::<Vec<_>>(),
    })
}

/// An exception that arrived.
pub fn exception_from_json(json: &Json) -> Result<Exception, WireError> {
    exception_at(json, 0)
}

fn exception_at(json: &Json, depth: usize) -> Result<Exception, WireError> {
    if depth > MAX_DEPTH {
        return Err(WireError::TooDeep);
    }
    let bad = || WireError::Malformed(format!("no exception: {}", cut(&json.to_string())));
    let text = |key: &str| json[key].as_str().map(str::to_owned).ok_or_else(bad);
    let linked = |key: &str| match &json[key] {
        Json::Null => Ok(None),
        inner => exception_at(inner, depth + 1).map(|e| Some(Box::new(e))),
    };
    let list = |key: &str| json[key].as_array().ok_or_else(bad);
    let place = |row: &Json| match row.as_array().map(Vec::as_slice) {
        Some([Json::String(file), line, Json::String(function)]) => Ok(Place {
            file: file.clone(),
            line: line.as_u64().unwrap_or(0) as u32,
            function: function.clone(),
        }),
        _ => Err(bad()),
    };
    Ok(Exception {
        type_name: text("type")?,
        bases: list("bases")?
            .iter()
            .filter_map(|b| b.as_str().map(str::to_owned))
            .collect(),
        args: list("args")?
            .iter()
            .map(from_json)
            .collect::<Result<_, _>>()?,
        message: text("message")?,
        cause: linked("cause")?,
        context: linked("context")?,
        traceback: list("traceback")?
            .iter()
            .map(place)
            .collect::<Result<_, _>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_survives_the_trip() {
        let values = [
            Value::None,
            Value::from(true),
            Value::from(i128::MIN),
            Value::Int(Int::parse_hex(&"9".repeat(99)).unwrap()),
            Value::from(f64::NAN),
            Value::from(f64::NEG_INFINITY),
            Value::from(0.1),
            Value::from("a\0é\u{1f980}"),
            Value::Surrogates(vec![0xdcff, 0x1f980]),
            Value::Bytes((0..=255).collect()),
            Value::List(vec![Value::Tuple(vec![]), Value::Set(vec![1.into()])]),
            Value::Dict(vec![(Value::from(1), Value::from(vec!["x"]))]),
        ];
        for value in values {
            assert_eq!(from_json(&to_json(&value)).unwrap(), value, "{value}");
        }
    }

    #[test]
    fn an_exception_survives_the_trip_with_its_causes() {
        let cause = Exception::new("KeyError", "k");
        let mut error = Exception::new("ValueError", "bad");
        error.cause = Some(Box::new(cause));
        error.traceback = vec![Place {
            file: "a.py".into(),
            line: 3,
            function: "f".into(),
        }];
        assert_eq!(
            exception_from_json(&exception_to_json(&error)).unwrap(),
            error
        );
    }

    #[test]
    fn what_is_not_of_the_format_is_malformed() {
        for text in [
            "7",
            "[]",
            "[1]",
            r#"["q"]"#,
            r#"["i","0x1"]"#,
            r#"["b","abc"]"#,
            r#"["d",[1]]"#,
        ] {
            let json = serde_json::from_str(text).unwrap();
            assert!(
                matches!(from_json(&json), Err(WireError::Malformed(_))),
                "{text}"
            );
        }
    }

    #[test]
    fn a_bottomless_list_is_refused() {
        let mut json = to_json(&Value::None);
        for _ in 0..=MAX_DEPTH {
            json = json!(["l", [json]]);
        }
        assert!(matches!(from_json(&json), Err(WireError::TooDeep)));
    }
}
