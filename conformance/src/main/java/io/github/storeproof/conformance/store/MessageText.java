package io.github.storeproof.conformance.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Messages for people: every field by its name, long values cut. *Immutable.*
final class MessageText {
  private static final int SHOWN_BYTES = 24;
  private static final int SHOWN_LETTERS = 80;
  private static final int SHOWN_ELEMENTS = 4;

  private MessageText() {}

  /// The message that the bytes are, or the bytes where they are none.
  static String of(Message kind, byte[] bytes) {
    try {
      return fields(kind.getParserForType().parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      return "no "
          + kind.getDescriptorForType().getName()
          + ": "
          + bytes(ByteString.copyFrom(bytes));
    }
  }

  private static String fields(MessageOrBuilder message) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      parts.add(field.getKey().getName() + ": " + value(field.getValue()));
    }
    if (!message.getUnknownFields().asMap().isEmpty()) {
      parts.add("unknown fields " + message.getUnknownFields().asMap().keySet());
    }
    return "{" + String.join(", ", parts) + "}";
  }

  private static String value(Object value) {
    return switch (value) {
      case ByteString bytes -> bytes(bytes);
      case String text -> text(text);
      case EnumValueDescriptor constant -> constant.getName();
      case MessageOrBuilder message -> fields(message);
      case List<?> list -> list(list);
      case Object other -> String.valueOf(other);
    };
  }

  private static String list(List<?> list) {
    String shown =
        list.stream()
            .limit(SHOWN_ELEMENTS)
            .map(MessageText::value)
            .collect(Collectors.joining(", "));
    int more = list.size() - SHOWN_ELEMENTS;
    return more <= 0 ? "[" + shown + "]" : "[" + shown + ", … " + more + " more]";
  }

  private static String text(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
    return escaped.length() <= SHOWN_LETTERS
        ? '"' + escaped + '"'
        : '"' + escaped.substring(0, SHOWN_LETTERS) + "…\" (" + text.length() + " characters)";
  }

  /// Bytes as text where they are some, as hexadecimal digits elsewhere.
  static String bytes(ByteString bytes) {
    int shown = Math.min(bytes.size(), SHOWN_BYTES);
    ByteString head = bytes.substring(0, shown);
    boolean isText = shown > 0;
    for (int i = 0; i < shown; i++) {
      isText &= head.byteAt(i) >= ' ' && head.byteAt(i) <= '~';
    }
    String digits =
        isText
            ? '"' + head.toString(StandardCharsets.US_ASCII) + '"'
            : HexFormat.of().formatHex(head.toByteArray());
    if (bytes.isEmpty()) {
      return "empty";
    }
    return digits + (shown < bytes.size() ? "…" : "") + " (" + bytes.size() + " bytes)";
  }
}
