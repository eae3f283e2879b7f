import type { FastifyInstance } from "fastify";

/** JSON and, where a route asks for it, pictures; every other content type answers 415. */
export function takeBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser("error", "error"); // refuses __proto__ and constructor keys
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    // Clients that always send the header mean an absent body by an empty one.
    if (body === "") done(null, undefined);
    else void parseJson(request, String(body), done);
  });
}
