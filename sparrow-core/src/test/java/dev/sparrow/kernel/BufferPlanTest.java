package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BufferPlanTest {

  private static final Room WIDE = Room.words(new Plane(4, 8, 8));
  private static final Room NARROW = Room.words(new Plane(2, 8, 8));

  @Test
  void usesABufferAgainForTheSamePlaneOnceItHasNoOwner() {
    BufferPlan plan = new BufferPlan();
    int first = plan.take(WIDE);
    int second = plan.take(WIDE);
    assertThat(second).isNotEqualTo(first);
    plan.release(first);
    assertThat(plan.take(NARROW)).isNotIn(first, second);
    assertThat(plan.take(Room.sums(WIDE.plane()))).isNotIn(first, second);
    assertThat(plan.take(WIDE)).isEqualTo(first);
    assertThat(plan.rooms()).containsExactly(WIDE, WIDE, NARROW, Room.sums(WIDE.plane()));
  }

  @Test
  void countsOwners() {
    BufferPlan plan = new BufferPlan();
    int buffer = plan.take(WIDE);
    assertThat(plan.isSole(buffer)).isTrue();
    assertThat(plan.share(buffer)).isEqualTo(buffer);
    assertThat(plan.isSole(buffer)).isFalse();
    plan.release(buffer);
    assertThat(plan.isSole(buffer)).isTrue();
    assertThat(plan.take(WIDE)).isNotEqualTo(buffer);
    plan.release(BufferPlan.NONE);
    assertThat(plan.isSole(BufferPlan.NONE)).isFalse();
  }
}
