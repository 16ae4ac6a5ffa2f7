package io.github.storeproof.ci.mutant;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.fuse.wire.Requests;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Faults in extended attributes.
final class XattrMutants {
  private static final String BLOB = "user.snix.castore.blob.digest";
  private static final int LONG_NAME_BYTES = 200;

  static final List<Mutant> ALL =
      List.of(
          sized("TheLengthOfAnAttributeIsNotTold", "result 51", XattrMutants::lengthZero),
          sized("SmallBuffersAreCut", "ERANGE", XattrMutants::cut),
          sized("TheSizeOfTheBufferIsIgnored", "result 51", XattrMutants::always),
          values("DigestsAreHexadecimal", "XAT-1", "bytes", XattrMutants::hexadecimal),
          values("DigestsEndWithANul", "XAT-1", "52 bytes", XattrMutants::ended),
          values("DirectoriesTellNoDigest", "XAT-1", "ENODATA", XattrMutants::onlyOfFiles),
          values("AbsentAttributesAreErrors", "XAT-2", "EIO", XattrMutants::absentIsAnError),
          values("AbsentAttributesAreEmpty", "XAT-2", "ENODATA", XattrMutants::absentIsEmpty),
          values("AttributesMatchByTheirStart", "XAT-2", "result 51", XattrMutants::byPrefix),
          values("EveryNodeHasCapabilities", "XAT-2", "result", XattrMutants::capabilities),
          values("LongNamesOfAttributesAreErrors", "XAT-2", "EIO", XattrMutants::longNames),
          lists("ListsHaveNoNul", "XAT-1", "EIO", (right, node) -> unended(right.listxattr(node))),
          lists("ListsAreEmpty", "XAT-1", "the list", (_, _) -> new byte[0]),
          lists(
              "ListsNameWhatIsNotThere",
              "XAT-2",
              "user.ghost",
              (right, node) -> concat(right.listxattr(node), "user.ghost\0")),
          lists("TheRootListsADigest", "XAT-2", "the list", XattrMutants::alsoOfTheRoot),
          lists("ListsAreErrors", "XAT-2", "EIO", (_, _) -> refuse(Errno.EIO)));

  /// The kernel refuses a value of another form itself.
  private static final byte[] NO_CAPABILITIES_REVISION_2 = {0, 0, 0, 2};

  private XattrMutants() {}

  /// What a fault makes of a value and the size of the buffer for it.
  @FunctionalInterface
  private interface SizeFault {
    Optional<byte[]> reply(byte[] value, long sizeBytes);
  }

  /// What a fault gives for a name.
  @FunctionalInterface
  private interface ValueFault {
    byte[] value(FuseOperations right, long nodeId, String name) throws ErrnoException;
  }

  /// What a fault lists.
  @FunctionalInterface
  private interface ListFault {
    byte[] list(FuseOperations right, long nodeId) throws ErrnoException;
  }

  private static Mutant sized(String name, String message, SizeFault fault) {
    return Mutant.of(
        name,
        "XAT-1",
        message,
        right ->
            new Answering(
                right,
                0,
                (operations, opcode, nodeId, request) -> {
                  if (opcode != Opcode.GETXATTR) {
                    return Optional.empty();
                  }
                  byte[] value = operations.getxattr(nodeId, nameIn(request));
                  return fault.reply(value, Requests.xattrSizeBytes(request));
                }));
  }

  private static byte[] nameIn(MemorySegment request) {
    byte[] name = Requests.name(request, Requests.XATTR_NAME, request.byteSize());
    return name == null ? new byte[0] : name;
  }

  private static Optional<byte[]> lengthZero(byte[] value, long sizeBytes) {
    return sizeBytes == 0 ? Optional.of(new byte[8]) : Optional.empty();
  }

  private static Optional<byte[]> cut(byte[] value, long sizeBytes) {
    return sizeBytes > 0 && sizeBytes < value.length
        ? Optional.of(Arrays.copyOf(value, (int) sizeBytes))
        : Optional.empty();
  }

  private static Optional<byte[]> always(byte[] value, long sizeBytes) {
    return Optional.of(value);
  }

  private static Mutant values(String name, String rule, String message, ValueFault fault) {
    return Mutant.of(
        name,
        rule,
        message,
        right ->
            new Forwarding(right) {
              @Override
              public byte[] getxattr(long nodeId, byte[] asked) throws ErrnoException {
                return fault.value(right, nodeId, new String(asked, ISO_8859_1));
              }
            });
  }

  private static Mutant lists(String name, String rule, String message, ListFault fault) {
    return Mutant.of(
        name,
        rule,
        message,
        right ->
            new Forwarding(right) {
              @Override
              public byte[] listxattr(long nodeId) throws ErrnoException {
                return fault.list(right, nodeId);
              }
            });
  }

  private static byte[] hexadecimal(FuseOperations right, long nodeId, String name)
      throws ErrnoException {
    String value = new String(rightValue(right, nodeId, name), ISO_8859_1);
    byte[] digest = Base64.getDecoder().decode(value.substring("blake3-".length()));
    return ("blake3-" + HexFormat.of().formatHex(digest)).getBytes(ISO_8859_1);
  }

  private static byte[] ended(FuseOperations right, long nodeId, String name)
      throws ErrnoException {
    return concat(rightValue(right, nodeId, name), "\0");
  }

  private static byte[] onlyOfFiles(FuseOperations right, long nodeId, String name)
      throws ErrnoException {
    return name.equals(BLOB) ? rightValue(right, nodeId, name) : refuse(Errno.ENODATA);
  }

  private static byte[] absentIsAnError(FuseOperations right, long nodeId, String name)
      throws ErrnoException {
    return name.startsWith("user.snix.") ? rightValue(right, nodeId, name) : refuse(Errno.EIO);
  }

  private static byte[] absentIsEmpty(FuseOperations right, long nodeId, String name)
      throws ErrnoException {
    return name.startsWith("user.snix.") ? rightValue(right, nodeId, name) : new byte[0];
  }

  private static byte[] byPrefix(FuseOperations right, long nodeId, String name)
      throws ErrnoException {
    return rightValue(right, nodeId, name.startsWith(BLOB) ? BLOB : name);
  }

  private static byte[] capabilities(FuseOperations right, long nodeId, String name)
      throws ErrnoException {
    return name.equals("security.capability")
        ? Arrays.copyOf(NO_CAPABILITIES_REVISION_2, 20)
        : rightValue(right, nodeId, name);
  }

  private static byte[] longNames(FuseOperations right, long nodeId, String name)
      throws ErrnoException {
    return name.length() > LONG_NAME_BYTES ? refuse(Errno.EIO) : rightValue(right, nodeId, name);
  }

  private static byte[] alsoOfTheRoot(FuseOperations right, long nodeId) throws ErrnoException {
    return nodeId == FuseOperations.ROOT_ID
        ? "user.snix.castore.directory.digest\0".getBytes(ISO_8859_1)
        : right.listxattr(nodeId);
  }

  private static byte[] rightValue(FuseOperations right, long nodeId, String name)
      throws ErrnoException {
    return right.getxattr(nodeId, name.getBytes(ISO_8859_1));
  }

  private static byte[] unended(byte[] list) {
    return list.length == 0 ? list : Arrays.copyOf(list, list.length - 1);
  }

  private static byte[] concat(byte[] bytes, String end) {
    byte[] all = Arrays.copyOf(bytes, bytes.length + end.length());
    System.arraycopy(end.getBytes(ISO_8859_1), 0, all, bytes.length, end.length());
    return all;
  }

  private static byte[] refuse(Errno errno) throws ErrnoException {
    throw new ErrnoException(errno);
  }
}
