package io.github.storeproof.store.pathinfo;

import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.index.Index;
import io.github.storeproof.store.index.Table;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Lists path infos in the order of their digests, some at a time: whoever reads slowly holds nothing
/// on the disk. *Confined.*
final class IndexCursor implements Cursor<PathInfo> {
  private static final int PAGE_COUNT = 256;

  private final Index index;
  private final Deque<Index.Entry> page = new ArrayDeque<>();
  private byte[] from = new byte[1];
  private boolean isAtEnd;

  IndexCursor(Index index) {
    this.index = index;
  }

  @Override
  public Optional<PathInfo> next() throws StoreException {
    if (page.isEmpty() && !isAtEnd) {
      byte[] start = from;
      List<Index.Entry> read =
          index.read(reader -> reader.from(Table.PATH_INFOS, start, PAGE_COUNT));
      page.addAll(read);
      isAtEnd = read.size() < PAGE_COUNT;
    }
    Index.Entry entry = page.poll();
    if (entry == null) {
      return Optional.empty();
    }
    // The least key that is greater.
    from = Arrays.copyOf(entry.key(), entry.key().length + 1);
    return Optional.of(IndexedPathInfoService.decoded(entry.key(), entry.value()));
  }

  @Override
  public void close() {
    page.clear();
    isAtEnd = true;
  }
}
