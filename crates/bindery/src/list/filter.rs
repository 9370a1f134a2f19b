//! Which exercises are shown: by words, by what is done, by chapter, by concept.
//!
//! Also finds a chapter or a concept by a name as a person types it.

use course::{Chapter, nearest_all};

use super::rows::Row;
use crate::screen::me;
use crate::trouble::Trouble;

/// What a row must be to be shown. Without anything set, all are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all occur in the title, the name, a concept or the chapter.
    pub search: String,
    /// Only what is done, or only what is not.
    pub done: Option<bool>,
    pub chapter: Option<Chapter>,
    pub concept: Option<String>,
}

impl Filter {
    pub fn keeps(&self, row: &Row) -> bool {
        let chapter = self.chapter.as_ref();
        let concept = self.concept.as_ref();
        self.done.is_none_or(|done| done == row.is_done())
            && chapter.is_none_or(|chapter| *chapter == row.chapter)
            && concept.is_none_or(|concept| row.concepts.contains(concept))
            && self.finds(row)
    }

    fn finds(&self, row: &Row) -> bool {
        let concepts = row.concepts.join("\n");
        let text = folded(
            &[&row.slug, &row.title, &concepts, &row.path]
                .map(String::as_str)
                .join("\n"),
        );
        folded(&self.search)
            .split_whitespace()
            .all(|word| text.contains(word))
    }

    /// What is asked for, as a reader would say it; nothing where all are shown.
    pub fn in_words(&self) -> Option<String> {
        let search = self.search.trim();
        let parts = [
            self.done
                .map(|done| if done { "done" } else { "pending" }.to_owned()),
            self.chapter
                .as_ref()
                .map(|c| format!("chapter `{}`", c.name)),
            self.concept.as_ref().map(|c| format!("concept `{c}`")),
            (!search.is_empty()).then(|| format!("search `{search}`")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// `C-API` and `c_api` are one name.
fn folded(text: &str) -> String {
    text.to_lowercase().replace('-', "_")
}

/// The chapters of these rows, in order.
pub fn chapters(rows: &[Row]) -> Vec<Chapter> {
    let mut chapters: Vec<Chapter> = rows.iter().map(|row| row.chapter.clone()).collect();
    chapters.dedup();
    chapters
}

/// The concepts of these rows, in the order of the alphabet.
pub fn concepts(rows: &[Row]) -> Vec<String> {
    let mut concepts: Vec<String> = rows.iter().flat_map(|row| row.concepts.clone()).collect();
    concepts.sort();
    concepts.dedup();
    concepts
}

/// The chapter that is meant by `gil`, `06_gil`, `6` or the beginning of its name.
pub fn chapter_named(rows: &[Row], typed: &str) -> Result<Chapter, Trouble> {
    let name = folded(typed.trim());
    let chapters = chapters(rows);
    let exact = chapters
        .iter()
        .find(|c| c.name == name || c.folder() == name || name.parse() == Ok(c.number));
    let names: Vec<&str> = chapters.iter().map(|c| c.name.as_str()).collect();
    let index = || {
        let found = beginning(&names, &name)?;
        chapters.get(found)
    };
    exact
        .or_else(index)
        .cloned()
        .ok_or_else(|| unknown("chapter", typed, &names))
}

/// The concept that is meant by its name or the beginning of it.
pub fn concept_named(rows: &[Row], typed: &str) -> Result<String, Trouble> {
    let name = folded(typed.trim());
    let concepts = concepts(rows);
    let names: Vec<String> = concepts.iter().map(|c| folded(c)).collect();
    let exact = names.iter().position(|n| *n == name);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    exact
        .or_else(|| beginning(&names, &name))
        .and_then(|at| concepts.get(at).cloned())
        .ok_or_else(|| {
            let names: Vec<&str> = concepts.iter().map(String::as_str).collect();
            unknown("concept", typed, &names)
        })
}

/// Where the one name is that begins so; two of them decide nothing.
fn beginning(names: &[&str], typed: &str) -> Option<usize> {
    let mut found =
        (0..names.len()).filter(|&at| !typed.is_empty() && names[at].starts_with(typed));
    found.next().filter(|_| found.next().is_none())
}

/// Says what there is instead: what is spelled alike, what begins alike, or everything.
fn unknown(what: &str, typed: &str, names: &[&str]) -> Trouble {
    let begins = |name: &&&str| !typed.is_empty() && folded(name).starts_with(&folded(typed));
    let mut near: Vec<&str> = names.iter().filter(begins).copied().collect();
    if near.is_empty() {
        near = nearest_all(typed, names.iter().copied());
    }
    let listed = |names: &[&str]| {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        quoted.join(", ")
    };
    match near.first() {
        Some(first) => Trouble::new(
            format!("there is no {what} `{typed}`; similar: {}", listed(&near)),
            format!("run `{} list --{what} {first}`", me()),
        ),
        None => Trouble::new(
            format!("there is no {what} `{typed}`"),
            format!(
                "run `{} list --{what} NAME` with one of {}",
                me(),
                listed(names)
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::five;
    use super::*;

    fn kept(filter: &Filter) -> Vec<String> {
        let rows = five().into_iter().filter(|row| filter.keeps(row));
        rows.map(|row| row.slug).collect()
    }

    fn searched(words: &str) -> Vec<String> {
        kept(&Filter {
            search: words.to_owned(),
            ..Filter::default()
        })
    }

    #[test]
    fn a_search_looks_at_name_title_concepts_and_chapter() {
        assert_eq!(searched("steals"), ["steals"]);
        assert_eq!(searched("STANDING"), ["deadlock"]);
        assert_eq!(searched("references"), ["steals", "error_paths"]);
        assert_eq!(searched("06_gil").len(), 3);
        assert_eq!(searched(" ").len(), 5);
    }

    #[test]
    fn every_word_of_a_search_must_occur_and_a_dash_is_an_underscore() {
        assert_eq!(searched("gil threads"), ["detach", "deadlock", "last"]);
        assert_eq!(searched("threads way"), ["deadlock"]);
        assert_eq!(searched("C-API"), ["steals", "error_paths"]);
        assert_eq!(searched("error-paths"), ["error_paths"]);
    }

    #[test]
    fn filters_are_all_asked() {
        let mut filter = Filter {
            done: Some(false),
            ..Filter::default()
        };
        assert_eq!(kept(&filter), ["error_paths", "detach", "deadlock", "last"]);
        filter.concept = Some("threads".into());
        assert_eq!(kept(&filter), ["deadlock", "last"]);
        filter.chapter = Some(five()[0].chapter.clone());
        assert!(kept(&filter).is_empty());
        assert_eq!(
            filter.in_words().as_deref(),
            Some("pending, chapter `c_api`, concept `threads`")
        );
        assert_eq!(Filter::default().in_words(), None);
    }

    #[test]
    fn a_chapter_is_found_by_name_number_folder_and_beginning() {
        for name in ["gil", "6", "06", "06_gil", "GIL", "g"] {
            assert_eq!(chapter_named(&five(), name).unwrap().name, "gil", "{name}");
        }
        assert_eq!(chapter_named(&five(), "c-api").unwrap().name, "c_api");
    }

    #[test]
    fn a_concept_is_found_by_name_and_beginning() {
        for name in ["c-api", "C_API", "c"] {
            assert_eq!(concept_named(&five(), name).unwrap(), "c-api", "{name}");
        }
    }

    #[test]
    fn an_unknown_name_is_answered_with_names_like_it_and_a_command() {
        let said = chapter_named(&five(), "gli").unwrap_err().rendered();
        assert!(said.contains("similar: `gil`"), "{said}");
        assert!(said.contains("list --chapter gil`"), "{said}");
        let said = concept_named(&five(), "zebra").unwrap_err().rendered();
        assert!(
            said.contains("`c-api`, `gil`, `references`, `threads`"),
            "{said}"
        );
        assert!(chapter_named(&five(), "").is_err());
    }
}
