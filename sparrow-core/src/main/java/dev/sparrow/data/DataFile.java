package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of images or of a data set: on disk, bundled or in memory. */
interface DataFile {

  /** Its name, for messages. */
  String where();

  /** Opens it, or throws what the file system says. */
  InputStream open() throws IOException;

  /** A file on disk. */
  static DataFile of(Path path) {
    return new OnDisk(path);
  }

  /** A bundled file, named relative to this package. */
  static DataFile bundled(String name) {
    return new Bundled(name);
  }

  /**
   * The whole content.
   *
   * @throws BadInput if it cannot be read
   */
  default byte[] bytes() {
    try (InputStream in = open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw BadInput.data("data file", "a readable file", e.toString(), where(), e);
    }
  }

  /**
   * The lines of a text file.
   *
   * @throws BadInput if it cannot be read
   */
  default List<String> lines() {
    return new String(bytes(), StandardCharsets.UTF_8).lines().toList();
  }

  /** A file on disk. */
  record OnDisk(Path path) implements DataFile {

    @Override
    public String where() {
      return path.toString();
    }

    @Override
    public InputStream open() throws IOException {
      if (!Files.isRegularFile(path)) {
        throw BadInput.data("data file", "a file", Files.exists(path) ? "something else" : "nothing", path);
      }
      return Files.newInputStream(path);
    }
  }

  /** What a file would hold. */
  record InMemory(byte[] content, String where) implements DataFile {

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(content);
    }
  }

  /** A bundled file. */
  record Bundled(String name) implements DataFile {

    @Override
    public String where() {
      return "bundled " + name;
    }

    @Override
    public InputStream open() throws IOException {
      InputStream stream = DataFile.class.getResourceAsStream(name);
      if (stream == null) {
        throw new IOException("not on the class path");
      }
      return stream;
    }
  }
}
