import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from "react";
import { useMay, useSite } from "../live/use-site.ts";
import { heardAgain, type SoundState, silenced, soundTurn, type Tone, unheard } from "./sound-policy.ts";
import { Tones } from "./tones.ts";

export interface AlarmSound {
  /** `held`: the browser waits for somebody to touch the page before it lets it sound. */
  readonly is: "on" | "held" | "silenced";
  /** The last that was heard, for as long as what caused it demands attention. */
  readonly tone: Tone | null;
  /** Milliseconds until a silence ends, counted from when it was asked for. */
  readonly silentFor: number;
  readonly silence: () => void;
  readonly allow: () => void;
}

const SoundContext = createContext<AlarmSound | null>(null);

/** Null for whoever deals with no alarms: nothing sounds for them. */
export const useAlarmSound = (): AlarmSound | null => useContext(SoundContext);

/** Alarms are heard on every page, by whoever has to deal with them. */
export function AlarmSoundProvider({ children }: { readonly children: ReactNode }) {
  return useMay("acknowledgeAlarms") ? <Sounding>{children}</Sounding> : children;
}

function Sounding({ children }: { readonly children: ReactNode }) {
  const { alarms } = useSite();
  const { tones, isHeld } = useTones();
  const state = useRef<SoundState>(unheard);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [tone, setTone] = useState<Tone | null>(null);
  const [silentUntil, setSilentUntil] = useState<number | null>(null);

  const turn = useCallback(() => {
    clearTimeout(timer.current);
    const now = performance.now();
    const due = soundTurn(state.current, alarms, now);
    state.current = due.state;
    setSilentUntil(due.state.silence?.until ?? null);
    if (due.tone !== null) {
      tones?.play(due.tone);
      setTone(due.tone);
    } else if (Object.keys(due.state.heard).length === 0) setTone(null);
    const wake = Math.min(
      due.next ?? Number.POSITIVE_INFINITY,
      due.state.silence?.until ?? Number.POSITIVE_INFINITY,
    );
    if (Number.isFinite(wake)) timer.current = setTimeout(turn, Math.max(wake - now, 0));
  }, [alarms, tones]);

  useEffect(() => {
    // What could not be heard is heard once it can.
    if (!isHeld) turn();
    return () => clearTimeout(timer.current);
  }, [isHeld, turn]);

  const silence = (): void => {
    const now = performance.now();
    state.current =
      state.current.silence === null ? silenced(state.current, alarms, now) : heardAgain(state.current);
    turn();
  };
  const sound: AlarmSound = {
    is: isHeld ? "held" : silentUntil === null ? "on" : "silenced",
    tone,
    silentFor: silentUntil === null ? 0 : Math.max(silentUntil - performance.now(), 0),
    silence,
    allow: () => void tones?.allow(),
  };
  return <SoundContext value={sound}>{children}</SoundContext>;
}

/** One for as long as somebody is signed in; any touch of the page lets it sound. */
function useTones(): { readonly tones: Tones | null; readonly isHeld: boolean } {
  const [tones, setTones] = useState<Tones | null>(null);
  const [isHeld, setHeld] = useState(true);
  useEffect(() => {
    const made = new Tones();
    const look = (): void => setHeld(made.isHeld);
    const stop = made.onChange(look);
    const touched = (): void => void (made.isHeld && made.allow());
    for (const event of ["pointerdown", "keydown"]) addEventListener(event, touched);
    setTones(made);
    look();
    return () => {
      stop();
      for (const event of ["pointerdown", "keydown"]) removeEventListener(event, touched);
      void made.close();
    };
  }, []);
  return { tones, isHeld };
}
