package dev.sparrow.data;

import dev.sparrow.units.Seed;
import org.apiguardian.api.API;

/**
 * How training images are varied from epoch to epoch.
 *
 * @param padding black pixels around the image before it is cropped back to its size at a random place
 * @param flip whether left and right change places in half of the cases
 * @param maxDegrees bound of a uniformly random rotation either way
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Augmentation(int padding, boolean flip, double maxDegrees) {

  /** None. */
  public static final Augmentation NONE = new Augmentation(0, false, 0);

  /** Random crop with padding 4 and horizontal flip. */
  public static final Augmentation CROP_AND_FLIP = new Augmentation(4, true, 0);

  /** CIFAR-100's: {@link #CROP_AND_FLIP} and a rotation by up to 15 degrees. */
  public static final Augmentation CROP_FLIP_AND_ROTATE = new Augmentation(4, true, 15);

  /**
   * The variation of one image in one epoch: a pure function of its arguments, so that neither workers nor a resume change it.
   *
   * @param seed root seed of the run
   * @param epoch from 0
   * @param index position of the image in the training set
   * @return the transform
   */
  public Transform draw(Seed seed, long epoch, long index) {
    SplitMix random = new SplitMix(seed.derive("augmentation", epoch, index));
    int down = random.below(2 * padding + 1) - padding;
    int right = random.below(2 * padding + 1) - padding;
    boolean flipped = random.below(2) == 1 && flip;
    double degrees = (2 * random.uniform() - 1) * maxDegrees;
    return new Transform(down, right, flipped, degrees);
  }
}
