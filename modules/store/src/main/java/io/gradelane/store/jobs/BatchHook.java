package io.gradelane.store.jobs;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The webhook that a batch names.
 *
 * @param webhook its id
 * @param made what is to be registered for this batch alone, or null for one that is there
 * @param jobEvents whether it hears of each job too
 */
public record BatchHook(UUID webhook, @Nullable NewWebhook made, boolean jobEvents) {}
