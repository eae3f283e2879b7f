import type { ReaderSignal } from "../../ports/card-reader.ts";
import { type Beeps, type Command, commands, type LedPattern } from "./commands.ts";
import { type Capabilities, capabilityCodes } from "./replies.ts";

interface Appearance {
  readonly led: LedPattern;
  readonly beeps?: Beeps;
  readonly text: string;
}

const steady = (onColour: LedPattern["onColour"]): LedPattern => ({
  on: 10,
  off: 0,
  onColour,
  offColour: "black",
});

const appearances: Readonly<Record<ReaderSignal, Appearance>> = {
  ready: { led: steady("red"), text: "PRESENT CARD" },
  busy: { led: steady("amber"), text: "PLEASE WAIT" },
  enterPin: { led: { on: 5, off: 5, onColour: "amber", offColour: "black" }, text: "ENTER PIN" },
  granted: { led: steady("green"), beeps: { on: 2, off: 0, times: 1 }, text: "WELCOME" },
  denied: {
    led: { on: 2, off: 2, onColour: "red", offColour: "black" },
    beeps: { on: 1, off: 1, times: 3 },
    text: "NOT NOW",
  },
};

const has = (capabilities: Capabilities, code: number): boolean => {
  const found = capabilities.get(code);
  return found !== undefined && found.level > 0 && found.items > 0;
};

/** What this reader can show and sound of a signal; nothing that it did not say it has. */
export function ordersFor(signal: ReaderSignal, capabilities: Capabilities): readonly Command[] {
  const { led, beeps, text } = appearances[signal];
  return [
    ...(has(capabilities, capabilityCodes.led) ? [commands.led(led)] : []),
    ...(beeps !== undefined && has(capabilities, capabilityCodes.buzzer) ? [commands.buzzer(beeps)] : []),
    ...(has(capabilities, capabilityCodes.text) ? [commands.text(text)] : []),
  ];
}
