import { alarmPlanOf } from "../config/alarm-plan-of.ts";
import { milliseconds } from "../config/policy-of.ts";
import type { SiteConfiguration } from "../config/site-schema.ts";
import type { AlarmMeans } from "../controller/alarm-actions/alarm-actions.ts";
import { SmtpMailSender } from "../drivers/mail-smtp/smtp-mail-sender.ts";
import { HttpWebhookSender } from "../drivers/webhook-http/http-webhook-sender.ts";
import type { Clock } from "../ports/clock.ts";

/** What an alarm's actions go by on this site. Secrets are read when they are used: a missing file closes no door. */
export function alarmMeansOf(
  site: SiteConfiguration,
  clock: Clock,
  cursor: AlarmMeans["cursor"],
): AlarmMeans {
  const { webhooks, mail } = site.alarms;
  return {
    plan: alarmPlanOf(site),
    cursor,
    webhook(name) {
      const found = webhooks.find((each) => each.name === name);
      if (found === undefined) throw new Error(`no webhook ${name}`);
      const { url, secretFile, caFile, timeout } = found;
      return new HttpWebhookSender({ url, secretFile, caFile, timeout: milliseconds(timeout), clock });
    },
    mail: mail && new SmtpMailSender({ ...mail, timeout: milliseconds(mail.timeout) }),
    random: Math.random,
  };
}
