import type { ReactNode } from "react";

/** What is wider than a phone scrolls in itself, also by the arrow keys, and the page does not. */
export function Wide({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- whoever has only a keyboard scrolls it (WCAG 2.1.1)
    <section className="wide" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
