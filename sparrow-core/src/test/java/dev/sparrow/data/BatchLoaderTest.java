package dev.sparrow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.units.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BatchLoaderTest {

  private static final Seed SEED = new Seed(7);
  private static final ImageSet IMAGES = TestImages.noiseSet(23, 8, 5);

  private static Batches epoch(long epoch) {
    return Batches.training(IMAGES, Augmentation.CROP_FLIP_AND_ROTATE, 5, SEED, epoch);
  }

  private static List<Batch> load(Batches batches, int startBatch, int workers) {
    List<Batch> loaded = new ArrayList<>();
    try (BatchLoader loader = new BatchLoader(batches, startBatch, workers)) {
      loader.forEachRemaining(loaded::add);
    }
    return loaded;
  }

  private static void assertSame(List<Batch> got, List<Batch> expected) {
    assertThat(got).usingRecursiveComparison().isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void theNumberOfWorkersChangesNothing(int workers) {
    Batches batches = epoch(3);
    List<Batch> oneByOne = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      oneByOne.add(batches.get(i));
    }
    assertSame(load(batches, 0, workers), oneByOne);
  }

  @Test
  void startingLaterEqualsSkipping() {
    List<Batch> whole = load(epoch(1), 0, 2);
    assertSame(load(epoch(1), 3, 2), whole.subList(3, whole.size()));
    assertThat(load(epoch(1), 5, 2)).isEmpty();
  }

  @Test
  void keepsTheLastBatch() {
    assertThat(load(epoch(0), 0, 2)).extracting(Batch::size).containsExactly(5, 5, 5, 5, 3);
    assertThat(load(epoch(0), 0, 2)).extracting(Batch::index).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void epochsAndSeedsDifferInOrderAndEveryImageComesOnce() {
    Batches plain = Batches.training(IMAGES, Augmentation.NONE, 23, SEED, 0);
    float[] first = plain.get(0).images();
    Set<String> images = new HashSet<>();
    for (int i = 0; i < 23; i++) {
      images.add(Arrays.toString(Arrays.copyOfRange(first, i * 192, (i + 1) * 192)));
    }
    assertThat(images).hasSize(23);
    assertThat(Batches.training(IMAGES, Augmentation.NONE, 23, SEED, 1).get(0).images()).isNotEqualTo(first);
    assertThat(Batches.training(IMAGES, Augmentation.NONE, 23, new Seed(8), 0).get(0).images()).isNotEqualTo(first);
  }

  @Test
  void evaluationIsInOrderAndPlain() {
    List<Batch> batches = load(Batches.evaluation(IMAGES, 10), 0, 2);
    assertThat(batches).extracting(Batch::size).containsExactly(10, 10, 3);
    for (int i = 0; i < 23; i++) {
      Batch batch = batches.get(i / 10);
      assertThat(batch.labels()[i % 10]).isEqualTo(i % 5);
      byte[] pixels = TestImages.noise(i, 8);
      for (int k = 0; k < 192; k++) {
        assertThat(batch.images()[i % 10 * 192 + k]).isEqualTo((pixels[k] & 0xff) / 255f);
      }
    }
  }

  @Test
  void aWorkersExceptionReachesTheConsumerAsItWas() {
    IllegalStateException fault = new IllegalStateException("broken");
    Batches faulty = new Batches() {
      @Override
      public int count() {
        return 2;
      }

      @Override
      public Batch get(int index) {
        if (index == 1) {
          throw fault;
        }
        return new Batch(index, 1, new float[3], new long[1]);
      }
    };
    try (BatchLoader loader = new BatchLoader(faulty, 0, 2)) {
      assertThat(loader.next().index()).isZero();
      assertThatThrownBy(loader::next).isSameAs(fault);
    }
  }

  @Test
  void closingEarlyEndsTheWorkers() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(2);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Batches endless = new Batches() {
      @Override
      public int count() {
        return Integer.MAX_VALUE;
      }

      @Override
      public Batch get(int index) {
        threads.add(Thread.currentThread());
        started.countDown();
        return new Batch(index, 1, new float[3], new long[1]);
      }
    };
    BatchLoader loader = new BatchLoader(endless, 0, 2);
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    loader.next();
    loader.close();
    for (Thread thread : threads) {
      thread.join(30_000);
      assertThat(thread.isAlive()).isFalse();
    }
    assertThat(loader.hasNext()).isFalse();
    assertThatThrownBy(loader::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void refusesWhatCannotBeLoaded() {
    assertThatThrownBy(() -> new BatchLoader(epoch(0), 6, 1))
        .isInstanceOf(BadInput.class).hasMessage("start batch: expected 0 to 5, got 6 (batch loader)");
    assertThatThrownBy(() -> new BatchLoader(epoch(0), 0, 0))
        .isInstanceOf(BadInput.class).hasMessage("loader workers: expected a whole number of at least 1, got 0");
    assertThatThrownBy(() -> Batches.evaluation(IMAGES, 0))
        .isInstanceOf(BadInput.class).hasMessage("--batch-size: expected a whole number of at least 1, got 0");
  }
}
