@NullMarked
package io.gradelane.store.peers;

import org.jspecify.annotations.NullMarked;
