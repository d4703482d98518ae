package org.scorebound.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

  @TempDir private Path folder;

  private static byte[] file(String header, ByteBuffer data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(8 + json.length + data.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    return out.putLong(json.length).put(json).put(data.rewind()).array();
  }

  private static ByteBuffer bytes(int n) {
    return ByteBuffer.allocate(n).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path target = folder.resolve("a.safetensors");
    Safetensors.write(
        target,
        List.of(
            new Safetensors.Tensor("w", List.of(2, 3), new double[] {1, -0.0, 3e-308, 4, 5, 1e300}),
            new Safetensors.Tensor("b", List.of(2), new double[] {7, 8})));
    Safetensors read = Safetensors.read(target);
    assertThat(read.names()).containsExactly("w", "b");
    assertThat(read.tensor("w").shape()).containsExactly(2, 3);
    assertThat(read.tensor("w").data()).containsExactly(1, -0.0, 3e-308, 4, 5, 1e300);
    // Data begin at a multiple of eight, as the format advises.
    assertThat(ByteBuffer.wrap(Files.readAllBytes(target)).order(ByteOrder.LITTLE_ENDIAN).getLong())
        .satisfies(length -> assertThat(length % 8).isZero());
  }

  @Test
  void everyWidthIsReadExactly() {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"half\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[4,8]},"
            + "\"brain\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]},"
            + "\"single\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}";
    ByteBuffer data = bytes(12);
    data.putShort((short) 0x3F80).putShort((short) 0xC049); // 1 and -3.140625
    data.putShort((short) 0x3555).putShort((short) 0x0001); // 0.333251953125 and 2^-24
    data.putFloat(0.1f);
    Safetensors read = Safetensors.parse(file(header, data), "net");
    assertThat(read.tensor("brain").data()).containsExactly(1, -3.140625);
    assertThat(read.tensor("half").data()).containsExactly(0.333251953125, 0x1p-24);
    assertThat(read.tensor("single").data()).containsExactly(0.1f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"w\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}"
            + "|8|'w': dtype must be F64, F32, F16 or BF16, got I64",
        "{\"w\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,8]}}"
            + "|8|'w': shape 2 of F64 needs 16 bytes, data_offsets give 8",
        "{\"w\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]}}"
            + "|8|'w': data_offsets end at 16, the file has 8 bytes of data (truncated)",
        "{\"w\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"v\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[4,12]}}"
            + "|12|'v': data_offsets overlap 'w', which ends at 8: got [4, 12]",
        "{\"w\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"v\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[16,24]}}"
            + "|24|'v': data_offsets leave a hole after 'w', which ends at 8: got [16, 24]",
        "{\"w\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}"
            + "|16|8 bytes after 'w' belong to no tensor",
        "{\"w\":{\"dtype\":\"F64\",\"shape\":[-1],\"data_offsets\":[0,8]}}"
            + "|8|'w': shape must hold whole numbers",
        "{\"w\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0]}}"
            + "|8|'w': data_offsets must be [begin, end] in bytes",
        "{\"w\":{\"dtype\":\"F64\",\"shape\":[1]}}|8|missing field 'data_offsets' in w",
        "{\"w\"|8|net (header):1:",
      })
  void defectsAreOneLineWithTheTensorsName(String header, int size, String message) {
    assertThatThrownBy(() -> Safetensors.parse(file(header, bytes(size)), "net"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("net")
        .hasMessageContaining(message);
  }

  @Test
  void wrongHeaderLengthsAndNumbersThatAreNotFinite() {
    assertThatThrownBy(() -> Safetensors.parse(new byte[5], "net")).hasMessageContaining("5 bytes");
    for (long length : new long[] {-1, 0, 1, 9, Long.MAX_VALUE}) {
      byte[] wrong = bytes(16).putLong(length).array();
      assertThatThrownBy(() -> Safetensors.parse(wrong, "net"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("header length must be in 2..8, got");
    }
    ByteBuffer data = bytes(32);
    data.putDouble(1).putDouble(2).putDouble(3).putDouble(Double.NaN);
    String header = "{\"w\":{\"dtype\":\"F64\",\"shape\":[2,2],\"data_offsets\":[0,32]}}";
    assertThatThrownBy(() -> Safetensors.parse(file(header, data), "net"))
        .hasMessage("net: tensor 'w': element [1, 1] must be finite, got NaN");
  }

  @Test
  void anUnknownTensorIsToldWithTheNearest() {
    String header = "{\"weight\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}";
    assertThatThrownBy(() -> Safetensors.parse(file(header, bytes(8)), "net").tensor("wieght"))
        .hasMessage("net: has no tensor 'wieght' (nearest: 'weight')");
  }
}
