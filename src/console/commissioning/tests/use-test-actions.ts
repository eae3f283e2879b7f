import { useState } from "react";
import { cancelTest, getCommissioning, leaveTestOut, startTest } from "../../api/client.ts";
import type { Commissioning, CommissioningTest } from "../model.ts";
import { useKeep } from "../use-commissioning.ts";
import { useRefusalText } from "../use-refusal-text.ts";

export interface TestActions {
  readonly working: boolean;
  /** Empty where nothing failed. */
  readonly failure: string;
  readonly start: (test: CommissioningTest) => void;
  readonly cancel: () => void;
  readonly leaveOut: (id: string, reason: string | null, onDone?: () => void) => void;
}

export function useTestActions(): TestActions {
  const keep = useKeep();
  const failureText = useRefusalText();
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState("");

  const doIt = async (act: () => Promise<Commissioning>, onDone?: () => void): Promise<void> => {
    setWorking(true);
    setFailure("");
    try {
      keep.commissioning(await act());
      onDone?.();
    } catch (error) {
      setFailure(failureText(error));
      await keep.again();
    } finally {
      setWorking(false);
    }
  };
  return {
    working,
    failure,
    start: (test) =>
      void doIt(async () => {
        // The person's own clock is the one thing about the clock that the box cannot read by itself.
        await startTest(
          { id: test.id },
          test.kind === "clock" ? { shownTime: new Date().toISOString() } : {},
        );
        return await getCommissioning();
      }),
    cancel: () => void doIt(() => cancelTest()),
    leaveOut: (id, reason, onDone) => void doIt(() => leaveTestOut({ id }, { reason }), onDone),
  };
}
