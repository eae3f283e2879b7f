import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { Problem, problemBody, problemContentType } from "./problem.ts";

/** Answers what never became a request: too slow, too long, or no HTTP at all. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOf(error.code);
  const body = JSON.stringify(problemBody(problem, "/"));
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ""}\r\n` +
      `Content-Type: ${problemContentType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    // A client that keeps sending must not keep the connection.
    () => socket.destroy(),
  );
}

function problemOf(code: string | undefined): Problem {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return new Problem(408, "request-timeout", "The request took too long to arrive.");
  }
  if (code === "HPE_HEADER_OVERFLOW") {
    return new Problem(431, "headers-too-large", "The request's headers are too large.");
  }
  return new Problem(400, "invalid-request", "This is no HTTP request.");
}
