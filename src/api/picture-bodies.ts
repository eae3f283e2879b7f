import type { FastifyInstance, onRequestHookHandler } from "fastify";
import { Problem } from "./problem.ts";

const pictureTypes = ["image/jpeg", "image/png"] as const;
export const pictureLimit = 10 * 1024 * 1024;

/** Uploads held in memory at once: four of ten megabytes. */
const uploadsAtOnce = 4;

/** Makes the routes of this scope take pictures as their body. */
export function takePictures(app: FastifyInstance): void {
  app.addContentTypeParser(
    [...pictureTypes],
    { parseAs: "buffer", bodyLimit: pictureLimit },
    (_request, body, done) => done(null, body),
  );
}

/** Refuses an upload before it is read while too many others are under way. */
export function limitUploads(): onRequestHookHandler {
  let underWay = 0;
  return (_request, reply, done) => {
    if (underWay >= uploadsAtOnce) {
      done(
        new Problem(503, "too-many-uploads", "Several pictures are on their way already.", {
          retryAfterSeconds: 2,
        }),
      );
      return;
    }
    underWay += 1;
    reply.raw.once("close", () => {
      underWay -= 1;
    });
    done();
  };
}

/** The picture a body holds by its first bytes; what the sender calls it proves nothing. */
export function pictureOf(body: unknown): Buffer {
  if (!Buffer.isBuffer(body) || body.length === 0) {
    throw new Problem(
      415,
      "unsupported-media-type",
      `Send the picture itself as the body, as ${pictureTypes.join(", ")}.`,
    );
  }
  if (!isPicture(body)) {
    throw new Problem(
      415,
      "unsupported-media-type",
      "The body is no JPEG or PNG picture, whatever its header says.",
    );
  }
  return body;
}

function isPicture(body: Buffer): boolean {
  if (body.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return true;
  return body.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
}
