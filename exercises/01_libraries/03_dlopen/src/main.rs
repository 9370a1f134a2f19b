//! The host program around `Plugin`. Supplied; nothing to edit here.
//!
//! The judge speaks to it over a channel. Without a judge it takes a library, a
//! function and a number from the command line, and prints what came of them.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use dlopen::{Plugin, PluginError};
use wire::{Exception, Value};

fn main() -> ExitCode {
    let Some(channel) = wire::subject_channel() else {
        return by_hand();
    };
    let mut plugins = Plugins::default();
    match wire::serve(channel, &mut |function, args| {
        plugins.answer(function, args)
    }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// The plugins that are open, each under its number.
#[derive(Default)]
struct Plugins(Vec<Option<Plugin>>);

impl Plugins {
    fn answer(&mut self, function: &str, args: &[Value]) -> Result<Value, Exception> {
        match (function, args) {
            ("open", [Value::Str(path)]) => {
                self.0
                    .push(Some(Plugin::open(Path::new(path)).map_err(exception)?));
                Ok((self.0.len() - 1).into())
            }
            ("call", [plugin, Value::Str(name), n]) => {
                let n = number(n)?;
                let plugin = self.slot(plugin)?.as_ref().ok_or_else(closed)?;
                plugin.call(name, n).map(Value::from).map_err(exception)
            }
            ("close", [plugin]) => self
                .slot(plugin)?
                .take()
                .map(|_| Value::None)
                .ok_or_else(closed),
            _ => Err(Exception::new(
                "TypeError",
                format!("there is no `{function}` with such arguments"),
            )),
        }
    }

    fn slot(&mut self, plugin: &Value) -> Result<&mut Option<Plugin>, Exception> {
        let index = usize::try_from(number(plugin)?).ok();
        index
            .and_then(|index| self.0.get_mut(index))
            .ok_or_else(closed)
    }
}

fn number(value: &Value) -> Result<i64, Exception> {
    let number = match value {
        Value::Int(n) => n.to_i128().and_then(|n| i64::try_from(n).ok()),
        _ => None,
    };
    number.ok_or_else(|| Exception::new("TypeError", format!("{value} is no 64-bit integer")))
}

fn closed() -> Exception {
    Exception::new("ValueError", "no such plugin is open")
}

/// Each variant is an exception of its own.
fn exception(error: PluginError) -> Exception {
    let name = match error {
        PluginError::NotLoaded { .. } => "NotLoaded",
        PluginError::NoFunction { .. } => "NoFunction",
    };
    Exception::new(name, told(&error))
}

/// An error and everything that led to it, in one line.
fn told(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line = format!("{line}: {error}");
        cause = error.source();
    }
    line
}

fn by_hand() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let said = match args.as_slice() {
        [path] => Plugin::open(Path::new(path)).map(|_| format!("`{path}` can be loaded")),
        [path, name, n] => match n.parse() {
            Ok(n) => Plugin::open(Path::new(path))
                .and_then(|plugin| plugin.call(name, n))
                .map(|result| format!("{name}({n}) = {result}")),
            Err(_) => return refused(&format!("`{n}` is no 64-bit integer")),
        },
        _ => return refused("a library is needed, and perhaps a function and a number for it"),
    };
    match said {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => refused(&told(&error)),
    }
}

fn refused(why: &str) -> ExitCode {
    eprintln!("error: {why}\n\nhint: try `cargo run -p dlopen -- libc.so.6 labs -5`");
    ExitCode::from(2)
}
