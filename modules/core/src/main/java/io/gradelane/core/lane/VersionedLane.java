package io.gradelane.core.lane;

/**
 * A lane with the moment of its last change, so that two operators can't overwrite each other unseen, and so that of two
 * settings of a lane every node keeps the later one, even one that was kept while nobody ran.
 *
 * @param version 1 as it is configured; then the milliseconds since 1970 of the change, or one more than before if that
 *     is greater; the lane's ETag
 */
public record VersionedLane(LaneSpec spec, long version) {}
