package dev.sparrow.data.corruption;

import dev.sparrow.units.Labelled;
import dev.sparrow.units.Seed;

/**
 * The kinds of CIFAR-10-C, in its order and under its names. Constants are those of the published generators for 32x32 and for 64x64
 * pixels; random numbers are others, so single images differ from the published ones, and the accuracies of a network agree within the
 * noise. {@link #FROST} alone differs in kind: it adds a texture that is made up, as the published photographs are not part of Sparrow.
 */
public enum CorruptionKind implements Labelled {
  /** Normal noise. */
  GAUSSIAN_NOISE("gaussian_noise", new GaussianNoise()),
  /** Poisson noise. */
  SHOT_NOISE("shot_noise", new ShotNoise()),
  /** Salt and pepper. */
  IMPULSE_NOISE("impulse_noise", new ImpulseNoise()),
  /** A lens out of focus. */
  DEFOCUS_BLUR("defocus_blur", new DefocusBlur()),
  /** Frosted glass. */
  GLASS_BLUR("glass_blur", new GlassBlur()),
  /** A camera that moved. */
  MOTION_BLUR("motion_blur", new MotionBlur()),
  /** A camera that zoomed. */
  ZOOM_BLUR("zoom_blur", new ZoomBlur()),
  /** Falling snow. */
  SNOW("snow", new Snow()),
  /** Ice on the lens; the texture is not the published one. */
  FROST("frost", new Frost()),
  /** Fractal fog. */
  FOG("fog", new Fog()),
  /** Too much light. */
  BRIGHTNESS("brightness", new Brightness()),
  /** Too little contrast. */
  CONTRAST("contrast", new Contrast()),
  /** Pulled and pushed. */
  ELASTIC_TRANSFORM("elastic_transform", new ElasticTransform()),
  /** Too few pixels. */
  PIXELATE("pixelate", new Pixelate()),
  /** Too few bytes. */
  JPEG_COMPRESSION("jpeg_compression", new JpegCompression());

  private final String label;
  private final Corruption corruption;

  CorruptionKind(String label, Corruption corruption) {
    this.label = label;
    this.corruption = corruption;
  }

  /** The name in CIFAR-10-C, for example {@code gaussian_noise}. */
  @Override
  public String label() {
    return label;
  }

  /**
   * What it does.
   *
   * @return stateless
   */
  public Corruption corruption() {
    return corruption;
  }

  /**
   * Corrupts one image of a set: a pure function of its arguments. Values come in steps of 1/255, rounded down, as the published sets store
   * them.
   *
   * @param image unchanged
   * @param severity from {@value Corruption#MILDEST} to {@value Corruption#STRONGEST}
   * @param seed root of the randomness
   * @param index position of the image in the set, from 0
   * @return a fresh image of the same size
   */
  public Picture apply(Picture image, int severity, Seed seed, long index) {
    return corruption.apply(image, severity, new Draws(seed.derive("corruption." + label, severity, index))).inBytes();
  }
}
