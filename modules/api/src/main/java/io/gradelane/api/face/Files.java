package io.gradelane.api.face;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.http.Exchange;
import io.gradelane.jobe.wire.FilePut;
import io.gradelane.jobe.wire.JobeAnswers;
import io.gradelane.settings.Settings;
import io.gradelane.store.FileStore;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code PUT} and {@code HEAD} of {@code files/<id>}. */
final class Files {

  private static final Logger log = LoggerFactory.getLogger(Files.class);

  private final FileStore store;
  private final Gate gate;
  private final long maxBodyBytes;
  private final long maxFileBytes;

  Files(FileStore store, Gate gate, Settings settings) {
    this.store = store;
    this.gate = gate;
    maxBodyBytes = settings.http().maxBodyBytes();
    maxFileBytes = settings.files().maxFileBytes();
  }

  void put(Exchange exchange, String id) {
    Tenant tenant = gate.keeper(exchange);
    if (tenant != null) {
      exchange.readBody(maxBodyBytes, body -> put(exchange, tenant, id, body));
    }
  }

  private void put(Exchange exchange, Tenant tenant, String id, Buffer body) {
    switch (FilePut.read(id, body)) {
      case FilePut.Invalid invalid -> Jobe.answer(exchange, invalid.answer());
      case FilePut.Contents contents
      when contents.bytes().length() > maxFileBytes ->
        Jobe.answer(exchange, JobeAnswers.tooLarge());
      case FilePut.Contents contents ->
        store
            .put(tenant.name(), id, contents.bytes())
            .onSuccess(md5 -> Jobe.answer(exchange, JobeAnswers.stored()))
            .onFailure(cause -> notWritten(exchange, id, cause));
    }
  }

  private static void notWritten(Exchange exchange, String id, Throwable cause) {
    log.atWarn()
        .setCause(cause)
        .addKeyValue("http.request.id", exchange.requestId())
        .log("a file could not be stored");
    Jobe.answer(exchange, JobeAnswers.fileNotWritten(id));
  }

  void head(Exchange exchange, String id) {
    store
        .digest(gate.anybody(exchange).name(), id)
        .otherwise(Optional.empty())
        .onSuccess(md5 -> Jobe.answer(
            exchange, md5.isPresent() ? JobeAnswers.stored() : JobeAnswers.noSuchFile()));
  }
}
