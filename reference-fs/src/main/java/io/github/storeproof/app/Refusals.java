package io.github.storeproof.app;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.importer.ImportException;
import io.github.storeproof.transport.fusedev.MountException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// What a command could not do, as one line and an exit status.
final class Refusals implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parseResult)
      throws Exception {
    switch (e) {
      case MountException refused -> print(commandLine, refused);
      case ImportException refused -> print(commandLine, refused);
      case ListenException refused -> print(commandLine, refused);
      case StoreException accident -> {
        print(commandLine, accident);
        return accident.failure() == StoreFailure.REFUSED ? Main.REFUSED : Main.ACCIDENT;
      }
      default -> throw e;
    }
    return Main.REFUSED;
  }

  static void print(CommandLine commandLine, Exception e) {
    commandLine.getErr().println("castore: " + e.getMessage());
    commandLine.getErr().flush();
  }
}
