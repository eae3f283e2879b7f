import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { useMay, useSite } from "../live/use-site.ts";
import { useWall } from "../watch/wall-context.ts";
import { type Sound, Sounder } from "./sounder.ts";

const SoundContext = createContext<(Sound & Pick<Sounder, "silence" | "allow">) | null>(null);

/** Null for whoever deals with no alarms: nothing sounds for them. */
export const useAlarmSound = () => useContext(SoundContext);

/** Alarms are heard on every page by whoever has to deal with them, and from a wall by whoever is there. */
export function AlarmSoundProvider({ children }: { readonly children: ReactNode }) {
  const isDealt = useMay("acknowledgeAlarms");
  const isWall = useWall() !== null;
  return isDealt || isWall ? <Sounding>{children}</Sounding> : children;
}

function Sounding({ children }: { readonly children: ReactNode }) {
  const { alarms } = useSite();
  const [sounder] = useState(() => new Sounder());
  useEffect(() => {
    sounder.open();
    return () => sounder.close();
  }, [sounder]);
  useEffect(() => sounder.hear(alarms), [sounder, alarms]);
  const sound = useSyncExternalStore(sounder.subscribe, sounder.sound);
  const { silence, allow } = sounder;
  return <SoundContext value={{ ...sound, silence, allow }}>{children}</SoundContext>;
}
