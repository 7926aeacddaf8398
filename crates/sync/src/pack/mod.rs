//! Packed entries: a signed header without what the receiver knows or can compute.
//!
//! ```text
//! Entries  = [ urgency: uint, [ + Item ] ]
//! Item     = Packed / Plain
//! Packed   = [ Leaf, uint (slot) / Context, Place, int (statements seen), int (journal seen),
//!              salt ‖ signature: bstr .size 96, [ * ciphertext: bstr ] ]
//! Plain    = [ Leaf, signed header: bstr, [ * ciphertext: bstr ] ]
//! Leaf     = nil / int                  difference from the leaf index after that of the item before
//! Context  = [ compartment, epoch, device, journal ]
//! Place    = nil                        follows the entry before it of this context
//!          / [ 0 ] / [ 0, continues ]   the journal's first
//!          / [ seq, prev ]
//! ```
//!
//! A *stream* is one direction of a session, or one pouch. Both ends keep the same table of contexts over
//! the whole stream, not only within a frame: a continuous session sends one entry a frame, and a hub mixes
//! the entries of many authors.

mod item;
mod packer;
mod rebuild;
mod table;
mod unpacker;

pub use item::{Item, PackedEntries, Place};
pub use packer::{Fit, Packer};
pub use table::Context;
pub use unpacker::{Claimed, PackRefusal, Unpacked, Unpacker};
