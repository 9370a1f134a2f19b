//! The frame of every page: a policy that lets nothing run or load, and one style sheet.
//!
//! A page is read offline, on a phone, in the dark and on paper. Text goes through
//! [`visible`] and then through maud, which escapes whatever it is given.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::STAMP;
use crate::text::{one_line, visible};

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE: &str = include_str!("page.css");

/// A whole page.
pub(crate) fn page(title: &str, unsandboxed: bool, body: &Markup) -> String {
    let title = one_line(title);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (title) }
                // Ours, from a file beside this one.
                style { (PreEscaped(STYLE)) }
            }
            body {
                @if unsandboxed {
                    p.stamp role="note" { "Careful: " (STAMP) ". An answer could have forged what it was given." }
                }
                main { (body) }
            }
        }
    };
    page.into_string()
}

/// A word from a stranger, whose direction of writing is its own affair.
pub(crate) fn name(text: &str) -> Markup {
    html! { bdi { (one_line(text)) } }
}

/// A stranger's lines as they are.
pub(super) fn lines(text: &str) -> Markup {
    html! { pre dir="auto" { (visible(text)) } }
}

/// A bar that says again what stands beside it.
pub(super) fn bar(share: f64) -> Markup {
    let percent = format!("width:{:.0}%", share.clamp(0.0, 1.0) * 100.0);
    html! { span.bar aria-hidden="true" { span style=(percent) {} } }
}
