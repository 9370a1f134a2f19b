//! What a call hands in: which argument is which. What the library can take of
//! them is in `convert`.

use std::ffi::{CStr, c_char};
use std::ptr;

use pyo3_ffi::*;

use crate::module::State;
use crate::reference::{Given, Outcome, Raised, raise};

/// What CPython hands to a function that takes its arguments as an array: first those given by
/// place, then those given by name, whose names are in a tuple.
pub struct Call<'a> {
    pub state: &'a State,
    by_place: &'a [*mut PyObject],
    by_name: &'a [*mut PyObject],
    names: Option<Given<'a>>,
}

impl<'a> Call<'a> {
    /// # Safety
    /// These are the arguments of a METH_FASTCALL | METH_KEYWORDS function, and `state` is the
    /// state of the module it is in.
    pub unsafe fn new(
        state: *const State,
        args: *const *mut PyObject,
        nargs: Py_ssize_t,
        kwnames: *mut PyObject,
    ) -> Self {
        // SAFETY: as CPython says: the caller keeps all of it for the length of the call. The
        // array may be NULL if it is empty, which a slice may not.
        unsafe {
            let names = Given::new(kwnames);
            let named = names.map_or(0, |names| PyTuple_GET_SIZE(names.as_ptr()));
            let all = match args.is_null() {
                true => &[],
                false => std::slice::from_raw_parts(args, (nargs + named) as usize),
            };
            let (by_place, by_name) = all.split_at(nargs as usize);
            Self {
                state: &*state,
                by_place,
                by_name,
                names,
            }
        }
    }

    // by hand: keywords
    /// The arguments in the order of `names`, each of which must be given.
    pub fn arguments<const N: usize>(&self, names: [&CStr; N]) -> Outcome<[Given<'a>; N]> {
        if self.by_place.len() > N {
            let given = self.by_place.len();
            return Err(type_error(&format!(
                "{N} arguments are wanted, and {given} given"
            )));
        }
        let mut found: [Option<Given<'a>>; N] = [None; N];
        for (place, argument) in found.iter_mut().zip(self.by_place) {
            // SAFETY: an argument, which the caller keeps.
            *place = unsafe { Given::new(*argument) };
        }
        for (nth, argument) in self.by_name.iter().enumerate() {
            let place = self.place(nth, &names)?;
            if found[place].is_some() {
                return Err(type_error(&format!("{:?} is given twice", names[place])));
            }
            // SAFETY: as above.
            found[place] = unsafe { Given::new(*argument) };
        }
        match found.iter().position(Option::is_none) {
            Some(place) => Err(type_error(&format!("{:?} is missing", names[place]))),
            None => Ok(found.map(|argument| argument.expect("none is missing"))),
        }
    }

    /// Which of `names` the nth keyword is.
    fn place(&self, nth: usize, names: &[&CStr]) -> Outcome<usize> {
        let keywords = self.names.ok_or(Raised)?.as_ptr();
        // SAFETY: a tuple of strings, and `nth` is within it.
        let keyword = unsafe { PyTuple_GET_ITEM(keywords, nth as Py_ssize_t) };
        let is = |name: &&CStr| {
            // SAFETY: a `str`, and a text that ends in a NUL.
            unsafe { PyUnicode_CompareWithASCIIString(keyword, name.as_ptr()) == 0 }
        };
        let unknown = || type_error("there is no parameter of this name");
        names.iter().position(is).ok_or_else(unknown)
    }
    // by hand: end
}

/// The two or three arguments that CPython hands to a constructor, in a tuple and a dict.
///
/// # Safety
/// `args` and `kwargs` are what CPython gave to `tp_new` or `tp_init`; the result is good as long
/// as the caller keeps them, which is during the call.
pub unsafe fn constructor<'a, const N: usize>(
    args: *mut PyObject,
    kwargs: *mut PyObject,
    format: &CStr,
    names: [&CStr; N],
) -> Outcome<[Given<'a>; N]> {
    // CPython reads the names up to a NULL; three is the most there are.
    let mut ended = [ptr::null_mut::<c_char>(); 4];
    for (place, name) in ended.iter_mut().zip(names) {
        *place = name.as_ptr().cast_mut();
    }
    let mut found = [ptr::null_mut::<PyObject>(); 3];
    let [a, b, c] = &mut found;
    let (format, names) = (format.as_ptr(), ended.as_mut_ptr());
    // SAFETY: `format` asks for no more than three objects, and each has a place.
    let done = unsafe {
        PyArg_ParseTupleAndKeywords(
            args,
            kwargs,
            format,
            names.cast(),
            &raw mut *a,
            &raw mut *b,
            &raw mut *c,
        )
    };
    if done == 0 {
        return Err(Raised);
    }
    Ok(std::array::from_fn(|i| {
        // SAFETY: borrowed from `args` or `kwargs`.
        unsafe { Given::new(found[i]) }.expect("all were asked for")
    }))
}

fn type_error(message: &str) -> Raised {
    // SAFETY: a static of CPython's, read with the GIL held.
    raise(unsafe { PyExc_TypeError }, message)
}
