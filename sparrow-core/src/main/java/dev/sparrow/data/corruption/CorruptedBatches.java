package dev.sparrow.data.corruption;

import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.units.Seed;

/**
 * Batches of images that are corrupted as they are asked for.
 *
 * @param images the clean ones
 * @param batchSize images in every batch but the last: an image's random numbers depend on its place in the set alone
 * @param kind what happens to them
 * @param severity from {@value Corruption#MILDEST} to {@value Corruption#STRONGEST}
 * @param seed root of the randomness
 */
public record CorruptedBatches(Batches images, int batchSize, CorruptionKind kind, int severity, Seed seed) implements Batches {

  @Override
  public int count() {
    return images.count();
  }

  @Override
  public Batch get(int index) {
    Batch clean = images.get(index);
    int length = clean.images().length / clean.size();
    float[] corrupted = new float[clean.images().length];
    for (int i = 0; i < clean.size(); i++) {
      Picture picture = Picture.of(clean.images(), i * length, clean.imageSize());
      kind.apply(picture, severity, seed, (long) index * batchSize + i).copyTo(corrupted, i * length);
    }
    return new Batch(index, clean.imageSize(), corrupted, clean.labels());
  }
}
