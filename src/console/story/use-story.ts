import { useCallback, useMemo, useState } from "react";
import type { AccessPointName, DoorName, VestibuleId } from "../../domain/names.ts";
import {
  moveDoor,
  presentCard,
  pressKeys,
  type SceneChoice,
  setBoxInput,
  setScene,
} from "../api/simulator.ts";
import type { Placement } from "../building/whereabouts.ts";
import { lastSeq } from "../live/live-site.ts";
import type { SiteConnection } from "../live/site-connection.ts";
import { type Outcome, outcomeOf, type StoryActions } from "./actions.ts";

export type Scenes = Partial<Readonly<Record<AccessPointName, SceneChoice>>>;

export interface Story {
  readonly at: AccessPointName;
  /** What this page put before each camera. */
  readonly scenes: Scenes;
  readonly placements: readonly Placement[];
  readonly outcome: Outcome | null;
  /** The door that was just tried and held. */
  readonly rattled: DoorName | null;
  readonly actions: StoryActions;
}

/** As many as the drawing can need: the records they stand between are bounded too. */
const placementLimit = 60;
const rattleMs = 600;

/** What the newcomer has set up, and the hands to change it. */
export function useStory(connection: SiteConnection, vestibule: VestibuleId): Story {
  const [at, setAt] = useState<AccessPointName>("outer-entry");
  const [scenes, setScenes] = useState<Scenes>({});
  const [placements, setPlacements] = useState<readonly Placement[]>([]);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [rattled, setRattled] = useState<DoorName | null>(null);

  const attempt = useCallback(async (door: DoorName | null, act: () => Promise<void>): Promise<void> => {
    setOutcome(null);
    try {
      await act();
    } catch (error) {
      const refusal = outcomeOf(error, door);
      setOutcome(refusal);
      if (refusal.kind !== "refused") throw error;
      setRattled(refusal.door);
      setTimeout(() => setRattled(null), rattleMs);
    }
  }, []);

  const actions = useMemo((): StoryActions => {
    const place = async (accessPoint: AccessPointName, scene: SceneChoice): Promise<void> => {
      await setScene(accessPoint, scene);
      setScenes((before) => ({ ...before, [accessPoint]: scene }));
      if (scene.kind === "frozen") return; // whoever stood there still stands there
      const site = connection.site();
      const cards = scene.kind === "person" ? [scene.card] : scene.kind === "two" ? scene.cards : [];
      const cardholders = site.cardholders
        .filter((person) => person.cards.some(({ number }) => cards.includes(number)))
        .map(({ id }) => id);
      const placement = { afterSeq: lastSeq(site), accessPoint, cardholders };
      setPlacements((before) => [...before, placement].slice(-placementLimit));
    };
    return {
      standAt: setAt,
      place: (accessPoint, scene) => attempt(null, () => place(accessPoint, scene)),
      present: (accessPoint, card) => attempt(null, () => presentCard(vestibule, accessPoint, card)),
      press: (accessPoint, key) => attempt(null, () => pressKeys(vestibule, accessPoint, key)),
      move: (door, action) => attempt(door, () => moveDoor(vestibule, door, action)),
      setInput: (input, on) => attempt(null, () => setBoxInput(vestibule, input, on)),
    };
  }, [attempt, connection, vestibule]);

  return { at, scenes, placements, outcome, rattled, actions };
}
