//! What `chain` has to prove.

use oracle::Exception;
use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("adds_up", adds_up)
        .check("each_source_is_a_cause", each_source_is_a_cause)
        .check(
            "the_very_exception_is_the_last_cause",
            the_very_exception_is_the_last_cause,
        )
        .check("its_frames_are_kept", its_frames_are_kept)
        .check("an_exit_is_not_wrapped", an_exit_is_not_wrapped)
        .check("nothing_is_kept_alive", nothing_is_kept_alive)
        .run()
}

/// The module, and functions that call it.
fn desk(judge: &Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    py.run(
        "
        import builtins, gc, weakref

        class Lost(Exception):
            pass

        def total_of(texts, name):
            return chain.total(name, texts.__getitem__)

        def total_with(texts, name, raised):
            '''Sheets that `texts` does not have raise a `Lost`, three functions deep.'''
            def open_drawer(name):
                def reach_in(name):
                    raised.append(Lost(name))
                    raise raised[-1]
                return texts[name] if name in texts else reach_in(name)
            def fetch(name):
                return open_drawer(name)
            return chain.total(name, fetch)

        def causes_of(error):
            found = []
            while error.__cause__ is not None and len(found) < 50:
                error = error.__cause__
                found.append(error)
            return found

        def where_it_is(texts, name):
            raised = []
            try:
                total_with(texts, name, raised)
            except Exception as error:
                same = [cause is raised[0] for cause in causes_of(error)]
                return [len(raised), same.index(True) + 1 if True in same else 0, len(same)]

        def frames_of_the_last(texts, name):
            raised = []
            try:
                total_with(texts, name, raised)
            except Exception as error:
                names, place = [], causes_of(error)[-1:] and causes_of(error)[-1].__traceback__
                while place:
                    names.append(place.tb_frame.f_code.co_name)
                    place = place.tb_next
                return names

        def what_comes_of(kind):
            raised = []
            def fetch(name):
                if name == 'top':
                    return '@deeper'
                raised.append(getattr(builtins, kind)(name))
                raise raised[0]
            try:
                chain.total('top', fetch)
            except BaseException as error:
                return [type(error).__name__, error is raised[0]]

        def alive_after(rounds):
            class Load:
                pass
            loads = []
            def fetch(name):
                if name == 'top':
                    return '1\\n@deeper'
                load = Load()
                loads.append(weakref.ref(load))
                raise Lost(name)
            gc.disable()
            try:
                for _ in range(rounds):
                    try:
                        chain.total('top', fetch)
                    except Exception:
                        pass
                return [len(loads), sum(load() is not None for load in loads)]
            finally:
                gc.enable()

        class Fetch:
            def __init__(self, text):
                self.text = text
            def __call__(self, name):
                if name == 'top':
                    return self.text
                raise Lost(name)

        def fail(fetch):
            return chain.total('top', fetch)

        def a_fetch():
            return (Fetch('@' + 'deeper'),)
        ",
    )?;
    Ok(py)
}

/// Sheets of these names, each of which stands on a line of the one before it; the last
/// ends with this line. And the line on which the next one or the last line stands.
fn nested(judge: &mut Judge, names: &[String], last: &str) -> (Value, Vec<usize>) {
    let (mut sheets, mut lines) = (Vec::new(), Vec::new());
    for (at, name) in names.iter().enumerate() {
        let before = judge.random.within(0..4) as usize;
        let line = names
            .get(at + 1)
            .map_or(last.to_owned(), |n| format!("@{n}"));
        let text = format!("{}{line}\n", "7\n".repeat(before));
        sheets.push((name.as_str().into(), text.into()));
        lines.push(before + 1);
    }
    (Value::Dict(sheets), lines)
}

/// Two to four names, none of them twice.
fn some_names(judge: &mut Judge) -> Vec<String> {
    let count = judge.random.within(2..5);
    (0..count)
        .map(|at| format!("{}{at}", judge.random.word()))
        .collect()
}

/// The chain as a list, outermost first: a class and a text for each link.
fn links(exception: &Exception) -> Vec<(String, String)> {
    std::iter::successors(Some(exception), |e| e.cause.as_deref())
        .map(|e| (e.type_name.clone(), e.message.clone()))
        .collect()
}

/// The chain from the sheet `names[0]` down to the last line of the last sheet.
fn chain_of(names: &[String], lines: &[usize], last: &str) -> Vec<(String, String)> {
    let mut wanted = Vec::new();
    for (at, (name, line)) in names.iter().zip(lines).enumerate() {
        let text = names
            .get(at + 1)
            .map_or(last.to_owned(), |n| format!("@{n}"));
        let link = |class: &str, text| (class.to_owned(), text);
        wanted.push(link(
            "chain.SheetError",
            format!("sheet `{name}` has no total"),
        ));
        wanted.push(link(
            "chain.LineError",
            format!("line {line}, `{text}`, does not count"),
        ));
    }
    wanted
}

fn same_chain(wanted: &[(String, String)], raised: &Exception) -> Verdict {
    let got = links(raised);
    if got == wanted {
        return Ok(());
    }
    let told = |chain: &[(String, String)]| {
        let links = chain.iter().map(|(class, text)| format!("{class}: {text}"));
        links.collect::<Vec<_>>().join("\n  because ")
    };
    let message = format!(
        "`{}` has the wrong chain of causes: {} of {} links are right",
        raised.type_name,
        wanted.iter().zip(&got).take_while(|(w, g)| w == g).count(),
        wanted.len()
    );
    Err(Failure::new(Kind::WrongError, message).expected(told(wanted), told(&got)))
}

fn adds_up(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    let names = some_names(judge);
    let last = judge.random.within(-1000..1000);
    let (texts, lines) = nested(judge, &names, &last.to_string());
    let sevens: usize = lines.iter().map(|line| 7 * (line - 1)).sum();
    py.call("total_of", &args![texts, names[0].clone()])?
        .returns(sevens as i64 + last)
}

fn each_source_is_a_cause(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    // Of random depth, and ended by an error of the standard library.
    let (names, word) = (some_names(judge), judge.random.word());
    let names = &names[..names.len().min(3)];
    let (texts, lines) = nested(judge, names, &word);
    let raised = py
        .call("total_of", &args![texts, names[0].clone()])?
        .raises("chain.SheetError")?;
    let mut wanted = chain_of(names, &lines, &word);
    let words = "invalid digit found in string".to_owned();
    wanted.push(("ValueError".to_owned(), words));
    same_chain(&wanted, raised.exception())?;
    // Ended by the errors that the table does not name.
    let large = vec![names[0].clone()];
    let line = i64::MAX.to_string();
    let text = format!("7\n{line}\n");
    let texts = Value::Dict(vec![(names[0].as_str().into(), text.into())]);
    let raised = py
        .call("total_of", &args![texts, names[0].clone()])?
        .raises("chain.SheetError")?;
    let mut wanted = chain_of(&large, &[2], &line);
    wanted.push(("RuntimeError".into(), "the sum is too large".into()));
    same_chain(&wanted, raised.exception())?;
    let around = vec![names[0].clone()];
    let line = format!("@{}", names[0]);
    let (texts, lines) = nested(judge, &around, &line);
    let raised = py
        .call("total_of", &args![texts, names[0].clone()])?
        .raises("chain.SheetError")?;
    let mut wanted = chain_of(&around, &lines, &line);
    wanted.push(wanted[0].clone());
    wanted.push(("RuntimeError".into(), "it is part of itself".into()));
    same_chain(&wanted, raised.exception())
}

fn the_very_exception_is_the_last_cause(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    let names = some_names(judge);
    let names = &names[..names.len().min(3)];
    let missing = format!("{}_lost", judge.random.word());
    let line = format!("@{missing}");
    let (texts, lines) = nested(judge, names, &line);
    let call = args![texts, names[0].clone()];
    let links = 2 * names.len() as i64 + 1;
    let got = py.call("where_it_is", &call)?.value()?;
    let wanted = Value::from(args![1, links, links].to_vec());
    if got != wanted {
        let told = |value: &Value| match value {
            Value::List(n) if n.len() == 3 => match &n[1] {
                at if *at == 0.into() => format!("not at all, among {} causes", n[2]),
                at => format!("cause {at} of {}", n[2]),
            },
            Value::None => "`total` raised nothing".to_owned(),
            other => other.to_string(),
        };
        let message = "the exception that `fetch` raised is not among the causes, or not the last";
        return Err(Failure::new(Kind::WrongError, message).expected(told(&wanted), told(&got)));
    }
    // And all the others are still where they were.
    let raised = py
        .call("lambda t, n: total_with(t, n, [])", &call)?
        .raises("chain.SheetError")?;
    let mut wanted = chain_of(names, &lines, &line);
    wanted.push((
        "chain.SheetError".into(),
        format!("sheet `{missing}` has no total"),
    ));
    wanted.push(("Lost".into(), missing));
    same_chain(&wanted, raised.exception())
}

fn its_frames_are_kept(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    let (name, missing) = (judge.random.word(), judge.random.word());
    let texts = Value::Dict(vec![(
        format!("{name}_").into(),
        format!("@{missing}_lost").into(),
    )]);
    let got = py
        .call("frames_of_the_last", &args![texts, format!("{name}_")])?
        .value()?;
    let wanted = Value::from(args!["fetch", "open_drawer", "reach_in"].to_vec());
    if got == wanted {
        return Ok(());
    }
    let message = match &got {
        Value::List(names) if !names.is_empty() => "the last cause has the wrong traceback",
        _ => "the last cause has no traceback",
    };
    Err(Failure::new(Kind::WrongError, message).expected(wanted, got))
}

fn an_exit_is_not_wrapped(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    for kind in ["KeyboardInterrupt", "SystemExit", "GeneratorExit"] {
        let got = py.call("what_comes_of", &args![kind])?.value()?;
        let wanted = Value::from(args![kind, true].to_vec());
        if got != wanted {
            let message = format!("`total` did not raise what `fetch` raised, a `{kind}`");
            let told = match &got {
                Value::List(parts) if parts.len() == 2 && parts[0] == kind.into() => {
                    format!("another `{kind}`")
                }
                Value::List(parts) if parts.len() == 2 => {
                    format!("a `{}`", parts[0].to_string().trim_matches('"'))
                }
                _ => "nothing was raised".to_owned(),
            };
            return Err(Failure::new(Kind::WrongError, message).expected("that very object", told));
        }
    }
    Ok(())
}

fn nothing_is_kept_alive(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    let rounds = judge.random.within(10..30);
    let got = py.call("alive_after", &args![rounds])?.value()?;
    let wanted = Value::from(args![rounds, 0].to_vec());
    if got != wanted {
        let message = "what was in the frame that raised is still alive after the exception";
        let told = match &got {
            Value::List(parts) if parts.len() == 2 => {
                format!("{} of {} are alive", parts[1], parts[0])
            }
            other => other.to_string(),
        };
        return Err(Failure::new(Kind::LeakedReferences, message)
            .expected(format!("0 of {rounds} are alive"), told));
    }
    py.references("fail", "a_fetch")?.are_balanced()
}
