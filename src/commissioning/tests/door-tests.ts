import { type DoorName, opposite } from "../../domain/names.ts";
import { bothSecure, type DoorTrial, type TrialRequest, tryDoor } from "../door-trial.ts";
import { at, doorWords, said } from "../said.ts";
import { between, patience, type TestOutcome, type TestRun, type TestSession } from "../test-session.ts";
import { requestText, trialTexts } from "../trial-texts.ts";

const soon = 1_500;
/** Somebody who is not there at once is not a stuck contact yet (T28 takes three). */
const releases = 2;

export function trialOf(session: TestSession, door: DoorName): DoorTrial {
  const { id, settleTime, doors } = session.vestibule;
  return {
    vestibule: id,
    door,
    bolts: { outer: doors.outer.bolt, inner: doors.inner.bolt },
    settleTime,
    releaseTime: doors[door].releaseTime,
    releases,
    patience,
    ask: (request: TrialRequest) => session.ask(requestText(request), patience),
  };
}

const doorOf = ({ options }: TestSession): DoorName => {
  if (options.test.door === undefined) throw new Error(`${options.test.id} is about no door`);
  return options.test.door;
};

/** T31: outer must move outer. */
export const trialTest: TestRun = async (session) => {
  const door = doorOf(session);
  const verdict = await tryDoor(session.onTrial(), trialOf(session, door));
  const texts = trialTexts[verdict];
  return {
    verdict: verdict === "inOrder" ? "passed" : "failed",
    finding: verdict,
    seen: texts.seen,
    todo: texts.todo ?? null,
  };
};

/** The relay switches, the bolt follows, and while the door stands open nothing releases the other one. */
export const relayTest: TestRun = async (session) => {
  const door = doorOf(session);
  const other = opposite(door);
  const { id, doors: plans } = session.vestibule;
  if (!(await bothSecure(session.onTrial(), trialOf(session, door)))) return { ...neverSecure };
  session.ask(null);
  const { passage } = session.release(door);
  const released = await session.until(() => session.recorded("DoorReleased", { door, passage }), soon);
  if (released === undefined) return notReleased(session, passage);
  const figures: Record<string, number | null> = {};
  if (plans[door].bolt) {
    const name = `${id}.${door}.bolt`;
    const retracted = await session.until(() => {
      const line = session.line(name);
      return line?.raw.value === "retracted" ? line : undefined;
    }, plans[door].boltTime + soon);
    if (retracted === undefined) return boltStays;
    figures["boltRetractedMs"] = between(released.at, retracted.changedAt);
  }
  session.ask(
    at(id, said(`open the ${doorWords[door].en} and hold it open`, `请打开${doorWords[door].zh}并保持打开`)),
    patience,
  );
  if (!(await opened(session, door))) return notOpened;
  const refusal = await refusedMeanwhile(session, other);
  session.ask(requestText({ do: "close", vestibule: id, door }), patience);
  if (refusal !== undefined) return refusal;
  const closed = await session.until(() => session.doors()?.[door].secure || undefined, patience);
  if (closed === undefined) return staysInsecure;
  const bolt = session.line(`${id}.${door}.bolt`);
  const shut = session.line(`${id}.${door}.contact`);
  if (plans[door].bolt) figures["boltThrownMs"] = between(shut?.changedAt, bolt?.changedAt);
  return {
    verdict: "passed",
    finding: "underInterlock",
    seen: said(
      `released, opened, closed, secure again; meanwhile a release of the ${doorWords[other].en} was refused`,
      `开锁、打开、关闭、重新上锁正常；其间${doorWords[other].zh}的开锁请求被拒绝`,
    ),
    figures,
  };
};

/** Once more, where the release ended before anybody was there. */
export async function opened(session: TestSession, door: DoorName): Promise<boolean> {
  const { releaseTime } = session.vestibule.doors[door];
  const isOpen = (): true | undefined => (session.doors()?.[door].contact === "open" ? true : undefined);
  const isOver = (): true | undefined =>
    isOpen() ?? (session.doors()?.[door].lock === "secured" ? true : undefined);
  await session.until(isOver, releaseTime + soon);
  if (isOpen() === true) return true;
  if (!(await bothSecure(session.onTrial(), trialOf(session, door)))) return false;
  session.release(door);
  return (await session.until(isOpen, releaseTime + soon)) === true;
}

/** R1, shown: undefined where the release is refused and the lock does not move. */
export async function refusedMeanwhile(
  session: TestSession,
  other: DoorName,
): Promise<TestOutcome | undefined> {
  const { passage } = session.release(other);
  const answer = await session.until(
    () =>
      session.recorded("ReleaseRefused", { door: other, passage }) ??
      session.recorded("DoorReleased", { door: other, passage }),
    soon,
  );
  if (answer?.type === "ReleaseRefused" && session.doors()?.[other].lock === "secured") return undefined;
  return {
    verdict: "failed",
    finding: "otherReleased",
    seen: said(
      `the ${doorWords[other].en} was not refused while this one stood open`,
      `本门打开时，${doorWords[other].zh}未被拒绝开锁`,
    ),
    todo: said("take the doors out of service", "请立即停用这组门。"),
  };
}

function notReleased(session: TestSession, passage: string): TestOutcome {
  const reason = session.recorded("ReleaseRefused", { passage })?.payload["reason"];
  const why = typeof reason === "string" ? reason : "no answer";
  return {
    verdict: "failed",
    finding: "notReleased",
    seen: said(`the interlock did not release it: ${why}`, `互锁未释放该门：${why}`),
    todo: said("see the alarms that are open", "请查看当前报警。"),
  };
}

export const neverSecure: TestOutcome = {
  verdict: "failed",
  finding: "neverSecure",
  seen: trialTexts.neverSecure.seen,
  todo: trialTexts.neverSecure.todo ?? null,
};
export const notOpened: TestOutcome = {
  verdict: "failed",
  finding: "notOpened",
  seen: trialTexts.notOpened.seen,
  todo: trialTexts.notOpened.todo ?? null,
};
const boltStays: TestOutcome = {
  verdict: "failed",
  finding: "boltDidNotMove",
  seen: said("the lock was released and its bolt stayed thrown", "已开锁，但锁舌未缩回"),
  todo: said("see the lock's supply, the relay and the bolt sensor", "请检查电锁供电、继电器和锁舌传感器。"),
};
const staysInsecure: TestOutcome = {
  verdict: "failed",
  finding: "notSecureAgain",
  seen: said("the door did not become secure again", "该门未重新进入安全状态"),
  todo: said("see whether it closes, and whether the bolt is thrown", "请检查门是否关好、锁舌是否伸出。"),
};
