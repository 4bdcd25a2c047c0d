package dev.sparrow.eval;

import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * Which attack broke which image. Stage 0 is the clean classification, stage i the i-th attack, counted from 1; an image falls in at most
 * one of them.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Outcomes {

  private final long[] labels;
  /** Per image the stage it fell in; the number of stages while it stands. */
  private final int[] fell;

  /** Per stage how many fell in it; at the end, how many stand. */
  private final int[] counts;

  /**
   * All images stand.
   *
   * @param labels of the images, not changed afterwards
   * @param attacks number of attacks
   */
  Outcomes(long[] labels, int attacks) {
    this.labels = labels;
    int stages = attacks + 1;
    fell = new int[labels.length];
    counts = new int[stages + 1];
    Arrays.fill(fell, stages);
    counts[stages] = labels.length;
  }

  /**
   * Number of images.
   *
   * @return at least 0
   */
  public int size() {
    return fell.length;
  }

  /**
   * The class of an image.
   *
   * @param image its position
   * @return its label
   */
  public long label(int image) {
    return labels[image];
  }

  /**
   * Whether an image is classified correctly after a stage and all before it.
   *
   * @param image its position
   * @param stage 0 for the clean image, i after the i-th attack
   * @return false once it fell
   */
  public boolean stands(int image, int stage) {
    return fell[image] > stage;
  }

  /**
   * The images that stand after a stage.
   *
   * @param stage 0 for the clean images, i after the i-th attack
   * @return how many
   */
  public int standing(int stage) {
    return Arrays.stream(counts, stage + 1, counts.length).sum();
  }

  /**
   * The part of the images that stands after a stage.
   *
   * @param stage 0 for the clean accuracy, i for the robust accuracy after the i-th attack
   * @return in [0, 1]; 0 if there are no images
   */
  public double accuracy(int stage) {
    return size() == 0 ? 0 : (double) standing(stage) / size();
  }

  /**
   * The stage in which each image fell.
   *
   * @return per image 0 for the clean one, i for the i-th attack, and the number of attacks plus one for those that stand; a copy
   */
  public long[] stages() {
    return Arrays.stream(fell).asLongStream().toArray();
  }

  /** An image falls. */
  void fall(int image, int stage) {
    counts[fell[image]]--;
    fell[image] = stage;
    counts[stage]++;
  }

  /** Takes over what {@link #stages} gave. */
  void restore(long[] stored) {
    for (int image = 0; image < stored.length; image++) {
      fall(image, Math.toIntExact(stored[image]));
    }
  }
}
