package io.github.storeproof.ci.mutant;

import io.github.storeproof.ci.mutant.ListingFault.Listed;
import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.DirentWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.Opened;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/// Faults in listings.
final class ListingMutants {
  private static final int DT_REG = 8;
  private static final int DT_DIR = 4;
  private static final int LARGEST_LISTING = 65_536;

  static final List<Mutant> ALL =
      List.of(
          listing("DirectoriesAreListedAsFiles", "TYP-2", "d_type", each(ListingMutants::asFile)),
          Mutant.of("AnEntryIsLostWhenAReplyFills", "DIR-1", "missing", LosesAtTheEdge::new),
          listing("AnEntryIsListedTwice", "DIR-2", "listed twice", ListingMutants::doubled),
          listing("TheLastEntryIsMissing", "DIR-2", "missing", ListingMutants::withoutLast),
          listing("ListedNumbersAreNotThoseOfStat", "DIR-3", "d_ino", each(e -> e.withIno(77))),
          Mutant.of("OffsetsAreAllTheSame", "DIR-4", "d_off", SameOffsets::new),
          Mutant.of("RewindGivesNothing", "DIR-5", "once after rewinding", NoRewind::new),
          Mutant.of(
              "ABadOffsetIsAnError", "DIR-6", "getdents64 failed with EIO", BadOffsetIsEio::new),
          Mutant.of(
              "DescriptorsShareAPosition",
              "DIR-7",
              "while another stream is read",
              SharedPosition::new),
          Mutant.of("ListingsEndAt65536", "DIR-8", "missing", EndsAt65536::new),
          Mutant.of(
              "TheOrderChanges",
              "DIR-9",
              "order",
              right -> new Uncached(right, new ListingFault(right, ListingMutants::shuffled))),
          listing("NamesAreDecodedAsUtf8", "NAM-1", "missing", each(ListingMutants::asUtf8)));

  private ListingMutants() {}

  private static Mutant listing(
      String name, String rule, String message, UnaryOperator<List<Listed>> fault) {
    return Mutant.of(name, rule, message, ListingFault.of(fault));
  }

  private static UnaryOperator<List<Listed>> each(UnaryOperator<Listed> change) {
    return all -> all.stream().map(entry -> entry.isDot() ? entry : change.apply(entry)).toList();
  }

  private static Listed asFile(Listed entry) {
    return entry.type() == DT_DIR ? entry.withType(DT_REG) : entry;
  }

  private static Listed asUtf8(Listed entry) {
    return entry.withName(
        new String(entry.name(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
  }

  private static List<Listed> doubled(List<Listed> all) {
    List<Listed> more = new ArrayList<>(all);
    if (all.size() > 4) {
      more.add(all.get(3));
    }
    return more;
  }

  private static List<Listed> withoutLast(List<Listed> all) {
    return all.size() > 2 ? all.subList(0, all.size() - 1) : all;
  }

  private static List<Listed> shuffled(List<Listed> all) {
    List<Listed> other = new ArrayList<>(all);
    Collections.shuffle(other, new Random(System.nanoTime()));
    return other;
  }

  /// Whatever is behind the 65,536th entry is not listed.
  private static final class EndsAt65536 extends Forwarding {
    EndsAt65536(FuseOperations right) {
      super(right);
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      super.readdirplus(
          nodeId,
          handle,
          offset,
          (entry, next, name) -> next <= LARGEST_LISTING && out.add(entry, next, name));
    }
  }

  /// The entry that finds no room is never answered.
  private static final class LosesAtTheEdge extends ListingFault {
    LosesAtTheEdge(FuseOperations right) {
      super(right, all -> all);
    }

    @Override
    protected void answer(List<Listed> all, long offset, DirentWriter out) {
      for (int at = (int) Math.min(offset, all.size()); at < all.size(); at++) {
        Listed entry = all.get(at);
        boolean last = at + 2 >= all.size();
        // The offset of the entry before skips the one that will not fit.
        if (!out.add(entry.ino(), at + 1, entry.type(), entry.name())) {
          if (!last) {
            skipped.set(at);
          }
          return;
        }
      }
    }

    private final AtomicLong skipped = new AtomicLong(-1);

    @Override
    public void readdir(long nodeId, long handle, long offset, DirentWriter out)
        throws ErrnoException {
      boolean afterFull = offset > 0 && skipped.compareAndSet(offset, -1);
      super.readdir(nodeId, handle, afterFull ? offset + 1 : offset, out);
    }
  }

  /// Every entry says that the next one is at the same offset.
  private static final class SameOffsets extends Uncached {
    SameOffsets(FuseOperations right) {
      super(right, new Repeating(right));
    }

    private static final class Repeating extends ListingFault {
      Repeating(FuseOperations right) {
        super(right, all -> all);
      }

      @Override
      protected void answer(List<Listed> all, long offset, DirentWriter out) {
        for (int at = (int) Math.min(offset, all.size()); at < all.size(); at++) {
          Listed entry = all.get(at);
          long next = at + 1 == all.size() ? at + 1 : Math.max(1, at / 2 * 2);
          if (!out.add(entry.ino(), next, entry.type(), entry.name())) {
            return;
          }
        }
      }
    }
  }

  /// A directory that was listed to its end stays at its end.
  private static final class NoRewind extends Uncached {
    NoRewind(FuseOperations right) {
      super(right, new ListingFault(right, all -> all));
    }

    private final Set<Long> ended = ConcurrentHashMap.newKeySet();

    @Override
    public void readdir(long nodeId, long handle, long offset, DirentWriter out)
        throws ErrnoException {
      if (ended.contains(handle) && offset == 0) {
        return;
      }
      if (offset > 0) {
        ended.add(handle);
      }
      super.readdir(nodeId, handle, offset, out);
    }
  }

  /// An offset that no entry gave is EIO.
  private static final class BadOffsetIsEio extends Uncached {
    BadOffsetIsEio(FuseOperations right) {
      super(right, new ListingFault(right, all -> all));
    }

    @Override
    public void readdir(long nodeId, long handle, long offset, DirentWriter out)
        throws ErrnoException {
      if (offset < 0 || offset > 500_000) {
        throw new ErrnoException(Errno.EIO);
      }
      super.readdir(nodeId, handle, offset, out);
    }
  }

  /// The position is kept for the directory and not for the descriptor.
  private static final class SharedPosition extends Uncached {
    private final Map<Long, Long> positions = new ConcurrentHashMap<>();

    SharedPosition(FuseOperations right) {
      super(right, new ListingFault(right, all -> all));
    }

    @Override
    public void readdir(long nodeId, long handle, long offset, DirentWriter out)
        throws ErrnoException {
      long position = offset == 0 ? 0 : Math.max(offset, positions.getOrDefault(nodeId, 0L));
      long[] next = {position};
      super.readdir(
          nodeId,
          handle,
          position,
          (ino, after, type, name) -> {
            boolean taken = out.add(ino, after, type, name);
            next[0] = taken ? after : next[0];
            return taken;
          });
      positions.put(nodeId, next[0]);
    }
  }

  /// Listings that the kernel does not keep, each through a handle of its own.
  private static class Uncached extends Forwarding {
    private final AtomicLong handles = new AtomicLong(1);
    private final ListingFault listings;

    Uncached(FuseOperations right, ListingFault listings) {
      super(right);
      this.listings = listings;
    }

    @Override
    public Opened opendir(long nodeId, int flags) {
      return new Opened(handles.incrementAndGet(), 0);
    }

    @Override
    public void releasedir(long nodeId, long handle) {}

    @Override
    public void readdir(long nodeId, long handle, long offset, DirentWriter out)
        throws ErrnoException {
      listings.readdir(nodeId, 0, offset, out);
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      listWithoutAttributes(nodeId, handle, offset, out);
    }
  }
}
