package io.github.storeproof.store.remote;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Messages as the bytes that they are on the wire: a directory's digest is that of these bytes, so
/// they must not be decoded and encoded again. *Immutable.*
public enum RawMessages implements Marshaller<byte[]> {
  /// The only one.
  INSTANCE;

  @Override
  public InputStream stream(byte[] message) {
    return new ByteArrayInputStream(message);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try (stream) {
      // Of a whole message it is known how much there is: room for it is made once.
      return stream instanceof KnownLength
          ? stream.readNBytes(stream.available())
          : stream.readAllBytes();
    } catch (IOException e) {
      throw Status.INTERNAL
          .withDescription("message cannot be read")
          .withCause(e)
          .asRuntimeException();
    }
  }
}
