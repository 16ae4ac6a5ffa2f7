package io.github.storeproof.model;

import java.util.List;
import java.util.Optional;

/// What a path info says of the NAR of its tree. *Immutable*.
///
/// @param narSize the bytes of the NAR, 0..2^63-1
/// @param narSha256 the SHA-256 of the NAR
/// @param signatures signatures over the path info's fingerprint, in the order they were given
/// @param deriver the derivation that built the path; its name leaves out the `.drv`
/// @param contentAddress the digest that the store path was made from, when it was made from one
public record NarInfo(
    long narSize,
    Sha256Digest narSha256,
    List<Signature> signatures,
    Optional<StorePath> deriver,
    Optional<ContentAddress> contentAddress) {
  /// @throws InvalidDataException when the size is out of range
  public NarInfo {
    NodeSize.check(narSize);
    signatures = List.copyOf(signatures);
  }

  /// Of a NAR about which nothing more is known.
  public static NarInfo of(long narSize, Sha256Digest narSha256) {
    return new NarInfo(narSize, narSha256, List.of(), Optional.empty(), Optional.empty());
  }
}
