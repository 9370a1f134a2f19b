//! What `api_mode` has to prove.
//!
//! The binding is compiled once, from a copy of `native/`, and every check
//! loads it. A check that needs another header compiles for itself.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use oracle::Patience;
use oracle::prelude::*;
use tempfile::TempDir;

fn main() -> ExitCode {
    let code = oracle::exercise!()
        .check("compiles_an_extension_module", compiles_an_extension_module)
        .check("reads_every_field", reads_every_field)
        .check(
            "never_misreads_another_header",
            never_misreads_another_header,
        )
        .check(
            "the_view_is_the_images_own_memory",
            the_view_is_the_images_own_memory,
        )
        .check("a_write_goes_both_ways", a_write_goes_both_ways)
        .run();
    // Takes the folder away; a static would keep it.
    drop(BUILT.lock().map(|mut built| built.take()));
    code
}

/// A copy of `native/`, perhaps changed, and a folder to compile into.
struct Workshop {
    native: PathBuf,
    folder: PathBuf,
    _scratch: TempDir,
}

impl Workshop {
    fn set_up(judge: &Judge, changes: &[(&str, &str, &str)]) -> Verdict<Workshop> {
        // A machine that cannot compile at all is no fault of the learner's.
        judge
            .interpreter()?
            .require_headers()
            .map_err(|e| Failure::fault(e.to_string()).note("hint", e.hint()))?;
        judge.companion()?;
        lay_out(judge.folder(), changes)
            .map_err(|e| Failure::fault(format!("cannot copy `native/`: {e}")))
    }
}

fn lay_out(exercise: &Path, changes: &[(&str, &str, &str)]) -> std::io::Result<Workshop> {
    let scratch = TempDir::new()?;
    let (native, folder) = (scratch.path().join("native"), scratch.path().join("built"));
    std::fs::create_dir(&native)?;
    std::fs::create_dir(&folder)?;
    for file in ["pixels.h", "pixels.c"] {
        let mut text = std::fs::read_to_string(exercise.join("native").join(file))?;
        for (_, from, to) in changes.iter().filter(|(name, ..)| *name == file) {
            if !text.contains(from) {
                return Err(std::io::Error::other(format!("`{file}` has no `{from}`")));
            }
            text = text.replace(from, to);
        }
        std::fs::write(native.join(file), text)?;
    }
    Ok(Workshop {
        native,
        folder,
        _scratch: scratch,
    })
}

/// What all checks share: where the binding is, and the background that images
/// have in this copy of the library alone.
#[derive(Clone)]
struct Built {
    workshop: Arc<Workshop>,
    module: String,
    background: [u8; 3],
}

static BUILT: Mutex<Option<Verdict<Built>>> = Mutex::new(None);

/// A Python that may wait for a compiler: while that works, every thread of its
/// own is asleep.
fn compiling(judge: &Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    py.set_patience(Patience {
        computing: Duration::from_secs(30),
        sleeping: Duration::from_secs(90),
        wall: Duration::from_secs(120),
    });
    Ok(py)
}

fn build(judge: &mut Judge) -> Verdict<Built> {
    let mut colour = || judge.random.within(1..250) as u8;
    let background = [colour(), colour(), colour()];
    let [r, g, b] = background;
    let workshop = Workshop::set_up(
        judge,
        &[("pixels.c", "{32, 64, 96}", &format!("{{{r}, {g}, {b}}}"))],
    )?;
    let args = args![text(&workshop.native), text(&workshop.folder)];
    let module = match compiling(judge)?.call("api_mode.build", &args)?.value()? {
        Value::Str(path) => path,
        other => {
            let failure = Failure::new(Kind::WrongValue, "`build` returned no path");
            return Err(failure.expected("a path as a str", other));
        }
    };
    Ok(Built {
        workshop: Arc::new(workshop),
        module,
        background,
    })
}

/// The shared binding, compiled by whoever comes first.
fn built(judge: &mut Judge) -> Verdict<Built> {
    let mut built = BUILT
        .lock()
        .map_err(|_| Failure::fault("another check broke off while it compiled"))?;
    built.get_or_insert_with(|| build(judge)).clone()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A Python with an image of this size, as `image`, made by the learner's
/// `binding`; and the background that it has to have.
fn image(judge: &mut Judge, width: i64, height: i64, gamma: f64) -> Verdict<(Subject, [u8; 3])> {
    let built = built(judge)?;
    let mut py = judge.module()?;
    py.call_into("binding", "api_mode.load", &args![built.module])?;
    py.call_into(
        "image",
        "binding.lib.image_new",
        &args![width, height, gamma],
    )?;
    Ok((py, built.background))
}

fn compiles_an_extension_module(judge: &mut Judge) -> Verdict {
    let Built {
        module, workshop, ..
    } = built(judge)?;
    let failure = Failure::new(Kind::WrongValue, "`build` made no Python module");
    if !Path::new(&module).starts_with(&workshop.folder) {
        return Err(failure.expected("a file in the folder that it was given", module));
    }
    if module.ends_with(".py") {
        return Err(failure.expected(
            "a compiled module",
            "a Python file: `set_source` was given no C source",
        ));
    }
    let mut py = judge.python()?;
    py.run("import ctypes")?;
    let starts = format!("hasattr(ctypes.CDLL({module:?}), \"PyInit__pixels\")");
    match py.eval(&starts)?.value()? {
        Value::Bool(true) => {}
        _ => {
            return Err(failure.expected(
                "a compiled module named `_pixels`",
                "a library that Python cannot import",
            ));
        }
    }
    let mut py = judge.module()?;
    py.call_into("binding", "api_mode.load", &args![module])?;
    py.eval("[hasattr(binding, \"ffi\"), hasattr(binding, \"lib\")]")?
        .returns([true, true])
}

fn reads_every_field(judge: &mut Judge) -> Verdict {
    let (width, height) = (judge.random.within(100..900), judge.random.within(100..900));
    let gamma = judge.random.within(5..15) as f64 / 4.0;
    let (mut py, [r, g, b]) = image(judge, width, height, gamma)?;
    let described = Value::Tuple(vec![width.into(), height.into(), gamma.into()]);
    py.eval("api_mode.describe(binding, image)")?
        .returns(described)?;
    py.eval("[image.pixels[0].r, image.pixels[0].g, image.pixels[0].b]")?
        .returns([r.into(), g.into(), b.into()] as [i64; 3])
}

/// Headers that another version of the library might have, and what is new.
const OTHERS: [(&str, &str, &str); 2] = [
    (
        "`double gamma` has become `float gamma`",
        "double gamma;",
        "float gamma;",
    ),
    (
        "there is a `double gain` before `gamma`",
        "double gamma;",
        "double gain;\n    double gamma;",
    ),
];

fn never_misreads_another_header(judge: &mut Judge) -> Verdict {
    for (news, from, to) in OTHERS {
        let workshop = Workshop::set_up(judge, &[("pixels.h", from, to)])?;
        let gamma = judge.random.within(9..15) as f64 / 4.0;
        let mut py = compiling(judge)?;
        py.run(
            "
            def read(native, folder, width, height, gamma):
                binding = api_mode.load(api_mode.build(native, folder))
                image = binding.lib.image_new(width, height, gamma)
                return api_mode.describe(binding, image)
            ",
        )?;
        let args = args![text(&workshop.native), text(&workshop.folder), 8, 6, gamma];
        let right = Value::Tuple(vec![8.into(), 6.into(), gamma.into()]);
        match py.call("read", &args)?.outcome() {
            Err(_) => {}
            // A struct that leaves its layout to the compiler may well be right.
            Ok(read) if read == right => {}
            Ok(read) => {
                let failure = Failure::new(
                    Kind::WrongValue,
                    "your binding took another header without a word",
                );
                return Err(failure
                    .expected(
                        format!("an error from `build` or `describe`, or {right}"),
                        read,
                    )
                    .note("in that header", news));
            }
        }
    }
    // What refuses every header has not looked at this one.
    let (mut py, _) = image(judge, 8, 6, 2.25)?;
    py.eval("api_mode.describe(binding, image)")?
        .returns(Value::Tuple(vec![8.into(), 6.into(), 2.25.into()]))
}

/// Where a buffer, or what a pointer points to, begins.
const ADDRESS_OF: &str = "
    def address_of(place):
        ffi = binding.ffi
        place = place if isinstance(place, ffi.CData) else ffi.from_buffer(place)
        return int(ffi.cast(\"uintptr_t\", place))
";

fn the_view_is_the_images_own_memory(judge: &mut Judge) -> Verdict {
    let (mut py, background) = image(judge, 800, 600, 2.25)?;
    py.run(ADDRESS_OF)?;
    py.call_into("view", "(lambda: api_mode.pixels(binding, image))", &[])?;
    py.eval("memoryview(view).nbytes")?.returns(800 * 600 * 3)?;
    py.eval("bytes(view[-3:])")?
        .returns(Value::Bytes(background.to_vec()))?;
    let (place, home) = (
        py.eval("address_of(view)")?.value()?,
        py.eval("address_of(image.pixels)")?.value()?,
    );
    if place == home {
        return Ok(());
    }
    let copied = "`pixels` returned a copy: its bytes are not the image's own";
    Err(Failure::new(Kind::WrongValue, copied).expected(
        format!("the address {home}, where the image has them"),
        format!("the address {place}"),
    ))
}

fn a_write_goes_both_ways(judge: &mut Judge) -> Verdict {
    let (mut py, _) = image(judge, 800, 600, 2.25)?;
    py.run(
        "
        def colour(r, g, b):
            return binding.ffi.new('pixel_t *', [r, g, b])[0]

        def put(at, pixel):
            view[3 * at:3 * at + 3] = pixel

        def get(at):
            return bytes(view[3 * at:3 * at + 3])
        ",
    )?;
    py.call_into("view", "(lambda: api_mode.pixels(binding, image))", &[])?;
    let (r, b) = (judge.random.within(1..250), judge.random.within(1..250));
    let at = judge.random.within(1..480_000);
    let pixel = |r: i64, g: i64, b: i64| Value::Bytes(vec![r as u8, g as u8, b as u8]);
    py.call("put", &[at.into(), pixel(r, 251, b)])?
        .returns(())?;
    py.eval(&format!(
        "binding.lib.image_count(image, colour({r}, 251, {b}))"
    ))?
    .returns(1)?;
    py.eval(&format!(
        "binding.lib.image_fill(image, colour({b}, {r}, 252))"
    ))?
    .returns(())?;
    py.call("get", &args![at])?.returns(pixel(b, r, 252))
}
