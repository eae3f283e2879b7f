import { after } from "../../domain/time.ts";
import type { CardReader, ReaderStatus } from "../../ports/card-reader.ts";
import type { Clock } from "../../ports/clock.ts";
import { placeOf } from "../../ports/reader-reports.ts";
import type { PlacedReader } from "../readers.ts";
import { type Finding, inItsWords, said } from "./finding.ts";

/** A reader on a bus is asked a few times before it is given up. */
const patience = 4_000;

/** Opens every real reader as the controller would, and says which answers. */
export async function readerFindings(
  placed: readonly PlacedReader[],
  open: () => Promise<readonly CardReader[]>,
  clock: Clock,
): Promise<readonly Finding[]> {
  const real = placed.filter(({ reader }) => reader.kind !== "simulated");
  const statuses = real.length === 0 ? new Map<string, ReaderStatus>() : await look(real, open, clock);
  return placed.flatMap(({ where, reader }) => {
    const subject = placeOf(where);
    if (reader.kind === "simulated")
      return [
        {
          area: "readers" as const,
          subject,
          verdict: "good" as const,
          tried: said("read the configuration", "读取配置"),
          seen: said("a reader of the simulated building", "模拟楼宇中的读卡器"),
        },
      ];
    return [findingOf(subject, reader.kind, statuses.get(subject)), ...nameFindings(subject, reader)];
  });
}

async function look(
  real: readonly PlacedReader[],
  open: () => Promise<readonly CardReader[]>,
  clock: Clock,
): Promise<ReadonlyMap<string, ReaderStatus>> {
  const statuses = new Map<string, ReaderStatus>();
  const readers = await open();
  const { promise, resolve } = Promise.withResolvers<void>();
  using _ = clock.wakeAt(after(clock.now(), patience), resolve);
  const allOnline = (): boolean =>
    real.every(({ where }) => statuses.get(placeOf(where))?.state === "online");
  for (const reader of readers) {
    await reader.open({
      onCard: () => {},
      onKeys: () => {},
      onStatus: (status) => {
        statuses.set(placeOf(status), status);
        if (allOnline()) resolve();
      },
    });
  }
  await promise;
  for (const reader of readers) await reader[Symbol.asyncDispose]();
  return statuses;
}

function findingOf(subject: string, kind: string, status: ReaderStatus | undefined): Finding {
  const common = {
    area: "readers" as const,
    subject,
    tried: said("opened it, and waited for it to answer", "打开读卡器并等待应答"),
  };
  if (status?.state === "online") {
    const troubled = status.tampered === true || status.powerFault === true || status.detail !== null;
    return {
      ...common,
      verdict: troubled ? "doubtful" : "good",
      seen: troubled
        ? said(
            `${kind}: ${status.detail ?? "tamper or supply"}`,
            `${kind}：${status.detail === null ? "防拆或供电异常" : `异常（原文：${status.detail}）`}`,
          )
        : said(`${kind}, answers`, `${kind}，应答正常`),
      ...(troubled ? { todo: seeGuide } : {}),
    };
  }
  return {
    ...common,
    verdict: "bad",
    seen:
      typeof status?.detail === "string"
        ? inItsWords(status.detail, "没有应答")
        : said(`${kind}, does not answer`, `${kind}，没有应答`),
    todo: said(
      "vestibule reader list shows what is plugged in; a running service has the device, so stop it first; docs/readers.md",
      "vestibule reader list 可列出已连接的设备；服务运行时设备被占用，请先停止服务；详见 docs/readers.zh-CN.md。",
    ),
  };
}

const seeGuide = said("see docs/readers.md", "详见 docs/readers.zh-CN.md。");

/** `/dev/ttyUSB0` is whichever was plugged in first. */
function nameFindings(subject: string, reader: PlacedReader["reader"]): readonly Finding[] {
  const device = deviceOf(reader);
  if (device === undefined || !/^\/dev\/(ttyUSB|ttyACM|input\/event)\d+$/.test(device)) return [];
  return [
    {
      area: "readers",
      subject,
      verdict: "doubtful",
      tried: said("read the device's name", "检查设备名称"),
      seen: said(
        `${device}: after a restart this may be another device`,
        `${device}：重启后可能对应另一设备`,
      ),
      todo: said(
        "name it by its path below /dev/serial/by-id or /dev/input/by-id: vestibule reader list",
        "请改用 /dev/serial/by-id 或 /dev/input/by-id 下的路径（vestibule reader list）。",
      ),
    },
  ];
}

function deviceOf(reader: PlacedReader["reader"]): string | undefined {
  switch (reader.kind) {
    case "wiegand":
      return reader.input.via === "serial" ? reader.input.device : undefined;
    case "hid":
    case "osdp":
      return reader.device;
    case "simulated":
    case "pcsc":
      return undefined;
  }
}
