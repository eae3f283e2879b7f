import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import { MqttAlarmLink, type MqttAlarmLinkOptions } from "../../src/drivers/mqtt/mqtt-alarm-link.ts";
import type { AlarmLink } from "../../src/ports/alarm-link.ts";
import { until } from "./until.ts";

export const site = "test-site";
export const root = `vestibule/${site}/`;

/** The real link with delays that suit a test: it comes back within a tenth of a second. */
export function realLink(url: string, options: Partial<MqttAlarmLinkOptions> = {}): MqttAlarmLink {
  return new MqttAlarmLink({
    url,
    site,
    clientId: "vestibule-test-1",
    clock: new SystemClock(),
    status: () => ({ version: "0.1.0", boot: "boot-1", lastSeq: 0 }),
    backOff: { first: 20, longest: 100 },
    ...options,
  });
}

export const becomes = (link: AlarmLink, phase: "online" | "offline"): Promise<void> =>
  until(() => link.state().phase === phase, `the link is ${phase}`);

/** Waits until the link says it is offline for a reason that matches. */
export async function complains(link: AlarmLink, reason: RegExp): Promise<void> {
  const said = new Set<string>();
  await until(() => {
    const state = link.state();
    if (state.phase === "offline") said.add(state.detail);
    return [...said].some((detail) => reason.test(detail));
  }, `the link says ${reason}`).catch((error: unknown) => {
    throw new Error(`${String(error)}; it said ${[...said].join(" | ") || "nothing"}`);
  });
}
