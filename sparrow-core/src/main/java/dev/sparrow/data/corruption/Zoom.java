package dev.sparrow.data.corruption;

/** Enlarges the middle of an image and cuts it back to its size. */
final class Zoom {

  private Zoom() {}

  /**
   * Zooms in, with linear interpolation; the corners of the part that is kept stay corners.
   *
   * @param field what to enlarge
   * @param factor at least 1
   * @return of the same size
   */
  static Field into(Field field, double factor) {
    int size = field.size();
    int kept = (int) Math.ceil(size / factor);
    int enlarged = (int) Math.rint(kept * factor);
    int first = (size - kept) / 2;
    int trimmed = (enlarged - size) / 2;
    double step = enlarged == 1 ? 0 : (kept - 1.0) / (enlarged - 1);
    return Field.of(size, (y, x) -> field.between(first + (y + trimmed) * step, first + (x + trimmed) * step, Border.NEAREST));
  }
}
