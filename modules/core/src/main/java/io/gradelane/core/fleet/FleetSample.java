package io.gradelane.core.fleet;

/**
 * What one pass saw and did.
 *
 * @param decision with the load, every rule's wish and the time
 * @param why in sentences, obstacles included
 * @param launches that were begun
 * @param terminations that were begun
 * @param errors of the provider, the pool and the table
 */
public record FleetSample(
    ScaleDecision decision,
    String why,
    Census census,
    int launches,
    int terminations,
    int errors) {}
