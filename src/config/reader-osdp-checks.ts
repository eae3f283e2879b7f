import type { CrossFault } from "./cross-fault.ts";
import { type Path, shown } from "./path.ts";
import type { OsdpConfiguration, ReaderConfiguration } from "./reader-schema.ts";

interface Placed<Reader = ReaderConfiguration> {
  readonly path: Path;
  readonly reader: Reader;
}

/** OSDP readers that share a bus: each with an address of its own, all at one speed, each with its own key. */
export function osdpFaults(readers: readonly Placed[]): CrossFault[] {
  const osdp = readers.flatMap(({ path, reader }): Placed<OsdpConfiguration>[] =>
    reader.kind === "osdp" ? [{ path, reader }] : [],
  );
  return osdp.flatMap((placed, index) => {
    const before = osdp.slice(0, index);
    return [
      ...busFaults(
        placed,
        before.filter(({ reader }) => reader.device === placed.reader.device),
      ),
      ...keyFaults(placed, before),
      ...converterFaults(placed, readers),
    ];
  });
}

const placeOf = ({ path }: { readonly path: Path }): string => path.slice(0, -1).join(".");

function busFaults({ path, reader }: Placed<OsdpConfiguration>, onBus: readonly Placed<OsdpConfiguration>[]) {
  const faults: CrossFault[] = [];
  const namesake = onBus.find((other) => other.reader.address === reader.address);
  if (namesake !== undefined)
    faults.push({
      path: [...path, "address"],
      found: `${reader.address}, which the reader at ${placeOf(namesake)} has on this bus`,
      expected: "an address of its own for each reader of a bus",
      remedy: {
        en: "two readers would answer at once: give one of them another address",
        zh: "同一总线上的地址不能重复:请为其中一台读卡器设置其他地址。",
      },
    });
  const [first] = onBus;
  if (first !== undefined && first.reader.baudRate !== reader.baudRate)
    faults.push({
      path: [...path, "baudRate"],
      found: `${reader.baudRate}, where the reader at ${placeOf(first)} has ${first.reader.baudRate}`,
      expected: "one speed for all readers of a bus",
      remedy: { en: "set all of them to one speed", zh: "同一总线上的读卡器须使用相同的波特率。" },
    });
  return faults;
}

function keyFaults(
  { path, reader }: Placed<OsdpConfiguration>,
  before: readonly Placed<OsdpConfiguration>[],
) {
  const { keyFile } = reader;
  const other = before.find((one) => keyFile !== undefined && one.reader.keyFile === keyFile);
  return other === undefined
    ? []
    : [
        {
          path: [...path, "keyFile"],
          found: `${shown(keyFile)}, which the reader at ${placeOf(other)} has`,
          expected: "a key of its own for each reader",
          remedy: {
            en: "whoever takes one reader apart would have the key of both: name another file",
            zh: "每台读卡器须有自己的密钥:请填写另一文件。",
          },
        },
      ];
}

function converterFaults(
  { path, reader }: Placed<OsdpConfiguration>,
  readers: readonly Placed[],
): CrossFault[] {
  const other = readers.find(
    ({ reader: one }) =>
      one.kind === "wiegand" && one.input.via === "serial" && one.input.device === reader.device,
  );
  return other === undefined
    ? []
    : [
        {
          path: [...path, "device"],
          found: `${shown(reader.device)}, which is a Wiegand converter at ${placeOf(other)}`,
          expected: "an RS-485 adapter of its own",
          remedy: {
            en: "name the adapter; ls -l /dev/serial/by-id lists them",
            zh: "请填写 RS-485 转换器的设备路径。",
          },
        },
      ];
}
