/**
 * How messages stand on the wire between nodes: binary, small, and readable by builds that are older or newer.
 *
 * <pre>
 *  message   version kind fields
 *  fields    (tag × 8 + type) value … 0          tag: the place of the component in its record, from 1
 *  types     0 number (zigzag varint)   1 eight bytes   2 text (length, UTF-8)   3 record (fields)
 *            4 text that stood before (its place)       5 sixteen bytes          6 record of some kind (kind, fields)
 * </pre>
 *
 * <p>A list, a set or a map is its elements one after the other, each with the tag. What has its default (0, false, empty,
 * absent) is left out. A reader skips tags that it does not know and takes defaults for those that are missing, so
 * components are only ever <em>appended</em> to a record, kinds are only ever added to {@link
 * io.gradelane.bus.wire.Kinds}, and both keep their number for ever. The recorded bytes among the tests hold us to it.
 */
@NullMarked
package io.gradelane.bus.wire;

import org.jspecify.annotations.NullMarked;
