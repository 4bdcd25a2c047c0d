package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumsTest {

  @TempDir private Path folder;

  /** RFC 1321 appendix A.5 and FIPS 180-2 appendix B.1. */
  @Test
  void publishedValues() throws IOException {
    Path abc = Files.writeString(folder.resolve("abc"), "abc");
    assertThat(Checksums.md5(abc)).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
    assertThat(Checksums.sha256(abc)).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  /** FIPS 180-2 appendix B.3: a million times 'a', more than one buffer. */
  @Test
  void longFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "a".repeat(1_000_000));
    assertThat(Checksums.sha256(file)).isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }
}
