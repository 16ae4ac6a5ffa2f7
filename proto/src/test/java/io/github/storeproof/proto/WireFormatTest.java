package io.github.storeproof.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.MessageLite;
import io.github.storeproof.proto.castore.v1.BlobServiceGrpc;
import io.github.storeproof.proto.castore.v1.BlobServiceProto;
import io.github.storeproof.proto.castore.v1.CastoreProto;
import io.github.storeproof.proto.castore.v1.DirectoryServiceGrpc;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto;
import io.github.storeproof.proto.store.v1.PathInfoProto;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo;
import io.github.storeproof.proto.store.v1.PathInfoServiceGrpc;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Pins what peers see: names, numbers and types of every message, the methods of every service, and
/// the bytes of some messages, written out by hand.
class WireFormatTest {

  @Test
  void castoreMessagesHaveTheDeployedNamesAndNumbers() {
    assertThat(messagesOf(CastoreProto.getDescriptor()))
        .containsExactly(
            "snix.castore.v1.Directory: repeated DirectoryEntry directories = 1,"
                + " repeated FileEntry files = 2, repeated SymlinkEntry symlinks = 3",
            "snix.castore.v1.DirectoryEntry: bytes name = 1, bytes digest = 2, uint64 size = 3",
            "snix.castore.v1.FileEntry: bytes name = 1, bytes digest = 2, uint64 size = 3,"
                + " bool executable = 4",
            "snix.castore.v1.SymlinkEntry: bytes name = 1, bytes target = 2",
            "snix.castore.v1.Entry: oneof entry DirectoryEntry directory = 1,"
                + " oneof entry FileEntry file = 2, oneof entry SymlinkEntry symlink = 3");
  }

  @Test
  void blobServiceMessagesHaveTheDeployedNamesAndNumbers() {
    assertThat(messagesOf(BlobServiceProto.getDescriptor()))
        .containsExactly(
            "snix.castore.v1.StatBlobRequest: bytes digest = 1, bool send_chunks = 2,"
                + " bool send_bao = 3",
            "snix.castore.v1.StatBlobResponse: repeated ChunkMeta chunks = 2, bytes bao = 3",
            "snix.castore.v1.StatBlobResponse.ChunkMeta: bytes digest = 1, uint64 size = 2",
            "snix.castore.v1.ReadBlobRequest: bytes digest = 1",
            "snix.castore.v1.BlobChunk: bytes data = 1",
            "snix.castore.v1.PutBlobResponse: bytes digest = 1");
  }

  @Test
  void directoryServiceMessagesHaveTheDeployedNamesAndNumbers() {
    assertThat(messagesOf(DirectoryServiceProto.getDescriptor()))
        .containsExactly(
            "snix.castore.v1.GetDirectoryRequest: oneof by_what bytes digest = 1,"
                + " bool recursive = 2",
            "snix.castore.v1.PutDirectoryResponse: bytes root_digest = 1");
  }

  @Test
  void pathInfoMessagesHaveTheDeployedNamesAndNumbers() {
    assertThat(messagesOf(PathInfoProto.getDescriptor()))
        .containsExactly(
            "snix.store.v1.PathInfo: Entry entry = 1, repeated bytes references = 2,"
                + " NARInfo narinfo = 3",
            "snix.store.v1.StorePath: string name = 1, bytes digest = 2",
            "snix.store.v1.NARInfo: uint64 nar_size = 1, bytes nar_sha256 = 2,"
                + " repeated Signature signatures = 3, repeated string reference_names = 4,"
                + " StorePath deriver = 5, CA ca = 6",
            "snix.store.v1.NARInfo.Signature: string name = 1, bytes data = 2",
            "snix.store.v1.NARInfo.CA: Hash type = 1, bytes digest = 2");
  }

  @Test
  void kindsOfContentAddressHaveTheDeployedNumbers() {
    assertThat(NARInfo.CA.Hash.getDescriptor().getValues())
        .extracting(EnumValueDescriptor::getName)
        .containsExactly(
            "NAR_SHA256",
            "NAR_SHA1",
            "NAR_SHA512",
            "NAR_MD5",
            "TEXT_SHA256",
            "FLAT_SHA1",
            "FLAT_MD5",
            "FLAT_SHA256",
            "FLAT_SHA512");
    assertThat(NARInfo.CA.Hash.getDescriptor().getValues())
        .extracting(EnumValueDescriptor::getNumber)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void pathInfoServiceMessagesHaveTheDeployedNamesAndNumbers() {
    assertThat(messagesOf(PathInfoServiceProto.getDescriptor()))
        .containsExactly(
            "snix.store.v1.GetPathInfoRequest: oneof by_what bytes by_output_hash = 1",
            "snix.store.v1.ListPathInfoRequest: ",
            "snix.store.v1.CalculateNARResponse: uint64 nar_size = 1, bytes nar_sha256 = 2");
  }

  @Test
  void servicesHaveTheDeployedMethods() {
    assertThat(methodsOf(BlobServiceGrpc.getServiceDescriptor()))
        .containsExactly(
            "snix.castore.v1.BlobService/Stat UNARY",
            "snix.castore.v1.BlobService/Read SERVER_STREAMING",
            "snix.castore.v1.BlobService/Put CLIENT_STREAMING");
    assertThat(methodsOf(DirectoryServiceGrpc.getServiceDescriptor()))
        .containsExactly(
            "snix.castore.v1.DirectoryService/Get SERVER_STREAMING",
            "snix.castore.v1.DirectoryService/Put CLIENT_STREAMING");
    assertThat(methodsOf(PathInfoServiceGrpc.getServiceDescriptor()))
        .containsExactly(
            "snix.store.v1.PathInfoService/Get UNARY",
            "snix.store.v1.PathInfoService/Put UNARY",
            "snix.store.v1.PathInfoService/CalculateNAR UNARY",
            "snix.store.v1.PathInfoService/List SERVER_STREAMING");
  }

  @Test
  void directoryIsEncodedInTheOrderOfItsFields() {
    var directory =
        CastoreProto.Directory.newBuilder()
            .addSymlinks(
                CastoreProto.SymlinkEntry.newBuilder().setName(bytes("l")).setTarget(bytes("t")))
            .addFiles(
                CastoreProto.FileEntry.newBuilder()
                    .setName(bytes("f"))
                    .setDigest(bytes("FF"))
                    .setSize(300)
                    .setExecutable(true))
            .addDirectories(
                CastoreProto.DirectoryEntry.newBuilder()
                    .setName(bytes("d"))
                    .setDigest(bytes("DD"))
                    .setSize(0))
            .build();
    assertThat(hexOf(directory))
        .isEqualTo(
            "0a07"
                + "0a0164"
                + "12024444" // the size 0 is left out
                + "120c"
                + "0a0166"
                + "12024646"
                + "18ac02"
                + "2001"
                + "1a06"
                + "0a016c"
                + "120174");
  }

  @Test
  void emptyDirectoryHasNoBytes() {
    assertThat(hexOf(CastoreProto.Directory.getDefaultInstance())).isEmpty();
  }

  @Test
  void chunkListIsEncodedUnderTheDeployedNumbers() {
    var response =
        BlobServiceProto.StatBlobResponse.newBuilder()
            .addChunks(
                BlobServiceProto.StatBlobResponse.ChunkMeta.newBuilder()
                    .setDigest(bytes("C"))
                    .setSize(128))
            .setBao(bytes("b"))
            .build();
    assertThat(hexOf(response)).isEqualTo("1206" + "0a0143" + "108001" + "1a0162");
  }

  @Test
  void pathInfoIsEncodedUnderTheDeployedNumbers() {
    var info =
        PathInfoProto.PathInfo.newBuilder()
            .setEntry(
                CastoreProto.Entry.newBuilder()
                    .setSymlink(CastoreProto.SymlinkEntry.newBuilder().setTarget(bytes("t"))))
            .addReferences(bytes("R"))
            .setNarinfo(
                NARInfo.newBuilder()
                    .setNarSize(1)
                    .setNarSha256(bytes("N"))
                    .addSignatures(NARInfo.Signature.newBuilder().setName("k").setData(bytes("s")))
                    .addReferenceNames("r")
                    .setDeriver(
                        PathInfoProto.StorePath.newBuilder().setName("d").setDigest(bytes("D")))
                    .setCa(
                        NARInfo.CA
                            .newBuilder()
                            .setType(NARInfo.CA.Hash.TEXT_SHA256)
                            .setDigest(bytes("C"))))
            .build();
    assertThat(hexOf(info))
        .isEqualTo(
            "0a05" + "1a03" + "120174" + "120152" + "1a1f" + "0801" + "12014e" + "1a06" + "0a016b"
                + "120173" + "220172" + "2a06" + "0a0164" + "120144" + "3205" + "0804" + "120143");
  }

  private static List<String> messagesOf(FileDescriptor file) {
    return file.getMessageTypes().stream().flatMap(WireFormatTest::withNested).toList();
  }

  private static Stream<String> withNested(Descriptor message) {
    String fields =
        message.getFields().stream().map(WireFormatTest::line).collect(Collectors.joining(", "));
    return Stream.concat(
        Stream.of(message.getFullName() + ": " + fields),
        message.getNestedTypes().stream().flatMap(WireFormatTest::withNested));
  }

  private static String line(FieldDescriptor field) {
    String type =
        switch (field.getJavaType()) {
          case MESSAGE -> field.getMessageType().getName();
          case ENUM -> field.getEnumType().getName();
          case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
              field.getType().name().toLowerCase(Locale.ROOT);
        };
    String oneof =
        field.getContainingOneof() == null
            ? ""
            : "oneof " + field.getContainingOneof().getName() + " ";
    String repeated = field.isRepeated() ? "repeated " : "";
    return oneof + repeated + type + " " + field.getName() + " = " + field.getNumber();
  }

  private static List<String> methodsOf(ServiceDescriptor service) {
    return service.getMethods().stream().map(WireFormatTest::line).toList();
  }

  private static String line(MethodDescriptor<?, ?> method) {
    return method.getFullMethodName() + " " + method.getType();
  }

  private static String hexOf(MessageLite message) {
    return HexFormat.of().formatHex(message.toByteArray());
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
