//! The signs of a pair of angles: numbers, unit marks, letters, separators.

/// One sign or number of a coordinate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Digits with at most one decimal point or comma.
    Number(&'a str),
    /// `+` or `-`; the flag says minus.
    Sign(bool),
    /// Degree, minute or second mark: 0, 1 or 2.
    Unit(usize),
    /// N, S, E or W.
    Hemisphere(Hemisphere),
    /// A comma, semicolon or slash between the two angles.
    Separator,
}

/// Which way from the equator or from Greenwich.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hemisphere {
    North,
    South,
    East,
    West,
}

impl Hemisphere {
    pub(super) const fn is_latitude(self) -> bool {
        matches!(self, Self::North | Self::South)
    }

    pub(super) const fn is_negative(self) -> bool {
        matches!(self, Self::South | Self::West)
    }

    fn of(letter: char) -> Option<Self> {
        Some(match letter.to_ascii_uppercase() {
            'N' => Self::North,
            'S' => Self::South,
            'E' => Self::East,
            // French `ouest`.
            'W' | 'O' => Self::West,
            _ => return None,
        })
    }
}

/// Whether commas between digits are decimal commas. They are not where a point is used, nor where
/// one comma is all that stands between two whole numbers.
fn decimal_commas(text: &str) -> bool {
    let bare_pair = text.matches(',').count() == 1
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '+' | '-' | '−'));
    !text.contains('.') && !bare_pair
}

/// Whether nothing tells which of two commas is the decimal one, as in `4,36,18`.
fn is_ambiguous(text: &str) -> bool {
    text.matches(',').count() == 2
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '+' | '-' | '−'))
}

/// Splits the text; `None` when a character has no place in a coordinate.
pub(super) fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    if is_ambiguous(text) {
        return None;
    }
    let commas = decimal_commas(text);
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let mut used = first.len_utf8();
        match first {
            c if c.is_whitespace() => {}
            '0'..='9' => {
                used = number_len(rest, commas);
                out.push(Token::Number(rest.get(..used)?));
            }
            '+' => out.push(Token::Sign(false)),
            '-' | '−' => out.push(Token::Sign(true)),
            '°' | 'º' | '˚' => out.push(Token::Unit(0)),
            '\'' | '′' | '’' | '‘' | 'ʹ' | '´' => {
                // Two minute marks are a second mark.
                let doubled = rest.get(used..).is_some_and(|after| after.starts_with(first));
                used *= 1 + usize::from(doubled);
                out.push(Token::Unit(1 + usize::from(doubled)));
            }
            '"' | '″' | '”' | '“' => out.push(Token::Unit(2)),
            ',' | ';' | '/' => out.push(Token::Separator),
            letter => out.push(Token::Hemisphere(Hemisphere::of(letter)?)),
        }
        rest = rest.get(used..)?;
    }
    Some(out)
}

/// Length of the number that `text` starts with: digits, and one mark that digits follow.
fn number_len(text: &str, commas: bool) -> usize {
    let mut len = 0;
    let mut marked = false;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        let is_mark = byte == b'.' || (commas && byte == b',');
        if is_mark && !marked && bytes.peek().is_some_and(u8::is_ascii_digit) {
            marked = true;
        } else if !byte.is_ascii_digit() {
            break;
        }
        len += 1;
    }
    len
}
