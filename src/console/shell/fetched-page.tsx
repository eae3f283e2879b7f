import { type ComponentType, type ReactNode, use } from "react";

type Load = () => Promise<{ readonly default: ComponentType }>;

/** A page whose code is fetched when it is first shown, or before. */
export interface FetchedPage {
  (): ReactNode;
  /** Never fails: whoever shows the page is told. */
  fetch(): Promise<unknown>;
}

/**
 * As React's, but what has been fetched is drawn at once. React's own shows what it shows meanwhile for at least 300 ms, also where
 * the code was there after one.
 */
export function lazy(load: Load): FetchedPage {
  let Fetched: ComponentType | undefined;
  let loading: ReturnType<Load> | undefined;
  const begin = (): ReturnType<Load> => {
    loading ??= load().then((module) => {
      Fetched = module.default;
      return module;
    });
    return loading;
  };
  function Page() {
    const Shown = Fetched ?? use(begin()).default;
    return <Shown />;
  }
  return Object.assign(Page, { fetch: () => begin().catch(() => undefined) });
}

/** What a wall shows comes with the console itself. `ask`: begins what it would ask for first, and never fails. */
export function present(
  Shown: ComponentType,
  ask: () => Promise<unknown> = () => Promise.resolve(),
): FetchedPage {
  return Object.assign(() => <Shown />, { fetch: ask });
}
