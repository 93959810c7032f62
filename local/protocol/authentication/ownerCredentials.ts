/** Those of the account's owner. They are no secret. */
export const ownerCredentials = { accessKeyId: "local", secretAccessKey: "local" } as const;

/** Those of the program, which the owner runs. */
export const programCredentials = { accessKeyId: "program", secretAccessKey: "local" } as const;
