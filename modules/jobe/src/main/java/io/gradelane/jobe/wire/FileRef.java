package io.gradelane.jobe.wire;

/**
 * One file that a run wants in its folder.
 *
 * @param id under which it was put; valid in a list
 * @param name to give it there; valid
 */
public record FileRef(String id, String name) {}
