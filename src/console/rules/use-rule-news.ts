import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useSite } from "../live/use-site.ts";

/** What was read of the rules is read again once the stream tells of another version of any of them. */
export function useRuleNews(): void {
  const queries = useQueryClient();
  const { records } = useSite();
  const newest = records.find(({ type }) => type === "ConfigurationChanged")?.seq ?? 0;
  const knownRef = useRef(newest);
  useEffect(() => {
    if (newest === knownRef.current) return;
    knownRef.current = newest;
    void queries.invalidateQueries({ queryKey: ["rules"] });
  }, [newest, queries]);
}
