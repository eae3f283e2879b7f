import { z } from "zod";

/** Of what is answered: never changed. */
export const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

export const said = z.object({ en: z.string(), zh: z.string() });
