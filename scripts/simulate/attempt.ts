import { type AccessPointName, type DoorName, doorNames, doorOf } from "../../src/domain/names.ts";
import { after, type Instant } from "../../src/domain/time.ts";
import { duressPinOf } from "./cardholders.ts";
import { Draw } from "./draw.ts";
import type { Crowd, Doing, Person, Place } from "./people.ts";
import type { SimulatedSite } from "./site.ts";

const leadsTo: Readonly<Record<AccessPointName, Place>> = {
  "outer-entry": "between",
  "inner-entry": "inside",
  "inner-exit": "between",
  "outer-exit": "outside",
};

/** One try to get through one door. */
export class Attempt {
  readonly #person: Person;
  readonly #accessPoint: AccessPointName;
  readonly #door: DoorName;
  readonly #crowd: Crowd;
  readonly #draw: Draw;
  readonly #site: SimulatedSite;
  /** Of its own, so that whoever has no PIN does what he did before there were any. */
  readonly #keys: Draw;

  constructor(person: Person, accessPoint: AccessPointName, crowd: Crowd, draw: Draw) {
    this.#person = person;
    this.#accessPoint = accessPoint;
    this.#door = doorOf(accessPoint);
    this.#crowd = crowd;
    this.#draw = draw;
    this.#site = crowd.site;
    this.#keys = new Draw(crowd.site.plan.seed + crowd.site.clock.now(), `${person.name} enters`);
  }

  *go(): Doing<boolean> {
    const { readers } = this.#crowd;
    const key = `${this.#person.vestibule}/${this.#accessPoint}`;
    if (readers.has(key)) return false;
    readers.set(key, this.#person);
    this.#stand(true);
    try {
      yield this.#draw.between(200, 700);
      if (!this.#foolish) yield* this.#awaitTurn();
      return yield* this.#ask();
    } finally {
      this.#stand(false);
      readers.delete(key);
    }
  }

  /** Whoever sees the lamps of an open or released door waits, for a while. */
  *#awaitTurn(): Doing {
    const doors = doorNames.map((name) => this.#site.door(this.#person.vestibule, name));
    for (let waited = 0; waited < 40; waited++) {
      if (doors.every((door) => !door.isOpen() && door.lock() === "secured")) return;
      yield this.#draw.between(300, 500);
    }
  }

  get #leaf() {
    return this.#site.door(this.#person.vestibule, this.#door);
  }

  get #foolish(): boolean {
    return this.#person.mood !== "ordinary" && !this.#crowd.sober;
  }

  #stand(there: boolean): void {
    this.#site.scenes.stand(this.#person.vestibule, this.#accessPoint, this.#person.face, there);
  }

  *#ask(): Doing<boolean> {
    const { mood } = this.#person;
    const asked = this.#site.clock.now();
    // Somebody else's card out of the same drawer.
    const wrong = this.#foolish && mood === "forgetful" && this.#draw.chance(0.04);
    if (wrong) this.#site.oracle.alarms.explain("RepeatedDenials");
    if (this.#presses()) this.#press();
    else {
      this.#present(wrong ? this.#draw.pick(this.#others()).card : this.#person.card);
      this.#enterPin();
    }
    if (this.#foolish && mood === "hurried") yield* this.#hurry();
    const answer = yield* this.#awaitAnswer(asked);
    if (!answer) return false;
    // Who is called away has the door locked again without having gone.
    if (this.#foolish && mood === "forgetful" && this.#draw.chance(0.05)) return false;
    yield this.#draw.between(150, 900);
    return yield* this.#walk();
  }

  /** Pushes before it is time, holds the card there again, and tries the other reader too. */
  *#hurry(): Doing {
    if (this.#draw.chance(0.3)) this.#leaf.push();
    yield this.#draw.between(100, 400);
    if (this.#draw.chance(0.3)) this.#present(this.#person.card);
    if (this.#person.place === "between" && this.#draw.chance(0.2))
      this.#site.act({
        type: "presentCard",
        vestibule: this.#person.vestibule,
        accessPoint: this.#accessPoint === "inner-entry" ? "outer-exit" : "inner-entry",
        number: this.#person.card,
      });
    if (this.#draw.chance(0.2))
      this.#site.door(this.#person.vestibule, this.#door === "outer" ? "inner" : "outer").push();
  }

  *#awaitAnswer(asked: Instant): Doing<boolean> {
    const { vestibule } = this.#person;
    const limit = after(asked, this.#site.plan.access.verifyTimeout + 2_500);
    while (this.#site.clock.now() < limit) {
      yield 120;
      if (this.#leaf.isOpen() && this.#foolish) return true;
      // R12: whoever hears the alarm goes, by whatever door gives way.
      if (this.#site.oracle.of(vestibule).relays.orders.emergency && this.#leaf.lock() === "released")
        return true;
      const where = this.#presses() ? this.#door : this.#accessPoint;
      const refused = this.#site.lamps.refusedAt(vestibule, where);
      if (refused !== undefined && refused >= asked) return false;
      const granted = this.#site.lamps.grantedAt(vestibule, where);
      if (this.#leaf.lock() === "released" && granted !== undefined && granted >= asked) return true;
    }
    return false;
  }

  *#walk(): Doing<boolean> {
    const propped = this.#foolish && this.#person.mood === "forgetful" && this.#draw.chance(0.04);
    const refusal = propped ? this.#leaf.prop() : this.#leaf.push();
    for (let waited = 0; !this.#leaf.isOpen(); waited += 30) {
      if (refusal === "locked" || waited > 300) return false;
      yield 30;
    }
    yield this.#draw.between(400, 1_500);
    if (!this.#leaf.isOpen()) return false;
    this.#goThrough(this.#person);
    if (this.#foolish && this.#draw.chance(0.15)) this.#takeAlong();
    if (propped) yield* this.#leaveOpen();
    return true;
  }

  #goThrough(person: Person): void {
    const { vestibule } = this.#person;
    if (person.place === "between") this.#crowd.left.set(vestibule, this.#site.clock.now());
    person.place = leadsTo[this.#accessPoint];
    person.heading = this.#accessPoint.startsWith("outer") ? "in" : "out";
    person.vestibule = vestibule;
    person.since = this.#site.clock.now();
    this.#site.trace(() => `${person.name} is ${person.place}`);
    if (person.place === "between") this.#watchDwelling(person);
  }

  /** R15: whoever is still there when the time is up must be an alarm, and nobody else may be. */
  #watchDwelling(person: Person): void {
    const { clock, oracle, plan } = this.#site;
    const { since, vestibule } = person;
    const { left } = this.#crowd;
    const isStill = (): boolean => person.since === since && person.place === "between";
    // Whoever leaves is taken for the one who came first: then it is not known who stayed.
    const isOldest = (): boolean => (left.get(vestibule) ?? since) <= since;
    const { dwellTime } = this.#drawn;
    // An entry counts from when its door has closed.
    clock.wakeAt(after(since, Math.max(0, dwellTime - plan.doorCloserTime)), () => {
      if (isStill()) oracle.alarms.explain("PersonDetained");
    });
    // Where people behave, nobody is miscounted.
    if (plan.weather !== "calm") return;
    clock.wakeAt(after(since, dwellTime + plan.doorCloserTime + 500), () => {
      if (isStill() && isOldest())
        oracle.alarms.mustStand(
          "PersonDetained",
          { vestibule },
          `${person.name} is between the doors since ${since}`,
        );
    });
  }

  /** Tailgating: somebody who stands about comes along. */
  #takeAlong(): void {
    const from =
      this.#accessPoint === "outer-entry"
        ? "outside"
        : this.#accessPoint === "inner-exit"
          ? "inside"
          : undefined;
    const other = this.#crowd.people.find((one) => one !== this.#person && one.idle && one.place === from);
    if (other !== undefined) this.#goThrough(other);
  }

  *#leaveOpen(): Doing {
    const { heldOpenTime } = this.#drawn.doors[this.#door];
    this.#site.oracle.alarms.explain("DoorHeldOpen");
    yield heldOpenTime + this.#draw.between(-5_000, 10_000);
    this.#leaf.close();
  }

  get #drawn() {
    const found = this.#site.plan.vestibules.find(({ id }) => id === this.#person.vestibule);
    if (found === undefined) throw new Error(`no vestibule ${this.#person.vestibule}`);
    return found.policy;
  }

  /** R11: with the button where there is one, on the way out. */
  #presses(): boolean {
    return this.#accessPoint.endsWith("-exit") && this.#leaf.isFitted("rex");
  }

  #press(): void {
    const leaf = this.#leaf;
    this.#site.busy = true;
    leaf.override("rex", true);
    this.#site.clock.wakeAt(after(this.#site.clock.now(), this.#draw.between(100, 500)), () =>
      leaf.override("rex", null),
    );
  }

  /** From the card on; now and then the wrong one, and now and then by force. */
  #enterPin(): void {
    const { pin, mood, vestibule } = this.#person;
    if (pin === undefined || this.#accessPoint.endsWith("-exit")) return;
    const { clock, oracle } = this.#site;
    const wrong = this.#foolish && mood === "forgetful" && this.#keys.chance(0.1);
    const forced = this.#foolish && !wrong && this.#keys.chance(0.1);
    if (wrong) oracle.alarms.explain("RepeatedDenials");
    if (forced) oracle.alarms.explain("Duress");
    const entered = wrong ? "0000" : forced ? duressPinOf(pin) : pin;
    clock.wakeAt(after(clock.now(), this.#keys.between(100, 1_500)), () =>
      this.#site.act({
        type: "pressKeys",
        vestibule,
        accessPoint: this.#accessPoint,
        keys: `${entered}#`,
      }),
    );
  }

  #present(number: string): void {
    this.#site.act({
      type: "presentCard",
      vestibule: this.#person.vestibule,
      accessPoint: this.#accessPoint,
      number,
    });
  }

  #others(): [Person, ...Person[]] {
    const [first, ...others] = this.#crowd.people.filter((one) => one !== this.#person);
    return [first ?? this.#person, ...others];
  }
}
