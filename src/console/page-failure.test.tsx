import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { PageFailure } from "./page-failure.tsx";

test("a page that fails says so in both languages instead of showing nothing", () => {
  const page = new PageFailure({ children: "the page" });
  expect(page.render()).toBe("the page");
  page.state = PageFailure.getDerivedStateFromError();
  const shown = renderToStaticMarkup(page.render() as ReactElement); // an element: it is no text any more
  expect(shown).toContain('role="alert"');
  expect(shown).toMatch(/begins again.*重新加载/s);
});
