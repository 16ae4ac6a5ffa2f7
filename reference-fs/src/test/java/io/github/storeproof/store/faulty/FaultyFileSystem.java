package io.github.storeproof.store.faulty;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Set;

/// A filesystem over another one, whose operations go wrong as a [Fault] says.
public final class FaultyFileSystem extends FileSystem {
  private final FileSystem sound;
  private final FaultyProvider provider;

  public FaultyFileSystem(FileSystem sound, Fault fault) {
    this.sound = sound;
    this.provider = new FaultyProvider(this, sound.provider(), fault);
  }

  /// A path of the sound filesystem as one of this.
  public Path over(Path path) {
    return (Path)
        Proxy.newProxyInstance(
            Path.class.getClassLoader(),
            new Class<?>[] {Path.class},
            (_, method, arguments) -> {
              if (method.getName().equals("getFileSystem")) {
                return this;
              }
              Object[] under = arguments == null ? new Object[0] : arguments.clone();
              for (int i = 0; i < under.length; i++) {
                under[i] = under[i] instanceof Path other ? under(other) : under[i];
              }
              try {
                Object result = method.invoke(path, under);
                return result instanceof Path below ? over(below) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /// A path of this filesystem as one of the sound one.
  Path under(Path path) {
    return path.getFileSystem() == this ? sound.getPath(path.toString()) : path;
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() throws IOException {
    sound.close();
  }

  @Override
  public boolean isOpen() {
    return sound.isOpen();
  }

  @Override
  public boolean isReadOnly() {
    return sound.isReadOnly();
  }

  @Override
  public String getSeparator() {
    return sound.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return sound.getRootDirectories();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return sound.getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return sound.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return over(sound.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    return sound.getPathMatcher(syntaxAndPattern);
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return sound.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    return sound.newWatchService();
  }
}
