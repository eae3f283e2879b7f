import type { CrossFault } from "./cross-fault.ts";
import { nearest } from "./nearest.ts";
import { type Path, shown } from "./path.ts";

/** None where `name` is one of the known; `what` it should have been: "a camera's id". */
export function referenceFault(
  path: Path,
  name: string,
  what: string,
  known: readonly string[],
): CrossFault[] {
  if (known.includes(name)) return [];
  const named = known.filter((each) => each !== "");
  const meant = nearest(name, named);
  return [
    {
      path,
      found: shown(name),
      expected: named.length === 0 ? `${what}; there is none` : `${what}: ${named.join(", ")}`,
      remedy:
        meant === undefined
          ? { en: "add it, or name one that exists", zh: "引用的名称不存在，请补充定义或改名。" }
          : { en: `did you mean "${meant}"?`, zh: `引用的名称不存在，是否想写 "${meant}"?` },
    },
  ];
}
