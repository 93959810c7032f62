import { expect } from "chai";
import { functionOf, payloadOf, startLambda } from "../../../harness/cloud/lambda.ts";
import { awaitConnections, connecting } from "../../../harness/processes/connections.ts";

const returning = (word: string) => ({
  "index.mjs": `export const handler = async () => "${word}";`,
});

describe("updating a function's code", () => {
  it("makes the next invocation run the new code", async () => {
    const { functions } = startLambda();
    const { arn } = functions.create(functionOf("", { files: returning("old") }));

    const before = payloadOf(await functions.invoke(arn, "{}"));
    functions.updateCode(arn, returning("new"));
    const after = payloadOf(await functions.invoke(arn, "{}"));

    expect([before, after]).to.deep.equal(["old", "new"]);
    await functions.close();
  });

  it("lets those at work finish with the old code", async () => {
    const connections = await awaitConnections();
    const { functions } = startLambda();
    const { arn } = functions.create(
      functionOf(`${connecting(connections.port)}
        export const handler = async () => {
          await connected();
          await once(await connected(), "end");
          return "old";
        };`),
    );

    const old = functions.invoke(arn, "{}");
    const process = await connections.next();
    const connection = await connections.next();
    functions.updateCode(arn, returning("new"));
    const fresh = payloadOf(await functions.invoke(arn, "{}"));
    await connection.end();

    expect(fresh).to.equal("new");
    expect(payloadOf(await old)).to.equal("old");
    expect(payloadOf(await functions.invoke(arn, "{}"))).to.equal("new");
    await process.ended;
    await functions.close();
    await connections.close();
  });

  it("ends the environments that wait for more of the old", async () => {
    const connections = await awaitConnections();
    const { functions } = startLambda();
    const { arn } = functions.create(
      functionOf(`${connecting(connections.port)}
        export const handler = async () => void (await connected());`),
    );
    const invocation = functions.invoke(arn, "{}");
    const process = await connections.next();
    await invocation;

    functions.updateCode(arn, returning("new"));

    await process.ended;
    await functions.close();
    await connections.close();
  });

  it("counts for invocations that wait for a place on the machine", async () => {
    const connections = await awaitConnections();
    const { functions } = startLambda({ machineLimit: 1 });
    const { arn } = functions.create(
      functionOf(`${connecting(connections.port)}
        export const handler = async () => { await once(await connected(), "end"); return "old"; };`),
    );
    const atWork = functions.invoke(arn, "{}");
    const connection = await connections.next();
    const waiting = functions.invoke(arn, "{}");

    functions.updateCode(arn, returning("new"));
    await connection.end();

    expect(payloadOf(await atWork)).to.equal("old");
    expect(payloadOf(await waiting)).to.equal("new");
    await functions.close();
    await connections.close();
  });

  it("changes its hash and the time of its change", async () => {
    const { functions, clock } = startLambda();
    const { arn } = functions.create(functionOf("", { files: returning("old") }));
    const before = functions.get(arn);

    await clock.advance(5000);
    functions.updateCode(arn, returning("new"));

    const after = functions.get(arn);
    expect(after.code.sha256).not.to.equal(before.code.sha256);
    expect(after.lastModified - before.lastModified).to.equal(5000);
    await functions.close();
  });
});

describe("deleting a function", () => {
  it("lets its name be used again, for another function", async () => {
    const { functions } = startLambda();
    const { arn } = functions.create(functionOf("", { files: returning("first") }));
    await functions.invoke(arn, "{}");

    functions.delete(arn);
    const gone = functions.find(arn);
    functions.create(functionOf("", { files: returning("second") }));

    expect(gone).to.equal(undefined);
    expect(payloadOf(await functions.invoke(arn, "{}"))).to.equal("second");
    await functions.close();
  });
});
