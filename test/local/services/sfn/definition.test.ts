import { expect } from "chai";
import { readDefinition } from "../../../../local/services/sfn/definition.ts";

const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:double";
const task = { Type: "Task", Resource: functionArn, End: true };
const inner = { StartAt: "P", States: { P: { Type: "Pass", End: true } } };

/** A machine of one state. */
const of = (A: object) => ({ StartAt: "A", States: { A } });
const invoking = (Parameters: object) =>
  of({ ...task, Resource: "arn:aws:states:::lambda:invoke", Parameters });
const mapping = (ItemProcessor: object) => of({ Type: "Map", ItemProcessor, End: true });

describe("the definition of a state machine", () => {
  for (const { what, definition, message } of [
    { what: "text that is no JSON", definition: "{", message: "INVALID_JSON_DESCRIPTION" },
    {
      what: "a state that is missing",
      definition: of({ Type: "Pass", Next: "B" }),
      message: "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /",
    },
    {
      what: "a field of the wrong type",
      definition: of({ ...task, TimeoutSeconds: "1" }),
      message:
        'SCHEMA_VALIDATION_FAILED: Invalid type: Expected number but received "1" at /States/A/TimeoutSeconds',
    },
    {
      what: "JSONata",
      definition: { QueryLanguage: "JSONata", ...of({ Type: "Succeed" }) },
      message: 'does not support "JSONata" as /QueryLanguage of a state machine',
    },
    {
      what: "JSONata in one state",
      definition: of({ Type: "Succeed", QueryLanguage: "JSONata" }),
      message: 'does not support "JSONata" as /States/A/QueryLanguage of a state machine',
    },
    {
      what: "a distributed map",
      definition: mapping({ ...inner, ProcessorConfig: { Mode: "DISTRIBUTED" } }),
      message:
        'does not support "DISTRIBUTED" as /States/A/ItemProcessor/ProcessorConfig/Mode of a state machine',
    },
    {
      what: "an unknown field of the machine",
      definition: { ...of(task), Variables: {} },
      message: "does not support the field /Variables of a state machine",
    },
    {
      what: "an unknown field of a state",
      definition: of({ ...task, HeartbeatSeconds: 5 }),
      message: "does not support the field /States/A/HeartbeatSeconds of a state machine",
    },
    {
      what: "an unknown field of a retrier",
      definition: of({ ...task, Retry: [{ ErrorEquals: ["E"], JitterStrategy: "FULL" }] }),
      message: "does not support the field /States/A/Retry/0/JitterStrategy of a state machine",
    },
    {
      what: "an unknown field of a catcher",
      definition: of({ ...task, Catch: [{ ErrorEquals: ["E"], Next: "A", Assign: {} }] }),
      message: "does not support the field /States/A/Catch/0/Assign of a state machine",
    },
    {
      what: "an unknown field of a branch",
      definition: of({
        Type: "Parallel",
        Branches: [inner, { ...inner, TimeoutSeconds: 1 }],
        End: true,
      }),
      message: "does not support the field /States/A/Branches[1]/TimeoutSeconds of a state machine",
    },
    {
      what: "a task that the local cloud cannot do",
      definition: of({ ...task, Resource: "arn:aws:states:::ecs:runTask.sync" }),
      message: 'does not support the task "arn:aws:states:::ecs:runTask.sync" of a state machine',
    },
    {
      what: "a function that is not waited for",
      definition: invoking({ FunctionName: functionArn, InvocationType: "Event" }),
      message: 'does not support "Event" as InvocationType of the task lambda:invoke',
    },
    {
      what: "a version of a function by a parameter",
      definition: invoking({ FunctionName: functionArn, "Qualifier.$": "$.version" }),
      message: "does not support the parameter Qualifier of the task lambda:invoke",
    },
  ]) {
    it(`is rejected for ${what}`, () => {
      const text = typeof definition === "string" ? definition : JSON.stringify(definition);
      expect(() => readDefinition(text)).to.throw(message);
    });
  }

  it("may say what is the default anyway, and hold any text in its data", () => {
    const Retry = [{ Comment: "again", ErrorEquals: ["E"] }];
    const ItemProcessor = { ...inner, ProcessorConfig: { Mode: "INLINE" } };
    const Result = { QueryLanguage: "JSONata", Mode: "DISTRIBUTED" };
    const Parameters = { "FunctionName.$": "$.name", InvocationType: "RequestResponse" };
    const { states, timeoutSeconds } = readDefinition(
      JSON.stringify({
        Comment: "orders",
        Version: "1.0",
        QueryLanguage: "JSONPath",
        TimeoutSeconds: 60,
        StartAt: "Each",
        States: {
          Each: { Type: "Map", ItemProcessor, QueryLanguage: "JSONPath", Next: "Fixed" },
          Fixed: { Type: "Pass", Comment: "fixed", Result, Next: "Invoke" },
          Invoke: { ...task, Resource: "arn:aws:states:::lambda:invoke", Parameters, Retry },
        },
      }),
    );
    expect([...states.keys()]).to.deep.equal(["Each", "Fixed", "Invoke"]);
    expect(states.get("Fixed")).to.deep.include({ Result });
    expect(timeoutSeconds).to.equal(60);
  });
});
