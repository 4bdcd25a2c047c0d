package dev.sparrow.data.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on the loopback address that serves one file, well or badly. */
final class ArchiveServer implements AutoCloseable {

  /** What was asked. */
  record Request(String path, Optional<String> range, Optional<String> ifRange) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  volatile byte[] content;
  volatile String etag = "\"v1\"";
  volatile boolean ranges = true;
  volatile int status = 200;
  /** Bytes after which an answer stops. */
  volatile int stopAfter = Integer.MAX_VALUE;
  /** Whether the connection then stays open, silent, rather than being cut. */
  volatile boolean stall;
  /** Whether the size is announced. */
  volatile boolean announce = true;

  ArchiveServer(byte[] content) throws IOException {
    this.content = content;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/files/", this::serve);
    server.createContext("/moved/", this::redirect);
    server.setExecutor(threads);
    server.start();
  }

  URI base(String folder) {
    return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + server.getAddress().getPort() + "/" + folder);
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  private void redirect(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Location", exchange.getRequestURI().getPath().replace("/moved/", "/files/"));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    Optional<String> range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
    Optional<String> ifRange = Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-Range"));
    requests.add(new Request(exchange.getRequestURI().getPath(), range, ifRange));
    if (!etag.isEmpty()) {
      exchange.getResponseHeaders().add("ETag", etag);
    }
    int from = 0;
    int answer = status;
    if (status == 200 && ranges && range.isPresent() && ifRange.map(etag::equals).orElse(true)) {
      from = Integer.parseInt(range.get().replaceAll("\\D", ""));
      answer = from < content.length ? 206 : 416;
      exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    send(exchange, answer, answer < 300 ? Arrays.copyOfRange(content, from, content.length) : new byte[0]);
  }

  private void send(HttpExchange exchange, int answer, byte[] body) throws IOException {
    exchange.sendResponseHeaders(answer, body.length == 0 ? -1 : announce ? body.length : 0);
    OutputStream out = exchange.getResponseBody();
    out.write(body, 0, Math.min(body.length, stopAfter));
    out.flush();
    if (stall) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    exchange.close();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
