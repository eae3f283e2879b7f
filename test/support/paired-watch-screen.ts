import { type ApiForTests, cookieOf } from "./api-for-tests.ts";

/** The cookie of a screen that has asked for a code to watch by, and the code. */
export async function waitingWatchScreen(
  api: ApiForTests,
): Promise<{ readonly cookie: string; readonly code: string }> {
  const answer = await api.call("POST", "/api/v1/watch/pairing");
  return { cookie: cookieOf(answer), code: answer.json<{ code: string }>().code };
}

export interface PairedWatchScreen {
  readonly id: string;
  readonly cookie: string;
  /** Asks as this screen, from a machine that is not the box. */
  ask(path: string, method?: string): ReturnType<ApiForTests["call"]>;
}

/** A screen that an administrator has let watch. */
export async function pairedWatchScreen(
  api: ApiForTests,
  choice: {
    readonly vestibules?: readonly string[];
    readonly pictures?: boolean;
    readonly duress?: boolean;
  } = {},
): Promise<PairedWatchScreen> {
  const { cookie, code } = await waitingWatchScreen(api);
  const { duress = false, ...chosen } = choice;
  const admin = await api.logIn();
  const body = { code, name: "Left wall", ...chosen };
  const answer = await api.call("POST", "/api/v1/watch-screens", { cookie: admin, body });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  const { id } = answer.json<{ id: string }>();
  if (duress) {
    const shown = await api.call("PATCH", `/api/v1/watch-screens/${id}`, {
      cookie: admin,
      body: { duress },
    });
    if (shown.statusCode !== 200) throw new Error(shown.body);
  }
  const headers = { "x-vestibule-screen": "1" };
  return {
    id,
    cookie,
    ask: (path, method = "GET") =>
      api.call(method, `/api/v1${path}`, { cookie, headers, address: "192.0.2.7" }),
  };
}
