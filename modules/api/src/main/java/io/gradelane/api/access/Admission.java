package io.gradelane.api.access;

/** What a request's key says of who asks. */
public sealed interface Admission {

  /** Who asks; for what needs no key, the tenant without any rights where the key is missing or unknown. */
  Tenant tenant();

  default boolean mayDo(String scope) {
    return tenant().has(scope);
  }

  /** A key's owner, or anybody where none are configured. */
  record Known(Tenant tenant) implements Admission {}

  /** None was offered, and one is needed. */
  record Missing(Tenant tenant) implements Admission {}

  /** It is nobody's. */
  record Unknown(Tenant tenant) implements Admission {}
}
