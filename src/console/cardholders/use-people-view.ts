import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { ListCardholdersParams } from "../api/client.ts";

export type PeopleFilter = Pick<
  ListCardholdersParams,
  "search" | "group" | "accessLevel" | "kind" | "status" | "enrolment"
>;

const names = ["search", "group", "accessLevel", "kind", "status", "enrolment"] as const;

export interface PeopleView {
  readonly filters: PeopleFilter;
  /** The page after this person; undefined: the first. */
  readonly after: string | undefined;
  readonly change: (
    filters: { readonly [Name in keyof PeopleFilter]?: PeopleFilter[Name] | undefined },
  ) => void;
  readonly turnTo: (after: string | undefined) => void;
  readonly clear: () => void;
}

/** What the list shows, as it stands in the address. */
export function usePeopleView(): PeopleView {
  const [address, setAddress] = useSearchParams();
  const filters = useMemo(() => {
    const given = names.flatMap((name) => {
      const value = address.get(name);
      return value === null || value === "" ? [] : [[name, value]];
    });
    // Whatever stands in an address: what the server does not know it refuses, and the page says so.
    return Object.fromEntries(given) as PeopleFilter;
  }, [address]);
  const change = useCallback<PeopleView["change"]>(
    (changes) =>
      setAddress(() => {
        const after = new URLSearchParams(window.location.search);
        after.delete("after");
        for (const [name, value] of Object.entries(changes)) {
          if (value === undefined) after.delete(name);
          else after.set(name, value);
        }
        return after;
      }),
    [setAddress],
  );
  const turnTo = useCallback<PeopleView["turnTo"]>(
    (place) =>
      setAddress(() => {
        const after = new URLSearchParams(window.location.search);
        if (place === undefined) after.delete("after");
        else after.set("after", place);
        return after;
      }),
    [setAddress],
  );
  return {
    filters,
    after: address.get("after") ?? undefined,
    change,
    turnTo,
    clear: useCallback(() => setAddress({}), [setAddress]),
  };
}
