//! The towns: `data/gazetteer.csv`, which says where it comes from.

use counterseal_model::Point;

use crate::language::Language;

const FILE: &str = include_str!("../data/gazetteer.csv");

/// A town or village.
#[derive(Debug, Clone)]
pub(crate) struct Town {
    pub(crate) name: String,
    name_fr: String,
    /// Empty when we know none.
    pub(crate) name_ar: String,
    pub(crate) country: String,
    pub(crate) iso3: String,
    pub(crate) admin1: String,
    /// Empty when we are not sure.
    pub(crate) admin2: String,
    pub(crate) point: Point,
}

impl Town {
    /// The name, as a report in this language would have it.
    pub(crate) fn name_in(&self, language: Language) -> &str {
        let name = match language {
            Language::English => &self.name,
            Language::French => &self.name_fr,
            Language::Arabic => &self.name_ar,
        };
        if name.is_empty() { &self.name } else { name }
    }

    /// How far another town is; a number to compare with, not a distance.
    pub(crate) fn apart(&self, other: &Self) -> i64 {
        let lat = i64::from(self.point.lat_e7()) - i64::from(other.point.lat_e7());
        let lon = i64::from(self.point.lon_e7()) - i64::from(other.point.lon_e7());
        (lat / 1000).pow(2) + (lon / 1000).pow(2)
    }
}

/// Every town of the file. A row that cannot be read is left out, and a test counts them.
pub(crate) fn towns() -> Vec<Town> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(FILE.as_bytes());
    reader.records().filter_map(|row| town(&row.ok()?)).collect()
}

fn town(row: &csv::StringRecord) -> Option<Town> {
    let text = |column: usize| row.get(column).map(str::to_owned);
    let degrees = |column: usize| row.get(column)?.parse::<f64>().ok();
    Some(Town {
        name: text(0).filter(|name| !name.is_empty())?,
        name_fr: text(1)?,
        name_ar: text(2)?,
        country: text(3)?,
        iso3: text(4)?,
        admin1: text(5)?,
        admin2: text(6)?,
        point: Point::from_degrees(degrees(7)?, degrees(8)?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let rows = FILE.lines().filter(|line| !line.starts_with('#')).count() - 1;
        assert_eq!(towns().len(), rows);
        assert!(rows >= 200);
    }
}
