package org.scorebound.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Named tensors of finite numbers in a safetensors file
 * (https://huggingface.co/docs/safetensors/index#format): eight bytes with the length of a JSON
 * header, the header, then the tensors in C order, without holes and without overlap.
 *
 * <p>Read are {@code F64}, {@code F32}, {@code F16} and {@code BF16}, all exactly; written is
 * {@code F64}. Every defect is one line that names the file and the tensor.
 */
public final class Safetensors {

  private static final String METADATA = "__metadata__";
  private static final int PREFIX = 8;

  /** The limit of the reference implementation. */
  private static final long LARGEST_HEADER = 100_000_000;

  private static final List<String> TYPES = List.of("F64", "F32", "F16", "BF16");

  private final String source;
  private final Map<String, Tensor> tensors;

  /**
   * A tensor.
   *
   * @param name its name
   * @param shape its sizes, outermost first
   * @param data its elements in C order, the last index fastest
   */
  public record Tensor(String name, List<Integer> shape, double[] data) {
    /** Checks that shape and data agree. */
    public Tensor {
      shape = List.copyOf(shape);
      long n = 1;
      for (int s : shape) {
        n *= s;
      }
      if (n != data.length) {
        throw new IllegalArgumentException(
            "data of '" + name + "' must hold " + n + " numbers, got " + data.length);
      }
    }

    /** The shape as it is written in messages: {@code 64 x 2}. */
    public String sizes() {
      return shape.isEmpty() ? "a single number" : join(shape);
    }

    static String join(List<? extends Number> shape) {
      return String.join(" x ", shape.stream().map(String::valueOf).toList());
    }
  }

  private Safetensors(String source, Map<String, Tensor> tensors) {
    this.source = source;
    this.tensors = tensors;
  }

  /** Where a tensor's bytes are. */
  private record Place(String name, String type, List<Integer> shape, long from, long to) {}

  /**
   * Reads a file.
   *
   * @throws InputException in one line if it is not such a file or holds a number that is not
   *     finite
   */
  public static Safetensors read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(file + ": no such file");
    }
    try {
      return parse(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** Reads the bytes of a file that is called {@code source} in messages. */
  public static Safetensors parse(byte[] bytes, String source) {
    if (bytes.length < PREFIX) {
      throw new InputException(
          source + ": is no safetensors file (" + bytes.length + " bytes, at least 8 needed)");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length = in.getLong();
    if (length < 2 || length > LARGEST_HEADER || length > bytes.length - PREFIX) {
      throw new InputException(
          source
              + ": header length must be in 2.."
              + Math.min(LARGEST_HEADER, bytes.length - PREFIX)
              + ", got "
              + Long.toUnsignedString(length)
              + " (no safetensors file, or truncated)");
    }
    String header = new String(bytes, PREFIX, (int) length, StandardCharsets.UTF_8);
    long available = bytes.length - PREFIX - length;
    List<Place> places = places(JsonInput.parse(header, source + " (header)"), source);
    places.sort(Comparator.comparingLong(Place::from).thenComparingLong(Place::to));
    long end = 0;
    String before = "the start";
    for (Place p : places) {
      if (p.from() != end) {
        throw new InputException(
            at(source, p.name())
                + "data_offsets "
                + (p.from() < end ? "overlap" : "leave a hole after")
                + " "
                + before
                + ", which ends at "
                + end
                + ": got ["
                + p.from()
                + ", "
                + p.to()
                + "]");
      }
      end = p.to();
      before = "'" + p.name() + "'";
      if (end > available) {
        throw new InputException(
            at(source, p.name())
                + "data_offsets end at "
                + end
                + ", the file has "
                + available
                + " bytes of data (truncated)");
      }
    }
    if (end != available) {
      throw new InputException(
          source + ": " + (available - end) + " bytes after " + before + " belong to no tensor");
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Place p : places) {
      in.position((int) (PREFIX + length + p.from()));
      tensors.put(p.name(), numbers(in, p, source));
    }
    return new Safetensors(source, tensors);
  }

  private static String at(String source, String tensor) {
    return source + ": tensor '" + tensor + "': ";
  }

  private static List<Place> places(JsonInput header, String source) {
    List<Place> places = new ArrayList<>();
    for (String name : header.names()) {
      JsonInput entry = header.object(name);
      if (name.equals(METADATA)) {
        continue;
      }
      String type = entry.string("dtype");
      if (!TYPES.contains(type)) {
        throw new InputException(
            at(source, name) + "dtype must be F64, F32, F16 or BF16, got " + type);
      }
      double[] shape = entry.vector("shape");
      double[] offsets = entry.vector("data_offsets");
      entry.finish();
      if (offsets.length != 2 || !isWhole(offsets) || offsets[1] < offsets[0]) {
        throw new InputException(
            at(source, name)
                + "data_offsets must be [begin, end] in bytes, got "
                + Arrays.toString(offsets));
      }
      if (!isWhole(shape)) {
        throw new InputException(
            at(source, name)
                + "shape must hold whole numbers below 2^31, got "
                + Arrays.toString(shape));
      }
      List<Integer> sizes = Arrays.stream(shape).mapToObj(s -> (int) s).toList();
      double bytes = width(type);
      for (double s : shape) {
        bytes *= s;
      }
      if (bytes != offsets[1] - offsets[0]) {
        throw new InputException(
            at(source, name)
                + "shape "
                + Tensor.join(sizes)
                + " of "
                + type
                + " needs "
                + (long) bytes
                + " bytes, data_offsets give "
                + (long) (offsets[1] - offsets[0]));
      }
      places.add(new Place(name, type, sizes, (long) offsets[0], (long) offsets[1]));
    }
    return places;
  }

  private static boolean isWhole(double[] v) {
    for (double x : v) {
      if (x != Math.rint(x) || x < 0 || x > Integer.MAX_VALUE) {
        return false;
      }
    }
    return true;
  }

  private static int width(String type) {
    return switch (type) {
      case "F64" -> Double.BYTES;
      case "F32" -> Float.BYTES;
      default -> Short.BYTES;
    };
  }

  private static Tensor numbers(ByteBuffer in, Place p, String source) {
    double[] data = new double[(int) ((p.to() - p.from()) / width(p.type()))];
    for (int i = 0; i < data.length; i++) {
      data[i] =
          switch (p.type()) {
            case "F64" -> in.getDouble();
            case "F32" -> in.getFloat();
            case "F16" -> Float.float16ToFloat(in.getShort());
            default -> Float.intBitsToFloat(in.getShort() << Short.SIZE);
          };
      if (!Double.isFinite(data[i])) {
        throw new InputException(
            at(source, p.name())
                + "element "
                + index(i, p.shape())
                + " must be finite, got "
                + data[i]);
      }
    }
    return new Tensor(p.name(), p.shape(), data);
  }

  /** Index i of the flat array as {@code [row, column]}. */
  private static String index(int i, List<Integer> shape) {
    int[] index = new int[shape.size()];
    int rest = i;
    for (int k = index.length - 1; k >= 0; k--) {
      index[k] = rest % shape.get(k);
      rest /= shape.get(k);
    }
    return Arrays.toString(index);
  }

  /** The file's name as in messages. */
  public String source() {
    return source;
  }

  /** The names of all tensors, in the order of their bytes. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /**
   * A tensor by its name.
   *
   * @throws InputException if there is none, with the nearest name
   */
  public Tensor tensor(String name) {
    Tensor t = tensors.get(name);
    if (t == null) {
      throw new InputException(
          source + ": has no tensor '" + name + "'" + Nearest.clause(name, tensors.keySet()));
    }
    return t;
  }

  /** Writes tensors as F64, in their order, whole or not at all. */
  public static void write(Path file, List<Tensor> tensors) {
    Map<String, Object> header = new LinkedHashMap<>();
    long at = 0;
    for (Tensor t : tensors) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", "F64");
      entry.put("shape", t.shape());
      entry.put(
          "data_offsets", List.of(at, Math.addExact(at, (long) Double.BYTES * t.data().length)));
      at += (long) Double.BYTES * t.data().length;
      if (header.put(t.name(), entry) != null) {
        throw new IllegalArgumentException("two tensors are called '" + t.name() + "'");
      }
    }
    StringBuilder text = new StringBuilder(JsonOutput.toLine(header));
    // Data start at a multiple of eight bytes, as the format advises.
    text.append(" ".repeat((Double.BYTES - text.length() % Double.BYTES) % Double.BYTES));
    byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(
        file,
        out -> {
          out.write(prefix(json.length));
          out.write(json);
          for (Tensor t : tensors) {
            ByteBuffer buffer =
                ByteBuffer.allocate(Double.BYTES * t.data().length).order(ByteOrder.LITTLE_ENDIAN);
            for (double x : t.data()) {
              buffer.putDouble(x);
            }
            out.write(buffer.array());
          }
        });
  }

  private static byte[] prefix(int length) {
    return ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
  }
}
