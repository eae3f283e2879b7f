import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Problem, problemBody, problemContentType } from "./problem.ts";

/** Shown where the console has not been built; the API works without it. */
const notBuilt = `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>Vestibule</title>
<h1>操作页面尚未生成</h1>
<p>控制器正在运行,接口可用:<a href="/api/v1/openapi.json">/api/v1/openapi.json</a>。请运行 <code>scripts/start</code> 生成操作页面。</p>
<h1 lang="en">The console has not been built</h1>
<p lang="en">The controller runs and its interface answers: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>. <code>scripts/start</code> builds the console.</p>
</html>`;

/** Serves the console's files; a path that is none of them gets the page, which finds its own way. */
export async function serveConsole(app: FastifyInstance, directory: string): Promise<void> {
  const root = resolve(directory);
  const built = existsSync(join(root, "index.html"));
  if (built) {
    await app.register(fastifyStatic, {
      root,
      wildcard: true,
      index: false,
      // A page is answered with a nonce of its own: never as the file that is on the disk.
      allowedPath: (path) => path !== "/" && !path.endsWith(".html"),
      dotfiles: "ignore",
      cacheControl: false,
      setHeaders: (reply, path) => {
        void reply.header("cache-control", cachingOf(path.slice(root.length)));
      },
    });
  }
  const read = (file: string): string | undefined => {
    const path = join(root, file);
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  };
  const [page, displayPage] = [read("index.html"), read("display.html")];
  app.setNotFoundHandler((request, reply) => {
    if (!wantsPage(request)) return sendNotFound(request, reply);
    return sendPage(reply, /^\/display(?:[/?#]|$)/.test(request.url) ? displayPage : page);
  });
}

/** The build puts a hash of the content into the names under `assets/`: those never change. */
const cachingOf = (path: string): string =>
  path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";

function wantsPage(request: FastifyRequest): boolean {
  const { pathname } = new URL(request.url, "http://localhost");
  const isPage = !pathname.startsWith("/api/") && !pathname.startsWith("/assets/") && !pathname.includes(".");
  return (
    request.method === "GET" &&
    isPage &&
    (request.headers.accept ?? "*/*").match(/text\/html|\*\/\*/) !== null
  );
}

/** As the build writes it where the answer's nonce belongs (vite.config.ts). */
const nonceMark = "NONCE-OF-THIS-ANSWER";

/** The page, and a policy by which only its own components may add styles. */
function sendPage(reply: FastifyReply, page: string | undefined): FastifyReply {
  void reply.type("text/html; charset=utf-8");
  if (page === undefined) return reply.code(503).header("cache-control", "no-store").send(notBuilt);
  const nonce = randomBytes(16).toString("base64");
  const policy = String(reply.getHeader("content-security-policy"));
  return reply
    .header(
      "content-security-policy",
      policy.replace("style-src 'self'", `style-src 'self' 'nonce-${nonce}'`),
    )
    .header("cache-control", "no-store")
    .send(page.replaceAll(nonceMark, nonce));
}

function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = new Problem(404, "not-found", "There is nothing at this path.");
  return reply.code(404).type(problemContentType).send(problemBody(problem, request.url));
}
