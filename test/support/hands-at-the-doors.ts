import type { SiteApi } from "./site-api.ts";

type Doing = (api: SiteApi, words: readonly string[]) => Promise<unknown>;

const move = (api: SiteApi, door = "", action: string) =>
  api.send("POST", `/simulator/doors/v1.${door}`, { action });
const hold = (api: SiteApi, name: string, active: boolean) =>
  api.ask("PUT", `/simulator/inputs/v1.${name}`, { active });

/** As the page names the places, each by the area one stands in. */
function pointOf(door = "", area = ""): string {
  if (area === "between the doors") return door === "outer" ? "outer-exit" : "inner-entry";
  return door === "outer" ? "outer-entry" : "inner-exit";
}

const inputs = ["outer.rex", "inner.rex", "fire", "lockdown", "tamper", "mains", "battery"];

/** What the page asks for, and what somebody at the doors of the simulated building does then. */
const doings: readonly (readonly [RegExp, Doing])[] = [
  [/open the locked (outer|inner) door/, (api, [, door]) => move(api, door, "force")],
  [/open the (outer|inner) door and hold it open/, (api, [, door]) => move(api, door, "prop")],
  [/open the (outer|inner) door/, (api, [, door]) => move(api, door, "open")],
  [/close the (outer|inner) door/, (api, [, door]) => move(api, door, "close")],
  [
    /close both doors/,
    async (api) => {
      await move(api, "outer", "close");
      await move(api, "inner", "close");
    },
  ],
  [/press the exit button of the (outer|inner) door/, (api, [, door]) => hold(api, `${door}.rex`, true)],
  [/set off the fire/, (api) => hold(api, "fire", true)],
  [/switch the lockdown on/, (api) => hold(api, "lockdown", true)],
  [/open the housing/, (api) => hold(api, "tamper", true)],
  [/cut the mains/, (api) => hold(api, "mains", false)],
  [/its battery is low/, (api) => hold(api, "battery", false)],
  [
    /let go of it|put it back|put it right|put the fire contact back|switch it off|close it|switch the mains on/,
    async (api) => {
      for (const name of inputs)
        await api.ask("PUT", `/simulator/inputs/v1.${name}`, {
          active: name === "mains" || name === "battery",
        });
    },
  ],
  [
    /present a card at (outer|inner) door, from (?:the )?(street|between the doors|secure area)/,
    (api, [, door, area]) =>
      api.ask("POST", "/simulator/cards", { accessPoint: `v1.${pointOf(door, area)}`, number: "7777" }),
  ],
  [
    /press some keys at (outer|inner) door, from (?:the )?(street|between the doors|secure area)/,
    (api, [, door, area]) =>
      api.ask("POST", "/simulator/keys", { accessPoint: `v1.${pointOf(door, area)}`, keys: "2468#" }),
  ],
  [
    /^(\S+): stand where people will stand/,
    (api, [, camera]) => api.ask("PUT", `/simulator/cameras/${camera}/scene`, { person: "1001" }),
  ],
];

/** Does what the page asks for, once; throws for words that nobody at the doors would understand. */
export async function obey(api: SiteApi, asked: string): Promise<void> {
  for (const [words, does] of doings) {
    const found = words.exec(asked);
    if (found !== null) return void (await does(api, found));
  }
  throw new Error(`nobody at the doors knows what to do: ${asked}`);
}
