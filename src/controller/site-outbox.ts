import type { AlarmDesk } from "./alarm-desk.ts";
import type { ControllerOptions } from "./controller-options.ts";
import { Outbox } from "./outbox.ts";
import type { SiteHealth } from "./site-health.ts";
import { isActive } from "./standing-conditions.ts";

/** The site's outbox, which raises its own alarm; undefined where there is no broker. */
export function outboxOf(
  {
    broker,
    journal,
    clock,
    alarmMeans,
  }: Pick<ControllerOptions, "broker" | "journal" | "clock" | "alarmMeans">,
  health: SiteHealth,
  alarms: AlarmDesk,
): Outbox | undefined {
  if (broker === undefined) return undefined;
  return new Outbox({
    journal,
    cursor: broker.cursor,
    link: broker.link,
    clock,
    ...(alarmMeans === undefined ? {} : { isPublished: alarmMeans.plan.isPublished }),
    brokerLost: isActive(alarms.find("site.BrokerLost")),
    onBrokerLost: (detail) => health.brokerLost(detail),
    onBrokerReturned: () => health.brokerReturned(),
  });
}
