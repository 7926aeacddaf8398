// Reads a log that Counterseal wrote, with golang.org/x/mod/sumdb: opens its checkpoint, checks every
// entry against its tile, checks proofs of inclusion and of consistency made from the tiles, and a receipt
// (C2SP tlog-proof) of one entry.
//
//	go run . FOLDER LOG-VKEY WITNESS-VKEY
//
// With `run` it reads what a run of the servers left: run.go.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func main() {
	log.SetFlags(0)
	if len(os.Args) >= 5 && os.Args[1] == "run" {
		run(os.Args[2], os.Args[3], os.Args[4:])
		return
	}
	if len(os.Args) != 4 {
		log.Fatal("usage: FOLDER LOG-VKEY WITNESS-VKEY, or: run FOLDER POLICY RECEIPT ...")
	}
	folder := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	witness, err := cosignatureVerifier(os.Args[3])
	check(err)

	tree := open(folder, "checkpoint", note.VerifierList(verifier, witness), 2)
	old := open(folder, "old", note.VerifierList(verifier), 1)
	reader := tlog.TileHashReader(tree, tiles{folder})

	root, err := tlog.TreeHash(tree.N, reader)
	check(err)
	if root != tree.Hash {
		log.Fatal("the tiles do not lead to the checkpoint's root")
	}
	proof, err := tlog.ProveTree(tree.N, old.N, reader)
	check(err)
	check(tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))

	proved := 0
	for n, entry := range entries(folder, tree.N) {
		index := []int64{tlog.StoredHashIndex(0, int64(n))}
		hashes, err := reader.ReadHashes(index)
		check(err)
		if hashes[0] != tlog.RecordHash(entry) {
			log.Fatalf("entry %d is not the one in its tile", n)
		}
		if n%997 == 0 || int64(n) == tree.N-1 {
			proof, err := tlog.ProveRecord(tree.N, int64(n), reader)
			check(err)
			check(tlog.CheckRecord(proof, tree.N, tree.Hash, int64(n), hashes[0]))
			proved++
		}
	}
	fmt.Printf("%d entries, root %v; %d inclusions, consistent from %d; cosigned by %s\n",
		tree.N, tree.Hash, proved, old.N, witness.Name())
	index := receipt(folder, note.VerifierList(verifier, witness))
	fmt.Printf("receipt of entry %d holds\n", index)
}

// receipt checks the file `receipt`: the entry that it carries stands in its checkpoint.
func receipt(folder string, verifiers note.Verifiers) int64 {
	head, checkpoint, found := strings.Cut(string(read(folder, "receipt")), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		log.Fatal("this is no receipt")
	}
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	check(err)
	var index int64
	_, err = fmt.Sscanf(lines[2], "index %d", &index)
	check(err)
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		check(err)
		proof = append(proof, hash)
	}
	tree := openNote([]byte(checkpoint), verifiers, 2)
	check(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
	return index
}

// open opens a checkpoint on which all the verifiers' signatures must be.
func open(folder, name string, verifiers note.Verifiers, signatures int) tlog.Tree {
	return openNote(read(folder, name), verifiers, signatures)
}

func openNote(bytes []byte, verifiers note.Verifiers, signatures int) tlog.Tree {
	opened, err := note.Open(bytes, verifiers)
	check(err)
	if len(opened.Sigs) != signatures {
		log.Fatalf("a checkpoint has %d verified signatures, not %d", len(opened.Sigs), signatures)
	}
	return treeOf(opened.Text)
}

func treeOf(text string) tlog.Tree {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		log.Fatal("a checkpoint has not three lines")
	}
	var tree tlog.Tree
	_, err := fmt.Sscanf(lines[1], "%d", &tree.N)
	check(err)
	tree.Hash, err = tlog.ParseHash(lines[2])
	check(err)
	return tree
}

// entries reads all entries out of their bundles.
func entries(folder string, size int64) [][]byte {
	var all [][]byte
	for int64(len(all)) < size {
		width := int(size - int64(len(all)))
		if width > 1<<height {
			width = 1 << height
		}
		tile := tlog.Tile{H: height, L: 0, N: int64(len(all)) >> height, W: width}
		path := strings.Replace(path(tile), "tile/0/", "tile/entries/", 1)
		bundle := bytes.NewBuffer(read(folder, path))
		for i := 0; i < width; i++ {
			length := binary.BigEndian.Uint16(bundle.Next(2))
			all = append(all, append([]byte{}, bundle.Next(int(length))...))
		}
		if bundle.Len() != 0 {
			log.Fatalf("%s has more than its entries", path)
		}
	}
	return all
}

// path is a tile's path by tlog-tiles, which leaves out the height that Go's own paths begin with.
func path(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
}

type tiles struct{ folder string }

func (t tiles) Height() int { return height }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range wanted {
		data = append(data, read(t.folder, path(tile)))
	}
	return data, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// A cosigner verifies tlog-cosignature's Ed25519 type, which x/mod does not know.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }

func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(c.key, []byte(signed), sig[8:])
}

func cosignatureVerifier(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("no vkey: %s", vkey)
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 0x04 {
		return nil, fmt.Errorf("no cosigner's vkey: %s", vkey)
	}
	hash := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	if id := fmt.Sprintf("%x", hash[:4]); id != parts[1] {
		return nil, fmt.Errorf("the key's id is %s, not %s", id, parts[1])
	}
	return cosigner{parts[0], binary.BigEndian.Uint32(hash[:4]), key[1:]}, nil
}

func read(folder, path string) []byte {
	data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(path)))
	check(err)
	return data
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
