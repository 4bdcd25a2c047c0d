package dev.sparrow.examples;

import java.nio.file.Path;
import java.util.stream.Stream;

/** Settings that make a run one of seconds. */
final class Small {

  private static final String[] SETTINGS = {
    "network.width=4", "epochs=1", "data.limitTrain=160", "data.limitTest=32", "batchSize=64", "trainAttack.steps=1", "testAttack.steps=2",
    "runtime.precision=fp32"
  };

  private Small() {}

  /** Arguments of a program that trains: the folder, these settings, then others over them. */
  static Object[] args(Path run, String... more) {
    return Stream.concat(Stream.concat(Stream.of(run), Stream.of(SETTINGS)), Stream.of(more)).toArray();
  }
}
