package main

import (
	"encoding/base64"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// run checks what a run of the servers left: both logs as an auditor kept them in FOLDER/statements and FOLDER/journal,
// and receipts of leaves of the journal log, by a policy (C2SP tlog-policy).
//
//	go run . run FOLDER POLICY RECEIPT ...
func run(folder, policyFile string, receipts []string) {
	by := readPolicy(policyFile)
	var journal [][]byte
	for _, name := range []string{"statements", "journal"} {
		at := filepath.Join(folder, name)
		tree, cosigned := by.checkpoint(read(at, "checkpoint"), name)
		checkTiles(at, tree)
		fmt.Printf("%s: %d leaves, every tile leads to root %v; cosigned by %s\n",
			name, tree.N, tree.Hash, strings.Join(cosigned, ", "))
		journal = entries(at, tree.N)
	}
	for _, path := range receipts {
		index, cosigned := by.receipt(path, journal)
		fmt.Printf("receipt of leaf %d holds; cosigned by %s\n", index, strings.Join(cosigned, ", "))
	}
}

// checkTiles makes every tile of every level again, full and partial, out of the entries alone, and compares.
func checkTiles(folder string, tree tlog.Tree) {
	var hashes []tlog.Hash
	stored := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, index := range indexes {
			found = append(found, hashes[index])
		}
		return found, nil
	})
	for n, entry := range entries(folder, tree.N) {
		more, err := tlog.StoredHashes(int64(n), entry, stored)
		check(err)
		hashes = append(hashes, more...)
	}
	root, err := tlog.TreeHash(tree.N, stored)
	check(err)
	if root != tree.Hash {
		log.Fatalf("%s: the entries do not lead to the checkpoint's root", folder)
	}
	tiles := tlog.NewTiles(height, 0, tree.N)
	for at, tile := range tiles {
		if at+1 < len(tiles) && tiles[at+1].L == tile.L && tiles[at+1].N == tile.N {
			// A narrower one of an earlier tree.
			continue
		}
		made, err := tlog.ReadTileData(tile, stored)
		check(err)
		if string(made) != string(read(folder, path(tile))) {
			log.Fatalf("%s: %s is another tile than the entries make", folder, path(tile))
		}
	}
}

// A policy: the logs, the witnesses whose Ed25519 cosignatures x/mod can be taught, groups of names, and the quorum.
type policy struct {
	logs      []note.Verifier
	witnesses map[string]note.Verifier
	groups    map[string]group
	quorum    string
}

type group struct {
	threshold int
	members   []string
}

func readPolicy(file string) policy {
	text, err := os.ReadFile(file)
	check(err)
	by := policy{witnesses: map[string]note.Verifier{}, groups: map[string]group{}}
	for _, line := range strings.Split(string(text), "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) >= 2 && words[0] == "log":
			verifier, err := note.NewVerifier(words[1])
			check(err)
			by.logs = append(by.logs, verifier)
		case len(words) >= 3 && words[0] == "witness":
			// Every witness has an ML-DSA-44 key as well, which Go 1.19 cannot verify: its line stays a name that nobody has.
			if verifier, err := cosignatureVerifier(words[2]); err == nil {
				by.witnesses[words[1]] = verifier
			}
		case len(words) >= 3 && words[0] == "group":
			threshold, err := strconv.Atoi(words[2])
			if words[2] == "any" {
				threshold, err = 1, nil
			} else if words[2] == "all" {
				threshold, err = len(words)-3, nil
			}
			check(err)
			by.groups[words[1]] = group{threshold, words[3:]}
		case len(words) == 2 && words[0] == "quorum":
			by.quorum = words[1]
		}
	}
	return by
}

// checkpoint opens a checkpoint of the log of this name, on which a quorum's cosignatures must be.
func (by policy) checkpoint(text []byte, name string) (tlog.Tree, []string) {
	verifiers := append([]note.Verifier{}, by.logs...)
	for _, witness := range by.witnesses {
		verifiers = append(verifiers, witness)
	}
	opened, err := note.Open(text, note.VerifierList(verifiers...))
	check(err)
	origin := strings.SplitN(opened.Text, "\n", 2)[0]
	if !strings.Contains(origin, "/"+name+"/") {
		log.Fatalf("%s is not the origin of the %s log", origin, name)
	}
	signed := map[string]bool{}
	for _, sig := range opened.Sigs {
		signed[fmt.Sprintf("%s+%08x", sig.Name, sig.Hash)] = true
	}
	if !by.signedByLog(origin, signed) {
		log.Fatalf("the %s log has not signed its checkpoint", name)
	}
	var cosigned []string
	met := map[string]bool{}
	for witness, verifier := range by.witnesses {
		if signed[fmt.Sprintf("%s+%08x", verifier.Name(), verifier.KeyHash())] {
			met[witness] = true
			cosigned = append(cosigned, verifier.Name())
		}
	}
	if !by.meets(by.quorum, met) {
		log.Fatalf("no quorum has cosigned the checkpoint of the %s log: %v", name, cosigned)
	}
	return treeOf(opened.Text), cosigned
}

func (by policy) signedByLog(origin string, signed map[string]bool) bool {
	for _, verifier := range by.logs {
		key := fmt.Sprintf("%s+%08x", verifier.Name(), verifier.KeyHash())
		if verifier.Name() == origin && signed[key] {
			return true
		}
	}
	return false
}

// meets says whether a name of the policy is met: a witness that cosigned, or a group of which enough members are met.
// A witness's own group of an Ed25519 and an ML-DSA-44 key counts by the former, which alone can be checked here.
func (by policy) meets(name string, met map[string]bool) bool {
	if met[name] {
		return true
	}
	group, known := by.groups[name]
	if !known {
		return false
	}
	count, checkable := 0, 0
	for _, member := range group.members {
		_, isWitness := by.witnesses[member]
		_, isGroup := by.groups[member]
		if isWitness || isGroup {
			checkable++
		}
		if by.meets(member, met) {
			count++
		}
	}
	threshold := group.threshold
	if threshold > checkable {
		threshold = checkable
	}
	return threshold > 0 && count >= threshold
}

// receipt checks that the leaf of the log at the receipt's index stands in the receipt's own checkpoint.
func (by policy) receipt(file string, journal [][]byte) (int64, []string) {
	text, err := os.ReadFile(file)
	check(err)
	head, checkpoint, found := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		log.Fatal("this is no receipt")
	}
	_, err = base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
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
	tree, cosigned := by.checkpoint([]byte(checkpoint), "journal")
	if index >= int64(len(journal)) {
		log.Fatalf("the receipt is of leaf %d, beyond the log", index)
	}
	check(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(journal[index])))
	return index, cosigned
}
