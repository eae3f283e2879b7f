import { existsSync } from "node:fs";
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
      index: ["index.html"],
      dotfiles: "ignore",
      cacheControl: false,
      setHeaders: (reply, path) => {
        void reply.header("cache-control", cachingOf(path.slice(root.length)));
      },
    });
  }
  app.setNotFoundHandler((request, reply) =>
    wantsPage(request) ? sendPage(reply, built) : sendNotFound(request, reply),
  );
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

function sendPage(reply: FastifyReply, built: boolean): FastifyReply {
  if (built) return reply.sendFile("index.html");
  return reply.code(503).header("cache-control", "no-store").type("text/html; charset=utf-8").send(notBuilt);
}

function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = new Problem(404, "not-found", "There is nothing at this path.");
  return reply.code(404).type(problemContentType).send(problemBody(problem, request.url));
}
