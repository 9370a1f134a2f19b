//! What `keepalive` has to prove.
//!
//! A freed callback seldom crashes when one looks. So the checks make many other
//! callbacks, of the same type, where one may have been freed: if the press then
//! calls one of those strangers, the reader's own was gone. And where something
//! that was handed over dies too early, that is asked before the press is let on it.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check(
            "the_callback_outlives_the_call",
            the_callback_outlives_the_call,
        )
        .check("several_live_side_by_side", several_live_side_by_side)
        .check("holds_what_nobody_else_holds", holds_what_nobody_else_holds)
        .check(
            "lives_until_the_press_lets_go",
            lives_until_the_press_lets_go,
        )
        .check("lets_go_afterwards", lets_go_afterwards)
        .check("refuses_and_holds_nothing", refuses_and_holds_nothing)
        .run()
}

/// How many readers the library has room for.
const ROOM: i64 = 8;

const SCENE: &str = "
    import ctypes
    import gc
    import weakref
    from ctypes import c_int32, c_void_p

    heard = []      # whose function, whose data, which page
    strangers = []  # pages that the press told callbacks it knows nothing of
    crowd = []      # those callbacks
    held = []       # what the check itself holds
    watched = {}    # the rest, seen from afar
    early = []      # who died although pages were waiting
    waiting = None  # whose reader has pages waiting for it
    due = 0         # and how much must have been heard before that one may die

    CALLBACK = ctypes.CFUNCTYPE(None, c_int32, c_void_p)

    class Data:
        def __init__(self, token):
            self.token = token

        def __del__(self):
            if self.token == waiting and len(heard) < due:
                early.append(self.token)
                # Or the press would call an address that is free.
                lib.press_close()

    def function_of(token):
        def function(page, data):
            whose = data.token if type(data) is Data else repr(data)
            heard.append([token, whose, page])
        return function

    def given(token):
        function, data = function_of(token), Data(token)
        watched[token] = weakref.ref(function), weakref.ref(data)
        return function, data

    def subscribe_held(token):
        held.append(given(token))
        return press.subscribe(*held[-1])

    def subscribe_again(token, other):
        held.append((held[-1][0], Data(other)))
        return press.subscribe(*held[-1])

    def subscribe(token):
        return press.subscribe(*given(token))

    def replace(number, token):
        return press.replace(number, *given(token))

    def time_goes_by():
        # What was freed makes room, and something else moves in.
        gc.collect()
        crowd.extend(CALLBACK(lambda page, user: strangers.append(page)) for _ in range(200))
        crowd.extend(bytearray(size) for size in range(1, 2000))
        crowd.extend(Data(None) for _ in range(200))
        gc.collect()

    def wait(pages, token):
        global waiting, due
        waiting, due = token, len(heard) + len(pages)
        for page in pages:
            lib.press_print(page)

    def deliver(pages):
        for page in pages:
            lib.press_print(page)
        lib.press_deliver()

    def lives(token):
        gc.collect()
        return [reference() is not None for reference in watched[token]]
";

/// A Python with a press, as `press`, and with the library itself, as `lib`.
fn press(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    py.run(SCENE)?;
    let path = judge.companion()?.to_string_lossy().into_owned();
    py.call_into("lib", "ctypes.CDLL", &args![path.clone()])?;
    py.call_into("press", "keepalive.Press", &args![path])?;
    Ok(py)
}

/// A reader: whose function it is, and whose data.
type Reader = (i64, i64);

fn token(judge: &mut Judge) -> i64 {
    judge.random.within(1 << 20..1 << 30)
}

fn pages(judge: &mut Judge) -> Vec<i64> {
    let count = judge.random.within(2..6);
    (0..count)
        .map(|_| judge.random.within(1..1 << 30))
        .collect()
}

/// Nobody but the readers was called, and they heard exactly this, in this order.
fn heard(py: &mut Subject, expected: &[(Reader, &[i64])]) -> Verdict {
    let strangers = py.eval("len(strangers)")?.value()?;
    if strangers != Value::from(0) {
        let called = "the press called a callback that Python had freed";
        return Err(
            Failure::new(Kind::WrongValue, called).note("how that shows", STRANGER.to_owned())
        );
    }
    let expected: Vec<Value> = expected
        .iter()
        .flat_map(|((function, data), pages)| {
            pages
                .iter()
                .map(move |page| Value::from([*function, *data, *page]))
        })
        .collect();
    let told = py.eval("heard")?.returns(Value::List(expected));
    told.map_err(|failure| failure.note("what is in it", CALLS.to_owned()))?;
    // Whoever had pages waiting may go now, at once or when the collector comes.
    py.run("heard.clear(); waiting = None")
}

const STRANGER: &str = "\
other callbacks were made after it, one of them got the place in memory that had
become free, and the press still has that address";

const CALLS: &str = "\
for each call of a reader: whose function it was, whose data it was given, and the page";

/// Prints pages and delivers them to these readers.
fn told(py: &mut Subject, pages: &[i64], readers: &[Reader]) -> Verdict {
    py.call("deliver", &args![pages.to_vec()])?.returns(())?;
    let expected: Vec<_> = readers.iter().map(|reader| (*reader, pages)).collect();
    heard(py, &expected)
}

/// Whether a reader's function and data live.
fn lives(py: &mut Subject, token: i64) -> Verdict<(bool, bool)> {
    match py.call("lives", &args![token])?.value()? {
        Value::List(both) => match both[..] {
            [Value::Bool(function), Value::Bool(data)] => Ok((function, data)),
            _ => Err(Failure::fault("the scene told no two bools")),
        },
        _ => Err(Failure::fault("the scene told no list")),
    }
}

fn must_live(py: &mut Subject, token: i64) -> Verdict {
    let gone = match lives(py, token)? {
        (true, true) => return Ok(()),
        (false, _) => "Python let go of a function that the press may still call",
        (true, false) => "Python let go of data that the press may still hand over",
    };
    Err(Failure::new(Kind::WrongValue, gone).note(
        "what that means",
        "the subscription was its only owner, and the subscription goes on",
    ))
}

fn must_be_gone(py: &mut Subject, token: i64, whose: &str) -> Verdict {
    let held = match lives(py, token)? {
        (false, false) => return Ok(()),
        (true, _) => format!("the function of {whose} is still held"),
        (false, true) => format!("the data of {whose} is still held"),
    };
    Err(Failure::new(Kind::LeakedReferences, held).note(
        "what that means",
        "the press does not know it any more, and it will stay in memory for ever",
    ))
}

/// Nothing died while pages were waiting for it.
fn nobody_died_early(py: &mut Subject, what: &str) -> Verdict {
    if py.eval("len(early)")?.value()? == Value::from(0) {
        return Ok(());
    }
    let early = format!("`{what}` let go of it while the press was still calling it");
    Err(Failure::new(Kind::WrongValue, early).note(
        "what that means",
        "the old callback was gone before the press had delivered what waited for it",
    ))
}

fn the_callback_outlives_the_call(judge: &mut Judge) -> Verdict {
    let mut py = press(judge)?;
    let one = token(judge);
    py.call_into("number", "subscribe_held", &args![one])?;
    for _ in 0..2 {
        py.call("time_goes_by", &[])?.returns(())?;
        told(&mut py, &pages(judge), &[(one, one)])?;
    }
    Ok(())
}

fn several_live_side_by_side(judge: &mut Judge) -> Verdict {
    let mut py = press(judge)?;
    let mut readers = Vec::new();
    for _ in 0..judge.random.within(2..ROOM - 2) {
        let one = token(judge);
        py.call_into("number", "subscribe_held", &args![one])?;
        readers.push((one, one));
    }
    // The last function once more, with other data.
    let (one, other) = (readers[readers.len() - 1].0, token(judge));
    py.call_into("number", "subscribe_again", &args![one, other])?;
    readers.push((one, other));
    py.call("time_goes_by", &[])?.returns(())?;
    told(&mut py, &pages(judge), &readers)
}

fn holds_what_nobody_else_holds(judge: &mut Judge) -> Verdict {
    let mut py = press(judge)?;
    let readers = [token(judge), token(judge)];
    for one in readers {
        py.call_into("number", "subscribe", &args![one])?;
    }
    py.call("time_goes_by", &[])?.returns(())?;
    for one in readers {
        must_live(&mut py, one)?;
    }
    told(&mut py, &pages(judge), &readers.map(|one| (one, one)))
}

fn lives_until_the_press_lets_go(judge: &mut Judge) -> Verdict {
    let mut py = press(judge)?;
    let (old, new) = (token(judge), token(judge));
    py.call_into("number", "subscribe", &args![old])?;
    py.call("time_goes_by", &[])?.returns(())?;
    let waiting = pages(judge);
    py.call("wait", &args![waiting.clone(), old])?.returns(())?;
    let outcome = py.eval(&format!("replace(number, {new})"))?;
    nobody_died_early(&mut py, "replace")?;
    heard(&mut py, &[((old, old), &waiting)])?;
    outcome.value()?;
    py.call("time_goes_by", &[])?.returns(())?;
    told(&mut py, &pages(judge), &[(new, new)])?;
    let waiting = pages(judge);
    py.call("wait", &args![waiting.clone(), new])?.returns(())?;
    let outcome = py.eval("press.unsubscribe(number)")?;
    nobody_died_early(&mut py, "unsubscribe")?;
    heard(&mut py, &[((new, new), &waiting)])?;
    outcome.value().map(drop)
}

fn lets_go_afterwards(judge: &mut Judge) -> Verdict {
    let mut py = press(judge)?;
    let (old, new, other) = (token(judge), token(judge), token(judge));
    py.call_into("first", "subscribe", &args![token(judge)])?;
    py.call_into("number", "subscribe", &args![old])?;
    py.call_into("another", "subscribe", &args![other])?;
    // A smaller number than those is free from now on.
    py.eval("press.unsubscribe(first)")?.value()?;
    py.call("time_goes_by", &[])?.returns(())?;
    told(&mut py, &pages(judge), &[(old, old), (other, other)])?;
    py.eval(&format!("replace(number, {new})"))?.value()?;
    must_be_gone(&mut py, old, "the reader that was replaced")?;
    py.call("time_goes_by", &[])?.returns(())?;
    told(&mut py, &pages(judge), &[(new, new), (other, other)])?;
    py.eval("press.unsubscribe(number)")?.value()?;
    must_be_gone(&mut py, new, "the reader that was unsubscribed")?;
    py.call("time_goes_by", &[])?.returns(())?;
    told(&mut py, &pages(judge), &[(other, other)])
}

fn refuses_and_holds_nothing(judge: &mut Judge) -> Verdict {
    let mut py = press(judge)?;
    let mut readers = Vec::new();
    for _ in 0..ROOM {
        let one = token(judge);
        py.call_into("number", "subscribe_held", &args![one])?;
        readers.push((one, one));
    }
    let refused = token(judge);
    py.call("subscribe", &args![refused])?
        .raises("RuntimeError")?;
    must_be_gone(&mut py, refused, "a reader that the press refused")?;
    let unknown = judge.random.within(ROOM..1 << 30);
    py.call("press.unsubscribe", &args![unknown])?
        .raises("LookupError")?;
    py.call("replace", &args![unknown, refused])?
        .raises("LookupError")?;
    must_be_gone(&mut py, refused, "a reader that the press refused")?;
    py.call("time_goes_by", &[])?.returns(())?;
    told(&mut py, &pages(judge), &readers)
}
