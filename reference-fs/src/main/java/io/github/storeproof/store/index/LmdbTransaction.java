package io.github.storeproof.store.index;

import io.github.storeproof.store.StoreException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What is read or changed in one transaction. *Confined.*
///
/// | offset of MDB_val | size | field |
/// |---|---|---|
/// | 0 | 8 | size in bytes |
/// | 8 | 8 | address |
@SuppressWarnings("restricted")
final class LmdbTransaction implements Index.Writer {
  private static final long VAL_BYTES = 16;

  private final MemorySegment transaction;
  private final Map<Table, Integer> tables;

  /// @param tables the handle of each [Table]
  LmdbTransaction(MemorySegment transaction, Map<Table, Integer> tables) {
    this.transaction = transaction;
    this.tables = tables;
  }

  @Override
  public Optional<byte[]> find(Table table, byte[] key) throws StoreException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(VAL_BYTES, 8);
      int result = Lmdb.get(transaction, handleOf(table), valOf(key, arena), value);
      if (result == Lmdb.NOT_FOUND) {
        return Optional.empty();
      }
      Lmdb.check("get from " + table.label(), result);
      return Optional.of(bytesOf(value));
    }
  }

  @Override
  public boolean has(Table table, byte[] key) throws StoreException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(VAL_BYTES, 8);
      int result = Lmdb.get(transaction, handleOf(table), valOf(key, arena), value);
      if (result == Lmdb.NOT_FOUND) {
        return false;
      }
      Lmdb.check("get from " + table.label(), result);
      return true;
    }
  }

  @Override
  public List<Index.Entry> from(Table table, byte[] key, int mostCount) throws StoreException {
    List<Index.Entry> entries = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
      Lmdb.check("open a cursor", Lmdb.openCursor(transaction, handleOf(table), out));
      MemorySegment cursor = out.get(ValueLayout.ADDRESS, 0);
      try {
        collect(cursor, valOf(key, arena), arena.allocate(VAL_BYTES, 8), mostCount, entries);
      } finally {
        Lmdb.closeCursor(cursor);
      }
    }
    return entries;
  }

  private static void collect(
      MemorySegment cursor,
      MemorySegment key,
      MemorySegment value,
      int mostCount,
      List<Index.Entry> entries)
      throws StoreException {
    int result = Lmdb.move(cursor, key, value, Lmdb.SET_RANGE);
    while (result != Lmdb.NOT_FOUND) {
      Lmdb.check("move a cursor", result);
      entries.add(new Index.Entry(bytesOf(key), bytesOf(value)));
      if (entries.size() >= mostCount) {
        return;
      }
      result = Lmdb.move(cursor, key, value, Lmdb.NEXT);
    }
  }

  @Override
  public void put(Table table, byte[] key, byte[] value) throws StoreException {
    try (Arena arena = Arena.ofConfined()) {
      int result = Lmdb.put(transaction, handleOf(table), valOf(key, arena), valOf(value, arena));
      Lmdb.check("put into " + table.label(), result);
    }
  }

  @Override
  public void remove(Table table, byte[] key) throws StoreException {
    try (Arena arena = Arena.ofConfined()) {
      int result = Lmdb.delete(transaction, handleOf(table), valOf(key, arena));
      if (result != Lmdb.NOT_FOUND) {
        Lmdb.check("remove from " + table.label(), result);
      }
    }
  }

  private int handleOf(Table table) {
    return Objects.requireNonNull(tables.get(table));
  }

  private static MemorySegment valOf(byte[] bytes, Arena arena) {
    MemorySegment copy = arena.allocate(Math.max(1, bytes.length));
    MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
    MemorySegment val = arena.allocate(VAL_BYTES, 8);
    val.set(ValueLayout.JAVA_LONG, 0, bytes.length);
    val.set(ValueLayout.ADDRESS, 8, copy);
    return val;
  }

  private static byte[] bytesOf(MemorySegment val) {
    long sizeBytes = val.get(ValueLayout.JAVA_LONG, 0);
    MemorySegment bytes = val.get(ValueLayout.ADDRESS, 8).reinterpret(sizeBytes);
    return bytes.toArray(ValueLayout.JAVA_BYTE);
  }
}
