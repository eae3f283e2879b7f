import { existsSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import type { SiteConfiguration } from "../../config/site-schema.ts";
import { isClockSynchronised } from "../../drivers/clock/synchronisation.ts";
import { freeSpace } from "../../drivers/disk-space/free-space.ts";
import { reachBroker } from "../../drivers/mqtt/reach-broker.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Finding, inItsWords, said, same, unreadableSecret } from "./finding.ts";

/** Before this the software did not exist: a clock that says so was never set. */
const earliestPlausible = Date.UTC(2026, 0, 1);

export function clockFindings(clock: Pick<Clock, "wall">): readonly Finding[] {
  const wall = clock.wall();
  const common = { area: "clock", subject: "wall clock" } as const;
  const shown = new Date(wall).toISOString();
  if (wall < earliestPlausible)
    return [
      {
        ...common,
        verdict: "bad",
        tried: said("read the time", "读取系统时间"),
        seen: same(shown),
        todo: said("set the clock, and see whether its battery is empty", "请校准系统时间，并检查主板电池。"),
      },
    ];
  const synchronised = isClockSynchronised();
  return [
    {
      ...common,
      verdict: synchronised === true ? "good" : "doubtful",
      tried: said("asked the kernel whether the clock is synchronised", "询问内核时钟是否已同步"),
      seen: synchronised === true ? same(shown) : said(`${shown}, not synchronised`, `${shown}，未同步`),
      ...(synchronised === true
        ? {}
        : {
            todo: said(
              "install chrony or switch on systemd-timesyncd, with a time server that is reachable from here",
              "请安装 chrony 或启用 systemd-timesyncd，并配置可达的时间服务器。",
            ),
          }),
    },
  ];
}

export async function diskFindings({ data }: SiteConfiguration): Promise<readonly Finding[]> {
  const { directory, diskReserve } = data;
  const common = { area: "disk", subject: directory } as const;
  const tried = said("wrote a file durably and removed it", "持久写入并删除一个测试文件");
  // Made here it would belong to whoever asked, perhaps root.
  if (!existsSync(directory))
    return [
      {
        ...common,
        verdict: "good",
        tried: said("looked for it", "查找目录"),
        seen: said("not there yet, made at the first start", "尚不存在，首次启动时创建"),
      },
    ];
  try {
    await writeDurably(join(directory, ".doctor"));
    const { free } = await freeSpace(directory);
    const megabytes = Math.floor(free / 1e6);
    const seen = said(`${megabytes} MB free`, `可用空间 ${megabytes} MB`);
    if (megabytes >= diskReserve) return [{ ...common, verdict: "good", tried, seen }];
    const todo = said(
      `make room: below ${diskReserve} MB the alarm DiskNearlyFull is raised`,
      `请清理磁盘：低于 ${diskReserve} MB 将触发磁盘空间不足报警。`,
    );
    return [{ ...common, verdict: "doubtful", tried, seen, todo }];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const todo = said(
      "no door opens without a durable record: make the directory this user's, and writable",
      "没有持久记录就不会开门：请确保该目录属于运行用户且可写。",
    );
    return [{ ...common, verdict: "bad", tried, seen: inItsWords(error.message, "无法写入"), todo }];
  }
}

async function writeDurably(file: string): Promise<void> {
  try {
    await using probe = await open(file, "w", 0o600);
    await probe.writeFile("vestibule doctor\n");
    await probe.sync();
  } finally {
    await rm(file, { force: true });
  }
}

export async function brokerFindings(
  { mqtt }: SiteConfiguration,
  readSecret: (file: string) => string,
  clock: Clock,
): Promise<readonly Finding[]> {
  const common = { area: "broker" } as const;
  switch (mqtt.broker) {
    case "none":
      return [
        {
          ...common,
          subject: "mqtt",
          verdict: "doubtful",
          tried: said("read the configuration", "读取配置"),
          seen: said("no broker is configured", "未配置 MQTT 服务器"),
          todo: said("the security centre hears of no alarm by MQTT", "监控中心将收不到 MQTT 报警。"),
        },
      ];
    case "embedded":
      return [
        {
          ...common,
          subject: "mqtt",
          verdict: "good",
          tried: said("read the configuration", "读取配置"),
          seen: said("the embedded broker, on this box only", "内置 MQTT 服务器，仅限本机"),
        },
      ];
    case "external": {
      const { url, username, passwordFile, caFile, certificateFile, keyFile } = mqtt;
      let password: string | undefined;
      try {
        password = passwordFile === undefined ? undefined : readSecret(passwordFile);
      } catch (error) {
        return [unreadableSecret("broker", url, error)];
      }
      const reached = await reachBroker({ url, username, password, caFile, certificateFile, keyFile }, clock);
      const tried = said("connected as a client of its own, and left", "以独立客户端连接后断开");
      if ("version" in reached)
        return [
          {
            ...common,
            subject: url,
            verdict: "good",
            tried,
            seen: same(reached.version === 5 ? "MQTT 5" : "MQTT 3.1.1"),
          },
        ];
      const todo = said(
        "check the address, the certificate and the password, and whether the broker runs",
        "请检查地址、证书、密码以及服务器是否运行。",
      );
      return [
        { ...common, subject: url, verdict: "bad", tried, seen: inItsWords(reached.fault, "无法连接"), todo },
      ];
    }
  }
}

/** Whether a controller runs here already: it holds lines and data, and other findings have to be read with that. */
export async function serviceFindings({ http }: SiteConfiguration): Promise<readonly Finding[]> {
  const subject = `${http.tls === undefined ? "http" : "https"}://${http.host}:${http.port}`;
  const tried = said("asked whether a controller answers", "检查控制器是否在运行");
  const running = http.tls === undefined && http.port !== 0 && (await answersHealth(http.host, http.port));
  return [
    {
      area: "service",
      subject,
      verdict: "good",
      tried,
      seen: running
        ? said("a controller runs here", "控制器正在运行")
        : said("no controller answers here", "没有控制器应答"),
      ...(running
        ? {
            todo: said(
              "to read the lines, stop it first: systemctl stop vestibule",
              "如需读取线路，请先停止服务：systemctl stop vestibule",
            ),
          }
        : {}),
    },
  ];
}

function answersHealth(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ host, port, path: "/healthz", timeout: 2_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.on("timeout", () => asked.destroy());
    asked.on("error", () => resolve(false));
    asked.end();
  });
}
