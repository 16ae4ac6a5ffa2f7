package io.github.storeproof.store.faulty;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;

/// The operations of a [FaultyFileSystem]: those that change something may fail.
final class FaultyProvider extends FileSystemProvider {
  private final FaultyFileSystem system;
  private final FileSystemProvider sound;
  private final Fault fault;

  FaultyProvider(FaultyFileSystem system, FileSystemProvider sound, Fault fault) {
    this.system = system;
    this.sound = sound;
    this.fault = fault;
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (options.contains(StandardOpenOption.CREATE_NEW)) {
      cut();
    }
    return new FaultyChannel(sound.newFileChannel(system.under(path), options, attributes), fault);
  }

  /// Counts an operation that has no half.
  private void cut() throws IOException {
    if (fault.next()) {
      throw Fault.failure();
    }
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return sound.newByteChannel(system.under(path), options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    return sound.newDirectoryStream(system.under(directory), filter);
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    cut();
    sound.createDirectory(system.under(directory), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    cut();
    sound.delete(system.under(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    cut();
    sound.copy(system.under(source), system.under(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    boolean isCutShort = fault.next();
    sound.move(system.under(source), system.under(target), options);
    if (isCutShort) {
      // It has happened, and nobody hears of it.
      throw Fault.failure();
    }
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return sound.isSameFile(system.under(path), system.under(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return sound.isHidden(system.under(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return sound.getFileStore(system.under(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    sound.checkAccess(system.under(path), modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return sound.getFileAttributeView(system.under(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return sound.readAttributes(system.under(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return sound.readAttributes(system.under(path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    sound.setAttribute(system.under(path), attribute, value, options);
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException("made by its constructor");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    return system.over(sound.getPath(uri));
  }
}
