import { parseArgs } from "node:util";
import type { Area, Finding, Verdict } from "../composition/doctor/finding.ts";
import { ConfigError, type Language, languageOf } from "../config/config-error.ts";
import type { Command, CommandIo } from "./command.ts";

const usage = `Usage: vestibule doctor [--config FILE] [--doors] [--json]

Looks at everything the site's configuration names: lines with their live levels, readers, cameras, clock, broker, disk,
models, watchdog; says what was tried, what was seen and what to do. Without --config (or VESTIBULE_CONFIG) the demo site.

  --config FILE  the site's configuration
  --doors        also try each door with somebody standing there: it is released under the interlock, and swapped locks,
                 contacts and bolts are found. Stop the service first
  --json         print {"findings":[{"area", "subject", "verdict", "tried", "seen", "todo"}]}

Exit: 0 nothing is bad, 1 something is, 2 wrong usage or a configuration with faults.
`;

export interface Doctor {
  /** Throws ConfigError. Findings come as they are known, area by area. */
  examine(
    file: string | undefined,
    options: { readonly doors: boolean },
    io: CommandIo,
  ): AsyncIterable<readonly Finding[]>;
}

export function doctor({ examine }: Doctor): Command {
  return {
    name: ["doctor"],
    summary: "look at lines, cameras, clock, broker, disk and models, and say what to do",
    usage,
    async run(args, io) {
      const request = read(args);
      if (typeof request === "string") {
        io.stderr(`doctor: ${request}\n\n${usage}`);
        return 2;
      }
      const language = languageOf(io.env);
      try {
        const all: Finding[] = [];
        for await (const findings of examine(request.config, { doors: request.doors }, io)) {
          all.push(...findings);
          if (!request.json) io.stdout(text(findings, language));
        }
        io.stdout(
          request.json ? `${JSON.stringify({ findings: all }, undefined, 2)}\n` : summary(all, language),
        );
        return all.some(({ verdict }) => verdict === "bad") ? 1 : 0;
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        io.stderr(`${error.text(language)}\n`);
        return 2;
      }
    },
  };
}

interface Request {
  readonly config: string | undefined;
  readonly doors: boolean;
  readonly json: boolean;
}

function read(args: readonly string[]): Request | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        config: { type: "string" },
        doors: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    });
    return { config: values.config, doors: values.doors, json: values.json };
  } catch (error) {
    return error instanceof Error ? error.message : String(error); // parseArgs says in one line what it did not like
  }
}

const areas: Readonly<Record<Area, Readonly<Record<Language, string>>>> = {
  service: { en: "service", zh: "服务" },
  lines: { en: "lines", zh: "线路" },
  doors: { en: "doors", zh: "门" },
  watchdog: { en: "watchdog", zh: "看门狗" },
  readers: { en: "readers", zh: "读卡器" },
  cameras: { en: "cameras", zh: "摄像机" },
  clock: { en: "clock", zh: "时钟" },
  broker: { en: "broker", zh: "MQTT 服务器" },
  disk: { en: "disk", zh: "磁盘" },
  models: { en: "models", zh: "人脸模型" },
};

const marks: Readonly<Record<Verdict, Readonly<Record<Language, string>>>> = {
  good: { en: "good    ", zh: "正常" },
  doubtful: { en: "doubtful", zh: "存疑" },
  bad: { en: "BAD     ", zh: "异常" },
};

/** A verdict is a word, not a colour: it is read over the telephone too. */
function text(findings: readonly Finding[], language: Language): string {
  return findings
    .map(({ area, subject, verdict, seen, todo }) => {
      const line = `${marks[verdict][language]}  ${areas[area][language]}  ${subject}: ${seen[language]}\n`;
      return todo === undefined ? line : `${line}          → ${todo[language]}\n`;
    })
    .join("");
}

function summary(findings: readonly Finding[], language: Language): string {
  const count = (which: Verdict): number => findings.filter(({ verdict }) => verdict === which).length;
  const [good, doubtful, bad] = [count("good"), count("doubtful"), count("bad")];
  return language === "zh"
    ? `\n正常 ${good} 项，存疑 ${doubtful} 项，异常 ${bad} 项\n`
    : `\n${good} good, ${doubtful} doubtful, ${bad} bad\n`;
}
