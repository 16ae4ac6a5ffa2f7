package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.DirentWriter;
import io.github.storeproof.fuse.wire.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Wrong listings: the whole directory is listed by the right operations, given to a fault, and answered from there, the
/// offset of an entry being its position and one.
class ListingFault extends Forwarding {
  private static final int DOTS = 2;

  /// An entry of a listing.
  ///
  /// @param type `DT_` number
  record Listed(byte[] name, long ino, int type) {
    boolean isDot() {
      return name[0] == '.' && (name.length == 1 || name.length == DOTS && name[1] == '.');
    }

    Listed withIno(long other) {
      return new Listed(name, other, type);
    }

    Listed withType(int other) {
      return new Listed(name, ino, other);
    }

    Listed withName(byte[] other) {
      return new Listed(other, ino, type);
    }
  }

  private final UnaryOperator<List<Listed>> fault;

  ListingFault(FuseOperations right, UnaryOperator<List<Listed>> fault) {
    super(right);
    this.fault = fault;
  }

  /// Operations that list what a function makes of the right listing, which includes `.` and `..`.
  static UnaryOperator<FuseOperations> of(UnaryOperator<List<Listed>> fault) {
    return right -> new ListingFault(right, fault);
  }

  @Override
  public void readdir(long nodeId, long handle, long offset, DirentWriter out)
      throws ErrnoException {
    answer(listing(nodeId, handle), offset, out);
  }

  @Override
  public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
      throws ErrnoException {
    listWithoutAttributes(nodeId, handle, offset, out);
  }

  /// The entries from an offset on, as many as there is room for.
  protected void answer(List<Listed> all, long offset, DirentWriter out) {
    for (int at = (int) Math.min(offset, all.size()); at >= 0 && at < all.size(); at++) {
      Listed entry = all.get(at);
      if (!out.add(entry.ino(), at + 1, entry.type(), entry.name())) {
        return;
      }
    }
  }

  /// The whole faulty listing.
  protected List<Listed> listing(long nodeId, long handle) throws ErrnoException {
    List<Listed> all = new ArrayList<>();
    super.readdir(
        nodeId, handle, 0, (ino, _, type, name) -> all.add(new Listed(name.clone(), ino, type)));
    return fault.apply(all);
  }
}
