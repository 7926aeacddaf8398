//! One row as cells, and the names of the columns.

use crate::import::ImportError;

/// The cells of one row: one text and where each cell ends in it, so that a million rows reuse
/// two allocations.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record {
    text: String,
    ends: Vec<usize>,
}

impl Record {
    /// The cell, or nothing where the row is shorter.
    pub(crate) fn get(&self, column: usize) -> &str {
        let start = match column.checked_sub(1) {
            Some(before) => self.ends.get(before).copied(),
            None => Some(0),
        };
        let end = self.ends.get(column).copied();
        start.zip(end).and_then(|(start, end)| self.text.get(start..end)).unwrap_or("")
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|column| self.get(column))
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    pub(crate) fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Takes the bytes of a split row. On bytes that are not UTF-8, gives the cell they stand in.
    pub(crate) fn fill(&mut self, bytes: &[u8], ends: &[usize]) -> Result<(), usize> {
        self.clear();
        let cell_at = |offset: usize| ends.iter().position(|end| offset < *end).unwrap_or(0);
        let text = std::str::from_utf8(bytes).map_err(|error| cell_at(error.valid_up_to()))?;
        // Two cells whose halves make one letter together are not text either.
        if let Some(split) = ends.iter().position(|end| !text.is_char_boundary(*end)) {
            return Err(split);
        }
        self.text.push_str(text);
        self.ends.extend_from_slice(ends);
        Ok(())
    }
}

/// The names of a file's columns, each once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Header {
    names: Vec<String>,
    repeated: Vec<String>,
}

impl Header {
    /// Takes names as they stand in the file. A name that comes twice is numbered, an empty one
    /// called by its position: no column is lost.
    pub(crate) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let mut header = Self::default();
        for cell in cells {
            header.add(cell);
        }
        header
    }

    /// Adds one column; gives its position.
    pub(crate) fn add(&mut self, cell: &str) -> usize {
        let position = self.names.len();
        let given = cell.trim().trim_start_matches('\u{feff}').trim();
        let mut name = if given.is_empty() { format!("column {}", position + 1) } else { given.to_owned() };
        if self.names.contains(&name) {
            if !self.repeated.contains(&name) {
                self.repeated.push(name.clone());
            }
            let mut count = 2;
            while self.names.contains(&format!("{name} ({count})")) {
                count += 1;
            }
            name = format!("{name} ({count})");
        }
        self.names.push(name);
        position
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    pub(crate) fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// Where a column is that a layout reads. Two columns of that name are refused: which of them
    /// is meant cannot be known.
    pub(crate) fn find(&self, name: &str) -> Result<Option<usize>, ImportError> {
        if self.repeated.iter().any(|twice| twice == name) {
            return Err(ImportError::RepeatedColumn { column: name.to_owned() });
        }
        Ok(self.names.iter().position(|known| known == name))
    }
}

/// Which columns a layout has read, so that the others are kept as attributes.
#[derive(Debug, Clone)]
pub(crate) struct Columns<'h> {
    header: &'h Header,
    used: Vec<bool>,
}

impl<'h> Columns<'h> {
    pub(crate) fn of(header: &'h Header) -> Self {
        // What an earlier rejects file added says nothing about the incident.
        let used = header.names().iter().map(|name| crate::rejects::OWN_COLUMNS.contains(&name.as_str()));
        Self { header, used: used.collect() }
    }

    /// The column of that name, marked as read.
    pub(crate) fn take(&mut self, name: &str) -> Result<Option<usize>, ImportError> {
        let column = self.header.find(name)?;
        if let Some(used) = column.and_then(|column| self.used.get_mut(column)) {
            *used = true;
        }
        Ok(column)
    }

    /// The columns nobody took, in order of their names: the order of a record's attributes.
    pub(crate) fn rest(&self) -> Vec<(String, usize)> {
        let names = self.header.names().iter().cloned();
        let mut rest: Vec<_> = names
            .enumerate()
            .filter(|(column, _)| self.used.get(*column) == Some(&false))
            .map(|(column, name)| (name, column))
            .collect();
        rest.sort();
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_where_they_were_put() {
        let mut record = Record::default();
        record.fill(b"abcd", &[1, 1, 4]).unwrap();
        assert_eq!(record.cells().collect::<Vec<_>>(), ["a", "", "bcd"]);
        assert_eq!(record.get(3), "");
    }

    #[test]
    fn bytes_that_are_not_text_name_their_cell() {
        let mut record = Record::default();
        assert_eq!(record.fill(b"ab\xff", &[1, 2, 3]), Err(2));
        // Half a letter at the end of one cell, the other half at the start of the next.
        assert_eq!(record.fill("aé".as_bytes(), &[2, 3]), Err(0));
    }

    #[test]
    fn a_column_that_comes_twice_is_kept_under_another_name_and_never_guessed() {
        let header = Header::of(["a", "b", "a", "", "a"].into_iter());
        assert_eq!(header.names(), ["a", "b", "a (2)", "column 4", "a (3)"]);
        assert!(header.find("a").is_err());
        assert_eq!(header.find("b").unwrap(), Some(1));
    }
}
