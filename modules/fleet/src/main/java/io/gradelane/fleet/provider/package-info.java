/** Who has machines: nobody (a list), this machine (processes), an operator's own commands, or EC2. */
@NullMarked
package io.gradelane.fleet.provider;

import org.jspecify.annotations.NullMarked;
