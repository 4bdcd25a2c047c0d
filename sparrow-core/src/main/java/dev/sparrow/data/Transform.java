package dev.sparrow.data;

import org.apiguardian.api.API;

/**
 * What happens to one image on its way into a batch: crop, then flip, then rotate about the centre, to the nearest pixel. Whatever comes
 * from outside the image is black. The same as torchvision's {@code RandomCrop}, {@code RandomHorizontalFlip} and {@code RandomRotation}
 * after their random choices.
 *
 * @param down pixels by which the crop lies below the image's top, negative for above
 * @param right pixels by which the crop lies right of the image's left edge, negative for left
 * @param flip whether left and right change places
 * @param degrees counter-clockwise rotation
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Transform(int down, int right, boolean flip, double degrees) {

  /** Leaves an image as it is. */
  public static final Transform IDENTITY = new Transform(0, 0, false, 0);

  private static final float[] UNIT = new float[256];

  static {
    for (int level = 0; level < UNIT.length; level++) {
      UNIT[level] = level / 255f;
    }
  }

  /**
   * Transforms an image and scales it to [0, 1].
   *
   * @param image [3 * size * size] unsigned bytes, channels first
   * @param size height and width
   * @param target receives 3 * size * size numbers, all of them written
   * @param offset where in the target they start
   */
  public void apply(byte[] image, int size, float[] target, int offset) {
    int plane = size * size;
    int[] rotated = degrees == 0 ? new int[0] : rotation(size);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int at = y * size + x;
        int source = degrees == 0 ? cropped(y, x, size) : rotated[at];
        for (int channel = 0; channel < ImageSet.CHANNELS; channel++) {
          target[offset + channel * plane + at] = source < 0 ? 0 : UNIT[image[channel * plane + source] & 0xff];
        }
      }
    }
  }

  /** Where in the image the pixel of the cropped and flipped image comes from; -1 for the padding. */
  private int cropped(int y, int x, int size) {
    int sourceY = y + down;
    int sourceX = (flip ? size - 1 - x : x) + right;
    boolean inside = sourceY >= 0 && sourceY < size && sourceX >= 0 && sourceX < size;
    return inside ? sourceY * size + sourceX : -1;
  }

  private int[] rotation(int size) {
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    double centre = size / 2.0;
    int[] sources = new int[size * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double right = x + 0.5 - centre;
        double below = y + 0.5 - centre;
        int sourceX = (int) Math.floor(cos * right - sin * below + centre);
        int sourceY = (int) Math.floor(sin * right + cos * below + centre);
        boolean inside = sourceY >= 0 && sourceY < size && sourceX >= 0 && sourceX < size;
        sources[y * size + x] = inside ? cropped(sourceY, sourceX, size) : -1;
      }
    }
    return sources;
  }
}
