import { milliseconds } from "../config/policy-of.ts";
import type {
  ReaderConfiguration,
  WiegandConfiguration,
  WiegandFormatConfiguration,
} from "../config/reader-schema.ts";
import type { SiteConfiguration } from "../config/site-schema.ts";
import { type AccessPointRef, accessPointNames } from "../domain/names.ts";
import type { WiegandFormat } from "../drivers/reader-wiegand/formats.ts";
import { knownFormats } from "../drivers/reader-wiegand/formats.ts";
import type { WiegandInput } from "../drivers/reader-wiegand/wiegand-source.ts";
import type { CardReader } from "../ports/card-reader.ts";
import type { Clock } from "../ports/clock.ts";

export interface ReaderSurroundings {
  readonly clock: Clock;
  /** The readers of the simulated building; undefined where there is none. */
  readonly simulated?: (() => CardReader) | undefined;
  /** Where readers that have keys keep them; undefined: `var`. */
  readonly dataDirectory?: string | undefined;
  /** What a reader sent that is no card, by its kind; never what it was. */
  readonly onRefused?: ((where: AccessPointRef, reason: string) => void) | undefined;
  /** A Wiegand frame as it came, for the installer alone. */
  readonly onBits?: ((where: AccessPointRef, bits: string) => void) | undefined;
}

/** A reader of the site's configuration, and where it stands. */
export type PlacedReader<Kind extends ReaderConfiguration["kind"] = ReaderConfiguration["kind"]> = {
  readonly where: AccessPointRef;
  readonly reader: Extract<ReaderConfiguration, { kind: Kind }>;
};

/** Every reader of the site, none of them opened yet. A kind that the site does not use is not even loaded. */
export async function readersOf(site: SiteConfiguration, around: ReaderSurroundings): Promise<CardReader[]> {
  const readers: CardReader[] = [];
  if (placedOf(site, "simulated").length > 0 && around.simulated !== undefined)
    readers.push(around.simulated());
  const wiegand = placedOf(site, "wiegand");
  if (wiegand.length > 0) readers.push(await wiegandReader(wiegand, around));
  const osdp = placedOf(site, "osdp");
  if (osdp.length > 0) {
    const { osdpReader } = await import("./osdp-readers.ts");
    readers.push(osdpReader(osdp, ({ reader }) => wiegandFormatsOf(reader.formats), around));
  }
  const hid = placedOf(site, "hid");
  if (hid.length > 0) readers.push(await hidReader(hid, around));
  const pcsc = placedOf(site, "pcsc");
  if (pcsc.length > 0) readers.push(await pcscReader(pcsc, around));
  return readers;
}

/** Every reader of the site, in the order of its access points. */
export function placedReaders({ vestibules }: SiteConfiguration): readonly PlacedReader[] {
  return vestibules.flatMap(({ id, accessPoints }) =>
    accessPointNames.flatMap((accessPoint): PlacedReader[] => {
      const reader = accessPoints[accessPoint]?.reader;
      return reader === undefined ? [] : [{ where: { vestibule: id, accessPoint }, reader }];
    }),
  );
}

function placedOf<Kind extends ReaderConfiguration["kind"]>(
  site: SiteConfiguration,
  kind: Kind,
): readonly PlacedReader<Kind>[] {
  return placedReaders(site).flatMap(({ where, reader }) => (isOf(reader, kind) ? [{ where, reader }] : []));
}

const isOf = <Kind extends ReaderConfiguration["kind"]>(
  reader: ReaderConfiguration,
  kind: Kind,
): reader is Extract<ReaderConfiguration, { kind: Kind }> => reader.kind === kind;

async function wiegandReader(
  placed: readonly PlacedReader<"wiegand">[],
  { clock, onRefused, onBits }: ReaderSurroundings,
): Promise<CardReader> {
  const { WiegandCardReader } = await import("../drivers/reader-wiegand/wiegand-reader.ts");
  const { openSerialLine } = await import("../drivers/reader-wiegand/open-serial-line.ts");
  const wirings = placed.map(({ where, reader: { input, formats, keypad } }) => ({
    where,
    input: wiegandInputOf(input),
    formats: wiegandFormatsOf(formats),
    keypad,
  }));
  return new WiegandCardReader(wirings, { clock, openSerialLine, onRefused, onBits });
}

function wiegandInputOf(input: WiegandConfiguration["input"]): WiegandInput {
  switch (input.via) {
    case "serial":
      return { via: "serial", device: input.device, converter: input.converter };
    case "kernel":
      return { via: "attribute", path: input.path };
  }
}

/** Layouts as the decoder takes them, in the order of the configuration. */
export function wiegandFormatsOf(formats: readonly WiegandFormatConfiguration[]): readonly WiegandFormat[] {
  return formats.map((format): WiegandFormat => {
    if (format.layout === "custom") {
      const { layout: _, ...custom } = format;
      return custom;
    }
    const known = knownFormats[format.layout];
    if (known === undefined) throw new Error(`no decoder knows the layout ${format.layout}`);
    return { ...known, number: format.number ?? known.number };
  });
}

async function hidReader(
  placed: readonly PlacedReader<"hid">[],
  { clock, onRefused }: ReaderSurroundings,
): Promise<CardReader> {
  const { HidCardReader } = await import("../drivers/reader-hid/hid-reader.ts");
  const { openInputDevice } = await import("../drivers/reader-hid/open-input-device.ts");
  const wirings = placed.map(({ where, reader: { device, format, keyGap } }) => ({
    where,
    device,
    format,
    keyGap: milliseconds(keyGap),
  }));
  return new HidCardReader(wirings, { clock, openInputDevice, onRefused });
}

async function pcscReader(
  placed: readonly PlacedReader<"pcsc">[],
  { clock, onRefused }: ReaderSurroundings,
): Promise<CardReader> {
  const { PcscCardReader } = await import("../drivers/reader-pcsc/pcsc-reader.ts");
  const { startPcscWatch } = await import("../drivers/reader-pcsc/start-pcsc-watch.ts");
  const wirings = placed.map(({ where, reader }) => {
    const { kind: _, ...rest } = reader;
    return { where, ...rest };
  });
  return new PcscCardReader(wirings, { clock, startWatch: startPcscWatch, onRefused });
}
