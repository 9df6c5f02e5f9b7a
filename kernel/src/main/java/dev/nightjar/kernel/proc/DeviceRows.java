package dev.nightjar.kernel.proc;

import dev.nightjar.kernel.telemetry.Columns.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of devices that are rows of one file, found by the bytes of their names. A device
 * gets columns when one of its counters first differs from zero: a host lists many that nothing
 * uses.
 */
public final class DeviceRows {
  /** A host that makes a virtual interface for each container must not fill the database. */
  private static final int MOST_DEVICES = 64;

  private final ColumnsOfDevice columnsOfDevice;
  private final List<Row> rows = new ArrayList<>();
  private int next;

  public DeviceRows(ColumnsOfDevice columnsOfDevice) {
    this.columnsOfDevice = columnsOfDevice;
  }

  /** The file is read from its start: the first known device is expected first. */
  public void rewind() {
    next = 0;
  }

  /** The columns of the device whose name stands between two positions; absent if unused. */
  public @Nullable Column @Nullable [] columns(KernelText text, int from, int to, boolean used) {
    for (int tried = 0; tried < rows.size(); tried++) {
      int index = (next + tried) % rows.size();
      Row row = rows.get(index);
      if (text.matches(from, to, row.name)) {
        next = index + 1;
        return row.columns;
      }
    }
    if (!used || rows.size() >= MOST_DEVICES) {
      return null;
    }
    String name = text.text(from, to);
    Row added = new Row(KernelText.utf8(name), columnsOfDevice.of(attributeValue(name)));
    rows.add(added);
    return added.columns;
  }

  /** A name as it can stand in an attribute list, where comma and equals sign have a meaning. */
  public static String attributeValue(String name) {
    char[] safe = name.toCharArray();
    for (int i = 0; i < safe.length; i++) {
      if (safe[i] <= ' ' || safe[i] == ',' || safe[i] == '=' || safe[i] == 0x7f) {
        safe[i] = '_';
      }
    }
    return new String(safe, 0, Math.min(safe.length, 64));
  }

  public static boolean anyAboveZero(long[] counters) {
    return Arrays.stream(counters).anyMatch(counter -> counter > 0);
  }

  /** Makes the columns of a device that was seen for the first time. */
  public interface ColumnsOfDevice {
    @Nullable Column[] of(String device);
  }

  private static final class Row {
    private final byte[] name;
    private final @Nullable Column[] columns;

    Row(byte[] name, @Nullable Column[] columns) {
      this.name = name;
      this.columns = columns;
    }
  }
}
