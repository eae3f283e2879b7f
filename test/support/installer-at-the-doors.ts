import { setTimeout as wait } from "node:timers/promises";
import type { AccessPointName, DoorName } from "../../src/domain/names.ts";
import type { TestStepResult, TestVerdict } from "../../src/ports/services/commissioning-services.ts";
import type { SiteApi } from "./site-api.ts";
import { seen } from "./until.ts";

export interface ShownTest {
  readonly id: string;
  readonly state: string;
  readonly result: {
    readonly verdict: TestVerdict;
    readonly finding: string;
    readonly figures: Readonly<Record<string, unknown>>;
    readonly steps: readonly TestStepResult[];
    readonly seq: number;
  } | null;
}

export interface ShownCommissioning {
  readonly state: string;
  readonly hash: string;
  readonly mayApply: boolean;
  readonly file: string;
  readonly tests: readonly ShownTest[];
  readonly running: { readonly id: string; readonly asked: { readonly en: string } | null } | null;
  readonly report: { readonly seq: number } | null;
}

const places: Readonly<Record<string, AccessPointName>> = {
  "outer door, from the street": "outer-entry",
  "inner door, from between the doors": "inner-entry",
  "inner door, from the secure area": "inner-exit",
  "outer door, from between the doors": "outer-exit",
};

/** Somebody who does at the simulated doors what commissioning asks for, and nothing else. */
export class InstallerAtTheDoors {
  readonly #api: SiteApi;
  #pressed = "";

  constructor(api: SiteApi) {
    this.#api = api;
  }

  commissioning(): Promise<ShownCommissioning> {
    return this.#api.ask("GET", "/commissioning");
  }

  /** Begins the test, does what it asks, and answers with what it came to. */
  async does(id: string, body?: object): Promise<NonNullable<ShownTest["result"]>> {
    const former = (await this.#test(id)).result?.seq;
    await this.#api.ask("POST", `/commissioning/tests/${id}/start`, body ?? {});
    let asked: string | undefined;
    const look = async () => {
      const { running, tests } = await this.commissioning();
      if (running === null) {
        const result = tests.find((test) => test.id === id)?.result;
        return result !== null && result !== undefined && result.seq !== former ? result : undefined;
      }
      if (running.asked !== null && running.asked.en !== asked) {
        asked = running.asked.en;
        await this.#obey(asked);
      }
      return undefined;
    };
    return await seen(look, `a result of ${id}; asked last: ${asked ?? "nothing"}`, 60_000);
  }

  async #test(id: string): Promise<ShownTest> {
    const found = (await this.commissioning()).tests.find((test) => test.id === id);
    if (found === undefined) throw new Error(`there is no test ${id}`);
    return found;
  }

  async #obey(asked: string): Promise<void> {
    const door = /(outer|inner) door/.exec(asked)?.[1] as DoorName | undefined; // matched just here
    const card = /present a card at (.+)$/.exec(asked)?.[1];
    const keys = /press some keys at (.+)$/.exec(asked)?.[1];
    if (card !== undefined) return void (await this.#api.present(placeOf(card), "4711"));
    if (keys !== undefined)
      return void (await this.#api.ask("POST", "/simulator/keys", {
        accessPoint: placeOf(keys),
        keys: "12#",
      }));
    if (asked.includes("exit button")) {
      this.#pressed = `${door ?? "outer"}.rex`;
      return void (await this.#api.hold(this.#pressed, true));
    }
    if (asked.includes("let go of it")) {
      await this.#api.letGo(this.#pressed);
      return;
    }
    if (asked.includes("as a burglar would")) return void (await this.#api.move(door ?? "outer", "force"));
    if (asked.includes("fire panel")) return void (await this.#api.hold("fire", true));
    if (asked.includes("fire contact back") || asked === "put it back")
      return void (await this.#api.letGo("fire"));
    if (asked.includes("close both doors")) {
      await this.#api.move("outer", "close");
      await this.#api.move("inner", "close");
      return;
    }
    if (door !== undefined && asked.includes("close the")) {
      // Nobody is quicker, and the lock has taken the opening for one by then.
      await wait(450);
      return void (await this.#api.move(door, "close"));
    }
    if (door !== undefined && asked.includes("open the")) return await this.#open(door);
    // What is left asks for somebody to stand somewhere, which the scene shows.
  }

  /** As soon as the lock lets go; of one that does not, soon no more. */
  async #open(door: DoorName): Promise<void> {
    for (let tries = 0; tries < 30; tries++) {
      if ((await this.#api.move(door, "open")).status === 200) return;
      await wait(50);
    }
  }
}

function placeOf(words: string): AccessPointName {
  const place = places[words];
  if (place === undefined) throw new Error(`nobody knows where that is: ${words}`);
  return place;
}
