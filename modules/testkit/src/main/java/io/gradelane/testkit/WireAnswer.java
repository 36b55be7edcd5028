package io.gradelane.testkit;

/**
 * What came back on a raw connection.
 *
 * @param body UTF-8 text, unpacked
 */
record WireAnswer(int status, String body) {}
