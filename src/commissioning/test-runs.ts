import type { JsonObject } from "../ports/journal.ts";
import type { TestKind } from "../ports/services/commissioning-services.ts";
import type { TestRun, TestSession } from "./test-session.ts";
import { cameraTest, personTest } from "./tests/camera-tests.ts";
import { demonstration } from "./tests/demonstration.ts";
import { relayTest, trialTest } from "./tests/door-tests.ts";
import { boardTest, lineTest } from "./tests/line-tests.ts";
import { keypadTest, readerTest } from "./tests/reader-tests.ts";
import { brokerTest, clockTest } from "./tests/surroundings-tests.ts";

const runs: Readonly<Record<TestKind, TestRun>> = {
  board: boardTest,
  line: lineTest,
  trial: trialTest,
  relay: relayTest,
  reader: readerTest,
  keypad: keypadTest,
  camera: cameraTest,
  person: personTest,
  clock: clockTest,
  broker: brokerTest,
  demonstration,
};

/** Does the test, and says what the record of it says. Throws TestCancelled. */
export async function recordOfTest(session: TestSession, basis: string): Promise<JsonObject> {
  const { test, operator } = session.options;
  const { verdict, finding, seen, todo = null, figures = {} } = await runs[test.kind](session);
  return {
    ...{ test: test.id, kind: test.kind, step: test.step, operator, verdict, finding, basis },
    ...{ seen: { ...seen }, todo: todo && { ...todo }, figures },
    steps: session.done.map((step) => ({
      asked: { ...step.asked },
      seen: { ...step.seen },
      verdict: step.verdict,
    })),
    ...(test.vestibule === undefined ? {} : { vestibule: test.vestibule }),
    ...(test.door === undefined ? {} : { door: test.door }),
    ...(test.accessPoint === undefined ? {} : { accessPoint: test.accessPoint }),
  };
}
