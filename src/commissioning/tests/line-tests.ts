import { isMoved, lineWords } from "../line-words.ts";
import { said } from "../said.ts";
import { patience, type TestOutcome, type TestRun, type TestSession } from "../test-session.ts";

const soon = 2_000;

/** Every input that is wired says something. */
export const boardTest: TestRun = async (session) => {
  const read = await session.until(() => (session.lines.length > 0 ? session.lines : undefined), soon);
  if (read === undefined)
    return {
      verdict: "failed",
      finding: "noLines",
      seen: said("the interlock tells of no line", "互锁进程未报告任何线路"),
      todo: said("see whether the interlock runs, and the board's profile", "请检查互锁进程和主板配置。"),
    };
  const faulty = read.filter(({ raw }) => raw.value === "fault").map(({ name }) => name);
  const figures = { inputs: read.length, faulty };
  return faulty.length === 0
    ? {
        verdict: "passed",
        finding: "linesRead",
        seen: said(`${read.length} inputs are read`, `已读取 ${read.length} 路输入`),
        figures,
      }
    : {
        verdict: "failed",
        finding: "linesFaulty",
        seen: said(`cannot be read: ${faulty.join(", ")}`, `无法读取：${faulty.join("、")}`),
        todo: said("compare the wiring and the board's profile", "请核对接线与主板配置。"),
        figures,
      };
};

/** An input is moved and put back, and is seen to do both. */
export const lineTest: TestRun = async (session) => {
  const { line: name = "" } = session.options.test;
  const words = lineWords(name);
  if (words === undefined) throw new Error(`${name} is not tried by itself`);
  const moved = (): boolean | undefined => {
    const line = session.line(name);
    return line === undefined || line.raw.value === "fault" ? undefined : isMoved(line.raw);
  };
  const first = await session.until(moved, soon);
  if (first === undefined) return unreadable;
  if (first) {
    session.ask(words.back, patience);
    if ((await session.until(() => (moved() === false ? true : undefined), patience)) === undefined)
      return stuck;
  }
  const before = session.line(name)?.changes ?? 0;
  const wasEmergency = condition(session)?.emergency ?? false;
  session.ask(words.move, patience);
  const seen = await session.until(() => (session.line(name)?.changes ?? 0) > before || undefined, patience);
  if (seen === undefined) return neverMoved;
  const effect = name.endsWith(".fire") ? await doorsLetGo(session) : undefined;
  session.ask(words.back, patience);
  const isBack = await session.until(() => (moved() === false ? true : undefined), patience);
  if (isBack === undefined) return stuck;
  if (name.endsWith(".fire") && !wasEmergency) await resetEmergency(session);
  if (effect !== undefined && effect.verdict !== "passed") return effect;
  const changes = (session.line(name)?.changes ?? 0) - before;
  return {
    verdict: "passed",
    finding: "moved",
    seen: effect?.seen ?? said("seen to move, and to come back", "已检测到动作和恢复"),
    figures: { changes, ...effect?.figures },
  };
};

const condition = (session: TestSession) =>
  session.hooks.services.state().vestibules.find(({ id }) => id === session.vestibule.id)?.condition;

/** R12: as configured, and no other door. */
export async function doorsLetGo(session: TestSession): Promise<TestOutcome> {
  const { onFire } = session.vestibule;
  const wanted = { outer: onFire !== "none", inner: onFire === "both" };
  const isSo = (): true | undefined => {
    const doors = session.doors();
    const fits = (["outer", "inner"] as const).every(
      (door) => (doors?.[door].lock === "released") === wanted[door],
    );
    return fits ? true : undefined;
  };
  const started = await session.until(() => condition(session)?.emergency || undefined, soon);
  const fits = started === true && (await session.until(isSo, soon));
  const doors = session.doors();
  const figures = {
    onFire,
    outer: doors?.outer.lock ?? "unread",
    inner: doors?.inner.lock ?? "unread",
  };
  return fits === true
    ? {
        verdict: "passed",
        finding: "releasedAsConfigured",
        seen: said(
          `fire: released as configured (${onFire})`,
          `消防联动：按配置开锁（${onFire === "both" ? "两扇门" : onFire === "outer" ? "外门" : "无"}）`,
        ),
        figures,
      }
    : {
        verdict: "failed",
        finding: "notAsConfigured",
        seen: said(
          `fire: outer ${figures.outer}, inner ${figures.inner}; configured: ${onFire}`,
          `消防联动：外门 ${figures.outer}，内门 ${figures.inner}；配置为 ${onFire}`,
        ),
        todo: said("see the lines of the locks and `onFire`", "请检查电锁线路与 onFire 配置。"),
        figures,
      };
}

/** What the test has latched it puts back; on record with who tries. */
export async function resetEmergency(session: TestSession): Promise<void> {
  const { operator, test } = session.options;
  await session.hooks.services.resetEmergency(session.vestibule.id, operator, `commissioning: ${test.id}`);
}

const unreadable: TestOutcome = {
  verdict: "failed",
  finding: "unreadable",
  seen: said("the line cannot be read", "该线路无法读取"),
  todo: said("see its wire and the board's profile", "请检查接线与主板配置。"),
};
const neverMoved: TestOutcome = {
  verdict: "failed",
  finding: "neverMoved",
  seen: said("the line never moved", "该线路始终没有变化"),
  todo: said(
    "see whether it is wired to this terminal, and whether the profile's polarity (activeLow) fits",
    "请检查是否接到该端子，以及配置的极性（activeLow）是否正确。",
  ),
};
const stuck: TestOutcome = {
  verdict: "failed",
  finding: "stuck",
  seen: said("the line stays as if it were active", "该线路一直处于动作状态"),
  todo: said(
    "its polarity may be the wrong way round: activeLow in the profile",
    "极性可能相反：请检查配置中的 activeLow。",
  ),
};
