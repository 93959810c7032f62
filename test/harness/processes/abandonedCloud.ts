/** A local cloud that a test kills: it runs the handler that it is given as its one argument. */
import { functionOf, startLambda } from "../cloud/lambda.ts";

const [source = ""] = process.argv.slice(2);
const { functions } = startLambda();
const { arn } = functions.create(functionOf(source, { timeoutSeconds: 900 }));
await functions.invoke(arn, "{}");
