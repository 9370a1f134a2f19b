//! Each format is read back by a real parser, over names and messages that try to break it.

mod class;
mod everywhere;
mod out;
mod pages;
mod services;
mod tables;
