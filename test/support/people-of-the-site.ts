/** Cardholders of the site in one process: names nobody else has, so that a leak can be searched for. */
export const anna = { name: "Anna Quillfeather", card: "1001" };
export const bo = { name: "Bo Xylander", card: "1002" };
/** Shows a card only. */
export const porter = { name: "Pia Zwetschgen", card: "2001" };
