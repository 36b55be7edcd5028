package io.gradelane.api.hooks;

import io.gradelane.core.hook.AddressRules;
import io.gradelane.core.hook.HookUrl;
import io.gradelane.settings.Settings;

/**
 * What a webhook's URL must be like.
 *
 * @param addresses that may be reached
 * @param plain whether HTTP without TLS will do
 */
public record HookRules(AddressRules addresses, boolean plain) {

  public static HookRules of(Settings.Webhooks settings) {
    return new HookRules(AddressRules.allowing(settings.allow()), settings.http());
  }

  /** @throws IllegalArgumentException that says what is wrong with it */
  public HookUrl read(String text) {
    HookUrl url = HookUrl.parse(text, plain);
    if (!addresses.mayName(url.host())) {
      throw new IllegalArgumentException(
          "'" + text + "' (expected: a public address, or one that webhooks.allow names)");
    }
    return url;
  }
}
