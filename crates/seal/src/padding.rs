//! Padding of open parts: 0x80, then zeros (ISO/IEC 7816-4), to 256 bytes at least and then to a
//! Padmé length (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication
//! with PURBs", PETS 2019, section 4), which leaks O(log log) bits of the length and, from 256
//! bytes on, adds at most a sixteenth.

/// No padded part is shorter, bytes.
pub(crate) const SHORTEST: usize = 256;

/// The length that `len` bytes are padded to.
pub(crate) fn padded_len(len: usize) -> usize {
    let len = len.max(SHORTEST);
    let exponent = len.ilog2();
    let kept_bits = exponent.ilog2() + 1;
    let mask = (1usize << (exponent - kept_bits)) - 1;
    (len + mask) & !mask
}

/// The length that `len` bytes of a guarded part are padded to: four steps, which say next to nothing,
/// and Padmé above them.
pub(crate) fn guarded_len(len: usize) -> usize {
    const STEPS: [usize; 4] = [1 << 10, 4 << 10, 16 << 10, 64 << 10];
    STEPS.into_iter().find(|step| len <= *step).unwrap_or_else(|| padded_len(len))
}

/// Pads what stands in `buffer` from `start` on.
pub(crate) fn pad(buffer: &mut Vec<u8>, start: usize) {
    pad_to(buffer, start, padded_len);
}

/// Pads what stands in `buffer` from `start` on to the length that `length_of` says.
pub(crate) fn pad_to(buffer: &mut Vec<u8>, start: usize, length_of: fn(usize) -> usize) {
    buffer.push(0x80);
    let target = start + length_of(buffer.len() - start);
    buffer.resize(target, 0);
}

/// The content before the padding. `None` when the padding is not the one that `pad` makes: a longer one
/// would be a place to hide bytes in, and one content would have several sealed lengths.
pub(crate) fn unpad(padded: &[u8]) -> Option<&[u8]> {
    unpad_from(padded, padded_len)
}

/// The same for what `pad_to` padded by `length_of`.
pub(crate) fn unpad_from(padded: &[u8], length_of: fn(usize) -> usize) -> Option<&[u8]> {
    let mark = padded.iter().rposition(|byte| *byte != 0)?;
    let (content, rest) = padded.split_at_checked(mark)?;
    (rest.first() == Some(&0x80) && padded.len() == length_of(mark + 1)).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_those_of_the_paper() {
        let known = [(0, 256), (255, 256), (256, 256), (257, 272), (272, 272), (273, 288), (512, 512)];
        for (len, padded) in known {
            assert_eq!(padded_len(len), padded, "{len}");
        }
        assert_eq!(padded_len(1_000_000), 1_015_808);
    }

    #[test]
    fn padding_costs_at_most_a_sixteenth_and_lengths_repeat() {
        for len in 256..70_000 {
            let padded = padded_len(len);
            assert!(padded >= len && (padded - len) * 16 <= len, "{len} -> {padded}");
            assert_eq!(padded_len(padded), padded, "{len}");
        }
    }

    #[test]
    fn guarded_lengths_are_four_steps_and_then_those_of_the_paper() {
        let known =
            [(1, 1024), (1024, 1024), (1025, 4096), (4097, 16_384), (16_385, 65_536), (65_536, 65_536)];
        for (len, padded) in known {
            assert_eq!(guarded_len(len), padded, "{len}");
        }
        assert_eq!(guarded_len(65_537), padded_len(65_537));
        let mut guarded = b"content".to_vec();
        pad_to(&mut guarded, 0, guarded_len);
        assert_eq!((guarded.len(), unpad_from(&guarded, guarded_len)), (1024, Some(&b"content"[..])));
        assert_eq!(unpad(&guarded), None, "one padding is not the other's");
        let mut open = b"content".to_vec();
        pad(&mut open, 0);
        assert_eq!(unpad_from(&open, guarded_len), None);
    }

    #[test]
    fn content_comes_back_whatever_its_end() {
        for content in
            [&b""[..], b"a", b"ends in zero\0", b"ends in mark\x80", &[0; 300], &[0x80; 255], &[7; 256]]
        {
            let mut buffer = b"before".to_vec();
            buffer.extend_from_slice(content);
            pad(&mut buffer, 6);
            assert_eq!(unpad(&buffer[6..]), Some(content));
        }
    }

    #[test]
    fn every_other_padding_is_refused() {
        let mut good = b"content".to_vec();
        pad(&mut good, 0);
        assert_eq!(unpad(&[]), None);
        assert_eq!(unpad(&[0; 256]), None, "no mark");
        assert_eq!(unpad(&good[..255]), None, "shorter than the floor");
        let mut longer = good.clone();
        longer.resize(272, 0);
        assert_eq!(unpad(&longer), None, "longer than needed");
        for at in [7, 8, 255] {
            let mut bad = good.clone();
            bad[at] = 0x81;
            assert_eq!(unpad(&bad), None, "byte {at}");
        }
    }
}
