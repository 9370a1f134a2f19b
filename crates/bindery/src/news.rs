//! What is heard while something is built: a line that moves on a terminal, plain lines
//! for what is slow elsewhere.

use std::time::{Duration, Instant};

use gallery::News;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::screen::lines_move;

/// Shows what is going on, on standard error.
pub struct Ticker {
    bar: Option<ProgressBar>,
    step: String,
    begun: Instant,
}

impl Ticker {
    pub fn new() -> Ticker {
        let step = String::new();
        let begun = Instant::now();
        Ticker {
            bar: None,
            step,
            begun,
        }
    }

    pub fn hear(&mut self, news: News<'_>) {
        if !lines_move() {
            if let News::Step(step) = news {
                eprintln!("{step}");
            }
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let coloured = console::colors_enabled_stderr();
            let template = match coloured {
                true => "{spinner:.cyan} {wide_msg}",
                false => "{spinner} {wide_msg}",
            };
            if let Ok(look) = ProgressStyle::with_template(template) {
                bar.set_style(look);
            }
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        match news {
            News::Step(step) => {
                // A slow step stays on the screen when the next one begins.
                if self.begun.elapsed() > Duration::from_secs(5) && !self.step.is_empty() {
                    bar.println(format!("  {}", self.step));
                }
                self.begun = Instant::now();
                step.clone_into(&mut self.step);
                bar.set_message(step.to_owned());
            }
            News::Line(line) if self.step.is_empty() => bar.set_message(line.to_owned()),
            News::Line(line) => {
                let line = console::strip_ansi_codes(line).replace('\t', " ");
                bar.set_message(format!("{} {line}", self.step));
            }
        }
    }

    /// Makes room for other lines, until the next news.
    pub fn pause(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    pub fn end(mut self) {
        self.pause();
    }
}
