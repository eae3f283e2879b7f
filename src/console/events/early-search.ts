import { hasRight } from "../../domain/operator/rights.ts";
import { type ListEventsData, type ListEventsParams, listEvents } from "../api/client.ts";
import { earlyAnswers } from "../api/early.ts";
import { ApiError } from "../api/http.ts";
import { currentLanguage } from "../texts/language.ts";
import { siteClock, siteDate } from "../texts/site-time.ts";
import { filtersIn, queryOf } from "./event-filters.ts";

/** As long as the session's and the state's early answers are. Milliseconds. */
const isGoodFor = 3_000;

export interface EarlySearch {
  /** Everything up to this record was there when it was asked. */
  readonly seenTo: number;
  /** Undefined where nobody answered: then somebody has to ask anew. */
  readonly answer: Promise<ListEventsData | undefined>;
}

let asked: (EarlySearch & { readonly query: string; readonly at: number }) | null = null;

/** What the address searches for, asked while the page around it is still being made. */
export async function searchEarly(address: string): Promise<void> {
  const found = await earlyAnswers();
  if (found === undefined || !hasRight(found.session.role, "seeEvents")) return;
  const { journal, clock } = found.state;
  const query = queryOf(filtersIn(new URLSearchParams(address)), clock.timeZone);
  const answer = listEvents(query).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 0) return undefined;
    throw error;
  });
  // Whoever takes it is told; nobody may.
  answer.catch(() => undefined);
  asked = { seenTo: journal.last, answer, query: JSON.stringify(query), at: performance.now() };
  // To make what writes a time takes longer than all else that the rows need, and now nothing else is to be done.
  const now = new Date().toISOString();
  for (const write of [siteClock, siteDate]) write(now, clock.timeZone, currentLanguage());
}

/** Once, and only the same search. */
export function earlySearch(query: ListEventsParams): EarlySearch | undefined {
  const found = asked;
  asked = null;
  if (found === null || performance.now() - found.at > isGoodFor) return undefined;
  return found.query === JSON.stringify(query) ? found : undefined;
}
