package sqlitestore

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"reformgraph/graph"
	"reformgraph/graph/script"
)

// nodeRow is a row of the table node, as far as it can differ for one id.
type nodeRow struct {
	city   bool
	parent string
	props  string // canonical JSON
}

// nodeRows returns the rows of those of the ids that are nodes.
func (w *batchWriter) nodeRows(ids []string) (map[string]nodeRow, error) {
	rows := make(map[string]nodeRow, len(ids))
	err := each(w.ctx, w.conn, "SELECT id, city, coalesce(parent, ''), props FROM node WHERE id IN (SELECT value FROM json_each(?))", []any{toJSON(ids)},
		func(scan func(...any) error) error {
			var id string
			var r nodeRow
			if err := scan(&id, &r.city, &r.parent, &r.props); err != nil {
				return err
			}
			rows[id] = r
			return nil
		})
	return rows, err
}

// writeNode inserts or updates a node, unless it stands in the table as it is.
func (w *batchWriter) writeNode(id string, r nodeRow, props graph.Props, old map[string]nodeRow) error {
	was, exists := old[id]
	if exists && was == r {
		return nil
	}
	name, _ := props["name"].(string)
	aliases, _ := props["aliases"].([]string)
	key := script.Key(name)
	aliasKeys := make([]string, 0, len(aliases))
	keys := map[string]bool{key: true}
	for _, a := range aliases {
		k := script.Key(a)
		aliasKeys = append(aliasKeys, k)
		keys[k] = true
	}
	delete(keys, "")
	label, _ := graph.LabelOf(id)
	if err := w.exec(`INSERT INTO node (id, label, city, name, name_key, aliases, alias_keys, parent, props) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET city = excluded.city, name = excluded.name, name_key = excluded.name_key, aliases = excluded.aliases,
		alias_keys = excluded.alias_keys, parent = excluded.parent, props = excluded.props`,
		id, string(label), r.city, name, key, toJSON(aliases), toJSON(aliasKeys), null(r.parent), r.props); err != nil {
		return err
	}
	if exists {
		if err := w.exec("DELETE FROM node_key WHERE node = ?", id); err != nil {
			return err
		}
	}
	sorted := slices.Sorted(maps.Keys(keys))
	for _, k := range sorted {
		if err := w.exec("INSERT INTO node_key VALUES (?, ?)", k, id); err != nil {
			return err
		}
	}
	return w.index("node_words", id, sorted...)
}

func (w *batchWriter) removeNode(id string) error {
	if err := w.exec("DELETE FROM node_key WHERE node = ?", id); err != nil {
		return err
	}
	if err := w.unindex("node_words", id); err != nil {
		return err
	}
	return w.exec("DELETE FROM node WHERE id = ?", id)
}

// writePlaces writes the places of the batch: reference data, of which the newest
// edition's replaces what another edition gave.
func (w *batchWriter) writePlaces(load []graph.Facts) error {
	places := map[string]graph.Place{}
	for _, f := range load {
		for _, p := range f.Places {
			places[p.ID] = p
		}
	}
	ids := slices.Sorted(maps.Keys(places))
	old, err := w.nodeRows(ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		p := places[id]
		props := graph.PlaceRecord(p).Props
		if err := w.writeNode(id, nodeRow{city: p.City, parent: p.Parent, props: string(graph.CanonicalJSON(props))}, props, old); err != nil {
			return err
		}
	}
	return nil
}

// removePlaces deletes the places that the batch let go of and no article needs.
func (w *batchWriter) removePlaces() error {
	if len(w.places) == 0 {
		return nil
	}
	var gone []string
	err := each(w.ctx, w.conn, "SELECT value FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM article_place WHERE place = value) ORDER BY value",
		[]any{toJSON(slices.Sorted(maps.Keys(w.places)))}, func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			gone = append(gone, id)
			return err
		})
	if err != nil {
		return err
	}
	for _, id := range gone {
		if err := w.removeNode(id); err != nil {
			return err
		}
	}
	return nil
}

// viewChange is what a batch does to the views of one node.
type viewChange struct{ add, remove []graph.View }

// change returns the change of a node, to add to; nil for a place, whose attributes
// come from the gazetteer.
func (w *batchWriter) change(node string) *viewChange {
	if l, _ := graph.LabelOf(node); l == graph.LabelPlace {
		return nil
	}
	c := w.views[node]
	if c == nil {
		c = &viewChange{}
		w.views[node] = c
	}
	return c
}

// writeNodes brings the tallies up to date and with them every node of which the
// batch changed the views: new attributes, or no view left and the node is deleted.
func (w *batchWriter) writeNodes() error {
	ids := slices.Sorted(maps.Keys(w.views))
	if len(ids) == 0 {
		return nil
	}
	tallies := map[string]string{}
	err := each(w.ctx, w.conn, "SELECT node, tally FROM tally WHERE node IN (SELECT value FROM json_each(?))", []any{toJSON(ids)}, func(scan func(...any) error) error {
		var node, tally string
		err := scan(&node, &tally)
		tallies[node] = tally
		return err
	})
	if err != nil {
		return err
	}
	old, err := w.nodeRows(ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		was, exists := tallies[id]
		var t graph.Tally
		if exists {
			if err := json.Unmarshal([]byte(was), &t); err != nil {
				return fmt.Errorf("tally of %s: %w", id, err)
			}
		}
		for _, v := range w.views[id].add {
			t.Add(v)
		}
		for _, v := range w.views[id].remove {
			t.Remove(v)
		}
		if t.Empty() {
			if err := w.exec("DELETE FROM tally WHERE node = ?", id); err != nil {
				return err
			}
			if err := w.removeNode(id); err != nil {
				return err
			}
			continue
		}
		props := t.Attributes(id)
		if err := w.writeNode(id, nodeRow{props: string(graph.CanonicalJSON(props))}, props, old); err != nil {
			return err
		}
		if now := toJSON(t); now != was {
			if err := w.exec("INSERT INTO tally VALUES (?, ?) ON CONFLICT (node) DO UPDATE SET tally = excluded.tally", id, now); err != nil {
				return err
			}
		}
	}
	return nil
}
