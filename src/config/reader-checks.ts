import { accessPointNames } from "../domain/names.ts";
import type { Bilingual } from "./config-error.ts";
import type { CrossFault } from "./cross-fault.ts";
import { type Path, shown } from "./path.ts";
import { osdpFaults } from "./reader-osdp-checks.ts";
import {
  type ReaderConfiguration,
  type WiegandConfiguration,
  type WiegandFormatConfiguration,
  wiegandLayouts,
} from "./reader-schema.ts";
import type { SiteDraft } from "./site-draft.ts";

interface Placed {
  readonly path: Path;
  readonly reader: ReaderConfiguration;
}

/** Card readers: devices that are named twice, and layouts of cards that contradict themselves. */
export function readerFaults(draft: SiteDraft): CrossFault[] {
  const readers = draft.vestibules.flatMap((vestibule, index) =>
    accessPointNames.flatMap((accessPoint): Placed[] => {
      const reader = vestibule?.accessPoints[accessPoint]?.reader;
      const path = ["vestibules", index, "accessPoints", accessPoint, "reader"];
      return reader === undefined ? [] : [{ path, reader }];
    }),
  );
  return [
    ...sharedFaults(readers),
    ...osdpFaults(readers),
    ...readers.flatMap(({ path, reader }) =>
      reader.kind === "wiegand" || reader.kind === "osdp" ? formatFaults(path, reader) : [],
    ),
  ];
}

/** A device reads for one access point: who stands where would be a guess. */
function sharedFaults(readers: readonly Placed[]): CrossFault[] {
  const seen = new Map<string, string>();
  return readers.flatMap(({ path, reader }): CrossFault[] => {
    const device = deviceOf(reader);
    if (device === undefined) return [];
    const place = path.slice(0, -1).join(".");
    const other = seen.get(device.name);
    seen.set(device.name, other ?? place);
    if (other === undefined) return [];
    return [
      {
        path: [...path, ...device.key],
        found: `${shown(device.name)}, which reads at ${other} already`,
        expected: "a device of its own for each access point",
        remedy: {
          en: "name the other reader's device; ls -l /dev/serial/by-id /dev/input/by-id lists them",
          zh: "同一设备不能用于两个出入口：请填写另一读卡器的设备路径。",
        },
      },
    ];
  });
}

function deviceOf(
  reader: ReaderConfiguration,
): { readonly name: string; readonly key: readonly string[] } | undefined {
  switch (reader.kind) {
    case "simulated":
    case "osdp": // many on one bus: checked by address
      return undefined;
    case "wiegand":
      return reader.input.via === "serial"
        ? { name: reader.input.device, key: ["input", "device"] }
        : { name: reader.input.path, key: ["input", "path"] };
    case "hid":
      return { name: reader.device, key: ["device"] };
    case "pcsc":
      return { name: reader.reader, key: ["reader"] };
  }
}

function formatFaults(
  path: Path,
  { formats, input }: Pick<WiegandConfiguration, "formats"> & Partial<Pick<WiegandConfiguration, "input">>,
): CrossFault[] {
  const faults: CrossFault[] = [];
  for (const [index, format] of formats.entries()) {
    const at = [...path, "formats", index];
    faults.push(...(format.layout === "custom" ? customFaults(at, format) : []));
    if (!numberOf(format).includes("{card"))
      faults.push({
        path: [...at, "number"],
        found: shown(numberOf(format)),
        expected: "a text with {card} in it",
        remedy: {
          en: "all cards would have one number: add {card}",
          zh: "须包含 {card}，否则所有卡号相同。",
        },
      });
    const bits = bitsOf(format);
    if (input?.via === "serial" && input.converter === "wie232" && looksLikeAnother(bits))
      faults.push({
        path: [...at, "layout"],
        found: `a card of ${bits} bits`,
        expected: "another length: counted, it looks like a card of 26 or 37 bits without its parity",
        remedy: {
          en: "converter: wie232-generic, if yours counts every card",
          zh: "该长度会被误认为 26 位或 37 位卡：若转换器对所有卡都输出位数，请改用 wie232-generic。",
        },
      });
    if (format.layout === "wiegand37" && numberOf(format).includes("{facility"))
      faults.push({ path: [...at, "number"], found: shown(numberOf(format)), ...noFacility });
    const hidden = formats.findIndex(
      (other) => bitsOf(other) === bits && parityOf(other) === parityOf(format),
    );
    if (hidden < index)
      faults.push({
        path: [...at, "layout"],
        found: `${bits} bits with the parity of formats[${hidden}]`,
        expected: "another length or parity: nothing tells the two apart",
        remedy: { en: "remove one of the two", zh: "两种格式的位数与校验相同，无法区分，请删除其一。" },
      });
  }
  return faults;
}

/** Counted, with two characters in front, these have the 6 or 9 characters of a card that was not counted. */
const looksLikeAnother = (bits: number): boolean =>
  (bits >= 9 && bits <= 16) || (bits >= 25 && bits <= 28 && bits !== 26);

const noFacility = {
  expected: "only {card}, or bits of the facility",
  remedy: { en: "add facility, or take it out of the number", zh: "请补充 facility，或从 number 中删除。" },
};

type Custom = Extract<WiegandFormatConfiguration, { layout: "custom" }>;

function customFaults(path: Path, format: Custom): CrossFault[] {
  const faults: CrossFault[] = [];
  const places: [Path, string][] = [
    ...(format.facility === undefined ? [] : [[["facility"], format.facility] satisfies [Path, string]]),
    [["card"], format.card],
    ...format.parity.map(({ bits }, index): [Path, string] => [["parity", index, "bits"], bits]),
  ];
  for (const [key, written] of places) {
    const wrong = written.split(",").find((range) => !isWithin(range, format.bits));
    if (wrong !== undefined)
      faults.push(
        rangeFault([...path, ...key], wrong, `places from 1 to ${format.bits}, the lower one first`),
      );
  }
  if (faults.length > 0) return faults;
  const card = allOf(format.card);
  const facility = format.facility === undefined ? [] : allOf(format.facility);
  const both = facility.find((place) => card.includes(place));
  if (both !== undefined)
    faults.push(
      rangeFault([...path, "card"], `bit ${both}, which is the facility's`, "each bit in one field"),
    );
  if (card.length > 64)
    faults.push(rangeFault([...path, "card"], `${card.length} bits`, "at most 64 bits of a card's number"));
  if (format.facility === undefined && format.number.includes("{facility"))
    faults.push({ path: [...path, "number"], found: shown(format.number), ...noFacility });
  return faults;
}

const correctIt: Bilingual = { en: "correct the places of the bits", zh: "位的范围有误，请修改。" };

const rangeFault = (path: Path, found: string, expected: string): CrossFault => ({
  path,
  found,
  expected,
  remedy: correctIt,
});

function isWithin(range: string, bits: number): boolean {
  const [from, to] = endsOf(range);
  return from >= 1 && from <= to && to <= bits;
}

function endsOf(range: string): readonly [number, number] {
  const [from = "", to = from] = range.split("-");
  return [Number(from), Number(to)];
}

const allOf = (ranges: string): readonly number[] =>
  ranges.split(",").flatMap((range) => {
    const [from, to] = endsOf(range);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });

const numberOf = (format: WiegandFormatConfiguration): string => format.number ?? "{card}";

const bitsOf = (format: WiegandFormatConfiguration): number =>
  format.layout === "custom" ? format.bits : wiegandLayouts[format.layout];

/** Layouts of one length that are known by name have one parity. */
const parityOf = (format: WiegandFormatConfiguration): string =>
  format.layout === "custom" ? JSON.stringify(format.parity) : "";
