package io.github.storeproof.conformance.target;

import io.github.storeproof.fixtures.RawBytes;
import java.util.Map;
import java.util.TreeMap;

/// What a target's reader of archives made of some. *Immutable.*
///
/// @param end how its command ended
/// @param copies by the name of an archive, what was written of it again; of one that was refused, nothing
public record ArchiveCopies(OuterCommand end, Map<String, RawBytes> copies) {
  public ArchiveCopies {
    copies = java.util.Collections.unmodifiableMap(new TreeMap<>(copies));
  }
}
