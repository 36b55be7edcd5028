/**
 * The cluster harness: real nodes, each a JVM of its own, behind HAProxy or nginx and in front of stub servers that
 * count what runs on them, while nodes, servers and the network between them fail.
 *
 * <p>A {@link io.gradelane.cluster.harness.Drill} is one fault: it sets up an {@link
 * io.gradelane.cluster.harness.Arena}, keeps a {@link io.gradelane.cluster.harness.Load} on it, does the damage, and
 * fills a {@link io.gradelane.cluster.harness.Sheet}. The {@link io.gradelane.cluster.harness.History} remembers every
 * request, the {@link io.gradelane.cluster.harness.Pool} every run that a server saw, and the {@link
 * io.gradelane.cluster.harness.Oracle} compares them.
 *
 * <p>The nodes are known by their environment, their HTTP interface and their process ids alone. {@code ClusterTest}
 * meets each fault once; {@code bin/gradelane soak} takes as long as it needs.
 */
@NullMarked
package io.gradelane.cluster.harness;

import org.jspecify.annotations.NullMarked;
