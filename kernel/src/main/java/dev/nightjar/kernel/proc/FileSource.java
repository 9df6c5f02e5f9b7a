package dev.nightjar.kernel.proc;

import dev.nightjar.kernel.linux.HeldFile;
import dev.nightjar.kernel.telemetry.TelemetrySource;

/** A source that is a held file and the parser of its text. */
public final class FileSource implements TelemetrySource {
  private final HeldFile file;
  private final Parser parser;
  private final KernelText text = new KernelText();

  public FileSource(HeldFile file, Parser parser) {
    this.file = file;
    this.parser = parser;
  }

  @Override
  public void sample(long epochMillis) {
    int length = file.read();
    // A device that was unplugged answers ENODEV from now on: its readings end, which is the truth.
    if (length > 0) {
      text.reset(file.bytes(), length);
      parser.parse(text, epochMillis);
    }
  }

  @Override
  public void close() {
    file.close();
  }

  /** Turns the text of one kind of file into readings. */
  public interface Parser {
    void parse(KernelText text, long epochMillis);
  }
}
