import type { VestibuleId } from "../../domain/names.ts";
import type { Directory } from "../../ports/directory.ts";
import type {
  AreaResetOrder,
  AreaResetOutcome,
  PresenceServices,
  Present,
  PresentAt,
} from "../../ports/services/presence-services.ts";
import type { Chronicle } from "../chronicle.ts";
import type { ControllerOptions } from "../controller-options.ts";
import type { InterlockClient } from "../interlock-client.ts";
import { isInside } from "./headcount.ts";
import type { Presence } from "./presence.ts";

interface PresenceDeskOptions {
  readonly presence: Pick<Presence, "whereabouts">;
  readonly directory: Pick<Directory, "get">;
  readonly vestibules: readonly { readonly id: VestibuleId }[];
  readonly chronicle: Pick<Chronicle, "require" | "entry">;
  readonly interlock: Pick<InterlockClient, "resetOccupancy">;
}

const nobody = { vestibule: 0, secure: 0 } as const;

/** Who is inside, for operators; and what they say of it. */
class PresenceDesk implements PresenceServices {
  readonly #options: PresenceDeskOptions;

  constructor(options: PresenceDeskOptions) {
    this.#options = options;
  }

  inside({ after, limit }: { readonly after?: string | undefined; readonly limit: number }): Present {
    const { presence, vestibules } = this.#options;
    const all = presence.whereabouts.inside();
    const rest = all
      .filter(({ cardholder }) => after === undefined || cardholder > after)
      .toSorted((a, b) => (a.cardholder < b.cardholder ? -1 : 1));
    const people = rest.slice(0, limit);
    return {
      vestibules: vestibules.map(({ id }) => this.#at(id)),
      total: all.length,
      people: people.map(({ cardholder, vestibule, area, since }) => ({
        cardholder,
        vestibule,
        area,
        since,
      })),
      next: rest.length > people.length ? (people.at(-1)?.cardholder ?? null) : null,
    };
  }

  async reset(order: AreaResetOrder): Promise<AreaResetOutcome> {
    const { chronicle, directory } = this.#options;
    const { cardholder, area, operator, reason } = order;
    if (cardholder !== null) {
      const person = directory.get(cardholder);
      if (person === undefined) return "unknownCardholder";
      if (person.operator === operator) return "oneself";
    }
    const vestibule = this.#placeOf(order);
    if (vestibule === undefined) return "unknownVestibule";
    const before = this.#between();
    chronicle.require([chronicle.entry("AreaReset", { cardholder, vestibule, area, operator, reason })]);
    // Nobody said that whoever is not known to be anywhere has left: the interlock goes on counting them (R15).
    if (area !== null) this.#correct(before, cardholder === null);
    return "reset";
  }

  /** The interlock counts for itself who is between the doors; it is told what of that an operator knows better. */
  #correct(before: readonly number[], everybody: boolean): void {
    const now = this.#between();
    for (const [index, { id }] of this.#options.vestibules.entries()) {
      const change = everybody ? "nobody" : (now[index] ?? 0) - (before[index] ?? 0);
      if (change !== 0) this.#options.interlock.resetOccupancy(id, change);
    }
  }

  #between(): readonly number[] {
    const { presence, vestibules } = this.#options;
    return vestibules.map(({ id }) => presence.whereabouts.occupancy(id).vestibule);
  }

  /** Null where none is meant; undefined where it is not known which. */
  #placeOf({ cardholder, area, vestibule }: AreaResetOrder): VestibuleId | null | undefined {
    const { presence, vestibules } = this.#options;
    if (vestibule !== undefined) return vestibules.some(({ id }) => id === vestibule) ? vestibule : undefined;
    if (cardholder === null || !isInside(area)) return null;
    const [only] = vestibules;
    return (
      presence.whereabouts.places.get(cardholder)?.vestibule ??
      (vestibules.length === 1 ? only?.id : undefined)
    );
  }

  #at(vestibule: VestibuleId): PresentAt {
    const behind = this.#options.presence.whereabouts.behind.get(vestibule);
    return {
      vestibule,
      known: { ...(behind?.count.known ?? nobody) },
      unknown: { ...(behind?.count.unknown ?? nobody) },
      uncertainSince: behind?.uncertainSince ?? null,
    };
  }
}

export function presenceDesk(
  {
    directory,
    site: { vestibules },
  }: Pick<ControllerOptions, "directory"> & { readonly site: Pick<ControllerOptions["site"], "vestibules"> },
  presence: Pick<Presence, "whereabouts">,
  chronicle: PresenceDeskOptions["chronicle"],
  interlock: PresenceDeskOptions["interlock"],
): PresenceDesk {
  return new PresenceDesk({ presence, directory, vestibules, chronicle, interlock });
}
