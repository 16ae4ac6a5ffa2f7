package io.github.storeproof.conformance.target;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.fixtures.RawBytes;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Commands of the shell in place of a reader.
class ArchiveReaderTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final TreeMap<String, RawBytes> archives =
      new TreeMap<>(Map.of("a.nar", raw("first"), "b.nar", raw("second")));
  private Workspace workspace;

  @BeforeEach
  void open() throws TargetException {
    workspace = Workspace.create(false);
  }

  @AfterEach
  void close() {
    workspace.close();
  }

  private static RawBytes raw(String text) {
    return RawBytes.of(text.getBytes(UTF_8));
  }

  private ArchiveCopies read(String command, Duration limit) throws TargetException {
    return new ArchiveReader(command, workspace).read(archives, limit);
  }

  @Test
  void whatTheCommandWritesIsFoundByItsName() throws TargetException {
    ArchiveCopies copies = read("cp {nar}/* {out}/", LONG);
    assertThat(copies.copies()).isEqualTo(archives);
    assertThat(copies.end().ok()).isTrue();
  }

  @Test
  void whatIsNoFileIsNoCopy() throws TargetException {
    ArchiveCopies copies =
        read("mkdir {out}/a.nar; ln -s {nar}/b.nar {out}/b.nar; echo no; exit 3", LONG);
    assertThat(copies.copies()).isEmpty();
    assertThat(copies.end().exit()).isEqualTo(3);
    assertThat(copies.end().output()).contains("| no");
  }

  @Test
  void aCommandThatDoesNotEndIsEnded() throws TargetException {
    ArchiveCopies copies = read("cp {nar}/a.nar {out}/; exec sleep 1000", SHORT);
    assertThat(copies.end().timedOut()).isTrue();
    assertThat(copies.end().output()).startsWith("it has not ended after 0.2 s: cp ");
  }
}
