package database

import "sync"

// Memory holds what was read from the database and cannot change: a version of something that counts its versions, by its
// identifier. Who reads the number of the version need not read the rest again. It is dropped in two halves, so that what is
// in use stays.
type Memory struct {
	lock        sync.Mutex
	young, aged map[string]remembered
	size        int
}

type remembered struct {
	size  int
	value any
}

// halfMemory bounds each half, in bytes as those who remember count them.
const halfMemory = 6 << 20

// Memory is what reading transactions of this database share. In a transaction that writes it is nil, which holds nothing and
// takes nothing: what is read there may never come to be.
func (tx *Tx) Memory() *Memory { return tx.memory }

// Recall gives what is remembered. Whether it is still the newest version, the database knows.
func (m *Memory) Recall(id string) (value any, there bool) {
	if m == nil {
		return nil, false
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	one, there := m.young[id]
	if !there {
		if one, there = m.aged[id]; there {
			m.keep(id, one)
		}
	}
	return one.value, there
}

// Remember keeps a version; size is about how many bytes it takes. Nobody may change the value afterwards.
func (m *Memory) Remember(id string, size int, value any) {
	if m == nil {
		return
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	m.keep(id, remembered{size, value})
}

func (m *Memory) keep(id string, one remembered) {
	if m.young == nil || m.size+one.size > halfMemory {
		m.young, m.aged, m.size = map[string]remembered{}, m.young, 0
	}
	m.size += one.size - m.young[id].size
	m.young[id] = one
}
