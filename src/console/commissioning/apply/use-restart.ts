import { useEffect, useState } from "react";
import { getCommissioning } from "../../api/client.ts";
import type { Commissioning } from "../model.ts";

const askEveryMs = 1_000;
const answerLimitMs = 3_000;
/** Back, and still by the former file for so long: it was put back. */
const formerLimitMs = 15_000;

export type Restart =
  | { readonly is: "waiting"; readonly seconds: number }
  | { readonly is: "back"; readonly commissioning: Commissioning }
  | { readonly is: "putBack"; readonly commissioning: Commissioning };

/** From the order to restart until the box answers by the new file, or by the former one again. */
export function useRestart(wanted: string): Restart {
  const [restart, setRestart] = useState<Restart>({ is: "waiting", seconds: 0 });
  useEffect(() => {
    const begun = Date.now();
    let timer: ReturnType<typeof setTimeout>;
    let formerSince: number | null = null;
    let over = false;
    const ask = async (): Promise<void> => {
      const answer = await getCommissioning({ timeoutMs: answerLimitMs }).catch(() => undefined);
      if (over) return;
      const now = Date.now();
      formerSince = answer === undefined ? null : (formerSince ?? now);
      if (answer?.hash === wanted) return setRestart({ is: "back", commissioning: answer });
      if (answer !== undefined && formerSince !== null && now - formerSince > formerLimitMs)
        return setRestart({ is: "putBack", commissioning: answer });
      setRestart({ is: "waiting", seconds: Math.round((now - begun) / 1_000) });
      timer = setTimeout(() => void ask(), askEveryMs);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  return restart;
}
