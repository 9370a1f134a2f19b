//! Versions of what the book is about, as the root manifest pins them: pages show them as
//! figures, so that none is typed that a later manifest contradicts.

use std::collections::BTreeMap;
use std::path::Path;

use toml::Value;

use crate::LabError;
use crate::error::io_error;

/// The pinned versions, by name: a crate's, or `rust` for the oldest compiler that will do.
#[derive(Debug, Clone, Default)]
pub struct Versions(BTreeMap<String, String>);

impl Versions {
    /// Reads `Cargo.toml` at `root`.
    pub fn read(root: &Path) -> Result<Versions, LabError> {
        let path = root.join("Cargo.toml");
        let text = std::fs::read_to_string(&path).map_err(io_error("read", &path))?;
        Ok(Versions::of(&text))
    }

    fn of(manifest: &str) -> Versions {
        let manifest: toml::Table = manifest.parse().unwrap_or_default();
        let workspace = manifest.get("workspace");
        let at = |key| workspace.and_then(|workspace| workspace.get(key));
        let mut found = BTreeMap::new();
        if let Some(Value::Table(dependencies)) = at("dependencies") {
            for (name, pinned) in dependencies {
                let version = match pinned {
                    Value::Table(table) => table.get("version"),
                    version => Some(version),
                };
                if let Some(version) = version.and_then(Value::as_str) {
                    found.insert(name.clone(), shown(version));
                }
            }
        }
        let rust = at("package").and_then(|package| package.get("rust-version"));
        if let Some(rust) = rust.and_then(Value::as_str) {
            found.insert("rust".to_owned(), shown(rust));
        }
        Versions(found)
    }

    /// As a page shows it: what comes after the second number is of no use to a reader.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

fn shown(version: &str) -> String {
    let numbers: Vec<&str> = version.split('.').take(2).collect();
    numbers.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_two_numbers_of_the_manifest() {
        let versions = Versions::of(
            "[workspace.package]\nrust-version = \"1.90\"\n[workspace.dependencies]\n\
             pyo3 = { version = \"0.30.1\", features = [] }\ncc = \"1.11\"\nlab = { path = \"x\" }\n",
        );
        assert_eq!(versions.get("pyo3"), Some("0.30"));
        assert_eq!(versions.get("cc"), Some("1.11"));
        assert_eq!(versions.get("rust"), Some("1.90"));
        assert_eq!(versions.get("lab"), None);
    }
}
