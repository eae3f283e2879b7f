import type { AlarmRecord } from "../../domain/alarm/alarm.ts";
import type { Instant } from "../../domain/time.ts";
import { type AlarmLink, LinkFault } from "../../ports/alarm-link.ts";
import type { AlarmPlan } from "../../ports/alarm-plan.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Journal, JournalCursor, JournalRecord, JsonObject } from "../../ports/journal.ts";
import type { MailSender, WebhookSender } from "../../ports/notice.ts";
import type { AlarmDesk } from "../alarm-desk.ts";
import type { Chronicle } from "../chronicle.ts";
import { isActive } from "../standing-conditions.ts";
import { AlarmOutputs } from "./alarm-outputs.ts";
import { CameraActions, type CameraActionsOptions, camerasFor, presetsOf, toldOf } from "./camera-actions.ts";
import { Delivery, Pace } from "./delivery.ts";
import { type Due, DueReader, happenings, presetWanted, statesAt } from "./due.ts";
import {
  bookmarkMessage,
  mailOf,
  noticeId,
  presetMessage,
  type SiteNames,
  type Told,
  webhookBody,
} from "./messages.ts";
import { Outcomes } from "./outcomes.ts";

/** What an alarm's actions go by. */
export interface AlarmMeans {
  readonly plan: AlarmPlan;
  readonly cursor: (name: string) => JournalCursor;
  readonly webhook: (name: string) => WebhookSender;
  readonly mail: MailSender | undefined;
  readonly random: () => number;
}

export interface AlarmActionsOptions extends AlarmMeans {
  readonly site: SiteNames;
  readonly journal: Pick<Journal, "query" | "last">;
  readonly clock: Clock;
  readonly chronicle: Chronicle;
  readonly alarms: Pick<AlarmDesk, "open" | "find" | "listen">;
  /** Undefined where the site has no broker. */
  readonly link: AlarmLink | undefined;
  readonly recallPreset: CameraActionsOptions["recallPreset"];
  readonly keepClips: CameraActionsOptions["keepClips"];
  readonly driveOutputs: (outputs: readonly string[], until: Instant) => void;
}

/** Mails of one flood in one. */
const mostInOneMail = 500;
const relevant: ReadonlySet<string> = new Set([...happenings, presetWanted]);

/**
 * Carries out what follows from alarms (domain.md §5), beside the path of any decision: it is told of records once
 * they are durable and reads on from there by cursors of its own.
 */
export class AlarmActions implements Disposable {
  readonly #options: AlarmActionsOptions;
  readonly #outcomes: Outcomes;
  readonly #outputs: AlarmOutputs;
  readonly #cameras: CameraActions;
  #deliveries: readonly Pick<Delivery<unknown>, "wake" | "retryNow" | typeof Symbol.dispose>[] = [];
  readonly #listening = new DisposableStack();

  constructor(options: AlarmActionsOptions) {
    this.#options = options;
    const { chronicle, alarms, clock, plan } = options;
    const known = isActive(alarms.find("site.AlarmActionFailed"));
    const outcomes = new Outcomes(chronicle, known);
    this.#outcomes = outcomes;
    this.#outputs = new AlarmOutputs({ plan, chronicle, outcomes, clock, drive: options.driveOutputs });
    this.#cameras = new CameraActions({ ...options, outcomes });
  }

  /** Once the alarms are restored and the start is on record. */
  start(): void {
    const { plan, alarms, link, journal } = this.#options;
    const receivers = [
      ...plan.webhooks.map(({ name }) => `webhook:${name}`),
      ...(plan.mail?.lists ?? []).map(({ name }) => `mail:${name}`),
    ];
    const names = [
      ...["alarm-actions", ...(link === undefined ? [] : ["cctv"])],
      ...receivers.flatMap((name) => [name, ofCritical(name)]),
    ];
    const cursors = new Map(names.map((name) => [name, this.#options.cursor(name)]));
    // Of an older release one cursor told both.
    for (const name of receivers)
      if (cursors.get(ofCritical(name))?.position() === 0)
        cursors.get(ofCritical(name))?.advance(cursors.get(name)?.position() ?? 0);
    // Whoever is new is told of what happens from now on.
    for (const cursor of cursors.values()) if (cursor.position() === 0) cursor.advance(journal.last());
    const last = journal.last();
    const states = statesAt(journal, [...[...cursors.values()].map((each) => each.position()), last]);
    const from = (name: string) => {
      const cursor = cursors.get(name);
      if (cursor === undefined) throw new Error(`no cursor ${name}`);
      const position = cursor.position();
      return { cursor, reader: new DueReader(journal, position, states.get(position) ?? {}) };
    };
    this.#outputs.restore(alarms.open(), states.get(last) ?? {});
    this.#deliveries = [
      this.#atOnce(from("alarm-actions")),
      ...(link === undefined ? [] : [this.#toCctv(link, from("cctv"))]),
      ...plan.webhooks.flatMap((webhook) =>
        lanesOf(`webhook:${webhook.name}`, from).map((lane) => this.#toWebhook(webhook, lane)),
      ),
      ...(plan.mail?.lists ?? []).flatMap((list) => {
        const pace = new Pace(plan.mail?.spacing ?? 0, this.#options.clock);
        return lanesOf(`mail:${list.name}`, from).map((lane) => this.#toMail(list, lane, pace));
      }),
    ];
    this.#listening.use(alarms.listen((alarm) => this.#outputs.onAlarm(alarm, isShelved(alarm))));
    if (link !== undefined)
      this.#listening.use(
        link.listen(({ phase }) => {
          if (phase === "online") this.#deliveries[1]?.retryNow();
        }),
      );
    this.#wake();
  }

  /** Returns at once: nobody who decides waits for any of it. */
  onRecord({ type }: Pick<JournalRecord, "type">): void {
    if (relevant.has(type)) this.#wake();
  }

  /** An output that could not be driven. */
  onOutputFault(output: string, detail: string): void {
    const { chronicle } = this.#options;
    const text = `output ${output}: ${detail}`;
    chronicle.keep(
      [chronicle.entry("AlarmOutputFault", { output, detail })],
      [{ is: "pulsed", alarm: "AlarmActionFailed", place: {}, detail: text }],
    );
  }

  [Symbol.dispose](): void {
    this.#listening.dispose();
    for (const delivery of this.#deliveries) delivery[Symbol.dispose]();
    this.#outputs[Symbol.dispose]();
  }

  #wake(): void {
    for (const delivery of this.#deliveries) delivery.wake();
  }

  /** Outputs, presets, clips: what is of no use later. */
  #atOnce(from: Place): Delivery<Told> {
    return this.#delivery(from, {
      itemOf: firingOf(() => true),
      carryOut: async ([told]) => {
        this.#outputs.onFiring(told.firing);
        this.#cameras.onFiring(told);
      },
      onDone: () => undefined,
      onFault: () => undefined,
    });
  }

  #toCctv(link: AlarmLink, from: Place): Delivery<Due> {
    const { plan, clock } = this.#options;
    return this.#delivery(from, {
      itemOf: (due: Due) => (messagesOf(plan, due).length > 0 ? due : undefined),
      carryOut: async ([due]) => {
        for (const message of messagesOf(plan, due)) await link.publish(message);
      },
      // A broker that is away is an alarm of its own, and what it refuses is in its log; the day is waited for.
      giveUpAfter: 7 * 86_400_000,
      onDone: ([due]) => {
        if (due === undefined) return;
        const cameras = messagesOf(plan, due).map(({ topic }) => topic);
        const late = clock.wall() - due.wall > lateAfter;
        this.#outcomes.done("CCTV", [toldBy(due).firing], { action: "cctv", topics: cameras, late });
      },
      onFault: ([due], detail, attempt, gaveUp, error) => {
        if (due === undefined || (!gaveUp && error instanceof LinkFault && error.code === "offline")) return;
        const facts = { action: "cctv", detail };
        this.#outcomes.failed("CCTV", [toldBy(due).firing], facts, { attempt, gaveUp });
      },
    });
  }

  #toWebhook({ name, giveUpAfter }: AlarmPlan["webhooks"][number], lane: Lane): Delivery<Told> {
    const { plan, site } = this.#options;
    const sender = this.#options.webhook(name);
    return this.#delivery(lane, {
      itemOf: firingOf(
        (firing) =>
          isOf(lane, firing) &&
          plan.actions(firing.alarm).some((action) => action.kind === "webhook" && action.webhook === name),
      ),
      carryOut: ([told]) => sender.post(noticeId(site, told.seq), webhookBody(site, told)),
      giveUpAfter,
      ...this.#told(through(`webhook ${name}`, lane), { action: "webhook", webhook: name }),
    });
  }

  #toMail(list: NonNullable<AlarmPlan["mail"]>["lists"][number], lane: Lane, pace: Pace): Delivery<Told> {
    const { plan, site, mail } = this.#options;
    if (plan.mail === undefined || mail === undefined) throw new Error("mail without a server");
    const { languages, giveUpAfter } = plan.mail;
    return this.#delivery(lane, {
      itemOf: firingOf(
        (firing) =>
          isOf(lane, firing) &&
          plan.actions(firing.alarm).some((action) => action.kind === "mail" && action.to === list.name),
      ),
      carryOut: async (told) => {
        const refused = await mail.send(mailOf(site, list, languages, told));
        pace.delivered();
        // Whoever got it is not sent it again for the sake of who did not.
        if (refused.length === 0) return;
        const facts = { action: "mail", to: list.name, detail: `refused: ${refused.length}`, refused };
        this.#outcomes.failed(`addresses of ${list.name}`, firingsOf(told), facts, {
          attempt: 1,
          gaveUp: true,
        });
      },
      giveUpAfter,
      ...{ together: mostInOneMail, ...(lane.critical ? {} : { pace }) },
      ...this.#told(through(`mail to ${list.name}`, lane), { action: "mail", to: list.name }),
    });
  }

  /** The record of each delivery, and of what became of one that failed. */
  #told(through: string, facts: JsonObject): Pick<DeliveryOf<Told>, "onDone" | "onFault"> {
    return {
      onDone: (told, attempt) =>
        this.#outcomes.done(through, firingsOf(told), { ...facts, ...(attempt === 1 ? {} : { attempt }) }),
      onFault: (told, detail, attempt, gaveUp) =>
        this.#outcomes.failed(through, firingsOf(told), { ...facts, detail }, { attempt, gaveUp }),
    };
  }

  #delivery<Item>({ cursor, reader }: Place, options: DeliveryOf<Item>): Delivery<Item> {
    const { clock, random } = this.#options;
    return new Delivery<Item>({ cursor, reader, ...options, clock, random });
  }
}

/**
 * What is critical waits for nothing else that the same receiver is to be told: a duress comes at once, though a
 * receiver keeps refusing what was before it, or a flood of other alarms is still going out.
 */
type Lane = Place & { readonly critical: boolean };

const ofCritical = (name: string): string => `${name}:critical`;

const lanesOf = (name: string, from: (name: string) => Place): readonly Lane[] => [
  { ...from(ofCritical(name)), critical: true },
  { ...from(name), critical: false },
];

const isOf = ({ critical }: Lane, { priority }: Told["firing"]): boolean =>
  critical === (priority === "critical");

const through = (receiver: string, { critical }: Lane): string =>
  critical ? `${receiver} (critical)` : receiver;

type Place = { readonly cursor: JournalCursor; readonly reader: DueReader };
type DeliveryOf<Item> = Omit<
  ConstructorParameters<typeof Delivery<Item>>[0],
  "reader" | "cursor" | "clock" | "random"
>;

/** Older than this when it was told: whoever reads it must not take it for the present. */
const lateAfter = 10_000;

const firingsOf = (told: readonly Told[]) => told.map(({ firing }) => firing);

const firingOf =
  (isWanted: (firing: Told["firing"]) => boolean) =>
  ({ seq, is }: Due): Told | undefined =>
    is.kind === "firing" && isWanted(is.firing) ? { seq, firing: is.firing } : undefined;

const toldBy = ({ seq, is }: Due): Told =>
  is.kind === "firing" ? { seq, firing: is.firing } : toldOf(is.facts);

/** What the CCTV system is to be told; the same whenever it is asked. */
function messagesOf(plan: AlarmPlan, due: Due) {
  const told = toldBy(due);
  if (due.is.kind === "presetWanted") {
    const { camera } = due.is.facts;
    return typeof camera === "string" ? [presetMessage(camera, toldOf(due.is.facts).preset, told)] : [];
  }
  return [
    ...presetsOf(plan, told.firing).flatMap(({ camera, preset, by }) =>
      by === "cctv" ? [presetMessage(camera, preset, told)] : [],
    ),
    ...camerasFor("bookmark", plan, told.firing).map((camera) => bookmarkMessage(camera, told)),
  ];
}

const isShelved = (alarm: AlarmRecord): boolean => alarm.shelved !== null;
