import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { getCommissioning, getDraft, getLines } from "../api/client.ts";
import { ApiError } from "../api/http.ts";
import type { Commissioning, Draft, Line } from "./model.ts";

/** While somebody stands at a door, what they did is to be seen as they do it. */
const busyMs = 300;
/** Another device may go on where this one is. */
const quietMs = 2_000;
/** What another device writes down is seen here without asking. */
const draftMs = 5_000;
/** As the box offers them. */
const linesMs = 200;

export function useCommissioning(): UseQueryResult<Commissioning> {
  return useQuery({
    queryKey: ["commissioning"],
    queryFn: ({ signal }) => getCommissioning({ signal }),
    refetchInterval: ({ state }) => ((state.data?.running ?? null) === null ? quietMs : busyMs),
    retry: false,
  });
}

export function useDraft(enabled: boolean): UseQueryResult<Draft> {
  return useQuery({
    queryKey: ["commissioning", "draft"],
    queryFn: ({ signal }) => getDraft({ signal }),
    enabled,
    staleTime: 0,
    refetchInterval: draftMs,
  });
}

/** Null while whoever holds the lines does not answer. */
export function useLines(enabled: boolean): UseQueryResult<readonly Line[] | null> {
  return useQuery({
    queryKey: ["commissioning", "lines"],
    queryFn: async ({ signal }) => {
      try {
        return (await getLines({ signal, timeoutMs: 2_000 })).lines;
      } catch (error) {
        if (error instanceof ApiError && error.status === 503) return null;
        throw error;
      }
    },
    enabled,
    refetchInterval: linesMs,
    retry: false,
    gcTime: 0,
  });
}

/** What an answer said is shown at once; everything else about it is asked again. */
export function useKeep(): {
  readonly commissioning: (answer: Commissioning) => void;
  readonly draft: (answer: Draft) => void;
  readonly again: () => Promise<void>;
} {
  const queries = useQueryClient();
  const again = useCallback(async () => {
    await queries.invalidateQueries({ queryKey: ["commissioning"] });
  }, [queries]);
  return {
    commissioning: (answer) => queries.setQueryData(["commissioning"], answer),
    draft: (answer) => {
      queries.setQueryData(["commissioning", "draft"], answer);
      void queries.invalidateQueries({ queryKey: ["commissioning"], exact: true });
    },
    again,
  };
}
