package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"filippo.io/mldsa"
	"golang.org/x/mod/sumdb/note"
)

// mldsaCosignature is the kind of an ML-DSA-44 key (C2SP tlog-cosignature), which the note package does not know.
const mldsaCosignature = 0x06

// verifierOf reads a vkey: an Ed25519 note key by the note package itself, an ML-DSA-44 key here.
func verifierOf(vkey string) (note.Verifier, error) {
	name, rest, _ := strings.Cut(vkey, "+")
	id, encoded, _ := strings.Cut(rest, "+")
	key, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if err != nil || len(key) == 0 || key[0] != mldsaCosignature {
		return note.NewVerifier(vkey)
	}
	public, err := mldsa.NewPublicKey(mldsa.MLDSA44(), key[1:])
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(append([]byte(name+"\n"), key...))
	found := &cosigner{name: name, hash: binary.BigEndian.Uint32(digest[:]), key: public}
	if fmt.Sprintf("%08x", found.hash) != id || name == "" {
		return nil, errors.New("the id of a verifier key is not that key's")
	}
	return found, nil
}

func verifiersOf(vkeys []string) ([]note.Verifier, error) {
	keys := make([]note.Verifier, 0, len(vkeys))
	for _, vkey := range vkeys {
		key, err := verifierOf(vkey)
		if err != nil {
			return nil, fmt.Errorf("verifier key: %w", err)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// cosigner checks ML-DSA-44 cosignatures of checkpoints.
type cosigner struct {
	name string
	hash uint32
	key  *mldsa.PublicKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }

// Verify checks eight bytes of time and a signature over the cosigned_message of tlog-cosignature.
func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+2420 {
		return false
	}
	time := binary.BigEndian.Uint64(signature)
	cosigned, err := parseHead(string(text))
	if err != nil || time == 0 || time > 1<<63-1 || len(c.name) > 255 || len(cosigned.origin) > 255 {
		return false
	}
	message := append([]byte("subtree/v1\n\x00"), byte(len(c.name)))
	message = append(message, c.name...)
	message = append(message, signature[:8]...)
	message = append(message, byte(len(cosigned.origin)))
	message = append(message, cosigned.origin...)
	message = binary.BigEndian.AppendUint64(message, 0)
	message = binary.BigEndian.AppendUint64(message, uint64(cosigned.tree.N))
	message = append(message, cosigned.tree.Hash[:]...)
	return mldsa.Verify(c.key, message, signature[8:], nil) == nil
}
