package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Attr;
import io.github.storeproof.fuse.wire.AttrOut;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.Entry;
import java.util.function.UnaryOperator;

/// Wrong attributes, wherever attributes are answered.
final class AttributeFault extends Forwarding {
  private final UnaryOperator<Attr> fault;

  private AttributeFault(FuseOperations right, UnaryOperator<Attr> fault) {
    super(right);
    this.fault = fault;
  }

  /// Operations with attributes changed by a function.
  static UnaryOperator<FuseOperations> of(UnaryOperator<Attr> fault) {
    return right -> new AttributeFault(right, fault);
  }

  @Override
  public Entry lookup(long parentId, byte[] name) throws ErrnoException {
    return faulty(super.lookup(parentId, name));
  }

  @Override
  public AttrOut getattr(long nodeId) throws ErrnoException {
    AttrOut out = super.getattr(nodeId);
    return new AttrOut(fault.apply(out.attr()), out.attrValidSeconds());
  }

  @Override
  public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
      throws ErrnoException {
    super.readdirplus(
        nodeId, handle, offset, (entry, next, name) -> out.add(faulty(entry), next, name));
  }

  private Entry faulty(Entry entry) {
    return entry.attr().mode() == 0 ? entry : Attrs.of(entry, fault.apply(entry.attr()));
  }
}
