import { type AlarmPriority, demandsAttention } from "../../domain/alarm/alarm.ts";
import type { AlarmView } from "../api/site.ts";

/** What is heard of an alarm; duress has a sound of its own, so that it is known without looking. */
export type Tone = "duress" | "critical" | "high" | "lower";

/** Milliseconds of a clock that is never set. */
type Moment = number;

type Heard = Readonly<Record<AlarmView["id"], { readonly times: number; readonly at: Moment }>>;

export interface SoundState {
  /** Of each alarm that demands attention, how often and when it was heard last. */
  readonly heard: Heard;
  readonly silence: Silence | null;
}

interface Silence {
  readonly until: Moment;
  /** What is critical, and was known when somebody asked for silence, is heard again from here on. */
  readonly criticalUntil: Moment;
  readonly known: readonly AlarmView["id"][];
}

export const unheard: SoundState = { heard: {}, silence: null };

/** How often, and how long from one to the next. Milliseconds. */
const repeats: Readonly<Record<Tone, { readonly times: number; readonly every: Moment }>> = {
  duress: { times: Number.POSITIVE_INFINITY, every: 3_000 },
  critical: { times: Number.POSITIVE_INFINITY, every: 4_000 },
  high: { times: 3, every: 8_000 },
  lower: { times: 1, every: 0 },
};
const loudestFirst: readonly Tone[] = ["duress", "critical", "high", "lower"];

export const silenceFor: Moment = 30 * 60_000;
/** Long enough for a telephone call; then somebody has to have acknowledged, or it is heard again. */
export const criticalSilenceFor: Moment = 2 * 60_000;

type Audible = Pick<AlarmView, "id" | "phase" | "shelved"> & {
  readonly type: string;
  readonly priority: AlarmPriority;
};

function toneOf({ type, priority }: Pick<Audible, "type" | "priority">): Tone {
  if (type === "Duress") return "duress";
  return priority === "critical" || priority === "high" ? priority : "lower";
}

const isCritical = (tone: Tone): boolean => tone === "duress" || tone === "critical";

export interface Turn {
  readonly state: SoundState;
  /** The one that sounds now; the others that were due count as heard with it. */
  readonly tone: Tone | null;
  /** When to ask again though nothing changes. */
  readonly next: Moment | null;
}

/** What is to be heard at `now`, and what has been heard then. */
export function soundTurn(before: SoundState, alarms: readonly Audible[], now: Moment): Turn {
  const silence = before.silence !== null && before.silence.until > now ? before.silence : null;
  const wanted = alarms.filter(demandsAttention).map((alarm) => ({ id: alarm.id, tone: toneOf(alarm) }));
  const heard: Record<string, Heard[string]> = {};
  const sounding: Tone[] = [];
  const later: Moment[] = [];
  for (const { id, tone } of wanted) {
    const last = before.heard[id];
    const due = nextOf(tone, last, silence?.known.includes(id) === true ? silence.criticalUntil : null, now);
    if (due !== null && due <= now) {
      heard[id] = { times: (last?.times ?? 0) + 1, at: now };
      // In a silence what is not critical counts as heard: its sign is on the page.
      if (isCritical(tone) || silence === null) sounding.push(tone);
    } else if (last !== undefined) heard[id] = last;
    const after = nextOf(tone, heard[id], null, now);
    if (due !== null && due > now) later.push(due);
    else if (after !== null && after > now) later.push(after);
  }
  return {
    state: { heard, silence },
    tone: loudestFirst.find((tone) => sounding.includes(tone)) ?? null,
    next: later.length === 0 ? null : Math.min(...later),
  };
}

/** When an alarm is heard next; null where it was heard as often as it is to be. */
function nextOf(
  tone: Tone,
  last: Heard[string] | undefined,
  silentUntil: Moment | null,
  now: Moment,
): Moment | null {
  const { times, every } = repeats[tone];
  if (last !== undefined && last.times >= times) return null;
  const due = last === undefined ? now : last.at + every;
  return isCritical(tone) && silentUntil !== null ? Math.max(due, silentUntil) : due;
}

/** From now on for a while; whatever critical begins meanwhile is heard all the same. */
export function silenced(state: SoundState, alarms: readonly Audible[], now: Moment): SoundState {
  const known = alarms.filter(demandsAttention).map(({ id }) => id);
  return {
    ...state,
    silence: { until: now + silenceFor, criticalUntil: now + criticalSilenceFor, known },
  };
}

export const heardAgain = (state: SoundState): SoundState => ({ ...state, silence: null });
