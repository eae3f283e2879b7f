import { QueryClient } from "@tanstack/react-query";

/** What was fetched once is shown at once, and asked for again when a page is opened. */
export const newQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: { queries: { retry: 1, staleTime: 5_000, refetchOnWindowFocus: false } },
  });
