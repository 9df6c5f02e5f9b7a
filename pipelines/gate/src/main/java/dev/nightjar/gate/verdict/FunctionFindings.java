package dev.nightjar.gate.verdict;

import dev.nightjar.model.Verdict;
import dev.nightjar.model.profile.CostChange;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.profile.FunctionDifference;
import dev.nightjar.model.profile.NamedFunction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What profiles of two versions say, beside the verdicts they explain.
 *
 * @param profiles one a benchmark
 */
public record FunctionFindings(List<DifferentialProfile> profiles) {
  /** Nothing was profiled. */
  public static final FunctionFindings NONE = new FunctionFindings(List.of());

  private static final int MOST_FUNCTIONS = 50;

  public FunctionFindings {
    profiles = List.copyOf(profiles);
  }

  /** The function that explains a verdict. */
  Optional<NamedFunction> named(Verdict verdict) {
    return verdict.series().benchmark().suite() == null
        ? profiles.stream()
            .filter(profile -> profile.isOf(verdict.series().benchmark().name()))
            .findFirst()
            .flatMap(DifferentialProfile::named)
        : Optional.empty();
  }

  /** Adds the function to a verdict's result in SARIF, and its place where that is known. */
  void explain(Verdict verdict, ObjectNode result) {
    named(verdict)
        .ifPresent(named -> {
          ObjectNode message = (ObjectNode) result.path("message");
          String text = message.path("text").asString();
          message.put("text", OutsideText.line(named.sentence()) + "; " + text);
          ObjectNode location = (ObjectNode) result.path("locations").path(0);
          place(named).ifPresent(place -> place.describe(location));
        });
  }

  /** Where the function behind a verdict stands. */
  Optional<FilePlace> place(Verdict verdict) {
    return named(verdict).flatMap(FunctionFindings::place);
  }

  private static Optional<FilePlace> place(NamedFunction named) {
    String file = named.file();
    Integer line = named.line();
    return file == null || line == null
        ? Optional.empty()
        : Optional.of(new FilePlace(file, line, line));
  }

  /** The list of profiles in JSON; nothing where nothing was profiled. */
  void writeTo(JsonGenerator json) {
    if (profiles.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("profiles");
    profiles.forEach(profile -> write(json, profile));
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, DifferentialProfile profile) {
    json.writeStartObject();
    json.writeStringProperty("benchmark", profile.benchmark());
    json.writeStringProperty("profiler", profile.profiler().word());
    json.writeStringProperty("unit", profile.profiler().unit());
    write(json, "", profile.total());
    json.writeStringProperty(
        "explanation", profile.named().map(NamedFunction::sentence).orElse(""));
    json.writeArrayPropertyStart("notes");
    profile.notes().forEach(json::writeString);
    json.writeEndArray();
    json.writeArrayPropertyStart("functions");
    for (FunctionDifference one :
        profile.functions().subList(0, Math.min(MOST_FUNCTIONS, profile.functions().size()))) {
      write(json, one);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, FunctionDifference one) {
    json.writeStartObject();
    json.writeStringProperty("function", one.function().name());
    json.writeStringProperty("object", one.function().object());
    write(json, "file", one.function().file());
    Integer line = one.line();
    if (line == null) {
      json.writeNullProperty("line");
    } else {
      json.writeNumberProperty("line", line);
    }
    write(json, "self_", one.self());
    write(json, "inclusive_", one.inclusive());
    json.writeNumberProperty("share", one.share());
    Double confidence = one.confidence();
    if (confidence == null) {
      json.writeNullProperty("confidence");
    } else {
      json.writeNumberProperty("confidence", confidence);
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable String text) {
    if (text == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, text);
    }
  }

  private static void write(JsonGenerator json, String prefix, CostChange cost) {
    json.writeNumberProperty(prefix + "before", cost.before());
    json.writeNumberProperty(prefix + "after", cost.after());
  }

  /** A line a benchmark: which function did it. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    for (DifferentialProfile profile : profiles) {
      profile
          .named()
          .ifPresent(named ->
              text.append("- ")
                  .append(OutsideText.markdown(profile.benchmark()))
                  .append(": ")
                  .append(sentence(named))
                  .append('\n'));
    }
    return text.isEmpty() ? "" : "\n#### Functions\n\n" + text;
  }

  private static String sentence(NamedFunction named) {
    String name = named.function().function().name();
    String rest =
        named.sentence().startsWith(name)
            ? named.sentence().substring(name.length())
            : " " + named.sentence();
    return OutsideText.code(name) + OutsideText.markdown(rest);
  }
}
