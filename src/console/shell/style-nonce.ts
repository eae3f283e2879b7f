/** By which the content security policy lets this page, and nobody else's text in it, add styles. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
}
