import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Bilingual } from "../../config/config-error.ts";
import { type Finding, said } from "./finding.ts";

const attributes = "/sys/class/watchdog";

/** Looks at it without opening it: whoever opens a watchdog starts it. */
export function watchdogFindings(device: string | undefined, folder = attributes): readonly Finding[] {
  const tried = said("looked for it, without opening it", "查找设备（不打开）");
  if (device === undefined)
    return [
      {
        area: "watchdog",
        subject: "hardware watchdog",
        verdict: "doubtful",
        tried,
        seen: said("none is named in the board's profile", "主板配置中未指定硬件看门狗"),
        todo: said(
          "name one, or fit timed relays: a box that hangs altogether must not leave a door released",
          "请指定硬件看门狗或安装延时继电器：整机死机时不得有门保持开锁。",
        ),
      },
    ];
  const common = { area: "watchdog", subject: device, tried } as const;
  if (!existsSync(device))
    return [
      {
        ...common,
        verdict: "bad",
        seen: said("there is no such device", "设备不存在"),
        todo: said(
          "switch it on in the firmware and load its driver (firmware-config/boot)",
          "请在固件中启用并加载驱动（见 firmware-config/boot）。",
        ),
      },
    ];
  return [{ ...common, verdict: "good", seen: described(join(folder, nameOf(device))) }];
}

/** `/dev/watchdog` is the first one's old name. */
const nameOf = (device: string): string => (device === "/dev/watchdog" ? "watchdog0" : basename(device));

/** As the kernel says them. */
const states: ReadonlyMap<string, string> = new Map([
  ["active", "已启动"],
  ["inactive", "未启动"],
]);

function described(folder: string): Bilingual {
  const read = (file: string): string => {
    try {
      return readFileSync(join(folder, file), "utf8").trim();
    } catch {
      return "?"; // a kernel without these attributes
    }
  };
  const [identity, state, timeout] = [read("identity"), read("state"), read("timeout")];
  return said(
    `${identity}, ${state}, ${timeout} s`,
    `${identity}，${states.get(state) ?? state}，超时 ${timeout} 秒`,
  );
}
