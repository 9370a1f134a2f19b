//! What `consume` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check(
            "walks_three_dimensions_any_way_round",
            walks_three_dimensions_any_way_round,
        )
        .check("knows_every_spelling", knows_every_spelling)
        .check("sees_itself_at_work", sees_itself_at_work)
        .check(
            "writes_behind_pointers_and_off_the_grid",
            writes_behind_pointers_and_off_the_grid,
        )
        .check(
            "empty_and_read_only_is_read_only",
            empty_and_read_only_is_read_only,
        )
        .check("keeps_no_reference", keeps_no_reference)
        .run()
}

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

        def by_ctypes(numbers): return (ctypes.c_double * len(numbers))(*numbers)

        def columns(numbers):
            memory = by_ctypes(numbers)
            return made_by_hand(memory, ctypes.addressof(memory), b'd', 8, [2, 3], [8, 16])

        def pointers(numbers):
            first, last = (ctypes.c_double * 3)(*numbers[:3]), (ctypes.c_double * 3)(*numbers[3:])
            table = (ctypes.c_void_p * 2)(ctypes.addressof(first), ctypes.addressof(last))
            size = ctypes.sizeof(ctypes.c_void_p)
            return made_by_hand((first, last, table), ctypes.addressof(table), b'd', 8, [2, 3], [size, 8], [0, -1])

        def odd(numbers):
            memory = bytearray(1) + whole(numbers).tobytes()
            return memoryview(memory)[1:].cast('d')

        def all_of(view):
            seen = []
            consume.each(view, seen.append)
            return seen
        ",
    )?;
    Ok(py)
}

fn some(judge: &mut Judge, count: usize) -> Vec<f64> {
    (0..count)
        .map(|_| judge.random.within(-9000..9000) as f64 / 4.0)
        .collect()
}

fn walks_three_dimensions_any_way_round(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        def table(numbers, shape, strides, start):
            memory = by_ctypes(numbers)
            address = ctypes.addressof(memory) + 8 * start
            return made_by_hand(memory, address, b'd', 8, shape, [8 * step for step in strides])

        def seen_in_table(*how): return all_of(table(*how))
        ",
    )?;
    for _ in 0..6 {
        let shape: Vec<i64> = (0..3).map(|_| judge.random.within(1..5)).collect();
        // Which index moves fastest in memory, and which run backwards.
        let mut order = [0, 1, 2];
        order.swap(0, judge.random.within(0..3) as usize);
        order.swap(1, judge.random.within(1..3) as usize);
        let (mut strides, mut start, mut step) = ([0_i64; 3], 0, 1);
        for at in order {
            strides[at] = step;
            if judge.random.within(0..2) == 1 {
                start += step * (shape[at] - 1);
                strides[at] = -step;
            }
            step *= shape[at];
        }
        let numbers = some(judge, step as usize);
        let mut wanted = Vec::new();
        for i in 0..shape[0] {
            for j in 0..shape[1] {
                for k in 0..shape[2] {
                    let at = start + i * strides[0] + j * strides[1] + k * strides[2];
                    wanted.push(numbers[at as usize]);
                }
            }
        }
        py.call("seen_in_table", &args![numbers, shape, strides, start])?
            .returns(wanted)?;
    }
    Ok(())
}

fn knows_every_spelling(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        def spelled(numbers, format, itemsize):
            memory = by_ctypes(numbers)
            count = 8 * len(numbers) // itemsize
            view = made_by_hand(memory, ctypes.addressof(memory), format.encode(), itemsize, [count], [itemsize])
            return all_of(view)
        ",
    )?;
    for format in ["d", "@d", "=d"] {
        let numbers = some(judge, 4);
        py.call("spelled", &args![numbers.clone(), format, 8])?
            .returns(numbers)?;
    }
    for (format, size) in [
        ("dd", 16),
        ("2d", 16),
        ("=q", 8),
        ("e", 2),
        ("=f", 4),
        ("!q", 8),
    ] {
        py.call("spelled", &args![some(judge, 4), format, size])?
            .raises("TypeError")?
            .says(&format!("'{format}'"))?;
    }
    Ok(())
}

fn sees_itself_at_work(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        def scaled_under_way(numbers, factor):
            memory, seen = whole(numbers), []
            def callback(number):
                seen.append(number)
                if len(seen) == 2: consume.scale(memory, factor)
            consume.each(memory, callback)
            return seen
        ",
    )?;
    let (numbers, factor) = (some(judge, 5), judge.random.within(2..9));
    let scale = |(at, number): (usize, &f64)| match at {
        0 | 1 => *number,
        _ => number * factor as f64,
    };
    let wanted: Vec<f64> = numbers.iter().enumerate().map(scale).collect();
    py.call("scaled_under_way", &args![numbers, factor])?
        .returns(wanted)
}

fn writes_behind_pointers_and_off_the_grid(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        def scaled(layout, numbers, factor):
            view = {'pointers': pointers, 'columns': columns, 'odd': odd}[layout](numbers)
            consume.scale(view, factor)
            return all_of(view)
        ",
    )?;
    for (layout, order) in [
        ("pointers", [0, 1, 2, 3, 4, 5]),
        ("odd", [0, 1, 2, 3, 4, 5]),
        ("columns", [0, 2, 4, 1, 3, 5]),
    ] {
        let (numbers, factor) = (some(judge, 6), judge.random.within(2..9));
        let wanted: Vec<f64> = order
            .iter()
            .map(|&at| numbers[at] * factor as f64)
            .collect();
        py.call("scaled", &args![layout, numbers, factor])?
            .returns(wanted)?;
    }
    Ok(())
}

fn empty_and_read_only_is_read_only(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        def empty(read_only):
            view = memoryview(array('d', [1.0]))[:0]
            return consume.scale(view.toreadonly() if read_only else view, 2.0)
        ",
    )?;
    py.call("empty", &args![true])?.raises("BufferError")?;
    py.call("empty", &args![false])?.returns(())
}

fn keeps_no_reference(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        class Call:
            def __call__(self, number):
                if number > 2: raise ValueError(number)

        def well(): return whole([1, 2]), Call()
        def badly(): return memoryview(whole([1, 3, 5]))[::-1], Call()
        def refused(): return array('q', [1, 3, 5]), Call()
        def by_two(): return whole([1.5, 2.5]), float('2.25')
        def refused_by_two(): return memoryview(whole([1.5])).toreadonly(), float('2.25')
        ",
    )?;
    for make in ["well", "badly", "refused"] {
        py.references("consume.each", make)?.are_balanced()?;
    }
    for make in ["by_two", "refused_by_two"] {
        py.references("consume.scale", make)?.are_balanced()?;
    }
    Ok(())
}
