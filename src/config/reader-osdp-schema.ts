import { z } from "zod";

/** An OSDP reader without the layouts of its cards, which it shares with Wiegand. */
export const osdpFields = {
  kind: z.literal("osdp"),
  device: z
    .string()
    .max(200)
    .regex(/^\/[\w./:+-]+$/, "a device's path, best below /dev/serial/by-id/")
    .describe("The RS-485 adapter's serial line; readers on one bus have the same"),
  baudRate: z
    .union([
      z.literal(9600),
      z.literal(19200),
      z.literal(38400),
      z.literal(57600),
      z.literal(115200),
      z.literal(230400),
    ])
    .default(9600)
    .describe("Bits a second, the same for all readers of a bus; 9600 is what new readers have"),
  address: z.int().min(0).max(126).describe("The reader's address on its bus; no two have the same"),
  check: z
    .enum(["crc", "checksum"])
    .default("crc")
    .describe("checksum: for readers that cannot do CRC; it misses damage that CRC finds"),
  keyFile: z
    .string()
    .max(400)
    .regex(/^\/[^\0]+$/, "an absolute path")
    .optional()
    .describe(
      "The reader's key, 32 hexadecimal digits, mode 0600; left out: osdp/VESTIBULE.ACCESS-POINT.key in the data directory",
    ),
  secureChannel: z
    .union([
      z.literal("required"),
      z.strictObject({
        off: z
          .string()
          .min(10)
          .max(200)
          .describe("Why, and who decided it: shown with the reader's state and recorded"),
      }),
    ])
    .default("required")
    .describe("off: whoever reaches the cable can read cards, copy them, and open doors"),
  keypad: z.boolean().default(true).describe("Whether it has keys on which a PIN can be typed"),
};
