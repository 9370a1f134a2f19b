//! The C declarations of libink, by hand, and the table of its functions.
//!
//! Nothing here can be checked against the library: the names are looked up, the types are
//! believed. Each line is `ink.h` in Rust's spelling, and a wrong one is undefined behaviour at
//! the first call. Who owns what comes out of these functions is said where they are used.

use std::ffi::{c_char, c_int, c_void};
use std::path::Path;

use crate::Error;

/// The version of the ABI that these declarations describe.
pub const ABI_VERSION: u32 = 1;

/// Stands for `InkImage`, which only the library can look into.
#[repr(C)]
pub struct RawImage {
    _private: [u8; 0],
}

/// One pixel: red, green and blue. The layout is part of the ABI.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pixel {
    /// Red, 0 to 255.
    pub r: u8,
    /// Green, 0 to 255.
    pub g: u8,
    /// Blue, 0 to 255.
    pub b: u8,
}

/// How a call went. A number and not a Rust `enum`: a later library may return one that is not
/// listed here, and an `enum` with a value it does not have is undefined behaviour.
pub type Status = c_int;

/// The status of a call that worked.
pub const OK: Status = 0;
/// The status of a map that the callback ended.
pub const STOPPED: Status = 6;
/// The status of a file that could not be read or written.
pub const IO: Status = 7;

/// What the library calls for each pixel. Nothing may unwind out of it.
pub type MapCallback = unsafe extern "C" fn(u32, u32, *mut Pixel, *mut c_void) -> c_int;

/// Declares each function once: its type becomes a field, its name is what is looked up.
macro_rules! functions {
    ($($name:ident: $type:ty,)*) => {
        /// libink's functions. The addresses are good as long as the library is loaded, which
        /// this table cannot know: [`Library`](crate::Library) keeps the two together.
        #[derive(Debug)]
        pub struct Functions {
            $(#[doc = concat!("`", stringify!($name), "`")] pub $name: $type,)*
        }

        impl Functions {
            /// The functions' names, as they are looked up.
            pub const NAMES: &[&str] = &[$(stringify!($name)),*];

            /// Looks each of them up, once. The first that is missing is named.
            ///
            /// # Safety
            /// The library's functions have the types declared here.
            pub unsafe fn of(library: &libloading::Library, path: &Path) -> Result<Self, Error> {
                $(
                    // SAFETY: the caller vouches for the type.
                    let $name = unsafe { find(library, stringify!($name), path)? };
                )*
                Ok(Self { $($name,)* })
            }
        }
    };
}

functions! {
    ink_live_allocations: unsafe extern "C" fn() -> usize,
    ink_last_error_message: unsafe extern "C" fn() -> *const c_char,
    ink_pixel_luma: unsafe extern "C" fn(Pixel) -> u8,
    ink_image_new: unsafe extern "C" fn(u32, u32, *mut *mut RawImage) -> Status,
    ink_image_free: unsafe extern "C" fn(*mut RawImage),
    ink_image_width: unsafe extern "C" fn(*const RawImage) -> u32,
    ink_image_height: unsafe extern "C" fn(*const RawImage) -> u32,
    ink_image_set_title: unsafe extern "C" fn(*mut RawImage, *const c_char) -> Status,
    ink_image_title: unsafe extern "C" fn(*const RawImage) -> *const c_char,
    ink_image_describe: unsafe extern "C" fn(*const RawImage, *mut *mut c_char) -> Status,
    ink_string_free: unsafe extern "C" fn(*mut c_char),
    ink_image_pixels: unsafe extern "C" fn(*const RawImage, *mut *const u8, *mut usize) -> Status,
    ink_image_map: unsafe extern "C" fn(*mut RawImage, MapCallback, *mut c_void) -> Status,
    ink_image_blur: unsafe extern "C" fn(*mut RawImage, u32) -> Status,
    ink_image_write: unsafe extern "C" fn(*const RawImage, *const c_char) -> Status,
}

/// Looks one symbol up and copies its address.
///
/// # Safety
/// `T` is the type of the function with this name.
pub(crate) unsafe fn find<T: Copy>(
    library: &libloading::Library,
    name: &'static str,
    path: &Path,
) -> Result<T, Error> {
    let missing = || Error::MissingSymbol {
        path: path.to_owned(),
        symbol: name,
    };
    // `Option`: a symbol can be there and be NULL, which is no function pointer in Rust.
    // SAFETY: the caller's word, and `Option` adds nothing but NULL to a function pointer.
    let symbol = unsafe { library.get::<Option<T>>(name) }.map_err(|_| missing())?;
    symbol.lift_option().map(|found| *found).ok_or_else(missing)
}
