package dev.nightjar.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.event.RunEvent;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunEventTextTest {
  private static final UUID RUN = new UUID(0, 7);
  private static final String HEAD = "{\"run\":\"00000000-0000-0000-0000-000000000007\",";
  private static final Series SERIES =
      new Series(
          new Benchmark("parse", null, "time", "s", Direction.LOWER_IS_BETTER),
          new TreeMap<>(java.util.Map.of("size", "10")),
          Device.CPU);

  private static String text(RunEvent event) {
    String json = RunEventText.json(RUN, event);
    assertTrue(json.startsWith(HEAD), json);
    return json.substring(HEAD.length());
  }

  @Test
  void eachEventSaysWhatItIs() {
    assertEquals(
        "\"event\":\"step_began\",\"step\":\"bench\"}", text(new RunEvent.StepBegan("bench")));
    assertEquals(
        "\"event\":\"progressed\",\"step\":\"ingest\",\"what\":\"commits\",\"done\":5,\"total\":9}",
        text(new RunEvent.Progressed("ingest", "commits", 5, 9)));
    assertEquals(
        "\"event\":\"samples_stored\",\"benchmark\":\"parse\",\"repetition\":2,\"count\":1,"
            + "\"series\":[{\"benchmark\":\"parse\",\"metric\":\"time\","
            + "\"parameters\":{\"size\":\"10\"},\"device\":\"cpu\"}]}",
        text(new RunEvent.SamplesStored("parse", 2, List.of(SERIES))));
    assertEquals(
        "\"event\":\"noted\",\"sentence\":\"a \\\"b\\\"\"}", text(new RunEvent.Noted("a \"b\"")));
    assertEquals(
        "\"event\":\"step_ended\",\"step\":\"judge\",\"detail\":\"1 pass\",\"took_millis\":1500}",
        text(new RunEvent.StepEnded("judge", "1 pass", Duration.ofMillis(1500))));
    assertEquals(
        "\"event\":\"ended\",\"state\":\"failed\"}",
        text(new RunEvent.Ended(RUN, RunState.FAILED)));
  }

  @Test
  void ofManyVerdictsSomeAreToldAndAllAreCounted() {
    Verdict verdict =
        new Verdict(SERIES, VerdictKind.REGRESSED, 0.1, null, null, null, null, "slower", null);
    String json = text(new RunEvent.Judged(Collections.nCopies(250, verdict)));
    assertTrue(json.contains("\"count\":250"), json.substring(0, 100));
    assertEquals(100, json.split("\"verdict\":\"regressed\",\"effect\":0.1", -1).length - 1);
  }
}
