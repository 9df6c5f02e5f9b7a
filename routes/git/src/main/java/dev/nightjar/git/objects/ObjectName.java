package dev.nightjar.git.objects;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** The SHA-1 name of an object, as three numbers in the order of its bytes. */
public record ObjectName(long first, long second, int third) {
  /** Bytes of a name in a tree, a pack or an index. */
  public static final int LENGTH = 20;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final HexFormat HEX = HexFormat.of();

  /** The name whose 20 bytes begin at this place. */
  public static ObjectName at(byte[] raw, int offset) {
    return new ObjectName(
        (long) LONGS.get(raw, offset),
        (long) LONGS.get(raw, offset + 8),
        (int) INTS.get(raw, offset + 16));
  }

  /** The name written as 40 hexadecimal digits. */
  public static ObjectName of(String hex) {
    return at(HEX.parseHex(hex), 0);
  }

  /** The name written as 40 hexadecimal digits that begin at this place. */
  public static ObjectName ofHex(byte[] raw, int offset) {
    return new ObjectName(
        hexLong(raw, offset), hexLong(raw, offset + 16), (int) hexNumber(raw, offset + 32, 8));
  }

  private static long hexLong(byte[] raw, int offset) {
    return (hexNumber(raw, offset, 8) << 32) | hexNumber(raw, offset + 8, 8);
  }

  private static long hexNumber(byte[] raw, int offset, int digits) {
    long number = 0;
    for (int i = 0; i < digits; i++) {
      number = (number << 4) | HexFormat.fromHexDigit(raw[offset + i]);
    }
    return number;
  }

  /** The 20 bytes. */
  public byte[] bytes() {
    byte[] raw = new byte[LENGTH];
    LONGS.set(raw, 0, first);
    LONGS.set(raw, 8, second);
    INTS.set(raw, 16, third);
    return raw;
  }

  /** The name in 40 hexadecimal digits. */
  public String hex() {
    return HEX.toHexDigits(first) + HEX.toHexDigits(second) + HEX.toHexDigits(third);
  }

  @Override
  public int hashCode() {
    return (int) first;
  }

  @Override
  public String toString() {
    return hex();
  }
}
