package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code data download} against a server on this machine; what the library does with answers is tested there. */
class DataDownloadTest {

  @TempDir private Path folder;

  @Test
  void aServerWithoutTheArchive() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    try {
      String mirror = "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + server.getAddress().getPort() + "/sets/";
      Program.Outcome outcome = Program.run("data download cifar10 --to " + folder + " --mirror " + mirror);
      assertThat(outcome.errorLines())
          .containsExactly(
              "downloading " + mirror + "cifar-10-binary.tar.gz",
              "download: expected HTTP status 200, got 404 (" + mirror + "cifar-10-binary.tar.gz)");
      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(folder.resolve("cifar-10-batches-bin")).doesNotExist();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void mistakesAreOneLine() {
    Program.Outcome unknown = Program.run("data download mnist --to " + folder);
    assertThat(unknown.errorLines()).containsExactly("data set: expected one of cifar10, cifar100, tinyimagenet, got 'mnist'");
    assertThat(unknown.exitCode()).isEqualTo(2);
    Program.Outcome mirror = Program.run("data download cifar10 --mirror ftp://example.org/ --to " + folder);
    assertThat(mirror.errorLines()).containsExactly("download address: expected http://... or https://..., got 'ftp://example.org/'");
    assertThat(mirror.exitCode()).isEqualTo(2);
    assertThat(Program.run("data download").errorLines()).containsExactly("NAME: expected a value, got nothing (sparrow data download)");
  }
}
