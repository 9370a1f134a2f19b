//! The image. PyO3 keeps the rule of one writer or many readers for it, as Rust does, but while
//! the program runs: `&self` borrows the object, `&mut self` borrows it alone, and who comes at
//! the wrong moment gets a RuntimeError. That is all there is here about being busy.

use std::ffi::c_int;

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::types::{PyBytes, PyDict, PyMemoryView, PyString, PyTuple};
use pyo3::{ffi, prelude::*};

use crate::convert::{FilePath, Pixels, Text};
use crate::errors::refused;
use crate::owner::Owner;
use crate::pixel::Pixel;
use crate::{buffer, callbacks};

/// A picture with a title, freed when it is closed or forgotten.
#[pyclass(module = "ink_pyo3", subclass, weakref)]
#[derive(Default)]
pub struct Image {
    pub(crate) inner: Owner,
    /// Any Python object that goes with the picture.
    #[pyo3(get)]
    tag: Option<Py<PyAny>>,
}

impl From<ink::Image> for Image {
    fn from(image: ink::Image) -> Self {
        Self {
            inner: image.into(),
            tag: None,
        }
    }
}

#[pymethods]
impl Image {
    // by hand: subclass
    // A subclass may have an `__init__` with parameters of its own, and `__new__` is called with
    // those. So `__new__` takes anything, and the work is done by `__init__`.
    #[new]
    #[pyo3(signature = (*_args, **_kwargs), text_signature = "(width, height)")]
    fn __new__(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        Self::default()
    }

    fn __init__(&mut self, width: u32, height: u32) -> PyResult<()> {
        let image = ink::Image::new(width, height).map_err(refused)?;
        self.inner.replace(image)
    }
    // by hand: end

    /// An image with a copy of these pixels: three bytes each, row by row.
    #[staticmethod]
    fn from_pixels(width: u32, height: u32, data: Pixels) -> PyResult<Self> {
        let image = ink::Image::from_bytes(width, height, &data.0).map_err(refused)?;
        Ok(image.into())
    }

    /// Reads a PNG file.
    #[staticmethod]
    fn read(py: Python<'_>, path: FilePath) -> PyResult<Self> {
        let image = py.detach(|| ink::Image::read(path.0)).map_err(refused)?;
        Ok(image.into())
    }

    /// Writes a PNG file.
    fn write(&self, path: FilePath) -> PyResult<()> {
        self.inner.open()?.write(path.0).map_err(refused)
    }

    /// How many pixels a row has.
    #[getter]
    fn width(&self) -> PyResult<u32> {
        Ok(self.inner.open()?.width())
    }

    /// How many rows there are.
    #[getter]
    fn height(&self) -> PyResult<u32> {
        Ok(self.inner.open()?.height())
    }

    /// The title; empty if there is none.
    #[getter]
    fn title(&self) -> PyResult<&str> {
        Ok(self.inner.open()?.title())
    }

    #[setter]
    fn set_title(&mut self, title: Text) -> PyResult<()> {
        self.inner.open_mut()?.set_title(&title.0).map_err(refused)
    }

    /// The image in words.
    fn describe(&self) -> PyResult<String> {
        Ok(self.inner.open()?.describe())
    }

    /// The pixel in column `x` of row `y`.
    fn get(&self, x: u32, y: u32) -> PyResult<Pixel> {
        let pixel = self.inner.open()?.pixel(x, y).map_err(refused)?;
        Ok(pixel.into())
    }

    /// Replaces the pixel in column `x` of row `y`.
    fn set(&mut self, x: u32, y: u32, pixel: Pixel) -> PyResult<()> {
        let image = self.inner.changing()?;
        image.set_pixel(x, y, pixel.into()).map_err(refused)
    }

    /// Replaces each pixel by `callback(x, y, pixel)`, all of them or none.
    fn map(slf: &Bound<'_, Self>, callback: &Bound<'_, PyAny>) -> PyResult<()> {
        // by hand: exported
        // Borrowed alone for a moment: nobody else is in the middle of anything.
        slf.try_borrow_mut()?.inner.changing()?;
        // Then borrowed to read, as the callback may do too; who wants to change it is refused.
        let reading = slf.try_borrow()?;
        let draft = callbacks::mapped(reading.inner.open()?, callback)?;
        drop(reading);
        slf.try_borrow_mut()?.inner.take(&draft)
        // by hand: end
    }

    /// Each pixel becomes the mean of the square around it. Without the GIL.
    fn blur(&mut self, py: Python<'_>, radius: u32) -> PyResult<()> {
        // `&mut self` stays borrowed meanwhile, and that is what other threads come up against.
        let image = self.inner.changing()?;
        // by hand: gil
        let done = py.detach(|| image.blur(radius));
        // by hand: end
        done.map_err(refused)
    }

    /// A read-only view of the library's own memory, row by row.
    fn pixels<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyMemoryView>> {
        PyMemoryView::from(slf.as_any())
    }

    // by hand: buffer_protocol
    unsafe fn __getbuffer__(
        slf: &Bound<'_, Self>,
        view: *mut ffi::Py_buffer,
        flags: c_int,
    ) -> PyResult<()> {
        // SAFETY: CPython's own arguments.
        unsafe { buffer::fill(slf, view, flags) }
    }

    // `&Bound`, not `&self`: a view can be released at any moment, also while the image is
    // borrowed, and a release cannot be refused.
    unsafe fn __releasebuffer__(_slf: &Bound<'_, Self>, view: *mut ffi::Py_buffer) {
        // SAFETY: CPython gives back what `__getbuffer__` filled, once.
        unsafe { buffer::release(view) };
    }
    // by hand: end

    // by hand: cycles
    // Set by hand, where `#[pyo3(get, set)]` would do it while the image is borrowed: the old
    // tag dies there, and what it does as it dies may want the image.
    #[setter]
    fn set_tag(slf: &Bound<'_, Self>, tag: Option<Py<PyAny>>) -> PyResult<()> {
        let old = std::mem::replace(&mut slf.try_borrow_mut()?.tag, tag);
        drop(old);
        Ok(())
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.tag)
    }

    fn __clear__(slf: &Bound<'_, Self>) -> PyResult<()> {
        Self::set_tag(slf, None)
    }
    // by hand: end

    // by hand: closed
    /// Frees the image now. Closing twice is fine.
    fn close(&mut self) -> PyResult<()> {
        self.inner.close()
    }

    /// Whether it has been closed.
    #[getter]
    fn closed(&self) -> bool {
        self.inner.is_closed()
    }

    fn __enter__(slf: PyRef<'_, Self>) -> PyResult<PyRef<'_, Self>> {
        slf.inner.open()?;
        Ok(slf)
    }

    #[pyo3(signature = (*_exception))]
    fn __exit__(&mut self, _exception: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.inner.close()
    }
    // by hand: end

    // by hand: repr
    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let Ok(this) = slf.try_borrow() else {
            return Ok("<Image busy>".to_owned());
        };
        let Ok(image) = this.inner.open() else {
            return Ok("<Image closed>".to_owned());
        };
        let title = PyString::new(slf.py(), image.title()).repr()?;
        let (width, height) = (image.width(), image.height());
        Ok(format!("<Image {title} {width}x{height}>"))
    }
    // by hand: end

    // by hand: pickling
    /// `from_pixels` with its arguments, and the attributes to set after: the title, not the tag.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let image = self.inner.open()?;
        let pixels = PyBytes::new(py, image.bytes());
        let attributes = PyDict::new(py);
        attributes.set_item("title", image.title())?;
        let make = py.get_type::<Self>().getattr("from_pixels")?;
        let arguments = (image.width(), image.height(), pixels);
        Ok((make, arguments, (None, attributes)))
    }
}

type Reduced<'py> = (
    Bound<'py, PyAny>,
    (u32, u32, Bound<'py, PyBytes>),
    (Option<()>, Bound<'py, PyDict>),
);
// by hand: end
