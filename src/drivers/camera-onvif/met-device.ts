import type { DeviceAddress } from "./bounded-request.ts";
import { asDeviceFault, DeviceFault } from "./device-fault.ts";
import { type MediaProfile, profileNamed, recommendedProfile } from "./media-profiles.ts";
import type { DeviceInformation, OnvifSession } from "./onvif-session.ts";

/** What is expected of whoever answers at the address. */
export interface Expected {
  /** By name or token; the recommended one where left out. */
  readonly profile?: string | undefined;
  /** As it was told at commissioning (T20). */
  readonly serialNumber?: string | undefined;
}

export interface MetDevice {
  readonly information: DeviceInformation;
  readonly profiles: readonly MediaProfile[];
  readonly profile: MediaProfile;
  readonly streamUrl: string;
}

/** Asks the device who it is and where its stream is. Rejects with DeviceFault. */
export async function meetDevice(session: OnvifSession, expected: Expected): Promise<MetDevice> {
  // First of all: with a wrong time no password is believed. One that tells no time may still take ours.
  await session.measureClock().catch((error: unknown) => {
    if (["unreachable", "notTrusted"].includes(asDeviceFault(error).kind)) throw error;
  });
  const information = await session.information();
  if (expected.serialNumber !== undefined && information.serialNumber !== expected.serialNumber)
    throw new DeviceFault(
      "otherDevice",
      `another camera is at this address: it says that its serial number is ${shownSerial(information)}, not ${expected.serialNumber}`,
    );
  const profiles = await session.profiles();
  const profile =
    expected.profile === undefined ? recommendedProfile(profiles) : profileNamed(profiles, expected.profile);
  if (profile === undefined) {
    const names = profiles.map(({ name }) => name).join(", ");
    const wanted =
      expected.profile === undefined ? "no stream that can be decoded" : `no profile ${expected.profile}`;
    throw new DeviceFault("unsupported", `it offers ${wanted}; it has: ${names === "" ? "none" : names}`);
  }
  return { information, profiles, profile, streamUrl: await session.streamUrl(profile) };
}

const shownSerial = ({ serialNumber }: DeviceInformation): string =>
  serialNumber === "" ? "none" : serialNumber;

/** For people: where the device is, without a secret. */
export const shownAddress = ({ host, port, tls }: DeviceAddress): string =>
  `${tls === undefined ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
