package io.github.storeproof.conformance.prober.frame;

import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Arguments as bytes: a letter for each kind, then its fields in their order. Byte strings have a 4-byte length before them.
final class ArgCodec {
  private ArgCodec() {}

  static void writeAll(DataOutputStream out, List<Arg> args) throws IOException {
    out.writeInt(args.size());
    for (Arg arg : args) {
      write(out, arg);
    }
  }

  static void write(DataOutputStream out, Arg arg) throws IOException {
    switch (arg) {
      case Arg.Num(long value, String symbol) -> {
        out.writeByte('n');
        out.writeLong(value);
        out.writeUTF(symbol);
      }
      case Arg.OpenFlags(int flags) -> {
        out.writeByte('f');
        out.writeInt(flags);
      }
      case Arg.CString(Bytes value) -> writeBytes(out, 'c', value);
      case Arg.RootPath(Bytes relative) -> writeBytes(out, 'p', relative);
      case Arg.RootDir _ -> out.writeByte('d');
      case Arg.Result(Arg.Ref ref) -> writeReference(out, 'r', ref);
      case Arg.OutInt(Arg.Ref ref, int outIndex, int offsetBytes) -> {
        writeReference(out, 'i', ref);
        out.writeInt(outIndex);
        out.writeInt(offsetBytes);
      }
      case Arg.OutBytes(Arg.Ref ref, int outIndex) -> {
        writeReference(out, 'b', ref);
        out.writeInt(outIndex);
      }
      case Arg.DirentOffset(Arg.Ref ref, int entryIndex) -> {
        writeReference(out, 'e', ref);
        out.writeInt(entryIndex);
      }
      case Arg.Out(int sizeBytes, boolean resultIsLength) -> {
        out.writeByte('o');
        out.writeInt(sizeBytes);
        out.writeBoolean(resultIsLength);
      }
      case Arg.OutVector(List<Integer> sizesBytes) -> {
        out.writeByte('v');
        out.writeInt(sizesBytes.size());
        for (int size : sizesBytes) {
          out.writeInt(size);
        }
      }
      case Arg.In(Bytes value) -> writeBytes(out, 'I', value);
      case Arg.InOut(Bytes initial) -> writeBytes(out, 'O', initial);
    }
  }

  static List<Arg> readAll(DataInputStream in) throws IOException {
    int count = readCount(in);
    List<Arg> args = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      args.add(read(in));
    }
    return args;
  }

  static Arg read(DataInputStream in) throws IOException {
    int kind = in.readUnsignedByte();
    return switch (kind) {
      case 'n' -> new Arg.Num(in.readLong(), in.readUTF());
      case 'f' -> new Arg.OpenFlags(in.readInt());
      case 'c' -> new Arg.CString(readBytes(in));
      case 'p' -> new Arg.RootPath(readBytes(in));
      case 'd' -> new Arg.RootDir();
      case 'r' -> new Arg.Result(readReference(in));
      case 'i' -> new Arg.OutInt(readReference(in), in.readInt(), in.readInt());
      case 'b' -> new Arg.OutBytes(readReference(in), in.readInt());
      case 'e' -> new Arg.DirentOffset(readReference(in), in.readInt());
      case 'o' -> new Arg.Out(in.readInt(), in.readBoolean());
      case 'v' -> new Arg.OutVector(readSizes(in));
      case 'I' -> new Arg.In(readBytes(in));
      case 'O' -> new Arg.InOut(readBytes(in));
      default -> throw new IOException("argument of kind " + kind);
    };
  }

  static void writeBytes(DataOutputStream out, Bytes bytes) throws IOException {
    out.writeInt(bytes.length());
    bytes.writeTo(out);
  }

  static Bytes readBytes(DataInputStream in) throws IOException {
    int length = readCount(in);
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("byte string ends after " + bytes.length + " of " + length + " bytes");
    }
    return Bytes.wrap(bytes);
  }

  /// A count can be no larger than the bytes that are left, as each thing counted takes at least one.
  static int readCount(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available()) {
      throw new IOException("count of " + count + " with " + in.available() + " bytes left");
    }
    return count;
  }

  private static void writeBytes(DataOutputStream out, char kind, Bytes bytes) throws IOException {
    out.writeByte(kind);
    writeBytes(out, bytes);
  }

  private static void writeReference(DataOutputStream out, char kind, Arg.Ref ref)
      throws IOException {
    out.writeByte(kind);
    out.writeInt(ref.callIndex());
    out.writeInt(ref.levelsUp());
  }

  private static Arg.Ref readReference(DataInputStream in) throws IOException {
    return new Arg.Ref(in.readInt(), in.readInt());
  }

  private static List<Integer> readSizes(DataInputStream in) throws IOException {
    int count = readCount(in);
    List<Integer> sizes = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      sizes.add(in.readInt());
    }
    return sizes;
  }
}
