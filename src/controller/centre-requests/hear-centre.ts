import { wallTime } from "../../domain/time.ts";
import type { ControllerOptions } from "../controller-options.ts";
import type { CentreServices } from "./carry-out.ts";
import { ReplayDesk } from "./replay-desk.ts";
import { RequestDesk, type RequestRecords } from "./request-desk.ts";
import { RequestJudge } from "./request-judge.ts";

/** As many as may have been taken within the time for which one is valid, and more. */
const mostRemembered = 1000;

/** Listens to what the centre asks for, where there is a broker. */
export function hearCentre(
  { broker, journal, clock, site }: Pick<ControllerOptions, "broker" | "journal" | "clock" | "site">,
  services: CentreServices,
  records: RequestRecords,
): Disposable {
  const parts = new DisposableStack();
  if (broker === undefined) return parts;
  const { link, requests = { keys: [], secondSignature: [] } } = broker;
  const taken = journal.query({ type: "CentreRequestAccepted", limit: mostRemembered, newestFirst: true });
  const judge = new RequestJudge({
    ...{ site: site.id, rules: requests, now: () => wallTime(clock.wall()) },
    wasRecorded: (from, to) => journal.query({ from, to, limit: 1 }).length > 0,
    takenBefore: taken
      .toReversed()
      .flatMap(({ payload: { nonce } }) => (typeof nonce === "string" ? [nonce] : [])),
  });
  // An answer that cannot be given is none: the record tells what was done, and comes to the centre by itself.
  const answer = (message: Parameters<typeof link.publish>[0]): void =>
    void link.publish(message).catch(() => undefined);
  const desk = parts.use(new RequestDesk({ judge, services, records, clock, answer }));
  const publish = (message: Parameters<typeof link.publish>[0]) => link.publish(message);
  const note = (type: string, payload: Parameters<RequestRecords["note"]>[1]): void =>
    records.note(type, payload);
  const replay = parts.use(new ReplayDesk({ journal, publish, note, clock }));
  parts.use(
    link.hearRequests({
      onRequest: (request) => (request.name === "replay" ? replay : desk).onRequest(request),
      onFlood: (deaf) => desk.onFlood(deaf / 1000),
    }),
  );
  return parts;
}
