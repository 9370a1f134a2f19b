//! What `keepalive` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("a_number_is_given_out_again", a_number_is_given_out_again)
        .check("takes_whatever_can_be_called", takes_whatever_can_be_called)
        .check("many_rounds_leave_nothing", many_rounds_leave_nothing)
        .run()
}

const SCENE: &str = "
    import ctypes
    import gc
    import weakref
    from ctypes import c_int32, c_void_p

    heard, crowd, watched = [], [], {}
    CALLBACK = ctypes.CFUNCTYPE(None, c_int32, c_void_p)

    class Data:
        pass

    class Reader:
        # Equal to everything, and fit for no dict.
        __hash__ = None

        def __init__(self, token):
            self.token = token

        def __eq__(self, other):
            return True

        def __call__(self, page, data):
            heard.append([self.token, page])

        def tell(self, page, data):
            heard.append([-self.token, page])

    def subscribe(token, method=False):
        reader = Reader(token)
        watched[token] = weakref.ref(reader)
        return press.subscribe(reader.tell if method else reader, Data())

    def lives(token):
        gc.collect()
        return watched[token]() is not None

    def deliver(page):
        gc.collect()
        crowd.extend(CALLBACK(lambda page, user: heard.append('a freed callback')) for _ in range(200))
        lib.press_print(page)
        lib.press_deliver()
        said = heard[:]
        heard.clear()
        return said

    def function_and_data():
        return lambda page, data: None, Data()

    def there_and_back(function, data):
        number = press.subscribe(function, data)
        press.replace(number, function, data)
        press.unsubscribe(number)

    def a_round():
        there_and_back(*function_and_data())
";

fn press(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    py.run(SCENE)?;
    let path = judge.companion()?.to_string_lossy().into_owned();
    py.call_into("lib", "ctypes.CDLL", &args![path.clone()])?;
    py.call_into("press", "keepalive.Press", &args![path])?;
    Ok(py)
}

fn said(token: i64, page: i64) -> Value {
    Value::from([token, page])
}

fn a_number_is_given_out_again(judge: &mut Judge) -> Verdict {
    let mut py = press(judge)?;
    let [one, two, three, four] = [(); 4].map(|()| judge.random.within(1 << 20..1 << 30));
    for token in [one, two, three] {
        let name = format!("number_{token}");
        py.call_into(&name, "subscribe", &args![token])?;
    }
    py.eval(&format!("press.unsubscribe(number_{two})"))?
        .value()?;
    py.call_into("number", "subscribe", &args![four])?;
    py.eval(&format!("number == number_{two}"))?.returns(true)?;
    let page = judge.random.within(1..1 << 30);
    let expected = [one, four, three].map(|token| said(token, page));
    py.call("deliver", &args![page])?
        .returns(Value::List(expected.to_vec()))?;
    let living = "[lives(token) for token in watched]";
    py.eval(living)?.returns(Value::List(
        [true, false, true, true].map(Value::from).to_vec(),
    ))?;
    // Numbers that are free now are unknown ones.
    py.eval(&format!("press.unsubscribe(number_{one})"))?
        .value()?;
    py.eval(&format!("press.unsubscribe(number_{one})"))?
        .raises("LookupError")?;
    py.call("deliver", &args![page])?
        .returns(Value::List([said(four, page), said(three, page)].to_vec()))
}

fn takes_whatever_can_be_called(judge: &mut Judge) -> Verdict {
    let mut py = press(judge)?;
    let [one, two, three] = [(); 3].map(|()| judge.random.within(1 << 20..1 << 30));
    py.call_into("a", "subscribe", &args![one])?;
    py.call_into("b", "subscribe", &args![two, true])?;
    py.call_into("c", "subscribe", &args![three])?;
    py.run("store = {}")?;
    py.call_into(
        "d",
        "(lambda: press.subscribe(store.__setitem__, 'data'))",
        &[],
    )?;
    let page = judge.random.within(1..1 << 30);
    let expected = [one, -two, three].map(|token| said(token, page));
    py.call("deliver", &args![page])?
        .returns(Value::List(expected.to_vec()))?;
    py.eval("store")?
        .returns(Value::Dict(vec![(page.into(), "data".into())]))?;
    py.eval("press.unsubscribe(b)")?.value()?;
    py.eval("[lives(token) for token in watched]")?
        .returns(Value::List([true, false, true].map(Value::from).to_vec()))?;
    let expected = [one, three].map(|token| said(token, page));
    py.call("deliver", &args![page])?
        .returns(Value::List(expected.to_vec()))
}

fn many_rounds_leave_nothing(judge: &mut Judge) -> Verdict {
    let mut py = press(judge)?;
    py.references("there_and_back", "function_and_data")?
        .are_balanced()?;
    py.memory("a_round", &mut judge.random)?.is_given_back()?;
    py.eval("lib.press_readers()")?.returns(0)
}
