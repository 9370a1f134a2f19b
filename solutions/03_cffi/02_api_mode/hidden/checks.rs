//! What `api_mode` has to prove besides.

use std::path::{Path, PathBuf};
use std::time::Duration;

use oracle::Patience;
use oracle::prelude::*;
use tempfile::TempDir;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("keeps_to_its_folder", keeps_to_its_folder)
        .check(
            "never_misreads_a_third_header",
            never_misreads_a_third_header,
        )
        .check("two_images_have_two_views", two_images_have_two_views)
        .run()
}

/// A copy of `native/`, perhaps changed, and a folder to compile into.
struct Workshop {
    native: PathBuf,
    folder: PathBuf,
    _scratch: TempDir,
}

impl Workshop {
    fn set_up(judge: &Judge, changes: &[(&str, &str)]) -> Verdict<Workshop> {
        judge
            .interpreter()?
            .require_headers()
            .map_err(|e| Failure::fault(e.to_string()).note("hint", e.hint()))?;
        judge.companion()?;
        lay_out(judge.folder(), changes)
            .map_err(|e| Failure::fault(format!("cannot copy `native/`: {e}")))
    }

    fn args(&self) -> [Value; 2] {
        args![
            self.native.to_string_lossy().into_owned(),
            self.folder.to_string_lossy().into_owned()
        ]
    }
}

fn lay_out(exercise: &Path, changes: &[(&str, &str)]) -> std::io::Result<Workshop> {
    let scratch = TempDir::new()?;
    let (native, folder) = (scratch.path().join("native"), scratch.path().join("built"));
    std::fs::create_dir(&native)?;
    std::fs::create_dir(&folder)?;
    for file in ["pixels.h", "pixels.c"] {
        let text = std::fs::read_to_string(exercise.join("native").join(file))?;
        let text = changes
            .iter()
            .fold(text, |text, (from, to)| text.replace(from, to));
        std::fs::write(native.join(file), text)?;
    }
    Ok(Workshop {
        native,
        folder,
        _scratch: scratch,
    })
}

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

fn keeps_to_its_folder(judge: &mut Judge) -> Verdict {
    for _ in 0..2 {
        let workshop = Workshop::set_up(judge, &[])?;
        let mut py = compiling(judge)?;
        py.run("import os")?;
        let before = py.call("os.listdir", &args!["."])?.value()?;
        py.call_into("path", "api_mode.build", &workshop.args())?;
        let native = py.call("os.listdir", &workshop.args()[..1])?.value()?;
        py.call("sorted", &[native])?
            .returns(["pixels.c", "pixels.h"])?;
        py.call("os.listdir", &args!["."])?.returns(before)?;
        py.eval("api_mode.load(path).lib.image_new(3, 2, 1.0).width")?
            .returns(3)?;
    }
    Ok(())
}

/// Changes that a struct of exact or of flexible layout must notice, or can follow.
const OTHERS: [(&str, &[(&str, &str)]); 3] = [
    (
        "`gamma` is now called `exponent`",
        &[
            ("double gamma;", "double exponent;"),
            ("image->gamma", "image->exponent"),
        ],
    ),
    (
        "`width` has 64 bits",
        &[("    uint32_t width;\n", "    uint64_t width;\n")],
    ),
    (
        "a pixel has a fourth byte, `a`",
        &[("unsigned char r, g, b;", "unsigned char r, g, b, a;")],
    ),
];

fn never_misreads_a_third_header(judge: &mut Judge) -> Verdict {
    for (news, changes) in OTHERS {
        let workshop = Workshop::set_up(judge, changes)?;
        let (width, gamma) = (
            judge.random.within(3..60),
            judge.random.within(5..15) as f64 / 4.0,
        );
        let mut py = compiling(judge)?;
        py.run(
            "
            def read(native, folder, width, height, gamma):
                binding = api_mode.load(api_mode.build(native, folder))
                image = binding.lib.image_new(width, height, gamma)
                return api_mode.describe(binding, image), image.pixels[width * height - 1].b
            ",
        )?;
        let [native, folder] = workshop.args();
        let outcome = py
            .call(
                "read",
                &[native, folder, width.into(), 6.into(), gamma.into()],
            )?
            .outcome();
        let described = Value::Tuple(vec![width.into(), 6.into(), gamma.into()]);
        let right = Value::Tuple(vec![described, 96.into()]);
        if let Ok(read) = outcome
            && read != right
        {
            let failure = Failure::new(
                Kind::WrongValue,
                "your binding took another header without a word",
            );
            return Err(failure
                .expected(format!("an error, or {right}"), read)
                .note("in that header", news));
        }
    }
    Ok(())
}

fn two_images_have_two_views(judge: &mut Judge) -> Verdict {
    let workshop = Workshop::set_up(judge, &[])?;
    let (width, height) = (judge.random.within(3..90), judge.random.within(3..90));
    let mut py = compiling(judge)?;
    py.call_into("path", "api_mode.build", &workshop.args())?;
    py.run(
        "
        def views(width, height):
            binding = api_mode.load(path)
            one, other = binding.lib.image_new(width, height, 1.0), binding.lib.image_new(1, 1, 1.0)
            views = api_mode.pixels(binding, one), api_mode.pixels(binding, other)
            binding.lib.image_fill(one, binding.ffi.new('pixel_t *', [1, 2, 3])[0])
            return [bytes(view[:]) for view in views]
        ",
    )?;
    let many: Vec<u8> = [1, 2, 3].repeat((width * height) as usize);
    py.call("views", &args![width, height])?
        .returns(vec![Value::Bytes(many), Value::Bytes(vec![32, 64, 96])])
}
