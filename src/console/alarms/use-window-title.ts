import { useEffect } from "react";
import { demandsAttention } from "../../domain/alarm/alarm.ts";
import { useSite } from "../live/use-site.ts";

/** The window's title, with the number of alarms that demand somebody before it: seen from behind other windows. */
export function useWindowTitle(title: string): void {
  const number = useSite().alarms.filter(demandsAttention).length;
  useEffect(() => {
    document.title = number === 0 ? title : `(${number}) ${title}`;
  }, [title, number]);
}
