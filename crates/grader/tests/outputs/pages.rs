//! Pages are read by a parser of HTML and opened in a browser: nothing in them runs, and nothing
//! that somebody has written is an element.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use grader::marks::{Manuals, Rules};
use grader::model::{Results, StudentId};
use scraper::{ElementRef, Html, Selector};

use crate::class::{self, HOSTILE, hostile, usual};
use crate::out::Out;

/// The class's report and everybody's feedback.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut pages = vec![folder.join("report.html")];
    for entry in fs::read_dir(folder.join("feedback")).expect("feedback") {
        pages.push(entry.expect("an entry").path().join("index.html"));
    }
    pages
}

fn read(page: &Path) -> Html {
    Html::parse_document(&fs::read_to_string(page).expect("a page"))
}

fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("a selector");
    html.select(&selector).collect()
}

fn text(html: &Html, selector: &str) -> Vec<String> {
    let text = |element: ElementRef<'_>| element.text().collect::<String>();
    all(html, selector).into_iter().map(text).collect()
}

/// A student with something hostile in every place where the instructor writes, too.
fn hostile_in_every_place() -> Results {
    let mut class = hostile();
    class.asked[0].title = HOSTILE[2].into();
    class.asked[0].concepts = HOSTILE.map(String::from).into();
    class.asked[0].checks[0].claim = HOSTILE[3].into();
    let mut typed = String::new();
    for (index, text) in HOSTILE.iter().enumerate() {
        let comment = toml::Value::String((*text).to_owned());
        typed.push_str(&format!(
            "[h{index:02}.detach]\nadd = 1\ncomment = {comment}\n"
        ));
    }
    let manuals = Manuals::of(Path::new("manual.toml"), &typed).expect("by hand");
    class.mark(&Rules::default(), &manuals)
}

#[test]
fn nobodys_text_is_an_element_or_an_attribute() {
    const OURS: &str = "html head meta title style body main p h1 h2 section span div ul li \
        dl dt dd pre b bdi details summary footer table thead tbody tr th td a \
        svg desc rect text path";
    const ATTRIBUTES: &str = "lang charset http-equiv content name class dir style href role \
        aria-hidden aria-labelledby id xmlns viewBox font-family font-size fill text-anchor \
        x y width height d stroke stroke-opacity";
    let ours: Vec<&str> = OURS.split_whitespace().collect();
    let known: Vec<&str> = ATTRIBUTES.split_whitespace().collect();
    let out = Out::of(&hostile_in_every_place());
    for page in pages(out.0.path()) {
        let html = read(&page);
        for element in all(&html, "*") {
            let name = element.value().name();
            assert!(ours.contains(&name), "{}: <{name}>", page.display());
            for (attribute, value) in element.value().attrs() {
                assert!(
                    known.contains(&attribute),
                    "{}: {attribute}",
                    page.display()
                );
                let leads = attribute == "href";
                assert!(!leads || value.starts_with("feedback/"), "{value}");
            }
        }
        assert_eq!(
            html.errors.len(),
            0,
            "{}: {:?}",
            page.display(),
            html.errors
        );
    }
}

#[test]
fn every_page_allows_nothing_and_loads_nothing() {
    let out = Out::of(&usual().results());
    for page in pages(out.0.path()) {
        let html = read(&page);
        let policies = all(&html, "meta[http-equiv='Content-Security-Policy']");
        let policy = policies.first().and_then(|meta| meta.attr("content"));
        assert_eq!(
            policy,
            Some("default-src 'none'; style-src 'unsafe-inline'")
        );
        assert!(
            all(
                &html,
                "script, link, img, iframe, object, embed, form, base"
            )
            .is_empty()
        );
        let text = fs::read_to_string(&page).expect("a page");
        let elsewhere = text.replace("http://www.w3.org/2000/svg", "");
        assert!(!elsewhere.contains("url(") && !elsewhere.contains("http://"));
        assert!(all(&html, "meta[name=viewport]").len() == 1);
        assert!(text.contains("prefers-color-scheme: dark") && text.contains("@media print"));
    }
}

#[test]
fn a_student_reads_their_own_name_and_messages_as_they_were_written() {
    let out = Out::of(&hostile().results());
    for (index, name) in HOSTILE.iter().enumerate() {
        let html = read(
            &out.0
                .path()
                .join(format!("feedback/h{index:02}/index.html")),
        );
        let shown = &text(&html, "h1 bdi")[0];
        let message = &text(&html, ".why > p")[0];
        if !name.contains(|c: char| c.is_control()) && !name.contains(['\u{202e}', '\u{fffe}']) {
            assert_eq!(shown, name);
            assert_eq!(message, name);
        }
        let unseen = |c: char| c.is_control() || c == '\u{202e}' || c == '\u{fffe}';
        assert!(!shown.contains(unseen), "{shown:?}");
    }
}

#[test]
fn a_page_says_in_words_what_it_says_in_colour() {
    let out = Out::of(&usual().results());
    let html = read(&out.0.path().join("feedback/s002/index.html"));
    assert_eq!(text(&html, "p.total"), ["2.50 of 15.00 points"]);
    let words = ["failed", "passed", "failed", "timed out", "failed"];
    assert_eq!(text(&html, ".mark"), words);
    assert_eq!(text(&html, ".check .points")[0], "0.00 of 5.00");
    let hidden = text(&html, "li:nth-child(3) .what");
    assert_eq!(
        hidden,
        ["hidden sizes of detach holds (hidden check: no more than this is shown)"]
    );
    let pending = read(&out.0.path().join("feedback/s004/index.html"));
    assert_eq!(
        text(&pending, "h2 .points"),
        ["pending", "missing, 0.00 of 5.00"]
    );
    assert!(text(&pending, "p.total")[0].starts_with("Not all of it is graded yet"));
    let broken = read(&out.0.path().join("feedback/s003/index.html"));
    assert_eq!(
        text(&broken, "section pre"),
        ["error[E0308]: mismatched types"]
    );
}

#[test]
fn plain_text_says_the_same() {
    let out = Out::of(&usual().results());
    let text = fs::read_to_string(out.0.path().join("feedback/s002/feedback.txt")).expect("text");
    assert_eq!(
        text,
        "\
Feedback for Bo Lind (s002)
2.50 of 15.00 points

The task detach (detach): 2.50 of 10.00
  [failed] releases of detach holds (0.00 of 5.00)
      another value came
      expected: 41
      got: 42
      printed:
      some lines
  [passed] computes of detach holds (2.50 of 2.50)
  [failed] hidden sizes of detach holds (hidden check: no more than this is shown) (0.00 of 2.50)

The task steals (steals): 0.00 of 5.00
  [timed out] keeps of steals holds (0.00 of 1.67)
      another value came
      expected: 41
      got: 42
      printed:
      some lines
      It ran out of time, and was tried once more with the machine to itself.
  [failed] hidden counts of steals holds (hidden check: no more than this is shown) (0.00 of 3.33)
"
    );
}

#[test]
fn the_report_shows_each_check_concept_and_student() {
    let results = usual().results();
    let out = Out::of(&results);
    let html = read(&out.0.path().join("report.html"));
    let whole: String = html.root_element().text().collect();
    for asked in &results.exercises {
        for check in &asked.checks {
            assert!(whole.contains(&check.claim), "{}", check.claim);
        }
    }
    assert!(whole.contains("it passed a check that nobody can pass"));
    assert!(whole.contains("gil"));
    let linked: BTreeSet<&str> = all(&html, "tbody a")
        .iter()
        .filter_map(|a| a.attr("href"))
        .collect();
    assert_eq!(linked.len(), results.students.len());
    for link in linked {
        assert!(out.0.path().join(link).is_file(), "{link}");
    }
    let bars = all(&html, "svg rect");
    assert_eq!(bars.len(), 10);
    assert!(whole.contains("bindery 0.1.0, sandbox: namespaces"));
}

#[test]
fn an_empty_class_has_a_report() {
    let out = Out::of(&class::Class::default().results());
    let html = read(&out.0.path().join("report.html"));
    assert!(text(&html, "ul.tiles b").contains(&"0".to_owned()));
}

/// A browser, if this machine has one. A machine without it proves the rest.
fn browser() -> Option<&'static str> {
    let there = |name: &&str| {
        let mut version = Command::new(name);
        version
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        version.status().is_ok_and(|status| status.success())
    };
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(there)
}

/// The page as the browser has it once everything in it had its chance to run.
fn opened(browser: &str, page: &Path) -> String {
    let profile = tempfile::tempdir().expect("a folder");
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}", page.display()))
        .stderr(Stdio::null())
        .output()
        .expect("a browser that starts");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn a_browser_runs_nothing_that_somebody_has_written() {
    let Some(browser) = browser() else {
        eprintln!("skipped: there is no chromium here");
        return;
    };
    let mut results = hostile_in_every_place();
    // All of it on one page.
    let first = &mut results.students[0];
    first.id = StudentId("h00".into());
    let all = HOSTILE.join("\n");
    first.student.name = all.clone();
    first.exercises[0].manual.as_mut().expect("by hand").comment = all;
    let out = Out::of(&results);
    for page in ["feedback/h00/index.html", "report.html"] {
        let dom = opened(browser, &out.0.path().join(page));
        assert!(
            dom.contains("</html>") && !dom.contains("<title>RAN"),
            "{page}"
        );
        let html = Html::parse_document(&dom);
        assert_eq!(text(&html, "script, img"), Vec::<String>::new(), "{page}");
    }
    // That the browser would have told: a script of our own, with no policy, does run.
    let canary = out.0.path().join("canary.html");
    fs::write(&canary, format!("<title>x</title>{}", HOSTILE[2])).expect("written");
    assert!(opened(browser, &canary).contains("<title>RAN"));
}
