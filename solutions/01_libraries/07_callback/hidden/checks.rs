//! What `callback` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("large_and_empty_closures", large_and_empty_closures)
        .check("called_from_another_thread", called_from_another_thread)
        .check("hands_its_channel_over", hands_its_channel_over)
        .run()
}

fn library(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = judge.library()?;
    py.run(
        "
        from ctypes import POINTER, byref, c_int64, c_size_t, c_uint32

        lib.feed_unsubscribe.argtypes = [c_uint32]
        lib.feed_publish.argtypes = [c_uint32, c_int64, POINTER(c_int64)]
        lib.guest_adds.argtypes = [c_uint32, c_size_t, c_int64]
        lib.guest_remembers.argtypes = [c_uint32, c_size_t]
        lib.guest_negates.argtypes = [c_uint32]
        lib.guest_hands_over.argtypes = [c_uint32, c_size_t, c_size_t]
        lib.guest_dropped.argtypes, lib.guest_dropped.restype = [c_size_t], c_int64

        def publish(channel, n):
            answer = c_int64(-77)
            code = lib.feed_publish(channel, n, byref(answer))
            return [code, answer.value]

        def remembers(numbers):
            subscribed = lib.guest_remembers(3, 1)
            first = [publish(3, n) for n in numbers]
            again = [publish(3, -n)[1] for n in numbers]
            return [subscribed, first, again, lib.guest_dropped(1)]

        def negates(n):
            return [lib.guest_negates(4), *publish(4, n), *publish(4, -n), lib.feed_unsubscribe(4)]

        def large_and_empty():
            lib.guest_remembers(5, 2)
            publish(5, 1)
            lib.guest_negates(5)
            publish(5, 1)
            lib.feed_unsubscribe(5)

        def on_another_thread(function, *arguments):
            from threading import Thread

            results = []
            thread = Thread(target=lambda: results.append(function(*arguments)))
            thread.start()
            thread.join()
            return results

        def across_threads(n):
            subscribed = lib.guest_adds(0, 3, n)
            answers = [publish(0, n), *on_another_thread(publish, 0, n), publish(0, n)]
            alive = lib.guest_dropped(3)
            gone = on_another_thread(lib.feed_unsubscribe, 0)
            return [subscribed, answers, alive, gone, lib.guest_dropped(3)]

        def hands_over(n):
            subscribed = lib.guest_hands_over(6, 4, 5)
            first, second = publish(6, n), publish(6, n)
            return [subscribed, first, lib.guest_dropped(4), second, lib.guest_dropped(5)]
        ",
    )?;
    Ok(py)
}

fn large_and_empty_closures(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let numbers: Vec<i64> = (0..100).map(|_| judge.random.within(1..1 << 40)).collect();
    let silence = vec![Value::from([0, 0]); 100];
    py.call("remembers", &args![numbers.clone()])?.returns([
        0.into(),
        Value::List(silence),
        numbers.into(),
        0.into(),
    ])?;
    let n = judge.random.within(1..1000);
    py.call("negates", &args![n])?
        .returns([0, 0, -n, 0, n, 0])?;
    py.memory("large_and_empty", &mut judge.random)?
        .is_given_back()
}

fn called_from_another_thread(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let n = judge.random.within(1..1000);
    let answers: Vec<Value> = (2..5).map(|i| [0, i * n].into()).collect();
    py.call("across_threads", &args![n])?.returns([
        0.into(),
        Value::List(answers),
        0.into(),
        [0].into(),
        1.into(),
    ])
}

fn hands_its_channel_over(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let n = judge.random.within(1..1000);
    // Subscribed; alive until the end of its call; dropped once after that; the other one's turn.
    py.call("hands_over", &args![n])?.returns([
        0.into(),
        Value::from([0, 0]),
        1.into(),
        [0, 2 * n].into(),
        0.into(),
    ])
}
