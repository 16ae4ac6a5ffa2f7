package io.github.storeproof.store.index;

import io.github.storeproof.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// An index on the heap, in which a change is all or nothing too. *Thread-safe.*
public final class MemoryIndex implements Index {
  private Tables tables = new Tables(new EnumMap<>(Table.class));

  private record Tables(Map<Table, NavigableMap<byte[], byte[]>> maps) implements Writer {
    NavigableMap<byte[], byte[]> of(Table table) {
      return maps.computeIfAbsent(table, _ -> new TreeMap<>(Arrays::compareUnsigned));
    }

    Tables copy() {
      Map<Table, NavigableMap<byte[], byte[]>> copies = new EnumMap<>(Table.class);
      maps.forEach((table, map) -> copies.put(table, new TreeMap<>(map)));
      return new Tables(copies);
    }

    @Override
    public Optional<byte[]> find(Table table, byte[] key) {
      return Optional.ofNullable(of(table).get(key));
    }

    @Override
    public boolean has(Table table, byte[] key) {
      return of(table).containsKey(key);
    }

    @Override
    public List<Entry> from(Table table, byte[] key, int mostCount) {
      List<Entry> entries = new ArrayList<>();
      of(table)
          .tailMap(key)
          .forEach((found, value) -> {
            if (entries.size() < mostCount) {
              entries.add(new Entry(found, value));
            }
          });
      return entries;
    }

    @Override
    public void put(Table table, byte[] key, byte[] value) {
      of(table).put(key, value);
    }

    @Override
    public void remove(Table table, byte[] key) {
      of(table).remove(key);
    }
  }

  @Override
  public synchronized <T> T read(Reading<T> reading) throws StoreException {
    return reading.of(tables);
  }

  @Override
  public synchronized <T> T change(Change<T> change) throws StoreException {
    Tables changed = tables.copy();
    T made = change.make(changed);
    tables = changed;
    return made;
  }

  @Override
  public void close() {}
}
