import { readFileSync } from "node:fs";
import type { SiteConfiguration } from "../../config/site-schema.ts";
import { probeDevice } from "../../drivers/camera-onvif/probe.ts";
import type { Clock } from "../../ports/clock.ts";
import { deviceAddressOf, loginOf } from "../onvif-cameras.ts";
import type { Finding } from "./finding.ts";
import { keyFindings } from "./key-findings.ts";
import { onvifFindings } from "./onvif-findings.ts";
import { brokerFindings, clockFindings, diskFindings } from "./surroundings.ts";
import { watchdogFindings } from "./watchdog-findings.ts";

const secretIn = (file: string): string => readFileSync(file, "utf8").trimEnd();

/** What surrounds the doors, and can be looked at whether or not a service runs here. */
export async function* surroundingsFindings(
  site: SiteConfiguration,
  /** Undefined on the simulated board, which has none. */
  board: { readonly watchdog?: string | undefined } | undefined,
  clock: Clock,
): AsyncIterable<readonly Finding[]> {
  if (board !== undefined) yield watchdogFindings(board.watchdog);
  yield clockFindings(clock);
  yield await diskFindings(site);
  yield keyFindings(site);
  yield await brokerFindings(site, secretIn, clock);
  yield await onvifFindings(site, (source) => probeDevice(deviceAddressOf(source), loginOf(source), clock));
}
