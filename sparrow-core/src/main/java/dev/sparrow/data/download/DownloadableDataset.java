package dev.sparrow.data.download;

import dev.sparrow.units.Labelled;
import java.net.URI;

/** The data sets that {@code sparrow data download} knows. */
public enum DownloadableDataset implements Labelled {
  /** CIFAR-10 in binary layout, 162 MiB. */
  CIFAR10(
      "cifar10", Sites.TORONTO, "cifar-10-binary.tar.gz", 170_052_171, "c32a1d4ab5d03f1284b67883e8d87530", "cifar-10-batches-bin"),
  /** CIFAR-100 in binary layout, 161 MiB. */
  CIFAR100("cifar100", Sites.TORONTO, "cifar-100-binary.tar.gz", 168_513_733, "03b5dce01913d631647c71ecec9e9cb8", "cifar-100-binary"),
  /** Tiny-ImageNet in its original layout, 237 MiB. */
  TINYIMAGENET(
      "tinyimagenet", Sites.STANFORD, "tiny-imagenet-200.zip", 248_100_043, "90528d7ca1a48142e341f4ef8d21d0de", "tiny-imagenet-200");

  /** The publishers' addresses; in a class of their own since an enum's constants cannot refer to its later fields. */
  private static final class Sites {
    static final String TORONTO = "https://www.cs.toronto.edu/~kriz/";
    static final String STANFORD = "http://cs231n.stanford.edu/";
  }

  private final String label;
  private final PublishedArchive archive;

  DownloadableDataset(String label, String base, String fileName, long bytes, String md5, String folder) {
    this.label = label;
    this.archive = new PublishedArchive(URI.create(base), fileName, bytes, md5, folder);
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * What is downloaded.
   *
   * @return the official archive
   */
  public PublishedArchive archive() {
    return archive;
  }
}
