import type { CrossFault } from "./cross-fault.ts";
import type { Path } from "./path.ts";
import { hasKeypad } from "./reader-schema.ts";
import type { SiteDraft } from "./site-draft.ts";

/** A level that asks for a PIN where it names an access point without keys would never open it. */
export function keypadFaults(draft: SiteDraft): CrossFault[] {
  return draft.accessLevels.flatMap((level, index): CrossFault[] => {
    if (level === undefined || level.accessPoints === "all") return [];
    const asking: Path | undefined = level.mode.includes("pin")
      ? ["mode"]
      : pathOfPin(level.modes?.map(({ mode }) => mode) ?? []);
    if (asking === undefined) return [];
    for (const accessPoint of level.accessPoints) {
      const keyless = draft.vestibules.find((vestibule) => {
        if (vestibule === undefined) return false;
        if (level.vestibules !== "all" && !level.vestibules.includes(vestibule.id)) return false;
        const reader = vestibule.accessPoints[accessPoint]?.reader;
        return reader !== undefined && !hasKeypad(reader);
      });
      if (keyless !== undefined)
        return [
          {
            path: ["accessLevels", index, ...asking],
            found: `a PIN at ${accessPoint} of ${keyless.id}, where the reader has no keys`,
            expected: "a reader with a keypad wherever a PIN is asked for",
            remedy: {
              en: "fit one, or open it by a level of its own without pin",
              zh: "该出入口的读卡器没有键盘：请更换，或另设不含 pin 的权限组。",
            },
          },
        ];
    }
    return [];
  });
}

function pathOfPin(modes: readonly string[]): Path | undefined {
  const at = modes.findIndex((mode) => mode.includes("pin"));
  return at < 0 ? undefined : ["modes", at, "mode"];
}
