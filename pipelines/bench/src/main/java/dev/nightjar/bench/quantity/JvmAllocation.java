package dev.nightjar.bench.quantity;

import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Series;
import dev.nightjar.model.file.OutputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * An agent in each Java virtual machine that a command starts, which leaves the total of what its
 * threads allocated. It is told by a variable of its environment, which means nothing to other
 * programs.
 */
final class JvmAllocation implements Instrument {
  private static final String VARIABLE = "JAVA_TOOL_OPTIONS";
  private static final String COUNTER = "jvm";
  private static final String TOTAL = "allocated.";
  private static final String AGENT = "dev/nightjar/bench/agent/AllocationAgent.class";

  /** Where the build puts what an older virtual machine has to understand. */
  private static final String BUILT = "/META-INF/versions/21/" + AGENT;

  @Override
  public String name() {
    return "an agent in its Java virtual machine, which has to be of Java 21 or later";
  }

  @Override
  public ProcessCommand around(ProcessCommand command, Path folder) {
    Path agent = folder.resolve("agent.jar");
    try {
      byte[] jar = jar();
      OutputFile.write(agent, out -> out.write(jar));
    } catch (IOException e) {
      throw new Failure.Unavailable("There is no room for an instrument's files in " + folder, e);
    }
    String own = System.getenv().getOrDefault(VARIABLE, "");
    String before = command.environment().getOrDefault(VARIABLE, own);
    return command.with(VARIABLE, (before + " '-javaagent:" + agent + "=" + folder + "'").strip());
  }

  private static byte[] jar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", AGENT.replace('/', '.').replaceFirst("\\.class$", ""));
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
        InputStream built = JvmAllocation.class.getResourceAsStream(BUILT)) {
      if (built == null) {
        throw new IOException("this build of Nightjar lacks " + BUILT);
      }
      jar.putNextEntry(new JarEntry(AGENT));
      built.transferTo(jar);
    }
    return bytes.toByteArray();
  }

  @Override
  public Findings read(Path folder) throws IOException {
    Total total = new Total();
    InstrumentFiles.read(folder, TOTAL, (_, lines) -> lines.forEach(total::add));
    if (total.machines == 0) {
      throw new IOException(
          "no Java virtual machine (of Java 21 or later, and not ended by a signal or a halt) left a"
              + " total of what it allocated");
    }
    Reading reading =
        Reading.of(Quantity.JVM_ALLOCATED, Map.of(Series.COUNTER, COUNTER), (double) total.bytes);
    return new Findings(List.of(reading), List.of("java"));
  }

  /** Of all virtual machines of a command. */
  private static final class Total {
    private int machines;
    private long bytes;

    void add(String line) {
      if (line.matches("[0-9]{1,18}")) {
        machines++;
        bytes += Long.parseLong(line);
      }
    }
  }
}
