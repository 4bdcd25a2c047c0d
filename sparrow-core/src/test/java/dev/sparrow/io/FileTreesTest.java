package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreesTest {

  @TempDir private Path folder;

  @Test
  void deletesEverythingInsideAndNothingBehindLinks() throws IOException {
    Path kept = Files.writeString(Files.createDirectory(folder.resolve("kept")).resolve("file"), "content");
    Path tree = folder.resolve("tree");
    FileTrees.create(tree.resolve("a/b"));
    Files.writeString(tree.resolve("a/b/file"), "x");
    Files.createSymbolicLink(tree.resolve("a/link"), kept.getParent());
    FileTrees.delete(tree);
    FileTrees.delete(tree);
    assertThat(tree).doesNotExist();
    assertThat(kept).hasContent("content");
  }
}
