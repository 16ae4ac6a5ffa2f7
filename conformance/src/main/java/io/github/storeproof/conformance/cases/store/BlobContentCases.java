package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.model.Blake3;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// Contents that look like something which a store, or what is between it and its disk, knows how to treat.
class BlobContentCases {
  private static final int PLAIN_BYTES = 200;
  private static final int ZEROES = 8192;

  /// A frame of one segment, whose size has one byte, and in it the header of a last block as it is.
  private static final byte[] ZSTD = {
    0x28,
    (byte) 0xb5,
    0x2f,
    (byte) 0xfd,
    0x20,
    (byte) PLAIN_BYTES,
    1 | (byte) (PLAIN_BYTES << 3),
    PLAIN_BYTES >> 5,
    0
  };

  @Checks("BLOB-2")
  void contentsComeBackWhateverTheyLookLike(StoreSubject subject) {
    byte[] plain = Blobs.random(subject.random(), PLAIN_BYTES);
    contents(plain)
        .forEach((what, content) -> {
          Dialog dialog = subject.dialog();
          Blobs.put(dialog, content);
          dialog.want(
              "Read of " + what,
              dialog.call(StoreMethod.BLOB_READ, Blobs.readRequest(Blake3.hash(content).toBytes())),
              Blobs.content(content));
        });
  }

  private static Map<String, byte[]> contents(byte[] plain) {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put("a gzip file", gzip(plain));
    contents.put("a zstd frame", joined(ZSTD, plain));
    contents.put("bytes that end in a line break", joined(plain, text("\n")));
    contents.put("bytes that end in a line break of two", joined(plain, text("\r\n")));
    contents.put("bytes that begin with blanks", joined(text(" \t"), plain));
    contents.put("bytes that begin as text does", joined(text("\ufeff"), plain));
    contents.put("bytes that end in zeroes", Arrays.copyOf(plain, PLAIN_BYTES + ZEROES));
    contents.put("bytes that begin with zeroes", joined(new byte[ZEROES], plain));
    contents.put("zeroes", new byte[ZEROES]);
    return contents;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
