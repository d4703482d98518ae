package org.scorebound.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyFileTest {

  @TempDir private Path folder;

  /** A version 1 file with this header and these bytes, as NumPy writes it. */
  private Path file(String descr, boolean fortran, String shape, ByteBuffer body)
      throws IOException {
    String header =
        "{'descr': '"
            + descr
            + "', 'fortran_order': "
            + (fortran ? "True" : "False")
            + ", 'shape': ("
            + shape
            + "), }";
    header += " ".repeat(64 - (11 + header.length()) % 64) + "\n";
    ByteBuffer out = ByteBuffer.allocate(10 + header.length() + body.capacity());
    out.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    out.put((byte) 0).order(ByteOrder.LITTLE_ENDIAN).putShort((short) header.length());
    out.put(header.getBytes(StandardCharsets.US_ASCII)).put(body.rewind());
    return Files.write(folder.resolve("a.npy"), out.array());
  }

  private static ByteBuffer doubles(ByteOrder order, double... values) {
    ByteBuffer b = ByteBuffer.allocate(8 * values.length).order(order);
    for (double value : values) {
      b.putDouble(value);
    }
    return b;
  }

  @Test
  void readsBothOrdersOfStorageAndOfBytes() throws IOException {
    double[] rows = {1, 2, 3, 4, 5, 6};
    NpyFile c = NpyFile.read(file("<f8", false, "3, 2", doubles(ByteOrder.LITTLE_ENDIAN, rows)));
    assertThat(c.rows()).isEqualTo(3);
    assertThat(c.columns()).isEqualTo(2);
    assertThat(c.data()).containsExactly(rows);
    ByteBuffer byColumn = doubles(ByteOrder.BIG_ENDIAN, 1, 3, 5, 2, 4, 6);
    assertThat(NpyFile.read(file(">f8", true, "3, 2", byColumn)).data()).containsExactly(rows);
    ByteBuffer floats = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    floats.putFloat(0.5f).putFloat(-2);
    NpyFile column = NpyFile.read(file("<f4", false, "2,", floats));
    assertThat(column.columns()).isEqualTo(1);
    assertThat(column.data()).containsExactly(0.5, -2);
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, (byte) 255});
    assertThat(NpyFile.read(file("|u1", false, "1, 2", bytes)).data()).containsExactly(1, 255);
    assertThat(NpyFile.read(file("|i1", false, "1, 2", bytes)).data()).containsExactly(1, -1);
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    ByteBuffer two = doubles(ByteOrder.LITTLE_ENDIAN, 1, Double.NaN);
    assertThatThrownBy(() -> NpyFile.read(file("<f8", false, "1, 2", two)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("row 0, column 1 must be finite, got NaN");
    assertThatThrownBy(() -> NpyFile.read(file("<f8", false, "2, 2", two)))
        .hasMessageContaining("need 32 bytes, got 16 (truncated)");
    assertThatThrownBy(() -> NpyFile.read(file("<c16", false, "1,", two)))
        .hasMessageContaining("numbers of type '<c16' are not read");
    assertThatThrownBy(() -> NpyFile.read(file("<f8", false, "1, 1, 2", two)))
        .hasMessageContaining("must have 1 or 2 dimensions");
    assertThatThrownBy(() -> NpyFile.read(file("<f8", false, "0, 2", ByteBuffer.allocate(0))))
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> NpyFile.read(file("<f8", false, "1, x", two)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a.npy: shape must be whole numbers, got 'x'");
    assertThatThrownBy(() -> NpyFile.read(file("<f8", false, "1, -2", two)))
        .hasMessageContaining("shape must be whole numbers, got '-2'");
    assertThatThrownBy(() -> NpyFile.read(file("<f8", false, "2147483647, 2147483647", two)))
        .hasMessageContaining("must hold at most");
    byte[] long2 = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1, '{'};
    Path negative = Files.write(folder.resolve("d.npy"), long2);
    assertThatThrownBy(() -> NpyFile.read(negative)).hasMessageContaining("truncated");
    Path text = Files.writeString(folder.resolve("b.npy"), "1,2\n");
    assertThatThrownBy(() -> NpyFile.read(text)).hasMessageContaining("is no .npy file");
    Path cut = Files.write(folder.resolve("c.npy"), new byte[] {(byte) 0x93, 'N', 'U'});
    assertThatThrownBy(() -> NpyFile.read(cut)).hasMessageContaining("truncated");
    assertThatThrownBy(() -> NpyFile.read(folder.resolve("none.npy")))
        .hasMessageContaining("no such file");
  }

  @Test
  void plusInfinityOnlyWhereItIsAllowed() throws IOException {
    ByteBuffer two = doubles(ByteOrder.LITTLE_ENDIAN, 1, Double.POSITIVE_INFINITY);
    Path file = file("<f8", false, "1, 2", two);
    assertThat(NpyFile.read(file, NpyFile.Infinity.PLUS).data())
        .containsExactly(1, Double.POSITIVE_INFINITY);
    assertThatThrownBy(() -> NpyFile.read(file))
        .hasMessageContaining("row 0, column 1 must be finite, got Infinity");
    Path minus =
        file("<f8", false, "1,", doubles(ByteOrder.LITTLE_ENDIAN, Double.NEGATIVE_INFINITY));
    assertThatThrownBy(() -> NpyFile.read(minus, NpyFile.Infinity.PLUS))
        .hasMessageContaining("must be finite or inf, got -Infinity");
  }
}
