package dev.nightjar.doors;

import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.event.RunEvent;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events of a run as JSON: {@code {"run": …, "event": "step_began", …}}. */
final class RunEventText {
  /** The stream is no second database: who wants all verdicts asks for them. */
  private static final int MOST_TOLD = 100;

  private RunEventText() {}

  static String json(UUID runId, RunEvent event) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("run", runId.toString());
    switch (event) {
      case RunEvent.Begun begun ->
          json.put("event", "begun")
              .put("pipeline", begun.run().pipeline())
              .put("repository_id", begun.run().repositoryId())
              .put("host_id", begun.run().hostId())
              .put("commit", begun.run().headCommit())
              .put("branch", begun.run().branch());
      case RunEvent.StepBegan began -> json.put("event", "step_began").put("step", began.step());
      case RunEvent.Progressed it ->
          json.put("event", "progressed")
              .put("step", it.step())
              .put("what", it.what())
              .put("done", it.done())
              .put("total", it.total());
      case RunEvent.SamplesStored stored -> samples(json, stored);
      case RunEvent.Judged judged -> verdicts(json, judged);
      case RunEvent.Noted noted -> json.put("event", "noted").put("sentence", noted.sentence());
      case RunEvent.StepEnded ended ->
          json.put("event", "step_ended")
              .put("step", ended.step())
              .put("detail", ended.detail())
              .put("took_millis", ended.took().toMillis());
      case RunEvent.Ended ended -> json.put("event", "ended").put("state", ended.state().word());
    }
    return json.toString();
  }

  private static void samples(ObjectNode json, RunEvent.SamplesStored stored) {
    json.put("event", "samples_stored")
        .put("benchmark", stored.benchmark())
        .put("repetition", stored.repetition())
        .put("count", stored.series().size());
    ArrayNode series = json.putArray("series");
    stored.series().stream().limit(MOST_TOLD).forEach(one -> series(series.addObject(), one));
  }

  private static void verdicts(ObjectNode json, RunEvent.Judged judged) {
    json.put("event", "judged").put("count", judged.verdicts().size());
    ArrayNode verdicts = json.putArray("verdicts");
    judged.verdicts().stream()
        .limit(MOST_TOLD)
        .forEach(verdict -> verdict(verdicts.addObject(), verdict));
  }

  private static void verdict(ObjectNode json, Verdict verdict) {
    series(json, verdict.series());
    json.put("verdict", verdict.kind().word()).put("effect", verdict.effect());
  }

  private static void series(ObjectNode json, Series series) {
    json.put("benchmark", series.benchmark().name()).put("metric", series.benchmark().metric());
    ObjectNode parameters = json.putObject("parameters");
    series.parameters().forEach(parameters::put);
    json.put("device", series.device().label());
  }
}
