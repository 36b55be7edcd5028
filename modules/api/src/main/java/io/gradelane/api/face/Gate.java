package io.gradelane.api.face;

import io.gradelane.api.access.Admission;
import io.gradelane.api.access.KeyRing;
import io.gradelane.api.access.Tenant;
import io.gradelane.api.http.Exchange;
import io.gradelane.jobe.wire.JobeAnswers;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the API key where one is needed. Jobe 2.0 and 2.1 need it for {@code POST runs} alone; we need it for
 * {@code PUT files} too, since those fill our disk and not a sandbox's.
 */
final class Gate {

  private final KeyRing keys;

  Gate(KeyRing keys) {
    this.keys = keys;
  }

  /** Who asks for something that needs a key, or null after a refusal in Jobe's words, before the body is looked at. */
  @Nullable
  Tenant keeper(Exchange exchange) {
    Admission admission = keys.admit(exchange);
    if (admission.mayDo(Tenant.RUN)) {
      return admission.tenant();
    }
    Jobe.answer(
        exchange,
        admission instanceof Admission.Missing
            ? JobeAnswers.missingKey()
            : JobeAnswers.unknownKey());
    return null;
  }

  /** Who asks for something that is open to all. */
  Tenant anybody(Exchange exchange) {
    return keys.admit(exchange).tenant();
  }
}
