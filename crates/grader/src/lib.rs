//! Grades a class: fair marks, safe from forgery and loss.
//!
//! What students handed in is taken in (`intake`), each distinct answer is judged once, in a
//! jail (`engine`), the judgements become marks by the instructor's rules (`marks`), and the
//! marks are written down in every form that somebody needs (`outputs`). The types that pass
//! between these are in [`model`], and none of them knows another but through those.
//!
//! Nothing here prints: the command does.

pub mod marks;
pub mod model;
pub mod outputs;
pub mod text;
