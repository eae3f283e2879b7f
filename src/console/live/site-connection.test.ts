import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { rightsOf } from "../../domain/operator/rights.ts";
import type { SiteState } from "../../ports/controller-services.ts";
import { ApiError } from "../api/http.ts";
import { gatherMs, lookMs, retryMs, SiteConnection, silenceMs } from "./site-connection.ts";
import type { SiteWire, StreamListener } from "./site-wire.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A controller whose journal ends at `last`; its stream sends what follows on what is asked for. */
class Controller implements SiteWire {
  last = 10;
  away: ApiError | null = null;
  isSilent = false;
  history = "one";
  slept = 0;
  readonly asked: number[] = [];
  #listener: StreamListener | null = null;

  async state(): Promise<SiteState> {
    if (this.away !== null) throw this.away;
    return { journal: { last: this.last } } as unknown as SiteState;
  }
  alarms = async () => [];
  cardholders = async () => [];
  isSimulated = async () => false;
  now = () => performance.now() + this.slept;

  listen(after: number, listener: StreamListener): () => void {
    this.asked.push(after);
    this.#listener = listener;
    for (let seq = after + 1; seq <= this.last; seq++) this.#send(seq);
    const beat = setInterval(() => {
      if (!this.isSilent) listener.onMessage("beat", `{"sent":${this.last}}`);
    }, 1_000);
    return () => {
      clearInterval(beat);
      if (this.#listener === listener) this.#listener = null;
    };
  }

  happen(count: number): void {
    for (let n = 0; n < count; n++) {
      this.last += 1;
      if (!this.isSilent) this.#send(this.last);
    }
  }

  get isListenedTo(): boolean {
    return this.#listener !== null;
  }

  end(): void {
    this.#listener?.onEnd();
  }

  #send(seq: number): void {
    const record = { seq, type: "DoorOpened", hash: `${this.history}-${seq}`, cardholder: null };
    this.#listener?.onMessage("event", JSON.stringify(record));
  }
}

async function opened() {
  const controller = new Controller();
  const onSignedOut = vi.fn();
  const connection = new SiteConnection(new Set(rightsOf("securityOfficer")), onSignedOut, controller);
  connection.open();
  await vi.advanceTimersByTimeAsync(gatherMs);
  const numbers = () => connection.site().records.map(({ seq }) => seq);
  const shows = () => connection.site().connection;
  return { controller, connection, onSignedOut, numbers, shows };
}

const downFrom = (last: number, length: number) => Array.from({ length }, (_, n) => last - n);

test("a silent controller is shown as lost within 3 s, and comes back without a gap", async () => {
  const { controller, connection, numbers, shows } = await opened();
  expect([shows(), numbers()]).toEqual(["live", downFrom(10, 10)]);
  controller.isSilent = true;
  controller.away = new ApiError(0, "no answer");
  await vi.advanceTimersByTimeAsync(silenceMs - lookMs);
  expect(shows()).toBe("live");
  await vi.advanceTimersByTimeAsync(3 * lookMs);
  expect(shows()).toBe("lost");
  expect(silenceMs + 2 * lookMs).toBeLessThan(3_000);
  controller.happen(25);
  await vi.advanceTimersByTimeAsync(20_000);
  controller.isSilent = false;
  controller.away = null;
  await vi.advanceTimersByTimeAsync(retryMs + gatherMs);
  expect([shows(), numbers()]).toEqual(["live", downFrom(35, 35)]);
  expect(controller.asked).toEqual([0, 9]);
  expect(connection.site().healed).toMatchObject({ records: 25, left: 0 });
});

test("after an absence longer than a page keeps it says how many it passes over", async () => {
  const { controller, connection, numbers } = await opened();
  controller.away = new ApiError(0, "no answer");
  controller.end();
  controller.happen(1_000);
  controller.away = null;
  await vi.advanceTimersByTimeAsync(retryMs + gatherMs);
  expect(numbers()).toEqual(downFrom(1_010, 120));
  expect(connection.site().healed).toMatchObject({ records: 1_000, left: 880 });
});

test("a machine that slept reads what came meanwhile before it calls the connection lost", async () => {
  const { controller, shows } = await opened();
  controller.slept = 3_600_000;
  await vi.advanceTimersByTimeAsync(lookMs);
  expect(shows()).toBe("live");
  // Nothing came: the connection did not outlive the sleep.
  await vi.advanceTimersByTimeAsync(lookMs);
  expect(shows()).toBe("lost");
  await vi.advanceTimersByTimeAsync(retryMs);
  expect(shows()).toBe("live");
});

test("another journal under the same numbers replaces what was shown", async () => {
  const { controller, numbers, connection } = await opened();
  controller.history = "restored";
  controller.end();
  await vi.advanceTimersByTimeAsync(retryMs + gatherMs);
  expect(numbers()).toEqual(downFrom(10, 10));
  expect(connection.site().records.every(({ hash }) => hash.startsWith("restored"))).toBe(true);
});

test("a session that has ended asks for a sign-in, and the same operator goes on where it was", async () => {
  const { controller, connection, onSignedOut, numbers, shows } = await opened();
  controller.away = new ApiError(401, "no session");
  controller.end();
  await vi.advanceTimersByTimeAsync(retryMs);
  expect([shows(), onSignedOut.mock.calls.length]).toEqual(["signedOut", 1]);
  controller.happen(5);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(onSignedOut).toHaveBeenCalledTimes(1);
  controller.away = null;
  connection.resume();
  await vi.advanceTimersByTimeAsync(gatherMs);
  expect([shows(), numbers()]).toEqual(["live", downFrom(15, 15)]);
});

test("a month of losses leaves one stream, no timer and no listener behind", async () => {
  const { controller, connection } = await opened();
  const stop = connection.subscribe(() => undefined);
  for (let day = 0; day < 30; day++) {
    controller.end();
    controller.happen(200);
    await vi.advanceTimersByTimeAsync(retryMs + gatherMs);
  }
  expect(connection.site().records.length).toBeLessThanOrEqual(300);
  stop();
  connection.close();
  expect(controller.isListenedTo).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});
