import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { listPresence } from "../api/client.ts";
import { useSite } from "../live/use-site.ts";

/** Asked anew at most this often, however many come in at eight in the morning. */
const restMs = 2_000;

/** Who is inside, asked anew when somebody has passed or been put somewhere. */
export function usePresence() {
  const { records, state } = useSite();
  const news = records.find(({ type }) => moves.has(type))?.seq ?? 0;
  const counts = (state?.vestibules ?? []).map(
    ({ occupancy, occupancySecure }) => `${occupancy}/${occupancySecure}`,
  );
  return useInfiniteQuery({
    queryKey: ["presence", news, counts.join()],
    queryFn: ({ pageParam, signal }) =>
      listPresence(
        { limit: 200, ...(pageParam === "" ? {} : { after: pageParam }) },
        { signal, watching: true },
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: restMs,
  });
}

const moves: ReadonlySet<string> = new Set(["AccessTaken", "AreaReset", "Egress", "CardholderRemoved"]);
