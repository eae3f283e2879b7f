import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { getCardholder, listEvents } from "../api/client.ts";
import { useSite } from "../live/use-site.ts";
import { instantOf, siteMinuteOf } from "../texts/site-time.ts";

/** As many as a day of one person has, and a month's refusals. */
const most = 1_000;
const month = 30 * 86_400_000;

/** A person and what the record says of them, asked anew when something of theirs is recorded. */
export function usePerson(id: string, timeZone: string) {
  const { records, state } = useSite();
  const news = useMemo(() => records.find(({ cardholder }) => cardholder === id)?.seq ?? 0, [records, id]);
  const today = siteMinuteOf(Date.parse(state?.clock.wall ?? ""), timeZone).slice(0, 10);
  const key = ["history", id, news, today];
  const person = useQuery({
    queryKey: [...key, "person"],
    queryFn: ({ signal }) => getCardholder({ id }, { signal, watching: true }),
    placeholderData: (before) => before,
  });
  const last = useQuery({
    queryKey: [...key, "last"],
    queryFn: async ({ signal }) => {
      const query = { cardholder: id, type: "AccessTaken,AreaReset", order: "newest", limit: 1 } as const;
      return (await listEvents(query, { signal, watching: true })).events[0] ?? null;
    },
    placeholderData: (before) => before,
  });
  const day = useQuery({
    queryKey: [...key, "day"],
    queryFn: async ({ signal }) => {
      const from = new Date(instantOf(`${today}T00:00`, timeZone)).toISOString();
      const query = { cardholder: id, type: "AccessTaken,AccessDenied", from, limit: most };
      return (await listEvents(query, { signal, watching: true })).events;
    },
    placeholderData: (before) => before,
  });
  const denials = useQuery({
    queryKey: [...key, "denials"],
    queryFn: async ({ signal }) => {
      const from = new Date(Date.now() - month).toISOString();
      const query = { cardholder: id, type: "AccessDenied", from, order: "newest", limit: most } as const;
      return (await listEvents(query, { signal, watching: true })).events;
    },
    placeholderData: (before) => before,
  });
  return { person, last, day, denials };
}
