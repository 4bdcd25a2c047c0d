package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ProtoBufferTest {

  @Test
  void wireFormatOfTheProtobufGuide() {
    // The guide's examples: field 1 = 150; field 2 = "testing"; field 3 = a message of the first kind; a negative number takes ten bytes.
    assertThat(HexFormat.of().formatHex(new ProtoBuffer().number(1, 150).toBytes())).isEqualTo("089601");
    assertThat(HexFormat.of().formatHex(new ProtoBuffer().text(2, "testing").toBytes())).isEqualTo("120774657374696e67");
    assertThat(HexFormat.of().formatHex(new ProtoBuffer().message(3, new ProtoBuffer().number(1, 150)).toBytes())).isEqualTo("1a03089601");
    assertThat(HexFormat.of().formatHex(new ProtoBuffer().number(1, -2).toBytes())).isEqualTo("08feffffffffffffffff01");
    assertThat(HexFormat.of().formatHex(new ProtoBuffer().single(2, 1).real(1, 1).toBytes())).isEqualTo("150000803f09000000000000f03f");
  }

  @Test
  void bytesAndMessagesKeepTheirPlaceAmongTheOtherFields() throws IOException {
    ByteBuffer data = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2);
    ProtoBuffer message = new ProtoBuffer().number(1, 7).message(2, new ProtoBuffer().bytes(3, data).number(4, 1)).number(5, 2);
    assertThat(message.size()).isEqualTo(12);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    message.writeTo(Channels.newChannel(written));
    // 08 07: field 1 = 7; 12 06: field 2, six bytes: 1a 02 01 02: field 3, two bytes, and 20 01: field 4 = 1; 28 02: field 5 = 2.
    assertThat(HexFormat.of().formatHex(written.toByteArray())).isEqualTo("080712061a02010220012802");
    assertThat(message.toBytes()).isEqualTo(written.toByteArray());
    assertThat(data.remaining()).isEqualTo(2);
  }

  @Test
  void aMessageIsTakenAsItIsAtThatTime() {
    ProtoBuffer inner = new ProtoBuffer().number(1, 1);
    ProtoBuffer outer = new ProtoBuffer().message(1, inner);
    inner.number(2, 2);
    assertThat(HexFormat.of().formatHex(outer.toBytes())).isEqualTo("0a020801");
  }
}
