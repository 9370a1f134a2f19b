//! Moving a cursor in a list that may be longer than the screen.

use crossterm::event::{KeyCode, KeyEvent};

/// Where a key takes the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

impl Motion {
    /// By a key that no text is typed with.
    pub fn of(key: &KeyEvent) -> Option<Motion> {
        match key.code {
            KeyCode::Up => Some(Motion::Up),
            KeyCode::Down => Some(Motion::Down),
            KeyCode::PageUp => Some(Motion::PageUp),
            KeyCode::PageDown => Some(Motion::PageDown),
            KeyCode::Home => Some(Motion::First),
            KeyCode::End => Some(Motion::Last),
            _ => None,
        }
    }

    /// By the letters that `less` and `vi` use, too.
    pub fn of_letters(key: &KeyEvent) -> Option<Motion> {
        match key.code {
            KeyCode::Char('k' | 'K') => Some(Motion::Up),
            KeyCode::Char('j' | 'J') => Some(Motion::Down),
            KeyCode::Char('g') => Some(Motion::First),
            KeyCode::Char('G') => Some(Motion::Last),
            _ => Motion::of(key),
        }
    }

    /// The new place, of `all` there are. Nothing goes round: at an end it stays there.
    pub fn from(self, at: usize, all: usize, page: usize) -> usize {
        let last = all.saturating_sub(1);
        let to = match self {
            Motion::Up => at.saturating_sub(1),
            Motion::Down => at + 1,
            Motion::PageUp => at.saturating_sub(page),
            Motion::PageDown => at + page,
            Motion::First => 0,
            Motion::Last => last,
        };
        to.min(last)
    }
}

/// The first line to show, so that the cursor is seen and as little moves as can be.
pub fn scrolled(top: usize, at: usize, all: usize, height: usize) -> usize {
    let highest = (at + 1).saturating_sub(height);
    top.clamp(highest, at.max(highest))
        .min(all.saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_motion_ends_at_both_ends() {
        assert_eq!(Motion::Up.from(0, 9, 4), 0);
        assert_eq!(Motion::Down.from(8, 9, 4), 8);
        assert_eq!(Motion::PageDown.from(2, 9, 4), 6);
        assert_eq!(Motion::PageDown.from(6, 9, 4), 8);
        assert_eq!(Motion::PageUp.from(2, 9, 4), 0);
        assert_eq!(Motion::Last.from(2, 9, 4), 8);
        assert_eq!(Motion::First.from(2, 9, 4), 0);
        assert_eq!(Motion::Down.from(0, 0, 4), 0);
    }

    #[test]
    fn a_view_moves_no_further_than_it_must() {
        assert_eq!(scrolled(3, 5, 20, 4), 3);
        assert_eq!(scrolled(3, 7, 20, 4), 4);
        assert_eq!(scrolled(3, 1, 20, 4), 1);
        // A view that has grown shows what there is and no emptiness below it.
        assert_eq!(scrolled(18, 19, 20, 10), 10);
        assert_eq!(scrolled(5, 0, 0, 10), 0);
    }
}
