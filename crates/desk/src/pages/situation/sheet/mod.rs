//! Sheets to be printed: the daily situation report and the flash report, made from the view that is seen. Before one is made
//! it is shown without a mark; each copy has a mark of its own, and its trace is kept as that of an export.

mod daily;
mod flash;
mod totals;

use axum::extract::{Query, State};
use axum::response::Response;
use counterseal_exchange::Format;
use counterseal_model::dtg::read_date;
use counterseal_model::record::Body;
use counterseal_model::{Classification, Timestamp};
use counterseal_node::{
    Columns, Desk, ExportOptions, Filter, Grid, NodeError, PageMark, RecordView, Sort, View,
};
use counterseal_register::Subject;
use maud::{Markup, html};
use serde::Deserialize;

use super::basemap::own;
use super::draw::map;
use super::leave::{Leaving, hidden, terms};
use super::question::Question;
use super::seen::{GRID, around};
use crate::door::Checked;
use crate::labels::Labels;
use crate::pages::{Page, Reader, with_desk};
use crate::server::App;
use crate::words::Words;

/// A sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Daily,
    Flash,
}

impl Form {
    fn of(word: &str) -> Option<Self> {
        [Self::Daily, Self::Flash].into_iter().find(|form| form.word() == word)
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Daily => "daily-report",
            Self::Flash => "flash-report",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Daily => "sheet-daily",
            Self::Flash => "sheet-flash",
        }
    }

    /// Which incidents stand on it.
    fn narrow(self, options: ExportOptions, on: Timestamp) -> ExportOptions {
        match self {
            Self::Daily => {
                let filter = totals::week(&options.filter, on);
                ExportOptions { filter, limit: Some(daily::MOST), ..options }
            }
            Self::Flash => ExportOptions { limit: Some(flash::MOST), ..options },
        }
    }
}

/// The day of a daily report.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct On {
    on: String,
}

/// What a sheet is drawn from.
struct Ground<'a> {
    words: Words,
    desk: &'a Desk,
    columns: &'a Columns,
    question: &'a Question,
    filter: &'a Filter,
    records: &'a [RecordView],
}

/// `GET /situation/daily`
pub(crate) async fn show_daily(
    state: State<App>,
    reader: Reader,
    question: Query<Question>,
    on: Query<On>,
) -> Response {
    show(state, reader, question.0, Form::Daily, on.0.on).await
}

/// `GET /situation/flash`
pub(crate) async fn show_flash(state: State<App>, reader: Reader, question: Query<Question>) -> Response {
    show(state, reader, question.0, Form::Flash, String::new()).await
}

/// As it will be, without a mark, and how to make a copy.
async fn show(
    State(app): State<App>,
    reader: Reader,
    question: Question,
    form: Form,
    on: String,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let columns = unlocked.columns()?;
        let desk = &unlocked.desk;
        let on = day(desk, &question, &on);
        let (filter, _) = question.filter(&Labels::of(words, desk));
        let options = form.narrow(plain(desk, &filter)?, on);
        let (records, classification, synthetic) = desk.preview_page(&options)?;
        let ground =
            Ground { words, desk, columns: &columns, question: &question, filter: &filter, records: &records };
        let mark = PageMark { mark: String::new(), classification, synthetic };
        let sheet = sheet(&ground, form, on, &mark)?;
        let main = html! {
            form.write.before autocomplete="off" method="post" action="/situation/copy" {
                h1 { (words.text(form.key())) }
                p { (words.text("sheet-why")) }
                (hidden(&token, &question))
                input type="hidden" name="format" value=(form.word());
                @if form == Form::Daily {
                    label { span { (words.text("sheet-on")) } input type="text" name="on" value=(on.date_text()) required; }
                }
                (terms(words, desk))
                div { button type="submit" { (words.text("sheet-make")) } " " a href=(question.link(super::HERE)) { (words.text("leave-back")) } }
            }
            h2.before { (words.text("sheet-preview")) }
            (sheet)
        };
        Ok(Page::new(words.text(form.key()), main).with(&["situation.css"]))
    })
    .await
}

/// `POST /situation/copy`: a copy, whose trace is durable before it is seen.
pub(crate) async fn copy(
    State(app): State<App>,
    reader: Reader,
    Checked(leaving): Checked<Leaving>,
) -> Response {
    with_desk(&app, reader, move |words, unlocked| {
        let form = Form::of(&leaving.format).filter(|_| leaving.is_sure());
        let form = form.ok_or_else(|| NodeError::Verification(words.text("leave-not-sure")))?;
        let columns = unlocked.columns()?;
        let (question, options) = leaving.options(&unlocked.desk, words)?;
        let on = day(&unlocked.desk, &question, &leaving.on);
        let filter = options.filter.clone();
        let options = form.narrow(options, on);
        let draw = |desk: &Desk, mark: &PageMark, records: &[RecordView]| {
            let ground =
                Ground { words, desk, columns: &columns, question: &question, filter: &filter, records };
            Ok(sheet(&ground, form, on, mark)?.into_string())
        };
        let (drawn, _) = unlocked.desk.export_page(&options, form.word(), draw)?;
        let main = html! {
            h1.before { (words.text(form.key())) }
            p.before { (words.text("sheet-made")) " " a href=(question.link(super::HERE)) { (words.text("leave-back")) } }
            (maud::PreEscaped(drawn))
        };
        Ok(Page::new(words.text(form.key()), main).with(&["situation.css"]))
    })
    .await
}

/// The day that was typed, else the last day of the view, else today.
fn day(desk: &Desk, question: &Question, on: &str) -> Timestamp {
    let typed = read_date(on.trim(), None).ok().map(|typed| typed.at);
    let last = || read_date(question.to.trim(), None).ok().map(|typed| Timestamp(typed.end().0 - 1));
    let at = typed.or_else(last).unwrap_or_else(|| desk.now());
    Timestamp(at.0.div_euclid(Timestamp::DAY) * Timestamp::DAY)
}

/// What is looked at before a copy is made: it leaves no trace, for nothing leaves.
fn plain(desk: &Desk, filter: &Filter) -> Result<ExportOptions, NodeError> {
    let mine = desk.compartments().into_iter().find(|view| view.mine);
    let compartment = mine.ok_or(NodeError::NoParts)?.id;
    Ok(ExportOptions {
        filter: filter.clone(),
        sort: Sort::Newest,
        limit: None,
        format: Format::Csv,
        query: String::new(),
        compartment,
        purpose: None,
        case: false,
    })
}

/// A sheet, with what must stand on each of its pages above and below: a table's head and foot come again on every page.
fn sheet(ground: &Ground<'_>, form: Form, on: Timestamp, mark: &PageMark) -> Result<Markup, NodeError> {
    let words = ground.words;
    let content = match form {
        Form::Daily => daily::draw(ground, on)?,
        Form::Flash => flash::draw(ground)?,
    };
    let person = ground.desk.name_of(Subject::Person(ground.desk.person())).map(|name| name.to_string());
    let when = ground.words.moment(ground.desk.now());
    let edge = edge(words, mark.classification, mark.synthetic, &mark.mark);
    Ok(html! {
        table.sheet role="presentation" {
            thead { tr { td { (edge) } } }
            tfoot { tr { td { (edge) } } }
            tbody { tr { td {
                p.title { (words.text(form.key())) }
                p { (words.with("sheet-issued", &[("when", (&when).into()), ("person", person.as_deref().unwrap_or("?").into())])) }
                (asked(words, &ground.question.in_sentences(&Labels::of(words, ground.desk))))
                (content)
            } } }
        }
    })
}

fn edge(words: Words, classification: Classification, synthetic: bool, mark: &str) -> Markup {
    html! {
        div.edge {
            strong { (words.classification(classification)) }
            @if synthetic { strong.made-up { (words.text("synthetic")) } }
            @if mark.is_empty() { span { (words.text("sheet-unmarked")) } } @else { code { (mark) } }
        }
    }
}

/// What the view asks for, in words.
fn asked(words: Words, question: &Question) -> Markup {
    let fields = question.fields().into_iter().filter(|(_, _, typed)| !typed.trim().is_empty());
    html! {
        p.asked { (words.text("ask-now")) (words.colon())
            @if question.query().is_empty() { (words.text("ask-all")) }
            @for (_, key, typed) in fields { span { (words.text(key)) (words.colon()) bdi { (typed) } } " " }
        }
    }
}

/// The map of what stands on the sheet, and of nothing else: its classification is theirs.
fn map_of(ground: &Ground<'_>) -> Result<Markup, NodeError> {
    let points: Vec<(i32, i32)> = ground.records.iter().filter_map(point_of).collect();
    let within = points.iter().fold(None, |bounds: Option<[i32; 4]>, (lat, lon)| {
        let [south, north, west, east] = bounds.unwrap_or([*lat, *lat, *lon, *lon]);
        Some([south.min(*lat), north.max(*lat), west.min(*lon), east.max(*lon)])
    });
    let area = with_country(around(within.or_else(|| ground.columns.bounds(&View::default()))));
    let own = own(ground.words, ground.desk)?;
    Ok(html! {
        (map(ground.words, ground.question, (area, GRID), own.as_ref(), &grid_of(&points, area), &html! {}))
        p.caption { (ground.words.text("map-caption")) @if own.is_none() { " " (ground.words.text("map-places")) } }
    })
}

/// One place alone says little on paper: at least four degrees are shown.
fn with_country([south, north, west, east]: [i32; 4]) -> [i32; 4] {
    let wider = |from: i32, to: i32| (40_000_000 - to.saturating_sub(from)).max(0) / 2;
    let (up, aside) = (wider(south, north), wider(west, east));
    [
        south.saturating_sub(up),
        north.saturating_add(up),
        west.saturating_sub(aside),
        east.saturating_add(aside),
    ]
}

fn point_of(record: &RecordView) -> Option<(i32, i32)> {
    let Body::Incident(incident) = &record.part.body else { return None };
    let point = incident.place.as_ref()?.point?;
    Some((point.lat_e7(), point.lon_e7()))
}

fn grid_of(points: &[(i32, i32)], [south, north, west, east]: [i32; 4]) -> Grid {
    let (columns, rows) = GRID;
    let nth = |value: i32, first: i32, last: i32, cells: u32| {
        let (at, whole) = (i64::from(value) - i64::from(first), i64::from(last) - i64::from(first));
        usize::try_from(at * i64::from(cells) / whole.max(1)).ok().map(|nth| nth.min(cells as usize - 1))
    };
    let mut cells = vec![0; columns as usize * rows as usize];
    for (lat, lon) in points {
        let (row, column) = (nth(*lat, south, north, rows), nth(*lon, west, east, columns));
        let cell = row.zip(column).and_then(|(row, column)| cells.get_mut(row * columns as usize + column));
        if let Some(cell) = cell {
            *cell += 1;
        }
    }
    Grid(cells)
}
