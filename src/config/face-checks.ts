import { accessPointNames } from "../domain/names.ts";
import type { CrossFault } from "./cross-fault.ts";
import { shown } from "./path.ts";
import { referenceFault } from "./reference-fault.ts";
import type { SiteDraft } from "./site-draft.ts";

/** What nobody at a door waits longer for, in seconds: from the card to the end of what is asked. */
const longestVerification = 17;

/** What is wrong with faces only in combination. */
export function faceFaults(draft: SiteDraft): CrossFault[] {
  return [...livenessTimeFaults(draft), ...challengeFaults(draft), ...infraredFaults(draft)];
}

/** Longer than the verification itself, nobody would ever pass. */
function livenessTimeFaults({ face, access }: SiteDraft): CrossFault[] {
  if (face === undefined || access === undefined || face.livenessTime < access.verifyTimeout) return [];
  return [
    {
      path: ["face", "livenessTime"],
      found: `${face.livenessTime} s`,
      expected: `less than access.verifyTimeout, ${access.verifyTimeout} s`,
      remedy: {
        en: "shorten it or lengthen access.verifyTimeout",
        zh: "请缩短 livenessTime，或延长 access.verifyTimeout。",
      },
    },
  ];
}

function challengeFaults({ face, access }: SiteDraft): CrossFault[] {
  if (face === undefined) return [];
  const { actions, count, timeout } = face.challenge;
  const distinct = new Set(actions).size;
  const faults: CrossFault[] = [];
  const twice = actions.findIndex((action, index) => actions.indexOf(action) !== index);
  if (twice >= 0) {
    faults.push({
      path: ["face", "challenge", "actions", twice],
      found: `${shown(actions[twice] ?? "")} a second time`,
      expected: "each action once",
      remedy: { en: "remove it", zh: "动作重复，请删除。" },
    });
  }
  if (count > distinct) {
    faults.push({
      path: ["face", "challenge", "count"],
      found: `${count} of ${distinct} actions`,
      expected: "no more than there are actions: none is asked for twice",
      remedy: { en: "lower count or add actions", zh: "请减少 count，或增加 actions。" },
    });
  }
  const needed = (access?.verifyTimeout ?? 0) + count * timeout;
  if (needed > longestVerification) {
    faults.push({
      path: ["face", "challenge", "timeout"],
      found: `${access?.verifyTimeout} s (access.verifyTimeout) and ${count} times ${timeout} s`,
      expected: `at most ${longestVerification} s in all`,
      remedy: {
        en: "shorten it or access.verifyTimeout, or lower count",
        zh: "请缩短 timeout 或 access.verifyTimeout，或减少 count。",
      },
    });
  }
  return faults;
}

function infraredFaults(draft: SiteDraft): CrossFault[] {
  const first = new Set(
    draft.vestibules.flatMap((vestibule) =>
      Object.values(vestibule?.accessPoints ?? {}).flatMap(({ camera }) => camera ?? []),
    ),
  );
  return draft.vestibules.flatMap((vestibule, index) =>
    accessPointNames.flatMap((accessPoint): CrossFault[] => {
      const point = vestibule?.accessPoints[accessPoint];
      if (point?.infraredCamera === undefined) return [];
      const { camera, infraredCamera } = point;
      const path = ["vestibules", index, "accessPoints", accessPoint, "infraredCamera"];
      if (camera === undefined || camera === infraredCamera) {
        return [
          {
            path,
            found: camera === undefined ? "no camera beside it" : `${shown(infraredCamera)} for both`,
            expected: "a second camera beside the one that compares",
            remedy: {
              en: "set camera too, to another one",
              zh: "红外摄像机须与另一台可见光摄像机配对，请另行设置 camera。",
            },
          },
        ];
      }
      if (first.has(infraredCamera)) {
        return [
          {
            path,
            found: `${shown(infraredCamera)}, which compares faces at an access point`,
            expected: "a camera that does nothing else",
            remedy: {
              en: "name another camera",
              zh: "红外摄像机不能兼作其他出入口的比对摄像机，请另选一台。",
            },
          },
        ];
      }
      return referenceFault(path, infraredCamera, "a camera's id", draft.names.cameras);
    }),
  );
}
