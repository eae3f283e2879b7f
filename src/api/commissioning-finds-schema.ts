import { z } from "zod";
import type { DoctorFinding, LineView } from "../ports/services/commissioning-finds.ts";
import { listOf, said } from "./answered.ts";

const lineLevel = z.enum([
  "open",
  "closed",
  "thrown",
  "retracted",
  "pressed",
  "idle",
  "active",
  "present",
  "absent",
  "good",
  "low",
  "secured",
  "released",
  "fault",
  "unread",
]);
const lineExample: LineView = {
  name: "v1.outer.contact",
  direction: "in",
  raw: "open",
  steady: "closed",
  changedAgo: 40,
  changes: 7,
  terminal: "header pin 29",
  chip: "pinctrl-rp1",
  line: "GPIO5",
};
export const linesSchema = z
  .object({
    lines: listOf(
      z.object({
        name: z.string(),
        direction: z.enum(["in", "out"]),
        raw: lineLevel.describe("As the wire says; of an output what was commanded"),
        steady: lineLevel.describe("As it counts, debounced"),
        changedAgo: z.number().nullable().describe("Milliseconds since the wire's level changed last"),
        changes: z.int(),
        terminal: z.string().nullable(),
        chip: z.string().nullable(),
        line: z.string().nullable(),
      }),
    ),
  })
  .meta({ examples: [{ lines: [lineExample] }] });

export const boardsSchema = z
  .object({
    boards: listOf(
      z.object({
        id: z.string(),
        name: z.string(),
        notes: z.string().nullable(),
        lines: z.record(z.string(), z.unknown()).describe("By name, as the section `lines` takes them"),
        fits: z.boolean().nullable().describe("Whether this machine has its chips; null: not to be told"),
      }),
    ),
  })
  .meta({
    examples: [
      {
        boards: [
          { id: "raspberry-pi-5", name: "Raspberry Pi 5", notes: null, lines: {}, fits: true },
          { id: "simulated", name: "Simulated doors", notes: null, lines: {}, fits: null },
        ],
      },
    ],
  });

export const foundCamerasSchema = z
  .object({
    devices: listOf(
      z.object({ address: z.string(), name: z.string().nullable(), hardware: z.string().nullable() }),
    ),
  })
  .meta({ examples: [{ devices: [{ address: "192.0.2.11", name: "Street", hardware: "DS-2CD" }] }] });

export const probedCameraSchema = z
  .object({
    device: z.record(z.string(), z.unknown()),
    streams: listOf(
      z.object({
        token: z.string(),
        codec: z.string().nullable(),
        width: z.number().nullable(),
        height: z.number().nullable(),
        framesPerSecond: z.number().nullable(),
        suggested: z.boolean(),
      }),
    ),
    suggestion: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe("A camera's `source` as the section `cameras` takes it, without the password"),
  })
  .meta({
    examples: [
      {
        device: { manufacturer: "Example", model: "C1", firmware: "1.2" },
        streams: [
          {
            token: "sub",
            codec: "H264",
            width: 640,
            height: 360,
            framesPerSecond: 15,
            suggested: true,
          },
        ],
        suggestion: { kind: "onvif", address: "192.0.2.11" },
      },
    ],
  });

export const foundReadersSchema = z
  .object({
    readers: listOf(
      z.object({
        kind: z.enum(["serial", "hid", "pcsc"]),
        device: z.string(),
        name: z.string().nullable(),
      }),
    ),
  })
  .meta({
    examples: [
      { readers: [{ kind: "serial", device: "/dev/serial/by-id/usb-FTDI_FT232R-if00-port0", name: null }] },
    ],
  });

const findingExample: DoctorFinding = {
  area: "clock",
  subject: "wall clock",
  verdict: "good",
  tried: { en: "asked the kernel whether the clock is synchronised", zh: "询问内核时钟是否已同步" },
  seen: { en: "2026-11-22T12:00:00.000Z", zh: "2026-11-22T12:00:00.000Z" },
};
export const findingsSchema = z
  .object({
    findings: listOf(
      z.object({
        area: z.string(),
        subject: z.string(),
        verdict: z.enum(["good", "doubtful", "bad"]),
        tried: said,
        seen: said,
        todo: said.optional(),
      }),
    ),
  })
  .meta({ examples: [{ findings: [findingExample] }] });
