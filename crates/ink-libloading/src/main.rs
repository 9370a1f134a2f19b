//! `ink-libloading LIBRARY OUT`: loads libink, draws a sheet of marbled paper, and says at each
//! step who owns what.

mod marble;

use std::ffi::OsString;
use std::ops::ControlFlow::Continue;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::path::Path;
use std::process::ExitCode;

use ink_libloading::functions::Functions;
use ink_libloading::{Error, Image, Library, Pixel};

const WIDTH: u32 = 480;
const HEIGHT: u32 = 320;

/// One line: what happened, and to what.
macro_rules! tell {
    ($word:literal, $($what:tt)*) => {
        println!("{:>9}  {}", $word, format_args!($($what)*))
    };
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let [library, out] = arguments.as_slice() else {
        eprintln!("error: `ink-libloading` takes two paths, the library and a folder for pictures");
        eprintln!("\nhint: run `cargo bindery demo libloading`, which knows both");
        return ExitCode::from(2);
    };
    match show(Path::new(library), Path::new(out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}\n\nhint: {}", error.hint());
            ExitCode::FAILURE
        }
    }
}

fn show(path: &Path, out: &Path) -> Result<(), Error> {
    let library = Library::open(path)?;
    let (path, found) = (library.path().display(), Functions::NAMES.len());
    tell!("loaded", "`{path}`, {found} functions looked up, once");
    let began = library.live_allocations();

    let mut image = library.image(WIDTH, HEIGHT)?;
    let live = library.live_allocations() - began;
    tell!("OWNED", "an image, ours to free; live allocations: {live}");
    image.set_title("Marbled paper")?;
    tell!(
        "LENT",
        "the title's text: the library copied it, and ours is gone already"
    );
    tell!(
        "BORROWED",
        "{:?}, read where the library keeps it",
        image.title()
    );
    let words = image.describe()?;
    let live = library.live_allocations() - began;
    tell!(
        "OWNED",
        "{words:?}, copied and given back; live allocations: {live}"
    );

    let mut calls = 0_u32;
    image.map(|x, y, pixel| {
        calls += 1;
        *pixel = marble::at(x, y);
        Continue(())
    })?;
    tell!(
        "LENT",
        "a closure, as `user_data`: the library called it {calls} times"
    );
    let pixels = image.pixels()?;
    let luma = |&[r, g, b]: &[u8; 3]| u64::from(library.luma(Pixel { r, g, b }));
    let mean = pixels.as_chunks().0.iter().map(luma).sum::<u64>() / u64::from(calls);
    let length = pixels.len();
    tell!(
        "BORROWED",
        "{length} bytes of pixels, not copied; their mean luma is {mean}"
    );
    panic_in_the_closure(&mut image)?;
    if let Err(error) = library.image(0, 7) {
        tell!("refused", "{error}");
    }

    image.write(&out.join("before.png"))?;
    image.blur(6)?;
    image.write(&out.join("after.png"))?;
    tell!("wrote", "before.png and after.png in `{}`", out.display());

    drop(image);
    let live = library.live_allocations() - began;
    tell!(
        "freed",
        "the image, through the library it came from; live allocations: {live}"
    );
    drop(library);
    tell!(
        "let go",
        "the library: with an image still there, this would not have compiled"
    );
    Ok(())
}

/// A panic in a callback: stopped at the border, and still a panic for the Rust that called.
fn panic_in_the_closure(image: &mut Image<'_>) -> Result<(), Error> {
    let before = image.pixels()?.to_vec();
    let hook = take_hook();
    set_hook(Box::new(|_| {})); // this one is expected: no message from the runtime
    let caught = catch_unwind(AssertUnwindSafe(|| {
        image.map(|_, y, pixel| {
            pixel.r = 255;
            if y == 100 {
                panic!("the ink is spilt in row 100");
            }
            Continue(())
        })
    }));
    set_hook(hook);
    let words = match &caught {
        Err(payload) => payload.downcast_ref().copied().unwrap_or("a panic"),
        Ok(_) => "nothing",
    };
    let changed = if image.pixels()? == before {
        "no pixel has changed"
    } else {
        "pixels changed"
    };
    tell!("panic", "\"{words}\" went round the library; {changed}");
    Ok(())
}
