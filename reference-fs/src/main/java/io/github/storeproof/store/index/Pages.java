package io.github.storeproof.store.index;

import io.github.storeproof.store.StoreException;
import java.util.Arrays;
import java.util.List;

/// Goes through a whole table, page by page.
public final class Pages {
  private static final int PAGE_COUNT = 512;

  private Pages() {}

  /// Takes entries.
  @FunctionalInterface
  public interface Visitor {
    void visit(Index.Entry entry) throws StoreException;
  }

  /// Visits all entries of one moment.
  public static void forEach(Index.Reader reader, Table table, Visitor visitor)
      throws StoreException {
    byte[] from = new byte[1];
    List<Index.Entry> page;
    do {
      page = reader.from(table, from, PAGE_COUNT);
      for (Index.Entry entry : page) {
        visitor.visit(entry);
        from = after(entry.key());
      }
    } while (page.size() == PAGE_COUNT);
  }

  /// Visits all entries, each page as it is at its own moment: what a visit takes long holds nothing.
  public static void forEach(Index index, Table table, Visitor visitor) throws StoreException {
    byte[] from = new byte[1];
    List<Index.Entry> page;
    do {
      byte[] start = from;
      page = index.read(reader -> reader.from(table, start, PAGE_COUNT));
      for (Index.Entry entry : page) {
        visitor.visit(entry);
        from = after(entry.key());
      }
    } while (page.size() == PAGE_COUNT);
  }

  /// The least key that is greater.
  private static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }
}
