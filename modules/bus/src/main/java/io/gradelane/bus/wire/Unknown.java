package io.gradelane.bus.wire;

/**
 * A message that this build can't read: of another version, of a kind that came later, or broken.
 *
 * @param version of the wire; 0 if not even that could be read
 * @param kind its number; 0 likewise
 * @param problem what is wrong with it
 */
public record Unknown(long version, long kind, String problem) {}
