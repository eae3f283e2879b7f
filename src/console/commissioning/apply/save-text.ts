/** Hands a text to the browser's own downloads. */
export function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the text with the click; some only a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
