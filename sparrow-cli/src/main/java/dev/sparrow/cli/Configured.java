package dev.sparrow.cli;

import dev.sparrow.config.RunConfig;

/** A command with options that are part of a run's configuration. */
interface Configured {

  /**
   * The configuration that applies, which {@code --print-config} shows.
   *
   * @return defaults or the run's own, and over these the settings file, options and {@code --set}
   */
  RunConfig config();
}
