import type { FastifyInstance } from "fastify";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { doorNames } from "../domain/names.ts";
import type { ControllerServices } from "../ports/controller-services.ts";
import { tellsOfDuress } from "../ports/duress-records.ts";

/** Types of records told apart; the controller knows far fewer. */
const typesCounted = 200;

/** Figures for Prometheus. Labels are names of doors, types and routes: no person, no card, no operator. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #figures: Registry | undefined;
  readonly #services: ControllerServices;
  readonly #subscription: Disposable;

  constructor(services: ControllerServices, figures: Registry | undefined) {
    this.#services = services;
    this.#figures = figures;
    collectDefaultMetrics({ register: this.#registry });
    this.#subscription = this.#countEvents();
    this.#watchDoors();
    this.#watchAlarms();
    this.#watchParts();
  }

  /** Times every request, by route and never by address. */
  watch(app: FastifyInstance): void {
    const duration = new Histogram({
      name: "vestibule_http_request_duration_seconds",
      help: "Time from a request's arrival to its answer",
      labelNames: ["method", "route", "status"],
      buckets: [0.002, 0.01, 0.05, 0.2, 1, 5],
      registers: [this.#registry],
    });
    app.addHook("onResponse", async (request, reply) => {
      const route = request.routeOptions.url ?? "none";
      const labels = { method: request.method, route, status: String(reply.statusCode) };
      duration.observe(labels, reply.elapsedTime / 1000);
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async text(): Promise<string> {
    const own = await this.#registry.metrics();
    return this.#figures === undefined ? own : `${own}\n${await this.#figures.metrics()}`;
  }

  close(): void {
    this.#subscription[Symbol.dispose]();
    this.#registry.clear();
  }

  #countEvents(): Disposable {
    const events = new Counter({
      name: "vestibule_events_total",
      help: "Records written to the journal since the start",
      labelNames: ["type"],
      registers: [this.#registry],
    });
    const types = new Set<string>();
    return this.#services.onRecord((record) => {
      if (tellsOfDuress(record)) return; // asked for without a session, at the box as well (A5)
      const { type } = record;
      if (types.size < typesCounted) types.add(type);
      events.inc({ type: types.has(type) ? type : "other" });
    });
  }

  #watchDoors(): void {
    const doors = this.#services;
    new Gauge({
      name: "vestibule_door",
      help: "1 where the door is released, open or secure",
      labelNames: ["vestibule", "door", "is"],
      registers: [this.#registry],
      collect() {
        for (const vestibule of doors.state().vestibules) {
          for (const door of doorNames) {
            const { lock, contact, secure } = vestibule.doors[door];
            const where = { vestibule: vestibule.id, door };
            this.set({ ...where, is: "released" }, lock === "released" ? 1 : 0);
            this.set({ ...where, is: "open" }, contact === "open" ? 1 : 0);
            this.set({ ...where, is: "secure" }, secure ? 1 : 0);
          }
        }
      },
    });
  }

  #watchAlarms(): void {
    const services = this.#services;
    new Gauge({
      name: "vestibule_alarms",
      help: "Open alarms",
      labelNames: ["type", "priority", "phase"],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const { type, priority, phase } of services.alarms())
          if (type !== "Duress") this.inc({ type, priority, phase }); // A5
      },
    });
  }

  #watchParts(): void {
    const services = this.#services;
    const registers = [this.#registry];
    const gauge = (name: string, help: string, labelNames: string[], collect: (gauge: Gauge) => void) =>
      new Gauge({
        name,
        help,
        labelNames,
        registers,
        collect() {
          collect(this);
        },
      });
    gauge("vestibule_process_running", "1 where the process runs", ["process"], (running) => {
      for (const [process, { state }] of Object.entries(services.state().processes)) {
        running.set({ process }, state === "running" ? 1 : 0);
      }
    });
    gauge("vestibule_process_restarts", "Restarts since the controller's start", ["process"], (restarted) => {
      for (const [process, view] of Object.entries(services.state().processes)) {
        restarted.set({ process }, view.restarts);
      }
    });
    gauge("vestibule_camera_live", "1 where the camera gives frames", ["camera"], (live) => {
      for (const { id, state } of services.state().cameras)
        live.set({ camera: id }, state === "live" ? 1 : 0);
    });
    gauge("vestibule_journal_last", "Sequence number of the last record", [], (last) =>
      last.set(services.state().journal.last),
    );
    gauge("vestibule_storage_ok", "1 where the journal can be written", [], (ok) =>
      ok.set(services.state().journal.storage === "ok" ? 1 : 0),
    );
    gauge("vestibule_mqtt_online", "1 where the broker takes messages", [], (online) =>
      online.set(services.state().mqtt.phase === "online" ? 1 : 0),
    );
    gauge(
      "vestibule_mqtt_delivered",
      "Sequence number up to which the broker has everything",
      [],
      (delivered) => delivered.set(services.state().mqtt.delivered),
    );
  }
}
