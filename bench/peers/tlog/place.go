package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	// height of a C2SP tile, in the words of the tlog package: 2^8 hashes wide.
	height = 8
	width  = 1 << height
	// longest answer that is read: a full bundle of the longest entries.
	longest = width * (2 + 1<<16)
	// entries is the tlog package's number for the level of the entries themselves.
	entries = -1
)

// errAbsent is what a place answers when it does not have a file, or does not show it.
var errAbsent = errors.New("not there")

// place is where a log is read from: an address or a folder.
type place struct {
	fetch func(path string) ([]byte, error)
	read  int
}

func placeOf(where string) *place {
	if strings.HasPrefix(where, "http://") || strings.HasPrefix(where, "https://") {
		return &place{fetch: fetcher(strings.TrimSuffix(where, "/"))}
	}
	return &place{fetch: func(path string) ([]byte, error) {
		bytes, err := os.ReadFile(filepath.Join(where, filepath.FromSlash(path)))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, errAbsent
		}
		return bytes, err
	}}
}

func fetcher(address string) func(string) ([]byte, error) {
	client := &http.Client{Timeout: 10 * time.Second}
	return func(path string) ([]byte, error) {
		answer, err := client.Get(address + "/" + path)
		if err != nil {
			return nil, err
		}
		defer answer.Body.Close()
		switch answer.StatusCode {
		case http.StatusOK:
			return io.ReadAll(io.LimitReader(answer.Body, longest))
		case http.StatusNotFound, http.StatusUnauthorized, http.StatusForbidden, http.StatusGone:
			return nil, errAbsent
		}
		return nil, fmt.Errorf("%s answered %s", path, answer.Status)
	}
}

// pathOf is the C2SP tlog-tiles path of a tile. The tlog package writes the height into its paths and says "data" for entries.
func pathOf(tile tlog.Tile) string {
	level := fmt.Sprint(tile.L)
	place := strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/%s/", tile.H, level))
	if tile.L == entries {
		level = "entries"
		place = strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/data/", tile.H))
	}
	return "tile/" + level + "/" + place
}

// tile reads a tile. A partial one may be gone once the full one is there (C2SP tlog-tiles): then that is read.
func (p *place) tile(tile tlog.Tile) ([]byte, error) {
	p.read++
	bytes, err := p.fetch(pathOf(tile))
	if errors.Is(err, errAbsent) && tile.W < width {
		full := tile
		full.W = width
		bytes, err = p.fetch(pathOf(full))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", pathOf(tile), err)
	}
	if tile.L == entries {
		return bytes, nil
	}
	if want := tile.W * tlog.HashSize; len(bytes) >= want {
		return bytes[:want], nil
	}
	return nil, fmt.Errorf("%s is too short", pathOf(tile))
}

// Height, ReadTiles and SaveTiles make a place a tlog.TileReader.
func (p *place) Height() int { return height }

func (p *place) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		var err error
		if data[i], err = p.tile(tile); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func (p *place) SaveTiles([]tlog.Tile, [][]byte) {}
