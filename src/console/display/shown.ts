import type { doorScreenTextsEn as en } from "../texts/door-screen-en.ts";
import type { Situation } from "./situation.ts";

export type Title = keyof (typeof en)["title"];
export type Detail = keyof (typeof en)["detail"];
export type Hint = keyof (typeof en)["hint"];

/**
 * How urgent it is, and whose turn: `rest` nobody's; `act` theirs; `wait` somebody else's; `good` go; `bad` not so;
 * `stop` nobody goes; `alarm` nobody goes, and for a reason. Told by colour, frame, pictogram and words at once, so that none of them is needed.
 */
export type Manner = "rest" | "act" | "wait" | "good" | "bad" | "stop" | "alarm";
export type Tone = "look" | "granted" | "refused" | "wait" | "next" | "warning";

/** What stands on the screen. */
export interface Shown {
  readonly title: Title;
  readonly detail: Detail | Hint | null;
  readonly manner: Manner;
  readonly tone: Tone | null;
  readonly mirror: boolean;
  readonly progress: { readonly step: number; readonly of: number } | null;
  /** Milliseconds; null where nothing runs out. */
  readonly remaining: number | null;
  readonly name: string | null;
  readonly code: string | null;
}

interface Saying {
  readonly manner: Manner;
  readonly tone: Tone | null;
  readonly detail?: Detail;
  /** How much time is left helps whoever has something to do, and nobody else. */
  readonly runsOut?: true;
}

const sayings: Readonly<Record<Title, Saying>> = {
  ready: { manner: "rest", tone: null },
  look: { manner: "act", tone: "look" },
  turnLeft: { manner: "act", tone: "look", runsOut: true },
  turnRight: { manner: "act", tone: "look", runsOut: true },
  blink: { manner: "act", tone: "look", runsOut: true },
  openMouth: { manner: "act", tone: "look", runsOut: true },
  enterPin: { manner: "act", tone: "next", detail: "enterPin", runsOut: true },
  nextPerson: { manner: "act", tone: "next", detail: "nextPerson", runsOut: true },
  waitForHost: { manner: "wait", tone: "next", detail: "waitForHost", runsOut: true },
  waitForStaff: { manner: "wait", tone: "wait", detail: "waitForStaff", runsOut: true },
  wait: { manner: "wait", tone: "wait", detail: "wait" },
  occupied: { manner: "wait", tone: "wait", detail: "occupied" },
  welcome: { manner: "good", tone: "granted" },
  tryAgain: { manner: "bad", tone: "refused" },
  askStaff: { manner: "bad", tone: "refused" },
  closeDoor: { manner: "bad", tone: "warning" },
  closed: { manner: "stop", tone: null, detail: "closed" },
  // The fire alarm sounds by itself: nothing here speaks over it.
  doorOpen: { manner: "good", tone: null, detail: "doorOpen" },
  keepClear: { manner: "alarm", tone: null, detail: "keepClear" },
  outOfService: { manner: "stop", tone: null, detail: "outOfService" },
  starting: { manner: "stop", tone: null },
  pairing: { manner: "rest", tone: null, detail: "pairing" },
};

/** One screen out of one situation, and nothing else: so nothing that was shown before can stay. */
export function shownIn(situation: Situation): Shown {
  switch (situation.is) {
    case "starting":
      return saying("starting");
    case "lost":
      return saying("outOfService");
    case "pairing":
      return { ...saying("pairing"), code: situation.code };
    case "live":
      break;
  }
  const { text, hint, progress, remaining, mirror, name, accessPoint } = situation.screen;
  const plain = saying(text);
  return {
    ...plain,
    ...(hint === null ? {} : { detail: hint }),
    // Whoever stands between the doors goes back by the one they came in through.
    ...(text === "keepClear" && accessPoint === "inner-entry" ? { detail: "leaveByOuter" as const } : {}),
    progress,
    mirror,
    name,
    remaining: sayings[text].runsOut === true ? remaining : null,
  };
}

function saying(title: Title): Shown {
  const { manner, tone, detail = null } = sayings[title];
  return {
    title,
    detail,
    manner,
    tone,
    mirror: false,
    progress: null,
    remaining: null,
    name: null,
    code: null,
  };
}
