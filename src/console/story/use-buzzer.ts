import { useEffect, useState } from "react";
import { doorNames } from "../../domain/names.ts";
import type { VestibuleView } from "../../ports/controller-services.ts";
import { isBuzzerSounding } from "../api/simulator.ts";

const pollMs = 1_000;

/** Whether the vestibule's buzzer sounds. It can only while a door stands open: only then anybody asks. */
export function useBuzzer({ id, doors }: VestibuleView): boolean {
  const stands = doorNames.some((door) => doors[door].contact === "open");
  const [sounding, setSounding] = useState(false);
  useEffect(() => {
    if (!stands) return;
    let over = false;
    const ask = (): void => {
      isBuzzerSounding(id)
        .then((sounds) => {
          if (!over) setSounding(sounds);
        })
        .catch(() => undefined); // the connection's own notice says what is wrong
    };
    ask();
    const timer = setInterval(ask, pollMs);
    return () => {
      over = true;
      clearInterval(timer);
      setSounding(false);
    };
  }, [id, stands]);
  return sounding;
}
