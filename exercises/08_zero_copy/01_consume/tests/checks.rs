//! What `consume` has to prove.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("reads_every_layout", reads_every_layout)
        .check("takes_its_own_format_alone", takes_its_own_format_alone)
        .check("looks_at_the_memory_itself", looks_at_the_memory_itself)
        .check("holds_it_while_it_works", holds_it_while_it_works)
        .check("lets_go_on_every_path", lets_go_on_every_path)
        .check("writes_where_it_may", writes_where_it_may)
        .run()
}

/// Six numbers, and where each layout puts them: its name in the scene, what a
/// learner reads, and which of the six it shows, in its order.
const LAYOUTS: [(&str, &str, &[usize]); 9] = [
    ("whole", "an array", &[0, 1, 2, 3, 4, 5]),
    ("second", "every second number of an array", &[0, 2, 4]),
    ("backwards", "an array read backwards", &[5, 4, 3, 2, 1, 0]),
    ("nothing", "a view of no number at all", &[]),
    ("rows", "two rows of a table", &[0, 1, 2, 3, 4, 5]),
    (
        "columns",
        "a table that lies column by column",
        &[0, 2, 4, 1, 3, 5],
    ),
    (
        "by_ctypes",
        "a view of an array made by ctypes",
        &[0, 1, 2, 3, 4, 5],
    ),
    (
        "pointers",
        "two rows that lie behind pointers",
        &[0, 1, 2, 3, 4, 5],
    ),
    (
        "odd",
        "numbers whose address is no multiple of eight",
        &[0, 1, 2, 3, 4, 5],
    ),
];

/// The module, and numbers that lie in memory in many ways.
fn desk(judge: &Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    py.run(
        "
        import ctypes, sys
        from array import array

        ISSIZE = ctypes.c_ssize_t

        class PyBuffer(ctypes.Structure):
            _fields_ = [
                ('buf', ctypes.c_void_p), ('obj', ctypes.c_void_p),
                ('len', ISSIZE), ('itemsize', ISSIZE),
                ('readonly', ctypes.c_int), ('ndim', ctypes.c_int),
                ('format', ctypes.c_char_p), ('shape', ctypes.POINTER(ISSIZE)),
                ('strides', ctypes.POINTER(ISSIZE)), ('suboffsets', ctypes.POINTER(ISSIZE)),
                ('internal', ctypes.c_void_p),
            ]

        view_of = ctypes.pythonapi.PyMemoryView_FromBuffer
        view_of.restype = ctypes.py_object

        # What no type of the standard library lays out: a view made by hand.
        kept = []
        def made_by_hand(memory, address, format, itemsize, shape, strides, suboffsets=None):
            def lengths(numbers): return numbers and (ISSIZE * len(numbers))(*numbers)
            count = itemsize
            for length in shape: count *= length
            shape, strides, suboffsets = lengths(shape), lengths(strides), lengths(suboffsets)
            buffer = PyBuffer(address, None, count, itemsize, 0, len(shape), format, shape, strides, suboffsets)
            kept.extend([memory, buffer, shape, strides, suboffsets])
            return view_of(ctypes.byref(buffer))

        def whole(numbers): return array('d', numbers)
        def second(numbers): return memoryview(whole(numbers))[::2]
        def backwards(numbers): return memoryview(whole(numbers))[::-1]
        def nothing(numbers): return memoryview(whole(numbers))[3:3]
        def rows(numbers): return memoryview(whole(numbers)).cast('B').cast('d', [2, 3])
        def by_ctypes(numbers): return memoryview((ctypes.c_double * 6)(*numbers))

        def columns(numbers):
            memory = (ctypes.c_double * 6)(*numbers)
            return made_by_hand(memory, ctypes.addressof(memory), b'd', 8, [2, 3], [8, 16])

        def pointers(numbers):
            first, last = (ctypes.c_double * 3)(*numbers[:3]), (ctypes.c_double * 3)(*numbers[3:])
            table = (ctypes.c_void_p * 2)(ctypes.addressof(first), ctypes.addressof(last))
            size = ctypes.sizeof(ctypes.c_void_p)
            return made_by_hand((first, last, table), ctypes.addressof(table), b'd', 8, [2, 3], [size, 8], [0, -1])

        def odd(numbers):
            memory = bytearray(1) + whole(numbers).tobytes()
            return memoryview(memory)[1:].cast('d')

        def seen_in(layout, numbers):
            seen = []
            consume.each(layout(numbers), seen.append)
            return seen
        ",
    )?;
    Ok(py)
}

fn six(judge: &mut Judge) -> Vec<f64> {
    let mut one = || judge.random.within(-9000..9000) as f64 / 8.0;
    (0..6).map(|_| one()).collect()
}

/// `each` came to this; what it was given is said in words.
fn saw(py: &mut Subject, call: &str, given: &str, args: &[Value], wanted: &Value) -> Verdict {
    let got = py.call(call, args)?.outcome().map_err(|raised| {
        let message = format!("`consume.each` refused {given}");
        Failure::new(Kind::WrongError, message).expected(wanted, raised)
    })?;
    if got == *wanted {
        return Ok(());
    }
    let message = format!("`consume.each` saw the wrong numbers in {given}");
    Err(Failure::new(Kind::WrongValue, message).expected(wanted, got))
}

fn reads_every_layout(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    for (layout, given, which) in LAYOUTS {
        let numbers = six(judge);
        let wanted: Vec<f64> = which.iter().map(|&at| numbers[at]).collect();
        let call = format!("(lambda numbers: seen_in({layout}, numbers))");
        saw(&mut py, &call, given, &args![numbers], &wanted.into())?;
    }
    Ok(())
}

fn takes_its_own_format_alone(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        little = sys.byteorder == 'little'
        foreign = ctypes.c_double.__ctype_be__ if little else ctypes.c_double.__ctype_le__

        def of_a_format(name):
            if name == 'foreign': return memoryview((foreign * 3)(1, 2, 3))
            return array(name, range(3)) if name != 'B' else bytearray(24)

        def offered(function, name):
            consume_it = consume.each if function == 'each' else consume.scale
            return consume_it(of_a_format(name), print if function == 'each' else 2.0)
        def format_of(name): return memoryview(of_a_format(name)).format
        ",
    )?;
    for name in ["f", "q", "i", "B", "foreign"] {
        let format = match py.call("format_of", &args![name])?.value()? {
            Value::Str(format) => format,
            _ => return Err(Failure::fault("a format that is no text")),
        };
        for function in ["each", "scale"] {
            let quoted = format!("'{format}'");
            let what = format!("`consume.{function}`");
            match py.call("offered", &args![function, name])?.outcome() {
                Err(raised) if raised.is_a("TypeError") && raised.message.contains(&quoted) => {}
                Err(raised) => {
                    let message = format!("{what} did not say what is wrong with {quoted}");
                    let wanted = format!("a `TypeError` whose message has {quoted} in it");
                    return Err(Failure::new(Kind::WrongError, message).expected(wanted, raised));
                }
                Ok(_) => {
                    let message =
                        format!("{what} took numbers of the format {quoted} for 64-bit floats");
                    return Err(Failure::new(Kind::WrongError, message)
                        .expected("`TypeError`", "it returned"));
                }
            }
        }
    }
    py.call("consume.each", &args![[1.0, 2.0], Value::None])?
        .raises("TypeError")?;
    py.call("consume.scale", &args![[1.0, 2.0], 2.0])?
        .raises("TypeError")
        .map(drop)
}

fn looks_at_the_memory_itself(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        def changed_ahead(numbers, late, step):
            memory = array('d', numbers)
            seen = []
            def callback(number):
                seen.append(number)
                following = len(seen) * step
                if following < len(memory): memory[following] = late + following
            consume.each(memoryview(memory)[::step] if step > 1 else memory, callback)
            return seen
        ",
    )?;
    for step in [1, 2] {
        let mut numbers = six(judge);
        let late = judge.random.within(9001..12000) as f64;
        let args = args![numbers.clone(), late, step];
        let got = py.call("changed_ahead", &args)?.value()?;
        let seen = |numbers: &[f64]| -> Value {
            let seen: Vec<f64> = numbers.iter().copied().step_by(step as usize).collect();
            seen.into()
        };
        let before = seen(&numbers);
        for following in (step as usize..numbers.len()).step_by(step as usize) {
            numbers[following] = late + following as f64;
        }
        let wanted = seen(&numbers);
        if got == before {
            let message = "`consume.each` did not see a number that was changed while it ran";
            return Err(Failure::new(Kind::WrongValue, message)
                .expected(wanted, got)
                .note(
                    "what that means",
                    "it went through a copy, or read a number before its turn.",
                ));
        }
        if got != wanted {
            let message = "`consume.each` saw the wrong numbers while they were changed";
            return Err(Failure::new(Kind::WrongValue, message).expected(wanted, got));
        }
    }
    Ok(())
}

fn holds_it_while_it_works(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        class Refused(Exception): pass

        def during(layout, numbers, change):
            memory = layout(numbers)
            def callback(number):
                try:
                    change(memory)
                except BufferError:
                    raise Refused
            try:
                consume.each(memory, callback)
            except Refused:
                return 'held'
            return 'let go'

        def grow(memory): memory.extend(memory)
        def grows(numbers): return during(whole, numbers, grow)
        def is_released(numbers): return during(second, numbers, memoryview.release)
        ",
    )?;
    for (call, happened) in [
        ("grows", "the array was moved while"),
        ("is_released", "the memoryview was released while"),
    ] {
        let got = py.call(call, &args![six(judge)])?.value()?;
        if got != Value::from("held") {
            let message = format!("{happened} `consume.each` was reading it");
            return Err(Failure::new(Kind::WrongValue, message)
                .expected("`BufferError` for whoever tries", "it could be done")
                .note(
                    "what that means",
                    "nobody held the view: an address into that memory would point at nothing now.",
                ));
        }
    }
    Ok(())
}

fn lets_go_on_every_path(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        class Enough(Exception): pass

        def stop_at_the_second():
            seen = []
            def callback(number):
                seen.append(number)
                if len(seen) == 2: raise enough
            return callback

        enough = Enough('enough')
        paths = {
            'it went through an array': lambda: (whole([1, 2, 3]), lambda it: consume.each(it, int)),
            'the callback raised': lambda: (whole([1, 2, 3]), lambda it: consume.each(it, stop_at_the_second())),
            'it refused a format': lambda: (array('i', [1, 2]), lambda it: consume.each(it, int)),
            'the callback could not be called': lambda: (whole([1, 2]), lambda it: consume.each(it, 7)),
            'it had scaled an array': lambda: (whole([1, 2]), lambda it: consume.scale(it, 2.0)),
            'it had refused to scale': lambda: (array('i', [1, 2]), lambda it: consume.scale(it, 2.0)),
        }

        def held_after(path):
            memory, use = paths[path]()
            try:
                use(memory)
            except Exception: pass
            try:
                memory.append(1)
            except BufferError:
                return True
            return False

        def the_very_exception():
            try:
                consume.each(whole([1, 2, 3]), stop_at_the_second())
            except Enough as error:
                return error is enough
            return False
        ",
    )?;
    for path in [
        "it went through an array",
        "the callback raised",
        "the callback could not be called",
        "it refused a format",
        "it had scaled an array",
        "it had refused to scale",
    ] {
        if py.call("held_after", &args![path])?.value()? != Value::from(false) {
            let message = format!("the view was never given back after {path}");
            return Err(Failure::new(Kind::LeakedReferences, message)
                .expected("an array that can grow again", "`BufferError`"));
        }
    }
    py.call("the_very_exception", &[])?.returns(true)
}

fn writes_where_it_may(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        def scaled(layout, numbers, factor):
            memory = whole(numbers)
            view = {'whole': memory, 'second': memoryview(memory)[::2], 'backwards': memoryview(memory)[::-1]}[layout]
            consume.scale(view, factor)
            return list(memory)

        def read_only(numbers, factor):
            memory = whole(numbers).tobytes()
            try:
                consume.scale(memoryview(memory).cast('d'), factor)
                return 'nothing raised'
            except BufferError:
                return list(memoryview(memory).cast('d'))
            except Exception as error:
                return type(error).__name__

        def read_only_seen(numbers):
            return seen_in(lambda numbers: memoryview(whole(numbers)).toreadonly(), numbers)
        ",
    )?;
    let factor = judge.random.within(2..9);
    for (layout, given, step) in [
        ("whole", "an array", 1),
        ("second", "every second number of an array", 2),
        ("backwards", "an array read backwards", 1),
    ] {
        let numbers = six(judge);
        let scale = |(at, number): (usize, f64)| match at % step {
            0 => number * factor as f64,
            _ => number,
        };
        let before = Value::from(numbers.clone());
        let wanted: Vec<f64> = numbers.iter().copied().enumerate().map(scale).collect();
        let wanted = Value::from(wanted);
        let got = py
            .call("scaled", &args![layout, numbers, factor])?
            .value()?;
        if got != wanted {
            let did = if got == before {
                "nothing"
            } else {
                "the wrong numbers"
            };
            let message = format!("`consume.scale` changed {did} in {given}");
            return Err(Failure::new(Kind::WrongValue, message).expected(wanted, got));
        }
    }
    let numbers = six(judge);
    let args = args![numbers.clone(), factor];
    let got = py.call("read_only", &args)?.value()?;
    if got != Value::from(numbers.clone()) {
        let message = "`consume.scale` did not refuse memory that may only be read";
        let wanted = format!("`BufferError`, and {}", Value::from(numbers));
        return Err(Failure::new(Kind::WrongError, message)
            .expected(wanted, got)
            .note(
                "what that means",
                "`bytes` cannot change, and everybody relies on that.",
            ));
    }
    let given = "a view that may only be read";
    let args = args![numbers.clone()];
    saw(&mut py, "read_only_seen", given, &args, &numbers.into())
}
