package dev.sparrow.data.download;

/** Is told how far a download has come. */
@FunctionalInterface
public interface DownloadProgress {

  /**
   * Some bytes have arrived; the first call tells what an earlier attempt had left.
   *
   * @param bytes on disk so far
   * @param total of the whole file
   */
  void advanced(long bytes, long total);
}
