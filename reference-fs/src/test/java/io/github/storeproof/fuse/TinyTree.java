package io.github.storeproof.fuse;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.github.storeproof.fuse.wire.Attr;
import io.github.storeproof.fuse.wire.AttrOut;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.DirentWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.fuse.wire.Opened;
import io.github.storeproof.fuse.wire.StatFs;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The smallest filesystem that has everything: directories, files, links, held in lists. A node's
/// id is its place in the list of all nodes, counted from 1.
///
/// Files named `slow` block for ever until interrupted; files named `mapped` are served without a
/// copy.
public final class TinyTree implements FuseOperations {
  private static final int DIRECTORY = Attr.S_IFDIR | 0555;
  private static final int FILE = Attr.S_IFREG | 0444;
  private static final int LINK = Attr.S_IFLNK | 0777;

  /// One node; names are Latin-1 strings here, one character for each byte.
  private static final class Node {
    final int mode;
    final byte[] content;
    final Map<String, Integer> children = new HashMap<>();
    final List<String> names = new ArrayList<>();
    final boolean slow;
    final Optional<MemorySegment> mapped;

    Node(String name, int mode, byte[] content) {
      this.mode = mode;
      this.content = content;
      this.slow = name.equals("slow");
      this.mapped =
          name.equals("mapped")
              ? Optional.of(
                  Arena.ofAuto().allocate(content.length).copyFrom(MemorySegment.ofArray(content)))
              : Optional.empty();
    }
  }

  private final List<Node> nodes = new ArrayList<>();
  private final Map<Long, AtomicLong> lookups = new HashMap<>();

  public TinyTree() {
    nodes.add(new Node("", DIRECTORY, new byte[0]));
  }

  /// What the integration tests look at.
  ///
  /// ```
  /// hello         "hello, world\n"
  /// big           1,000,003 bytes, byte i is i * 31 (and `mapped` the same)
  /// link          -> hello
  /// sub/          \xE9, deeper/file
  /// wide/         `wideCount` files e0 …
  /// slow          blocks for ever
  /// ```
  public static TinyTree sample(int wideCount) {
    TinyTree tree = new TinyTree();
    byte[] big = new byte[1_000_003];
    for (int i = 0; i < big.length; i++) {
      big[i] = (byte) (i * 31);
    }
    tree.file(ROOT_ID, "hello", "hello, world\n".getBytes(StandardCharsets.US_ASCII));
    tree.file(ROOT_ID, "big", big);
    tree.file(ROOT_ID, "mapped", big);
    tree.link(ROOT_ID, "link", "hello");
    long sub = tree.directory(ROOT_ID, "sub");
    tree.file(sub, "\u00e9", new byte[0]);
    tree.file(tree.directory(sub, "deeper"), "file", new byte[] {1, 2, 3});
    long wide = tree.directory(ROOT_ID, "wide");
    for (int i = 0; i < wideCount; i++) {
      tree.file(wide, "e" + i, new byte[0]);
    }
    tree.file(ROOT_ID, "slow", new byte[10]);
    return tree;
  }

  public long directory(long parent, String name) {
    return add(parent, name, new Node(name, DIRECTORY, new byte[0]));
  }

  public long file(long parent, String name, byte[] content) {
    return add(parent, name, new Node(name, FILE, content));
  }

  public long link(long parent, String name, String target) {
    return add(parent, name, new Node(name, LINK, target.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private long add(long parent, String name, Node node) {
    nodes.add(node);
    Node directory = nodes.get((int) parent - 1);
    directory.children.put(name, nodes.size());
    directory.names.add(name);
    return nodes.size();
  }

  /// How many lookups the kernel still holds of a node.
  public synchronized long lookupCount(long nodeId) {
    AtomicLong count = lookups.get(nodeId);
    return count == null ? 0 : count.get();
  }

  private synchronized void count(long nodeId, long difference) {
    lookups.computeIfAbsent(nodeId, id -> new AtomicLong()).addAndGet(difference);
  }

  private Node node(long nodeId) throws ErrnoException {
    if (nodeId < 1 || nodeId > nodes.size()) {
      throw new ErrnoException(Errno.ESTALE);
    }
    return nodes.get((int) nodeId - 1);
  }

  private Node directoryNode(long nodeId) throws ErrnoException {
    Node node = node(nodeId);
    if (node.mode != DIRECTORY) {
      throw new ErrnoException(Errno.ENOTDIR);
    }
    return node;
  }

  private Attr attr(long nodeId) throws ErrnoException {
    Node node = node(nodeId);
    long size = node.content.length;
    return new Attr(nodeId, size, Attr.blocksOf(size), 1, node.mode, 1, 0, 0, 4096);
  }

  private Entry entry(long nodeId) throws ErrnoException {
    return new Entry(nodeId, 0, attr(nodeId), Entry.FOREVER, Entry.FOREVER);
  }

  @Override
  public boolean mayBlock(Opcode opcode, long nodeId, long handle) {
    return opcode == Opcode.READ
        && nodeId >= 1
        && nodeId <= nodes.size()
        && nodes.get((int) nodeId - 1).slow;
  }

  @Override
  public Entry lookup(long parentId, byte[] name) throws ErrnoException {
    Integer child =
        directoryNode(parentId).children.get(new String(name, StandardCharsets.ISO_8859_1));
    if (child == null) {
      return Entry.negative(Entry.FOREVER);
    }
    count(child, 1);
    return entry(child);
  }

  @Override
  public void forget(long nodeId, long lookupCount) {
    count(nodeId, -lookupCount);
  }

  @Override
  public AttrOut getattr(long nodeId) throws ErrnoException {
    return new AttrOut(attr(nodeId), Entry.FOREVER);
  }

  @Override
  public byte[] readlink(long nodeId) throws ErrnoException {
    return node(nodeId).content;
  }

  @Override
  public Opened open(long nodeId, int flags) throws ErrnoException {
    throw new ErrnoException(Errno.ENOSYS);
  }

  @Override
  public int read(long nodeId, long handle, long offsetBytes, MemorySegment into)
      throws ErrnoException {
    Node node = node(nodeId);
    if (node.slow) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        throw new ErrnoException(Errno.EIO);
      }
    }
    long rest = node.content.length - offsetBytes;
    int count = (int) Math.max(0, Math.min(rest, into.byteSize()));
    if (count > 0) {
      MemorySegment.copy(node.content, (int) offsetBytes, into, JAVA_BYTE, 0, count);
    }
    return count;
  }

  @Override
  public Optional<MemorySegment> content(long nodeId, long handle, long offsetBytes, int sizeBytes)
      throws ErrnoException {
    Optional<MemorySegment> mapped = node(nodeId).mapped;
    if (mapped.isEmpty()) {
      return mapped;
    }
    MemorySegment all = mapped.get();
    long from = Math.min(offsetBytes, all.byteSize());
    return Optional.of(all.asSlice(from, Math.min(sizeBytes, all.byteSize() - from)));
  }

  @Override
  public void release(long nodeId, long handle) {}

  @Override
  public Opened opendir(long nodeId, int flags) throws ErrnoException {
    throw new ErrnoException(Errno.ENOSYS);
  }

  @Override
  public void readdir(long nodeId, long handle, long offset, DirentWriter out)
      throws ErrnoException {
    Node directory = directoryNode(nodeId);
    List<String> names = directory.names;
    for (long i = Math.max(0, offset); i < names.size(); i++) {
      int child = directory.children.get(names.get((int) i));
      byte[] name = names.get((int) i).getBytes(StandardCharsets.ISO_8859_1);
      if (!out.add(child, i + 1, attr(child).direntType(), name)) {
        return;
      }
    }
  }

  @Override
  public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
      throws ErrnoException {
    Node directory = directoryNode(nodeId);
    List<String> names = directory.names;
    for (long i = Math.max(0, offset); i < names.size(); i++) {
      int child = directory.children.get(names.get((int) i));
      if (!out.add(entry(child), i + 1, names.get((int) i).getBytes(StandardCharsets.ISO_8859_1))) {
        return;
      }
      count(child, 1);
    }
  }

  @Override
  public void releasedir(long nodeId, long handle) {}

  @Override
  public StatFs statfs(long nodeId) {
    return new StatFs(1, nodes.size(), 4096, 255);
  }

  @Override
  public byte[] getxattr(long nodeId, byte[] name) throws ErrnoException {
    if (new String(name, StandardCharsets.ISO_8859_1).equals("user.id")) {
      return Long.toString(nodeId).getBytes(StandardCharsets.US_ASCII);
    }
    throw new ErrnoException(Errno.ENODATA);
  }

  @Override
  public byte[] listxattr(long nodeId) {
    return "user.id\0".getBytes(StandardCharsets.US_ASCII);
  }
}
