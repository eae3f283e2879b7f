import type { Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { type DeviceAddress, shownFingerprint } from "./bounded-request.ts";
import { asDeviceFault, type DeviceFaultKind } from "./device-fault.ts";
import type { DeviceLogin } from "./guarded-cam.ts";
import { deviceLimits } from "./limits.ts";
import { type MediaProfile, recommendedProfile } from "./media-profiles.ts";
import { type DeviceInformation, type Imaging, OnvifSession, type Preset } from "./onvif-session.ts";

/** One question, and what came of it. */
export interface ProbeStep {
  readonly asked:
    | "certificate"
    | "clock"
    | "device"
    | "services"
    | "profiles"
    | "streams"
    | "presets"
    | "imaging";
  readonly fault?: { readonly kind: DeviceFaultKind; readonly text: string };
}

export interface ProbeReport {
  readonly steps: readonly ProbeStep[];
  /** SHA-256 of the certificate that it shows; of https alone. */
  readonly fingerprint?: string;
  /** How far its clock is ahead. */
  readonly clockOffset?: Milliseconds;
  readonly device?: DeviceInformation;
  readonly services?: readonly string[];
  readonly profiles?: readonly (MediaProfile & { readonly streamUrl?: string })[];
  /** Token of the profile to verify by. */
  readonly recommended?: string;
  readonly presets?: readonly Preset[];
  readonly imaging?: Imaging;
}

type Grown = { -readonly [Key in keyof ProbeReport]: ProbeReport[Key] };

/** Asks a device everything that an installer wants to know. Never rejects; bounded in time. */
export async function probeDevice(
  address: DeviceAddress,
  login: DeviceLogin | undefined,
  clock: Clock,
): Promise<ProbeReport> {
  using session = new OnvifSession({ address, login, clock });
  const report: Grown = { steps: [] };
  const ask = async (asked: ProbeStep["asked"], question: () => Promise<void>): Promise<boolean> => {
    try {
      await question();
      report.steps = [...report.steps, { asked }];
      return true;
    } catch (error) {
      const { kind, message: text } = asDeviceFault(error);
      report.steps = [...report.steps, { asked, fault: { kind, text } }];
      return false;
    }
  };
  if (address.tls !== undefined)
    await ask("certificate", async () => {
      report.fingerprint = await shownFingerprint(address, deviceLimits.deadline, clock);
    });
  await ask("clock", async () => {
    report.clockOffset = await session.measureClock();
  });
  const isKnown = await ask("device", async () => {
    report.device = await session.information();
  });
  // With a password that is refused every further question would be one more wrong attempt.
  if (!isKnown) return report;
  await ask("services", async () => {
    report.services = [...(await session.introduce())].toSorted();
  });
  await ask("profiles", async () => {
    report.profiles = await session.profiles();
  });
  const best = recommendedProfile(report.profiles ?? []);
  if (best === undefined) return report;
  report.recommended = best.token;
  await ask("streams", async () => {
    const profiles = report.profiles ?? [];
    report.profiles = await inTurn(profiles, async (one) => ({
      ...one,
      streamUrl: await session.streamUrl(one),
    }));
  });
  const moving = best.hasPtz ? best : (report.profiles ?? []).find(({ hasPtz }) => hasPtz);
  if (moving !== undefined)
    await ask("presets", async () => {
      report.presets = await session.presets(moving);
    });
  if (report.services?.includes("imaging"))
    await ask("imaging", async () => {
      report.imaging = await session.imaging(best);
    });
  return report;
}

/** Cameras answer one question at a time. */
async function inTurn<Of, To>(all: readonly Of[], ask: (one: Of) => Promise<To>): Promise<To[]> {
  const answers: To[] = [];
  for (const one of all) answers.push(await ask(one));
  return answers;
}
