import { invokeArn } from "../../services/lambda/functionArn.ts";
import { region, required, text } from "../declaration/field.ts";
import { found, missing } from "./found.ts";
import { lookup, madeOf } from "./lookup.ts";

/** What belongs to functions: their names, aliases and URLs. */
export const functionLookups = [
  lookup("aws:lambda/getFunctions:getFunctions", { region }, ({ cloud }) => {
    const functions = cloud.functions.list();
    return {
      id: cloud.region,
      functionArns: functions.map(({ arn }) => arn),
      functionNames: functions.map(({ name }) => name),
      region: cloud.region,
    };
  }),

  lookup(
    "aws:lambda/getAlias:getAlias",
    { functionName: text(required), name: text(required), region },
    async (context, { functionName, name }) => {
      const target = context.cloud.functions.find(functionName);
      const arn = target && `${target.arn}:${name}`;
      const type = "aws:lambda/alias:Alias";
      return {
        description: "",
        ...(await found(context, type, arn, `alias ${name} of the function ${functionName}`)),
        invokeArn: invokeArn(context.cloud.region, arn ?? ""),
      };
    },
  ),

  lookup(
    "aws:lambda/getFunctionUrl:getFunctionUrl",
    { functionName: text(required), qualifier: text(), region },
    (context, { functionName, qualifier = "" }) => {
      const { functions, region: own } = context.cloud;
      const functionArn = functions.find(functionName)?.arn;
      const url = madeOf(context, "aws:lambda/functionUrl:FunctionUrl").find(
        ({ outputs }) =>
          outputs.functionArn === functionArn && (outputs.qualifier ?? "") === qualifier,
      );
      if (functionArn === undefined || url === undefined) {
        throw missing(`URL of the function ${functionName}`);
      }
      const { cors, ...outputs } = url.outputs;
      return {
        ...outputs,
        ...{ id: functionArn, functionArn, functionName, region: own },
        cors: cors === undefined ? [] : [cors],
        ...{ creationTime: "", lastModifiedTime: "" },
      };
    },
  ),
];
