import { type AccessPointName, type DoorName, opposite } from "../../domain/names.ts";
import type { Said, TestStepResult, TestVerdict } from "../../ports/services/commissioning-services.ts";
import { bothSecure } from "../door-trial.ts";
import { at, doorWords, pointWords, said } from "../said.ts";
import { patience, type TestOutcome, type TestRun, type TestSession } from "../test-session.ts";
import { requestText } from "../trial-texts.ts";
import { neverSecure, notOpened, opened, refusedMeanwhile, trialOf } from "./door-tests.ts";
import { doorsLetGo, resetEmergency } from "./line-tests.ts";

const soon = 1_500;

/** The interlock before witnesses: each step is asked for, seen and judged by itself. */
export const demonstration: TestRun = async (session) => {
  const { id, onFire } = session.vestibule;
  const hasFire = session.lines.some(({ name }) => name === `${id}.fire`) || (await wired(session, "fire"));
  const of = hasFire ? 5 : 4;
  const steps = [
    () => openAndRefuse(session, "outer", "inner-entry"),
    () => openAndRefuse(session, "inner", "outer-entry"),
    () => forced(session, "outer"),
    () => atRest(session),
    ...(hasFire ? [() => fire(session, onFire)] : []),
  ];
  for (const [index, step] of steps.entries()) {
    session.step(index + 1, of);
    const done = await step();
    session.finishStep(done);
    session.ask(null);
    // What follows would say nothing while a door stands as it should not.
    if (done.verdict === "failed") return failed(done);
  }
  const isDoubtful = session.done.some(({ verdict }) => verdict === "doubtful");
  return {
    verdict: isDoubtful ? "doubtful" : "passed",
    finding: isDoubtful ? "shownInPart" : "shown",
    seen: said(
      `${session.done.length} steps shown${isDoubtful ? ", not all of them tried" : ""}`,
      `已演示 ${session.done.length} 步${isDoubtful ? "，部分未操作" : ""}`,
    ),
  };
};

const failed = ({ seen, asked }: TestStepResult): TestOutcome => ({
  verdict: "failed",
  finding: "stepFailed",
  seen: said(`${asked.en}: ${seen.en}`, `${asked.zh}：${seen.zh}`),
  todo: said("see the doors' own tests", "请重新进行该门的测试。"),
});

async function wired(session: TestSession, input: string): Promise<boolean> {
  await session.until(() => (session.lines.length > 0 ? true : undefined), soon);
  return session.line(`${session.vestibule.id}.${input}`) !== undefined;
}

/** A door is released and opened; while it stands open the other one refuses a card, and a release. */
async function openAndRefuse(
  session: TestSession,
  door: DoorName,
  point: AccessPointName,
): Promise<TestStepResult> {
  const { id } = session.vestibule;
  const other = opposite(door);
  const asked = said(
    `open the ${doorWords[door].en}; the ${doorWords[other].en} refuses meanwhile`,
    `打开${doorWords[door].zh}，其间${doorWords[other].zh}应拒绝`,
  );
  const trial = trialOf(session, door);
  if (!(await bothSecure(session.onTrial(), trial))) return outcomeOf(asked, neverSecure);
  session.ask(
    at(id, said(`open the ${doorWords[door].en} and hold it open`, `请打开${doorWords[door].zh}并保持打开`)),
    patience,
  );
  session.release(door);
  if (!(await opened(session, door))) return outcomeOf(asked, notOpened);
  const refusal = await refusedMeanwhile(session, other);
  if (refusal !== undefined) return outcomeOf(asked, refusal);
  const shown = await cardRefused(session, point);
  session.ask(requestText({ do: "close", vestibule: id, door }), patience);
  const closed = await session.until(() => session.doors()?.[door].secure || undefined, patience);
  if (closed === undefined)
    return result(asked, "failed", said("it did not become secure again", "该门未重新进入安全状态"));
  return { asked, ...shown };
}

/** R2, before anything about the card is looked at; where there is no reader the interlock's own refusal stands for it. */
async function cardRefused(
  session: TestSession,
  point: AccessPointName,
): Promise<Pick<TestStepResult, "verdict" | "seen">> {
  const { id, accessPoints } = session.vestibule;
  const byInterlock = said("the interlock refused its release", "互锁拒绝了开锁请求");
  if (!accessPoints.some(({ name, reader }) => name === point && reader))
    return { verdict: "passed", seen: byInterlock };
  const { en, zh } = pointWords[point];
  session.ask(
    at(id, said(`hold it open, and present a card at ${en}`, `请保持打开，并在${zh}刷卡`)),
    patience,
  );
  const known = session.records.length;
  const denied = await session.until(
    () =>
      session.records
        .slice(known)
        .find(({ type, payload }) => type === "AccessDenied" && payload["accessPoint"] === point),
    patience,
  );
  if (denied === undefined)
    return {
      verdict: "doubtful",
      seen: said(`${byInterlock.en}; no card was presented`, `${byInterlock.zh}；未刷卡`),
    };
  const { reason = "" } = denied.payload;
  const why = typeof reason === "string" ? reason : "";
  return reason === "interlocked"
    ? {
        verdict: "passed",
        seen: said(
          "the card was refused, reason interlocked, and so was a release",
          "刷卡被拒绝，原因为互锁；开锁请求也被拒绝",
        ),
      }
    : {
        verdict: "failed",
        seen: said(`the card was refused, reason ${why}`, `刷卡被拒绝，原因 ${why}`),
      };
}

/** R7: an opening that nobody released is an alarm. */
async function forced(session: TestSession, door: DoorName): Promise<TestStepResult> {
  const { id } = session.vestibule;
  const asked = said(
    `open the locked ${doorWords[door].en} as a burglar would, or with its key`,
    `在上锁状态下强行（或用钥匙）打开${doorWords[door].zh}`,
  );
  if (!(await bothSecure(session.onTrial(), trialOf(session, door)))) return outcomeOf(asked, neverSecure);
  session.ask(at(id, asked), patience);
  const known = session.records.length;
  const seen = await session.until(
    () =>
      session.records
        .slice(known)
        .find(({ type, payload }) => type === "DoorForcedOpen" && payload["door"] === door),
    patience,
  );
  if (seen === undefined) return result(asked, "doubtful", said("nobody opened it", "未有人打开"));
  session.ask(requestText({ do: "close", vestibule: id, door }), patience);
  const refusal = await refusedMeanwhile(session, opposite(door));
  if (refusal !== undefined) return outcomeOf(asked, refusal);
  return result(
    asked,
    "passed",
    said("alarm: forced open; the other door stayed locked", "产生强行开门报警，另一扇门保持上锁"),
  );
}

async function atRest(session: TestSession): Promise<TestStepResult> {
  const asked = said("both doors closed and secure", "两扇门均关闭并处于安全状态");
  const secure = await bothSecure(session.onTrial(), trialOf(session, "outer"));
  return secure
    ? result(asked, "passed", said("both are secure", "两扇门均安全"))
    : outcomeOf(asked, neverSecure);
}

/** R12. */
async function fire(session: TestSession, onFire: string): Promise<TestStepResult> {
  const { id } = session.vestibule;
  const asked = said(`fire: doors released as configured (${onFire})`, `消防联动：按配置开锁（${onFire}）`);
  const name = `${id}.fire`;
  session.ask(at(id, said("set off the fire panel's contact", "请触发消防联动触点")), patience);
  const active = await session.until(
    () => (session.line(name)?.raw.value === "active" ? true : undefined),
    patience,
  );
  if (active === undefined) return result(asked, "doubtful", said("it was not tried", "未操作"));
  const effect = await doorsLetGo(session);
  session.ask(at(id, said("put the fire contact back", "请恢复消防联动触点")), patience);
  const back = await session.until(
    () => (session.line(name)?.raw.value === "inactive" ? true : undefined),
    patience,
  );
  if (back === undefined) return result(asked, "failed", said("the contact stays active", "触点未恢复"));
  await resetEmergency(session);
  const secure = await bothSecure(session.onTrial(), trialOf(session, "outer"));
  if (!secure) return outcomeOf(asked, neverSecure);
  return outcomeOf(asked, effect);
}

const result = (asked: Said, verdict: TestVerdict, seen: Said): TestStepResult => ({ asked, verdict, seen });
const outcomeOf = (asked: Said, { verdict, seen }: TestOutcome): TestStepResult => ({ asked, verdict, seen });
