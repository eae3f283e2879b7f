import { createContext, useContext } from "react";
import type { Session } from "../api/session.ts";

interface SessionHolder {
  readonly session: Session;
  /** After a new password, a handed-over shift: the same page, another session. */
  readonly onSession: (session: Session) => void;
}

const SessionContext = createContext<SessionHolder | null>(null);
export const SessionProvider = SessionContext.Provider;

function useHolder(): SessionHolder {
  const holder = useContext(SessionContext);
  if (holder === null) throw new Error("outside SessionProvider");
  return holder;
}

/** Null where nobody is: a screen that watches by itself. */
export const useSessionIfAny = (): Session | null => useContext(SessionContext)?.session ?? null;

/** Who is signed in. */
export const useSession = (): Session => useHolder().session;

/** To be called where an answer has opened another session. */
export const useSessionChange = (): SessionHolder["onSession"] => useHolder().onSession;
