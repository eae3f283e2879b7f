import * as client from "./client.ts";

export type WhyAnswer = client.ExplainEventData;
export type WhyDecision = NonNullable<WhyAnswer["decision"]>;

export const fetchWhy = (seq: number): Promise<WhyAnswer> => client.explainEvent({ seq });
