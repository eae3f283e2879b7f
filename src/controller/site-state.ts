import type { SiteState } from "../ports/controller-services.ts";
import type { JsonObject } from "../ports/journal.ts";
import type { AlarmDesk } from "./alarm-desk.ts";
import { configuredLiveness } from "./configured-liveness.ts";
import type { ControllerOptions } from "./controller-options.ts";
import type { Doorside } from "./doorside/doorside.ts";
import type { InterlockClient } from "./interlock-client.ts";
import type { Outbox } from "./outbox.ts";
import type { PresenceView } from "./presence/presence-view.ts";
import type { ProcessWatch } from "./process-watch.ts";
import type { Recorder } from "./recorder.ts";
import type { SiteCameras } from "./site-cameras.ts";
import type { SiteUpkeep } from "./site-upkeep.ts";
import { vestibuleView } from "./site-view.ts";
import type { StandingState } from "./standing-state.ts";
import type { VisionClient } from "./vision-client.ts";

export interface StateParts {
  readonly recorder: Recorder;
  readonly alarms: AlarmDesk;
  readonly interlock: InterlockClient;
  readonly vision: VisionClient;
  readonly cameras: Pick<SiteCameras, "clockOf">;
  readonly doorside: Doorside;
  readonly standing: StandingState;
  readonly presence: PresenceView;
  readonly processes: ProcessWatch;
  readonly outbox: Outbox | undefined;
  readonly upkeep: SiteUpkeep;
}

/** Which release it is, and what runs it. */
function runningProgram({ about: { version, node } }: ControllerOptions): JsonObject {
  return { ...(version !== undefined && { version }), ...(node !== undefined && { node }) };
}

/** The whole live state, as the API, the console and the broker show it. */
export function siteState(options: ControllerOptions, parts: StateParts): SiteState {
  const { site, clock } = options;
  const { processes, vision } = parts;
  return {
    site: { id: site.id, name: site.name },
    vestibules: vestibules(options, parts),
    processes: {
      interlock: processes.view("interlock"),
      vision: visionProcess(parts),
      controller: { ...processes.view("controller"), detail: runningProgram(options) },
    },
    cameras: site.cameras.map((id) => ({
      id,
      ...(vision.camera(id) ?? { state: "starting", detail: null, health: [] }),
      clock: parts.cameras.clockOf(id),
    })),
    readers: parts.doorside.readers(),
    clock: { wall: new Date(clock.wall()).toISOString(), monotonic: clock.now(), timeZone: site.timeZone },
    journal: {
      first: options.keeping?.pruning?.journal.first() ?? 1,
      last: options.journal.last(),
      storage: parts.recorder.storage,
      ...(parts.upkeep.proofs && { proofs: parts.upkeep.proofs.view() }),
    },
    templates: parts.upkeep.templates.view() ?? null,
    ...commissioningOf(options),
    mqtt: mqtt(options, parts),
    backup: parts.upkeep.keeping.backups?.view() ?? null,
  };
}

function vestibules({ site, clock }: ControllerOptions, parts: StateParts): SiteState["vestibules"] {
  const degraded = parts.recorder.storage === "failed" || parts.vision.ready() === undefined;
  return site.vestibules.map(({ id, name, accessPoints }) =>
    vestibuleView({
      id,
      name,
      fittedAccessPoints: accessPoints,
      report: parts.interlock.report(id),
      alarms: parts.alarms.open(),
      access: parts.doorside.passages.state(),
      policy: site.policy,
      people: parts.standing.of(id).people,
      peopleSecure: parts.presence.occupancy(id).secure,
      degraded,
      display: (accessPoint) => parts.doorside.displays.view(id, accessPoint, parts.interlock.report(id)),
      liveness: (accessPoint) => configuredLiveness(site, { vestibule: id, accessPoint }),
      camera: (accessPoint) => site.cameraOf({ vestibule: id, accessPoint }),
      now: clock.now(),
    }),
  );
}

/** Loading the nets is part of starting: until then no face is compared. */
function visionProcess({ processes, vision }: StateParts): SiteState["processes"]["vision"] {
  const view = processes.view("vision");
  const ready = vision.ready();
  if (ready === undefined) return { ...view, state: view.state === "running" ? "starting" : view.state };
  const { model, second, backend, threshold } = ready;
  const passedOver = (ready.passedOver ?? []).map((one) => `${one.backend}: ${one.reason}`);
  const vote = second === undefined ? {} : { vote: second.id };
  return {
    ...view,
    detail: { backend, passedOver, model: model.id, modelHash: model.hash, ...vote, threshold },
  };
}

function mqtt({ broker, clock }: ControllerOptions, { outbox }: StateParts): SiteState["mqtt"] {
  if (broker === undefined || outbox === undefined) {
    return {
      phase: "offline",
      since: new Date(clock.wall()).toISOString(),
      detail: "no broker is configured",
      delivered: 0,
    };
  }
  return { ...broker.link.state(), delivered: outbox.delivered() };
}

function commissioningOf({ commissioning }: ControllerOptions): Pick<SiteState, "commissioning"> {
  const state = commissioning?.state() ?? "inService";
  return state === "inService" ? {} : { commissioning: state };
}
