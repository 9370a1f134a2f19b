//! What `abi_mode` has to prove besides.

use std::path::{Path, PathBuf};
use std::process::Command;

use oracle::prelude::*;
use tempfile::TempDir;

fn main() -> ExitCode {
    oracle::exercise!()
        .check(
            "verify_finds_every_kind_of_difference",
            verify_finds_every_kind_of_difference,
        )
        .check("load_refuses_a_third_layout", load_refuses_a_third_layout)
        .check("the_largest_values_arrive", the_largest_values_arrive)
        .run()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn compile(source: &Path, folder: &Path) -> Verdict<PathBuf> {
    let library = folder.join("libother.so");
    let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    let output = Command::new(&compiler)
        .args(["-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(source)
        .output()
        .map_err(|e| Failure::fault(format!("cannot start the C compiler: {e}")))?;
    if output.status.success() {
        return Ok(library);
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(Failure::fault("another library does not compile").note("the compiler says", said))
}

/// Files in a folder of their own, and the library that the last of them makes.
fn library_of(files: &[(&str, String)]) -> Verdict<(PathBuf, TempDir)> {
    let lay_out = || -> std::io::Result<TempDir> {
        let folder = TempDir::new()?;
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text)?;
        }
        Ok(folder)
    };
    let folder = lay_out().map_err(|e| Failure::fault(format!("cannot write: {e}")))?;
    let source = folder
        .path()
        .join(files.last().map_or("", |(name, _)| name));
    Ok((compile(&source, folder.path())?, folder))
}

/// A struct: its name, and each field's type and name.
#[derive(Clone)]
struct Struct {
    name: String,
    fields: Vec<(&'static str, String)>,
}

impl Struct {
    /// A byte, then eight: so there is a gap that packing takes away.
    fn random(judge: &mut Judge) -> Struct {
        let mut fields = vec![("int8_t", "first".to_owned()), ("int64_t", "second".into())];
        for at in 0..judge.random.within(2..6) {
            let types = ["uint8_t", "int16_t", "uint32_t", "double"];
            let one = types[judge.random.within(0..4) as usize];
            fields.push((one, format!("{}{at}", judge.random.word())));
        }
        Struct {
            name: judge.random.word() + "_t",
            fields,
        }
    }

    fn declared(&self, attribute: &str) -> String {
        let fields: String = self
            .fields
            .iter()
            .map(|(one, name)| format!("{one} {name}; "))
            .collect();
        format!("typedef struct {attribute} {{ {fields}}} {};\n", self.name)
    }

    fn rows(&self) -> Vec<String> {
        let name = &self.name;
        let field = |(_, field): &(&str, String)| {
            let size = format!("sizeof((({name} *)0)->{field})");
            format!("{{\"{name}\", \"{field}\", offsetof({name}, {field}), {size}}},\n")
        };
        let whole = format!("{{\"{name}\", \"\", 0, sizeof({name})}},\n");
        self.fields.iter().map(field).chain([whole]).collect()
    }
}

/// A library with two structs, whose rows stand in any order.
fn two_structs(judge: &mut Judge, both: &[Struct; 2], attribute: &str) -> String {
    let mut rows: Vec<String> = both.iter().flat_map(Struct::rows).collect();
    for at in (1..rows.len()).rev() {
        rows.swap(at, judge.random.within(0..at as i64 + 1) as usize);
    }
    format!(
        "#include <stddef.h>\n#include <stdint.h>\n{}{}\
         typedef struct {{ const char *type, *field; size_t offset, size; }} tide_row;\n\
         static const tide_row layout[] = {{\n{}{{0, 0, 0, 0}} }};\n\
         const tide_row *tide_layout(void) {{ return layout; }}\n",
        both[0].declared(attribute),
        both[1].declared(attribute),
        rows.concat()
    )
}

/// What can go wrong with a struct, and how.
type Mistake = (&'static str, fn(&mut Struct, usize));

const MISTAKES: [Mistake; 5] = [
    ("a field is missing", |s, at| drop(s.fields.remove(at))),
    ("there is a field more", |s, at| {
        s.fields.insert(at, ("uint8_t", "one_more".into()))
    }),
    ("a field has another name", |s, at| {
        s.fields[at].1 = "renamed".into()
    }),
    ("two fields are exchanged", |s, at| {
        let other = (at + 1) % s.fields.len();
        s.fields.swap(at, other)
    }),
    ("a field has another size", |s, at| {
        let one = &mut s.fields[at].0;
        *one = if *one == "int16_t" {
            "double"
        } else {
            "int16_t"
        };
    }),
];

fn verify_finds_every_kind_of_difference(judge: &mut Judge) -> Verdict {
    let both = [Struct::random(judge), Struct::random(judge)];
    let open = two_structs(judge, &both, "");
    let packed = two_structs(judge, &both, "__attribute__((packed))");
    let (open, _open) = library_of(&[("open.c", open)])?;
    let (packed, _packed) = library_of(&[("packed.c", packed)])?;
    let mut py = judge.module()?;
    py.run(VERIFIED)?;
    let right = both[0].declared("") + &both[1].declared("");
    py.call("verified", &args![text(&open), right.clone(), false])?
        .returns(())?;
    py.call("verified", &args![text(&packed), right.clone(), true])?
        .returns(())?;
    let mut refused = |library: &Path, cdef: String, is_packed: bool, what: &str| {
        py.call("verified", &args![text(library), cdef.clone(), is_packed])?
            .raises("abi_mode.LayoutError")
            .map(drop)
            .map_err(|f| f.note("the `cdef`", cdef).note("what is wrong", what))
    };
    refused(&packed, right.clone(), false, "the library's are packed")?;
    refused(&open, right, true, "the library's are not packed")?;
    for (what, make) in MISTAKES {
        for which in [0, 1] {
            let mut structs = both.clone();
            let last = structs[which].fields.len() as i64;
            make(&mut structs[which], judge.random.within(0..last) as usize);
            let cdef = structs[0].declared("") + &structs[1].declared("");
            refused(&open, cdef, false, what)?;
        }
    }
    Ok(())
}

/// The learner's `verify`, on a library and a `cdef` of the check's own.
const VERIFIED: &str = "
    from cffi import FFI

    def verified(path, structs, packed):
        ffi = FFI()
        ffi.cdef('''
            typedef struct {
                const char *type; const char *field; size_t offset; size_t size;
            } tide_row;
            const tide_row *tide_layout(void);
        ''')
        ffi.cdef(structs, packed=packed)
        return abi_mode.verify(ffi, ffi.dlopen(path))
";

/// What has changed, the struct, and how that is written in C.
const OTHERS: [(&str, &str, &[(&str, &str)]); 3] = [
    (
        "`temperature` stands behind `level`",
        "tide_reading",
        &[(
            "    double temperature; /* of the water, since version 2 */\n    long gauge;\n    double level;\n",
            "    long gauge;\n    double level;\n    double temperature;\n",
        )],
    ),
    (
        "`channel` is called `band`",
        "tide_message",
        &[
            ("uint8_t channel;\n", "uint8_t band;\n"),
            ("message->channel", "message->band"),
            ("FIELD(tide_message, channel)", "FIELD(tide_message, band)"),
        ],
    ),
    (
        "a `repaired` lies in the gap behind `checked`",
        "tide_reading.repaired",
        &[
            (
                "    double temperature;",
                "    bool repaired;\n    double temperature;",
            ),
            (
                "    FIELD(tide_reading, temperature),",
                "    FIELD(tide_reading, repaired),\n    FIELD(tide_reading, temperature),",
            ),
        ],
    ),
];

fn load_refuses_a_third_layout(judge: &mut Judge) -> Verdict {
    for (news, whose, changes) in OTHERS {
        let mut files = Vec::new();
        for name in ["tide.h", "tide.c"] {
            let path = judge.folder().join("native").join(name);
            let text = std::fs::read_to_string(&path)
                .map_err(|e| Failure::fault(format!("cannot copy `native/`: {e}")))?;
            let text = changes
                .iter()
                .fold(text, |text, (from, to)| text.replace(from, to));
            files.push((name, text));
        }
        let (path, _folder) = library_of(&files)?;
        judge
            .module()?
            .call("abi_mode.load", &args![text(&path)])?
            .raises("abi_mode.LayoutError")
            .and_then(|raised| raised.says(whose))
            .map_err(|failure| failure.note("in that library", news))?;
    }
    Ok(())
}

fn the_largest_values_arrive(judge: &mut Judge) -> Verdict {
    let path = text(&judge.companion()?);
    let mut py = judge.module()?;
    py.call_into("tide", "abi_mode.load", &args![path])?;
    py.run(
        "
        def through(gauge, level):
            ffi, lib = tide
            lib.tide_record(gauge, 2, True, -level, level)
            reading, message = ffi.new('tide_reading *'), ffi.new('tide_message *')
            lib.tide_latest(reading)
            lib.tide_send(255, message)
            return [int(reading.phase), bool(reading.checked), reading.gauge, reading.level,
                    reading.temperature, message.channel, message.gauge, message.level]
        ",
    )?;
    for (gauge, level) in [(i64::MAX, 1e300), (i64::MIN, -0.5), (-1, f64::INFINITY)] {
        let both: Vec<Value> = vec![
            2.into(),
            true.into(),
            gauge.into(),
            level.into(),
            (-level).into(),
            255.into(),
            gauge.into(),
            level.into(),
        ];
        py.call("through", &args![gauge, level])?
            .returns(Value::List(both))?;
    }
    Ok(())
}
