/** Those of the account's owner. They are no secret. */
export const ownerCredentials = { accessKeyId: "local", secretAccessKey: "local" } as const;
