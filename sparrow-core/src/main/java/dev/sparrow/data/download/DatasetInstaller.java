package dev.sparrow.data.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings a data set to disk: download, checksum, unpacking. Each part that is done already is not done again. */
public final class DatasetInstaller {

  private final Downloader downloader;
  private final ArchiveExtractor extractor;

  /**
   * An installer.
   *
   * @param downloader fetches archives
   * @param extractor unpacks them
   */
  public DatasetInstaller(Downloader downloader, ArchiveExtractor extractor) {
    this.downloader = downloader;
    this.extractor = extractor;
  }

  /**
   * Installs a data set.
   *
   * @param archive its archive, official or at a mirror
   * @param folder where data sets are kept; made if missing
   * @param progress is told of the download
   * @return the data set's own folder in it; the archive stays beside it
   * @throws IOException if the disk fails or the thread is interrupted
   * @throws dev.sparrow.BadInput if the server does not deliver the archive, or it is damaged
   */
  public Path install(PublishedArchive archive, Path folder, DownloadProgress progress) throws IOException {
    Path target = folder.resolve(archive.folder());
    if (!Files.isDirectory(target)) {
      extractor.extract(downloader.fetch(archive, folder, progress), archive.folder(), target);
    }
    return target;
  }
}
