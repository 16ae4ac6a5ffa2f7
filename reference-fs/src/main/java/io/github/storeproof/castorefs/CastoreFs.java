package io.github.storeproof.castorefs;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.KernelNotifier;
import io.github.storeproof.fuse.wire.AttrOut;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.DirentWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.fuse.wire.Opened;
import io.github.storeproof.fuse.wire.StatFs;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.BlobReader;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The store as a filesystem: a root directory with an entry for each store path, and below it what
/// the stores hold.
///
/// Below the root nothing ever changes, so the kernel may keep whatever it was told; OPEN needs no
/// handle and no message. *Thread-safe*: no lock is held while a store is asked.
public final class CastoreFs implements FuseOperations {
  private static final int BLOCK_SIZE_BYTES = 4096;

  private final Stores stores;
  private final InodeTable table = new InodeTable();
  private final RootNodes roots;
  private final RootListings listings;
  private final boolean isRootListed;

  /// @param isRootListed whether readers may list the root, and not only look names up in it
  public CastoreFs(Stores stores, boolean isRootListed) {
    this.stores = stores;
    this.isRootListed = isRootListed;
    this.roots = new RootNodes(table, stores.pathInfos());
    this.listings = isRootListed ? listed() : new HiddenListings();
  }

  private RootListings listed() {
    if (!stores.pathInfos().isObservable()) {
      return new OpenedListings(roots, stores.pathInfos());
    }
    ObservedListings observed = new ObservedListings(roots, stores.pathInfos());
    stores.pathInfos().addListener(observed);
    return observed;
  }

  @Override
  public void mounted(KernelNotifier notifier) {
    if (isRootListed) {
      stores.pathInfos().addListener(new RootNotices(notifier));
    }
  }

  @Override
  public boolean mayBlock(Opcode opcode, long nodeId, long handle) {
    return switch (opcode) {
      case LOOKUP -> nodeId == ROOT_ID ? stores.pathInfos().mayBlock() : mayBlockOnChildren(nodeId);
      case READDIR, READDIRPLUS ->
          nodeId == ROOT_ID ? listings.mayBlock() : mayBlockOnChildren(nodeId);
      case READ -> stores.blobs().mayBlock();
      default -> false;
    };
  }

  private boolean mayBlockOnChildren(long nodeId) {
    Inode inode = table.find(nodeId);
    return inode != null && inode.children() == null && stores.directories().mayBlock();
  }

  @Override
  public Entry lookup(long parentId, byte[] name) throws ErrnoException {
    if (name.length > PathComponent.MAX_LENGTH_BYTES) {
      throw new ErrnoException(Errno.ENAMETOOLONG);
    }
    if (parentId == ROOT_ID) {
      return lookupRoot(name);
    }
    Children children = children(parentId);
    int index = children.indexOf(name);
    return index < 0 ? Entries.NEVER : Entries.of(children.lookup(index));
  }

  private Entry lookupRoot(byte[] name) throws ErrnoException {
    try {
      return roots.lookup(name).map(Entries::of).orElse(Entries.NOT_YET);
    } catch (StoreException e) {
      throw Errnos.of(e);
    }
  }

  @Override
  public void forget(long nodeId, long lookupCount) {
    Inode inode = table.find(nodeId);
    if (inode != null) {
      inode.siblings().forget(inode, lookupCount);
    }
  }

  @Override
  public AttrOut getattr(long nodeId) throws ErrnoException {
    if (nodeId == ROOT_ID) {
      return new AttrOut(Attributes.ofRoot(), Entry.FOREVER);
    }
    Inode inode = inode(nodeId);
    return new AttrOut(Attributes.of(inode.node(), inode.ino()), Entry.FOREVER);
  }

  @Override
  public byte[] readlink(long nodeId) throws ErrnoException {
    if (nodeId != ROOT_ID && inode(nodeId).node() instanceof SymlinkNode link) {
      return link.target().toBytes();
    }
    throw new ErrnoException(Errno.EINVAL);
  }

  @Override
  public Opened open(long nodeId, int flags) throws ErrnoException {
    throw new ErrnoException(Errno.ENOSYS, "files are open without being asked for");
  }

  @Override
  public int read(long nodeId, long handle, long offsetBytes, MemorySegment into)
      throws ErrnoException {
    try (BlobReader reader = stores.openRead(file(nodeId))) {
      return reader.read(offsetBytes, into);
    } catch (StoreException e) {
      throw Errnos.of(e);
    }
  }

  @Override
  public Optional<MemorySegment> content(long nodeId, long handle, long offsetBytes, int sizeBytes)
      throws ErrnoException {
    if (stores.blobs().mayBlock()) {
      return Optional.empty();
    }
    try (BlobReader reader = stores.openRead(file(nodeId))) {
      return reader.content(offsetBytes, sizeBytes);
    } catch (StoreException e) {
      throw Errnos.of(e);
    }
  }

  @Override
  public void release(long nodeId, long handle) {}

  @Override
  public Opened opendir(long nodeId, int flags) throws ErrnoException {
    long handle = nodeId == ROOT_ID ? listings.open() : 0;
    if (!listings.needsHandle()) {
      throw new ErrnoException(Errno.ENOSYS, "directories are open without being asked for");
    }
    return new Opened(handle, nodeId == ROOT_ID ? 0 : Opened.CACHE_DIR | Opened.KEEP_CACHE);
  }

  @Override
  public void readdir(long nodeId, long handle, long offset, DirentWriter out)
      throws ErrnoException {
    dirents(nodeId, handle, offset).write(offset, out);
  }

  @Override
  public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
      throws ErrnoException {
    dirents(nodeId, handle, offset).writePlus(offset, out);
  }

  private Dirents dirents(long nodeId, long handle, long offset) throws ErrnoException {
    if (nodeId != ROOT_ID) {
      return new Dirents(
          children(nodeId), inode(nodeId).ino(), inode(nodeId).siblings().parentIno());
    }
    try {
      return new Dirents(listings.at(handle, offset), Inos.ROOT, Inos.ROOT);
    } catch (StoreException e) {
      throw Errnos.of(e);
    }
  }

  @Override
  public void releasedir(long nodeId, long handle) {
    if (nodeId == ROOT_ID) {
      listings.close(handle);
    }
  }

  @Override
  public StatFs statfs(long nodeId) {
    return new StatFs(0, 0, BLOCK_SIZE_BYTES, PathComponent.MAX_LENGTH_BYTES);
  }

  @Override
  public byte[] getxattr(long nodeId, byte[] name) throws ErrnoException {
    if (nodeId == ROOT_ID) {
      throw Xattrs.none();
    }
    return Xattrs.get(inode(nodeId).node(), name);
  }

  @Override
  public byte[] listxattr(long nodeId) throws ErrnoException {
    return nodeId == ROOT_ID ? new byte[0] : Xattrs.list(inode(nodeId).node());
  }

  /// How many nodes the kernel knows, besides the root (rule HND-4).
  public int knownNodeCount() {
    return table.size();
  }

  private Inode inode(long nodeId) throws ErrnoException {
    @Nullable Inode inode = table.find(nodeId);
    if (inode == null) {
      throw new ErrnoException(Errno.ESTALE, "node id " + nodeId + " is not known");
    }
    return inode;
  }

  private FileNode file(long nodeId) throws ErrnoException {
    if (nodeId == ROOT_ID || inode(nodeId).node() instanceof DirectoryNode) {
      throw new ErrnoException(Errno.EISDIR);
    }
    if (inode(nodeId).node() instanceof FileNode file) {
      return file;
    }
    throw new ErrnoException(Errno.EINVAL);
  }

  private Children children(long nodeId) throws ErrnoException {
    Inode inode = inode(nodeId);
    Children known = inode.children();
    if (known != null) {
      return known;
    }
    if (!(inode.node() instanceof DirectoryNode node)) {
      throw new ErrnoException(Errno.ENOTDIR);
    }
    try {
      return inode.children(new Children(table, stores.directory(node), inode.ino()));
    } catch (StoreException e) {
      throw Errnos.of(e);
    }
  }
}
