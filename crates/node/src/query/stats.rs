//! Stats: how many incidents, and how many killed, by month, country, type, actor or area.

use rusqlite::{Connection, params_from_iter};

use super::filter::Filter;
use crate::error::NodeError;

/// What incidents are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The month in which they began, as `2014-03`.
    Month,
    /// The year in which they began.
    Year,
    /// Country.
    Country,
    /// Type.
    Type,
    /// Each entity that took part; an incident with two counts in both rows.
    Actor,
    /// First-order administrative area.
    Admin1,
}

impl By {
    /// Every way to count.
    pub const ALL: [Self; 6] =
        [Self::Month, Self::Year, Self::Country, Self::Type, Self::Actor, Self::Admin1];

    /// The word for it on the command line and over its column.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Year => "year",
            Self::Country => "country",
            Self::Type => "type",
            Self::Actor => "actor",
            Self::Admin1 => "admin1",
        }
    }

    /// The expression to group by, and the join it needs.
    const fn sql(self) -> (&'static str, &'static str) {
        match self {
            Self::Month => ("strftime('%Y-%m', i.starts, 'unixepoch')", ""),
            Self::Year => ("strftime('%Y', i.starts, 'unixepoch')", ""),
            Self::Country => ("(SELECT text FROM term WHERE no = i.country)", ""),
            Self::Type => ("(SELECT text FROM term WHERE no = i.kind)", ""),
            Self::Actor => (
                "e.name",
                " JOIN (SELECT DISTINCT coalesce((
                    SELECT min(o.record) FROM same s JOIN same o ON o.identity = s.identity
                    JOIN entity e ON e.record = o.record WHERE s.record = entity), entity) AS entity, record
                    FROM involved) v ON v.record = i.record
                  JOIN entity e ON e.record = v.entity",
            ),
            Self::Admin1 => ("(SELECT text FROM term WHERE no = i.admin1)", ""),
        }
    }
}

/// One line of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatsRow {
    /// The values counted by, in the order asked for; `None` where an incident has none.
    pub keys: Vec<Option<String>>,
    /// Incidents.
    pub count: u64,
    /// People killed: the sum of best estimates.
    pub best: u64,
}

/// Counts the incidents that fit, by each combination of `by`, in order of the keys.
pub(crate) fn stats(db: &Connection, filter: &Filter, by: &[By]) -> Result<Vec<StatsRow>, NodeError> {
    let sql = filter.to_sql();
    let mut joins = sql.joins.clone();
    by.iter().for_each(|by| joins.push_str(by.sql().1));
    let keys: Vec<_> = by.iter().map(|by| by.sql().0).collect();
    let numbers: Vec<_> = (1..=by.len()).map(|n| n.to_string()).collect();
    let (select, group) = match numbers.is_empty() {
        true => (String::new(), String::new()),
        false => {
            let numbers = numbers.join(", ");
            (format!("{}, ", keys.join(", ")), format!(" GROUP BY {numbers} ORDER BY {numbers}"))
        }
    };
    let text = format!(
        "SELECT {select}count(*), coalesce(sum(i.best), 0) FROM incident i{joins} WHERE {}{group}",
        sql.condition()
    );
    let mut statement = db.prepare_cached(&text)?;
    let rows = statement.query_map(params_from_iter(sql.values), |row| {
        let keys = (0..by.len()).map(|n| row.get(n)).collect::<Result<_, _>>()?;
        let number = |column| row.get::<_, i64>(column).map(|n| n.max(0).cast_unsigned());
        Ok(StatsRow { keys, count: number(by.len())?, best: number(by.len() + 1)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
