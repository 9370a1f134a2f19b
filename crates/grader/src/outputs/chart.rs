//! The distribution of a class as a drawing in the page itself.
//!
//! Text and lines have the colour of their surroundings, so it is read on a light page, on a dark
//! one and on paper. Each bar has its number above it.

use maud::{Markup, html};

const BINS: usize = 10;
const WIDTH: usize = 640;
const HEIGHT: usize = 180;
const TOP: usize = 22;
const STEP: usize = WIDTH / BINS;

/// How many of the shares, which go from 0 to 1, lie in each tenth. What is above 1 by extra
/// points lies in the last.
pub(super) fn histogram(shares: &[f64]) -> [usize; BINS] {
    let mut bins = [0; BINS];
    for share in shares {
        let bin = (share * BINS as f64).floor().clamp(0.0, (BINS - 1) as f64);
        bins[bin as usize] += 1;
    }
    bins
}

/// The drawing.
pub(super) fn draw(bins: &[usize; BINS]) -> Markup {
    let most = bins.iter().copied().max().unwrap_or(0).max(1);
    let said: Vec<String> = bins
        .iter()
        .enumerate()
        .map(|(bin, count)| format!("{} have {}", count, tenth(bin)))
        .collect();
    let height = |count: usize| count * HEIGHT / most;
    let ground = TOP + HEIGHT;
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {WIDTH} {}", ground + 26))
            role="img" aria-labelledby="spread-title spread-desc" font-family="sans-serif"
            font-size="13" fill="currentColor" text-anchor="middle" {
            title id="spread-title" { "How many students have how much of all points" }
            desc id="spread-desc" { (said.join(", ")) }
            @for (bin, count) in bins.iter().enumerate() {
                @let x = bin * STEP;
                rect x=(x + 6) y=(ground - height(*count)) width=(STEP - 12) height=(height(*count))
                    fill="var(--bar)" {}
                @if *count > 0 {
                    text x=(x + STEP / 2) y=(ground - height(*count) - 6) { (count) }
                }
                text x=(x + STEP / 2) y=(ground + 18) font-size="11" { (tenth(bin)) }
            }
            path d=(format!("M0 {ground}.5H{WIDTH}")) stroke="currentColor" stroke-opacity="0.5" {}
        }
    }
}

fn tenth(bin: usize) -> String {
    match bin + 1 == BINS {
        true => "90-100%".into(),
        false => format!("{}-{}%", bin * 10, bin * 10 + 9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_student_stands_in_one_tenth() {
        assert_eq!(
            histogram(&[0.0, 0.05, 0.1, 0.95, 1.0, 1.2]),
            [2, 1, 0, 0, 0, 0, 0, 0, 0, 3]
        );
    }

    #[test]
    fn the_fullest_tenth_is_as_high_as_the_drawing() {
        let drawn = draw(&histogram(&[0.5, 0.5, 0.9])).into_string();
        assert!(drawn.contains(&format!("height=\"{HEIGHT}\"")), "{drawn}");
        assert!(
            drawn.contains(&format!("height=\"{}\"", HEIGHT / 2)),
            "{drawn}"
        );
        let empty = draw(&histogram(&[])).into_string();
        assert!(empty.contains("0 have 0-9%"), "{empty}");
    }
}
