//! An image in words, and an image taken apart for pickle.

use pyo3_ffi::*;

use crate::errors::text;
use crate::image::ImageObject;
use crate::properties::ask;
use crate::reference::Owned;

// by hand: repr
pub unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    let words = |this: &ImageObject| {
        if this.blurred.get() {
            return text("<Image busy>");
        }
        if this.is_closed() {
            return text("<Image closed>");
        }
        let (title, width, height) =
            this.read(|image| (image.title().to_owned(), image.width(), image.height()))?;
        let title = text(&title)?;
        // SAFETY: `%R` takes an object, and `%u` an unsigned int.
        unsafe {
            let format = c"<Image %R %ux%u>".as_ptr();
            Owned::new(PyUnicode_FromFormat(format, title.as_ptr(), width, height))
        }
    };
    // SAFETY: a slot of this type.
    unsafe { ask(op, words) }
}
// by hand: end

// by hand: pickling
/// `from_pixels` with its arguments, and then the attributes to set: the title, and not the tag.
pub unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    let parts = |this: &ImageObject| {
        let copy = |image: &ink::Image| {
            let size = (image.width(), image.height());
            (size, image.bytes().to_owned(), image.title().to_owned())
        };
        let ((width, height), pixels, title) = this.read(copy)?;
        let title = text(&title)?;
        // SAFETY: new references all, and a tuple that takes references of its own: `I` takes an
        // unsigned int, `O` an object and `s` a C string.
        unsafe {
            let make = Owned::new(PyObject_GetAttrString(op, c"from_pixels".as_ptr()))?;
            let pixels = PyBytes_FromStringAndSize(pixels.as_ptr().cast(), pixels.len() as _);
            let pixels = Owned::new(pixels)?;
            let format = c"O(IIO)(O{sO})".as_ptr();
            let (make, pixels, title) = (make.as_ptr(), pixels.as_ptr(), title.as_ptr());
            let key = c"title".as_ptr();
            Owned::new(Py_BuildValue(
                format,
                make,
                width,
                height,
                pixels,
                Py_None(),
                key,
                title,
            ))
        }
    };
    // SAFETY: a method of this type.
    unsafe { ask(op, parts) }
}
// by hand: end
