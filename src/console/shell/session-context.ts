import { createContext, useContext } from "react";
import type { Session } from "../api/session.ts";

const SessionContext = createContext<Session | null>(null);
export const SessionProvider = SessionContext.Provider;

/** Who is signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("outside SessionProvider");
  return session;
}
