import { createContext, useContext } from "react";

/** The page is a screen on a wall, whoever is signed in at it. */
export interface Wall {
  readonly isSignedIn: boolean;
  /** Asks who would deal with what is shown. */
  readonly signIn: () => void;
}

const WallContext = createContext<Wall | null>(null);
export const WallProvider = WallContext.Provider;

/** Null on every page that is a person's own. */
export const useWall = (): Wall | null => useContext(WallContext);
