package dev.sparrow.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sparrow.BadInput;
import dev.sparrow.data.ImageDecoder;
import dev.sparrow.inference.InferenceEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers {@code POST /classify}, whose body is a PNG or JPEG file, with the most likely class and the probabilities of all. Listens on the
 * loopback address alone. Whoever may connect may waste its time: set the system property {@code sun.net.httpserver.maxReqTime}, in
 * seconds, where that matters.
 */
final class PredictionServer implements AutoCloseable {

  /** A body that is longer is not read. */
  static final int MAX_BYTES = 1 << 20;

  private static final long MAX_PIXELS = 1 << 22;
  private static final int THREADS = 4;
  private static final String PATH = "/classify";

  private final InferenceEngine engine;
  private final ImageDecoder decoder;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final HttpServer server;
  private boolean closed;

  private record Answer(int status, String type, String body) {

    static Answer refused(int status, String why) {
      return new Answer(status, "text/plain; charset=utf-8", why + "\n");
    }
  }

  /** Starts to listen. Owns the engine; port 0 is any free one. */
  PredictionServer(InferenceEngine engine, int imageSize, int port) throws IOException {
    this.engine = engine;
    this.decoder = new ImageDecoder(imageSize, MAX_PIXELS);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** Where it listens. */
  String url() {
    return "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort() + PATH;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answerTo(exchange);
      byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type);
      exchange.sendResponseHeaders(answer.status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answerTo(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals(PATH)) {
      return Answer.refused(404, "path: expected " + PATH);
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      return Answer.refused(405, "method: expected POST");
    }
    byte[] file = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
    if (file.length > MAX_BYTES) {
      return Answer.refused(413, "image: expected at most " + MAX_BYTES + " bytes");
    }
    try {
      return new Answer(200, "application/json", classify(file));
    } catch (BadInput e) {
      return Answer.refused(400, e.getMessage());
    }
  }

  private String classify(byte[] file) {
    byte[] pixels = decoder.decode(file, "request");
    float[] image = new float[pixels.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = (pixels[i] & 0xff) / 255f;
    }
    double[] probabilities = softmax(logits(image));
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return "{\"class\": " + best + ", \"probabilities\": " + Arrays.toString(probabilities) + "}\n";
  }

  /** Engines answer one thread at a time. */
  private synchronized float[] logits(float[] image) {
    if (closed) {
      throw new IllegalStateException("the server is closed");
    }
    return engine.logits(image, 1);
  }

  private static double[] softmax(float[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double[] exponentials = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      exponentials[i] = Math.exp(logits[i] - largest);
      sum += exponentials[i];
    }
    for (int i = 0; i < logits.length; i++) {
      exponentials[i] /= sum;
    }
    return exponentials;
  }

  /** Answers nobody any more, and releases the engine. */
  @Override
  public synchronized void close() {
    server.stop(0);
    threads.shutdown();
    closed = true;
    engine.close();
  }
}
