/** The purpose of a consumer's queue. */
export type QueueRole = "work" | "deadLetters" | "undelivered" | "failures";
