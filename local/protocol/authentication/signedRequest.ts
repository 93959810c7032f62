/** What a signature can hold for: a request as it was sent. */
export type SignedRequest = {
  readonly method: string;
  /** As sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** The fields of a form that uploads to S3, by name in lower case. */
export type FormFields = Readonly<Record<string, string>>;
