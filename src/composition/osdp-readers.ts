import { OsdpCardReader, type OsdpWiring } from "../drivers/reader-osdp/osdp-card-reader.ts";
import { openSerialLine } from "../drivers/reader-osdp/serial-line.ts";
import { decode, type WiegandFormat } from "../drivers/reader-wiegand/formats.ts";
import type { CardReader } from "../ports/card-reader.ts";
import { osdpKeyFile } from "./osdp-key-file.ts";
import type { PlacedReader, ReaderSurroundings } from "./readers.ts";

/** All OSDP readers of the site, on as many buses as they are on. */
export function osdpReader(
  placed: readonly PlacedReader<"osdp">[],
  formatsOf: (placed: PlacedReader<"osdp">) => readonly WiegandFormat[],
  { clock, dataDirectory, onRefused, onBits }: ReaderSurroundings,
): CardReader {
  const wirings = placed.map((one): OsdpWiring => {
    const { where, reader } = one;
    const formats = formatsOf(one);
    return {
      where,
      device: reader.device,
      baudRate: reader.baudRate,
      address: reader.address,
      check: reader.check,
      keyFile: osdpKeyFile(one, dataDirectory),
      withoutSecureChannel: reader.secureChannel === "required" ? undefined : reader.secureChannel.off,
      decodeCard: (bits) => {
        onBits?.(where, bits);
        return numberOf(bits, formats);
      },
    };
  });
  return new OsdpCardReader(wirings, { clock, openLine: openSerialLine, onDisturbance: onRefused });
}

/** As the same card is called at a Wiegand reader. */
function numberOf(bits: string, formats: readonly WiegandFormat[]): ReturnType<OsdpWiring["decodeCard"]> {
  const decoded = decode(bits, formats, false);
  return decoded.kind === "card" ? { number: decoded.number, format: decoded.format } : undefined;
}
