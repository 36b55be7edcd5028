/**
 * What is submitted to be kept: read, checked, and held until it is.
 *
 * <p>A job's spec is never decoded: it is cut out of what came, byte for byte, so whatever a student has written, numbers
 * of any length and halves of surrogate pairs included, reaches Jobe as it was. {@link io.gradelane.api.submit.Bodies}
 * reads what comes as one JSON body, {@link io.gradelane.api.submit.Uploads} what comes line by line; both end in a
 * {@link io.gradelane.api.submit.Submission}.
 */
@NullMarked
package io.gradelane.api.submit;

import org.jspecify.annotations.NullMarked;
