//! The loaded library: opening it, refusing what is not libink, and reading its errors. What is
//! done with an image is in `image`.

use std::ffi::CStr;
use std::path::{Path, PathBuf};

use crate::functions::{ABI_VERSION, Functions, OK, Status, find};
use crate::{Error, Image, Pixel, architecture};

/// libink, loaded. Dropping it unloads it; that no image is left then is the compiler's affair.
#[derive(Debug)]
pub struct Library {
    // Fields are dropped in this order: the addresses go before the code they point to.
    pub(crate) functions: Functions,
    _loaded: libloading::Library,
    path: PathBuf,
}

impl Library {
    /// Loads the library at `path` and looks up what this crate uses.
    pub fn open(path: &Path) -> Result<Self, Error> {
        // A path and not a name: `dlopen("libink.so")` does not look into the current folder,
        // it searches where the system keeps libraries, and might find another one.
        let path = std::fs::canonicalize(path).map_err(|source| Error::Missing {
            path: path.to_owned(),
            source,
        })?;
        // SAFETY: loading runs the library's initializers, and whoever names the file vouches
        // for them as for a program they start. libink has none of its own.
        let loaded = unsafe { libloading::Library::new(&path) }
            .map_err(|reason| architecture::why_not(&path, &reason))?;

        // The version comes first: of another version not even the other names are known.
        // SAFETY: `ink_version` has had this type in every version, by ink's promise.
        let version: unsafe extern "C" fn() -> u32 =
            unsafe { find(&loaded, "ink_version", &path)? };
        // SAFETY: it takes nothing and returns a number.
        let found = unsafe { version() };
        if found != ABI_VERSION {
            return Err(Error::WrongVersion {
                path,
                found,
                ours: ABI_VERSION,
            });
        }
        // SAFETY: the version is the one that the declarations were written for.
        let functions = unsafe { Functions::of(&loaded, &path)? };
        Ok(Self {
            functions,
            _loaded: loaded,
            path,
        })
    }

    /// The file it was loaded from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A black image, which borrows this library until it is dropped.
    pub fn image(&self, width: u32, height: u32) -> Result<Image<'_>, Error> {
        Image::new(self, width, height)
    }

    /// How bright a pixel looks. The struct crosses by value: nobody owns it.
    pub fn luma(&self, pixel: Pixel) -> u8 {
        // SAFETY: a plain value in, a number out.
        unsafe { (self.functions.ink_pixel_luma)(pixel) }
    }

    /// How many images and strings this copy of the library has out.
    pub fn live_allocations(&self) -> usize {
        // SAFETY: it takes nothing and returns a number.
        unsafe { (self.functions.ink_live_allocations)() }
    }

    /// Turns a status into a `Result`, with the library's words.
    pub(crate) fn check(&self, status: Status) -> Result<(), Error> {
        if status == OK {
            return Ok(());
        }
        // SAFETY: never NULL. It is BORROWED, until the next failing call of this thread, so it
        // is copied here, before anything else is called.
        let message = unsafe { CStr::from_ptr((self.functions.ink_last_error_message)()) };
        Err(Error::Refused {
            status,
            message: message.to_string_lossy().into_owned(),
        })
    }
}
