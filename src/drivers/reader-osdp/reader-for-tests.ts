import type { CardRead, KeysPressed, ReaderStatus } from "../../ports/card-reader.ts";
import { OsdpCardReader, type OsdpSurroundings, type OsdpWiring } from "./osdp-card-reader.ts";

export const whereForTests = { vestibule: "v1", accessPoint: "outer-entry" } as const;

interface Heard {
  readonly cards: CardRead[];
  readonly keys: KeysPressed[];
  readonly statuses: ReaderStatus[];
}

/** One reader at address 1, and everything it tells; opened by the test. */
export function readerForTests(
  wiring: Partial<OsdpWiring>,
  around: OsdpSurroundings,
  heard: Heard = { cards: [], keys: [], statuses: [] },
) {
  const usual = {
    where: whereForTests,
    device: "/dev/ttyRS485",
    baudRate: 38_400,
    address: 1,
    check: "crc",
  } as const;
  const reader = new OsdpCardReader(
    [{ ...usual, keyFile: "/nonexistent/reader.key", decodeCard: () => undefined, ...wiring }],
    around,
  );
  const open = async () => {
    await reader.open({
      onCard: (read) => heard.cards.push(read),
      onKeys: (keys) => heard.keys.push(keys),
      onStatus: (status) => heard.statuses.push(status),
    });
    return reader;
  };
  return { reader, heard, open };
}
