import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { type ListCardholdersData, listCardholders } from "../api/client.ts";

export interface PeopleSearch {
  readonly search: string;
  /** Undefined until the first answer. */
  readonly found: ListCardholdersData["cardholders"] | undefined;
  readonly isFetching: boolean;
}

type Among = Omit<NonNullable<Parameters<typeof listCardholders>[0]>, "search">;

/** Of a hundred thousand people the first that what is typed fits: a name, a number, a card. Nothing typed fits all. */
export function usePeopleSearch(
  typed: string,
  among: Among,
  isAsked: (search: string) => boolean = () => true,
): PeopleSearch {
  const search = useDeferredValue(typed.trim());
  const { data, isFetching } = useQuery({
    queryKey: ["cardholders", "search", among, search],
    queryFn: ({ signal }) => listCardholders({ ...among, ...(search === "" ? {} : { search }) }, { signal }),
    enabled: isAsked(search),
  });
  return { search, found: data?.cardholders, isFetching };
}
