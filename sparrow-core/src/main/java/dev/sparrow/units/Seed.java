package dev.sparrow.units;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.apiguardian.api.API;

/**
 * The root of all randomness. Consumers never share a generator: each derives its own seed from the root by its name and step, so that
 * turning one consumer on or off, or resuming in the middle, changes no other.
 *
 * @param value any long
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Seed(@JsonValue long value) {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Any long is a seed. */
  @JsonCreator
  public Seed {}

  /**
   * The seed of a consumer: a pure function of the root, the name and the steps.
   *
   * @param consumer stable name, for example {@code "augmentation"}; part of the reproducibility contract
   * @param steps position of the consumer, for example epoch and index
   * @return a well-mixed seed
   */
  public Seed derive(String consumer, long... steps) {
    long z = mix(value + GOLDEN);
    for (int i = 0; i < consumer.length(); i++) {
      z = mix(z + GOLDEN * (consumer.charAt(i) + 1));
    }
    for (long step : steps) {
      z = mix((z ^ mix(step + GOLDEN)) + GOLDEN);
    }
    return new Seed(z);
  }

  /**
   * SplitMix64's finaliser (Steele, Lea and Flood, 2014): a bijection that mixes all bits.
   *
   * @param x any long
   * @return the mixed bits
   */
  public static long mix(long x) {
    long z = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
