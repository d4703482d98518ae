package org.scorebound.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes tables as Apache Parquet files (format 2.11, github.com/apache/parquet-format): flat
 * columns that may hold nulls, PLAIN encoding, no compression, one data page (version 1) for each
 * column of a row group. Every reader of Parquet knows these; what it lacks is compression. Doubles
 * are kept bit by bit.
 */
public final class ParquetFile {

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** Rows that are held as bytes at a time. */
  private static final int GROUP_ROWS = 65_536;

  private static final int OPTIONAL = 1;
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int UNCOMPRESSED = 0;
  private static final int UTF8 = 0;

  /** Types of columns. */
  public enum Type {
    BOOLEAN(0),
    INT64(2),
    DOUBLE(5),
    STRING(6);

    private final int code;

    Type(int code) {
      this.code = code;
    }
  }

  /**
   * A column.
   *
   * @param name unique among the columns
   * @param type of its values
   */
  public record Column(String name, Type type) {}

  private record Chunk(Column column, long offset, int bytes, int values) {}

  private record Group(List<Chunk> chunks, int rows) {
    long bytes() {
      return chunks.stream().mapToLong(Chunk::bytes).sum();
    }
  }

  private ParquetFile() {}

  /**
   * Writes a table, whole or not at all.
   *
   * @param rows values in the order of the columns: Boolean, Number, String or null, as the type of
   *     the column says
   * @param metadata texts by name, for the file's key-value metadata
   */
  public static void write(
      Path target,
      List<Column> columns,
      List<? extends List<? extends @Nullable Object>> rows,
      Map<String, String> metadata) {
    AtomicFile.write(target, out -> write(out, columns, rows, metadata));
  }

  private static void write(
      OutputStream out,
      List<Column> columns,
      List<? extends List<? extends @Nullable Object>> rows,
      Map<String, String> metadata)
      throws IOException {
    out.write(MAGIC);
    long at = MAGIC.length;
    List<Group> groups = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += GROUP_ROWS) {
      var part = rows.subList(from, Math.min(rows.size(), from + GROUP_ROWS));
      List<Chunk> chunks = new ArrayList<>();
      for (int c = 0; c < columns.size(); c++) {
        byte[] page = page(columns.get(c), c, part);
        out.write(page);
        chunks.add(new Chunk(columns.get(c), at, page.length, part.size()));
        at += page.length;
      }
      groups.add(new Group(chunks, part.size()));
    }
    byte[] footer = footer(columns, groups, rows.size(), metadata);
    out.write(footer);
    out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.length).array());
    out.write(MAGIC);
  }

  /** Header, definition levels and values of one column's part. */
  private static byte[] page(
      Column column, int index, List<? extends List<? extends @Nullable Object>> rows)
      throws IOException {
    byte[] levels = levels(index, rows);
    byte[] values = values(column, index, rows);
    int size = 4 + levels.length + values.length;
    byte[] header =
        ThriftCompact.struct(
            page -> {
              page.i32(1, 0);
              page.i32(2, size);
              page.i32(3, size);
              page.struct(
                  5,
                  data -> {
                    data.i32(1, rows.size());
                    data.i32(2, PLAIN);
                    data.i32(3, RLE);
                    data.i32(4, RLE);
                  });
            });
    ByteBuffer page = ByteBuffer.allocate(header.length + size).order(ByteOrder.LITTLE_ENDIAN);
    return page.put(header).putInt(levels.length).put(levels).put(values).array();
  }

  /** 1 where there is a value and 0 where there is none, as one bit-packed run. */
  private static byte[] levels(int index, List<? extends List<? extends @Nullable Object>> rows) {
    int groups = (rows.size() + 7) / 8;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int header = groups << 1 | 1;
    while ((header & ~0x7F) != 0) {
      bytes.write((header & 0x7F) | 0x80);
      header >>>= 7;
    }
    bytes.write(header);
    byte[] bits = new byte[groups];
    for (int r = 0; r < rows.size(); r++) {
      if (rows.get(r).get(index) != null) {
        bits[r / 8] |= (byte) (1 << r % 8);
      }
    }
    bytes.write(bits, 0, bits.length);
    return bytes.toByteArray();
  }

  private static byte[] values(
      Column column, int index, List<? extends List<? extends @Nullable Object>> rows)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer eight = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    int bits = 0;
    int pending = 0;
    for (List<? extends @Nullable Object> row : rows) {
      Object value = row.get(index);
      if (value == null) {
        continue;
      }
      switch (column.type()) {
        case BOOLEAN -> {
          pending |= ((Boolean) value ? 1 : 0) << bits++;
          if (bits == 8) {
            bytes.write(pending);
            bits = 0;
            pending = 0;
          }
        }
        case INT64 -> bytes.write(eight.clear().putLong(((Number) value).longValue()).array());
        case DOUBLE -> bytes.write(eight.clear().putDouble(((Number) value).doubleValue()).array());
        case STRING -> {
          byte[] utf8 = value.toString().getBytes(StandardCharsets.UTF_8);
          bytes.write(eight.clear().putInt(utf8.length).array(), 0, 4);
          bytes.write(utf8);
        }
      }
    }
    if (bits > 0) {
      bytes.write(pending);
    }
    return bytes.toByteArray();
  }

  private static byte[] footer(
      List<Column> columns, List<Group> groups, long rows, Map<String, String> metadata) {
    List<byte[]> schema = new ArrayList<>();
    schema.add(
        ThriftCompact.struct(
            root -> {
              root.string(4, "schema");
              root.i32(5, columns.size());
            }));
    columns.forEach(column -> schema.add(element(column)));
    List<byte[]> written = groups.stream().map(ParquetFile::group).toList();
    List<byte[]> pairs = new ArrayList<>();
    metadata.forEach(
        (key, value) ->
            pairs.add(
                ThriftCompact.struct(
                    pair -> {
                      pair.string(1, key);
                      pair.string(2, value);
                    })));
    return ThriftCompact.struct(
        file -> {
          file.i32(1, 1);
          file.structs(2, schema, schema.size());
          file.i64(3, rows);
          file.structs(4, written, written.size());
          file.structs(5, pairs, pairs.size());
          file.string(6, "scorebound");
        });
  }

  private static byte[] element(Column column) {
    return ThriftCompact.struct(
        element -> {
          element.i32(1, column.type().code);
          element.i32(3, OPTIONAL);
          element.string(4, column.name());
          if (column.type() == Type.STRING) {
            element.i32(6, UTF8);
            element.struct(10, logical -> logical.struct(1, none -> {}));
          }
        });
  }

  private static byte[] group(Group group) {
    List<byte[]> chunks =
        group.chunks().stream()
            .map(
                chunk ->
                    ThriftCompact.struct(
                        c -> {
                          c.i64(2, chunk.offset());
                          c.struct(3, data -> metadata(data, chunk));
                        }))
            .toList();
    return ThriftCompact.struct(
        g -> {
          g.structs(1, chunks, chunks.size());
          g.i64(2, group.bytes());
          g.i64(3, group.rows());
        });
  }

  private static void metadata(ThriftCompact data, Chunk chunk) {
    data.i32(1, chunk.column().type().code);
    data.i32s(2, PLAIN, RLE);
    data.strings(3, chunk.column().name());
    data.i32(4, UNCOMPRESSED);
    data.i64(5, chunk.values());
    data.i64(6, chunk.bytes());
    data.i64(7, chunk.bytes());
    data.i64(9, chunk.offset());
  }
}
