package io.github.storeproof.model;

import java.util.List;
import java.util.stream.Collectors;

/// A store path and what is there: its root node, what it refers to, and its NAR. *Immutable*.
///
/// Each part is text that a narinfo can carry: no name, reference, signature or content address can
/// hold a blank or the end of a line.
///
/// @param path the store path
/// @param node the root node
/// @param references the store paths that the content mentions, ascending, each once; may hold `path`
/// @param narInfo what is known of the NAR
public record PathInfo(StorePath path, Node node, List<StorePath> references, NarInfo narInfo) {
  /// @throws InvalidDataException when references are out of order or twice there, or when a content
  ///     address says something else than the store path or the NAR's digest
  public PathInfo {
    references = List.copyOf(references);
    checkReferences(references);
    if (references.isEmpty()) {
      narInfo.contentAddress().ifPresent(address -> checkAddress(address, path, narInfo));
    }
  }

  private static void checkReferences(List<StorePath> references) {
    for (int i = 1; i < references.size(); i++) {
      StorePath previous = references.get(i - 1);
      StorePath reference = references.get(i);
      int order = previous.compareTo(reference);
      if (order == 0) {
        throw new InvalidDataException(
            Violation.REFERENCE_DUPLICATE,
            "reference " + reference + " is there twice, want each reference once");
      }
      if (order > 0) {
        throw new InvalidDataException(
            Violation.REFERENCE_ORDER,
            "reference " + reference + " comes after " + previous + ", want ascending order");
      }
    }
  }

  // With references, the path is made from them too and the digest may leave the path's own name
  // out: without them, all three follow from the NAR.
  private static void checkAddress(ContentAddress address, StorePath path, NarInfo narInfo) {
    if (address.hash() != CaHash.NAR_SHA256) {
      return;
    }
    Sha256Digest digest = Sha256Digest.of(address.digest());
    if (!digest.equals(narInfo.narSha256())) {
      throw new InvalidDataException(
          Violation.CONTENT_ADDRESS_MISMATCH,
          "content address is " + address + ", want the NAR's " + narInfo.narSha256());
    }
    StorePath made = StorePath.ofNar(address.digest(), path.name());
    if (!made.equals(path)) {
      throw new InvalidDataException(
          Violation.CONTENT_ADDRESS_MISMATCH,
          "store path is " + path + ", want " + made + " of " + address);
    }
  }

  /// What is signed: `1;<path>;sha256:<nixbase32>;<NAR size>;<references, comma-separated>`, with
  /// absolute paths.
  public String fingerprint() {
    return String.join(
        ";",
        "1",
        path.absolutePath(),
        narInfo.narSha256().toString(),
        Long.toString(narInfo.narSize()),
        references.stream().map(StorePath::absolutePath).collect(Collectors.joining(",")));
  }
}
