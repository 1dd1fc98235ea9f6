package graph

import (
	"bufio"
	"bytes"
	"container/heap"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
)

// DumpFormat is the format named in a dump's first line.
const DumpFormat = "reformgraph-dump-1"

// dumpHeader is the first line of a dump.
type dumpHeader struct {
	Edition string `json:"edition"`
	Format  string `json:"format"`
}

// dumpLine writes a record as its line of the dump, without the line break.
func dumpLine(r Record) []byte {
	if e := r.Edge; e != nil {
		return CanonicalJSON(map[string]any{"edge": e.Type, "from": e.From, "props": e.Props, "to": e.To})
	}
	return CanonicalJSON(map[string]any{"labels": r.Node.Labels, "node": r.Node.ID, "props": r.Node.Props})
}

// dumpChunk is how many bytes of lines are sorted in memory; a larger dump is
// merged from sorted temporary files.
var dumpChunk = 64 << 20

// Dump writes the whole graph as sorted NDJSON (design.md section 3): first the
// line of format and edition, then every edge and node in byte order of its
// line. Two stores hold the same graph exactly if their dumps are equal.
func Dump(ctx context.Context, s Store, w io.Writer) error {
	info, err := s.Info(ctx)
	if err != nil {
		return fmt.Errorf("dump: %w", err)
	}
	sorter := lineSorter{}
	defer sorter.close()
	if err := s.Export(ctx, func(r Record) error { return sorter.add(dumpLine(r)) }); err != nil {
		return fmt.Errorf("dump: %w", err)
	}
	after, err := s.Info(ctx)
	if err != nil {
		return fmt.Errorf("dump: %w", err)
	}
	if after.Edition != info.Edition {
		return fmt.Errorf("dump: the store went from edition %q to %q meanwhile: dump again", info.Edition, after.Edition)
	}
	out := bufio.NewWriterSize(w, 1<<20)
	out.Write(CanonicalJSON(dumpHeader{Edition: info.Edition, Format: DumpFormat}))
	out.WriteByte('\n')
	err = sorter.merge(func(line []byte) error {
		out.Write(line)
		return out.WriteByte('\n')
	})
	if err != nil {
		return fmt.Errorf("dump: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("dump: %w", err)
	}
	return nil
}

// ExportSorted calls each first for every node and then for every edge, both in
// byte order of their lines in a dump, all of one snapshot of the store. The store
// is read to its end before the first call; what does not fit in memory waits in
// temporary files. trim may take from a record what is not needed before it is
// sorted. It stops at the first error and returns it.
func ExportSorted(ctx context.Context, s Store, trim func(Record) Record, each func(Record) error) error {
	var nodes, edges lineSorter
	defer nodes.close()
	defer edges.close()
	err := s.Export(ctx, func(r Record) error {
		r = trim(r)
		if r.Edge != nil {
			return edges.add(dumpLine(r))
		}
		return nodes.add(dumpLine(r))
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	for _, sorter := range []*lineSorter{&nodes, &edges} {
		err := sorter.merge(func(line []byte) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			r, err := readLine(line)
			if err != nil {
				return err
			}
			return each(r)
		})
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	return nil
}

// lineSorter sorts lines of any total size: chunks in memory, then a merge of
// temporary files.
type lineSorter struct {
	lines [][]byte
	size  int
	files []*os.File
}

func (s *lineSorter) add(line []byte) error {
	s.lines = append(s.lines, line)
	s.size += len(line)
	if s.size < dumpChunk {
		return nil
	}
	return s.spill()
}

func (s *lineSorter) spill() error {
	f, err := os.CreateTemp("", "reformgraph-dump-*")
	if err != nil {
		return err
	}
	s.files = append(s.files, f)
	slices.SortFunc(s.lines, bytes.Compare)
	w := bufio.NewWriterSize(f, 1<<20)
	for _, l := range s.lines {
		w.Write(l)
		w.WriteByte('\n')
	}
	s.lines, s.size = nil, 0
	if err := w.Flush(); err != nil {
		return err
	}
	_, err = f.Seek(0, io.SeekStart)
	return err
}

// merge calls each for every line in order. A line is valid until each returns.
func (s *lineSorter) merge(each func(line []byte) error) error {
	slices.SortFunc(s.lines, bytes.Compare)
	h := mergeHeap{}
	if len(s.lines) > 0 {
		h = append(h, &lineSource{line: s.lines[0], rest: s.lines[1:]})
	}
	for _, f := range s.files {
		src := &lineSource{r: bufio.NewReaderSize(f, 1<<20)}
		if ok, err := src.next(); err != nil {
			return err
		} else if ok {
			h = append(h, src)
		}
	}
	heap.Init(&h)
	for len(h) > 0 {
		if err := each(h[0].line); err != nil {
			return err
		}
		ok, err := h[0].next()
		if err != nil {
			return err
		}
		if ok {
			heap.Fix(&h, 0)
		} else {
			heap.Pop(&h)
		}
	}
	return nil
}

func (s *lineSorter) close() {
	for _, f := range s.files {
		f.Close()
		os.Remove(f.Name())
	}
}

// lineSource is one sorted run of lines: a file, or what is left in memory.
type lineSource struct {
	line []byte
	rest [][]byte
	r    *bufio.Reader
}

func (s *lineSource) next() (bool, error) {
	if s.r == nil {
		if len(s.rest) == 0 {
			return false, nil
		}
		s.line, s.rest = s.rest[0], s.rest[1:]
		return true, nil
	}
	line, err := s.r.ReadBytes('\n')
	if err == io.EOF && len(line) == 0 {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	s.line = line[:len(line)-1]
	return true, nil
}

type mergeHeap []*lineSource

func (h mergeHeap) Len() int           { return len(h) }
func (h mergeHeap) Less(i, j int) bool { return bytes.Compare(h[i].line, h[j].line) < 0 }
func (h mergeHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *mergeHeap) Push(x any)        { *h = append(*h, x.(*lineSource)) }
func (h *mergeHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

// readLine decodes one line of a dump.
func readLine(line []byte) (Record, error) {
	var raw struct {
		Edge   Predicate       `json:"edge"`
		From   string          `json:"from"`
		To     string          `json:"to"`
		Node   string          `json:"node"`
		Labels []string        `json:"labels"`
		Props  json.RawMessage `json:"props"`
	}
	if err := json.Unmarshal(line, &raw); err != nil {
		return Record{}, err
	}
	props := Props{}
	if len(raw.Props) > 0 {
		if err := json.Unmarshal(raw.Props, &props); err != nil {
			return Record{}, err
		}
	}
	switch {
	case raw.Edge != "" && raw.From != "" && raw.To != "":
		return Record{Edge: &EdgeRecord{Type: raw.Edge, From: raw.From, To: raw.To, Props: props}}, nil
	case raw.Node != "":
		return Record{Node: &NodeRecord{ID: raw.Node, Labels: raw.Labels, Props: props}}, nil
	}
	return Record{}, fmt.Errorf("is neither a node nor an edge")
}
