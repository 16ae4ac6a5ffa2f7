package io.github.storeproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LogFormatTest {
  private static final String MESSAGE = "file has 1 bytes, want \"2\"";

  /// Logs a warning, in a process of its own.
  static final class Warning {
    private Warning() {}

    public static void main(String[] arguments) {
      System.getLogger(Warning.class.getName()).log(System.Logger.Level.WARNING, MESSAGE);
    }
  }

  private static String logged(String format) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Warning.class.getName());
    builder.environment().put(LogFormat.VARIABLE, format);
    // The JVM would speak of it first.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aLineOfTextIsForPeople() throws IOException {
    assertThat(logged("text"))
        .matches("\\d\\d:\\d\\d:\\d\\d.\\d{3} WARN  LogFormatTest\\$Warning " + MESSAGE + "\n");
  }

  @Test
  void aLineOfJsonIsForPrograms() throws IOException {
    String log = logged("json");
    assertThat(log.lines()).hasSize(1);
    JsonObject line = JsonParser.parseString(log).getAsJsonObject();
    assertThat(line.get("level").getAsString()).isEqualTo("WARN");
    assertThat(line.get("loggerName").getAsString()).isEqualTo(Warning.class.getName());
    assertThat(line.get("formattedMessage").getAsString()).isEqualTo(MESSAGE);
    assertThat(line.get("timestamp").getAsLong()).isPositive();
  }

  @Test
  void otherWordsAreRefused() {
    assertThat(LogFormat.refusal("xml"))
        .contains("STOREPROOF_LOG_FORMAT is 'xml', want text or json");
    assertThat(LogFormat.refusal("json")).isEmpty();
    assertThat(LogFormat.refusal("")).isPresent();
    assertThat(LogFormat.refusal(null)).isEmpty();
  }
}
