//! Lists: as a table that fits the terminal, as JSON, as CSV.

use clap::ValueEnum;
use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};
use counterseal_node::Desk;
use serde_json::{Map, Value, json};

use crate::clean::{clean, escape, shorten};
use crate::context::Context;
use crate::failure::Failure;

/// How a list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Table,
    /// One JSON object
    Json,
    /// Comma-separated values
    Csv,
}

/// Widest cell of a table, in letters.
const WIDEST: usize = 80;

/// Narrowest terminal that a table is fitted to, in columns.
const NARROWEST: u16 = 60;
/// A line under the heads and none elsewhere: easy to read, easy to cut out.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─'));

/// A list in the making. Columns are named as in JSON; tables say the catalogue's `column-<name>`.
pub(crate) struct Listing {
    name: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Vec<Value>>,
}

impl Listing {
    pub(crate) fn new(name: &'static str, columns: &[&'static str]) -> Self {
        Self { name, columns: columns.to_vec(), rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = Value>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Shows the list. What comes of a synthetic mission says so in every form.
    pub(crate) fn show(&self, ctx: &Context, desk: &Desk, format: Format) -> Result<(), Failure> {
        let synthetic = desk.register().is_synthetic();
        match format {
            Format::Table => {
                ctx.mark_synthetic(desk)?;
                if self.rows.is_empty() { ctx.say("list-empty", &[]) } else { ctx.line(&self.to_table(ctx)) }
            }
            Format::Json => ctx.line(&pretty(&self.to_json(synthetic))),
            Format::Csv => ctx.write(&self.to_csv(synthetic)),
        }
    }

    fn to_table(&self, ctx: &Context) -> String {
        let mut table = Table::new();
        table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
        if table.width().is_some_and(|width| width < NARROWEST) {
            // A terminal that does not know its width says zero.
            table.set_width(NARROWEST);
        }
        table.set_header(self.columns.iter().map(|column| ctx.words.text(&format!("column-{column}"))));
        for row in &self.rows {
            table.add_row(row.iter().map(|cell| match cell {
                Value::Bool(true) => ctx.words.text("yes"),
                Value::Bool(false) => String::new(),
                other => shorten(&text_of(other, ", "), WIDEST),
            }));
        }
        table.to_string()
    }

    fn to_json(&self, synthetic: bool) -> Value {
        let object = |row: &Vec<Value>| -> Value {
            let pairs =
                self.columns.iter().zip(row).map(|(column, cell)| ((*column).to_owned(), cell.clone()));
            Value::Object(pairs.collect::<Map<_, _>>())
        };
        let rows: Vec<_> = self.rows.iter().map(object).collect();
        json!({ "synthetic": synthetic, self.name: rows })
    }

    fn to_csv(&self, synthetic: bool) -> String {
        let mut text = self.columns.join(",");
        text.push_str(",synthetic\r\n");
        for row in &self.rows {
            row.iter().for_each(|cell| {
                text.push_str(&csv_cell(cell));
                text.push(',');
            });
            text.push_str(if synthetic { "yes\r\n" } else { "no\r\n" });
        }
        text
    }
}

/// JSON for people and programs; a terminal can show it safely.
pub(crate) fn pretty(value: &Value) -> String {
    escape(&format!("{value:#}"))
}

/// A cell in words.
pub(crate) fn text_of(cell: &Value, between: &str) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            items.iter().map(|item| text_of(item, between)).collect::<Vec<_>>().join(between)
        }
        other => other.to_string(),
    }
}

/// A cell of CSV (RFC 4180). Text that a spreadsheet would take for a formula gets an apostrophe.
fn csv_cell(cell: &Value) -> String {
    let mut text = clean(&text_of(cell, "; "), false);
    if cell.is_string() && text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        text.insert(0, '\'');
    }
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_says_that_a_mission_is_made_up_and_no_cell_is_a_formula() {
        let mut listing = Listing::new("people", &["name", "count"]);
        listing.row([json!("=cmd|'/c calc'!A1"), json!(-3)]);
        listing.row([json!("a \"quoted\", name"), Value::Null]);
        let csv = listing.to_csv(true);
        assert_eq!(
            csv,
            "name,count,synthetic\r\n'=cmd|'/c calc'!A1,-3,yes\r\n\"a \"\"quoted\"\", name\",,yes\r\n"
        );
        assert_eq!(listing.to_json(true)["synthetic"], true);
        assert_eq!(listing.to_json(false)["people"][0]["count"], -3);
    }
}
