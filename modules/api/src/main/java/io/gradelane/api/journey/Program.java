package io.gradelane.api.journey;

import io.gradelane.jobe.wire.RunSpec;

/**
 * What is kept in mind of a run's spec while it waits; the spec itself may be large.
 *
 * @param language lower-case
 * @param cpuSeconds its CPU limit
 * @param fingerprint tells programs apart, by their source
 */
record Program(String language, double cpuSeconds, int fingerprint) {

  static Program of(RunSpec spec) {
    return new Program(spec.language(), spec.cpuSeconds(), spec.fingerprint());
  }
}
