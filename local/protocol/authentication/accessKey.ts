import type { Principal } from "../access.ts";

/** A secret that the caller and the local cloud share, and whose calls are signed with it. */
export type AccessKey = {
  readonly secretAccessKey: string;
  /** Of temporary credentials, which are invalid without it. */
  readonly sessionToken?: string;
  readonly principal: Principal;
};

/** A key that nobody has issued, of a client that only needs some credentials: nothing is known of its secret. */
export type PlaceholderKey = {
  readonly secretAccessKey: undefined;
  readonly principal: Principal;
};

/** The active key of an id. */
export type FindAccessKey = (accessKeyId: string) => AccessKey | PlaceholderKey | undefined;
