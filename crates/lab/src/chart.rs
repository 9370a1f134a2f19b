//! Draws a chart as SVG. Text and lines have the colour of their surroundings, so that the
//! same drawing is read on a light page and on a dark one; curves differ in their dashes
//! and marks, not by colour alone.

use std::fmt::Write;

use crate::experiment::{Chart, Experiment, Unit};
use crate::judge::{Range, Results};
use crate::show::{shown, shown_range};

/// Readable on white and on nearly black.
const COLOURS: [&str; 6] = [
    "#3b82c4", "#c2711c", "#4f9d58", "#b35fb5", "#7f7f7f", "#c44e52",
];
const DASHES: [&str; 6] = ["", "6 3", "2 3", "8 3 2 3", "12 4", "1 4"];
const WIDTH: f64 = 760.0;

/// Colours of text and ground, for a drawing that stands by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// What the page has.
    Page,
    /// Black on white.
    Light,
    /// White on nearly black.
    Dark,
}

/// The drawing, or nothing if none of its figures was measured.
pub fn draw(
    experiment: &Experiment,
    chart: &Chart,
    results: &Results,
    ground: Ground,
) -> Option<String> {
    let (body, height) = match chart.bars.is_empty() {
        false => bars(experiment, chart, results)?,
        true => curves(experiment, chart, results)?,
    };
    let (text, rect) = match ground {
        Ground::Page => ("currentColor", String::new()),
        Ground::Light => (
            "#1c1c1c",
            "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n".into(),
        ),
        Ground::Dark => (
            "#e6e6e6",
            "<rect width=\"100%\" height=\"100%\" fill=\"#14161c\"/>\n".into(),
        ),
    };
    let id = format!("{}-{}", experiment.name, chart.name);
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\" font-family=\"sans-serif\" font-size=\"13\" \
         fill=\"{text}\" stroke-linecap=\"round\">\n\
         <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n{rect}\
         <text x=\"8\" y=\"20\" font-size=\"15\" font-weight=\"bold\">{}</text>\n{body}</svg>\n",
        escape(&chart.title),
        escape(&chart.alt),
        escape(&chart.title),
    ))
}

fn figure<'a>(
    experiment: &'a Experiment,
    results: &Results,
    name: &str,
) -> Option<(&'a str, Range, Unit)> {
    let figure = experiment
        .figure
        .iter()
        .find(|figure| figure.name == name)?;
    Some((&figure.says, *results.figures.get(name)?, figure.unit))
}

/// Where a value stands on an axis of `length`.
struct Scale {
    low: f64,
    high: f64,
    length: f64,
    logarithmic: bool,
}

impl Scale {
    fn new(values: &[f64], length: f64, logarithmic: bool) -> Self {
        let positive = |v: &&f64| v.is_finite() && (!logarithmic || **v > 0.0);
        let values: Vec<f64> = values.iter().filter(positive).copied().collect();
        let high = values.iter().copied().fold(f64::MIN, f64::max);
        let low = values.iter().copied().fold(f64::MAX, f64::min);
        let (low, high) = match logarithmic {
            true => (
                10f64.powf(low.log10().floor()),
                10f64.powf(high.log10().ceil()),
            ),
            false => (low.min(0.0), nice(high)),
        };
        let high = if high > low { high } else { low + 1.0 };
        Self {
            low,
            high,
            length,
            logarithmic,
        }
    }

    fn at(&self, value: f64) -> f64 {
        let share = match self.logarithmic {
            true => (value.max(self.low) / self.low).log10() / (self.high / self.low).log10(),
            false => (value - self.low) / (self.high - self.low),
        };
        (share * self.length).clamp(0.0, self.length)
    }

    fn ticks(&self) -> Vec<f64> {
        match self.logarithmic {
            true => {
                let first = self.low.log10().round() as i32;
                let last = self.high.log10().round() as i32;
                let step = ((last - first) / 8 + 1) as usize;
                (first..=last)
                    .step_by(step)
                    .map(|power| 10f64.powi(power))
                    .collect()
            }
            false => (0..=4)
                .map(|i| self.low + (self.high - self.low) * f64::from(i) / 4.0)
                .collect(),
        }
    }
}

/// The next number with one digit that is nice to divide by four.
fn nice(high: f64) -> f64 {
    let power = 10f64.powf(high.log10().floor());
    let steps = [1.0, 1.2, 1.6, 2.0, 2.4, 3.2, 4.0, 6.0, 8.0, 10.0];
    let step = steps.iter().find(|step| *step * power >= high);
    step.map_or(high, |step| step * power)
}

fn bars(experiment: &Experiment, chart: &Chart, results: &Results) -> Option<(String, f64)> {
    let rows: Vec<(&str, Range, Unit)> = chart
        .bars
        .iter()
        .filter_map(|name| figure(experiment, results, name))
        .collect();
    let unit = rows.first()?.2;
    let longest = rows.iter().map(|(says, ..)| says.chars().count()).max()? as f64;
    let left = (longest * 6.9 + 20.0).clamp(90.0, 330.0);
    let values: Vec<f64> = rows.iter().flat_map(|(_, r, _)| [r.low, r.high]).collect();
    let scale = Scale::new(&values, WIDTH - left - 90.0, chart.logarithmic);
    let (top, step) = (36.0, 25.0);
    let bottom = top + step * rows.len() as f64;
    let mut svg = String::new();
    for tick in scale.ticks() {
        let x = left + scale.at(tick);
        let label = escape(&shown(tick, unit));
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} {top:.0}V{bottom:.0}\" stroke=\"currentColor\" stroke-opacity=\"0.18\"/>\
             <text x=\"{x:.1}\" y=\"{:.0}\" text-anchor=\"middle\" font-size=\"11\">{label}</text>",
            bottom + 16.0
        );
    }
    for (index, (says, range, unit)) in rows.iter().enumerate() {
        let y = top + step * index as f64;
        let (from, low, high) = (
            left,
            left + scale.at(range.low),
            left + scale.at(range.high),
        );
        let end = left + scale.at(range.value);
        let (middle, width) = (y + 12.0, (end - from).max(1.0));
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\
             <rect x=\"{from:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"15\" fill=\"{}\"/>\
             <path d=\"M{low:.1} {middle:.1}H{high:.1}\" stroke=\"currentColor\" stroke-width=\"2\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            left - 8.0,
            y + 16.0,
            escape(says),
            y + 4.5,
            COLOURS[0],
            high.max(end) + 6.0,
            y + 16.0,
            escape(&shown(range.value, *unit)),
        );
    }
    Some((svg, bottom + 26.0))
}

fn curves(experiment: &Experiment, chart: &Chart, results: &Results) -> Option<(String, f64)> {
    type Points = Vec<(f64, Range, Unit)>;
    let lines: Vec<(&str, bool, Points)> = chart
        .curves
        .iter()
        .map(|curve| {
            let points = curve.points.iter().filter_map(|(x, name)| {
                let (_, range, unit) = figure(experiment, results, name)?;
                Some((*x, range, unit))
            });
            (curve.says.as_str(), curve.model, points.collect::<Points>())
        })
        .filter(|(.., points)| !points.is_empty())
        .collect();
    let unit = lines.first()?.2.first()?.2;
    let points = || lines.iter().flat_map(|(.., points)| points);
    let xs: Vec<f64> = points().map(|(x, ..)| *x).collect();
    let ys: Vec<f64> = points().flat_map(|(_, r, _)| [r.low, r.high]).collect();
    let (left, top, height) = (84.0, 40.0, 260.0);
    let across = Scale::new(&xs, WIDTH - left - 30.0, true);
    let up = Scale::new(&ys, height, chart.logarithmic);
    let bottom = top + height;
    let mut svg = String::new();
    for tick in up.ticks() {
        let y = bottom - up.at(tick);
        let _ = writeln!(
            svg,
            "<path d=\"M{left} {y:.1}H{:.0}\" stroke=\"currentColor\" stroke-opacity=\"0.18\"/>\
             <text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\" font-size=\"11\">{}</text>",
            WIDTH - 30.0,
            left - 8.0,
            y + 4.0,
            escape(&shown(tick, unit)),
        );
    }
    for tick in across.ticks() {
        let x = left + across.at(tick);
        let label = number(tick);
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} {top}V{bottom}\" stroke=\"currentColor\" stroke-opacity=\"0.08\"/>\
             <text x=\"{x:.1}\" y=\"{:.0}\" text-anchor=\"middle\" font-size=\"11\">{label}</text>",
            bottom + 17.0
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{}</text>",
        left + across.length / 2.0,
        bottom + 36.0,
        escape(&chart.across),
    );
    for (index, (says, model, points)) in lines.iter().enumerate() {
        let colour = COLOURS[index % COLOURS.len()];
        let dash = DASHES[index % DASHES.len()];
        let place = |(x, range, _): &(f64, Range, Unit)| {
            (left + across.at(*x), bottom - up.at(range.value))
        };
        let path: Vec<String> = points
            .iter()
            .map(place)
            .map(|(x, y)| format!("{x:.1} {y:.1}"))
            .collect();
        let _ = writeln!(
            svg,
            "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>",
            path.join("L")
        );
        for point in points.iter().filter(|_| !model) {
            let (x, y) = place(point);
            let (low, high) = (bottom - up.at(point.1.low), bottom - up.at(point.1.high));
            let told = escape(&format!("{says}: {}", shown_range(&point.1, point.2)));
            let _ = writeln!(
                svg,
                "<g fill=\"{colour}\"><title>{told}</title>{}<path d=\"M{x:.1} {low:.1}V{high:.1}\" stroke=\"{colour}\"/></g>",
                mark(index, x, y)
            );
        }
        let y = bottom + 58.0 + 19.0 * index as f64;
        let sample = if *model {
            String::new()
        } else {
            mark(index, left + 20.0, y)
        };
        let _ = writeln!(
            svg,
            "<path d=\"M{left} {y:.0}h40\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>\
             <g fill=\"{colour}\">{sample}</g><text x=\"{:.0}\" y=\"{:.0}\">{}</text>",
            left + 50.0,
            y + 4.0,
            escape(says),
        );
    }
    Some((svg, bottom + 58.0 + 19.0 * lines.len() as f64))
}

/// A mark whose shape tells the curve.
fn mark(index: usize, x: f64, y: f64) -> String {
    match index % 4 {
        0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>"),
        1 => format!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"7\" height=\"7\"/>",
            x - 3.5,
            y - 3.5
        ),
        2 => format!("<path d=\"M{x:.1} {:.1}l5 8h-10z\"/>", y - 5.0),
        _ => format!("<path d=\"M{x:.1} {:.1}l5 5l-5 5l-5 -5z\"/>", y - 5.0),
    }
}

/// A number on the axis below, with a space after each three digits.
fn number(value: f64) -> String {
    if value < 1.0 {
        return format!("{value}");
    }
    let digits = format!("{value:.0}");
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

fn escape(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    text.replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn experiment() -> Experiment {
        toml::from_str(
            "title=''\nquestion=''\nmethod=''\nanswer=''\nseconds=1
            figure = [{name='a', value='a', says='A & B'}, {name='b', value='b', says='C'}]
            [[chart]]
            name = 'bars'\ntitle = 'T'\nalt = 'what <is> seen'\nbars = ['a', 'b']
            [[chart]]
            name = 'curves'\ntitle = 'T'\nalt = 'alt'\nacross = 'items'
            curves = [{says='one', points=[[1, 'a'], [10, 'b']]}]",
        )
        .expect("it is an experiment")
    }

    fn results() -> Results {
        let range = |value: f64| Range {
            value,
            low: value * 0.9,
            high: value * 1.1,
        };
        let figures = [("a".to_owned(), range(2.0)), ("b".to_owned(), range(40.0))];
        Results {
            figures: figures.into(),
            ..Results::default()
        }
    }

    #[test]
    fn a_longer_bar_is_a_greater_number() {
        let experiment = experiment();
        let svg = draw(&experiment, &experiment.chart[0], &results(), Ground::Page).expect("drawn");
        let widths: Vec<f64> = svg
            .split("<rect x=")
            .skip(1)
            .filter_map(|rest| {
                rest.split("width=\"")
                    .nth(1)?
                    .split('"')
                    .next()?
                    .parse()
                    .ok()
            })
            .collect();
        assert_eq!(widths.len(), 2, "{svg}");
        assert!((widths[1] / widths[0] - 20.0).abs() < 0.2, "{widths:?}");
    }

    #[test]
    fn it_tells_in_words_what_is_seen_and_escapes_them() {
        let experiment = experiment();
        let svg = draw(&experiment, &experiment.chart[0], &results(), Ground::Dark).expect("drawn");
        assert!(
            svg.contains("what &lt;is&gt; seen</desc>") && svg.contains("A &amp; B"),
            "{svg}"
        );
        assert!(
            !svg.contains("\n\n"),
            "an empty line would end it in a page"
        );
    }

    #[test]
    fn what_was_not_measured_is_left_out() {
        let experiment = experiment();
        let curves = &experiment.chart[1];
        let mut results = results();
        let both = draw(&experiment, curves, &results, Ground::Page).expect("drawn");
        assert_eq!(
            both.matches("<circle").count(),
            3,
            "two points and the legend"
        );
        results.figures.remove("b");
        let one = draw(&experiment, curves, &results, Ground::Page).expect("drawn");
        assert_eq!(one.matches("<circle").count(), 2);
        results.figures.clear();
        assert_eq!(draw(&experiment, curves, &results, Ground::Page), None);
    }

    #[test]
    fn an_axis_begins_and_ends_at_round_numbers() {
        assert_eq!(
            Scale::new(&[3.0, 420.0], 1.0, true).ticks(),
            [1.0, 10.0, 100.0, 1000.0]
        );
        assert_eq!(
            Scale::new(&[3.0, 7.1], 1.0, false).ticks(),
            [0.0, 2.0, 4.0, 6.0, 8.0]
        );
    }
}
