//! Builds what a learner wrote: Rust by cargo, C by the system's C compiler.
//!
//! It hands back artefacts and compiler messages and runs none of what it
//! built. Which Python a C file is compiled for is the caller's decision.

mod artefact;
mod c;
mod cargo;
mod error;
pub mod fast;
mod files;
mod running;

pub use artefact::{exported_symbols, stamp, stamped_abi};
pub use c::{CBuild, Compiled, compiler};
pub use cargo::{CargoBuild, CheckPrograms, Colour, cargo, target_folder};
pub use error::BuildError;
pub use running::Running;
