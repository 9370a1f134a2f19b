//! What `callback` has to prove.

use std::cmp::Ordering;

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("is_called_with_its_state", is_called_with_its_state)
        .check("shares_with_nobody", shares_with_nobody)
        .check("is_dropped_when_unsubscribed", is_dropped_when_unsubscribed)
        .check("is_dropped_when_replaced", is_dropped_when_replaced)
        .check("is_dropped_when_refused", is_dropped_when_refused)
        .check("is_dropped_at_shutdown", is_dropped_at_shutdown)
        .check("gives_the_memory_back", gives_the_memory_back)
        .run()
}

const OK: i64 = 0;
const NO_CHANNEL: i64 = 1;
const CLOSED: i64 = 2;
const NOBODY: i64 = 3;

/// A Python with the library.
fn library(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = judge.library()?;
    py.run(
        "
        from ctypes import POINTER, byref, c_int32, c_int64, c_size_t, c_uint32

        for name, argtypes, restype in [
            ('feed_unsubscribe', [c_uint32], c_int32),
            ('feed_publish', [c_uint32, c_int64, POINTER(c_int64)], c_int32),
            ('feed_shutdown', [], None),
            ('guest_adds', [c_uint32, c_size_t, c_int64], c_int32),
            ('guest_dropped', [c_size_t], c_int64),
        ]:
            function = getattr(lib, name)
            function.argtypes, function.restype = argtypes, restype

        unsubscribe, shutdown = lib.feed_unsubscribe, lib.feed_shutdown
        adds, dropped = lib.guest_adds, lib.guest_dropped

        def publish(channel, n):
            answer = c_int64()
            return [lib.feed_publish(channel, n, byref(answer)), answer.value]

        def there_and_back():
            adds(0, 0, 1)
            publish(0, 2)
            adds(0, 0, 3)
            unsubscribe(0)
            adds(99, 0, 4)
        ",
    )?;
    Ok(py)
}

/// Subscribes the guest that adds up, and insists that it was taken.
fn subscribe(py: &mut Subject, channel: i64, token: i64, start: i64) -> Verdict {
    py.call("adds", &args![channel, token, start])?.returns(OK)
}

/// Publishes, and holds the subscriber's answer against `expected`.
fn publish(py: &mut Subject, channel: i64, n: i64, expected: i64) -> Verdict {
    let said = py.call("publish", &args![channel, n])?.value()?;
    if said == [NOBODY, 0].into() {
        return Err(Failure::new(
            Kind::WrongValue,
            "`subscribe` says that it went well, and nobody is subscribed",
        ));
    }
    if said == [OK, expected].into() {
        return Ok(());
    }
    let message = "the closure was called, and what it answers is not what its state should give";
    let Value::List(mut said) = said else {
        return Err(Failure::new(Kind::Garbled, "no answer from the feed"));
    };
    let answer = said.pop().unwrap_or(Value::None);
    Err(Failure::new(Kind::WrongValue, message).expected(expected, answer))
}

/// The closure with this token is still there.
fn lives(py: &mut Subject, token: i64) -> Verdict {
    was_dropped(
        py,
        token,
        0,
        "the closure was dropped before anybody let go of it",
    )
}

/// The closure with this token is gone, by one drop.
fn is_gone(py: &mut Subject, token: i64, when: &str) -> Verdict {
    let message = format!("the closure was not dropped {when}, and nobody can reach it any more");
    was_dropped(py, token, 1, &message)
}

fn was_dropped(py: &mut Subject, token: i64, expected: i64, message: &str) -> Verdict {
    let Value::Int(count) = py.call("dropped", &args![token])?.value()? else {
        return Err(Failure::new(
            Kind::Garbled,
            "no number from `guest_dropped`",
        ));
    };
    let count = count.to_i128().unwrap_or(i128::MAX);
    let failure = match (count.cmp(&expected.into()), expected) {
        (Ordering::Equal, _) => return Ok(()),
        (Ordering::Less, _) => Failure::new(Kind::LeakedMemory, message),
        (Ordering::Greater, 0) => Failure::new(Kind::WrongValue, message),
        (Ordering::Greater, _) => {
            Failure::new(Kind::WrongValue, "the closure was dropped more than once")
        }
    };
    let times = |count| match count {
        0 => "not dropped".to_owned(),
        1 => "dropped once".to_owned(),
        more => format!("dropped {more} times"),
    };
    Err(failure.expected(times(expected.into()), times(count)))
}

/// A channel and another one, a token and another one.
fn choose(judge: &mut Judge) -> (i64, i64, i64, i64) {
    let (channel, token) = (judge.random.within(0..4), judge.random.within(1..30));
    let further = (judge.random.within(1..4), judge.random.within(1..30));
    (channel, channel + further.0, token, token + further.1)
}

fn is_called_with_its_state(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let (channel, _, token, _) = choose(judge);
    let mut sum = judge.random.within(-1000..1000);
    subscribe(&mut py, channel, token, sum)?;
    for _ in 0..judge.random.within(5..20) {
        let n = judge.random.within(-(1 << 40)..1 << 40);
        sum += n;
        publish(&mut py, channel, n, sum)?;
        lives(&mut py, token)?;
    }
    Ok(())
}

fn shares_with_nobody(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let (one, other, token, second) = choose(judge);
    let mut sums = [
        judge.random.within(1..1000),
        judge.random.within(2000..3000),
    ];
    subscribe(&mut py, one, token, sums[0])?;
    subscribe(&mut py, other, second, sums[1])?;
    for _ in 0..10 {
        let whose = judge.random.within(0..2) as usize;
        let n = judge.random.within(-1000..1000);
        sums[whose] += n;
        publish(&mut py, [one, other][whose], n, sums[whose])?;
    }
    lives(&mut py, token)?;
    lives(&mut py, second)
}

fn is_dropped_when_unsubscribed(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let (channel, other, token, second) = choose(judge);
    subscribe(&mut py, channel, token, 5)?;
    subscribe(&mut py, other, second, 6)?;
    lives(&mut py, token)?;
    lives(&mut py, second)?;
    for answer in 6..9 {
        publish(&mut py, channel, 1, answer)?;
        lives(&mut py, token)?;
    }
    for (channel, token) in [(channel, token), (other, second)] {
        py.call("unsubscribe", &args![channel])?.returns(OK)?;
        is_gone(&mut py, token, "when it was unsubscribed")?;
        py.call("unsubscribe", &args![channel])?.returns(NOBODY)?;
        is_gone(&mut py, token, "when it was unsubscribed")?;
    }
    Ok(())
}

fn is_dropped_when_replaced(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let (channel, other, token, second) = choose(judge);
    let beside = second + 1;
    subscribe(&mut py, channel, token, 0)?;
    subscribe(&mut py, other, beside, 1)?;
    lives(&mut py, token)?;
    let start = judge.random.within(1..1000);
    subscribe(&mut py, channel, second, start)?;
    is_gone(&mut py, token, "when another took its place")?;
    lives(&mut py, second)?;
    lives(&mut py, beside)?;
    publish(&mut py, channel, 1, start + 1)?;
    publish(&mut py, other, 1, 2)?;
    py.call("unsubscribe", &args![channel])?.returns(OK)?;
    is_gone(&mut py, token, "when another took its place")?;
    is_gone(&mut py, second, "when it was unsubscribed")
}

/// The feed does not want the closure and says so.
fn is_refused(py: &mut Subject, channel: i64, token: i64, code: i64) -> Verdict {
    let said = py.call("adds", &args![channel, token, 0])?.value()?;
    if said == OK.into() {
        let message = "`subscribe` says that it went well, and the feed had refused";
        return Err(Failure::new(Kind::IgnoredFailure, message).expected(code, said));
    }
    if said != code.into() {
        let message = "`subscribe` gives another code than the feed did";
        return Err(Failure::new(Kind::WrongValue, message).expected(code, said));
    }
    is_gone(py, token, "when the feed refused it")
}

fn is_dropped_when_refused(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let (channel, _, token, second) = choose(judge);
    let no_channel = judge.random.within(8..1 << 31);
    is_refused(&mut py, no_channel, token, NO_CHANNEL)?;
    // It is no obstacle to the next one.
    subscribe(&mut py, channel, second, 7)?;
    publish(&mut py, channel, 1, 8)?;
    is_refused(&mut py, no_channel, token + 31, NO_CHANNEL)?;
    lives(&mut py, second)?;
    publish(&mut py, channel, 1, 9)?;
    py.call("shutdown", &[])?.returns(Value::None)?;
    is_refused(&mut py, channel, 0, CLOSED)
}

fn is_dropped_at_shutdown(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let count = judge.random.within(2..8);
    for channel in 0..count {
        subscribe(&mut py, channel, channel + 10, channel)?;
    }
    for channel in 0..count {
        lives(&mut py, channel + 10)?;
    }
    publish(&mut py, 1, 1, 2)?;
    for _ in 0..2 {
        py.call("shutdown", &[])?.returns(Value::None)?;
        for channel in 0..count {
            is_gone(&mut py, channel + 10, "when the feed was shut down")?;
        }
    }
    Ok(())
}

fn gives_the_memory_back(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    subscribe(&mut py, 0, 1, 5)?;
    publish(&mut py, 0, 1, 6)?;
    py.memory("there_and_back", &mut judge.random)?
        .is_given_back()
}
