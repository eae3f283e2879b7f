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

/** Who is signed in. */
export const useSession = (): Session => useHolder().session;

/** To be called where an answer has opened another session. */
export const useSessionChange = (): SessionHolder["onSession"] => useHolder().onSession;
