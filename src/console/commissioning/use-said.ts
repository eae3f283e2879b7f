import { useLanguage } from "../texts/use-language.ts";

/** What the box says in both languages, in this page's. */
export function useSaid(): (said: { readonly en: string; readonly zh: string }) => string {
  const language = useLanguage();
  return (said) => said[language];
}
