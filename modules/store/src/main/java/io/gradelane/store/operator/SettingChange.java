package io.gradelane.store.operator;

import java.time.Instant;

/**
 * One change of one value, as it is remembered.
 *
 * @param number grows with every change
 * @param was as JSON: what held before
 * @param is as JSON: what held then
 */
public record SettingChange(
    long number, String subject, String name, String was, String is, String by, Instant at) {}
