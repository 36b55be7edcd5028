package io.gradelane.jobe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardTest {

  private static final Forward RULES =
      new Forward(Map.of("randomid01", "0123456789abcdef0123456789abcdef"), 4, 2000, 100);

  @Test
  void dropsWhatIsNotJobesBusinessAndKeepsTheRest() {
    String body =
        "{\"z\":1.50,\"run_spec\":{\"zz\":[],\"language_id\":\"C\",\"debug\":1,\"sourcecode\":\"é\\/\\u00e9\","
            + "\"jobeserver\":\"http:\\/\\/a\",\"parameters\":{\"jobeapikey\":\"k\",\"cputime\":5,\"x\":{}},\"b\":null},\"a\":2}";
    assertThat(forward(body))
        .isEqualTo(
            "{\"z\":1.50,\"run_spec\":{\"zz\":[],\"language_id\":\"C\",\"sourcecode\":\"é\\/\\u00e9\","
                + "\"parameters\":{\"cputime\":5,\"x\":{}},\"b\":null},\"a\":2}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"streamsize\":200|\"streamsize\":4",
        "\"streamsize\":\"200\"|\"streamsize\":4",
        "\"streamsize\":2.5|\"streamsize\":2.5",
        "\"streamsize\":0|\"streamsize\":0",
        "\"streamsize\":\"many\"|\"streamsize\":\"many\"",
        "\"memorylimit\":0|\"memorylimit\":2000",
        "\"memorylimit\":\"0.0\"|\"memorylimit\":2000",
        "\"memorylimit\":1e30|\"memorylimit\":2000",
        "\"memorylimit\":500|\"memorylimit\":500",
        "\"numprocs\":101|\"numprocs\":100",
        "\"cputime\":1e19|\"cputime\":121",
        "\"cputime\":120.9|\"cputime\":120.9",
        "\"disklimit\":-1|\"disklimit\":-1",
      })
  void clampsLimits(String given, String sent) {
    String spec = "{\"run_spec\":{\"language_id\":\"c\",\"sourcecode\":\"\",\"parameters\":{%s}}}";
    assertThat(forward(spec.formatted(given))).isEqualTo(spec.formatted(sent));
  }

  @Test
  void leavesParametersThatAreAListAlone() {
    String body = "{\"run_spec\":{\"language_id\":\"c\",\"sourcecode\":\"\",\"parameters\":[]}}";
    assertThat(forward(body)).isEqualTo(body);
  }

  @Test
  void sendsFilesUnderTheirNewIds() {
    String spec =
        "{\"run_spec\":{\"language_id\":\"c\",\"sourcecode\":\"\",\"file_list\":[[\"%s\",\"a\"],[\"other678\",\"b\",true]]}}";
    assertThat(forward(spec.formatted("randomid01")))
        .isEqualTo(spec.formatted("0123456789abcdef0123456789abcdef"));
  }

  private static String forward(String body) {
    Reading reading = RunReader.read(Buffer.buffer(body), language -> true);
    return ((Reading.Valid) reading).spec().forwardBody(RULES).toString();
  }
}
