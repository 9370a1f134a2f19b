//! Finds a Python, reads its configuration, makes the private environment.
//!
//! [`Interpreter::resolve`] picks the interpreter that PyO3 would build for and asks
//! it, once, for everything the rest of the workbook needs; the answer is kept in a
//! cache. [`Environment::ensure`] makes a virtual environment from that interpreter
//! and one of the lock files in this crate: [`Packages`] names them.
//!
//! This crate builds nothing, loads no extension module and links no libpython. It
//! decides nothing from files of the workbook: the environment variables, the current
//! folder and `PATH` are its only inputs, and [`Surroundings`] holds them all.

mod advice;
mod cache;
mod choose;
mod environment;
mod error;
mod facts;
mod install;
mod packages;
mod resolve;
mod run;
mod surroundings;

pub use advice::PackageManager;
pub use environment::Environment;
pub use error::{EnvironmentError, InterpreterError, ProbeFailure};
pub use facts::{Abi, Libpython};
pub use packages::Packages;
pub use resolve::Interpreter;
pub use surroundings::Surroundings;
