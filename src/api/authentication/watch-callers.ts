import type { FastifyRequest } from "fastify";
import type { Right } from "../../domain/operator/rights.ts";
import type { WatchChoice, WatchScreen } from "../../ports/watch-screens.ts";
import type { ApiContext } from "../api-options.ts";
import { isAtTheBox } from "../own-addresses.ts";
import { Problem } from "../problem.ts";
import type { Caller } from "./callers.ts";
import { presentedScreen } from "./screen-cookies.ts";

/** A page says whom it asks as: beside a screen's cookie there may be an operator's, and neither stands in for the other. */
const screenHeader = "x-vestibule-screen";

/** An event stream cannot have headers of its own. */
export const asksAsScreen = ({ headers, query }: FastifyRequest): boolean =>
  headers[screenHeader] === "1" ||
  (typeof query === "object" && query !== null && "screen" in query && query.screen === "1");

/** All that a screen may ever do: look. */
export const rightsOfScreen = ({ pictures, duress }: WatchChoice): ReadonlySet<Right> =>
  new Set<Right>([
    ...(["seeState", "seeAlarms", "seeEvents"] as const),
    ...(pictures ? (["seeEvidence"] as const) : []),
    ...(duress ? (["seeDuress"] as const) : []),
  ]);

/** Throws the Problem of a screen that is not paired. */
export function watchCallerOf(request: FastifyRequest, context: ApiContext): Caller {
  const { watchScreens } = context;
  const screen = watchScreens.use(presentedScreen(request, "watch", context));
  if (screen === undefined)
    throw new Problem(
      401,
      "authentication-required",
      "This screen is not paired, or no longer: POST /api/v1/watch/pairing.",
    );
  const name = `screen:${screen.name}`;
  const now = (): WatchScreen | undefined => watchScreens.seen(screen);
  return {
    name,
    person: name,
    rights: rightsOfScreen(screen),
    session: null,
    screen,
    pending: null,
    seesDuress: showsDuress(screen, request, context),
    // One that may show more or less by now, or is called something else, begins anew.
    mayContinue: () => isAsBefore(screen, now()),
  };
}

/** Duress as it was chosen, but never at the box itself (A5). */
export const showsDuress = (
  { duress }: WatchChoice,
  { ip }: Pick<FastifyRequest, "ip">,
  { settings }: Pick<ApiContext, "settings">,
): boolean => duress && (settings.localConsoleSeesDuress || !isAtTheBox(ip));

function isAsBefore(before: WatchScreen, now: WatchScreen | undefined): boolean {
  if (now === undefined) return false;
  const shown = ({ name, vestibules, pictures, duress }: WatchScreen): string =>
    JSON.stringify([name, vestibules, pictures, duress]);
  return shown(now) === shown(before);
}
