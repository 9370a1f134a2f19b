//! A class that was written out, and read back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use grader::marks::Rules;
use grader::model::{Problem, Results};
use grader::outputs::{self, Options};
use serde_json::Value;
use tempfile::TempDir;

/// A class that was written out.
pub struct Out(pub TempDir);

impl Out {
    pub fn of(results: &Results) -> Out {
        Out::with(results, &Rules::default(), None).0
    }

    pub fn with(results: &Results, rules: &Rules, worksheet: Option<&Path>) -> (Out, Vec<Problem>) {
        let out = Out(tempfile::tempdir().expect("a folder"));
        let problems = out.again(results, rules, worksheet);
        (out, problems)
    }

    pub fn again(
        &self,
        results: &Results,
        rules: &Rules,
        worksheet: Option<&Path>,
    ) -> Vec<Problem> {
        let options = Options {
            rules,
            moodle_worksheet: worksheet,
        };
        outputs::write(results, options, self.0.path()).expect("written")
    }

    pub fn text(&self, place: &str) -> String {
        fs::read_to_string(self.0.path().join(place)).expect(place)
    }

    pub fn json(&self, place: &str) -> Value {
        serde_json::from_str(&self.text(place)).expect(place)
    }

    pub fn table(&self, place: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_path(self.0.path().join(place))
            .expect(place);
        let row = |row: Result<csv::StringRecord, _>| {
            let row: csv::StringRecord = row.expect("a row as long as the others");
            row.iter().map(String::from).collect()
        };
        reader.records().map(row).collect()
    }

    /// All files and their contents.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.0.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => {
                        let content = fs::read(&path).expect("a file");
                        let place = path.strip_prefix(self.0.path()).expect("inside");
                        files.insert(place.to_owned(), content);
                    }
                }
            }
        }
        files
    }
}
