import { discoverDevices } from "../../drivers/camera-onvif/discovery.ts";
import { probeDevice } from "../../drivers/camera-onvif/probe.ts";
import { chipLabels } from "../../drivers/gpio/chip-devices.ts";
import type { Clock } from "../../ports/clock.ts";
import type { JsonObject } from "../../ports/journal.ts";
import type {
  BoardView,
  FoundDevice,
  FoundReader,
  ProbedDevice,
} from "../../ports/services/commissioning-finds.ts";
import type { CommissioningOutcome } from "../../ports/services/commissioning-services.ts";
import { deviceAddressOf } from "../onvif-cameras.ts";
import { pluggedInReaders } from "../plugged-in-readers.ts";
import { shippedBoardsById } from "./draft-file.ts";
import { isObject } from "./draft-sections.ts";

const listening = 3_000;
const mostReaders = 64;

/** One at a time: each is heard by all of the network. */
let discovering = false;

export async function discoverCameras(clock: Clock): Promise<CommissioningOutcome<readonly FoundDevice[]>> {
  if (discovering) return { is: "refused", reason: "tooMany", detail: "The network is being asked already." };
  discovering = true;
  try {
    const { devices } = await discoverDevices({ length: listening, clock });
    const value = devices.map(({ address, from, name, hardware }) => ({
      address: address ?? `http://${from}`,
      name: name ?? null,
      hardware: hardware ?? null,
    }));
    return { is: "done", value };
  } finally {
    discovering = false;
  }
}

let probing = 0;
const mostProbes = 2;

/** Behind the same guard as every camera: whatever is there may be hostile. */
export async function probeCamera(
  address: string,
  username: string | undefined,
  password: string | undefined,
  clock: Clock,
): Promise<CommissioningOutcome<ProbedDevice>> {
  if (probing >= mostProbes)
    return { is: "refused", reason: "tooMany", detail: "Others are being asked already." };
  const url = /^https?:\/\//.test(address) ? address : `http://${address}`;
  if (!URL.canParse(url)) return { is: "refused", reason: "faulty", detail: "That is no address." };
  probing += 1;
  try {
    const login = username === undefined ? undefined : { username, password: password ?? "" };
    const report = await probeDevice(deviceAddressOf({ address: url }), login, clock);
    const fault = report.steps.find((step) => step.fault !== undefined)?.fault;
    if (report.device === undefined && report.profiles === undefined)
      return { is: "refused", reason: "faulty", detail: fault?.text ?? "It does not answer." };
    const { device, profiles = [], recommended, fingerprint } = report;
    return {
      is: "done",
      value: {
        device: { ...(device as unknown as JsonObject | undefined) }, // texts as the device gives them
        streams: profiles.map(({ token, codec, width, height, framesPerSecond }) => ({
          ...{ token, codec: codec ?? null, width: width ?? null, height: height ?? null },
          framesPerSecond: framesPerSecond ?? null,
          suggested: token === recommended,
        })),
        suggestion: {
          ...{ kind: "onvif", address: url },
          ...(username === undefined ? {} : { username }),
          ...(recommended === undefined ? {} : { profile: recommended }),
          ...(fingerprint === undefined ? {} : { certificateFingerprint: fingerprint }),
        },
      },
    };
  } finally {
    probing -= 1;
  }
}

/** By the names that the site's file takes; nothing of PC/SC where there is no pcscd. */
export function findReaders(): readonly FoundReader[] {
  const { serial, hid, pcsc } = pluggedInReaders();
  const of = (kind: FoundReader["kind"], devices: readonly string[]): readonly FoundReader[] =>
    devices.map((device) => ({ kind, device, name: device.slice(device.lastIndexOf("/") + 1) }));
  return [...of("serial", serial), ...of("hid", hid), ...of("pcsc", pcsc)].slice(0, mostReaders);
}

/** Boards that the program is prepared for, and whether this machine has their chips. */
export function boardViews(): readonly BoardView[] {
  const labels = chipLabels();
  const real = [...shippedBoardsById()].map(([id, profile]): BoardView => {
    const board = isObject(profile["board"]) ? profile["board"] : {};
    const chips = Array.isArray(profile["chips"]) ? profile["chips"] : [];
    const wanted = chips.map((chip) => (isObject(chip) ? chip["label"] : undefined));
    const lines = profile["lines"];
    return {
      id,
      name: typeof board["name"] === "string" ? board["name"] : id,
      notes: typeof board["notes"] === "string" ? board["notes"] : null,
      lines: isObject(lines) ? lines : {},
      fits: labels === undefined ? null : wanted.every((label) => labels.some((one) => one === label)),
    };
  });
  const simulated: BoardView = {
    ...{ id: "simulated", name: "Simulated doors", lines: {}, fits: null },
    notes: "No line is taken: to try the program, and to train with.",
  };
  return [...real, simulated];
}
