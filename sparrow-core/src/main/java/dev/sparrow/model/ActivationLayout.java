package dev.sparrow.model;

/** How the activations of a batch lie in memory. */
public enum ActivationLayout {
  /** Channels innermost, which convolutions on this engine are fastest with; the default. */
  CHANNELS_LAST,
  /** Columns innermost (NCHW), the reference's setting, kept as the baseline of benchmarks. */
  CHANNELS_FIRST
}
