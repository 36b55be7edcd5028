/**
 * Webhooks: what is told ({@link io.gradelane.core.hook.HookEvent}), where to ({@link io.gradelane.core.hook.HookUrl}), which
 * addresses may be reached ({@link io.gradelane.core.hook.AddressRules}) and what follows an answer ({@link
 * io.gradelane.core.hook.Redelivery}).
 */
@NullMarked
package io.gradelane.core.hook;

import org.jspecify.annotations.NullMarked;
