//! What `error_paths` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check(
            "survives_faults_with_other_readings",
            survives_faults_with_other_readings,
        )
        .check(
            "survives_what_the_readings_do",
            survives_what_the_readings_do,
        )
        .check("takes_what_python_takes", takes_what_python_takes)
        .run()
}

fn survives_faults_with_other_readings(judge: &mut Judge) -> Verdict {
    let mut py = judge.module_with_faults()?;
    py.run(
        "
        class Shelf:
            def __init__(self, *readings): self.readings = readings
            def __iter__(self): return iter(self.readings)

        def one_group(): return [n + 0.5 for n in (4, 1, 3, 2)], lambda reading: ('all', 'of', 'them')
        def many_groups(): return [n + 0.5 for n in (4, 1, 3, 2)], lambda reading: (reading,)
        def from_an_iterator(): return Shelf(*(n + 0.5 for n in (4, 1))), lambda reading: object()
        def integers(): return tuple(n * 1000 for n in (3, 1, 2)), lambda reading: reading
        ",
    )?;
    for make in ["one_group", "many_groups", "from_an_iterator", "integers"] {
        py.survives_every_fault("error_paths", "error_paths.survey", make)?;
    }
    Ok(())
}

fn survives_what_the_readings_do(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        class Reading:
            def __init__(self, fails): self.fails = fails
            def __float__(self):
                if self.fails: raise LookupError('no reading')
                return 1.5

        class Label:
            def __init__(self, equal): self.equal = equal
            def __hash__(self): return 7
            def __eq__(self, other): return self.equal and 1 // 0 == 0

        class Shelf:
            def __init__(self, *readings): self.readings = readings
            def __iter__(self):
                yield from self.readings
                raise LookupError('no more')

        def float_fails(): return [Reading(False), Reading(False), Reading(True)], lambda reading: 'all'
        def equal_fails(): return [Reading(False), Reading(False)], lambda reading: Label(True)
        def iterator_fails(): return Shelf(Reading(False), Reading(False)), lambda reading: 'all'

        def raising(make):
            def call():
                try: error_paths.survey(*make())
                except (LookupError, ZeroDivisionError): return
                raise AssertionError('it did not raise')
            return call

        float_raises, equal_raises, iterator_raises = map(raising, (float_fails, equal_fails, iterator_fails))
        ",
    )?;
    for (call, make, error) in [
        ("float_raises", "float_fails", "LookupError"),
        ("equal_raises", "equal_fails", "ZeroDivisionError"),
        ("iterator_raises", "iterator_fails", "LookupError"),
    ] {
        py.call(&format!("(lambda: error_paths.survey(*{make}()))"), &[])?
            .raises(error)?;
        py.memory(call, &mut judge.random)?.is_given_back()?;
        py.references("error_paths.survey", make)?.are_balanced()?;
    }
    Ok(())
}

fn takes_what_python_takes(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        def survey_all(readings): return error_paths.survey((r for r in readings), lambda reading: 'all')

        def survey_and_clear(readings):
            def classify(reading):
                readings.clear()
                return 'all'
            return error_paths.survey(readings, classify)

        def survey_well(): error_paths.survey([1.5, 20, 3], str)
        ",
    )?;
    let low = judge.random.within(-90..0) as f64;
    let expected = |values: &[f64], median: f64| {
        Value::Tuple(vec![
            Value::Dict(vec![("all".into(), values.to_vec().into())]),
            median.into(),
        ])
    };
    py.call("survey_all", &args![[3.0, low, -1.0, 4.0]])?
        .returns(expected(&[3.0, low, -1.0, 4.0], 1.0))?;
    py.call("survey_all", &args![[-1]])?
        .returns(expected(&[-1.0], -1.0))?;
    py.call("survey_and_clear", &args![[7.5, low, 2.5]])?
        .returns(expected(&[7.5, low, 2.5], 2.5))?;
    py.memory("survey_well", &mut judge.random)?.is_given_back()
}
