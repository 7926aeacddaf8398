//! The pages in a real browser: Debian's chromium, driven by its chromedriver. Each page is looked at with axe-core, in
//! four languages, and a picture of it is left in `target/screenshots`.

mod all;
mod casework;
mod door;
mod entities;
mod first_run;
mod forms;
mod log;
mod people;
mod report;
mod sheets;
mod situation;
mod unlock;
mod window;

pub(crate) use window::Window;
