package io.gradelane.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Jobe server that costs next to nothing, in a process of its own: it reads just enough of HTTP to find the end of a
 * request. A run takes {@code --delay} ms, or N ms if its body says {@code sleep N}; what stands after {@code tag } in
 * the body comes back on stdout, up to the next blank.
 *
 * <p>With {@code --slots} it runs no more at once; one more looks for a slot every {@code --poll} ms, ten times, in no
 * order, then gets outcome 21, as Jobe does. {@code GET /stats} tells runs, the most in flight, and refusals.
 *
 * <p>One event loop, so its state has one writer and needs no lock.
 */
final class LeanJobe {

  private static final int POLLS = 10;
  private static final int PADDING = 900;
  private static final byte[] HEAD_END = bytes("\r\n\r\n");
  private static final byte[] LENGTH = bytes("content-length:");
  private static final byte[] SLEEP = bytes("sleep ");
  private static final byte[] TAG = bytes("tag ");
  private static final byte[] PROBE = bytes("gradelane probe");
  private static final int LONGEST_PROBE = 600;

  /** The request that is looked at, copied out of its buffer: what stands behind so many bytes matters to nobody. */
  private final byte[] request = new byte[1 << 16];

  private final int delayMillis;
  private final int slots;
  private final int pollMillis;
  private final ByteBuf plainAnswer = Unpooled.unreleasableBuffer(
      Unpooled.directBuffer().writeBytes(answer(result(15, "x".repeat(PADDING)))));

  private long runs;
  private int inFlight;
  private int mostInFlight;
  private int running;
  private long refused;

  private LeanJobe(Options options) {
    delayMillis = options.intOf("delay", 0);
    slots = options.intOf("slots", Integer.MAX_VALUE);
    pollMillis = options.intOf("poll", 1000);
  }

  /** Prints {@code listening <port>} and serves until it is killed. */
  public static void main(String[] args) throws Exception {
    Options options = Options.of(args);
    LeanJobe jobe = new LeanJobe(options);
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    Channel server = new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 4096)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(new ChannelInitializer<SocketChannel>() {
          @Override
          protected void initChannel(SocketChannel channel) {
            channel.pipeline().addLast(jobe.new Requests());
          }
        })
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.intOf("port", 0)))
        .sync()
        .channel();
    System.out.println("listening " + ((InetSocketAddress) server.localAddress()).getPort());
    server.closeFuture().sync();
  }

  /** Cuts the stream into requests. */
  private final class Requests extends ByteToMessageDecoder {

    @Override
    protected void decode(ChannelHandlerContext channel, ByteBuf in, List<Object> out) {
      int length = Math.min(in.readableBytes(), request.length);
      in.getBytes(in.readerIndex(), request, 0, length);
      int headEnd = indexOf(request, HEAD_END, 0, length);
      if (headEnd < 0) {
        return;
      }
      int bodyStart = headEnd + HEAD_END.length;
      int bodyEnd = bodyStart + contentLength(request, headEnd);
      if (bodyEnd <= in.readableBytes()) {
        in.skipBytes(bodyEnd);
        answer(channel, request, bodyStart, Math.min(bodyEnd, request.length));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
      var unused = channel.close();
    }
  }

  private void answer(ChannelHandlerContext channel, byte[] in, int bodyStart, int bodyEnd) {
    byte method = in[0];
    if (method == 'G') {
      send(
          channel,
          Unpooled.wrappedBuffer(answer(
              indexOf(in, bytes("/stats"), 0, bodyStart) > 0
                  ? stats()
                  : "[[\"c\",\"12.2.0\"],[\"python3\",\"3.11.2\"]]")));
    } else if (method == 'P' && in[1] == 'O' && isProbe(in, bodyStart, bodyEnd)) {
      send(channel, Unpooled.wrappedBuffer(answer(result(15, "42\\n"))));
    } else if (method == 'P' && in[1] == 'O') {
      long sleep = number(in, SLEEP, bodyStart, bodyEnd, delayMillis);
      run(channel, sleep, tag(in, bodyStart, bodyEnd));
    } else {
      send(channel, Unpooled.wrappedBuffer(bytes("HTTP/1.1 204 No Content\r\n\r\n")));
    }
  }

  /** The gateway's own tiny programs; not counted. */
  private static boolean isProbe(byte[] in, int from, int to) {
    return to - from < LONGEST_PROBE && indexOf(in, PROBE, from, to) >= 0;
  }

  private void run(ChannelHandlerContext channel, long millis, String tag) {
    runs++;
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
    seekSlot(channel, millis, tag, 0);
  }

  private void seekSlot(ChannelHandlerContext channel, long millis, String tag, int polls) {
    if (running < slots) {
      running++;
      later(channel, millis, () -> finish(channel, tag));
    } else if (polls == POLLS) {
      inFlight--;
      refused++;
      send(channel, Unpooled.wrappedBuffer(answer(result(21, ""))));
    } else {
      later(channel, pollMillis, () -> seekSlot(channel, millis, tag, polls + 1));
    }
  }

  private void finish(ChannelHandlerContext channel, String tag) {
    running--;
    inFlight--;
    send(
        channel,
        tag.isEmpty()
            ? plainAnswer.duplicate()
            : Unpooled.wrappedBuffer(answer(result(15, tag + " " + "x".repeat(PADDING)))));
  }

  private static void send(ChannelHandlerContext channel, ByteBuf answer) {
    var unused = channel.writeAndFlush(answer, channel.voidPromise());
  }

  private static void later(ChannelHandlerContext channel, long millis, Runnable what) {
    if (millis == 0) {
      what.run();
    } else {
      var unused = channel.executor().schedule(what, millis, TimeUnit.MILLISECONDS);
    }
  }

  private String stats() {
    return "{\"runs\":" + runs + ",\"inFlight\":" + inFlight + ",\"mostInFlight\":" + mostInFlight
        + ",\"refused\":" + refused + "}";
  }

  private static String tag(byte[] in, int from, int to) {
    int at = indexOf(in, TAG, from, to);
    if (at < 0) {
      return "";
    }
    int start = at + TAG.length;
    int end = start;
    while (end < to && in[end] > ' ' && in[end] != '"' && in[end] != '\\') {
      end++;
    }
    return new String(in, start, end - start, StandardCharsets.US_ASCII);
  }

  private static int contentLength(byte[] in, int to) {
    return (int) number(in, LENGTH, 0, to, 0);
  }

  private static long number(byte[] in, byte[] after, int from, int to, long otherwise) {
    int at = indexOf(in, after, from, to);
    if (at < 0) {
      return otherwise;
    }
    long number = 0;
    for (int i = at + after.length; i < to; i++) {
      int digit = in[i] - '0';
      if (digit >= 0 && digit <= 9) {
        number = number * 10 + digit;
      } else if (in[i] != ' ') {
        return number;
      }
    }
    return number;
  }

  /** Ignores the case of letters in {@code in}; {@code what} is in lower case. */
  private static int indexOf(byte[] in, byte[] what, int from, int to) {
    int last = to - what.length;
    for (int at = from; at <= last; at++) {
      int i = 0;
      while (i < what.length && lower(in[at + i]) == what[i]) {
        i++;
      }
      if (i == what.length) {
        return at;
      }
    }
    return -1;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }

  private static byte[] answer(String json) {
    return bytes("HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\n"
        + "Content-Length: " + json.length() + "\r\n\r\n" + json);
  }

  private static String result(int outcome, String stdout) {
    return "{\"run_id\":null,\"outcome\":" + outcome + ",\"cmpinfo\":\"\",\"stdout\":\"" + stdout
        + "\",\"stderr\":\"\"}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
