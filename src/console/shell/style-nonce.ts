/** By which the content security policy lets this page, and nobody else's text in it, add styles. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
}

/**
 * antd hands the nonce it is given to most of its styles, and not to those that lock scrolling and measure scroll bars:
 * style elements that scripts of this page make have it from the start. Markup that somebody slips in has none.
 */
export function nonceForStyles(): void {
  const nonce = styleNonce();
  const create = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions): HTMLElement => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
}
