import type { WebReply, WebRequest } from "../../protocol/webMessage.ts";

/** What CloudFront needs of API Gateway. */
export type ApiOrigin = {
  /** The id of the HTTP API with that domain name. */
  idAt(domainName: string): string | undefined;
  /** @throws Error when the API does not exist */
  answer(id: string, request: WebRequest): Promise<WebReply>;
};
