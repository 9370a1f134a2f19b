//! A learner's copy of the workbook.
//!
//! [`learners_files`] says which files it is made of, and is the one place that does.
//! [`pack`] and [`unpack`] carry them inside a program, [`write_copy`] makes a copy of them,
//! [`write_archive`] and [`commit_copy`] make one to hand out, and an [`Update`] brings a copy to a newer state of the course without touching work
//! that was done in it.
//!
//! What an exercise means is left to `course`: here it is a folder with a number, a slug and
//! a `starter/`. Printing is left to the command.

mod archive;
mod error;
mod files;
mod fresh;
mod packed;
mod record;
mod renumbered;
mod repository;
mod update;

pub use archive::{pack, unpack};
pub use error::ParcelError;
pub use files::{File, is_edited, learners_files};
pub use fresh::write_copy;
pub use packed::{Form, write_archive};
pub use record::{Record, version_of};
pub use repository::{Released, commit_copy};
pub use update::{Step, Update};
