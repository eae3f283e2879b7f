import { keepPreviousData, useQuery } from "@tanstack/react-query";
import {
  type GetCardholderData,
  getAccessLevels,
  getCardholder,
  getConsentWording,
  type ListCardholdersData,
  listApprovals,
  listCardholders,
  listGroups,
} from "../api/client.ts";
import { useMay } from "../live/use-site.ts";
import type { PeopleFilter } from "./use-people-view.ts";

export type PersonRow = ListCardholdersData["cardholders"][number];
export type Person = GetCardholderData;
export type PersonCard = Person["cards"][number];
export type PersonPhoto = Person["photos"][number];

const pageSize = 50;

export const usePeople = (filters: PeopleFilter, after: string | undefined) =>
  useQuery({
    queryKey: ["cardholders", "list", filters, after],
    queryFn: ({ signal }) =>
      listCardholders({ ...filters, limit: pageSize, ...(after === undefined ? {} : { after }) }, { signal }),
    placeholderData: keepPreviousData,
  });

export const usePerson = (id: string) =>
  useQuery({
    queryKey: ["cardholders", "one", id],
    queryFn: ({ signal }) => getCardholder({ id }, { signal }),
  });

export const useGroups = () =>
  useQuery({ queryKey: ["cardholders", "groups"], queryFn: ({ signal }) => listGroups({ signal }) });

/** Names of those in force. */
export function useAccessLevels(): readonly string[] {
  const { data } = useQuery({
    queryKey: ["access-levels"],
    queryFn: ({ signal }) => getAccessLevels({ signal }),
  });
  return (data?.accessLevels ?? []).map(({ name }) => name);
}

export const useConsentRules = () =>
  useQuery({
    queryKey: ["consent-wording"],
    queryFn: ({ signal }) => getConsentWording({ signal }),
    staleTime: 300_000,
  });

/** What waits for a second operator about this person. */
export function useWaitingFor(id: string) {
  const may = useMay("seeApprovals");
  const { data } = useQuery({
    queryKey: ["approvals"],
    queryFn: ({ signal }) => listApprovals({ signal }),
    enabled: may,
  });
  return (data?.approvals ?? []).filter(({ subject }) => subject.cardholder === id);
}
