//! A bar over a long run, with the time that is left.

use std::time::{Duration, Instant};

use ::lab::Pace;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::screen::lines_move;

/// Shows how far a run of experiments is, on standard error. In a pipe it is a line for
/// each experiment.
pub struct Progress {
    bar: Option<ProgressBar>,
    all: f64,
    before: f64,
    now: f64,
    title: String,
    begun: Instant,
}

impl Progress {
    /// For a run that takes about `seconds` when it is quick.
    pub fn new(seconds: f64, pace: Pace) -> Progress {
        let all = match pace {
            Pace::Full => seconds * 6.0,
            Pace::Quick | Pace::Smoke => seconds,
        };
        let bar = lines_move().then(|| {
            let bar = ProgressBar::with_draw_target(Some(1000), ProgressDrawTarget::stderr());
            let template = match console::colors_enabled_stderr() {
                true => "{bar:20.cyan} {percent:>3} %  {msg}",
                false => "{bar:20} {percent:>3} %  {msg}",
            };
            if let Ok(look) = ProgressStyle::with_template(template) {
                bar.set_style(look.progress_chars("##-"));
            }
            bar.set_message("getting ready");
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        Progress {
            bar,
            all: all.max(1.0),
            before: 0.0,
            now: 0.0,
            title: String::new(),
            begun: Instant::now(),
        }
    }

    pub fn begin(&mut self, title: &str, seconds: f64) {
        self.before += self.now;
        self.now = seconds;
        title.clone_into(&mut self.title);
        if self.bar.is_none() {
            eprintln!("{title} …");
        }
        self.done(0.0);
    }

    pub fn step(&mut self, step: &str) {
        match &self.bar {
            Some(bar) => bar.set_message(format!("{}: {step}", self.title)),
            None => eprintln!("  {step}"),
        }
    }

    pub fn done(&mut self, share: f64) {
        let Some(bar) = &self.bar else { return };
        let part = ((self.before + self.now * share) / self.all).clamp(0.0, 1.0);
        bar.set_position((part * 1000.0) as u64);
        let took = self.begun.elapsed().as_secs_f64();
        // What is done tells how long the rest will take; at first only the plan does.
        let left = match part > 0.02 {
            true => took / part * (1.0 - part),
            false => self.all,
        };
        bar.set_message(format!("{}, about {} left", self.title, minutes(left)));
    }

    /// Prints lines above the bar.
    pub fn print(&self, print: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    pub fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn minutes(seconds: f64) -> String {
    match seconds {
        s if s < 90.0 => format!("{s:.0} s"),
        s => format!("{:.0} min", s / 60.0),
    }
}
