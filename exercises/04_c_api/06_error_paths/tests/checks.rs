//! What `error_paths` has to prove.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("groups_and_takes_the_median", groups_and_takes_the_median)
        .check("raises_what_went_wrong", raises_what_went_wrong)
        .check("leaves_no_memory", leaves_no_memory)
        .check("keeps_no_reference", keeps_no_reference)
        .check("survives_every_fault", survives_every_fault)
        .run()
}

/// Readings and classifiers. Whatever can be is fresh and mortal.
const SCENE: &str = "
    class Refused(Exception): pass

    def by_size(reading): return ('large' if reading >= 10 else 'small',)

    def refuse_the_third():
        asked = 0
        def classify(reading):
            nonlocal asked
            asked += 1
            if asked % 3 == 0: raise Refused('the third')
            return by_size(reading)
        return classify

    def survey_by_size(readings):
        groups, median = error_paths.survey(readings, by_size)
        return {label: values for (label,), values in groups.items()}, median

    def good(): return [n + 0.5 for n in (1, 20, 3)], lambda reading: by_size(reading)
    def with_a_bad_reading(): return [1.5 + len('a'), object(), 2.5], lambda reading: by_size(reading)
    def with_a_refusal(): return [n + 0.5 for n in (1, 20, 3)], refuse_the_third()
    def with_an_unhashable_label(): return [n + 0.5 for n in (1, 20, 3)], lambda reading: [reading]

    def raising(make):
        def call():
            try: error_paths.survey(*make())
            except (TypeError, Refused): return
            raise AssertionError('it did not raise')
        return call

    bad_reading = raising(with_a_bad_reading)
    refusal = raising(with_a_refusal)
    unhashable_label = raising(with_an_unhashable_label)
    ";

fn with_scene(mut py: Subject) -> Verdict<Subject> {
    py.run(SCENE)?;
    Ok(py)
}

fn groups_and_takes_the_median(judge: &mut Judge) -> Verdict {
    let mut py = with_scene(judge.module()?)?;
    let small = judge.random.within(1..9) as f64;
    let large = judge.random.within(10..90) as f64;
    let answer = |groups: Vec<(Value, Value)>, median: f64| {
        Value::Tuple(vec![Value::Dict(groups), median.into()])
    };
    let groups = vec![
        ("large".into(), vec![large, large + 1.0].into()),
        ("small".into(), vec![small].into()),
    ];
    py.call("survey_by_size", &args![[large, small, large + 1.0]])?
        .returns(answer(groups, large))?;
    let groups = vec![("small".into(), vec![small + 1.0, small].into())];
    py.call("survey_by_size", &args![[small + 1.0, small]])?
        .returns(answer(groups, small + 0.5))
}

fn raises_what_went_wrong(judge: &mut Judge) -> Verdict {
    let mut py = with_scene(judge.module()?)?;
    py.run(
        "
        def survey(readings): return error_paths.survey(readings, by_size)
        def survey_refused(): return error_paths.survey(*with_a_refusal())
        def survey_unhashable(): return error_paths.survey(*with_an_unhashable_label())
        ",
    )?;
    py.call("survey", &args![Vec::<f64>::new()])?
        .raises("ValueError")?;
    py.call("survey", &args![7])?.raises("TypeError")?;
    let at = judge.random.within(0..3) as usize;
    let mut readings: Vec<Value> = vec![1.5.into(), 20.into(), 3.into()];
    readings[at] = "ink".into();
    py.call("survey", &args![readings])?.raises("TypeError")?;
    py.call("survey_refused", &[])?
        .raises("Refused")?
        .with_args(&["the third".into()])?;
    py.call("survey_unhashable", &[])?
        .raises("TypeError")
        .map(drop)
}

fn leaves_no_memory(judge: &mut Judge) -> Verdict {
    let mut py = with_scene(judge.module()?)?;
    for call in ["bad_reading", "refusal", "unhashable_label"] {
        py.memory(call, &mut judge.random)?.is_given_back()?;
    }
    Ok(())
}

fn keeps_no_reference(judge: &mut Judge) -> Verdict {
    for make in [
        "good",
        "with_a_bad_reading",
        "with_a_refusal",
        "with_an_unhashable_label",
    ] {
        let mut py = with_scene(judge.module()?)?;
        py.references("error_paths.survey", make)?.are_balanced()?;
    }
    Ok(())
}

fn survives_every_fault(judge: &mut Judge) -> Verdict {
    let mut py = with_scene(judge.module_with_faults()?)?;
    py.survives_every_fault("error_paths", "error_paths.survey", "good")
}
