//! The engine: Cedar, and the schema that every table's policies must keep to.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid,
    Policy as CedarPolicy, PolicyId, PolicySet, Request, RestrictedExpression, Schema, ValidationMode,
    Validator,
};
use thiserror::Error;

/// Name and version of the engine, and of the form of table that it reads. A table names it; a table that names another
/// is refused, because the same rows could mean something else there.
pub const ENGINE: &str = "cedar 4.14.1 table 1";

/// The schema, in Cedar's own language.
pub const SCHEMA: &str = include_str!("schema.cedarschema");

/// The engine refuses what a table compiled to. It never should: every table that is read compiles.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "the policy engine does not take row {row}: {why}; nothing is permitted by this table, report it with the table"
)]
pub struct EngineError {
    /// The row; 0 for the schema.
    pub row: u16,
    /// What the engine says.
    pub why: String,
}

/// A table's rows as Cedar policies, validated.
#[derive(Debug, Clone)]
pub(crate) struct Engine {
    set: PolicySet,
    schema: Schema,
    names: Names,
}

/// The types of entities, looked up once.
#[derive(Debug, Clone)]
struct Names {
    person: EntityTypeName,
    section: EntityTypeName,
    role: EntityTypeName,
    office: EntityTypeName,
    contingent: EntityTypeName,
    part: EntityTypeName,
    label: EntityTypeName,
    action: EntityTypeName,
}

/// What the engine is asked: only what is proved and in force has come this far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) action: &'static str,
    pub(crate) purpose: String,
    pub(crate) sections: BTreeSet<String>,
    pub(crate) roles: BTreeSet<String>,
    pub(crate) offices: BTreeSet<String>,
    pub(crate) contingents: BTreeSet<String>,
    pub(crate) labels: BTreeSet<String>,
    pub(crate) bases: BTreeSet<&'static str>,
    pub(crate) agreement: bool,
    pub(crate) objection: bool,
    pub(crate) training: bool,
    pub(crate) device: bool,
    pub(crate) case: bool,
    pub(crate) emergency: bool,
    pub(crate) approvals: u8,
    pub(crate) approvals_elsewhere: u8,
    pub(crate) minute: i64,
    pub(crate) weekday: i64,
    pub(crate) day: i64,
}

fn refused(row: u16, why: impl ToString) -> EngineError {
    EngineError { row, why: why.to_string() }
}

impl Engine {
    /// Takes one policy per row and validates all against the schema.
    pub(crate) fn new(policies: &[(u16, String)]) -> Result<Self, EngineError> {
        let schema = schema()?;
        let mut set = PolicySet::new();
        for (row, text) in policies {
            let policy = CedarPolicy::parse(Some(PolicyId::new(row.to_string())), text)
                .map_err(|e| refused(*row, e))?;
            set.add(policy).map_err(|e| refused(*row, e))?;
        }
        let checked = Validator::new(schema.clone()).validate(&set, ValidationMode::Strict);
        if let Some(error) = checked.validation_errors().next() {
            let row = error.policy_id().to_string().parse().unwrap_or(0);
            return Err(refused(row, error));
        }
        Ok(Self { set, schema, names: Names::new()? })
    }

    /// Whether Cedar permits it, by which rows. Anything but a clear yes is a no: an error while one row is judged
    /// could have kept a forbidding row from being heard.
    pub(crate) fn permits(&self, question: &Question) -> Result<BTreeSet<u16>, EngineError> {
        let (request, entities) = self.translate(question)?;
        let answer = Authorizer::new().is_authorized(&request, &self.set, &entities);
        if let Some(error) = answer.diagnostics().errors().next() {
            return Err(refused(0, error));
        }
        if answer.decision() != Decision::Allow {
            return Ok(BTreeSet::new());
        }
        Ok(answer.diagnostics().reason().filter_map(|id| id.to_string().parse().ok()).collect())
    }

    fn translate(&self, q: &Question) -> Result<(Request, Entities), EngineError> {
        let n = &self.names;
        let groups = |ty: &EntityTypeName, ids: &BTreeSet<String>| -> Vec<EntityUid> {
            ids.iter().map(|id| EntityUid::from_type_name_and_id(ty.clone(), EntityId::new(id))).collect()
        };
        let uid = |ty: &EntityTypeName, id| EntityUid::from_type_name_and_id(ty.clone(), EntityId::new(id));
        let (reader, part) = (uid(&n.person, "reader"), uid(&n.part, "asked"));
        let labels: HashSet<_> = groups(&n.label, &q.labels).into_iter().collect();
        let kinds = [
            (&n.section, &q.sections),
            (&n.role, &q.roles),
            (&n.office, &q.offices),
            (&n.contingent, &q.contingents),
        ];
        let belongs: HashSet<_> = kinds.into_iter().flat_map(|(ty, ids)| groups(ty, ids)).collect();
        let entities = [
            Entity::new_no_attrs(reader.clone(), belongs),
            Entity::new(part.clone(), HashMap::new(), labels).map_err(|e| refused(0, e))?,
        ];
        let entities = Entities::from_entities(entities, Some(&self.schema)).map_err(|e| refused(0, e))?;
        let context = context(q)?;
        let request = Request::new(reader, uid(&n.action, q.action), part, context, Some(&self.schema));
        Ok((request.map_err(|e| refused(0, e))?, entities))
    }
}

/// The schema, read once.
fn schema() -> Result<Schema, EngineError> {
    static READ: OnceLock<Result<Schema, EngineError>> = OnceLock::new();
    let read = || Schema::from_cedarschema_str(SCHEMA).map(|(schema, _)| schema).map_err(|e| refused(0, e));
    READ.get_or_init(read).clone()
}

fn context(q: &Question) -> Result<Context, EngineError> {
    let (yes, long) = (RestrictedExpression::new_bool, RestrictedExpression::new_long);
    let bases = q.bases.iter().map(|kind| RestrictedExpression::new_string((*kind).to_owned()));
    Context::from_pairs([
        ("purpose".to_owned(), RestrictedExpression::new_string(q.purpose.clone())),
        ("bases".to_owned(), RestrictedExpression::new_set(bases)),
        ("agreement".to_owned(), yes(q.agreement)),
        ("objection".to_owned(), yes(q.objection)),
        ("training".to_owned(), yes(q.training)),
        ("device".to_owned(), yes(q.device)),
        ("case".to_owned(), yes(q.case)),
        ("emergency".to_owned(), yes(q.emergency)),
        ("approvals".to_owned(), long(q.approvals.into())),
        ("elsewhere".to_owned(), long(q.approvals_elsewhere.into())),
        ("minute".to_owned(), long(q.minute)),
        ("weekday".to_owned(), long(q.weekday)),
        ("day".to_owned(), long(q.day)),
    ])
    .map_err(|e| refused(0, e))
}

impl Names {
    fn new() -> Result<Self, EngineError> {
        let name = |text: &str| text.parse::<EntityTypeName>().map_err(|e| refused(0, e));
        Ok(Self {
            person: name("Person")?,
            section: name("Section")?,
            role: name("Role")?,
            office: name("Office")?,
            contingent: name("Contingent")?,
            part: name("Part")?,
            label: name("Label")?,
            action: name("Action")?,
        })
    }
}
