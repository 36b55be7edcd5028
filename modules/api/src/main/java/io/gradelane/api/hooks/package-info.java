/**
 * Webhooks after Standard Webhooks 1.0. What is to be told stands in the database already ({@link
 * io.gradelane.store.jobs.Deliveries}); in the order in which a delivery meets them: {@link io.gradelane.api.hooks.Courier}
 * takes it, {@link io.gradelane.api.hooks.HostLanes} lets it go, {@link io.gradelane.api.hooks.HookSender} finds out whether
 * its address may be reached and posts it, {@link io.gradelane.api.hooks.HookSignature} signs it.
 */
@NullMarked
package io.gradelane.api.hooks;

import org.jspecify.annotations.NullMarked;
