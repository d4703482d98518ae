package org.scorebound.io;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array of finite numbers read from a NumPy {@code .npy} file, versions 1 to 3 of the format
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 *
 * <p>Read are {@code f4}, {@code f8}, {@code i1}, {@code i2}, {@code i4}, {@code i8} and {@code
 * u1}, {@code u2}, {@code u4} of either byte order, C or Fortran order, of one or two dimensions; a
 * one-dimensional array is a column. Whole numbers beyond 2^53 are rejected, since they would be
 * rounded.
 */
public final class NpyFile {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");
  private static final long EXACT = 1L << 53;

  /** The longest array of a virtual machine. */
  private static final long LONGEST = Integer.MAX_VALUE - 8L;

  /** Which infinities a file may hold. */
  public enum Infinity {
    /** None. */
    NONE,
    /** The positive one. */
    PLUS
  }

  private final int rows;
  private final int columns;
  private final double[] data;

  private NpyFile(int rows, int columns, double[] data) {
    this.rows = rows;
    this.columns = columns;
    this.data = data;
  }

  /** Whether the name of a file says that it is of this format. */
  public static boolean isNpy(String name) {
    return name.endsWith(".npy");
  }

  /**
   * Reads a file.
   *
   * @throws InputException in one line if it is not such a file or is cut short
   */
  public static NpyFile read(Path file) {
    return read(file, Infinity.NONE);
  }

  /** The same for an array that may hold infinities. */
  public static NpyFile read(Path file, Infinity infinity) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(file + ": no such file");
    }
    try {
      if (Files.size(file) > LONGEST) {
        throw new InputException(
            file + ": must be below 2 GB, got " + (Files.size(file) >> 20) + " MB");
      }
      return parse(ByteBuffer.wrap(Files.readAllBytes(file)), file.toString(), infinity);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** Number of rows: samples. */
  public int rows() {
    return rows;
  }

  /** Number of columns: coordinates of a sample. */
  public int columns() {
    return columns;
  }

  /** The numbers, row after row: d x n column-major with one sample a column. */
  public double[] data() {
    return data.clone();
  }

  private static NpyFile parse(ByteBuffer in, String source, Infinity infinity) {
    String header;
    try {
      for (byte b : MAGIC) {
        if (in.get() != b) {
          throw new InputException(source + ": is no .npy file (wrong first bytes)");
        }
      }
      int major = in.get();
      in.get();
      in.order(ByteOrder.LITTLE_ENDIAN);
      int length = major == 1 ? in.getShort() & 0xFFFF : in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new InputException(source + ": is truncated within its header");
      }
      byte[] text = new byte[length];
      in.get(text);
      header = new String(text, StandardCharsets.UTF_8);
    } catch (BufferUnderflowException e) {
      throw new InputException(source + ": is truncated within its header", e);
    }
    String descr = field(DESCR, header, "descr", source);
    boolean fortran = field(ORDER, header, "fortran_order", source).equals("True");
    String[] shape = field(SHAPE, header, "shape", source).split(",");
    long[] sizes = new long[2];
    int dimensions = 0;
    for (String s : shape) {
      if (!s.isBlank()) {
        if (dimensions == 2) {
          throw new InputException(
              source
                  + ": must have 1 or 2 dimensions, got shape ("
                  + String.join(",", shape)
                  + ")");
        }
        sizes[dimensions++] = size(s.strip(), source);
      }
    }
    if (dimensions == 0) {
      throw new InputException(source + ": must have 1 or 2 dimensions, got a single number");
    }
    long rows = sizes[0];
    long columns = dimensions == 2 ? sizes[1] : 1;
    if (rows == 0 || columns == 0) {
      throw new InputException(source + ": is empty, got shape " + rows + " x " + columns);
    }
    return read(in, descr, fortran, rows, columns, source, infinity);
  }

  private static long size(String text, String source) {
    try {
      int size = Integer.parseInt(text);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw new InputException(source + ": shape must be whole numbers, got '" + text + "'", e);
    }
    throw new InputException(source + ": shape must be whole numbers, got '" + text + "'");
  }

  private static NpyFile read(
      ByteBuffer in,
      String descr,
      boolean fortran,
      long rows,
      long columns,
      String source,
      Infinity infinity) {
    String type = descr.isEmpty() ? "" : descr.substring(1);
    int width =
        switch (type) {
          case "f8", "i8" -> 8;
          case "f4", "i4", "u4" -> 4;
          case "i2", "u2" -> 2;
          case "i1", "u1" -> 1;
          default ->
              throw new InputException(
                  source + ": numbers of type '" + descr + "' are not read; use astype('<f8')");
        };
    if (rows * columns > LONGEST) {
      throw new InputException(
          source + ": must hold at most " + LONGEST + " numbers, got " + rows + " x " + columns);
    }
    if (in.remaining() != rows * columns * width) {
      throw new InputException(
          source
              + ": "
              + rows
              + " x "
              + columns
              + " numbers of "
              + width
              + " bytes need "
              + rows * columns * width
              + " bytes, got "
              + in.remaining()
              + (in.remaining() < rows * columns * width ? " (truncated)" : ""));
    }
    in.order(descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int m = Math.toIntExact(rows);
    int d = Math.toIntExact(columns);
    double[] data = new double[Math.multiplyExact(m, d)];
    for (int k = 0; k < data.length; k++) {
      int row = fortran ? k % m : k / d;
      int column = fortran ? k / m : k % d;
      double value = next(in, type);
      boolean allowed = infinity == Infinity.PLUS && value == Double.POSITIVE_INFINITY;
      if (!(Double.isFinite(value) || allowed)
          || (type.equals("i8") && !(Math.abs(value) < EXACT))) {
        throw new InputException(
            source
                + ": row "
                + row
                + ", column "
                + column
                + " must be finite"
                + (infinity == Infinity.PLUS ? " or inf" : "")
                + ", got "
                + value);
      }
      data[row * d + column] = value;
    }
    return new NpyFile(m, d, data);
  }

  private static double next(ByteBuffer in, String type) {
    return switch (type) {
      case "f8" -> in.getDouble();
      case "f4" -> in.getFloat();
      case "i8" -> in.getLong();
      case "i4" -> in.getInt();
      case "u4" -> Integer.toUnsignedLong(in.getInt());
      case "i2" -> in.getShort();
      case "u2" -> Short.toUnsignedInt(in.getShort());
      case "i1" -> in.get();
      default -> Byte.toUnsignedInt(in.get());
    };
  }

  private static String field(Pattern pattern, String header, String name, String source) {
    Matcher m = pattern.matcher(header);
    if (!m.find()) {
      throw new InputException(source + ": header of the .npy file has no '" + name + "'");
    }
    return m.group(1);
  }
}
