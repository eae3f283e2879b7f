import { accessPointNames, doorNames } from "../domain/names.ts";
import { accessFaults } from "./access-checks.ts";
import { alarmFaults } from "./alarm-checks.ts";
import type { Bilingual } from "./config-error.ts";
import type { CrossFault } from "./cross-fault.ts";
import { faceFaults } from "./face-checks.ts";
import { keepingFaults } from "./keeping-checks.ts";
import { keypadFaults } from "./keypad-checks.ts";
import { nearest } from "./nearest.ts";
import { onvifFaults } from "./onvif-schema.ts";
import { outsideFaults } from "./outside-checks.ts";
import { type Path, shown } from "./path.ts";
import { readerFaults } from "./reader-checks.ts";
import { referenceFault } from "./reference-fault.ts";
import type { SiteDraft } from "./site-draft.ts";

/** What no schema sees: references, contradictions, and what is unsafe only in combination. */
export function crossFaults(draft: SiteDraft): CrossFault[] {
  return [
    ...duplicateFaults(draft),
    ...siteFaults(draft),
    ...doorFaults(draft),
    ...accessPointFaults(draft),
    ...readerFaults(draft),
    ...keypadFaults(draft),
    ...cameraFaults(draft),
    ...faceFaults(draft),
    ...accessFaults(draft),
    ...alarmFaults(draft),
    ...outsideFaults(draft),
    ...keepingFaults(draft),
  ];
}

/** Of these, what rules changed while the site runs can bring about. */
export function ruleFaults(draft: SiteDraft): CrossFault[] {
  return [...duplicateFaults(draft), ...doorFaults(draft), ...accessFaults(draft)];
}

function duplicateFaults(draft: SiteDraft): CrossFault[] {
  const keys = { vestibules: "id", cameras: "id", schedules: "name", accessLevels: "name" } as const;
  return (["vestibules", "cameras", "schedules", "accessLevels"] as const).flatMap((list) =>
    draft.names[list].flatMap((name, index): CrossFault[] => {
      if (name === "" || draft.names[list].indexOf(name) === index) return [];
      return [
        {
          path: [list, index, keys[list]],
          found: `${shown(name)} a second time`,
          expected: `each ${keys[list]} in ${list} once`,
          remedy: { en: "rename one of them", zh: "名称重复,请改名。" },
        },
      ];
    }),
  );
}

function siteFaults({ site, board }: SiteDraft): CrossFault[] {
  const faults: CrossFault[] = [];
  if (site !== undefined && !isTimeZone(site.timeZone)) {
    faults.push({
      path: ["site", "timeZone"],
      found: shown(site.timeZone),
      expected: "a time zone by its IANA name, such as Asia/Shanghai",
      remedy: timeZoneRemedy(site.timeZone),
    });
  }
  if (site?.demoPeople === true && board !== undefined && board.kind !== "simulated") {
    faults.push({
      path: ["site", "demoPeople"],
      found: `true on the board ${shown(board.kind)}`,
      expected: "false wherever real doors open",
      remedy: {
        en: "remove it: their cards are public",
        zh: "演示人员的卡号是公开的,真实门禁上必须删除此项。",
      },
    });
  }
  return faults;
}

function timeZoneRemedy(written: string): Bilingual {
  const meant = nearest(written, Intl.supportedValuesOf("timeZone"));
  return meant === undefined
    ? { en: "write Region/City", zh: "请使用 IANA 时区名,例如 Asia/Shanghai。" }
    : { en: `did you mean "${meant}"?`, zh: `时区名有误,是否想写 "${meant}"?` };
}

/** Offsets like +08:00 are understood by the runtime too, but know no summer time and no history. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function doorFaults({ vestibules }: SiteDraft): CrossFault[] {
  return vestibules.flatMap((vestibule, index) =>
    doorNames.flatMap((door): CrossFault[] => {
      const rules = vestibule?.doors[door];
      if (rules === undefined || rules.heldOpenWarning < rules.heldOpenTime) return [];
      return [
        {
          path: ["vestibules", index, "doors", door, "heldOpenWarning"],
          found: `${rules.heldOpenWarning} s`,
          expected: `less than heldOpenTime, ${rules.heldOpenTime} s`,
          remedy: { en: "shorten the warning or lengthen heldOpenTime", zh: "预警时间须小于开门超时时间。" },
        },
      ];
    }),
  );
}

function accessPointFaults(draft: SiteDraft): CrossFault[] {
  return draft.vestibules.flatMap((vestibule, index) =>
    accessPointNames.flatMap((accessPoint): CrossFault[] => {
      const point = vestibule?.accessPoints[accessPoint];
      const path = ["vestibules", index, "accessPoints", accessPoint];
      const faults: CrossFault[] = [];
      if (point?.camera !== undefined) {
        faults.push(
          ...referenceFault([...path, "camera"], point.camera, "a camera's id", draft.names.cameras),
        );
      }
      if (point?.reader?.kind === "simulated")
        faults.push(...simulatedFault([...path, "reader", "kind"], draft));
      return faults;
    }),
  );
}

function cameraFaults(draft: SiteDraft): CrossFault[] {
  return draft.cameras.flatMap((camera, index): CrossFault[] => {
    if (camera === undefined) return [];
    const faults: CrossFault[] = [];
    const path = ["cameras", index];
    const interval = 1 / camera.framesPerSecond;
    if (camera.source.kind === "simulated")
      faults.push(...simulatedFault([...path, "source", "kind"], draft));
    if (camera.source.kind === "onvif") faults.push(...onvifFaults(camera.source, [...path, "source"]));
    if (
      camera.source.kind === "rtsp" &&
      camera.source.passwordFile !== undefined &&
      !camera.source.username
    ) {
      faults.push({
        path: [...path, "source", "passwordFile"],
        found: "a password without a user name",
        expected: "both or neither",
        remedy: { en: "add username", zh: "请补上 username。" },
      });
    }
    if (camera.stallTimeout <= interval) {
      faults.push({
        path: [...path, "stallTimeout"],
        found: `${camera.stallTimeout} s`,
        expected: `more than the ${round(interval)} s between two frames`,
        remedy: { en: "lengthen it or raise framesPerSecond", zh: "断流判定时间须大于帧间隔。" },
      });
    }
    const needed = draft.access === undefined ? 0 : draft.access.minFrames * interval;
    if (draft.access !== undefined && needed >= draft.access.verifyTimeout) {
      faults.push({
        path: [...path, "framesPerSecond"],
        found: `${camera.framesPerSecond} frames a second`,
        expected: `${draft.access.minFrames} frames (minFrames) in less than ${draft.access.verifyTimeout} s (verifyTimeout)`,
        remedy: { en: "raise framesPerSecond or verifyTimeout", zh: "请提高帧率或延长比对时限。" },
      });
    }
    return faults;
  });
}

function simulatedFault(path: Path, { board }: SiteDraft): CrossFault[] {
  if (board === undefined || board.kind === "simulated") return [];
  return [
    {
      path,
      found: `simulated on the board ${shown(board.kind)}`,
      expected: "a real one: anybody may drive a simulated one over the network",
      remedy: { en: "configure the real device", zh: "真实门禁上不能使用模拟设备。" },
    },
  ];
}

const round = (seconds: number): number => Math.round(seconds * 100) / 100;
