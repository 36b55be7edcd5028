package io.gradelane.testkit;

/**
 * What a {@link StubJobe} has seen since it was made.
 *
 * @param runs requests to run something, whatever was answered
 * @param executed runs that took a slot
 * @param inFlight runs that hold a slot or wait for one now
 * @param mostInFlight the greatest {@code inFlight} ever
 * @param overloads answers of outcome 21
 * @param missing answers of 404 to a run, for want of a file
 * @param filesPut files that were put
 * @param languages requests for the languages
 */
public record StubCounts(
    int runs,
    int executed,
    int inFlight,
    int mostInFlight,
    int overloads,
    int missing,
    int filesPut,
    int languages) {}
