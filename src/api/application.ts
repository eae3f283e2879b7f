import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import cookie from "@fastify/cookie";
import swagger from "@fastify/swagger";
import Fastify, { type FastifyInstance, type FastifyServerFactory, LogController } from "fastify";
import { validatorCompiler } from "fastify-type-provider-zod";
import { controlAccess, type RouteAccess } from "./access-control.ts";
import { type ApiContext, type ApiOptions, presetLimits } from "./api-options.ts";
import { LoginThrottle } from "./authentication/login-throttle.ts";
import { PasswordChecks } from "./authentication/password-checks.ts";
import { ScreenSignIn } from "./authentication/screen-sign-in.ts";
import { Sessions } from "./authentication/sessions.ts";
import { Tokens } from "./authentication/tokens.ts";
import { takeBodies } from "./bodies.ts";
import { serveConsole } from "./console-files.ts";
import { DisplayStreams } from "./display-streams.ts";
import { EventStreams } from "./event-streams.ts";
import { Metrics } from "./metrics.ts";
import { describeRoute, openApiDocument } from "./open-api.ts";
import { presetOperatorSettings } from "./operator-settings.ts";
import { sendProblem } from "./problem.ts";
import { discardRefusedBodies } from "./refused-bodies.ts";
import { limitRequests } from "./request-rate.ts";
import { alarmRoutes } from "./routes/alarms.ts";
import { approvalRoutes } from "./routes/approvals.ts";
import { backupRoutes } from "./routes/backups.ts";
import { cameraRoutes } from "./routes/cameras.ts";
import { cardholderRoutes } from "./routes/cardholders.ts";
import { cardRoutes } from "./routes/cards.ts";
import { commissioningRoutes } from "./routes/commissioning.ts";
import { configurationRoutes } from "./routes/configuration.ts";
import { displayRoutes } from "./routes/display.ts";
import { displaysRoutes } from "./routes/displays.ts";
import { doorRoutes } from "./routes/doors.ts";
import { enrolmentRoutes } from "./routes/enrolment.ts";
import { eventExportRoutes } from "./routes/event-export.ts";
import { eventRoutes } from "./routes/events.ts";
import { evidenceRoutes } from "./routes/evidence.ts";
import { figureRoutes } from "./routes/figures.ts";
import { grantRoutes } from "./routes/grants.ts";
import { groupRoutes } from "./routes/groups.ts";
import { healthRoutes } from "./routes/health.ts";
import { journalRoutes } from "./routes/journal.ts";
import { journalProofRoutes } from "./routes/journal-proofs.ts";
import { operatorRoutes } from "./routes/operators.ts";
import { passkeyRoutes } from "./routes/passkeys.ts";
import { peopleListRoutes } from "./routes/people-lists.ts";
import { personNameRoutes } from "./routes/person-names.ts";
import { photoRoutes } from "./routes/photos.ts";
import { pinRoutes } from "./routes/pins.ts";
import { presenceRoutes } from "./routes/presence.ts";
import { reportRoutes } from "./routes/reports.ts";
import { accessLevelRoutes, holidayRoutes, scheduleRoutes } from "./routes/rule-lists.ts";
import { rulePreviewRoutes } from "./routes/rule-previews.ts";
import { secondFactorRoutes } from "./routes/second-factor.ts";
import { sessionRoutes } from "./routes/session.ts";
import { sessionListRoutes } from "./routes/sessions.ts";
import { simulatorRoutes } from "./routes/simulator.ts";
import { stateRoutes } from "./routes/state.ts";
import { streamRoutes } from "./routes/stream.ts";
import { tokenRoutes } from "./routes/tokens.ts";
import { vestibuleRoutes } from "./routes/vestibules.ts";
import { watchRoutes } from "./routes/watch.ts";
import { watchScreensRoutes } from "./routes/watch-screens.ts";
import { whyRoutes } from "./routes/why.ts";
import { secureHeaders } from "./secure-headers.ts";

/** One row of the route table, from which tests make their matrix (T1). */
export interface ApiRoute {
  readonly method: string;
  readonly url: string;
  readonly access: RouteAccess;
}

export interface Application extends AsyncDisposable {
  readonly fastify: FastifyInstance;
  readonly routes: readonly ApiRoute[];
}

/** JSON bodies; a picture's route has its own limit. */
const jsonBodyLimit = 64 * 1024;

/** The whole API, not yet listening. */
export async function buildApplication(
  options: ApiOptions,
  serverFactory?: FastifyServerFactory<Server>,
): Promise<Application> {
  const limits = { ...presetLimits, ...options.limits };
  const settings = { ...presetOperatorSettings, ...options.operatorSettings };
  const context: ApiContext = {
    ...options,
    limits,
    settings,
    sessions: new Sessions(options.operators, options.clock, options.log, settings.sessions),
    tokens: new Tokens(options.operators, options.clock),
    throttle: new LoginThrottle(options.clock),
    passwords: new PasswordChecks(),
    streams: new EventStreams(options.services, limits, options.log),
    displays: new ScreenSignIn(options.displayStore, options.clock),
    watchScreens: new ScreenSignIn(options.watchStore, options.clock),
    displayStreams: new DisplayStreams({ ...options, stalledReader: limits.stalledReader }),
  };
  const app = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: jsonBodyLimit,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200 },
    // A reader of the stream never finishes by itself; it is ended in preClose.
    forceCloseConnections: "idle",
    frameworkErrors: sendProblem,
    ...(serverFactory === undefined ? {} : { serverFactory }),
  });
  app.setValidatorCompiler(validatorCompiler);
  // Response schemas describe; they must not be able to turn an answer into a failure.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler(sendProblem);
  const routes = collectRoutes(app);
  const metrics = new Metrics(options.services, options.figures);
  metrics.watch(app);
  discardRefusedBodies(app);
  await secureHeaders(app, options.config.tls !== undefined);
  await app.register(cookie);
  await limitRequests(app, context);
  await app.register(swagger, { openapi: openApiDocument(options.version), transform: describeRoute });
  await app.register(healthRoutes(context, metrics));
  await app.register(apiRoutes(context), { prefix: "/api/v1" });
  await serveConsole(app, options.consoleDirectory);
  app.addHook("preClose", async () => context.streams.close());
  app.addHook("preClose", async () => context.displayStreams.close());
  app.addHook("onClose", async () => metrics.close());
  await app.ready();
  return { fastify: app, routes, [Symbol.asyncDispose]: () => app.close() };
}

function apiRoutes(context: ApiContext) {
  return async (app: FastifyInstance): Promise<void> => {
    takeBodies(app);
    controlAccess(app, context);
    app.get("/openapi.json", { schema: { hide: true }, config: { access: "public" } }, () => app.swagger());
    for (const area of areas) await app.register(area(context));
  };
}

const areas = [
  sessionRoutes,
  sessionListRoutes,
  secondFactorRoutes,
  passkeyRoutes,
  operatorRoutes,
  tokenRoutes,
  stateRoutes,
  eventExportRoutes,
  eventRoutes,
  whyRoutes,
  streamRoutes,
  alarmRoutes,
  approvalRoutes,
  vestibuleRoutes,
  doorRoutes,
  accessLevelRoutes,
  scheduleRoutes,
  holidayRoutes,
  configurationRoutes,
  rulePreviewRoutes,
  grantRoutes,
  cardholderRoutes,
  photoRoutes,
  cardRoutes,
  pinRoutes,
  enrolmentRoutes,
  groupRoutes,
  peopleListRoutes,
  personNameRoutes,
  presenceRoutes,
  evidenceRoutes,
  journalRoutes,
  journalProofRoutes,
  reportRoutes,
  figureRoutes,
  backupRoutes,
  cameraRoutes,
  displayRoutes,
  displaysRoutes,
  watchRoutes,
  watchScreensRoutes,
  commissioningRoutes,
  simulatorRoutes,
];

export function collectRoutes(app: FastifyInstance): readonly ApiRoute[] {
  const routes: ApiRoute[] = [];
  app.addHook("onRoute", ({ method, url, config }) => {
    for (const one of [method].flat()) {
      // Outside /api/v1 nothing asks for a session: health, figures and the console's own files.
      const access = config?.access ?? (url.startsWith("/api/v1") ? undefined : "public");
      if (access === undefined) {
        throw new Error(
          `${one} ${url} names no right: its config.access is one of domain/operator/rights.ts`,
        );
      }
      routes.push({ method: one, url, access });
    }
  });
  return routes;
}
