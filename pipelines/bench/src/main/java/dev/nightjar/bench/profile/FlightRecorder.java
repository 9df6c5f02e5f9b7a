package dev.nightjar.bench.profile;

import dev.nightjar.bench.profile.symbols.SourceNames;
import dev.nightjar.model.file.OutputFile;
import dev.nightjar.model.profile.CodeFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Lets every Java virtual machine that a command starts record itself. It is told by a variable of
 * its environment, which means nothing to other programs.
 */
final class FlightRecorder implements Sampler {
  private static final String VARIABLE = "JAVA_TOOL_OPTIONS";
  private static final String CPU_SAMPLE = "jdk.CPUTimeSample";
  private static final String SAMPLE = "jdk.ExecutionSample";
  private static final int CPU_MILLIS = 1;
  private static final int MILLIS = 10;
  private static final long BYTES_MAX = 1L << 30;

  /** Numbers of hidden classes and lambdas, which another version has others of. */
  private static final Pattern HIDDEN =
      Pattern.compile("(\\$\\$Lambda|LambdaForm\\$[A-Za-z]+)[./$].*|[./]0x[0-9a-f]{4,}.*");

  private static final String SETTINGS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <configuration version="2.0" label="Nightjar">
        <event name="%s">
          <setting name="enabled">true</setting>
          <setting name="throttle">%d ms</setting>
        </event>
        <event name="%s">
          <setting name="enabled">true</setting>
          <setting name="period">%d ms</setting>
        </event>
      </configuration>
      """
          .formatted(CPU_SAMPLE, CPU_MILLIS, SAMPLE, MILLIS);

  private final ProfiledCommand command;

  FlightRecorder(ProfiledCommand command) {
    this.command = command;
  }

  /**
   * A run.
   *
   * @param tree what it costs; absent where no virtual machine recorded a sample
   */
  record Recording(Duration took, Optional<CallTree> tree) {}

  @Override
  public CallTree sample(Path tree, Duration timeout) throws ProfileFailed, InterruptedException {
    return record(tree, timeout)
        .tree()
        .orElseThrow(() -> new ProfileFailed("the flight recorder took no sample of a run"));
  }

  /** Runs a version once. */
  Recording record(Path tree, Duration timeout) throws ProfileFailed, InterruptedException {
    try (ProfiledFolder folder = new ProfiledFolder()) {
      Path settings = folder.path().resolve("nightjar.jfc");
      OutputFile.write(settings, SETTINGS);
      Path recordings = Files.createDirectory(folder.path().resolve("jfr"));
      Duration took = command.run(tree, List.of(), environment(settings, recordings), timeout);
      return new Recording(took, read(ProfiledFolder.files(recordings, ".jfr")));
    } catch (IOException e) {
      throw new ProfileFailed("what the flight recorder wrote cannot be read: " + e.getMessage());
    }
  }

  private Map<String, String> environment(Path settings, Path recordings) {
    String options =
        "-XX:StartFlightRecording:settings=%s,filename=%s/ -Xlog:disable -Xlog:all=error:stderr"
            .formatted(settings, recordings);
    return Map.of(
        VARIABLE,
        (command.variable(VARIABLE)
                + " -XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints "
                + options)
            .strip());
  }

  private static Optional<CallTree> read(List<Path> recordings) throws IOException {
    CallTree cpu = new CallTree(CPU_MILLIS / 1000.0);
    CallTree running = new CallTree(MILLIS / 1000.0);
    for (Path recording : recordings) {
      if (Files.isRegularFile(recording) && Files.size(recording) <= BYTES_MAX) {
        read(recording, cpu, running);
      }
    }
    CallTree better = cpu.total() > 0 ? cpu : running;
    return better.total() > 0 ? Optional.of(better) : Optional.empty();
  }

  private static void read(Path recording, CallTree cpu, CallTree running) throws IOException {
    try (RecordingFile events = new RecordingFile(recording)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        switch (event.getEventType().getName()) {
          case CPU_SAMPLE -> add(cpu, event);
          case SAMPLE -> add(running, event);
          default -> {} // the recorder's own
        }
      }
    } catch (RuntimeException e) {
      throw new IOException("a recording is damaged", e);
    }
  }

  private static void add(CallTree tree, RecordedEvent event) {
    RecordedStackTrace trace = event.getStackTrace();
    if (trace == null) {
      return;
    }
    List<CodeFunction> stack = new ArrayList<>();
    for (RecordedFrame frame : trace.getFrames()) {
      CodeFunction function = function(frame);
      if (function != null) {
        if (stack.isEmpty()) {
          tree.ran(function, frame.getLineNumber());
        }
        stack.add(function);
      }
    }
    Collections.reverse(stack);
    if (!stack.isEmpty()) {
      tree.add(stack, tree.sampleCost());
    }
  }

  private static @Nullable CodeFunction function(RecordedFrame frame) {
    RecordedMethod method = frame.getMethod();
    if (!frame.isJavaFrame() || method == null || method.getType() == null) {
      return null;
    }
    String type = HIDDEN.matcher(method.getType().getName()).replaceFirst("$1");
    return new CodeFunction(SourceNames.function(type + "." + method.getName()), "", source(type));
  }

  /** By the rule that a public class stands in the file of its name, below its package's folder. */
  private static String source(String type) {
    int nested = type.indexOf('$');
    String outer = nested > 0 ? type.substring(0, nested) : type;
    return outer.replace('.', '/') + ".java";
  }
}
