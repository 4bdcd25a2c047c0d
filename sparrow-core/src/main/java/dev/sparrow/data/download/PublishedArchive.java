package dev.sparrow.data.download;

import dev.sparrow.BadInput;
import java.net.URI;

/**
 * An archive on the web whose exact content is known beforehand.
 *
 * @param base address of the folder it is in, http or https; a missing slash at the end is added
 * @param fileName its name there and on disk; says by its ending how it is packed
 * @param bytes its size
 * @param md5 its MD5 in lower-case hexadecimal digits, as published
 * @param folder the one folder that all its entries are in
 */
public record PublishedArchive(URI base, String fileName, long bytes, String md5, String folder) {

  /**
   * Checks the address.
   *
   * @param base http or https
   * @param fileName name
   * @param bytes size
   * @param md5 checksum
   * @param folder top folder
   * @throws BadInput if the address is another kind
   */
  public PublishedArchive {
    if (!"http".equals(base.getScheme()) && !"https".equals(base.getScheme()) || base.getHost() == null) {
      throw BadInput.usage("download address", "http://... or https://...", "'" + base + "'");
    }
    if (!base.getPath().endsWith("/")) {
      base = URI.create(base + "/");
    }
  }

  /**
   * The same archive from another place.
   *
   * @param mirror address of a folder that holds a file of the same name
   * @return a copy with this address; size and checksum stay those of the original
   * @throws BadInput if the address is not http or https
   */
  public PublishedArchive at(URI mirror) {
    return new PublishedArchive(mirror, fileName, bytes, md5, folder);
  }

  /**
   * The whole address.
   *
   * @return of the file
   */
  public URI address() {
    return base.resolve(fileName);
  }
}
