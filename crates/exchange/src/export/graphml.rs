//! GraphML: incidents and entities as nodes; involvement and links as edges.

use std::collections::BTreeSet;
use std::io::Write;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::columns::{COLUMNS, Cell, cells};
use super::{ExportEntity, ExportError, ExportHead, ExportLink, ExportRow};

pub(super) struct Graph<W: Write> {
    out: Writer<W>,
    head: ExportHead,
    nodes: BTreeSet<String>,
    edges: Vec<Edge>,
}

struct Edge {
    from: String,
    to: String,
    data: Vec<(&'static str, String)>,
}

/// Data that nodes and edges have beside the columns of an incident.
const OWN_KEYS: [(&str, &str); 12] = [
    ("graph", "export_mark_of_graph"),
    ("graph", "classification_of_graph"),
    ("graph", "synthetic_of_graph"),
    ("node", "record"),
    ("node", "name"),
    ("edge", "edge_export_mark"),
    ("edge", "edge_kind"),
    ("edge", "edge_grading"),
    ("edge", "edge_from"),
    ("edge", "edge_to"),
    ("edge", "edge_classification"),
    ("edge", "edge_synthetic"),
];

impl<W: Write> Graph<W> {
    pub(super) fn begin(out: W, head: ExportHead) -> Result<Self, ExportError> {
        let mut out = Writer::new_with_indent(out, b' ', 1);
        out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let root =
            BytesStart::new("graphml").with_attributes([("xmlns", "http://graphml.graphdrawing.org/xmlns")]);
        out.write_event(Event::Start(root))?;
        let columns = COLUMNS.iter().map(|(name, _)| ("node", *name));
        for (element, name) in OWN_KEYS.into_iter().chain(columns) {
            let pairs = [("id", name), ("for", element), ("attr.name", name), ("attr.type", "string")];
            out.write_event(Event::Empty(BytesStart::new("key").with_attributes(pairs)))?;
        }
        let graph =
            BytesStart::new("graph").with_attributes([("id", "counterseal"), ("edgedefault", "directed")]);
        out.write_event(Event::Start(graph))?;
        let mut graph = Self { out, head, nodes: BTreeSet::new(), edges: Vec::new() };
        let mark = graph.head.mark.in_file();
        graph.data("export_mark_of_graph", &mark)?;
        graph.data("classification_of_graph", graph.head.classification.word())?;
        graph.data("synthetic_of_graph", synthetic(graph.head.synthetic))?;
        Ok(graph)
    }

    pub(super) fn row(&mut self, row: &ExportRow<'_>) -> Result<(), ExportError> {
        self.start("node", &[("id", row.id)])?;
        self.data("record", "incident")?;
        for ((name, _), cell) in COLUMNS.iter().zip(cells(&self.head, row)) {
            if let Cell::Text(text) | Cell::Number(text) = cell {
                self.data(name, &text)?;
            }
        }
        self.end("node")?;
        self.nodes.insert(row.id.to_owned());
        for actor in &row.incident.actors {
            let Some(entity) = actor.entity else { continue };
            let kind = actor.role.as_ref().map_or("involved", |role| role.as_str());
            let data = self.edge_data(kind, row.classification.word(), row.synthetic);
            self.edges.push(Edge { from: entity.to_string(), to: row.id.to_owned(), data });
        }
        Ok(())
    }

    pub(super) fn entity(&mut self, row: &ExportEntity<'_>) -> Result<(), ExportError> {
        self.start("node", &[("id", row.id)])?;
        self.data("record", row.entity.kind.word())?;
        self.data("classification", row.classification.word())?;
        self.data("synthetic", synthetic(row.synthetic))?;
        let mark = self.head.mark.in_file();
        self.data("export_mark", &mark)?;
        self.data("name", &row.entity.name)?;
        self.end("node")?;
        self.nodes.insert(row.id.to_owned());
        Ok(())
    }

    pub(super) fn link(&mut self, row: &ExportLink<'_>) {
        let mut data = self.edge_data(row.link.kind.as_str(), row.classification.word(), row.synthetic);
        data.extend(row.link.grading.as_ref().map(|grading| ("edge_grading", grading.to_string())));
        if let Some(when) = &row.link.when {
            data.extend([("edge_from", when.from.rfc3339()), ("edge_to", when.until().rfc3339())]);
        }
        self.edges.push(Edge { from: row.link.from.to_string(), to: row.link.to.to_string(), data });
    }

    /// Writes the edges; one whose end was not passed would tell of a record that is not exported.
    pub(super) fn finish(mut self) -> Result<(W, u64, u64), ExportError> {
        let (mut written, mut left_out) = (0, 0);
        for edge in std::mem::take(&mut self.edges) {
            if !(self.nodes.contains(&edge.from) && self.nodes.contains(&edge.to)) {
                left_out += 1;
                continue;
            }
            self.start("edge", &[("source", &edge.from), ("target", &edge.to)])?;
            for (name, text) in &edge.data {
                self.data(name, text)?;
            }
            self.end("edge")?;
            written += 1;
        }
        self.end("graph")?;
        self.end("graphml")?;
        let mut out = self.out.into_inner();
        out.write_all(b"\n")?;
        out.flush()?;
        Ok((out, written, left_out))
    }

    fn edge_data(&self, kind: &str, classification: &str, invented: bool) -> Vec<(&'static str, String)> {
        vec![
            ("edge_export_mark", self.head.mark.in_file()),
            ("edge_kind", kind.to_owned()),
            ("edge_classification", classification.to_owned()),
            ("edge_synthetic", synthetic(invented).to_owned()),
        ]
    }

    fn start(&mut self, element: &str, attributes: &[(&str, &str)]) -> Result<(), ExportError> {
        let allowed: Vec<(&str, String)> =
            attributes.iter().map(|(name, text)| (*name, allowed(text))).collect();
        let pairs = allowed.iter().map(|(name, text)| (*name, text.as_str()));
        Ok(self.out.write_event(Event::Start(BytesStart::new(element).with_attributes(pairs)))?)
    }

    fn data(&mut self, key: &str, text: &str) -> Result<(), ExportError> {
        if text.is_empty() {
            return Ok(());
        }
        self.start("data", &[("key", key)])?;
        self.out.write_event(Event::Text(BytesText::new(&allowed(text))))?;
        self.end("data")
    }

    fn end(&mut self, element: &str) -> Result<(), ExportError> {
        Ok(self.out.write_event(Event::End(BytesEnd::new(element)))?)
    }
}

fn synthetic(invented: bool) -> &'static str {
    if invented { "SYNTHETIC" } else { "" }
}

/// The text without the characters that XML 1.0 has no place for (section 2.2).
fn allowed(text: &str) -> String {
    let in_xml = |sign: &char| matches!(sign, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(in_xml).collect()
}
