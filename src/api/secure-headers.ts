import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/** The desk's camera enrols faces; everything else of the machine is nobody's business here, nor a frame's. */
const permissions = [
  "camera=(self)",
  ...[
    "microphone",
    "geolocation",
    "display-capture",
    "usb",
    "serial",
    "hid",
    "bluetooth",
    "midi",
    "payment",
  ].map((name) => `${name}=()`),
].join(", ");

/** The console needs nothing but itself; `blob:` and `data:` only for pictures and clips a page has made or holds. */
export async function secureHeaders(app: FastifyInstance, tls: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "blob:", "data:"],
        mediaSrc: ["'self'", "blob:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: tls ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: "no-referrer" },
    frameguard: { action: "deny" },
    crossOriginResourcePolicy: { policy: "same-origin" },
  });
  app.addHook("onSend", async (request, reply) => {
    reply.header("permissions-policy", permissions);
    if (request.url.startsWith("/api/")) reply.header("cache-control", "no-store");
  });
}
