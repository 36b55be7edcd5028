package io.gradelane.core.lane;

/**
 * A lane with the number of its changes, so that two operators can't overwrite each other unseen, and so that of two
 * settings of a lane every node keeps the later one.
 *
 * @param version counts the changes from 1; the lane's ETag
 */
public record VersionedLane(LaneSpec spec, long version) {}
