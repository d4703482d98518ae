package org.scorebound.io;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes structures in Thrift's compact protocol
 * (github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md), as far as the
 * metadata of Parquet files need it.
 */
final class ThriftCompact {

  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;
  private static final int LONG_DELTA = 15;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int lastField;

  /** Writes the fields of a structure. */
  @FunctionalInterface
  interface Fields {
    void write(ThriftCompact to);
  }

  /** The bytes of a structure with these fields, in increasing order. */
  static byte[] struct(Fields fields) {
    ThriftCompact thrift = new ThriftCompact();
    fields.write(thrift);
    thrift.out.write(0);
    return thrift.out.toByteArray();
  }

  private void header(int field, int type) {
    int delta = field - lastField;
    if (delta <= 0 || delta > LONG_DELTA) {
      throw new IllegalArgumentException(
          "field must be 1 to 15 above the last one, " + lastField + ", got " + field);
    }
    out.write(delta << 4 | type);
    lastField = field;
  }

  private void varint(long v) {
    long rest = v;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private void zigzag(long v) {
    varint(v << 1 ^ v >> 63);
  }

  private void bytes(byte[] bytes) {
    out.write(bytes, 0, bytes.length);
  }

  void i32(int field, int v) {
    header(field, I32);
    zigzag(v);
  }

  void i64(int field, long v) {
    header(field, I64);
    zigzag(v);
  }

  void string(int field, String v) {
    header(field, BINARY);
    string(v);
  }

  private void string(String v) {
    byte[] utf8 = v.getBytes(StandardCharsets.UTF_8);
    varint(utf8.length);
    bytes(utf8);
  }

  void struct(int field, Fields fields) {
    header(field, STRUCT);
    bytes(struct(fields));
  }

  private void list(int field, int size, int type) {
    header(field, LIST);
    if (size < LONG_DELTA) {
      out.write(size << 4 | type);
    } else {
      out.write(LONG_DELTA << 4 | type);
      varint(size);
    }
  }

  void i32s(int field, int... values) {
    list(field, values.length, I32);
    for (int v : values) {
      zigzag(v);
    }
  }

  void strings(int field, String... values) {
    list(field, values.length, BINARY);
    for (String v : values) {
      string(v);
    }
  }

  void structs(int field, Iterable<byte[]> structs, int size) {
    list(field, size, STRUCT);
    structs.forEach(this::bytes);
  }
}
