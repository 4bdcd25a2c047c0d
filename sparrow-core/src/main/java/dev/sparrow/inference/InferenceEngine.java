package dev.sparrow.inference;

import org.apiguardian.api.API;

/** A network that classifies images, whatever computes it. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface InferenceEngine extends AutoCloseable {

  /**
   * Classifies images.
   *
   * @param images [count, 3, H, W], row-major, with pixels in [0, 1]; normalisation is inside
   * @param count number of images, at least 1
   * @return [count, K], the caller's
   */
  float[] logits(float[] images, int count);

  /**
   * What computes.
   *
   * @return one line for people: library, version, precision
   */
  String description();

  /** Releases what the engine holds. */
  @Override
  void close();
}
