//! A few names to choose one from: the chapters, or the concepts.

use crossterm::event::{KeyCode, KeyEvent};

use super::filter::{Filter, chapters, concepts};
use super::motion::Motion;
use super::rows::{Row, count};

/// Choices, and the one that the cursor is on. The first of them is no choice: all are shown.
#[derive(Debug)]
pub struct Chooser {
    pub title: &'static str,
    pub choices: Vec<Choice>,
    pub at: usize,
}

/// A name with what it stands for, and the filter as it will be.
#[derive(Debug)]
pub struct Choice {
    pub name: String,
    pub about: String,
    filter: Filter,
}

/// What a key came to.
pub enum Chosen {
    Nothing,
    Filter(Filter),
    Left,
}

impl Chooser {
    pub fn of_chapters(rows: &[Row], filter: &Filter) -> Chooser {
        let choices = std::iter::once(None)
            .chain(chapters(rows).into_iter().map(Some))
            .map(|chapter| {
                let name = chapter.as_ref().map_or("all chapters", |c| &c.name);
                let of = |row: &&Row| chapter.as_ref().is_none_or(|c| *c == row.chapter);
                let filter = Filter {
                    chapter: chapter.clone(),
                    ..filter.clone()
                };
                Choice::new(name, rows.iter().filter(of), filter)
            });
        Chooser::new("Which chapter?", choices.collect(), filter)
    }

    pub fn of_concepts(rows: &[Row], filter: &Filter) -> Chooser {
        let choices = std::iter::once(None)
            .chain(concepts(rows).into_iter().map(Some))
            .map(|concept| {
                let name = concept.as_deref().unwrap_or("all concepts");
                let of = |row: &&Row| concept.as_ref().is_none_or(|c| row.concepts.contains(c));
                let filter = Filter {
                    concept: concept.clone(),
                    ..filter.clone()
                };
                Choice::new(name, rows.iter().filter(of), filter)
            });
        Chooser::new("Which concept?", choices.collect(), filter)
    }

    /// Begins at the choice that is in force.
    fn new(title: &'static str, choices: Vec<Choice>, filter: &Filter) -> Chooser {
        let at = choices.iter().position(|c| c.filter == *filter);
        Chooser {
            title,
            choices,
            at: at.unwrap_or(0),
        }
    }

    pub fn on_key(&mut self, key: &KeyEvent, page: usize) -> Chosen {
        if let Some(motion) = Motion::of_letters(key) {
            self.at = motion.from(self.at, self.choices.len(), page);
            return Chosen::Nothing;
        }
        match key.code {
            KeyCode::Enter => Chosen::Filter(self.choices[self.at].filter.clone()),
            KeyCode::Esc | KeyCode::Char('q' | 'Q') => Chosen::Left,
            _ => Chosen::Nothing,
        }
    }
}

impl Choice {
    fn new<'a>(name: &str, rows: impl Iterator<Item = &'a Row>, filter: Filter) -> Choice {
        let rows: Vec<&Row> = rows.collect();
        Choice {
            name: name.to_owned(),
            about: count(rows.iter().copied(), rows.len()),
            filter,
        }
    }
}
