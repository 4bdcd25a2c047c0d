package dev.sparrow.model;

import org.apiguardian.api.API;

/** How the activations of a batch lie in memory. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum ActivationLayout {
  /** Channels innermost, which convolutions on this engine are fastest with; the default. */
  CHANNELS_LAST,
  /** Columns innermost (NCHW), the reference's setting, kept as the baseline of benchmarks. */
  CHANNELS_FIRST
}
