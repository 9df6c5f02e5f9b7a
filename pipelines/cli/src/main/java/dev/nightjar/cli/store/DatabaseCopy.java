package dev.nightjar.cli.store;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.run.ProgressDisplay;
import dev.nightjar.jobs.gate.RunsExport;
import dev.nightjar.model.Failure;
import dev.nightjar.model.event.RunEvent;
import dev.nightjar.model.file.InputFile;
import dev.nightjar.model.file.OutputFile;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.archive.ArchiveProgress;
import dev.nightjar.store.sql.DatabaseAddress;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code nightjar db export}, {@code import} and {@code move-to}: all that is kept, elsewhere. */
final class DatabaseCopy {
  private static final String STANDARD = "-";

  private final Invocation invocation;
  private final StoreSettings settings;
  private final ProgressDisplay display;

  DatabaseCopy(Invocation invocation) {
    this.invocation = invocation;
    settings = invocation.stores();
    display = ProgressDisplay.on(invocation);
  }

  int export() throws IOException {
    if (invocation.has("runs")) {
      return exportRuns();
    }
    String target = operand("a file, or - for standard output");
    Map<String, Long> rows = new LinkedHashMap<>();
    try (Stores stores = Stores.open(settings)) {
      if (target.equals(STANDARD)) {
        rows.putAll(written(stores, invocation.out()));
      } else {
        OutputFile.writePrivate(
            invocation.path("The file", target), out -> rows.putAll(written(stores, out)));
      }
    }
    tell(target.equals(STANDARD), rows, "exported to " + target);
    return ExitCode.DONE;
  }

  private Map<String, Long> written(Stores stores, OutputStream out) throws IOException {
    GZIPOutputStream packed = new GZIPOutputStream(new BufferedOutputStream(out, 1 << 16), 1 << 16);
    Map<String, Long> rows = stores.database().exportTo(packed, progress("export"));
    packed.finish();
    packed.flush();
    return rows;
  }

  private int exportRuns() {
    Path folder = invocation.path("The folder", operand("a folder"));
    int runs =
        RunsExport.write(
            invocation.workspace(),
            settings,
            folder,
            done -> display.hear(new RunEvent.Progressed("export", "runs", done, done)));
    invocation
        .out()
        .println(
            invocation.wantsJson()
                ? "{\"runs\":" + runs + "}"
                : "%d runs written to %s: 'nightjar gate --history %s' reads them."
                    .formatted(runs, folder, folder));
    return ExitCode.DONE;
  }

  int take() throws IOException {
    String source = operand("a file, or - for standard input");
    Map<String, Long> rows;
    if (source.equals(STANDARD)) {
      rows = taken(invocation.in(), "standard input");
    } else {
      Path file = invocation.path("The file", source);
      try (InputStream in = InputFile.of(file, Long.MAX_VALUE).stream()) {
        rows = taken(in, source);
      }
    }
    tell(false, rows, "imported from " + source);
    return ExitCode.DONE;
  }

  private Map<String, Long> taken(InputStream in, String source) {
    return Stores.importInto(settings, in, source, progress("import"));
  }

  int move() {
    String url = operand("the URL of the new database");
    StoreSettings target = settings.withUrls(url, settings.redisUrl());
    String place = DatabaseAddress.parse(url).place();
    Map<String, Long> rows;
    String old;
    try (Stores stores = Stores.open(settings)) {
      old = stores.database().place();
      rows = stores.database().copyTo(target, progress("move"));
    }
    tell(false, rows, "copied to " + place + ", each table counted there and here");
    invocation
        .err()
        .printf(
            "The database at %s is as it was and still in use: set NIGHTJAR_DATABASE_URL to the new"
                + " one, where every nightjar of this database runs, before the next run.%n",
            old);
    return ExitCode.DONE;
  }

  private ArchiveProgress progress(String doing) {
    return (table, rows, ofRows) ->
        display.hear(new RunEvent.Progressed(doing, table, rows, ofRows));
  }

  private String operand(String what) {
    if (invocation.operands().size() != 2) {
      throw new Failure.Misuse(
          "'db %s' takes %s.".formatted(invocation.operands().getFirst(), what));
    }
    return invocation.operands().get(1);
  }

  /** On standard error where the export itself is on standard output. */
  private void tell(boolean isOnError, Map<String, Long> rows, String what) {
    long all = rows.values().stream().mapToLong(Long::longValue).sum();
    String line;
    if (invocation.wantsJson()) {
      ObjectNode root = JsonMapper.shared().createObjectNode().put("rows", all);
      ObjectNode tables = root.putObject("tables");
      rows.forEach(tables::put);
      line = root.toString();
    } else {
      line = "%,d rows of %d tables %s.".formatted(all, rows.size(), what);
    }
    (isOnError ? invocation.err() : invocation.out()).println(line);
  }
}
