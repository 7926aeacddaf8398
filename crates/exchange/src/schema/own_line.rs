//! A line of our own JSON Lines: the incident with nothing lost.

use serde::Deserialize;
use serde_json::Value;

use counterseal_model::record::ExternalRef;
use counterseal_model::{Classification, Term};

use crate::draft::Draft;
use crate::json::incident_from_json;
use crate::rejects::CellError;

/// The fields of a line that are read; the others repeat what the incident says.
#[derive(Deserialize)]
struct Line {
    id: String,
    classification: String,
    synthetic: bool,
    incident: Value,
}

/// Reads one line.
pub(crate) fn draft(line: &str) -> Result<Draft, CellError> {
    let parsed: Line = serde_json::from_str(line)
        .map_err(|error| CellError::new("line", "", format!("the line cannot be read: {error}")))?;
    let incident = incident_from_json(&parsed.incident)
        .map_err(|error| CellError::new(&error.path, "", error.reason.clone()))?;
    let classification = Classification::from_word(&parsed.classification)
        .ok_or_else(|| CellError::new("classification", &parsed.classification, NOT_A_CLASSIFICATION))?;
    let external = external_of(&incident.external, &parsed.id)
        .ok_or_else(|| CellError::new("id", "", "is empty; it must be given"))?;
    let mut draft = Draft::new(external, incident, Vec::new());
    draft.classification = Some(classification);
    draft.synthetic = parsed.synthetic;
    Ok(draft)
}

/// What to say of a word that is no classification.
pub(crate) const NOT_A_CLASSIFICATION: &str =
    "is not a classification: Unclassified, Confidential or Strictly Confidential";

/// What an exported incident is called: as in the system it came from, else by its record's id.
pub(crate) fn external_of(known: &[ExternalRef], id: &str) -> Option<ExternalRef> {
    let own = || {
        let system = Term::from_text("counterseal")?;
        (!id.trim().is_empty()).then(|| ExternalRef { system, id: id.trim().to_owned() })
    };
    known.first().cloned().or_else(own)
}
