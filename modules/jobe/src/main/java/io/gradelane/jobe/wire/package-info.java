/** What travels: run specs, answers, verdicts, file ids, base64 bodies. Pure. */
@NullMarked
package io.gradelane.jobe.wire;

import org.jspecify.annotations.NullMarked;
