//! The Merkle tree of RFC 6962, section 2.1: hashes, heads, proofs, and the tiles it is kept in.

mod bundle;
mod hash;
mod head;
mod nodes;
mod path;
mod proof;
mod reader;
mod tile;

pub use bundle::{BundleRefusal, MAX_ENTRY, decode_bundle, encode_bundle};
pub use hash::Hash;
pub(crate) use hash::sha256;
pub use head::{Frontier, TreeHead};
pub use nodes::NodeReader;
pub(crate) use proof::MAX_PROOF;
pub use proof::{ConsistencyProof, ConsistencyRefusal, InclusionProof, ProofRefusal, Subtree, SubtreeProof};
pub(crate) use reader::row_root;
pub use reader::{TileReader, TileRefusal};
pub use tile::{Bundle, FULL_WIDTH, LogPath, Tile};
