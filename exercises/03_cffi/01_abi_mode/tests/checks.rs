//! What `abi_mode` has to prove.
//!
//! `verify` is judged on libraries that are compiled here: the gauge's own with
//! a changed header, and a small one that has nothing to do with tides.

use std::path::{Path, PathBuf};
use std::process::Command;

use oracle::prelude::*;
use tempfile::TempDir;

fn main() -> ExitCode {
    oracle::exercise!()
        .check(
            "every_field_is_where_c_has_it",
            every_field_is_where_c_has_it,
        )
        .check("reads_what_c_wrote", reads_what_c_wrote)
        .check("load_refuses_another_layout", load_refuses_another_layout)
        .check(
            "verify_knows_no_struct_by_heart",
            verify_knows_no_struct_by_heart,
        )
        .run()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The table of the layouts as the library has it, read in a process of its own
/// and with ctypes, which declares no struct of the gauge's.
fn layout_in_c(judge: &Judge) -> Verdict<Value> {
    let mut py = judge.python()?;
    py.load_library("lib", &judge.companion()?)?;
    py.run(
        "
        import ctypes

        class Row(ctypes.Structure):
            _fields_ = [('type', ctypes.c_char_p), ('field', ctypes.c_char_p),
                        ('offset', ctypes.c_size_t), ('size', ctypes.c_size_t)]

        def table():
            lib.tide_layout.restype = ctypes.POINTER(Row)
            rows, at = lib.tide_layout(), 0
            found = []
            while rows[at].type:
                row = rows[at]
                found.append([row.type.decode(), row.field.decode(), row.offset, row.size])
                at += 1
            return found
        ",
    )?;
    py.call("table", &[])?.value()
}

fn every_field_is_where_c_has_it(judge: &mut Judge) -> Verdict {
    let in_c = layout_in_c(judge)?;
    let mut py = judge.module()?;
    py.run(
        "
        def declared():
            ffi, found = abi_mode.declare(), []
            for name in ('tide_reading', 'tide_message'):
                struct = ffi.typeof(name)
                found.append([name, '', 0, ffi.sizeof(struct)])
                for field, place in struct.fields:
                    found.append([name, field, place.offset, ffi.sizeof(place.type)])
            return found
        ",
    )?;
    let declared = py.call("declared", &[])?.value()?;
    let (in_c, declared) = (rows(&in_c)?, rows(&declared)?);
    // Fields first: the size of the whole follows from them.
    let fields_first = |rows: &[Row]| {
        let (whole, fields): (Vec<Row>, Vec<Row>) =
            rows.iter().cloned().partition(|row| row.1.is_empty());
        [fields, whole].concat()
    };
    for (name, field, offset, size) in fields_first(&in_c) {
        let whose = if field.is_empty() {
            format!("`{name}`")
        } else {
            format!("`{name}.{field}`")
        };
        let place = |offset: i64, size: i64| match field.is_empty() {
            true => format!("{size} bytes"),
            false => format!("offset {offset}, size {size}"),
        };
        let ours = declared.iter().find(|row| row.0 == name && row.1 == field);
        match ours {
            Some((_, _, there, wide)) if (*there, *wide) == (offset, size) => {}
            _ => {
                let failure = Failure::new(
                    Kind::WrongValue,
                    format!("your `cdef` has {whose} in another place than C, or not at all"),
                );
                let ours = ours.map_or("no such field".to_owned(), |row| place(row.2, row.3));
                return Err(failure.expected(place(offset, size), ours));
            }
        }
    }
    match declared.iter().find(|row| !in_c.iter().any(|c| c == *row)) {
        None => Ok(()),
        Some((name, field, ..)) => Err(Failure::new(
            Kind::WrongValue,
            format!("your `cdef` has a `{name}.{field}`, and the header has not"),
        )),
    }
}

/// A row of the table: struct, field, offset, size.
type Row = (String, String, i64, i64);

fn rows(table: &Value) -> Verdict<Vec<Row>> {
    let row = |row: &Value| match row {
        Value::List(parts) => match parts.as_slice() {
            [Value::Str(name), Value::Str(field), offset, size] => Some((
                name.clone(),
                field.clone(),
                offset.to_string().parse().ok()?,
                size.to_string().parse().ok()?,
            )),
            _ => None,
        },
        _ => None,
    };
    let rows = match table {
        Value::List(rows) => rows.iter().map(row).collect(),
        _ => None,
    };
    rows.ok_or_else(|| Failure::fault(format!("no table of layouts: {table}")))
}

fn reads_what_c_wrote(judge: &mut Judge) -> Verdict {
    let path = text(&judge.companion()?);
    let gauge = judge.random.within(1 << 40..1 << 50);
    let phase = judge.random.within(0..3);
    let checked = judge.random.within(0..2) == 1;
    let temperature = judge.random.within(8..80) as f64 / 4.0;
    let level = judge.random.within(-24..24) as f64 / 8.0;
    let channel = judge.random.within(1..250);
    let mut py = judge.module()?;
    py.call_into("tide", "abi_mode.load", &args![path])?;
    py.run(
        "
        def reading(phase, checked, gauge, temperature, level):
            ffi, lib = tide
            lib.tide_record(gauge, phase, checked, temperature, level)
            # Room enough for C, however short the struct is that was declared.
            room = ffi.new('long long[32]')
            read = ffi.cast('tide_reading *', room)
            lib.tide_latest(read)
            return (int(read.phase), bool(read.checked), read.gauge, read.temperature, read.level)

        def message(channel):
            ffi, lib = tide
            room = ffi.new('long long[32]')
            read = ffi.cast('tide_message *', room)
            lib.tide_send(channel, read)
            return (read.channel, read.gauge, read.level)
        ",
    )?;
    let read: Vec<Value> = vec![
        phase.into(),
        checked.into(),
        gauge.into(),
        temperature.into(),
        level.into(),
    ];
    py.call("reading", &read)?.returns(Value::Tuple(read))?;
    let sent = vec![channel.into(), gauge.into(), level.into()];
    py.call("message", &args![channel])?
        .returns(Value::Tuple(sent))
}

/// Compiles a library into a folder of its own.
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

/// The library of the exercise with another header, in a folder of its own.
fn another(judge: &Judge, changes: &[Change]) -> Verdict<(PathBuf, TempDir)> {
    let lay_out = || -> std::io::Result<TempDir> {
        let folder = TempDir::new()?;
        for file in ["tide.h", "tide.c"] {
            let mut text = std::fs::read_to_string(judge.folder().join("native").join(file))?;
            for (_, from, to) in changes.iter().filter(|(name, ..)| *name == file) {
                if !text.contains(from) {
                    return Err(std::io::Error::other(format!("`{file}` has no `{from}`")));
                }
                text = text.replace(from, to);
            }
            std::fs::write(folder.path().join(file), text)?;
        }
        Ok(folder)
    };
    let folder = lay_out().map_err(|e| Failure::fault(format!("cannot copy `native/`: {e}")))?;
    Ok((
        compile(&folder.path().join("tide.c"), folder.path())?,
        folder,
    ))
}

/// A file of `native/`, what stands there, and what is to stand there.
type Change = (&'static str, &'static str, &'static str);

/// Headers that another version might have: what is in them and which struct
/// it concerns.
const OTHERS: [(&str, &str, &[Change]); 4] = [
    (
        "`gauge` is an `int32_t`, and all else is where it was",
        "tide_reading.gauge",
        &[("tide.h", "    long gauge;\n", "    int32_t gauge;\n")],
    ),
    (
        "`gauge` and `level` have changed places, and are as wide as each other",
        "tide_reading.",
        &[(
            "tide.h",
            "    long gauge;\n    double level;\n} tide_reading;",
            "    double level;\n    long gauge;\n} tide_reading;",
        )],
    ),
    (
        "a reading has grown at its end",
        "tide_reading",
        &[(
            "tide.h",
            "    double level;\n} tide_reading;",
            "    double level;\n    float salinity;\n} tide_reading;",
        )],
    ),
    (
        "a message is not packed any more",
        "tide_message",
        &[(
            "tide.h",
            "struct __attribute__((packed)) {\n    uint8_t",
            "struct {\n    uint8_t",
        )],
    ),
];

fn load_refuses_another_layout(judge: &mut Judge) -> Verdict {
    for (news, whose, changes) in OTHERS {
        let (path, _folder) = another(judge, changes)?;
        let mut py = judge.module()?;
        py.call("abi_mode.load", &args![text(&path)])?
            .raises("abi_mode.LayoutError")
            .and_then(|raised| raised.says(whose))
            .map_err(|failure| failure.note("in that library", news))?;
    }
    // What refuses every library has not looked at this one.
    let path = text(&judge.companion()?);
    judge
        .module()?
        .call_into("tide", "abi_mode.load", &args![path])
}

/// A library without tides: it has a `mooring` and the table.
const MOORING: &str = r#"
#include <stddef.h>
#include <stdint.h>
typedef struct { char name[12]; int16_t berth; double depth; } mooring;
typedef struct { const char *type, *field; size_t offset, size; } tide_row;
#define FIELD(f) {"mooring", #f, offsetof(mooring, f), sizeof(((mooring *)0)->f)}
static const tide_row layout[] = {
    FIELD(name), {"mooring", "", 0, sizeof(mooring)}, FIELD(berth), FIELD(depth), {0, 0, 0, 0},
};
const tide_row *tide_layout(void) { return layout; }
"#;

/// What somebody might declare for it, and what is wrong with that, if anything.
const MOORINGS: [(&str, Option<&str>); 4] = [
    ("char name[12]; int16_t berth; double depth;", None),
    (
        "char name[12]; double depth;",
        Some("it lacks `berth`, and all else is in its place"),
    ),
    (
        "char name[12]; int16_t berth; int8_t buoy; double depth;",
        Some("it has a `buoy` that the library has not, and all else is in its place"),
    ),
    (
        "char name[8]; int16_t berth; double depth;",
        Some("its `name` is shorter"),
    ),
];

fn verify_knows_no_struct_by_heart(judge: &mut Judge) -> Verdict {
    let folder = TempDir::new()
        .and_then(|folder| {
            std::fs::write(folder.path().join("mooring.c"), MOORING)?;
            Ok(folder)
        })
        .map_err(|e| Failure::fault(format!("no folder to compile in: {e}")))?;
    let library = compile(&folder.path().join("mooring.c"), folder.path())?;
    let mut py = judge.module()?;
    py.run(VERIFIED)?;
    for (fields, wrong) in MOORINGS {
        let struct_of = format!("typedef struct {{ {fields} }} mooring;");
        let answer = py.call("verified", &args![text(&library), struct_of.clone()])?;
        match wrong {
            None => answer.returns(())?,
            Some(wrong) => answer
                .raises("abi_mode.LayoutError")
                .map(drop)
                .map_err(|failure| {
                    failure
                        .note("the `cdef`", struct_of)
                        .note("what is wrong with it", wrong)
                })?,
        }
    }
    Ok(())
}

/// The learner's `verify`, on a library and a `cdef` of the check's own.
const VERIFIED: &str = "
    from cffi import FFI

    def verified(path, struct):
        ffi = FFI()
        ffi.cdef('''
            typedef struct {
                const char *type; const char *field; size_t offset; size_t size;
            } tide_row;
            const tide_row *tide_layout(void);
        ''')
        ffi.cdef(struct)
        return abi_mode.verify(ffi, ffi.dlopen(path))
";
