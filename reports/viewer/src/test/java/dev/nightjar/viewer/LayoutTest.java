package dev.nightjar.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where commits stand. */
class LayoutTest {
  private static final long NOW = SmallHistory.START_SECONDS + 1_000_000;

  private static long hour(TimeOrder order, int position) {
    return (order.seconds(position) - SmallHistory.START_SECONDS) / 3600;
  }

  @Test
  void putsParentsBeforeChildrenThoughTheirClocksDisagree() {
    History history =
        new History(
            new SmallHistory()
                .commit(2, 1, 0, 1)
                .commit(3, 5, 0, 2)
                .commit(1, 3, 0)
                .ref("refs/heads/", "main", 3));

    TimeOrder order = new TimeOrder(history, NOW);

    assertEquals(List.of(2, 0, 1), IntStream.range(0, 3).map(order::row).boxed().toList());
    assertEquals(List.of(3L, 3L, 5L), IntStream.range(0, 3).mapToObj(i -> hour(order, i)).toList());
  }

  @Test
  void doesNotLetOneWrongClockMoveTheRest() {
    SmallHistory source = new SmallHistory();
    source.commit(0, 0, 0);
    for (int i = 1; i < 10; i++) {
      source.commit(i, i == 4 ? 900_000 : i == 7 ? -400_000 : i, 0, i - 1);
    }

    TimeOrder order = new TimeOrder(new History(source), NOW);

    assertEquals(
        List.of(0L, 1L, 2L, 3L, 3L, 5L, 6L, 6L, 8L, 9L),
        IntStream.range(0, 10).mapToObj(i -> hour(order, i)).toList());
  }

  @Test
  void showsACommitWithoutATimeAtItsParents() {
    TimeOrder order =
        new TimeOrder(new History(new SmallHistory().commit(0, 4, 0).commit(1, null, 0, 0)), NOW);

    assertEquals(4, hour(order, 1));
  }

  @Test
  void neverLetsTimeFallNorAChildStandBeforeItsParent() {
    History history = new History(SmallHistory.plausible(400, UnaryOperator.identity()));
    TimeOrder order = new TimeOrder(history, NOW);

    assertTrue(order.size() >= 400);
    for (int position = 0; position < order.size(); position++) {
      int row = order.row(position);
      assertEquals(position, order.position(row));
      assertTrue(position == 0 || order.seconds(position) >= order.seconds(position - 1));
      for (int i = 0; i < history.parentCount(row); i++) {
        assertTrue(order.position(history.parent(row, i)) < position);
      }
    }
  }

  /** main: 0 - 1 - 4 - 6; a branch 2 - 3 merged by 4; a branch 5 that is not merged. */
  private static Lanes lanes() {
    History history =
        new History(
            new SmallHistory()
                .commit(0, 0, 0)
                .commit(1, 1, 0, 0)
                .commit(2, 2, 0, 0)
                .commit(3, 3, 0, 2)
                .commit(4, 4, 0, 1, 3)
                .commit(5, 5, 0, 4)
                .commit(6, 6, 0, 4)
                .ref("refs/heads/", "main", 6));
    return new Lanes(history, new TimeOrder(history, NOW));
  }

  @Test
  void keepsTheDefaultBranchInLaneZeroAndABranchInOneOfItsOwn() {
    Lanes lanes = lanes();

    assertEquals(
        List.of(0, 0, 1, 1, 0, 1, 0), IntStream.range(0, 7).map(lanes::lane).boxed().toList());
    assertEquals(
        List.of(0, 0, 1, 1, 0, 1, 0), IntStream.range(0, 7).map(lanes::depth).boxed().toList());
    assertEquals(1, lanes.highest());
  }

  @Test
  void givesBranchesThatAreOpenAtOneTimeDifferentLanes() {
    History history =
        new History(
            new SmallHistory()
                .commit(0, 0, 0)
                .commit(1, 1, 0, 0)
                .commit(2, 2, 0, 0)
                .commit(3, 3, 0, 0)
                .commit(4, 4, 0, 3, 1)
                .commit(5, 5, 0, 4, 2)
                .ref("refs/heads/", "main", 5));
    Lanes lanes = new Lanes(history, new TimeOrder(history, NOW));

    assertNotEquals(lanes.lane(1), lanes.lane(2));
    assertEquals(2, lanes.highest());
  }

  @Test
  void countsTheMergesBetweenACommitAndTheDefaultBranch() {
    History history =
        new History(
            new SmallHistory()
                .commit(0, 0, 0)
                .commit(1, 1, 0, 0)
                .commit(2, 2, 0, 0)
                .commit(3, 3, 0, 1, 2)
                .commit(4, 4, 0, 0, 3)
                .ref("refs/heads/", "main", 4));
    Lanes lanes = new Lanes(history, new TimeOrder(history, NOW));

    assertEquals(List.of(0, 1, 2, 1, 0), IntStream.range(0, 5).map(lanes::depth).boxed().toList());
  }

  @Test
  void placesAnEmptyHistory() {
    History history = new History(new SmallHistory());
    TimeOrder order = new TimeOrder(history, NOW);

    assertEquals(0, order.size());
    assertEquals(0, new Lanes(history, order).highest());
    assertEquals(0, new CommitPages(history, order, new Lanes(history, order)).count());
  }
}
