//! SPDX licence expressions, and which licences the program may be built from.

/// Licences of what is in the program: permissive, and compatible with `Apache-2.0 OR MIT`.
const IN_THE_PROGRAM: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "Unlicense",
    "Unicode-3.0",
    "CC0-1.0",
    "BlueOak-1.0.0",
    // SQLite's dedication to the public domain, and the like in SQLCipher's extensions.
    "blessing",
    "WTFPL",
];
/// Licences of what only tests and benches use: their files may be used, and are not handed on.
const IN_TESTS_ONLY: &[&str] = &["MPL-2.0"];

/// Whether an expression can be satisfied with allowed licences. `A/B` is an old way to write `A OR B`.
pub(crate) fn is_allowed(expression: &str, shipped: bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut tokens = spaced.split_whitespace().peekable();
    either(&mut tokens, shipped) == Some(true) && tokens.next().is_none()
}

type Tokens<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

/// `None` for what is no expression, as in the two below.
fn either(tokens: &mut Tokens<'_>, shipped: bool) -> Option<bool> {
    let mut allowed = both(tokens, shipped)?;
    while tokens.next_if_eq(&"OR").is_some() {
        allowed |= both(tokens, shipped)?;
    }
    Some(allowed)
}

fn both(tokens: &mut Tokens<'_>, shipped: bool) -> Option<bool> {
    let mut allowed = one(tokens, shipped)?;
    while tokens.next_if_eq(&"AND").is_some() {
        allowed &= one(tokens, shipped)?;
    }
    Some(allowed)
}

fn one(tokens: &mut Tokens<'_>, shipped: bool) -> Option<bool> {
    let name = tokens.next()?;
    if name == "(" {
        let allowed = either(tokens, shipped)?;
        return tokens.next_if_eq(&")").map(|_| allowed);
    }
    // An exception only adds permissions.
    if tokens.next_if_eq(&"WITH").is_some() {
        tokens.next()?;
    }
    Some(IN_THE_PROGRAM.contains(&name) || (!shipped && IN_TESTS_ONLY.contains(&name)))
}

#[test]
fn expressions_are_read_as_spdx_means_them() {
    for allowed in [
        "MIT",
        "MIT/Apache-2.0",
        "MIT OR LGPL-2.1-or-later",
        "(MIT OR GPL-3.0) AND Unicode-3.0",
        "GPL-2.0 AND MIT OR ISC",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(is_allowed(allowed, true), "{allowed}");
    }
    for refused in
        ["", "GPL-3.0", "MIT AND GPL-3.0", "MIT OR", "(MIT", "MIT)", "MIT Apache-2.0", "MIT WITH", "MPL-2.0"]
    {
        assert!(!is_allowed(refused, true), "{refused}");
    }
    assert!(is_allowed("MPL-2.0", false));
}
