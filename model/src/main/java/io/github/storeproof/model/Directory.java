package io.github.storeproof.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The entries of one directory: names, each once, and what they stand for.
///
/// All entries are in one order, that of their names' unsigned bytes; the three lists of the wire
/// format are [DirectoryCodec]'s affair. *Immutable* and thread-safe.
public final class Directory {
  /// The directory without entries.
  public static final Directory EMPTY = builder().build();

  private final PathComponent[] names;
  private final Node[] nodes;
  private final long childSizes;

  // Computed at the first call; a race computes the same value twice.
  private @Nullable B3Digest digest;

  private Directory(PathComponent[] names, Node[] nodes) {
    this.names = names;
    this.nodes = nodes;
    this.childSizes = sumOfChildSizes(nodes);
  }

  /// The directory with these entries.
  ///
  /// @throws InvalidDataException when the sizes overflow
  public static Directory of(Map<PathComponent, Node> entries) {
    Builder builder = builder();
    entries.forEach(builder::add);
    return builder.build();
  }

  /// A directory to be filled.
  public static Builder builder() {
    return new Builder();
  }

  private static long sumOfChildSizes(Node[] nodes) {
    long sum = 0;
    for (Node node : nodes) {
      if (node instanceof DirectoryNode child) {
        if (child.size() > Long.MAX_VALUE - sum) {
          throw SizeRule.overflow();
        }
        sum += child.size();
      }
    }
    // The rule with the greater sizes decides, so that size() of a directory never overflows.
    SizeRule.SNIX.sizeOf(nodes.length, sum);
    return sum;
  }

  /// How many entries there are.
  public int entryCount() {
    return names.length;
  }

  /// The name of the entry at `index`, 0..[#entryCount]-1 in the order of names.
  public PathComponent nameAt(int index) {
    return names[index];
  }

  /// The node of the entry at `index`, 0..[#entryCount]-1 in the order of names.
  public Node nodeAt(int index) {
    return nodes[index];
  }

  /// The index of the entry with this name, or -1. Takes the logarithm of the entry count.
  public int indexOf(byte[] name) {
    int low = 0;
    int high = names.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = names[middle].compareToBytes(name);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /// The node with this name.
  public Optional<Node> find(PathComponent name) {
    int index = Arrays.binarySearch(names, name);
    return index < 0 ? Optional.empty() : Optional.of(nodes[index]);
  }

  /// Calls `visitor` with each entry in the order of names.
  public void forEach(BiConsumer<? super PathComponent, ? super Node> visitor) {
    for (int i = 0; i < names.length; i++) {
      visitor.accept(names[i], nodes[i]);
    }
  }

  /// The size that the parent's entry for this directory has; a count of entries, not of bytes.
  ///
  /// @param rule the rule under which the sizes of the directories in it were counted too
  public long size(SizeRule rule) {
    return rule.sizeOf(names.length, childSizes);
  }

  /// The digest of the canonical encoding.
  public B3Digest digest() {
    B3Digest known = digest;
    if (known == null) {
      known = Blake3.hash(DirectoryCodec.encode(this));
      digest = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Directory directory
        && Arrays.equals(names, directory.names)
        && Arrays.equals(nodes, directory.nodes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(names) + Arrays.hashCode(nodes);
  }

  @Override
  public String toString() {
    return "Directory[" + names.length + " entries, " + digest() + "]";
  }

  /// Collects entries, in any order, for one directory. *Confined*; after [#build] it is spent.
  public static final class Builder {
    private record Entry(PathComponent name, Node node) {}

    private final List<Entry> entries = new ArrayList<>();

    private Builder() {}

    /// Adds an entry.
    public Builder add(PathComponent name, Node node) {
      entries.add(new Entry(name, node));
      return this;
    }

    /// The directory with the entries added so far.
    ///
    /// @throws InvalidDataException when a name was added twice or the sizes overflow
    public Directory build() {
      entries.sort(Comparator.comparing(Entry::name));
      PathComponent[] names = new PathComponent[entries.size()];
      Node[] nodes = new Node[entries.size()];
      for (int i = 0; i < names.length; i++) {
        names[i] = entries.get(i).name();
        nodes[i] = entries.get(i).node();
        if (i > 0 && names[i].equals(names[i - 1])) {
          throw duplicate(names[i]);
        }
      }
      return new Directory(names, nodes);
    }
  }

  /// The refusal of `name` where a name after `previous` is wanted.
  static InvalidDataException outOfOrder(PathComponent previous, PathComponent name) {
    return previous.equals(name)
        ? duplicate(name)
        : new InvalidDataException(
            Violation.ENTRY_ORDER,
            "name \""
                + name
                + "\" comes after \""
                + previous
                + "\", want ascending order of bytes");
  }

  private static InvalidDataException duplicate(PathComponent name) {
    return new InvalidDataException(
        Violation.ENTRY_DUPLICATE, "name \"" + name + "\" is there twice, want each name once");
  }
}
