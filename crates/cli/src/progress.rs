//! Progress of long work: a bar on the terminal, and an ear for a request to lock.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on standard error; hidden where that is not a terminal.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// A bar of so many bytes.
    pub(crate) fn bytes(total: u64, what: &str) -> Self {
        Self::new(total, what, "{msg} {wide_bar} {bytes}/{total_bytes} {eta}")
    }

    /// A bar of so many things; the number may be told later.
    pub(crate) fn items(total: u64, what: &str) -> Self {
        Self::new(total, what, "{msg} {wide_bar} {human_pos}/{human_len} {eta}")
    }

    fn new(total: u64, what: &str, template: &str) -> Self {
        let bar = ProgressBar::new(total);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        Self(bar)
    }

    pub(crate) fn set(&self, done: u64) {
        self.0.set_position(done);
    }

    pub(crate) fn set_of(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
