import { expect } from "chai";
import {
  HttpError,
  type HttpResponse,
  handleRoutes,
  json,
} from "../../../handlers/samples/httpApi.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { httpRequest } from "../../harness/handlers/httpRequests.ts";

const routes = {
  "GET /rooms": async () => json(200, { rooms: 3 }),
  "POST /rooms": async (): Promise<HttpResponse> => {
    throw new HttpError(400, "Please check: name.", [{ field: "name", message: "Enter a name." }]);
  },
  "DELETE /rooms": async (): Promise<HttpResponse> => {
    throw new Error("the table secret-table is not there");
  },
};
const handler = handleRoutes(routes);

describe("routes of an HTTP API", () => {
  it("answer in JSON that is not kept", async () => {
    const { result } = await runHandler(handler, httpRequest("GET /rooms"));
    expect(result).to.deep.equal({
      statusCode: 200,
      headers: { "content-type": "application/json", "cache-control": "no-store" },
      body: '{"rooms":3}',
    });
  });

  it("answer a refusal with its status, words and fields", async () => {
    const { result, log } = await runHandler(handler, httpRequest("POST /rooms"));
    expect(result).to.include({
      statusCode: 400,
      body: '{"message":"Please check: name.","problems":[{"field":"name","message":"Enter a name."}]}',
    });
    expect(log).to.have.length(1);
    expect(log[0]).to.include({ level: "INFO", message: "refused", routeKey: "POST /rooms" });
  });

  it("answer a failure without its reason, and log it", async () => {
    const { result, log } = await runHandler(handler, httpRequest("DELETE /rooms"));
    expect(result).to.include({
      statusCode: 500,
      body: '{"message":"Something went wrong here. Please try again."}',
    });
    expect(log).to.have.length(1);
    expect(log[0]).to.include({ level: "ERROR", message: "failed", requestId: "request-1" });
    expect(JSON.stringify(log[0])).to.contain("secret-table");
  });

  it("answer 404 for a route that is not there", async () => {
    const { result } = await runHandler(handler, httpRequest("GET /toString"));
    expect(result).to.include({ statusCode: 404 });
  });
});
