import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Milliseconds } from "../domain/time.ts";

/** Long enough for a client to notice the answer, short enough to be worth nothing to a hostile one. */
const lingering: Milliseconds = 1000;

/**
 * A request may be refused while its body is still on the way. Closing at once would reset the connection,
 * and the sender would see that instead of the reason; so what comes is thrown away for a moment, unread,
 * and only then is the connection cut.
 */
export function discardRefusedBodies(app: FastifyInstance): void {
  app.addHook("onSend", async (request, reply) => {
    const { raw } = request;
    if (reply.statusCode < 400 || raw.complete || !announcesBody(request)) return;
    reply.removeHeader("connection"); // the framework closes at once; see above
    reply.raw.once("finish", () => {
      raw.resume();
      const cut = setTimeout(() => {
        if (!raw.complete) raw.destroy(); // and the connection with it
      }, lingering);
      cut.unref();
      raw.once("close", () => clearTimeout(cut));
    });
  });
}

function announcesBody({ headers }: FastifyRequest): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}
